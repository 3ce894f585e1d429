// antler predict, evaluate and fit on a model of two inputs and two outputs.
#include <gmock/gmock.h>

#include "antler/core/json.h"
#include "antler/core/random.h"
#include "antler/data/npy.h"
#include "antler/layers/layers.h"
#include "antler/saving/saving.h"
#include "tests/cli/process.h"

namespace antler {
namespace {

Model two_in_two_out() {
  set_random_seed(3);
  const layers::Symbol a = layers::Input({3}, "a");
  const layers::Symbol b = layers::Input({2}, "b");
  const layers::Symbol both = layers::Concatenate()({a, b});
  Model model({a, b}, {layers::Dense(4, {.name = "wide"})(both), layers::Dense(1, {.name = "narrow"})(both)});
  model.compile({.optimizer = "sgd", .loss = "mse"});
  return model;
}

Tensor noise(const Shape& shape, uint64_t stream) {
  Tensor tensor(shape);
  RandomStream(1, stream).fill_uniform(tensor.span(), -1.0F, 1.0F);
  return tensor;
}

std::vector<float> values(const Tensor& tensor) {
  return {tensor.span().begin(), tensor.span().end()};
}

// A folder with model.h5 and two arrays for either side of it.
class SeveralArrays : public testing::Test {
 protected:
  SeveralArrays() {
    model_.save(folder_ / "model.h5");
    for (size_t i = 0; i < 2; ++i) {
      write_npy(folder_ / ("x" + std::to_string(i) + ".npy"), x_[i]);
      write_npy(folder_ / ("y" + std::to_string(i) + ".npy"), y_[i]);
    }
  }

  Outcome run(std::vector<std::string> words, const std::vector<std::string>& more) const {
    words.insert(words.end(), more.begin(), more.end());
    return antler_command(folder_, words);
  }

  TemporaryFolder folder_;
  Model model_ = two_in_two_out();
  std::vector<Tensor> x_{noise({6, 3}, 1), noise({6, 2}, 2)};
  std::vector<Tensor> y_{noise({6, 4}, 3), noise({6, 1}, 4)};
  std::vector<std::string> inputs_{"--x", "x0.npy", "--x", "x1.npy"};
  std::vector<std::string> all_{"--x", "x0.npy", "--x", "x1.npy", "--y", "y0.npy", "--y", "y1.npy"};
};

TEST_F(SeveralArrays, PredictWritesAFileForEachOutput) {
  const Outcome outcome = run({"predict", "model.h5", "-o", "p0.npy", "-o", "p1.npy"}, inputs_);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::vector<Tensor> expected = model_.predict_outputs(x_);
  EXPECT_EQ(values(read_npy(folder_ / "p0.npy")), values(expected[0]));
  EXPECT_EQ(values(read_npy(folder_ / "p1.npy")), values(expected[1]));
}

TEST_F(SeveralArrays, EvaluateTakesTargetsForEachOutput) {
  const Outcome outcome = run({"evaluate", "model.h5", "--json"}, all_);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json scores = parse_json(outcome.out, "standard output");
  for (const auto& [name, value] : model_.evaluate(x_, y_, {.verbose = 0})) EXPECT_EQ(scores.at(name), value);
}

TEST_F(SeveralArrays, FitTrainsOnAllOfThem) {
  const Outcome outcome = run({"fit", "model.h5", "--no-shuffle", "-o", "out.h5"}, all_);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  model_.fit(x_, y_, {.verbose = 0, .shuffle = false});
  EXPECT_EQ(values(load_model(folder_ / "out.h5").predict_outputs(x_)[1]),
            values(model_.predict_outputs(x_)[1]));
}

TEST_F(SeveralArrays, PredictAsksForAFileForEachOutput) {
  const Outcome outcome = run({"predict", "model.h5", "-o", "p0.npy"}, inputs_);
  EXPECT_EQ(not_a_proper_failure(outcome, {"model.h5", "2 outputs", "-o is given 1 time"}), "");
  EXPECT_FALSE(folder_.has("p0.npy"));
}

TEST_F(SeveralArrays, PredictGivesClassesOfOneOutputAlone) {
  const Outcome outcome = run({"predict", "model.h5", "--classes", "-o", "p0.npy", "-o", "p1.npy"}, inputs_);
  EXPECT_EQ(not_a_proper_failure(outcome, {"model.h5", "2 outputs", "--classes"}), "");
}

TEST_F(SeveralArrays, NameTheInputThatAnArrayDoesNotFit) {
  const Outcome outcome =
      run({"predict", "model.h5", "-o", "p0.npy", "-o", "p1.npy"}, {"--x", "x1.npy", "--x", "x0.npy"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"x1.npy, x0.npy", "input 'a'", "(6, 2)", "(None, 3)"}), "");
}

TEST_F(SeveralArrays, SayHowManyInputsTheModelHas) {
  const Outcome outcome = run({"predict", "model.h5", "-o", "p0.npy", "-o", "p1.npy"}, {"--x", "x0.npy"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"x0.npy", "1 tensor", "2 inputs"}), "");
}

}  // namespace
}  // namespace antler
