// antler convert: the same model in another of Keras's formats.
#include <gmock/gmock.h>

#include "antler/core/json.h"
#include "antler/saving/saving.h"
#include "tests/cli/process.h"
#include "tests/cli/small_data.h"

namespace antler {
namespace {

using testing::HasSubstr;

class Convert : public testing::Test {
 protected:
  Convert() : model_(small_classifier({4, 4, 1}, 3)) { model_.save(folder_ / "model.h5"); }

  Outcome run(const std::vector<std::string>& words) const { return antler_command(folder_, words); }

  TemporaryFolder folder_;
  Model model_;
};

TEST_F(Convert, ThereAndBackGivesTheSameBytes) {
  ASSERT_EQ(run({"convert", "model.h5", "model.keras"}).code, 0);
  ASSERT_EQ(run({"convert", "model.keras", "again.h5"}).code, 0);
  EXPECT_EQ(folder_.read("again.h5"), folder_.read("model.h5"));
  ASSERT_EQ(run({"convert", "again.h5", "again.keras"}).code, 0);
  EXPECT_EQ(folder_.read("again.keras"), folder_.read("model.keras"));
}

TEST_F(Convert, ToJsonKeepsTheArchitectureAndSaysSo) {
  const Outcome outcome = run({"convert", "model.h5", "model.json"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("no weights"));
  EXPECT_EQ(parse_json(folder_.read("model.json"), "model.json")["class_name"], "Sequential");
}

TEST_F(Convert, PutsArchitectureAndWeightsTogetherAgain) {
  ASSERT_EQ(run({"convert", "model.h5", "model.json"}).code, 0);
  ASSERT_EQ(run({"convert", "model.h5", "model.weights.h5"}).code, 0);
  ASSERT_EQ(run({"convert", "model.json", "again.keras", "--weights", "model.weights.h5"}).code, 0);
  const Model again = load_model(folder_ / "again.keras");
  EXPECT_THAT(again.get_weights()[0].span(), testing::ElementsAreArray(model_.get_weights()[0].span()));
}

TEST_F(Convert, SaysThatAJsonHoldsNoWeights) {
  ASSERT_EQ(run({"convert", "model.h5", "model.json"}).code, 0);
  const Outcome outcome = run({"convert", "model.json", "new.keras"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("model.json holds no weights"));
}

TEST_F(Convert, RefusesWeightsThatHaveNoModel) {
  ASSERT_EQ(run({"convert", "model.h5", "model.weights.h5"}).code, 0);
  EXPECT_EQ(not_a_proper_failure(run({"convert", "model.weights.h5", "model.keras"}),
                                 {"model.weights.h5", "weights alone"}),
            "");
}

TEST_F(Convert, RefusesOtherEndings) {
  EXPECT_EQ(not_a_proper_failure(run({"convert", "model.h5", "model.onnx"}), {"model.onnx", "'.onnx'"}), "");
  EXPECT_FALSE(folder_.has("model.onnx"));
}

}  // namespace
}  // namespace antler
