#include "antler/models/renew_normalization.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/models/dataset_batches.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Sequential normalizing(double momentum = 0.99) {
  set_random_seed(1);
  Sequential model;
  model.add(layers::BatchNormalization({.momentum = momentum, .input_shape = Shape{2}}));
  model.add(layers::Dense(2, {.activation = "softmax"}));
  return model;
}

// (4, 2), of means 2.5 and 0, and of variances 1.25 and 0.
Tensor four_rows() {
  return {Shape{4, 2}, {1.0F, 0.0F, 2.0F, 0.0F, 3.0F, 0.0F, 4.0F, 0.0F}};
}

std::vector<float> statistic(const Model& model, size_t index) {
  const std::vector<Tensor> weights = model.layers().front().get_weights();
  return {weights.at(index).span().begin(), weights.at(index).span().end()};
}

TEST(RenewNormalization, TakesTheStatisticsOfTheDataWhateverTheyWere) {
  Sequential model = normalizing();
  renew_normalization(model, Dataset::from_tensor_slices(four_rows()).batch(4));
  EXPECT_NEAR(statistic(model, 2)[0], 2.5F, 1e-5F);
  EXPECT_NEAR(statistic(model, 2)[1], 0.0F, 1e-5F);
  EXPECT_NEAR(statistic(model, 3)[0], 1.25F, 1e-5F);
  EXPECT_NEAR(statistic(model, 3)[1], 0.0F, 1e-5F);
}

TEST(RenewNormalization, CountsBatchesByTheirRows) {
  Sequential model = normalizing();
  renew_normalization(model, Dataset::from_tensor_slices(four_rows()).batch(3));
  EXPECT_NEAR(statistic(model, 2)[0], 2.5F, 1e-5F);
  EXPECT_NEAR(statistic(model, 3)[0], 0.75F * 2.0F / 3.0F, 1e-5F);
}

TEST(RenewNormalization, ChangesNothingElse) {
  Sequential model = small_model(2);
  const std::vector<Tensor> before = model.get_weights();
  renew_normalization(model, Dataset::from_tensor_slices(exclusive_or(32).x).batch(8));
  const std::vector<Tensor> after = model.get_weights();
  for (size_t i = 0; i < before.size(); ++i) {
    const bool is_statistic = i == 4 || i == 5;
    const bool same = std::ranges::equal(before[i].span(), after[i].span());
    EXPECT_EQ(same, !is_statistic) << "weight " << i;
  }
}

TEST(RenewNormalization, ReachesNestedModelsAndLeavesFrozenLayersAlone) {
  Sequential inner = normalizing();
  Sequential outer;
  outer.add(layers::Input({2}));
  outer.add(inner);
  renew_normalization(outer, Dataset::from_tensor_slices(four_rows()).batch(4));
  EXPECT_NEAR(statistic(inner, 2)[0], 2.5F, 1e-5F);

  Sequential frozen = normalizing();
  frozen.layers().front().set_trainable(false);
  renew_normalization(frozen, Dataset::from_tensor_slices(four_rows()).batch(4));
  EXPECT_EQ(statistic(frozen, 2)[0], 0.0F);
}

TEST(RenewNormalization, RefusesDataThatDoNotFitAndChangesNothing) {
  Sequential model = normalizing();
  EXPECT_THROW(renew_normalization(model, Dataset::from_tensor_slices(Tensor({4, 3})).batch(4)), Error);
  EXPECT_THROW(renew_normalization(model, Dataset::from_tensor_slices(four_rows()).take(0)), Error);
  EXPECT_EQ(statistic(model, 2)[0], 0.0F);
  EXPECT_EQ(statistic(model, 3)[0], 1.0F);
}

TEST(RenewNormalization, RefusesALayerThatNeverLooksAtItsBatches) {
  Sequential model = normalizing(1.0);
  EXPECT_THAT([&] { renew_normalization(model, Dataset::from_tensor_slices(four_rows()).batch(4)); },
              ThrowsMessage<Error>(HasSubstr("'batch_normalization' has the momentum 1")));
}

}  // namespace
}  // namespace antler
