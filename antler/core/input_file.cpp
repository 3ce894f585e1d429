#include "antler/core/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "antler/core/error.h"
#include "antler/core/parallel.h"

namespace antler {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int reason) {
  throw Error("{}: cannot be read: {}", path.string(), std::generic_category().message(reason));
}

uint64_t machine_memory() {
  return static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

void check_is_there(const std::filesystem::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) fail(path, errno);
  if (S_ISDIR(status.st_mode)) fail(path, EISDIR);
}

InputFile::InputFile(const std::filesystem::path& path) : path_(path) {
  descriptor_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail(path, errno);
  struct stat status {};
  fstat(descriptor_, &status);
  if (S_ISDIR(status.st_mode)) {
    close(descriptor_);
    fail(path, EISDIR);
  }
  if (S_ISREG(status.st_mode)) size_ = status.st_size;
}

InputFile::~InputFile() {
  close(descriptor_);
}

void InputFile::read(int64_t offset, std::span<char> bytes) const {
  parallel_for(static_cast<int64_t>(bytes.size()), [&](int64_t at, int64_t end, int) {
    while (at < end) {
      const ssize_t got = pread(descriptor_, bytes.data() + at, static_cast<size_t>(end - at), offset + at);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail(path_, errno);
      if (got == 0) throw Error("{}: ends after {} bytes; expected {}", path_.string(), offset + at, size_);
      at += got;
    }
  });
}

Bytes InputFile::read_all() const {
  if (size_ == 0) return read_to_the_end();
  if (static_cast<uint64_t>(size_) > machine_memory()) {
    throw Error("{}: has {} MB, more than this machine's memory", path_.string(), size_ >> 20);
  }
  Bytes bytes(static_cast<size_t>(size_));
  read(0, {bytes.data(), bytes.size()});
  return bytes;
}

Bytes InputFile::read_to_the_end() const {
  Bytes bytes;
  for (;;) {
    if (bytes.size() == bytes.capacity()) bytes.reserve(std::max<size_t>(1 << 16, 2 * bytes.size()));
    if (bytes.capacity() > machine_memory()) {
      throw Error("{}: does not end before this machine's memory does", path_.string());
    }
    const ssize_t got = ::read(descriptor_, bytes.data() + bytes.size(), bytes.capacity() - bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path_, errno);
    if (got == 0) return bytes;
    bytes.resize(bytes.size() + static_cast<size_t>(got));
  }
}

}  // namespace antler
