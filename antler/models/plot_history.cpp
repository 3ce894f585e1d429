#include "antler/models/plot_history.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/visual/chart.h"

namespace antler {
namespace {

const std::string validation = "val_";

visual::Series curve(const std::string& name, const std::vector<double>& values) {
  visual::Series series{.name = name, .x = {}, .y = values};
  for (size_t i = 0; i < values.size(); ++i) series.x.push_back(static_cast<double>(i + 1));
  return series;
}

visual::Chart chart_of(const History& history, const std::string& key) {
  visual::Chart chart{.title = key, .x_label = "epoch", .y_label = key, .series = {}};
  if (history.contains(key)) chart.series.push_back(curve("training", history[key]));
  if (history.contains(validation + key))
    chart.series.push_back(curve("validation", history[validation + key]));
  return chart;
}

// In the history's order, without what is said of the validation.
std::vector<std::string> keys_of(const History& history) {
  std::vector<std::string> keys;
  for (const auto& [name, values] : history.history) {
    const std::string key = name.starts_with(validation) ? name.substr(validation.size()) : name;
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

}  // namespace

std::string history_to_svg(const History& history) {
  std::vector<visual::Chart> charts;
  for (const std::string& key : keys_of(history)) charts.push_back(chart_of(history, key));
  if (charts.empty()) throw Error("the history has no epochs to draw");
  return visual::svg(charts);
}

void plot_history(const History& history, const std::filesystem::path& to_file) {
  if (to_file.extension() != ".svg") {
    throw Error("{}: a history is drawn as .svg, not as '{}'", to_file.string(),
                to_file.extension().string());
  }
  write_file(to_file, history_to_svg(history));
}

}  // namespace antler
