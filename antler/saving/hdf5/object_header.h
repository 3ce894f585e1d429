// What an HDF5 file says of one object, a group or a dataset (specification, IV.A).
#pragma once

#include <string_view>
#include <vector>

#include "antler/saving/hdf5/file.h"

namespace antler::hdf5 {

enum class MessageType : uint16_t {
  dataspace = 0x01,
  link_info = 0x02,
  datatype = 0x03,
  fill_value = 0x05,
  link = 0x06,
  external_files = 0x07,
  layout = 0x08,
  group_info = 0x0a,
  filters = 0x0b,
  attribute = 0x0c,
  continuation = 0x10,
  symbol_table = 0x11,
  attribute_info = 0x15,
};

struct Message {
  MessageType type{};
  std::string_view bytes;
};

/// The messages of one object. Views of the file, which has to outlive it.
class ObjectHeader {
 public:
  /// Throws Error when the header is damaged, or one of its messages is kept somewhere else (a "shared" one).
  ObjectHeader(Walk& walk, uint64_t address);

  const std::vector<Message>& messages() const { return messages_; }
  /// The first message of this type, or nullptr.
  const Message* find(MessageType type) const;
  /// Throws Error where there is no such message.
  const Message& get(MessageType type) const;
  bool is_group() const { return find(MessageType::symbol_table) || find(MessageType::link_info); }
  bool is_dataset() const { return find(MessageType::layout) != nullptr; }

 private:
  void read_first_version(Walk& walk, Cursor head);
  void read_second_version(Walk& walk, Cursor head);
  void add(uint16_t type, unsigned flags, std::string_view bytes);

  std::vector<Message> messages_;
};

}  // namespace antler::hdf5
