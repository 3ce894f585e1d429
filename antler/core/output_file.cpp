#include "antler/core/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <string>
#include <system_error>

#include "antler/core/error.h"

namespace antler {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int reason) {
  throw Error("{}: cannot be written: {}", path.string(), std::generic_category().message(reason));
}

// The system's own links to what a process has open: what they say is no path, they can only be followed.
bool is_open_descriptor(const std::filesystem::path& path) {
  return path.native().starts_with("/proc/");
}

// Where a write to `path` ends up: behind its symbolic links, whether or not there is a file behind the last
// one.
std::filesystem::path target_of(std::filesystem::path path) {
  std::error_code error;
  for (int links = 0; !is_open_descriptor(path) && std::filesystem::is_symlink(path, error); ++links) {
    if (links == 40) fail(path, ELOOP);
    const std::filesystem::path next = std::filesystem::read_symlink(path, error);
    if (error) fail(path, error.value());
    path = path.parent_path() / next;
  }
  return path;
}

// A file of a fresh name beside `path`, with the permissions that any new file gets.
std::filesystem::path create_beside(const std::filesystem::path& path, int& descriptor) {
  std::random_device random;
  for (;;) {
    const std::filesystem::path name =
        path.parent_path() / fmt::format(".antler-{:08x}{:08x}", random(), random());
    descriptor = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) return name;
    if (errno != EEXIST) fail(path, errno);
  }
}

void sync_folder_of(const std::filesystem::path& path) {
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  if (const int directory = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); directory >= 0) {
    fsync(directory);
    close(directory);
  }
}

}  // namespace

OutputFile::OutputFile(const std::filesystem::path& path) : path_(target_of(path)) {
  struct stat old {};
  const bool exists = stat(path_.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) fail(path_, EISDIR);
  if (exists && (!S_ISREG(old.st_mode) || is_open_descriptor(path_))) {
    // Behind what a shell's redirection has written already.
    descriptor_ = open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (descriptor_ < 0) fail(path_, errno);
    return;
  }
  if (exists && access(path_.c_str(), W_OK) != 0) fail(path_, errno);
  temporary_ = create_beside(path_, descriptor_);
  if (exists) {
    // Best effort: where only root may set them, a user's new file is simply the user's own.
    [[maybe_unused]] const int owner_kept = fchown(descriptor_, old.st_uid, old.st_gid);
    fchmod(descriptor_, old.st_mode & 07777U);
  }
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void OutputFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_, errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

void OutputFile::commit() {
  if (temporary_.empty()) return;
  if (fsync(descriptor_) != 0) fail(path_, errno);
  if (rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_, errno);
  temporary_.clear();
  sync_folder_of(path_);  // the rename itself survives a power cut only once its folder is on the disk
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  OutputFile file(path);
  file.write(bytes);
  file.commit();
}

}  // namespace antler
