#include "digits/server/results.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "antler/core/error.h"
#include "antler/data/argmax.h"
#include "antler/data/to_categorical.h"
#include "antler/metrics/metric.h"
#include "antler/models/predict_mean.h"
#include "digits/dataset.h"
#include "digits/server/shown_digit.h"

namespace antler::digits::server {
namespace {

constexpr int64_t chunk = 512;
constexpr size_t most_shown = 60;

float certainty(const Tensor& probabilities, int64_t row) {
  return std::ranges::max(probabilities.span().subspan(static_cast<size_t>(row * 10), 10));
}

// The first `most_shown` of `rows`, by their certainty.
template <typename Order>
Json shown(const Digits& digits, const Tensor& probabilities, const std::vector<int64_t>& rows,
           const Order& order) {
  std::vector<int64_t> sorted = rows;
  std::ranges::stable_sort(sorted, order, [&](int64_t row) { return certainty(probabilities, row); });
  Json all = Json::array();
  for (int64_t row : sorted) {
    if (all.size() == most_shown) break;
    all.push_back(shown_digit(digits, probabilities, row));
  }
  return all;
}

Json results(const Digits& digits, const Tensor& probabilities) {
  const std::vector<int> read = argmax(probabilities);
  std::array<std::array<int64_t, 10>, 10> confusion{};  // [label][digit read]
  std::vector<int64_t> every;
  std::vector<int64_t> wrong;
  for (int64_t row = 0; row < digits.labels.size(); ++row) {
    const auto label = static_cast<size_t>(digits.labels[row]);
    const auto digit = static_cast<size_t>(read[static_cast<size_t>(row)]);
    ++confusion[label][digit];
    every.push_back(row);
    if (label != digit) wrong.push_back(row);
  }
  metrics::Metric loss = "categorical_crossentropy";
  loss.update(to_categorical(digits.labels, 10).view(), probabilities.view());
  const auto count = static_cast<double>(every.size());
  return {{"digits", every.size()},
          {"wrong", wrong.size()},
          {"accuracy", (count - static_cast<double>(wrong.size())) / count},
          {"loss", loss.result()},
          {"confusion", confusion},
          {"mistakes", shown(digits, probabilities, wrong, std::greater())},
          {"least_certain", shown(digits, probabilities, every, std::less())}};
}

}  // namespace

Results::Results(std::filesystem::path csv) : csv_(std::move(csv)) {}

Results::~Results() {
  give_up();
}

void Results::give_up() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
}

void Results::start(std::vector<Model> models, const std::string& name) {
  const std::scoped_lock lock(one_at_a_time_);
  give_up();
  ending_ = false;
  set({{"state", "running"}, {"model", name}, {"done", 0}, {"digits", 0}});
  thread_ = std::thread([this, own = std::move(models), name] { run(own, name); });
}

Json Results::state() const {
  const std::scoped_lock lock(guard_);
  return state_;
}

void Results::set(Json state) {
  const std::scoped_lock lock(guard_);
  state_ = std::move(state);
}

void Results::run(std::vector<Model> models, const std::string& name) {
  try {
    const Digits digits = read_digits(csv_, Labels::required);
    const int64_t rows = digits.images.rows();
    if (rows == 0) throw Error("{}: the file has no digits", csv_.string());
    Tensor probabilities = Tensor::uninitialized({rows, 10});
    for (int64_t row = 0; row < rows && !ending_; row += chunk) {
      const ConstView images = digits.images.rows(row, std::min(row + chunk, rows));
      const Tensor some = predict_mean(models, Tensor(images.shape, images.span()), {.batch_size = 64});
      std::ranges::copy(some.span(), probabilities.data() + row * 10);
      set({{"state", "running"}, {"model", name}, {"done", row + some.rows()}, {"digits", rows}});
    }
    if (ending_) return;
    Json done{{"state", "done"}, {"model", name}};
    done.update(results(digits, probabilities));
    set(std::move(done));
  } catch (const std::exception& error) {
    set({{"state", "failed"}, {"model", name}, {"error", error.what()}});
  }
}

}  // namespace antler::digits::server
