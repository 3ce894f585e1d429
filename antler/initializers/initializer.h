// How weights start out: Keras's initializers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/random.h"
#include "antler/core/tensor.h"

namespace antler::initializers {

/// A value. Built from a name ("glorot_uniform", "zeros", "he_normal", ...: Keras's aliases all work) or by
/// one of the functions below, whose names and defaults are Keras 3's.
class Initializer {
 public:
  /// Throws Error for a name that Keras does not know.
  Initializer(const char* name);  // NOLINT(google-explicit-constructor): a name is meant to serve as one
  Initializer(const std::string& name);  // NOLINT(google-explicit-constructor)
  /// From Keras's class name or alias and its config, of Keras 2 or 3; keys that are missing or null keep
  /// their defaults. A seed is kept for config(), but the stream alone decides what is drawn. Throws Error
  /// for an unknown class, an unknown key or a value of the wrong kind.
  static Initializer from_config(const std::string& class_name, const Json& config);

  /// A new tensor of `shape`, drawn from `random`; fans are worked out from the shape as Keras does.
  /// Throws Error where the initializer cannot fill such a shape: Identity of anything but a matrix.
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

/// Keras's class names of all initializers that from_config() knows.
std::vector<std::string> initializer_classes();

Initializer Zeros();
Initializer Ones();
Initializer Constant(double value = 0.0);
Initializer RandomUniform(double minval = -0.05, double maxval = 0.05);
Initializer RandomNormal(double mean = 0.0, double stddev = 0.05);
Initializer TruncatedNormal(double mean = 0.0, double stddev = 0.05);
/// `mode`: "fan_in", "fan_out" or "fan_avg"; `distribution`: "truncated_normal", "untruncated_normal" or
/// "uniform".
Initializer VarianceScaling(double scale = 1.0, const std::string& mode = "fan_in",
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
/// Saxe et al. 2014: an orthogonal matrix, of a shape (..., columns) taken as (all others, columns). Rank 2
/// or more.
Initializer Orthogonal(double gain = 1.0);
/// `gain` on the diagonal of a matrix.
Initializer Identity(double gain = 1.0);

}  // namespace antler::initializers
