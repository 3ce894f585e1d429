// Writes a line an epoch to a CSV file: Keras's CSVLogger.
#pragma once

#include <filesystem>
#include <fstream>

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

struct CSVLoggerOptions {
  char separator = ',';
  /// Adds to a file that is there, for a run that goes on; its header is not repeated.
  bool append = false;
};

/// As Keras 3.15: "epoch", counted from 0, and the logs of the first epoch in alphabetical order, with a
/// header; where there is no validation in the first epoch, also their "val_" columns; what an epoch lacks is
/// "NA". Lines end in CRLF, as Python's csv ends them, and are in the file when the epoch ends. Throws
/// Error when the file cannot be written.
class CSVLogger : public Callback {
 public:
  explicit CSVLogger(std::filesystem::path filename, const CSVLoggerOptions& options = {});

  void on_train_begin(Run& run) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;
  void on_train_end(Run& run, const Logs& logs) override;

 private:
  void write_row(const std::vector<std::string>& fields);

  std::filesystem::path filename_;
  CSVLoggerOptions options_;
  std::ofstream file_;
  std::vector<std::string> keys_;
  bool has_header_ = false;
};

}  // namespace antler::callbacks
