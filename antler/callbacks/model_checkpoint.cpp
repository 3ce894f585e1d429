#include "antler/callbacks/model_checkpoint.h"

#include <fmt/args.h>
#include <fmt/core.h>
#include <fmt/format.h>

#include "antler/callbacks/messages.h"
#include "antler/core/error.h"

namespace antler::callbacks {
namespace {

void check_ending(const std::string& path, bool weights_only) {
  if (weights_only && !path.ends_with(".weights.h5"))
    throw Error("ModelCheckpoint: weights alone are saved to '{}'; expected an ending of .weights.h5", path);
  if (!weights_only && !path.ends_with(".keras") && !path.ends_with(".h5"))
    throw Error("ModelCheckpoint: models are saved to '{}'; expected an ending of .keras or .h5", path);
}

std::string formatted(const std::string& filepath, int epoch, std::optional<int64_t> batch,
                      const Logs& logs) {
  fmt::dynamic_format_arg_store<fmt::format_context> values;
  values.push_back(fmt::arg("epoch", epoch + 1));
  if (batch) values.push_back(fmt::arg("batch", *batch + 1));
  for (const auto& [name, value] : logs) values.push_back(fmt::arg(name.c_str(), value));
  try {
    return fmt::vformat(filepath, values);
  } catch (const fmt::format_error& error) {
    throw Error("ModelCheckpoint: '{}' cannot be filled in: {}; the logs have epoch,{}", filepath,
                error.what(), names_of(logs));
  }
}

std::string five_digits(const std::optional<double>& value) {
  return value ? fmt::format("{:.5f}", *value) : "None";
}

}  // namespace

ModelCheckpoint::ModelCheckpoint(const std::filesystem::path& filepath, const ModelCheckpointOptions& options)
    : filepath_(filepath.string()),
      options_(options),
      monitor_("ModelCheckpoint", options.monitor, options.mode),
      best_(options.initial_value_threshold) {
  check_ending(filepath_, options.save_weights_only);
}

void ModelCheckpoint::on_epoch_begin(Run& /*run*/, int epoch) {
  epoch_ = epoch;
}

void ModelCheckpoint::on_train_batch_end(Run& run, int64_t batch, const Logs& logs) {
  if (!options_.save_freq.is_due(++batches_since_saving_)) return;
  batches_since_saving_ = 0;
  save(run, batch, logs);
}

void ModelCheckpoint::on_epoch_end(Run& run, int /*epoch*/, Logs& logs) {
  if (options_.save_freq.is_epoch()) save(run, std::nullopt, logs);
}

void ModelCheckpoint::say(const std::string& message) const {
  if (options_.verbose > 0) print_message(fmt::format("\nEpoch {}: {}", epoch_ + 1, message));
}

bool ModelCheckpoint::should_save(const Logs& logs, const std::string& path) {
  if (!options_.save_best_only) {
    say("saving model to " + path);
    return true;
  }
  const std::optional<double> current = monitor_.value(logs);
  if (!current) {
    warn(fmt::format("Can save best model only with {} available.", monitor_.name()));
    return true;
  }
  if (!monitor_.is_improvement(*current, best_)) {
    say(fmt::format("{} did not improve from {}", monitor_.name(), five_digits(best_)));
    return false;
  }
  say(fmt::format("{} improved from {} to {:.5f}, saving model to {}", monitor_.name(), five_digits(best_),
                  *current, path));
  best_ = current;
  return true;
}

void ModelCheckpoint::save(const Run& run, std::optional<int64_t> batch, const Logs& logs) {
  const std::string path = formatted(filepath_, epoch_, batch, logs);
  if (!should_save(logs, path)) return;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error)
    throw Error("ModelCheckpoint: the folder {} cannot be made: {}", folder.string(), error.message());
  if (options_.save_weights_only) {
    run.model->save_weights(path);
  } else {
    run.model->save(path);
  }
  say("finished saving model to " + path);
}

Json ModelCheckpoint::state() const {
  return {{"class_name", "ModelCheckpoint"},
          {"monitor", monitor_.name()},
          {"best", best_to_json(best_)},
          {"batches_since_saving", batches_since_saving_}};
}

bool ModelCheckpoint::restore(const Json& state) {
  if (!is_state_of(state, "ModelCheckpoint", monitor_.name())) return false;
  best_ = best_from_json(state.at("best"));
  batches_since_saving_ = count_from_json(state.at("batches_since_saving"));
  return true;
}

}  // namespace antler::callbacks
