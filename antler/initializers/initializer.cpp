#include "antler/initializers/initializer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "antler/core/error.h"
#include "antler/initializers/definition.h"

namespace antler::initializers {
namespace {

using Fill = std::function<void(Tensor&, const RandomStream&)>;

Initializer make(std::string class_name, Json config, Fill fill) {
  return Initializer(std::make_shared<const Initializer::Definition>(
      Initializer::Definition{std::move(class_name), std::move(config), std::move(fill)}));
}

Initializer constant(std::string class_name, Json config, double value) {
  return make(std::move(class_name), std::move(config),
              [value](Tensor& tensor, const RandomStream& /*random*/) {
                std::ranges::fill(tensor.span(), static_cast<float>(value));
              });
}

struct Fans {
  double in = 1.0;
  double out = 1.0;
};

// Keras's compute_fans: of a convolution's kernel, all but the last two axes are the field one output sees.
Fans fans_of(const Shape& shape) {
  if (shape.rank() == 0) return {};
  if (shape.rank() == 1) return {static_cast<double>(shape[0]), static_cast<double>(shape[0])};
  const double field =
      std::accumulate(shape.begin(), shape.end() - 2, 1.0,
                      [](double product, int64_t extent) { return product * static_cast<double>(extent); });
  return {static_cast<double>(shape[-2]) * field, static_cast<double>(shape[-1]) * field};
}

double fan_of(const Shape& shape, const std::string& mode) {
  const Fans fans = fans_of(shape);
  const double fan = mode == "fan_in" ? fans.in : mode == "fan_out" ? fans.out : (fans.in + fans.out) / 2.0;
  return std::max(1.0, fan);
}

// The standard deviation of a standard normal distribution cut at -2 and 2.
constexpr double truncated_stddev = 0.87962566103423978;

Fill variance_scaling(double scale, const std::string& mode, const std::string& distribution) {
  return [=](Tensor& tensor, const RandomStream& random) {
    const double variance = scale / fan_of(tensor.shape(), mode);
    if (distribution == "uniform") {
      const auto limit = static_cast<float>(std::sqrt(3.0 * variance));
      random.fill_uniform(tensor.span(), -limit, limit);
    } else if (distribution == "truncated_normal") {
      random.fill_truncated_normal(tensor.span(), 0.0F,
                                   static_cast<float>(std::sqrt(variance) / truncated_stddev));
    } else {
      random.fill_normal(tensor.span(), 0.0F, static_cast<float>(std::sqrt(variance)));
    }
  };
}

Initializer scaled(std::string class_name, double scale, const char* mode, const char* distribution) {
  return make(std::move(class_name), {{"seed", nullptr}}, variance_scaling(scale, mode, distribution));
}

Json seeded(const Json& rest) {
  Json config = {{"seed", nullptr}};
  config.update(rest);
  return config;
}

double dot(std::span<const float> a, std::span<const float> b) {
  return std::transform_reduce(a.begin(), a.end(), b.begin(), 0.0, std::plus<>(),
                               [](float x, float y) { return double{x} * double{y}; });
}

// QR decomposition by Gram-Schmidt: makes the rows of a (count, length) matrix orthonormal, in order, which
// gives the Q whose R has a positive diagonal. Projecting twice removes what rounding leaves.
void orthonormalize(std::span<float> matrix, size_t count, size_t length) {
  for (size_t i = 0; i < count; ++i) {
    const std::span<float> row = matrix.subspan(i * length, length);
    for (size_t earlier = 0; earlier < 2 * i; ++earlier) {
      const std::span<const float> other = matrix.subspan(earlier % i * length, length);
      const auto along = static_cast<float>(dot(row, other));
      for (size_t k = 0; k < length; ++k) row[k] -= along * other[k];
    }
    const auto norm = static_cast<float>(std::sqrt(dot(row, row)));
    for (float& x : row) x /= norm;
  }
}

void fill_orthogonal(Tensor& tensor, const RandomStream& random, double gain) {
  const Shape& shape = tensor.shape();
  if (shape.rank() < 2)
    throw Error("Orthogonal cannot fill the shape {}; expected rank 2 or more", shape.to_string());
  const auto columns = static_cast<size_t>(shape.back());
  const size_t rows = static_cast<size_t>(tensor.size()) / std::max<size_t>(1, columns);
  const size_t count = std::min(rows, columns);
  const size_t length = std::max(rows, columns);
  std::vector<float> vectors(count * length);
  random.fill_normal(vectors, 0.0F, 1.0F);
  orthonormalize(vectors, count, length);
  for (size_t row = 0; row < rows; ++row) {
    for (size_t column = 0; column < columns; ++column) {
      const float q = rows < columns ? vectors[row * length + column] : vectors[column * length + row];
      tensor.data()[row * columns + column] = static_cast<float>(gain) * q;
    }
  }
}

void fill_identity(Tensor& tensor, double gain) {
  const Shape& shape = tensor.shape();
  if (shape.rank() != 2) throw Error("Identity cannot fill the shape {}; expected rank 2", shape.to_string());
  std::ranges::fill(tensor.span(), 0.0F);
  for (int64_t i = 0; i < std::min(shape[0], shape[1]); ++i)
    tensor[i * shape[1] + i] = static_cast<float>(gain);
}

void check_one_of(const char* key, const std::string& value, std::span<const std::string_view> known) {
  if (std::ranges::find(known, value) == known.end())
    throw Error("{} '{}' of VarianceScaling is not known", key, value);
}

}  // namespace

Initializer::Initializer(std::shared_ptr<const Definition> definition) : definition_(std::move(definition)) {}
Initializer::Initializer(const char* name) : Initializer(from_config(name, Json::object())) {}
Initializer::Initializer(const std::string& name) : Initializer(from_config(name, Json::object())) {}

Tensor Initializer::operator()(const Shape& shape, const RandomStream& random) const {
  Tensor tensor = Tensor::uninitialized(shape);
  definition_->fill(tensor, random);
  return tensor;
}

const std::string& Initializer::class_name() const {
  return definition_->class_name;
}
const Json& Initializer::config() const {
  return definition_->config;
}

Initializer Zeros() {
  return constant("Zeros", Json::object(), 0.0);
}
Initializer Ones() {
  return constant("Ones", Json::object(), 1.0);
}
Initializer Constant(double value) {
  return constant("Constant", {{"value", value}}, value);
}

Initializer RandomUniform(double minval, double maxval) {
  return make("RandomUniform", seeded({{"minval", minval}, {"maxval", maxval}}),
              [=](Tensor& tensor, const RandomStream& random) {
                random.fill_uniform(tensor.span(), static_cast<float>(minval), static_cast<float>(maxval));
              });
}

Initializer RandomNormal(double mean, double stddev) {
  return make("RandomNormal", seeded({{"mean", mean}, {"stddev", stddev}}),
              [=](Tensor& tensor, const RandomStream& random) {
                random.fill_normal(tensor.span(), static_cast<float>(mean), static_cast<float>(stddev));
              });
}

Initializer TruncatedNormal(double mean, double stddev) {
  return make("TruncatedNormal", seeded({{"mean", mean}, {"stddev", stddev}}),
              [=](Tensor& tensor, const RandomStream& random) {
                random.fill_truncated_normal(tensor.span(), static_cast<float>(mean),
                                             static_cast<float>(stddev));
              });
}

Initializer VarianceScaling(double scale, const std::string& mode, const std::string& distribution) {
  if (!(scale > 0.0)) throw Error("the scale of VarianceScaling is {}; expected a positive number", scale);
  constexpr std::array<std::string_view, 3> modes = {"fan_in", "fan_out", "fan_avg"};
  constexpr std::array<std::string_view, 3> distributions = {"truncated_normal", "untruncated_normal",
                                                             "uniform"};
  std::string drawn = distribution;
  std::ranges::transform(drawn, drawn.begin(), [](unsigned char letter) { return std::tolower(letter); });
  if (drawn == "normal") drawn = "truncated_normal";  // as Keras 2 called it
  check_one_of("the mode", mode, modes);
  check_one_of("the distribution", drawn, distributions);
  return make("VarianceScaling", seeded({{"scale", scale}, {"mode", mode}, {"distribution", drawn}}),
              variance_scaling(scale, mode, drawn));
}

Initializer GlorotUniform() {
  return scaled("GlorotUniform", 1.0, "fan_avg", "uniform");
}
Initializer GlorotNormal() {
  return scaled("GlorotNormal", 1.0, "fan_avg", "truncated_normal");
}
Initializer HeUniform() {
  return scaled("HeUniform", 2.0, "fan_in", "uniform");
}
Initializer HeNormal() {
  return scaled("HeNormal", 2.0, "fan_in", "truncated_normal");
}
Initializer LecunUniform() {
  return scaled("LecunUniform", 1.0, "fan_in", "uniform");
}
Initializer LecunNormal() {
  return scaled("LecunNormal", 1.0, "fan_in", "truncated_normal");
}

Initializer Orthogonal(double gain) {
  return make("Orthogonal", seeded({{"gain", gain}}),
              [=](Tensor& tensor, const RandomStream& random) { fill_orthogonal(tensor, random, gain); });
}

Initializer Identity(double gain) {
  return make("Identity", {{"gain", gain}},
              [=](Tensor& tensor, const RandomStream& /*random*/) { fill_identity(tensor, gain); });
}

}  // namespace antler::initializers
