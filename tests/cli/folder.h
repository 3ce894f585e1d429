// A folder of a test's own.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace antler {

/// Empty at first, gone with all that is in it at the end of its life.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  void write(const std::string& name, std::string_view bytes) const;
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const { return std::filesystem::exists(path_ / name); }
  int64_t files() const;

 private:
  std::filesystem::path path_;
};

}  // namespace antler
