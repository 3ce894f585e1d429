#include "antler/saving/hdf5/heap.h"

#include "antler/core/error.h"

namespace antler::hdf5 {

LocalHeap::LocalHeap(Walk& walk, uint64_t address) {
  Cursor head = walk.from(address);
  head.expect("HEAP");
  head.version(0, 0);
  head.skip(3);
  const uint64_t size = head.length();
  head.length();  // where its free space begins
  names_ = walk.view(head.address(), size);
}

std::string_view LocalHeap::name(Walk& walk, uint64_t offset) const {
  if (offset >= names_.size()) throw Error("is damaged: a name lies outside of where names are kept");
  const size_t end = names_.find('\0', offset);
  if (end == std::string_view::npos) throw Error("is damaged: a name in it does not end");
  return walk.over(names_.substr(offset)).take(end - offset);
}

GlobalHeap::Objects GlobalHeap::read_collection(Walk& walk, uint64_t address) {
  Cursor head = walk.from(address);
  head.expect("GCOL");
  head.version(1, 1);
  head.skip(3);
  const uint64_t size = head.length();
  const uint64_t header = 8 + head.widths().length;
  if (size < header || size - header > head.left())
    throw Error("is damaged: the texts of the file claim to be longer than it");
  Cursor all = head.part(size - header);
  Objects objects;
  while (all.left() >= header) {
    const uint64_t number = all.number(2);
    all.skip(6);  // how many refer to it, reserved
    const uint64_t length = all.length();
    if (number == 0) break;  // the free space at the end
    if (length > all.left())
      throw Error("is damaged: a text in it claims to be longer than the others leave room");
    objects.emplace(number, all.take(length));
    all.align(8);
  }
  return objects;
}

std::string_view GlobalHeap::text(Walk& walk, Cursor reference) {
  const uint64_t length = reference.number(4);
  const uint64_t address = reference.address();
  const uint64_t number = reference.number(4);
  if (length == 0 || address == 0 || address == undefined) return {};
  auto collection = collections_.find(address);
  if (collection == collections_.end())
    collection = collections_.emplace(address, read_collection(walk, address)).first;
  const auto object = collection->second.find(number);
  if (object == collection->second.end()) throw Error("is damaged: a text in it is missing");
  return walk.over(object->second).take(length);
}

}  // namespace antler::hdf5
