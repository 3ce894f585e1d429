// antler summary, predict, evaluate and fit: any model, NumPy arrays in and out.
#include <gmock/gmock.h>

#include "antler/core/json.h"
#include "antler/core/random.h"
#include "antler/data/npy.h"
#include "antler/saving/saving.h"
#include "tests/cli/process.h"
#include "tests/cli/small_data.h"

namespace antler {
namespace {

using testing::ContainsRegex;
using testing::SizeIs;

// A folder with model.h5 on (4, 4, 1) images of three classes, x.npy and y.npy.
class NumpyCommands : public testing::Test {
 protected:
  NumpyCommands() : model_(small_classifier({4, 4, 1}, 3)), x_({20, 4, 4, 1}), y_({20, 3}) {
    RandomStream(1, 1).fill_uniform(x_.span(), 0.0F, 1.0F);
    for (int64_t row = 0; row < 20; ++row) y_[row * 3 + row % 3] = 1.0F;
    model_.save(folder_ / "model.h5");
    write_npy(folder_ / "x.npy", x_);
    write_npy(folder_ / "y.npy", y_);
  }

  Outcome run(const std::vector<std::string>& words) const { return antler_command(folder_, words); }
  Json json(const std::string& name) const { return parse_json(folder_.read(name), name); }

  TemporaryFolder folder_;
  Model model_;
  Tensor x_;
  Tensor y_;
};

std::vector<float> values(const Tensor& tensor) {
  return {tensor.span().begin(), tensor.span().end()};
}

TEST_F(NumpyCommands, SummaryPrintsTheLayerTable) {
  const Outcome outcome = run({"summary", "model.h5"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, model_.summary_text());
}

TEST_F(NumpyCommands, FitSaysWhereTheTimeWent) {
  const Outcome outcome = run({"fit", "model.h5", "--x", "x.npy", "--y", "y.npy", "-o", "out.h5",
                               "--batch-size", "10", "--epochs", "3", "--profile", "--verbose", "0"});
  EXPECT_EQ(outcome.code, 0);
  // Two batches in each of three epochs.
  EXPECT_THAT(outcome.out,
              ContainsRegex("dense \\(10, 3\\), backward +6 +[0-9.]+ +[0-9]+ +[0-9]+% +[0-9.]+%\n"));
  EXPECT_THAT(outcome.out, ContainsRegex("optimizer +6 "));
}

TEST_F(NumpyCommands, PredictWritesProbabilities) {
  ASSERT_EQ(run({"predict", "model.h5", "--x", "x.npy", "-o", "p.npy"}).code, 0);
  const Tensor predictions = read_npy(folder_ / "p.npy");
  EXPECT_EQ(predictions.shape(), Shape({20, 3}));
  EXPECT_EQ(values(predictions), values(model_.predict(x_)));
}

TEST_F(NumpyCommands, PredictWritesClassesWhenAsked) {
  ASSERT_EQ(run({"predict", "model.h5", "--x", "x.npy", "-o", "p.npy", "--classes"}).code, 0);
  const std::vector<int> classes = model_.predict_classes(x_);
  EXPECT_EQ(values(read_npy(folder_ / "p.npy")), std::vector<float>(classes.begin(), classes.end()));
}

TEST_F(NumpyCommands, EvaluatePrintsOneJsonObject) {
  const Outcome outcome =
      run({"evaluate", "model.h5", "--x", "x.npy", "--y", "y.npy", "--batch-size", "5", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json scores = parse_json(outcome.out, "standard output");
  const callbacks::Logs expected = model_.evaluate(x_, y_, {.batch_size = 5, .verbose = 0});
  EXPECT_EQ(scores, Json({{"accuracy", expected[0].second}, {"loss", expected[1].second}}));
}

TEST_F(NumpyCommands, FitWritesTheTrainedModelAndItsHistory) {
  const Outcome outcome =
      run({"fit", "model.h5", "--x", "x.npy", "--y", "y.npy", "--epochs", "3", "--batch-size", "8",
           "--no-shuffle", "-o", "out.h5", "--history", "history.json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const History history = model_.fit(x_, y_, {.batch_size = 8, .epochs = 3, .verbose = 0, .shuffle = false});
  EXPECT_EQ(json("history.json")["loss"].get<std::vector<double>>(), history["loss"]);
  EXPECT_THAT(json("history.json")["seconds"], SizeIs(3));
  EXPECT_EQ(values(load_model(folder_ / "out.h5").predict(x_)), values(model_.predict(x_)));
}

TEST_F(NumpyCommands, FitTrainsOnWithTheOptimizersState) {
  const std::vector<std::string> once{"fit",   "model.h5",     "--x", "x.npy", "--y",
                                      "y.npy", "--no-shuffle", "-o",  "one.h5"};
  ASSERT_EQ(run(once).code, 0);
  ASSERT_EQ(run({"fit", "one.h5", "--x", "x.npy", "--y", "y.npy", "--no-shuffle", "-o", "two.h5"}).code, 0);
  model_.fit(x_, y_, {.epochs = 2, .verbose = 0, .shuffle = false});
  EXPECT_EQ(values(load_model(folder_ / "two.h5").predict(x_)), values(model_.predict(x_)));
}

TEST_F(NumpyCommands, FitRepeatsItselfWithTheSameSeed) {
  for (const char* name : {"one.h5", "two.h5"}) {
    ASSERT_EQ(run({"fit", "model.h5", "--x", "x.npy", "--y", "y.npy", "--batch-size", "8", "--seed", "5",
                   "-o", name})
                  .code,
              0);
  }
  EXPECT_EQ(values(load_model(folder_ / "one.h5").predict(x_)),
            values(load_model(folder_ / "two.h5").predict(x_)));
}

TEST_F(NumpyCommands, NameAnArrayThatDoesNotFit) {
  write_npy(folder_ / "wide.npy", Tensor({20, 5, 5, 1}));
  const Outcome outcome = run({"predict", "model.h5", "--x", "wide.npy", "-o", "p.npy"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"wide.npy", "(20, 5, 5, 1)", "(None, 4, 4, 1)"}), "");
  EXPECT_FALSE(folder_.has("p.npy"));
}

TEST_F(NumpyCommands, NameAFileThatIsNoArray) {
  folder_.write("x.npy", "1,2,3\n");
  const Outcome outcome = run({"predict", "model.h5", "--x", "x.npy", "-o", "p.npy"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"x.npy"}), "");
}

TEST_F(NumpyCommands, KeepTheOldModelWhenTargetsDoNotFit) {
  write_npy(folder_ / "y.npy", Tensor({20, 4}));
  folder_.write("out.h5", "an old file");
  const Outcome outcome = run({"fit", "model.h5", "--x", "x.npy", "--y", "y.npy", "-o", "out.h5"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"(20, 4)"}), "");
  EXPECT_EQ(folder_.read("out.h5"), "an old file");
}

}  // namespace
}  // namespace antler
