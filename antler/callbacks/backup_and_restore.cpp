#include "antler/callbacks/backup_and_restore.h"

#include "antler/core/error.h"
#include "antler/core/input_file.h"
#include "antler/core/output_file.h"

namespace antler::callbacks {
namespace {

namespace fs = std::filesystem;

// The backup before the last, as Keras names it.
fs::path previous(const fs::path& path) {
  return path.string() + ".bkp";
}

void copy_if_there(const fs::path& from, const fs::path& to) {
  if (fs::exists(from)) fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

}  // namespace

BackupAndRestore::BackupAndRestore(fs::path backup_dir, const BackupAndRestoreOptions& options)
    : folder_(std::move(backup_dir)),
      weights_(folder_ / "latest.weights.h5"),
      metadata_(folder_ / "training_metadata.json"),
      options_(options) {
  if (folder_.empty()) throw Error("BackupAndRestore: the backup_dir is empty; expected a folder's name");
}

void BackupAndRestore::on_train_begin(Run& run) {
  batches_since_saving_ = 0;
  try {
    load(*run.model);
  } catch (const Error&) {
    if (!fs::exists(previous(weights_))) throw;
    copy_if_there(previous(weights_), weights_);
    copy_if_there(previous(metadata_), metadata_);
    load(*run.model);
  }
}

void BackupAndRestore::load(TrainedModel& model) const {
  if (!fs::exists(weights_)) return;
  model.load_weights(weights_);
  if (!fs::exists(metadata_)) return;
  const Json metadata = parse_json(InputFile(metadata_).read_all().text(), metadata_.string());
  // A process may die between the two files: then they do not belong together.
  if (metadata.contains("iterations") && metadata["iterations"] != model.iterations()) {
    throw Error("{}: was saved after {} updates, but {} after {}", metadata_.string(),
                dump_json(metadata["iterations"]), weights_.string(), model.iterations());
  }
  model.go_on_from(metadata);
}

void BackupAndRestore::save(const TrainedModel& model) const {
  fs::create_directories(folder_);
  if (options_.double_checkpoint) {
    copy_if_there(weights_, previous(weights_));
    copy_if_there(metadata_, previous(metadata_));
  }
  Json metadata = model.progress();
  metadata["iterations"] = model.iterations();
  model.save_weights(weights_);
  write_file(metadata_, dump_json(metadata));
}

void BackupAndRestore::on_train_batch_end(Run& run, int64_t /*batch*/, const Logs& /*logs*/) {
  if (!options_.save_freq.is_due(++batches_since_saving_)) return;
  batches_since_saving_ = 0;
  save(*run.model);
}

void BackupAndRestore::on_epoch_end(Run& run, int /*epoch*/, Logs& /*logs*/) {
  if (options_.save_freq.is_epoch()) save(*run.model);
}

void BackupAndRestore::on_train_end(Run& run, const Logs& /*logs*/) {
  if (options_.delete_checkpoint && !run.cut) fs::remove_all(folder_);
}

}  // namespace antler::callbacks
