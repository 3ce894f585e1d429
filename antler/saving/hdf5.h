// What antler needs of the HDF5 C library. A file is not trusted: only hard links are followed, nothing
// outside of the file is read, and no size in it is believed before it is held against the bytes that are
// there.
#pragma once

#include <hdf5.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/tensor.h"

namespace antler::hdf5 {

/// An open HDF5 object, closed when the last copy goes.
class Id {
 public:
  using Close = herr_t (*)(hid_t);
  Id() = default;
  Id(hid_t id, Close close);
  /// False when the library gave a negative id, which is how it reports failure.
  bool valid() const { return id_ != nullptr; }
  hid_t get() const { return id_ ? *id_ : H5I_INVALID_HID; }

 private:
  std::shared_ptr<hid_t> id_;
};

/// Keeps the library from printing its error stack, and from loading filters from the disk, as long as it
/// lives.
class Quiet {
 public:
  Quiet();
  ~Quiet();
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  H5E_auto2_t print_ = nullptr;
  void* data_ = nullptr;
  unsigned plugins_ = 0;
};

/// A group of a file that is being read. Every method throws Error, naming file and object, when what it asks
/// for is damaged, of another kind, reached by anything but hard links, stored outside of the file, or too
/// large to be in it.
class Group {
 public:
  /// The root of the file at `path`. Throws Error when it is missing, cut short or no HDF5 file.
  static Group open(const std::filesystem::path& path);

  /// Whether there is a member of this name, link or not.
  bool contains(const std::string& name) const;
  /// `path` may lead through several groups, "a/b".
  Group group(const std::string& path) const;

  /// A text attribute; empty when there is none.
  std::optional<std::string> text(const std::string& name) const;
  /// A list of texts; one too long for an attribute is split by Keras into `name`0, `name`1, ... Empty when
  /// there is none.
  std::vector<std::string> texts(const std::string& name) const;

  /// The shape of the dataset at `path`, whose numbers may be of 16, 32 or 64 bits.
  Shape shape(const std::string& path) const;
  Tensor tensor(const std::string& path) const;
  /// A whole number, of a dataset without extents.
  int64_t integer(const std::string& path) const;

 private:
  struct File;
  struct Dataset;
  Group(std::shared_ptr<const File> file, Id id, std::string name);
  std::string describe(const std::string& path) const;
  Id open_member(const std::string& path) const;
  Dataset open_dataset(const std::string& path) const;
  std::vector<std::string> read_texts(const std::string& name) const;
  bool has_attribute(const std::string& name) const;

  std::shared_ptr<const File> file_;
  Id id_;
  std::string name_;
};

/// A group of a file that is being made. Every method throws Error when the library cannot do it.
class NewGroup {
 public:
  /// `path` may lead through several groups; those missing are made.
  NewGroup group(const std::string& path) const;
  void set_text(const std::string& name, std::string_view text) const;
  /// A list of texts, split as Keras does when it is too long for one attribute.
  void set_texts(const std::string& name, const std::vector<std::string>& texts) const;
  void set_tensor(const std::string& path, ConstView values) const;
  /// A dataset without extents.
  void set_integer(const std::string& path, int64_t value) const;

 private:
  friend class NewFile;
  explicit NewGroup(Id id) : id_(std::move(id)) {}
  void write(const std::string& path, hid_t type, const Shape& shape, const void* values) const;
  Id id_;
};

/// A file made in memory. The same calls give the same bytes: no times are recorded.
class NewFile {
 public:
  NewFile();
  NewGroup root() const;
  std::string bytes() const;

 private:
  Quiet quiet_;
  Id file_;
};

}  // namespace antler::hdf5
