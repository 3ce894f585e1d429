#include "antler/models/predict_mean.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using testing::ElementsAre;

TEST(PredictMean, AveragesOverModels) {
  const Tensor x = exclusive_or(5).x;
  std::vector<Model> models{small_model(1), small_model(2)};
  const Tensor one = models[0].predict(x);
  const Tensor two = models[1].predict(x);
  const Tensor mean = predict_mean(models, x);
  ASSERT_EQ(mean.shape(), one.shape());
  for (int64_t i = 0; i < mean.size(); ++i) EXPECT_FLOAT_EQ(mean[i], (one[i] + two[i]) / 2.0F);
}

TEST(PredictMean, AveragesOverViews) {
  const Tensor x = exclusive_or(5).x;
  Model model = small_model(1);
  const auto negated = [](const Tensor& of) {
    Tensor result = of;
    for (float& each : result.span()) each = -each;
    return result;
  };
  const auto same = [](const Tensor& of) { return of; };
  const Tensor one = model.predict(x);
  const Tensor two = model.predict(negated(x));
  const Tensor mean = predict_mean(model, x, {.views = {same, negated}});
  for (int64_t i = 0; i < mean.size(); ++i) EXPECT_FLOAT_EQ(mean[i], (one[i] + two[i]) / 2.0F);
}

TEST(PredictMean, RefusesNoModelAndModelsThatDoNotFitTogether) {
  std::vector<Model> none;
  EXPECT_THROW(predict_mean(none, Tensor({1, 2})), Error);
  std::vector<Model> unlike{small_model(1), Sequential({layers::Dense(3, {.input_shape = Shape{2}})})};
  EXPECT_THAT(
      [&] {
        predict_mean(unlike, Tensor({1, 2}));
      },
      testing::ThrowsMessage<Error>(testing::HasSubstr("a mean needs one shape")));
}

// 1 2 3
// 4 5 6
Tensor two_by_three() {
  return {Shape{1, 2, 3, 1}, {1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F}};
}

TEST(MovedImages, MoveDownAndToTheRightWithZerosBehindThem) {
  EXPECT_THAT(moved_images(1, 1)(two_by_three()).span(), ElementsAre(0, 0, 0, 0, 1, 2));
  EXPECT_THAT(moved_images(-1, -2)(two_by_three()).span(), ElementsAre(6, 0, 0, 0, 0, 0));
  EXPECT_THAT(moved_images(0, 0)(two_by_three()).span(), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(MovedImages, MoveOutOfSight) {
  EXPECT_THAT(moved_images(0, 5)(two_by_three()).span(), testing::Each(0));
  EXPECT_THAT(moved_images(-9, 0)(two_by_three()).span(), testing::Each(0));
}

TEST(MovedImages, MoveEachImageOfABatch) {
  const Tensor images(Shape{2, 1, 2, 2}, {1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F, 7.0F, 8.0F});
  EXPECT_THAT(moved_images(0, 1)(images).span(), ElementsAre(0, 0, 1, 2, 0, 0, 5, 6));
}

TEST(MovedImages, AreNothingElse) {
  EXPECT_THROW(moved_images(1, 0)(Tensor({2, 2})), Error);
}

TEST(NineViews, BeginWithTheImagesThemselves) {
  const std::vector<TensorView> views = nine_views();
  ASSERT_EQ(views.size(), 9U);
  EXPECT_THAT(views.front()(two_by_three()).span(), ElementsAre(1, 2, 3, 4, 5, 6));
}

}  // namespace
}  // namespace antler
