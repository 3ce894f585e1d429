#include "antler/core/error.h"
#include "antler/saving/zip.h"
#include "antler/saving/zip_format.h"

namespace antler::saving {
namespace {

constexpr uint64_t version = 20;  // of the format, needed to read it: 2.0
constexpr uint64_t unix_system = 3;
constexpr uint64_t date = 1 << 5 | 1;  // 1980-01-01, as Python's zipfile has it where nobody gives a date

void append(std::string& to, uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>(number >> (8 * i) & 0xff);
}

// What a member's own header and its entry in the directory have in common.
void append_description(std::string& to, const ZipMember& member) {
  append(to, version, 2);
  append(to, 0, 2);  // flags
  append(to, zip::stored, 2);
  append(to, 0, 2);  // time
  append(to, date, 2);
  append(to, zip::checksum(member.bytes), 4);
  append(to, member.bytes.size(), 4);
  append(to, member.bytes.size(), 4);
  append(to, member.name.size(), 2);
  append(to, 0, 2);  // further fields
}

void append_directory_entry(std::string& to, const ZipMember& member, uint64_t header) {
  to += zip::directory_entry;
  append(to, unix_system << 8 | version, 2);  // of the writer
  append_description(to, member);
  append(to, 0, 2);                     // comment
  append(to, 0, 2);                     // disk
  append(to, 0, 2);                     // internal attributes
  append(to, uint64_t{0600} << 16, 4);  // Unix's permissions
  append(to, header, 4);
  to += member.name;
}

}  // namespace

std::string zip_bytes(const std::vector<ZipMember>& members) {
  size_t room = zip::end_of_directory_size;
  for (const ZipMember& member : members)
    room += member.bytes.size() + 2 * (zip::directory_entry_size + member.name.size());
  std::string bytes;
  bytes.reserve(room);
  std::string directory;
  for (const ZipMember& member : members) {
    append_directory_entry(directory, member, bytes.size());
    bytes += zip::local_header;
    append_description(bytes, member);
    bytes += member.name;
    bytes += member.bytes;
    if (bytes.size() + directory.size() >= zip::too_large)
      throw Error("a .keras file of 4 GiB and more cannot be written; save the model as .h5");
  }
  const uint64_t begin = bytes.size();
  bytes += directory;
  bytes += zip::end_of_directory;
  append(bytes, 0, 4);  // disks
  append(bytes, members.size(), 2);
  append(bytes, members.size(), 2);
  append(bytes, directory.size(), 4);
  append(bytes, begin, 4);
  append(bytes, 0, 2);  // comment
  return bytes;
}

}  // namespace antler::saving
