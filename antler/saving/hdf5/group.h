// Reading HDF5 files, in which Keras keeps models. The reader is antler's own, of the "HDF5 File Format
// Specification Version 3.0", and trusts nothing in a file: only hard links are followed, nothing outside of
// the file is read, no size is believed before it is held against the bytes that are there, and no walk
// through a file goes in circles. docs/formats.md says what it refuses.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/memory.h"
#include "antler/core/tensor.h"
#include "antler/saving/hdf5/links.h"

namespace antler::hdf5 {

class Dataset;

/// A group of a file that is being read. A value; copies share the file. Every method throws Error, naming
/// file and object, when what it asks for is damaged, of another kind, reached by anything but hard links,
/// stored outside of the file, or too large to be in it. Threads may read at the same time.
class Group {
 public:
  /// The root of the file at `path`. Throws Error when it is missing, cut short or no HDF5 file.
  static Group open(const std::filesystem::path& path);
  /// The root of a file in memory; `name` stands for it in errors.
  static Group parse(Bytes bytes, std::string name);

  /// Whether there is a member of this name, link or not.
  bool contains(const std::string& name) const;
  /// The names of all members, links or not: in the order in which they were made, where the file says which
  /// that is, else sorted.
  std::vector<std::string> members() const;
  /// `path` may lead through several groups, "a/b".
  Group group(const std::string& path) const;

  /// A text attribute; empty when there is none.
  std::optional<std::string> text(const std::string& name) const;
  /// A list of texts; one too long for an attribute is split by Keras into `name`0, `name`1, ... Empty when
  /// there is none.
  std::vector<std::string> texts(const std::string& name) const;

  /// The shape of the dataset at `path`, whose numbers may be of 8, 16, 32 or 64 bits.
  Shape shape(const std::string& path) const;
  Tensor tensor(const std::string& path) const;
  /// How many bytes of the file the numbers of a dataset take at least. All datasets of a sound file together
  /// take no more than file_size(); only links that lead to the same dataset do.
  uint64_t stored_bytes(const std::string& path) const;
  uint64_t file_size() const { return file_->image().size(); }
  /// A whole number, of a dataset without extents.
  int64_t integer(const std::string& path) const;
  /// All numbers of a dataset of any shape, row by row, where each is a whole one.
  std::vector<int64_t> integers(const std::string& path) const;

 private:
  Group(std::shared_ptr<const File> file, Walk& walk, ObjectHeader header, std::string name);
  std::string describe(const std::string& path) const;
  ObjectHeader open_member(Walk& walk, const std::string& path) const;
  Dataset open_dataset(Walk& walk, const std::string& path) const;
  std::optional<std::vector<std::string>> attribute(const std::string& name) const;

  std::shared_ptr<const File> file_;
  ObjectHeader header_;
  std::vector<Link> links_;
  std::string name_;
};

}  // namespace antler::hdf5
