#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "antler/core/error.h"
#include "antler/core/input_file.h"
#include "antler/saving/hdf5.h"
#include "antler/saving/hdf5_heap.h"

namespace antler::hdf5 {
namespace {

// Deflate cannot shrink by more than this: a file that claims more is refused before anything is allocated.
constexpr int64_t largest_compression = 1032;

std::string trimmed(std::string_view padded) {
  return std::string(padded.substr(0, padded.find('\0')));
}

bool is_harmless(H5Z_filter_t filter) {
  return filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE || filter == H5Z_FILTER_FLETCHER32;
}

// What is odd about how a dataset is stored, or nothing.
std::string refusal(hid_t properties) {
  if (H5Pget_external_count(properties) != 0)
    return "keeps its numbers in another file, which antler does not read";
  const H5D_layout_t layout = H5Pget_layout(properties);
  if (layout != H5D_COMPACT && layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED) {
    return "is a virtual dataset, which antler does not read";
  }
  for (int i = 0; i < H5Pget_nfilters(properties); ++i) {
    size_t values = 0;
    unsigned flags = 0;
    const H5Z_filter_t filter =
        H5Pget_filter2(properties, static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, nullptr);
    if (!is_harmless(filter))
      return fmt::format("is packed by filter {}, which antler does not have", filter);
  }
  return "";
}

// Elements of `extents`, or the largest number when that is too many to count.
int64_t count(std::span<const hsize_t> extents) {
  constexpr auto limit = static_cast<hsize_t>(std::numeric_limits<int32_t>::max());
  hsize_t product = 1;
  if (std::ranges::find(extents, hsize_t{0}) != extents.end()) return 0;
  for (hsize_t extent : extents) {
    if (extent > limit / product) return std::numeric_limits<int64_t>::max();
    product *= extent;
  }
  return static_cast<int64_t>(product);
}

}  // namespace

Quiet::Quiet() {
  H5open();
  H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  H5PLget_loading_state(&plugins_);
  H5PLset_loading_state(0);
}

Quiet::~Quiet() {
  H5PLset_loading_state(plugins_);
  H5Eset_auto2(H5E_DEFAULT, print_, data_);
}

struct Group::File {
  Quiet quiet;  // first: outlives the file
  Id id;
  std::string path;
  int64_t size = 0;
};

struct Group::Dataset {
  Id id;
  Shape shape;
};

Id::Id(hid_t id, Close close) {
  if (id >= 0) {
    id_ = std::shared_ptr<hid_t>(new hid_t(id), [close](const hid_t* held) {
      close(*held);
      delete held;
    });
  }
}

Group::Group(std::shared_ptr<const File> file, Id id, std::string name)
    : file_(std::move(file)), id_(std::move(id)), name_(std::move(name)) {}

Group Group::open(const std::filesystem::path& path) {
  auto file = std::make_shared<File>();
  file->path = path.string();
  const Bytes bytes = InputFile(path).read_all();
  file->size = static_cast<int64_t>(bytes.size());
  if (!heaps_are_sound(bytes.text()))
    throw Error("{} is damaged: texts in it claim to be longer than it", file->path);
  file->id = Id(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (!file->id.valid()) throw Error("{} is no HDF5 file, or is cut short or damaged", file->path);
  Id root(H5Gopen2(file->id.get(), "/", H5P_DEFAULT), H5Gclose);
  if (!root.valid()) throw Error("{}: the root group is damaged", file->path);
  return {std::move(file), std::move(root), ""};
}

std::string Group::describe(const std::string& path) const {
  return fmt::format("{}: '{}/{}'", file_->path, name_, path);
}

bool Group::contains(const std::string& name) const {
  const htri_t exists = H5Lexists(id_.get(), name.c_str(), H5P_DEFAULT);
  if (exists < 0) throw Error("{} is damaged", describe(name));
  return exists > 0;
}

// Opens one link after the other, so that none but hard links is ever followed.
Id Group::open_member(const std::string& path) const {
  Id at = id_;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string name = path.substr(begin, end - begin);
    begin = end + 1;
    if (name.empty() || name == ".") throw Error("{} is no path that antler follows", describe(path));
    if (H5Lexists(at.get(), name.c_str(), H5P_DEFAULT) <= 0) throw Error("{} is missing", describe(path));
    H5L_info_t info;
    if (H5Lget_info(at.get(), name.c_str(), &info, H5P_DEFAULT) < 0)
      throw Error("{} is damaged", describe(path));
    if (info.type != H5L_TYPE_HARD) {
      throw Error("{} is reached by a soft or external link, which antler does not follow", describe(path));
    }
    at = Id(H5Oopen(at.get(), name.c_str(), H5P_DEFAULT), H5Oclose);
    if (!at.valid()) throw Error("{} is damaged", describe(path));
    if (end < path.size() && H5Iget_type(at.get()) != H5I_GROUP)
      throw Error("{}: no group leads there", describe(path));
  }
  return at;
}

Group Group::group(const std::string& path) const {
  Id member = open_member(path);
  if (H5Iget_type(member.get()) != H5I_GROUP) throw Error("{} is no group", describe(path));
  return {file_, std::move(member), name_ + "/" + path};
}

bool Group::has_attribute(const std::string& name) const {
  const htri_t exists = H5Aexists(id_.get(), name.c_str());
  if (exists < 0) throw Error("{}: the attributes are damaged", describe(""));
  return exists > 0;
}

std::vector<std::string> Group::read_texts(const std::string& name) const {
  const Id attribute(H5Aopen(id_.get(), name.c_str(), H5P_DEFAULT), H5Aclose);
  const Id type(H5Aget_type(attribute.get()), H5Tclose);
  const Id space(H5Aget_space(attribute.get()), H5Sclose);
  const hssize_t points = H5Sget_simple_extent_npoints(space.get());
  if (!type.valid() || points < 0) throw Error("{}: attribute '{}' is damaged", describe(""), name);
  if (points == 0) return {};
  const auto number = static_cast<size_t>(points);
  if (H5Tget_class(type.get()) != H5T_STRING)
    throw Error("{}: attribute '{}' is no text", describe(""), name);
  const size_t length = H5Tget_size(type.get());
  const auto limit = static_cast<size_t>(file_->size);
  if (length == 0 || number > limit / length) {
    throw Error("{}: attribute '{}' claims to be larger than the file", describe(""), name);
  }
  std::vector<std::string> texts;
  if (H5Tis_variable_str(type.get()) > 0) {
    std::vector<char*> pointers(number, nullptr);
    if (H5Aread(attribute.get(), type.get(), pointers.data()) < 0) {
      throw Error("{}: attribute '{}' is damaged", describe(""), name);
    }
    for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
    H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, pointers.data());
  } else {
    std::string all(number * length, '\0');
    if (H5Aread(attribute.get(), type.get(), all.data()) < 0) {
      throw Error("{}: attribute '{}' is damaged", describe(""), name);
    }
    for (size_t i = 0; i < number; ++i)
      texts.push_back(trimmed(std::string_view(all).substr(i * length, length)));
  }
  return texts;
}

