// Writing HDF5 files, by the HDF5 C library. It reads none: group.h does.
#pragma once

#include <hdf5.h>

#include <memory>
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

/// Keeps the library from printing its error stack as long as it lives.
class Quiet {
 public:
  Quiet();
  ~Quiet();
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  H5E_auto2_t print_ = nullptr;
  void* data_ = nullptr;
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
