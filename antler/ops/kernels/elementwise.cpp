#include "antler/ops/kernels/elementwise.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/elementwise.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

HWY_INLINE Vector logistic(Vector x) {
  const Vector one = constant(1.0F);
  return hn::Div(one, hn::Add(one, exponential(hn::Neg(x))));
}

// Each struct below gives f(x) as value(x) and f' as slope(x), or slope(y) where slope_follows_from_output().
// Where f has a kink, slope is what TensorFlow's gradient gives.

struct Relu {
  HWY_INLINE Vector value(Vector x) const {
    const Vector zero = hn::Zero(Floats());
    return hn::IfThenElse(hn::Lt(x, zero), zero, x);  // unlike Max, it keeps NaN
  }
  HWY_INLINE Vector slope(Vector y) const {
    return hn::IfThenElseZero(hn::Gt(y, hn::Zero(Floats())), constant(1.0F));
  }
};

// clip(x > threshold ? x : 0, 0, max_value) - alpha * max(threshold - x, 0), without the clip when max_value
// is infinite: then a negative threshold lets negative numbers pass.
// At max_value itself the clip has a slope, unlike TensorFlow's relu6, which Keras takes where it can.
struct BoundedRelu {
  Vector alpha, threshold, low, high, last_with_slope;

  explicit BoundedRelu(const Curve& curve)
      : alpha(constant(curve.alpha)),
        threshold(constant(curve.threshold)),
        low(constant(curve.max_value < std::numeric_limits<float>::infinity()
                         ? 0.0F
                         : -std::numeric_limits<float>::infinity())),
        high(constant(curve.max_value)),
        last_with_slope(constant(curve.max_value == 6.0F && curve.threshold == 0.0F
                                     ? std::nextafter(6.0F, 0.0F)
                                     : curve.max_value)) {}

  HWY_INLINE Vector value(Vector x) const {
    const Vector passed = hn::IfThenElseZero(hn::Gt(x, threshold), x);
    const Vector clipped = hn::Min(hn::Max(passed, low), high);
    const Vector missing = hn::Max(hn::Sub(threshold, x), hn::Zero(Floats()));
    return hn::IfThenElse(hn::IsNaN(x), x, hn::NegMulAdd(alpha, missing, clipped));
  }
  HWY_INLINE Vector slope(Vector x) const {
    const auto passes = hn::And(hn::Gt(x, threshold), hn::And(hn::Ge(x, low), hn::Le(x, last_with_slope)));
    const Vector passed = hn::IfThenElseZero(passes, constant(1.0F));
    return hn::Add(passed, hn::IfThenElseZero(hn::Lt(x, threshold), alpha));
  }
};

// Keras takes leaky relu for what has neither a threshold nor a bound; at 0 its slope is alpha.
struct LeakyRelu {
  Vector alpha;

  explicit LeakyRelu(const Curve& curve) : alpha(constant(curve.alpha)) {}
  HWY_INLINE Vector value(Vector x) const { return hn::Mul(x, slope(x)); }
  HWY_INLINE Vector slope(Vector x) const {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(Floats())), constant(1.0F), alpha);
  }
};

// scale * (x > 0 ? x : alpha * (exp(x) - 1)): elu and selu.
struct Elu {
  Vector scale, scaled_alpha, slope_at_zero;

  Elu(float scale_, float scaled_alpha_, float slope_at_zero_)
      : scale(constant(scale_)),
        scaled_alpha(constant(scaled_alpha_)),
        slope_at_zero(constant(slope_at_zero_)) {}

  HWY_INLINE Vector value(Vector x) const {
    const Vector curved = hn::Mul(scaled_alpha, hn::Expm1(Floats(), x));
    return hn::IfThenElse(hn::Gt(x, hn::Zero(Floats())), hn::Mul(scale, x), curved);
  }
  HWY_INLINE Vector slope(Vector x) const {
    const Vector zero = hn::Zero(Floats());
    const Vector left = hn::Mul(scaled_alpha, exponential(x));
    return hn::IfThenElse(hn::Gt(x, zero), scale, hn::IfThenElse(hn::Eq(x, zero), slope_at_zero, left));
  }
};

