#include "antler/callbacks/csv_logger.h"

#include <algorithm>
#include <map>

#include "antler/callbacks/messages.h"
#include "antler/core/error.h"

namespace antler::callbacks {
namespace {

bool has_first_line(const std::filesystem::path& path) {
  std::ifstream file(path);
  return file.peek() != std::ifstream::traits_type::eof();
}

// The logs' names in order, and those of validation where it has not run yet.
std::vector<std::string> columns(const Logs& logs) {
  std::vector<std::string> keys;
  for (const auto& [name, value] : logs) keys.push_back(name);
  std::ranges::sort(keys);
  const bool validated = std::ranges::any_of(keys, [](const auto& key) { return key.starts_with("val_"); });
  const std::vector<std::string> plain = keys;
  if (!validated) {
    for (const std::string& key : plain) keys.push_back("val_" + key);
  }
  return keys;
}

// In quotation marks where a reader could mistake it, as Python's csv does.
std::string field(const std::string& text, char separator) {
  if (text.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

CSVLogger::CSVLogger(std::filesystem::path filename, const CSVLoggerOptions& options)
    : filename_(std::move(filename)), options_(options) {}

void CSVLogger::on_train_begin(Run& /*run*/) {
  has_header_ = options_.append && has_first_line(filename_);
  keys_.clear();
  file_ = std::ofstream(filename_, std::ios::binary | (options_.append ? std::ios::app : std::ios::trunc));
  if (!file_) throw Error("{}: cannot be written by CSVLogger", filename_.string());
}

void CSVLogger::write_row(const std::vector<std::string>& fields) {
  std::string row;
  for (const std::string& each : fields) {
    if (!row.empty()) row += options_.separator;
    row += field(each, options_.separator);
  }
  file_ << row << "\r\n" << std::flush;
  if (!file_) throw Error("{}: cannot be written by CSVLogger", filename_.string());
}

void CSVLogger::on_epoch_end(Run& /*run*/, int epoch, Logs& logs) {
  if (keys_.empty()) {
    keys_ = columns(logs);
    std::vector<std::string> header{"epoch"};
    header.insert(header.end(), keys_.begin(), keys_.end());
    if (!has_header_) write_row(header);
  }
  const std::map<std::string, double> values(logs.begin(), logs.end());
  std::vector<std::string> row{std::to_string(epoch)};
  for (const std::string& key : keys_) {
    const auto value = values.find(key);
    row.push_back(value == values.end() ? "NA" : python_number(value->second));
  }
  write_row(row);
}

void CSVLogger::on_train_end(Run& /*run*/, const Logs& /*logs*/) {
  file_.close();
}

}  // namespace antler::callbacks
