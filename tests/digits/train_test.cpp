#include "digits/train.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/saving/saving.h"
#include "tests/cli/small_data.h"
#include "tests/core/temporary_folder.h"

namespace antler::digits {
namespace {

using testing::HasSubstr;

// 40 digits in train.csv, quiet options, a model of its own.
class Train : public testing::Test {
 protected:
  Train() { folder_.write("train.csv", digit_csv(40, true)); }

  TrainOptions options(const std::string& model, int epochs) const {
    return {.csv = folder_ / "train.csv",
            .model = folder_ / model,
            .epochs = epochs,
            .batch_size = 16,
            .seed = 5,
            .verbose = 0};
  }

  TrainResult run(const TrainOptions& options) {
    testing::internal::CaptureStdout();
    TrainResult result = train(options);
    printed_ = testing::internal::GetCapturedStdout();
    return result;
  }

  std::string error_of(const TrainOptions& options) {
    try {
      run(options);
    } catch (const Error& error) {
      printed_ = testing::internal::GetCapturedStdout();
      return error.what();
    }
    return "";
  }

  std::vector<std::vector<float>> weights(const std::string& model) const {
    std::vector<std::vector<float>> all;
    for (const Tensor& weight : load_model(folder_ / model).get_weights()) {
      all.emplace_back(weight.span().begin(), weight.span().end());
    }
    return all;
  }

  TemporaryFolder folder_;
  std::string printed_;
};

TEST_F(Train, ValidatesOnTheLastFifth) {
  const TrainResult result = run(options("model.h5", 1));
  EXPECT_FALSE(result.interrupted);
  EXPECT_EQ(result.history["val_accuracy"].size(), 1U);
  EXPECT_THAT(printed_, HasSubstr("Validation accuracy: "));
}

TEST_F(Train, RepeatsItselfWithTheSameSeed) {
  run(options("one.h5", 1));
  run(options("two.h5", 1));
  EXPECT_EQ(weights("one.h5"), weights("two.h5"));
}

TEST_F(Train, DiffersWithAnotherSeed) {
  run(options("one.h5", 1));
  TrainOptions other = options("two.h5", 1);
  other.seed = 6;
  run(other);
  EXPECT_NE(weights("one.h5"), weights("two.h5"));
}

TEST_F(Train, GoesOnWithAFinishedRunAsIfItHadBeenLonger) {
  run(options("whole.h5", 2));
  run(options("parts.h5", 1));
  TrainOptions more = options("parts.h5", 2);
  more.resume = true;
  const TrainResult result = run(more);
  EXPECT_EQ(result.history["loss"].size(), 2U);
  EXPECT_EQ(weights("parts.h5"), weights("whole.h5"));
}

TEST_F(Train, SaysWhenThereIsNothingToGoOnWith) {
  run(options("model.h5", 1));
  const auto before = weights("model.h5");
  TrainOptions same = options("model.h5", 1);
  same.resume = true;
  run(same);
  EXPECT_THAT(printed_, HasSubstr("all 1 epochs are done already"));
  EXPECT_EQ(weights("model.h5"), before);
}

TEST_F(Train, TakesFromTheRecipeWhatIsNotSaid) {
  const Plan plan = plan_of({.recipe = "fast", .batch_size = 32});
  EXPECT_EQ(plan.epochs, find_recipe("fast").epochs);
  EXPECT_EQ(plan.batch_size, 32);
  EXPECT_EQ(plan.validation_split, find_recipe("fast").validation_split);
}

class TrainByRecipe : public Train, public testing::WithParamInterface<std::string> {
 protected:
  TrainOptions options(const std::string& model, int epochs) const {
    TrainOptions all = Train::options(model, epochs);
    all.recipe = GetParam();
    return all;
  }
};

TEST_P(TrainByRecipe, LeavesAModelThatReadsAsWellAsItSays) {
  const TrainResult result = run(options("model.keras", 2));
  const auto held_out = split_rows(read_digits(folder_ / "train.csv", Labels::required), 0.1, 5);
  const callbacks::Logs scores = load_model(folder_ / "model.keras")
                                     .evaluate(held_out.validation_x, held_out.validation_y, {.verbose = 0});
  EXPECT_EQ(scores.front().first, "accuracy");
  EXPECT_NEAR(result.history["val_accuracy"].back(), scores.front().second, 1e-6);
}

TEST_P(TrainByRecipe, RepeatsItselfWithTheSameSeed) {
  run(options("one.h5", 1));
  run(options("two.h5", 1));
  EXPECT_EQ(weights("one.h5"), weights("two.h5"));
}

INSTANTIATE_TEST_SUITE_P(Each, TrainByRecipe, testing::Values("fast", "best"),
                         [](const auto& recipe) { return recipe.param; });

TEST_F(Train, DoesNotGoOnWhereALearningRateWasPlannedForAnotherEnd) {
  TrainOptions fast = options("model.h5", 1);
  fast.recipe = "fast";
  run(fast);
  fast.epochs = 2;
  fast.resume = true;
  EXPECT_THAT(error_of(fast), HasSubstr("follows another plan than the recipe 'fast' with 2 epochs"));
}

TEST_F(Train, LearnsFromATeacher) {
  run(options("teacher.h5", 1));
  TrainOptions plain = options("plain.h5", 1);
  plain.recipe = "fast";
  run(plain);
  TrainOptions taught = plain;
  taught.model = folder_ / "taught.h5";
  taught.teacher = folder_ / "teacher.h5";
  run(taught);
  EXPECT_NE(weights("taught.h5"), weights("plain.h5"));
}

TEST_F(Train, DoesNotGoOnWithAnotherSeed) {
  run(options("model.h5", 1));
  TrainOptions other = options("model.h5", 2);
  other.resume = true;
  other.seed = 6;
  EXPECT_THAT(error_of(other), HasSubstr("has the seed 5, not 6"));
}

TEST_F(Train, DoesNotGoOnWithBatchesOfAnotherSize) {
  run(options("model.h5", 1));
  TrainOptions other = options("model.h5", 2);
  other.resume = true;
  other.batch_size = 8;
  EXPECT_THAT(error_of(other), HasSubstr("had other data, batch size or validation split"));
}

TEST_F(Train, TriesAgainUntilItIsGoodEnough) {
  TrainOptions twice = options("model.h5", 1);
  twice.until = 1.0;
  twice.tries = 2;
  run(twice);
  EXPECT_THAT(printed_, HasSubstr("try 2 of 2"));
  EXPECT_THAT(printed_, HasSubstr("None of 2 tries reached 1"));
}

TEST_F(Train, StopsTryingWhenItIsGoodEnough) {
  TrainOptions easy = options("model.h5", 1);
  easy.until = 0.0;
  run(easy);
  EXPECT_THAT(printed_, testing::Not(HasSubstr("try 2")));
}

TEST_F(Train, CannotReachAnAccuracyWithoutValidation) {
  TrainOptions blind = options("model.h5", 1);
  blind.until = 0.9;
  blind.validation_split = 0.0;
  EXPECT_THAT(error_of(blind), HasSubstr("validate"));
}

TEST_F(Train, LearnsTheDigits) {
  TrainOptions longer = options("model.h5", 12);
  EXPECT_LT(run(longer).history["loss"].back(), 1.0);
}

}  // namespace
}  // namespace antler::digits
