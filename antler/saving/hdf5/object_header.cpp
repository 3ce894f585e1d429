#include "antler/saving/hdf5/object_header.h"

#include <algorithm>

#include "antler/core/error.h"

namespace antler::hdf5 {
namespace {

constexpr size_t checksum = 4;

// Where a header goes on.
struct Block {
  uint64_t address;
  uint64_t size;
};

Block read_continuation(Walk& walk, const Message& message) {
  Cursor cursor = walk.over(message.bytes);
  const uint64_t address = cursor.address();
  return {address, cursor.length()};
}

}  // namespace

ObjectHeader::ObjectHeader(Walk& walk, uint64_t address) {
  Cursor head = walk.from(address);
  if (walk.view(address, 1) == "O") {
    read_second_version(walk, head);
  } else {
    read_first_version(walk, head);
  }
}

void ObjectHeader::add(uint16_t type, unsigned flags, std::string_view bytes) {
  const bool shared = (flags & 2) != 0;
  if (shared && (type == static_cast<uint16_t>(MessageType::dataspace) ||
                 type == static_cast<uint16_t>(MessageType::datatype) ||
                 type == static_cast<uint16_t>(MessageType::fill_value) ||
                 type == static_cast<uint16_t>(MessageType::filters) ||
                 type == static_cast<uint16_t>(MessageType::attribute))) {
    throw Error("shares its description with other objects, which antler does not read");
  }
  messages_.push_back({static_cast<MessageType>(type), bytes});
}

void ObjectHeader::read_first_version(Walk& walk, Cursor head) {
  head.version(1, 1);
  head.skip(1);
  uint64_t messages = head.number(2);
  head.skip(4);  // how many links lead here
  const uint64_t size = head.number(4);
  head.align(8);
  std::vector<Cursor> blocks = {head.part(size)};
  for (size_t block = 0; block < blocks.size(); ++block) {
    while (messages > 0 && blocks[block].left() >= 8) {
      Cursor& at = blocks[block];
      --messages;
      const auto type = static_cast<uint16_t>(at.number(2));
      const uint64_t length = at.number(2);
      const unsigned flags = at.byte();
      at.skip(3);
      add(type, flags, at.take(length));
      if (messages_.back().type == MessageType::continuation) {
        const Block next = read_continuation(walk, messages_.back());
        blocks.push_back(walk.from(next.address).part(next.size));
      }
    }
  }
}

void ObjectHeader::read_second_version(Walk& walk, Cursor head) {
  head.expect("OHDR");
  head.version(2, 2);
  const unsigned flags = head.byte();
  if ((flags & 0x20) != 0) head.skip(16);  // times
  if ((flags & 0x10) != 0) head.skip(4);   // when attributes move into a heap
  const size_t order = (flags & 4) != 0 ? 2 : 0;
  const uint64_t size = head.number(size_t{1} << (flags & 3));
  std::vector<Cursor> blocks = {head.part(size)};
  for (size_t block = 0; block < blocks.size(); ++block) {
    while (blocks[block].left() >= 4 + order) {
      Cursor& at = blocks[block];
      const uint16_t type = at.byte();
      const uint64_t length = at.number(2);
      const unsigned message_flags = at.byte();
      at.skip(order);
      add(type, message_flags, at.take(length));
      if (messages_.back().type == MessageType::continuation) {
        const Block next = read_continuation(walk, messages_.back());
        Cursor more = walk.from(next.address);
        more.expect("OCHK");
        if (next.size < 4 + checksum) throw Error("is damaged: its header goes on nowhere");
        blocks.push_back(more.part(next.size - 4 - checksum));
      }
    }
  }
}

const Message* ObjectHeader::find(MessageType type) const {
  const auto found = std::ranges::find(messages_, type, &Message::type);
  return found == messages_.end() ? nullptr : &*found;
}

const Message& ObjectHeader::get(MessageType type) const {
  const Message* message = find(type);
  if (message == nullptr) throw Error("is damaged: a part of its description is missing");
  return *message;
}

}  // namespace antler::hdf5
