// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

namespace antler {

/// A new file that takes its place at `path` only on commit(): until then an old file there stays as it was,
/// and a process that dies leaves it so. A symbolic link stays one, its target is replaced; what is no
/// regular file (a terminal, a pipe, /dev/stdout) is written directly.
class OutputFile {
 public:
  /// Opens a temporary file beside `path`. Throws Error when the folder cannot be written or `path` is a
  /// folder.
  explicit OutputFile(const std::filesystem::path& path);
  /// Removes the temporary file unless it was committed.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Appends. Throws Error when the disk is full.
  void write(std::string_view bytes);
  /// Flushes to the disk (fsync) and renames to `path`. Throws Error when either fails; `path` is then
  /// untouched.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;  // empty when writing directly, and after commit()
  int descriptor_ = -1;
};

/// Writes a whole file through an OutputFile.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace antler
