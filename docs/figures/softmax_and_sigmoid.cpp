// What softmax and sigmoid make of the scores (z, 1, 0), as z grows.
#include "docs/figures/figures.h"
#include "docs/figures/spirals.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace figures {
namespace {

constexpr int64_t count = 97;

visual::Chart chart_of(const std::string& activation) {
  const std::vector<double> z = numbers(count, -6.0, 0.125);
  Tensor scores({count, 3});
  for (int64_t i = 0; i < count; ++i) {
    scores[3 * i] = static_cast<float>(z[static_cast<size_t>(i)]);
    scores[3 * i + 1] = 1.0F;
  }
  Sequential net({Input({3}), Activation(activation)});
  const Tensor outputs = net.predict(scores);
  visual::Chart chart{.title = activation, .x_label = "z", .y_label = "output", .series = {}};
  for (const char* name : {"of z", "of 1", "of 0", "sum"})
    chart.series.push_back({.name = name, .x = z, .y = {}});
  chart.series.back().dashed = true;
  for (int64_t i = 0; i < count; ++i) {
    double sum = 0.0;
    for (int64_t j = 0; j < 3; ++j) {
      const double output = outputs[3 * i + j];
      chart.series[static_cast<size_t>(j)].y.push_back(output);
      sum += output;
    }
    chart.series[3].y.push_back(sum);
  }
  return chart;
}

}  // namespace

std::string softmax_and_sigmoid() {
  return visual::svg({chart_of("softmax"), chart_of("sigmoid")});
}

}  // namespace figures