std::optional<std::string> Group::text(const std::string& name) const {
  if (!has_attribute(name)) return std::nullopt;
  std::vector<std::string> texts = read_texts(name);
  if (texts.size() != 1) throw Error("{}: attribute '{}' is no single text", describe(""), name);
  return std::move(texts.front());
}

std::vector<std::string> Group::texts(const std::string& name) const {
  if (has_attribute(name)) return read_texts(name);
  std::vector<std::string> all;
  for (int part = 0; has_attribute(name + std::to_string(part)); ++part) {
    for (std::string& text : read_texts(name + std::to_string(part))) all.push_back(std::move(text));
  }
  return all;
}

Group::Dataset Group::open_dataset(const std::string& path) const {
  const Id id = open_member(path);
  if (H5Iget_type(id.get()) != H5I_DATASET) throw Error("{} is no dataset", describe(path));
  const Id properties(H5Dget_create_plist(id.get()), H5Pclose);
  const Id type(H5Dget_type(id.get()), H5Tclose);
  const Id space(H5Dget_space(id.get()), H5Sclose);
  if (!properties.valid() || !type.valid() || !space.valid()) throw Error("{} is damaged", describe(path));
  if (const std::string reason = refusal(properties.get()); !reason.empty())
    throw Error("{} {}", describe(path), reason);
  const H5T_class_t kind = H5Tget_class(type.get());
  const size_t width = H5Tget_size(type.get());
  if ((kind != H5T_FLOAT && kind != H5T_INTEGER) || width == 0 || width > 8) {
    throw Error("{} holds no numbers of up to 64 bits", describe(path));
  }

  std::array<hsize_t, H5S_MAX_RANK> extents{};
  const int rank = H5Sget_simple_extent_dims(space.get(), extents.data(), nullptr);
  if (rank < 0 || rank > Shape::max_rank)
    throw Error("{} has {} axes; at most {} are known", describe(path), rank, Shape::max_rank);
  int64_t elements = count(std::span(extents).first(static_cast<size_t>(rank)));
  int64_t room = file_->size / static_cast<int64_t>(width);
  if (H5Pget_layout(properties.get()) == H5D_CHUNKED) {
    std::array<hsize_t, H5S_MAX_RANK> chunk{};
    const int chunk_rank = H5Pget_chunk(properties.get(), H5S_MAX_RANK, chunk.data());
    elements =
        std::max(elements, count(std::span(chunk).first(static_cast<size_t>(std::max(chunk_rank, 0)))));
    room *= largest_compression;
  }
  if (elements > room) throw Error("{} claims to hold more than the file has room for", describe(path));
  std::array<int64_t, Shape::max_rank> signed_extents{};
  std::copy_n(extents.begin(), rank, signed_extents.begin());
  return {id, Shape(std::span<const int64_t>(signed_extents).first(static_cast<size_t>(rank)))};
}

Shape Group::shape(const std::string& path) const {
  return open_dataset(path).shape;
}

Tensor Group::tensor(const std::string& path) const {
  const Dataset dataset = open_dataset(path);
  Tensor values(dataset.shape);
  if (H5Dread(dataset.id.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) {
    throw Error("{} is damaged", describe(path));
  }
  return values;
}

int64_t Group::integer(const std::string& path) const {
  const Dataset dataset = open_dataset(path);
  int64_t value = 0;
  if (dataset.shape.rank() != 0)
    throw Error("{} has shape {}; expected a single number", describe(path), dataset.shape.to_string());
  if (H5Dread(dataset.id.get(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, &value) < 0) {
    throw Error("{} is damaged", describe(path));
  }
  return value;
}

}  // namespace antler::hdf5
