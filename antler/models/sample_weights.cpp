#include "antler/models/sample_weights.h"

#include <cmath>

#include "antler/core/error.h"
#include "antler/data/argmax.h"
#include "antler/models/data_checks.h"

namespace antler {
namespace {

// The class of each row: a class number, or where a one-hot row has its largest element.
std::vector<int> classes_of(const Tensor& y) {
  if (y.size() != y.rows()) return argmax(y);
  std::vector<int> classes;
  for (const float number : y.span()) classes.push_back(static_cast<int>(std::lround(number)));
  return classes;
}

}  // namespace

std::vector<float> weights_by_class(const Tensors& y, const std::map<int, double>& class_weight) {
  if (y.size() != 1) throw Error("class weights are for a model of one output; this one has {}", y.size());
  std::vector<float> weights;
  for (const int label : classes_of(y.front())) {
    const auto found = class_weight.find(label);
    weights.push_back(found == class_weight.end() ? 1.0F : static_cast<float>(found->second));
  }
  return weights;
}

std::vector<float> sample_weights(const Tensors& x, const Tensors& y, const Tensor& sample_weight,
                                  const std::map<int, double>& class_weight) {
  if (!sample_weight.empty() && !class_weight.empty())
    throw Error("both sample weights and class weights were given");
  check_sample_weights(x, sample_weight);
  if (!class_weight.empty()) return weights_by_class(y, class_weight);
  return {sample_weight.span().begin(), sample_weight.span().end()};
}

}  // namespace antler
