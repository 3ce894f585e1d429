#include "antler/saving/hdf5/dataset.h"

#include <algorithm>
#include <cstring>

#include "antler/core/error.h"

namespace antler::hdf5 {
namespace {

// The bytes of the number that stands where nothing is stored (specification, IV.A.2.f); none for 0.
std::string_view read_fill(Cursor message) {
  const int version = message.version(1, 3);
  bool defined = false;
  if (version < 3) {
    message.skip(2);  // when it is written
    defined = message.byte() != 0 || version == 1;
  } else {
    defined = (message.byte() & 0x20) != 0;
  }
  if (!defined) return {};
  return message.take(message.number(4));
}

bool is_zero(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char byte) { return byte == 0; });
}

}  // namespace

Dataset::Dataset(Walk& walk, const ObjectHeader& header) {
  if (header.find(MessageType::external_files) != nullptr)
    throw Error("keeps its numbers in another file, which antler does not read");
  layout_ = read_layout(walk.over(header.get(MessageType::layout).bytes));
  if (const Message* filters = header.find(MessageType::filters))
    filters_ = read_filters(walk.over(filters->bytes));
  type_ = read_datatype(walk.over(header.get(MessageType::datatype).bytes));
  if (!type_.is_number()) throw Error("holds no numbers of up to 64 bits");
  extents_ = read_dataspace(walk.over(header.get(MessageType::dataspace).bytes));
  shape_ = to_shape(extents_);
  check_room(walk);
  check_fill(walk, header);
}

void Dataset::check_room(Walk& walk) {
  uint64_t room = walk.size();
  switch (layout_.kind) {
    case Layout::Kind::compact:
      room = layout_.bytes.size();
      break;
    case Layout::Kind::contiguous:
      if (layout_.address != undefined) room = walk.from(layout_.address).left();
      break;
    case Layout::Kind::chunked:
      if (layout_.element_size != type_.size) throw Error("is damaged: its elements have two sizes");
      chunks_ = read_chunks(walk, layout_, extents_, !filters_.empty());
      for (const Chunk& chunk : chunks_)
        room += chunk.size * (has_deflate(filters_) ? largest_compression : 1);
      break;
  }
  const std::optional<uint64_t> elements = count(extents_, room / type_.size);
  if (!elements) throw Error("claims to hold more than the file has room for");
  bytes_ = *elements * type_.size;
}

void Dataset::check_fill(Walk& walk, const ObjectHeader& header) const {
  const bool stored = layout_.kind == Layout::Kind::compact || layout_.address != undefined;
  const Message* fill = header.find(MessageType::fill_value);
  if (fill == nullptr || (stored && layout_.kind != Layout::Kind::chunked)) return;
  const std::optional<uint64_t> in_a_chunk = count(layout_.chunk, bytes_);
  const bool full = !in_a_chunk || *in_a_chunk * type_.size * chunks_.size() >= bytes_;
  if (full && !chunks_.empty()) return;
  if (!is_zero(read_fill(walk.over(fill->bytes))))
    throw Error("is filled with another number than 0 where nothing is stored, which antler does not read");
}

// The numbers as they are stored, in one piece: in the file, or in `unpacked`.
std::string_view Dataset::read_bytes(Walk& walk, Bytes& unpacked) const {
  if (bytes_ == 0) return {};
  if (layout_.kind == Layout::Kind::compact) return layout_.bytes.substr(0, bytes_);
  if (layout_.kind == Layout::Kind::contiguous && layout_.address != undefined)
    return walk.view(layout_.address, bytes_);
  unpacked.resize(bytes_);
  std::memset(unpacked.data(), 0, bytes_);
  const uint64_t compression = has_deflate(filters_) ? largest_compression : 1;
  for (const Chunk& chunk : chunks_) {
    const std::optional<uint64_t> elements = count(layout_.chunk, chunk.size * compression / type_.size);
    if (!elements) throw Error("claims to hold more than the file has room for");
    const Bytes whole =
        unpack(walk.view(chunk.address, chunk.size), filters_, chunk.skipped, *elements * type_.size);
    place(whole.text(), chunk, layout_, extents_, unpacked);
  }
  return unpacked.text();
}

uint64_t Dataset::stored_bytes() const {
  return has_deflate(filters_) ? bytes_ / largest_compression : bytes_;
}

Tensor Dataset::read_tensor(Walk& walk) const {
  Bytes unpacked;
  const std::string_view bytes = read_bytes(walk, unpacked);
  Tensor values = Tensor::uninitialized(shape_);
  to_floats(type_, bytes, values.span());
  return values;
}

std::vector<int64_t> Dataset::read_integers(Walk& walk) const {
  Bytes unpacked;
  return to_integers(type_, read_bytes(walk, unpacked));
}

}  // namespace antler::hdf5
