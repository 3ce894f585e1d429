#include "antler/callbacks/tensorboard.h"

#include "antler/callbacks/monitor.h"

namespace antler::callbacks {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

EventFile& opened(std::optional<EventFile>& file, const std::filesystem::path& folder) {
  return file ? *file : file.emplace(folder);
}

void write_histograms(const TrainedModel& model, EventFile& file, int epoch) {
  const std::vector<std::string> paths = model.weight_paths();
  const std::vector<Tensor> weights = model.get_weights();
  for (size_t i = 0; i < weights.size(); ++i)
    file.histogram(paths.at(i) + "/histogram", weights[i].span(), epoch);
}

}  // namespace

TensorBoard::TensorBoard(const TensorBoardOptions& options) : options_(options) {}

EventFile& TensorBoard::train() {
  return opened(train_, options_.log_dir / "train");
}

EventFile& TensorBoard::validation() {
  return opened(validation_, options_.log_dir / "validation");
}

void TensorBoard::on_train_begin(Run& /*run*/) {
  batches_ = 0;
}

void TensorBoard::on_epoch_begin(Run& run, int /*epoch*/) {
  iterations_before_epoch_ = run.model->iterations();
  epoch_start_ = Clock::now();
}

void TensorBoard::on_train_batch_begin(Run& /*run*/, int64_t /*batch*/) {
  ++batches_;
  batch_start_ = Clock::now();
}

void TensorBoard::on_train_batch_end(Run& /*run*/, int64_t /*batch*/, const Logs& logs) {
  if (options_.update_freq.is_epoch() || batches_ % options_.update_freq.batches() != 0) return;
  if (options_.write_steps_per_second)
    train().scalar("batch_steps_per_second", 1.0 / seconds_since(batch_start_), batches_);
  for (const auto& [name, value] : logs) train().scalar("batch_" + name, value, batches_);
}

void TensorBoard::on_test_end(Run& run, const Logs& logs) {
  for (const auto& [name, value] : logs)
    validation().scalar("evaluation_" + name + "_vs_iterations", value, run.model->iterations());
  validation().flush();
}

void TensorBoard::on_epoch_end(Run& run, int epoch, Logs& logs) {
  for (const auto& [name, value] : logs) {
    if (name.starts_with("val_")) {
      validation().scalar("epoch_" + name.substr(4), value, epoch);
    } else if (name != "learning_rate") {
      train().scalar("epoch_" + name, value, epoch);
    }
  }
  train().scalar("epoch_learning_rate", run.model->learning_rate(), epoch);
  if (options_.write_steps_per_second) {
    const auto steps = static_cast<double>(run.model->iterations() - iterations_before_epoch_);
    train().scalar("epoch_steps_per_second", steps / seconds_since(epoch_start_), epoch);
  }
  if (options_.histogram_freq > 0 && epoch % options_.histogram_freq == 0)
    write_histograms(*run.model, train(), epoch);
  train().flush();
  if (validation_) validation_->flush();
}

void TensorBoard::on_train_end(Run& /*run*/, const Logs& /*logs*/) {
  train_.reset();
  validation_.reset();
}

Json TensorBoard::state() const {
  return {{"class_name", "TensorBoard"}, {"log_dir", options_.log_dir.string()}, {"batches", batches_}};
}

bool TensorBoard::restore(const Json& state) {
  if (state.value("class_name", "") != "TensorBoard") return false;
  if (state.value("log_dir", "") != options_.log_dir.string()) return false;
  batches_ = count_from_json(state.at("batches"));
  return true;
}

}  // namespace antler::callbacks
