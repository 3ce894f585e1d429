// Zip archives, in which Keras 3 keeps a model's files. The reader is antler's own and trusts nothing in an
// archive: what it claims is held against the bytes that are there, and nothing is unpacked to the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/memory.h"

namespace antler::saving {

/// An archive that is being read. It stays in memory.
class ZipArchive {
 public:
  /// Throws Error, naming the file, when it is missing, cut short or no zip archive, when two members have
  /// the same name or share bytes, and for what Keras does not write: encryption, several disks, 4 GiB and
  /// more.
  explicit ZipArchive(const std::filesystem::path& path);
  /// The same of bytes in memory; errors call them `name`.
  ZipArchive(std::string name, Bytes bytes);

  bool contains(std::string_view member) const;
  /// A member, unpacked. Throws Error when there is none of this name, its checksum is wrong, it is packed by
  /// anything but deflate, or it claims more than a hundred times as many bytes as are there for it (beyond
  /// the first 16 MB).
  Bytes read(std::string_view member) const;

 private:
  struct Member {
    std::string name;
    bool deflated = false;
    uint32_t checksum = 0;
    uint64_t packed_size = 0;
    uint64_t size = 0;
    uint64_t data = 0;  // where its bytes begin
    uint64_t header = 0;
  };
  const Member* find(std::string_view name) const;
  void read_directory();
  void place(Member& member) const;
  void check_overlaps() const;

  std::string name_;
  Bytes bytes_;
  std::vector<Member> members_;
};

struct ZipMember {
  std::string name;
  std::string bytes;
};

/// An archive of these members, stored as they are, as Keras does. The same members give the same bytes: the
/// date is that of 1980. Throws Error from 4 GiB on.
std::string zip_bytes(const std::vector<ZipMember>& members);

}  // namespace antler::saving
