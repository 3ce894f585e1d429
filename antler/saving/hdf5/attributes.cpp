#include "antler/saving/hdf5/attributes.h"

#include "antler/core/error.h"
#include "antler/saving/hdf5/dataspace.h"
#include "antler/saving/hdf5/datatype.h"
#include "antler/saving/hdf5/heap.h"
#include "antler/saving/hdf5/tree.h"

namespace antler::hdf5 {
namespace {

struct Attribute {
  std::string_view name;
  Cursor type;
  Cursor space;
  Cursor values;
};

Attribute read_attribute(Cursor message) {
  const int version = message.version(1, 3);
  const unsigned flags = message.byte();  // reserved in version 1
  const uint64_t name_size = message.number(2);
  const uint64_t type_size = message.number(2);
  const uint64_t space_size = message.number(2);
  if (version == 3) message.skip(1);  // the alphabet of its name
  if (version > 1 && (flags & 3) != 0)
    throw Error("shares its description with other objects, which antler does not read");
  const size_t unit = version == 1 ? 8 : 1;  // its parts are filled up to a multiple of this
  const std::string_view name = message.take(name_size);
  message.align(unit);
  const Cursor type = message.part(type_size);
  message.align(unit);
  const Cursor space = message.part(space_size);
  message.align(unit);
  return {name.substr(0, name.find('\0')), type, space, message};
}

std::optional<Attribute> find_in_header(Walk& walk, const ObjectHeader& object, std::string_view name) {
  for (const Message& message : object.messages()) {
    if (message.type != MessageType::attribute) continue;
    const Attribute attribute = read_attribute(walk.over(message.bytes));
    if (attribute.name == name) return attribute;
  }
  return std::nullopt;
}

// Objects of many attributes keep them in a heap, and a tree that leads to them.
std::optional<Attribute> find_in_heap(Walk& walk, const ObjectHeader& object, std::string_view name) {
  constexpr size_t id_size = 8;
  const Message* info = object.find(MessageType::attribute_info);
  if (info == nullptr) return std::nullopt;
  Cursor message = walk.over(info->bytes);
  message.version(0, 0);
  const unsigned flags = message.byte();
  if ((flags & 1) != 0) message.skip(2);  // the largest order
  const uint64_t heap_address = message.address();
  if (heap_address == undefined) return std::nullopt;
  const FractalHeap heap(walk, heap_address);
  for (const std::string_view record : tree_records(walk, message.address())) {
    const std::string_view bytes = heap.object(walk, walk.over(record).take(id_size));
    const Attribute attribute = read_attribute(walk.over(bytes));
    if (attribute.name == name) return attribute;
  }
  return std::nullopt;
}

std::vector<std::string> texts_of(Walk& walk, Attribute attribute) {
  const Extents extents = read_dataspace(attribute.space);
  if (count(extents, 0)) return {};  // h5py gives an empty list the type of numbers
  const Datatype type = read_datatype(attribute.type);
  if (!type.is_text()) throw Error("is no text");
  const uint64_t size = attribute.values.left();
  const uint64_t reference = 4 + attribute.values.widths().address + 4;
  if (type.size == 0 || (type.kind == Datatype::Kind::long_text && type.size != reference))
    throw Error("is damaged: its texts have {} bytes", type.size);
  const std::optional<uint64_t> number = count(extents, size / type.size);
  if (!number) throw Error("claims to be larger than the file has room for");
  GlobalHeap heap;
  std::vector<std::string> texts;
  for (uint64_t i = 0; i < *number; ++i) {
    Cursor element = attribute.values.part(type.size);
    const std::string_view text =
        type.kind == Datatype::Kind::long_text ? heap.text(walk, element) : element.take(type.size);
    texts.emplace_back(text.substr(0, text.find('\0')));
  }
  return texts;
}

}  // namespace

std::optional<std::vector<std::string>> read_texts(Walk& walk, const ObjectHeader& object,
                                                   std::string_view name) {
  std::optional<Attribute> attribute = find_in_header(walk, object, name);
  if (!attribute) attribute = find_in_heap(walk, object, name);
  if (!attribute) return std::nullopt;
  return texts_of(walk, *attribute);
}

}  // namespace antler::hdf5
