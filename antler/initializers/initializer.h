// How weights start out: Keras's initializers.
#pragma once

#include <memory>
#include <string>

#include "antler/core/json.h"
#include "antler/core/random.h"
#include "antler/core/tensor.h"

namespace antler::initializers {

/// A value. Built from a name ("glorot_uniform", "zeros", "he_normal", ...: Keras's aliases all work) or by one of the
/// functions below, whose names and defaults are Keras 3's.
class Initializer {
 public:
  /// Throws Error for a name that Keras does not know.
  Initializer(const char* name);         // NOLINT(google-explicit-constructor): a name is meant to serve as one
  Initializer(const std::string& name);  // NOLINT(google-explicit-constructor)
  /// From Keras's class name and config. Throws Error for an unknown class or config.
  static Initializer from_config(const std::string& class_name, const Json& config);

  /// A new tensor of `shape`, drawn from `random`; fans are worked out from the shape as Keras does.
  Tensor operator()(const Shape& shape, const RandomStream& random) const;

  /// "GlorotUniform"
  const std::string& class_name() const;
  /// Keras's config of it, such as {"seed": null}.
  const Json& config() const;

  struct Definition;
  explicit Initializer(std::shared_ptr<const Definition> definition);

 private:
  std::shared_ptr<const Definition> definition_;
};

Initializer Zeros();
Initializer Ones();
Initializer Constant(float value = 0.0F);
Initializer RandomUniform(float minval = -0.05F, float maxval = 0.05F);
Initializer RandomNormal(float mean = 0.0F, float stddev = 0.05F);
Initializer TruncatedNormal(float mean = 0.0F, float stddev = 0.05F);
/// `mode`: "fan_in", "fan_out" or "fan_avg"; `distribution`: "truncated_normal", "untruncated_normal" or "uniform".
Initializer VarianceScaling(float scale = 1.0F, const std::string& mode = "fan_in",
                            const std::string& distribution = "truncated_normal");
/// Glorot and Bengio 2010.
Initializer GlorotUniform();
Initializer GlorotNormal();
/// He et al. 2015.
Initializer HeUniform();
Initializer HeNormal();
/// LeCun 1998; Klambauer et al. 2017.
Initializer LecunUniform();
Initializer LecunNormal();
/// Saxe et al. 2014.
Initializer Orthogonal(float gain = 1.0F);
Initializer Identity(float gain = 1.0F);

}  // namespace antler::initializers
