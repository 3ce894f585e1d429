#include "antler/ops/pointwise_loss.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "antler/ops/clip.h"
#include "antler/ops/loss_rows.h"

namespace antler::ops {
namespace {

// Each formula has its value and its derivative by the prediction.

float sign(float x) {
  return x > 0.0F ? 1.0F : x < 0.0F ? -1.0F : x;
}
float at_least(float x, float least) {
  return x < least ? least : x;
}
float softplus(float x) {
  return at_least(x, 0.0F) + std::log1p(std::exp(-std::abs(x)));
}

struct AbsoluteError {
  float value(float t, float p) const { return std::abs(t - p); }
  float slope(float t, float p) const { return sign(p - t); }
};

struct AbsolutePercentageError {
  float value(float t, float p) const { return 100.0F * std::abs((t - p) / at_least(std::abs(t), fuzz)); }
  float slope(float t, float p) const { return 100.0F * sign(p - t) / at_least(std::abs(t), fuzz); }
};

struct BinaryCrossentropy {
  float value(float t, float p) const {
    const float clipped = clip(p, fuzz, one_less_fuzz);
    return -(t * std::log(clipped) + (1.0F - t) * std::log(1.0F - clipped));
  }
  float slope(float t, float p) const {
    const float clipped = clip(p, fuzz, one_less_fuzz);
    return clip_slope(p, fuzz, one_less_fuzz) * ((1.0F - t) / (1.0F - clipped) - t / clipped);
  }
};

struct SigmoidCrossentropy {
  float value(float t, float p) const { return softplus(p) - p * t; }
  float slope(float t, float p) const { return 1.0F / (1.0F + std::exp(-p)) - t; }
};

// What both focal losses share: how much an element counts that is predicted this well.
struct Focus {
  float gamma;
  float alpha;
  bool balanced;
  float weight(float t) const { return balanced ? t * alpha + (1.0F - t) * (1.0F - alpha) : 1.0F; }
  float factor(float t, float p) const { return std::pow(missed(t, p), gamma); }
  float factor_slope(float t, float p) const {
    return gamma == 0.0F ? 0.0F : gamma * std::pow(missed(t, p), gamma - 1.0F) * (1.0F - 2.0F * t);
  }
  static float missed(float t, float p) { return 1.0F - (t * p + (1.0F - t) * (1.0F - p)); }
};

struct BinaryFocal {
  Focus focus;
  float value(float t, float p) const {
    return focus.weight(t) * focus.factor(t, p) * BinaryCrossentropy().value(t, p);
  }
  float slope(float t, float p) const {
    const BinaryCrossentropy plain;
    return focus.weight(t) *
           (focus.factor_slope(t, p) * plain.value(t, p) + focus.factor(t, p) * plain.slope(t, p));
  }
};

struct SigmoidFocal {
  Focus focus;
  static float sigmoid(float x) { return 1.0F / (1.0F + std::exp(-x)); }
  float value(float t, float x) const {
    return focus.weight(t) * focus.factor(t, sigmoid(x)) * SigmoidCrossentropy().value(t, x);
  }
  float slope(float t, float x) const {
    const SigmoidCrossentropy plain;
    const float p = sigmoid(x);
    return focus.weight(t) * (focus.factor_slope(t, p) * p * (1.0F - p) * plain.value(t, x) +
                              focus.factor(t, p) * plain.slope(t, x));
  }
};

struct Hinge {
  float value(float t, float p) const { return at_least(1.0F - t * p, 0.0F); }
  float slope(float t, float p) const { return 1.0F - t * p < 0.0F ? 0.0F : -t; }
};

struct SquaredHinge {
  float value(float t, float p) const { return Hinge().value(t, p) * Hinge().value(t, p); }
  float slope(float t, float p) const { return 2.0F * Hinge().value(t, p) * -t; }
};

struct Huber {
  float delta;
  float value(float t, float p) const {
    const float error = std::abs(p - t);
    return error <= delta ? 0.5F * error * error : delta * error - 0.5F * delta * delta;
  }
  float slope(float t, float p) const { return std::abs(p - t) <= delta ? p - t : delta * sign(p - t); }
};

struct KLDivergence {
  float value(float t, float p) const {
    const float target = clip(t, fuzz, 1.0F);
    return target * std::log(target / clip(p, fuzz, 1.0F));
  }
  float slope(float t, float p) const {
    return -clip_slope(p, fuzz, 1.0F) * clip(t, fuzz, 1.0F) / clip(p, fuzz, 1.0F);
  }
};

struct LogCosh {
  float value(float t, float p) const {
    return p - t + softplus(-2.0F * (p - t)) - std::numbers::ln2_v<float>;
  }
  float slope(float t, float p) const { return std::tanh(p - t); }
};

struct Poisson {
  float value(float t, float p) const { return p - t * std::log(p + fuzz); }
  float slope(float t, float p) const { return 1.0F - t / (p + fuzz); }
};

struct SquaredError {
  float value(float t, float p) const { return (t - p) * (t - p); }
  float slope(float t, float p) const { return 2.0F * (p - t); }
};

struct SquaredLogarithmicError {
  static float difference(float t, float p) {
    return std::log(at_least(p, fuzz) + 1.0F) - std::log(at_least(t, fuzz) + 1.0F);
  }
  float value(float t, float p) const { return difference(t, p) * difference(t, p); }
  float slope(float t, float p) const { return p < fuzz ? 0.0F : 2.0F * difference(t, p) / (p + 1.0F); }
};

template <typename Use>
void with_formula(const PointwiseLoss& loss, const Use& use) {
  using Function = PointwiseLoss::Function;
  const Focus focus{.gamma = loss.gamma, .alpha = loss.alpha, .balanced = loss.apply_class_balancing};
  switch (loss.function) {
    case Function::absolute_error:
      return use(AbsoluteError{});
    case Function::absolute_percentage_error:
      return use(AbsolutePercentageError{});
    case Function::binary_crossentropy:
      return use(BinaryCrossentropy{});
    case Function::binary_focal:
      return use(BinaryFocal{focus});
    case Function::hinge:
      return use(Hinge{});
    case Function::huber:
      return use(Huber{loss.delta});
    case Function::kl_divergence:
      return use(KLDivergence{});
    case Function::log_cosh:
      return use(LogCosh{});
    case Function::poisson:
      return use(Poisson{});
    case Function::sigmoid_crossentropy:
      return use(SigmoidCrossentropy{});
    case Function::sigmoid_focal:
      return use(SigmoidFocal{focus});
    case Function::squared_error:
      return use(SquaredError{});
    case Function::squared_hinge:
      return use(SquaredHinge{});
    case Function::squared_logarithmic_error:
      return use(SquaredLogarithmicError{});
  }
}

// What becomes of a target before the formula sees it.
struct Line {
  float scale = 1.0F;
  float shift = 0.0F;
  float operator()(float t) const { return t * scale + shift; }
};

bool is_binary(ConstView targets) {
  return std::ranges::all_of(targets.span(), [](float t) { return t == 0.0F || t == 1.0F; });
}

Line target_line(const PointwiseLoss& loss, ConstView targets) {
  using Function = PointwiseLoss::Function;
  const bool is_hinge = loss.function == Function::hinge || loss.function == Function::squared_hinge;
  if (is_hinge) return is_binary(targets) ? Line{.scale = 2.0F, .shift = -1.0F} : Line{};
  return {.scale = static_cast<float>(1.0 - loss.label_smoothing),
          .shift = static_cast<float>(0.5 * loss.label_smoothing)};
}

float share_of_element(const PointwiseLoss& loss, const LossRows& extents) {
  const bool sums = loss.function == PointwiseLoss::Function::kl_divergence;
  return sums ? 1.0F : 1.0F / static_cast<float>(extents.columns);
}

}  // namespace

std::string PointwiseLoss::name() const {
  switch (function) {
    case Function::absolute_error:
      return "mean absolute error";
    case Function::absolute_percentage_error:
      return "mean absolute percentage error";
    case Function::binary_crossentropy:
      return "binary crossentropy";
    case Function::binary_focal:
      return "binary focal crossentropy";
    case Function::hinge:
      return "hinge";
    case Function::huber:
      return "huber";
    case Function::kl_divergence:
      return "kl divergence";
    case Function::log_cosh:
      return "log cosh";
    case Function::poisson:
      return "poisson";
    case Function::sigmoid_crossentropy:
      return "sigmoid crossentropy";
    case Function::sigmoid_focal:
      return "sigmoid focal crossentropy";
    case Function::squared_error:
      return "mean squared error";
    case Function::squared_hinge:
      return "squared hinge";
    case Function::squared_logarithmic_error:
      return "mean squared logarithmic error";
  }
  return "pointwise loss";
}

Shape PointwiseLoss::output_shape(std::span<const Shape> inputs) const {
  return loss_shape(inputs, name());
}

void PointwiseLoss::forward(const ForwardContext& run) const {
  const LossRows extents(run.inputs[1].shape);
  const Line target = target_line(*this, run.inputs[0]);
  const double share = share_of_element(*this, extents);
  with_formula(*this, [&](auto formula) {
    for_each_row(extents, [&](int64_t row) {
      const float* t = run.inputs[0].data + row * extents.columns;
      const float* p = run.inputs[1].data + row * extents.columns;
      double sum = 0.0;
      for (int64_t i = 0; i < extents.columns; ++i) sum += double{formula.value(target(t[i]), p[i])};
      run.output.data[row] = static_cast<float>(sum * share);
    });
  });
}

void PointwiseLoss::backward(const BackwardContext& run) const {
  if (run.input_gradients[1].data == nullptr) return;
  const LossRows extents(run.inputs[1].shape);
  const Line target = target_line(*this, run.inputs[0]);
  const float share = share_of_element(*this, extents);
  with_formula(*this, [&](auto formula) {
    for_each_row(extents, [&](int64_t row) {
      const int64_t begin = row * extents.columns;
      const float* t = run.inputs[0].data + begin;
      const float* p = run.inputs[1].data + begin;
      float* gradient = run.input_gradients[1].data + begin;
      const float scale = run.output_gradient.data[row] * share;
      for (int64_t i = 0; i < extents.columns; ++i) gradient[i] = scale * formula.slope(target(t[i]), p[i]);
    });
  });
}

}  // namespace antler::ops
