// From Keras's class names, aliases and configs to initializers.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "antler/core/error.h"
#include "antler/initializers/definition.h"

namespace antler::initializers {
namespace {

// The keys of a config, each asked for once; whatever is left at the end is not known.
class Keys {
 public:
  Keys(std::string where, const Json& config) : where_(std::move(where)), left_(config) {
    if (!left_.is_object()) throw Error("the config of the initializer {} is no object", where_);
  }

  double number(const char* key, double fallback) {
    const Json value = take(key);
    if (value.is_null()) return fallback;
    const double number = value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
    if (!std::isfinite(number)) throw Error("{} of the initializer {} is no finite number", key, where_);
    return number;
  }

  std::string text(const char* key, const char* fallback) {
    const Json value = take(key);
    if (value.is_null()) return fallback;
    if (!value.is_string()) throw Error("{} of the initializer {} is no text", key, where_);
    return value.get<std::string>();
  }

  Json seed() {
    Json value = take("seed");
    if (!value.is_null() && !value.is_number_integer()) {
      throw Error("the seed of the initializer {} is neither a whole number nor null", where_);
    }
    return value;
  }

  // Keras 2 adds a dtype, which the weight decides; Keras 3 two lists of axes, which are seldom set.
  void finish() {
    take("dtype");
    for (const char* key : {"input_axes", "output_axes"}) {
      if (!take(key).is_null()) throw Error("antler has no {} of the initializer {}", key, where_);
    }
    if (!left_.empty()) throw Error("the initializer {} has no setting '{}'", where_, left_.begin().key());
  }

 private:
  Json take(const char* key) {
    const auto found = left_.find(key);
    if (found == left_.end()) return nullptr;
    Json value = std::move(*found);
    left_.erase(found);
    return value;
  }

  std::string where_;
  Json left_;
};

struct Class {
  std::string_view name;
  std::string_view alias;
  Initializer (*read)(Keys& keys);
};

constexpr std::array<Class, 15> classes = {{
    {"Zeros", "zeros", [](Keys& /*keys*/) { return Zeros(); }},
    {"Ones", "ones", [](Keys& /*keys*/) { return Ones(); }},
    {"Constant", "constant", [](Keys& keys) { return Constant(keys.number("value", 0.0)); }},
    {"RandomUniform", "random_uniform",
     [](Keys& keys) {
       const double minval = keys.number("minval", -0.05);
       return RandomUniform(minval, keys.number("maxval", 0.05));
     }},
    {"RandomNormal", "random_normal",
     [](Keys& keys) {
       const double mean = keys.number("mean", 0.0);
       return RandomNormal(mean, keys.number("stddev", 0.05));
     }},
    {"TruncatedNormal", "truncated_normal",
     [](Keys& keys) {
       const double mean = keys.number("mean", 0.0);
       return TruncatedNormal(mean, keys.number("stddev", 0.05));
     }},
    {"VarianceScaling", "variance_scaling",
     [](Keys& keys) {
       const double scale = keys.number("scale", 1.0);
       const std::string mode = keys.text("mode", "fan_in");
       return VarianceScaling(scale, mode, keys.text("distribution", "truncated_normal"));
     }},
    {"GlorotUniform", "glorot_uniform", [](Keys& /*keys*/) { return GlorotUniform(); }},
    {"GlorotNormal", "glorot_normal", [](Keys& /*keys*/) { return GlorotNormal(); }},
    {"HeUniform", "he_uniform", [](Keys& /*keys*/) { return HeUniform(); }},
    {"HeNormal", "he_normal", [](Keys& /*keys*/) { return HeNormal(); }},
    {"LecunUniform", "lecun_uniform", [](Keys& /*keys*/) { return LecunUniform(); }},
    {"LecunNormal", "lecun_normal", [](Keys& /*keys*/) { return LecunNormal(); }},
    {"Orthogonal", "orthogonal", [](Keys& keys) { return Orthogonal(keys.number("gain", 1.0)); }},
    {"Identity", "identity", [](Keys& keys) { return Identity(keys.number("gain", 1.0)); }},
}};

// Further names that keras.initializers.get() takes.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> further_names = {{
    {"normal", "RandomNormal"},
    {"uniform", "RandomUniform"},
    {"one", "Ones"},
    {"zero", "Zeros"},
    {"IdentityInitializer", "Identity"},
    {"OrthogonalInitializer", "Orthogonal"},
}};

const Class& find(std::string_view name) {
  const auto* further = std::ranges::find(further_names, name, [](const auto& pair) { return pair.first; });
  const std::string_view wanted = further == further_names.end() ? name : further->second;
  const auto* found =
      std::ranges::find_if(classes, [&](const Class& c) { return c.name == wanted || c.alias == wanted; });
  if (found == classes.end()) throw Error("there is no initializer '{}' in Keras that antler knows", name);
  return *found;
}

}  // namespace

Initializer Initializer::from_config(const std::string& class_name, const Json& config) {
  const Class& known = find(class_name);
  Keys keys(std::string(known.name), config.is_null() ? Json::object() : config);
  const Initializer read = known.read(keys);
  const Json seed = keys.seed();
  keys.finish();
  if (seed.is_null() || !read.config().contains("seed")) return read;
  auto definition = std::make_shared<Definition>(*read.definition_);
  definition->config["seed"] = seed;
  return Initializer(std::move(definition));
}

std::vector<std::string> initializer_classes() {
  std::vector<std::string> names;
  for (const Class& each : classes) names.emplace_back(each.name);
  return names;
}

}  // namespace antler::initializers
