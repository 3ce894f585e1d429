#include <algorithm>
#include <set>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/input_file.h"
#include "antler/saving/inflate.h"
#include "antler/saving/zip.h"
#include "antler/saving/zip_format.h"

namespace antler::saving {
namespace {

// Keras's own limit: what it writes is stored as it is, and a member that was packed later never gets so
// small.
constexpr uint64_t largest_expansion = 100;
constexpr uint64_t always_allowed = uint64_t{16} << 20;
constexpr uint64_t longest_comment = 65535;

// A record whose bytes are known to be there.
class Record {
 public:
  Record(std::string_view bytes, uint64_t at, uint64_t size, const char* what) {
    if (at > bytes.size() || size > bytes.size() - at) throw Error("{} lies outside of the archive", what);
    bytes_ = bytes.substr(at, size);
  }
  std::string_view text(uint64_t at, uint64_t size) const { return bytes_.substr(at, size); }
  uint64_t number(uint64_t at, int bytes) const {
    uint64_t value = 0;
    for (int i = bytes; i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(bytes_.at(at + static_cast<uint64_t>(i)));
    return value;
  }

 private:
  std::string_view bytes_;
};

// The record at the end, behind which only a comment may stand.
Record end_of_directory(std::string_view bytes) {
  const uint64_t least = zip::end_of_directory_size;
  for (uint64_t comment = 0; comment <= longest_comment && comment + least <= bytes.size(); ++comment) {
    const Record record(bytes, bytes.size() - comment - least, least, "the end of the directory");
    if (record.text(0, 4) == zip::end_of_directory && record.number(20, 2) == comment) return record;
  }
  throw Error("this is no zip archive, or it is cut short: its directory is missing");
}

Bytes unpack(std::string_view packed, uint64_t size) {
  std::optional<Bytes> bytes = inflate(packed, size, Framing::none);
  if (!bytes || bytes->size() != size) throw Error("it does not unpack to the {} bytes it claims", size);
  return std::move(*bytes);
}

Bytes copy(std::string_view bytes) {
  Bytes result(bytes.size());
  std::ranges::copy(bytes, result.data());
  return result;
}

Bytes file_bytes(const std::filesystem::path& path) {
  const InputFile file(path);
  if (static_cast<uint64_t>(file.size()) >= zip::too_large)
    throw Error("{}: antler reads archives of less than 4 GiB", path.string());
  return file.read_all();
}

}  // namespace

ZipArchive::ZipArchive(const std::filesystem::path& path) : ZipArchive(path.string(), file_bytes(path)) {}

ZipArchive::ZipArchive(std::string name, Bytes bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {
  try {
    read_directory();
    check_overlaps();
  } catch (const Error& error) {
    throw Error("{}: {}", name_, error.what());
  }
}

void ZipArchive::read_directory() {
  const std::string_view bytes = bytes_.text();
  const Record end = end_of_directory(bytes);
  const uint64_t count = end.number(10, 2);
  if (end.number(4, 2) != 0 || end.number(6, 2) != 0 || end.number(8, 2) != count)
    throw Error("the archive is one of several disks");
  uint64_t at = end.number(16, 4);
  std::set<std::string, std::less<>> names;
  for (uint64_t i = 0; i < count; ++i) {
    const Record entry(bytes, at, zip::directory_entry_size, "an entry of the directory");
    if (entry.text(0, 4) != zip::directory_entry) throw Error("the archive's directory is damaged");
    const uint64_t name_size = entry.number(28, 2);
    const uint64_t rest = name_size + entry.number(30, 2) + entry.number(32, 2);
    const Record name(bytes, at + zip::directory_entry_size, rest, "a name in the directory");
    Member member{.name = std::string(name.text(0, name_size)),
                  .deflated = entry.number(10, 2) == zip::deflated,
                  .checksum = static_cast<uint32_t>(entry.number(16, 4)),
                  .packed_size = entry.number(20, 4),
                  .size = entry.number(24, 4),
                  .header = entry.number(42, 4)};
    if (!names.insert(member.name).second) throw Error("there are two members '{}'", member.name);
    if ((entry.number(8, 2) & 1) != 0) throw Error("member '{}' is encrypted", member.name);
    const uint64_t method = entry.number(10, 2);
    if (method != zip::stored && method != zip::deflated)
      throw Error("member '{}' is packed by method {}; expected none, or deflate", member.name, method);
    if (method == zip::stored && member.size != member.packed_size)
      throw Error("member '{}' claims {} bytes; {} are stored", member.name, member.size, member.packed_size);
    place(member);
    members_.push_back(std::move(member));
    at += zip::directory_entry_size + rest;
  }
}

// Finds the member's bytes, behind a header of its own.
void ZipArchive::place(Member& member) const {
  const std::string_view bytes = bytes_.text();
  const std::string what = "member '" + member.name + "'";
  const Record header(bytes, member.header, zip::local_header_size, what.c_str());
  if (header.text(0, 4) != zip::local_header) throw Error("{} is not where the directory says", what);
  const uint64_t name_size = header.number(26, 2);
  const uint64_t rest = name_size + header.number(28, 2);
  const uint64_t name_at = member.header + zip::local_header_size;
  if (Record(bytes, name_at, rest, what.c_str()).text(0, name_size) != member.name)
    throw Error("{} is not where the directory says", what);
  member.data = name_at + rest;
  const Record data(bytes, member.data, member.packed_size, what.c_str());
}

void ZipArchive::check_overlaps() const {
  std::vector<const Member*> in_order;
  for (const Member& member : members_) in_order.push_back(&member);
  std::ranges::sort(in_order, {}, &Member::header);
  for (size_t i = 1; i < in_order.size(); ++i) {
    if (in_order[i - 1]->data + in_order[i - 1]->packed_size > in_order[i]->header) {
      throw Error("members '{}' and '{}' share bytes", in_order[i - 1]->name, in_order[i]->name);
    }
  }
}

const ZipArchive::Member* ZipArchive::find(std::string_view name) const {
  const auto found = std::ranges::find(members_, name, &Member::name);
  return found == members_.end() ? nullptr : &*found;
}

bool ZipArchive::contains(std::string_view member) const {
  return find(member) != nullptr;
}

Bytes ZipArchive::read(std::string_view member) const {
  const Member* found = find(member);
  if (found == nullptr) throw Error("{}: the archive has no member '{}'", name_, member);
  if (found->size > always_allowed && found->size / largest_expansion > found->packed_size) {
    throw Error("{}: member '{}' claims to unpack to more than {} times its size", name_, member,
                largest_expansion);
  }
  const std::string_view packed = bytes_.text().substr(found->data, found->packed_size);
  try {
    Bytes bytes = found->deflated ? unpack(packed, found->size) : copy(packed);
    if (zip::checksum(bytes.text()) != found->checksum) throw Error("its checksum is wrong");
    return bytes;
  } catch (const Error& error) {
    throw Error("{}: member '{}' is damaged: {}", name_, member, error.what());
  }
}

}  // namespace antler::saving