struct Exponential {
  HWY_INLINE Vector value(Vector x) const { return exponential(x); }
  HWY_INLINE Vector slope(Vector y) const { return y; }
};

struct Sigmoid {
  HWY_INLINE Vector value(Vector x) const { return logistic(x); }
  HWY_INLINE Vector slope(Vector y) const { return hn::Mul(y, hn::Sub(constant(1.0F), y)); }
};

struct Silu {
  HWY_INLINE Vector value(Vector x) const { return hn::Mul(x, logistic(x)); }
  HWY_INLINE Vector slope(Vector x) const {
    const Vector one = constant(1.0F);
    const Vector y = logistic(x);
    return hn::Mul(y, hn::MulAdd(x, hn::Sub(one, y), one));
  }
};

// max(x, 0) + log(1 + exp(-|x|)), which neither overflows nor loses digits.
struct Softplus {
  HWY_INLINE Vector value(Vector x) const {
    return hn::Add(Relu().value(x), hn::Log1p(Floats(), exponential(hn::Neg(hn::Abs(x)))));
  }
  HWY_INLINE Vector slope(Vector x) const { return logistic(x); }
};

struct Tanh {
  HWY_INLINE Vector value(Vector x) const { return hn::Tanh(Floats(), x); }
  HWY_INLINE Vector slope(Vector y) const { return hn::NegMulAdd(y, y, constant(1.0F)); }
};

// Calls work with the struct that stands for `curve`.
template <typename Work>
HWY_INLINE void with_formula(const Curve& curve, const Work& work) {
  // Klambauer et al. 2017: scale, and scale * alpha.
  constexpr float selu_scale = 1.0507009873554804934F;
  constexpr float selu_scaled_alpha = 1.7580993408473768600F;
  using Kind = Curve::Kind;
  switch (curve.kind) {
    case Kind::bounded_relu:
      if (curve.threshold != 0.0F || curve.max_value < std::numeric_limits<float>::infinity()) {
        return work(BoundedRelu(curve));
      }
      return work(LeakyRelu(curve));
    case Kind::elu:
      return work(Elu(1.0F, curve.alpha, curve.alpha));
    case Kind::exponential:
      return work(Exponential());
    case Kind::relu:
      return work(Relu());
    case Kind::selu:
      return work(Elu(selu_scale, selu_scaled_alpha, selu_scale));
    case Kind::sigmoid:
      return work(Sigmoid());
    case Kind::silu:
      return work(Silu());
    case Kind::softplus:
      return work(Softplus());
    case Kind::tanh:
      return work(Tanh());
  }
}

void apply(const Curve& curve, const float* x, int64_t count, float* y) {
  with_formula(curve, [=](const auto& formula) {
    for_each_place(count, [&](auto place) { store(formula.value(load(x, place)), y, place); });
  });
}

void apply_gradient(const Curve& curve, const float* x_or_y, const float* dy, int64_t count, float* dx) {
  with_formula(curve, [=](const auto& formula) {
    for_each_place(count, [&](auto place) {
      store(hn::Mul(load(dy, place), formula.slope(load(x_or_y, place))), dx, place);
    });
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

bool slope_follows_from_output(Curve::Kind kind) {
  using Kind = Curve::Kind;
  return kind == Kind::exponential || kind == Kind::relu || kind == Kind::sigmoid || kind == Kind::tanh;
}

HWY_EXPORT(apply);
void apply(const Curve& curve, const float* x, int64_t count, float* y) {
  HWY_DYNAMIC_DISPATCH(apply)(curve, x, count, y);
}

HWY_EXPORT(apply_gradient);
void apply_gradient(const Curve& curve, const float* x_or_y, const float* dy, int64_t count, float* dx) {
  HWY_DYNAMIC_DISPATCH(apply_gradient)(curve, x_or_y, dy, count, dx);
}

}  // namespace antler::ops::kernels
#endif
