#include "digits/ensemble.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/saving/saving.h"
#include "digits/dataset.h"
#include "digits/embedded.h"
#include "digits/evaluate.h"
#include "digits/model_file.h"
#include "tests/cli/small_data.h"
#include "tests/core/temporary_folder.h"

namespace antler::digits {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class TrainEnsemble : public testing::Test {
 protected:
  TrainEnsemble() { folder_.write("train.csv", digit_csv(60, true)); }

  EnsembleOptions options(const std::string& name, int members) const {
    return {.member = {.csv = folder_ / "train.csv",
                       .model = folder_ / name,
                       .recipe = "fast",
                       .epochs = 2,
                       .batch_size = 16,
                       .validation_split = 0.2,
                       .seed = 5,
                       .verbose = 0},
            .members = members};
  }

  EnsembleResult run(const EnsembleOptions& options) {
    testing::internal::CaptureStdout();
    try {
      EnsembleResult result = train_ensemble(options);
      printed_ = testing::internal::GetCapturedStdout();
      return result;
    } catch (const Error& error) {
      printed_ = testing::internal::GetCapturedStdout();
      error_ = error.what();
      return {};
    }
  }

  TemporaryFolder folder_;
  std::string printed_;
  std::string error_;
};

TEST_F(TrainEnsemble, LeavesAFileForEachMemberThatPredictTakesTogether) {
  const EnsembleResult result = run(options("all", 2));
  EXPECT_THAT(result.each, SizeIs(2));
  EXPECT_THAT(printed_, HasSubstr("Member 2 of 2: validation accuracy "));
  std::vector<Model> models = load_digit_models({folder_ / "all"});
  ASSERT_THAT(models, SizeIs(2));
  EXPECT_NE(models[0].seed(), models[1].seed());

  const Digits digits = read_digits(folder_ / "train.csv", Labels::required);
  const Tensor together = predict_with_all({folder_ / "all"}, digits.images, {}).probabilities;
  const Tensor one = models[0].predict(digits.images);
  const Tensor two = models[1].predict(digits.images);
  for (int64_t i = 0; i < together.size(); ++i) EXPECT_FLOAT_EQ(together[i], (one[i] + two[i]) / 2.0F);
}

TEST_F(TrainEnsemble, GoesOnWithWhatIsThere) {
  const EnsembleResult whole = run(options("whole", 2));
  run(options("parts", 1));
  EnsembleOptions more = options("parts", 2);
  more.member.resume = true;
  more.member.seed = {};  // the folder tells
  const EnsembleResult result = run(more);
  EXPECT_EQ(result.each, whole.each);
  EXPECT_EQ(result.together, whole.together);
  EXPECT_EQ(load_model(folder_ / "parts/member-02.keras").get_weights().front()[0],
            load_model(folder_ / "whole/member-02.keras").get_weights().front()[0]);
}

TEST_F(TrainEnsemble, KeepsAMemberThatTheTimeCutAndFinishesIt) {
  EnsembleOptions hurried = options("cut", 2);
  hurried.minutes = 1e-9;
  const EnsembleResult nothing = run(hurried);
  EXPECT_FALSE(nothing.interrupted);
  EXPECT_TRUE(exists(folder_ / "cut/unfinished.keras"));
  EXPECT_FALSE(exists(folder_ / "cut/member-01.keras"));
  EXPECT_THAT([&] { load_digit_models({folder_ / "cut"}); },
              testing::ThrowsMessage<Error>(HasSubstr("is a folder without member-01.keras")));

  EnsembleOptions more = options("cut", 1);
  more.member.resume = true;
  run(more);
  run(options("whole", 1));
  EXPECT_FALSE(exists(folder_ / "cut/unfinished.keras"));
  EXPECT_EQ(load_model(folder_ / "cut/member-01.keras").get_weights().front()[0],
            load_model(folder_ / "whole/member-01.keras").get_weights().front()[0]);
}

TEST_F(TrainEnsemble, StopsWhenAllTogetherAreGoodEnough) {
  EnsembleOptions easy = options("easy", 3);
  easy.member.until = 0.0;
  EXPECT_THAT(run(easy).each, SizeIs(1));
}

TEST_F(TrainEnsemble, DoesNotMixWithMembersThatAreThere) {
  run(options("all", 1));
  run(options("all", 1));
  EXPECT_THAT(error_, HasSubstr("the folder has members already"));
  EnsembleOptions other = options("all", 2);
  other.member.resume = true;
  other.member.seed = 9;
  run(other);
  EXPECT_THAT(error_, HasSubstr("have the seed 5, not 9"));
}

TEST_F(TrainEnsemble, BeginsAnewInPlaceOfMembersThatAreThere) {
  run(options("all", 3));
  EnsembleOptions other = options("all", 1);
  other.anew = true;
  other.member.seed = 9;
  std::vector<size_t> told;
  other.on_member = [&](const EnsembleResult& so_far) { told.push_back(so_far.each.size()); };
  run(other);
  EXPECT_EQ(error_, "");
  EXPECT_EQ(told, std::vector<size_t>{1});
  EXPECT_EQ(load_model(folder_ / "all/member-01.keras").seed(), 10U);
  EXPECT_FALSE(exists(folder_ / "all/member-02.keras"));
  EXPECT_FALSE(exists(folder_ / "all/member-03.keras"));
}

TEST(ShippedModel, IsASmallReaderOfDigits) {
  std::vector<Model> models = load_digit_models({});
  ASSERT_THAT(models, SizeIs(1));
  EXPECT_EQ(models[0].input_shape().without_batch(), Shape({28, 28, 1}));
  EXPECT_LT(models[0].count_params() * 4, 600'000);
  EXPECT_LT(embedded_models().front().bytes.size(), 600'000);
}

TEST(ShippedModel, ReadsWhereNoModelIsNamed) {
  const TemporaryFolder folder;
  folder.write("train.csv", digit_csv(20, true));
  const DigitScores plain = evaluate_csv({.csv = folder / "train.csv", .models = {}});
  const DigitScores moved = evaluate_csv({.csv = folder / "train.csv", .models = {}, .moved = true});
  EXPECT_GE(plain.accuracy, 0.0);
  EXPECT_NE(plain.loss, moved.loss);
}

}  // namespace
}  // namespace antler::digits
