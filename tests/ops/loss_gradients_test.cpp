// The gradients of all losses, held against the differences of their values.
#include "antler/ops/circle_loss.h"
#include "antler/ops/crossentropy.h"
#include "antler/ops/focal_crossentropy.h"
#include "antler/ops/generalized_crossentropy.h"
#include "antler/ops/overlap_loss.h"
#include "antler/ops/pointwise_loss.h"
#include "antler/ops/row_loss.h"
#include "tests/ops/gradient_check.h"

namespace antler::ops {
namespace {

constexpr GradientCheck of_predictions{.step = 0x1p-9F, .first_input = 1};

// Rows of positive numbers that sum to 1.
Tensor distributions(const Shape& shape, uint64_t stream) {
  Tensor tensor(shape);
  RandomStream(7, stream).fill_uniform(tensor.span(), 0.1F, 1.0F);
  for (int64_t row = 0; row < shape[0]; ++row) {
    float sum = 0.0F;
    for (int64_t i = 0; i < shape[1]; ++i) sum += tensor[row * shape[1] + i];
    for (int64_t i = 0; i < shape[1]; ++i) tensor[row * shape[1] + i] /= sum;
  }
  return tensor;
}

TEST(LossGradients, OfCrossentropyAreThoseOfItsValues) {
  const Tensor targets = distributions({6, 5}, 1);
  const Tensor classes({6}, {0, 4, 2, 2, 1, 3});
  for (bool sparse : {false, true}) {
    for (bool from_logits : {false, true}) {
      Crossentropy loss;
      loss.sparse = sparse;
      loss.from_logits = from_logits;
      loss.label_smoothing = sparse ? 0.0 : 0.1;
      const Tensor predictions = from_logits ? random_tensor({6, 5}, 2) : distributions({6, 5}, 3);
      check_gradients(loss, {sparse ? classes : targets, predictions}, {}, of_predictions);
    }
  }
}

TEST(LossGradients, OfElementwiseLossesAreThoseOfTheirValues) {
  using Function = PointwiseLoss::Function;
  const Tensor targets = distributions({6, 5}, 1);
  for (Function function :
       {Function::absolute_error, Function::absolute_percentage_error, Function::binary_crossentropy,
        Function::binary_focal, Function::sigmoid_focal, Function::hinge, Function::huber,
        Function::kl_divergence, Function::log_cosh, Function::poisson, Function::sigmoid_crossentropy,
        Function::squared_error, Function::squared_hinge, Function::squared_logarithmic_error}) {
    PointwiseLoss loss;
    loss.function = function;
    check_gradients(loss, {targets, distributions({6, 5}, 2)}, {}, of_predictions);
  }
}

TEST(LossGradients, OfLossesOverRowsAreThoseOfTheirValues) {
  Tensor one_hot({4, 3});
  for (int64_t row = 0; row < 4; ++row) one_hot[row * 3 + row % 3] = 1.0F;
  for (RowLoss::Function function :
       {RowLoss::Function::categorical_hinge, RowLoss::Function::cosine_similarity}) {
    RowLoss loss;
    loss.function = function;
    check_gradients(loss, {one_hot, random_tensor({4, 3}, 2)}, {}, of_predictions);
  }
}

TEST(LossGradients, OfBalancedFocalLossesAreThoseOfTheirValues) {
  for (float gamma : {0.0F, 1.5F}) {
    PointwiseLoss loss;
    loss.function = PointwiseLoss::Function::binary_focal;
    loss.apply_class_balancing = true;
    loss.gamma = gamma;
    check_gradients(loss, {distributions({6, 5}, 1), distributions({6, 5}, 2)}, {}, of_predictions);
  }
}

TEST(LossGradients, OfFocalCrossentropyAreThoseOfItsValues) {
  for (bool from_logits : {false, true}) {
    FocalCrossentropy loss;
    loss.from_logits = from_logits;
    loss.label_smoothing = 0.1;
    const Tensor predictions = from_logits ? random_tensor({6, 5}, 2) : distributions({6, 5}, 3);
    check_gradients(loss, {distributions({6, 5}, 1), predictions}, {}, of_predictions);
  }
}

TEST(LossGradients, OfGeneralizedCrossentropyAreThoseOfItsValues) {
  check_gradients(GeneralizedCrossentropy(), {Tensor({6}, {0, 4, 2, 2, 1, 3}), distributions({6, 5}, 3)}, {},
                  of_predictions);
}

TEST(LossGradients, OfOverlapsAreThoseOfTheirValues) {
  for (const auto& axes : std::vector<std::optional<std::vector<int>>>{{}, {{1}}, {{0, 2}}}) {
    OverlapLoss loss;
    loss.alpha = 0.3F;
    loss.beta = 0.8F;
    loss.axes = axes;
    const Tensor targets({2, 3, 5}, distributions({6, 5}, 1).span());
    check_gradients(loss, {targets, Tensor({2, 3, 5}, distributions({6, 5}, 2).span())}, {}, of_predictions);
  }
}

TEST(LossGradients, OfCircleAreThoseOfItsValues) {
  CircleLoss loss;
  loss.gamma = 4.0F;
  check_gradients(loss, {Tensor({6}, {0, 1, 0, 2, 1, 0}), distributions({6, 5}, 2)}, {}, of_predictions);
}

}  // namespace
}  // namespace antler::ops
