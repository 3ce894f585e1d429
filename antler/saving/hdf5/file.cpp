#include "antler/saving/hdf5/file.h"

#include <utility>

#include "antler/core/error.h"

namespace antler::hdf5 {
namespace {

using namespace std::string_view_literals;

constexpr auto signature = "\x89HDF\r\n\x1a\n"sv;
// How often a byte may be looked at in one walk: headers are read as a whole and then message by message.
constexpr uint64_t looks = 8;

// At the beginning, or after 512, 1024, 2048, ... bytes of something else.
size_t find_superblock(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size(); at = at == 0 ? 512 : 2 * at) {
    if (bytes.substr(at).starts_with(signature)) return at;
  }
  return std::string_view::npos;
}

bool is_width(size_t width) {
  return width == 2 || width == 4 || width == 8;
}

}  // namespace

File::File(Bytes bytes, std::string name) : bytes_(std::move(bytes)), name_(std::move(name)) {
  const size_t begin = find_superblock(bytes_.text());
  if (begin == std::string_view::npos) throw Error("{} is no HDF5 file, or its beginning is damaged", name_);
  image_ = bytes_.text().substr(begin);
  try {
    read_superblock();
  } catch (const Error& error) {
    throw Error("{} {}", name_, error.what());
  }
}

void File::read_superblock() {
  uint64_t allowance = image_.size();
  Cursor head(image_, widths_, allowance);
  head.skip(signature.size());
  const int version = head.version(0, 3);
  if (version < 2) head.skip(4);  // versions of other parts
  widths_.address = head.byte();
  widths_.length = head.byte();
  if (!is_width(widths_.address) || !is_width(widths_.length)) {
    throw Error("is damaged: its addresses have {} bytes, its lengths {}", widths_.address, widths_.length);
  }
  head.skip(version < 2 ? 1 + 4 + 4 : 1);  // reserved, sizes of tree nodes, flags
  if (version == 1) head.skip(4);          // more sizes
  Cursor addresses(image_, widths_, allowance);
  addresses.skip(image_.size() - head.left());
  addresses.skip(2 * widths_.address);  // where the superblock is; free space or an extension
  const uint64_t end = addresses.address();
  if (version < 2) addresses.skip(2 * widths_.address);  // a driver's block; the root's name
  root_ = addresses.address();
  // Counted from the file's very beginning, as no other address is.
  if (end > bytes_.size()) throw Error("is cut short: it has {} bytes; expected {}", bytes_.size(), end);
}

Walk::Walk(const File& file) : file_(&file), allowance_(looks * file.image().size()) {}

Cursor Walk::from(uint64_t address) {
  const std::string_view image = file_->image();
  if (address >= image.size()) throw Error("is damaged: it leads beyond the end of the file");
  return over(image.substr(address));
}

}  // namespace antler::hdf5
