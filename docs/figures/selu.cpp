// How large the values are that come out of each of 40 layers, before any training.
#include <cmath>

#include "docs/figures/figures.h"
#include "docs/figures/spirals.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace figures {
namespace {

constexpr int depth = 40;
constexpr int64_t width = 256;

double standard_deviation(const Tensor& values) {
  double sum = 0.0;
  double squares = 0.0;
  for (float value : values.span()) {
    sum += value;
    squares += static_cast<double>(value) * value;
  }
  const auto count = static_cast<double>(values.size());
  return std::sqrt(std::max(squares / count - sum / count * (sum / count), 0.0));
}

visual::Series curve(const std::string& name, const std::string& activation, const std::string& initializer) {
  set_random_seed(1);
  const Symbol input = Input({width});
  std::vector<Symbol> outputs;
  Symbol last = input;
  for (int layer = 0; layer < depth; ++layer) {
    last = Dense(width, {.activation = activation, .kernel_initializer = initializer})(last);
    outputs.push_back(last);
  }
  Model net({input}, outputs);
  Tensor x({256, width});
  RandomStream(1, stream_of("selu")).fill_normal(x.span(), 0.0F, 1.0F);
  std::vector<double> deviations;
  for (const Tensor& values : net.predict_outputs({x})) deviations.push_back(standard_deviation(values));
  return {.name = name, .x = numbers(depth, 1.0), .y = deviations};
}

}  // namespace

std::string selu() {
  return visual::svg({{.title = "Standard deviation of each layer's outputs",
                       .x_label = "layer",
                       .y_label = "standard deviation",
                       .series = {curve("SELU, LeCun", "selu", "lecun_normal"),
                                  curve("ReLU, Glorot", "relu", "glorot_uniform"),
                                  curve("tanh, Glorot", "tanh", "glorot_uniform")}}});
}

}  // namespace figures
