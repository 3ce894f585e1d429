#include "antler/saving/hdf5/new_file.h"

#include <algorithm>
#include <array>

#include "antler/core/error.h"

namespace antler::hdf5 {
namespace {

// Keras's limit for an attribute; HDF5's own is 64 KiB for the whole message.
constexpr size_t largest_attribute = 64512;
// By how much the file in memory grows.
constexpr size_t growth = size_t{4} << 20;

void check(bool done, const std::string& what) {
  if (!done) throw Error("HDF5 cannot make {}", what);
}

Id checked(Id id, const std::string& what) {
  check(id.valid(), what);
  return id;
}

Id scalar() {
  return checked(Id(H5Screate(H5S_SCALAR), H5Sclose), "a dataspace");
}

Id text_type(size_t length) {
  Id type = checked(Id(H5Tcopy(H5T_C_S1), H5Tclose), "a text type");
  H5Tset_size(type.get(), length);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  if (length != H5T_VARIABLE) H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
  return type;
}

// Makes the groups on the way to a member that are missing.
Id making_groups() {
  Id links = checked(Id(H5Pcreate(H5P_LINK_CREATE), H5Pclose), "link properties");
  H5Pset_create_intermediate_group(links.get(), 1);
  return links;
}

Id without_times(hid_t property_class) {
  Id properties = checked(Id(H5Pcreate(property_class), H5Pclose), "properties");
  H5Pset_obj_track_times(properties.get(), false);
  return properties;
}

void write_attribute(hid_t to, const std::string& name, const Id& type, const Id& space, const void* values) {
  const Id attribute(H5Acreate2(to, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                     H5Aclose);
  check(attribute.valid() && H5Awrite(attribute.get(), type.get(), values) >= 0, "attribute '" + name + "'");
}

void write_texts(hid_t to, const std::string& name, std::span<const std::string> texts) {
  size_t length = 1;
  for (const std::string& text : texts) length = std::max(length, text.size());
  std::string all(texts.size() * length + 1, '\0');
  for (size_t i = 0; i < texts.size(); ++i) texts[i].copy(all.data() + i * length, length);
  const hsize_t number = texts.size();
  const Id space = checked(Id(H5Screate_simple(1, &number, nullptr), H5Sclose), "a dataspace");
  write_attribute(to, name, text_type(length), space, all.data());
}

size_t longest_times_number(std::span<const std::string> texts) {
  size_t length = 1;
  for (const std::string& text : texts) length = std::max(length, text.size());
  return length * texts.size();
}

}  // namespace

Id::Id(hid_t id, Close close) {
  if (id >= 0) {
    id_ = std::shared_ptr<hid_t>(new hid_t(id), [close](const hid_t* held) {
      close(*held);
      delete held;
    });
  }
}

Quiet::Quiet() {
  H5open();
  H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Quiet::~Quiet() {
  H5Eset_auto2(H5E_DEFAULT, print_, data_);
}

NewGroup NewGroup::group(const std::string& path) const {
  const Id links = making_groups();
  const Id properties = without_times(H5P_GROUP_CREATE);
  return NewGroup(
      checked(Id(H5Gcreate2(id_.get(), path.c_str(), links.get(), properties.get(), H5P_DEFAULT), H5Gclose),
              "group '" + path + "'"));
}

// Of variable length, so that a long text lies outside of the object's header, which is limited.
void NewGroup::set_text(const std::string& name, std::string_view text) const {
  const std::string copy(text);
  const char* pointer = copy.c_str();
  write_attribute(id_.get(), name, text_type(H5T_VARIABLE), scalar(), &pointer);
}

void NewGroup::set_texts(const std::string& name, const std::vector<std::string>& texts) const {
  const std::span<const std::string> all(texts);
  size_t parts = 1;
  const auto part = [&](size_t index) {  // as numpy.array_split
    const size_t size = all.size() / parts;
    const size_t longer = all.size() % parts;
    return all.subspan(index * size + std::min(index, longer), size + (index < longer ? 1 : 0));
  };
  const auto too_long = [&] {
    for (size_t i = 0; i < parts; ++i) {
      if (longest_times_number(part(i)) > largest_attribute) return true;
    }
    return false;
  };
  while (parts < all.size() && too_long()) ++parts;
  if (parts == 1) return write_texts(id_.get(), name, all);
  for (size_t i = 0; i < parts; ++i) write_texts(id_.get(), name + std::to_string(i), part(i));
}

void NewGroup::write(const std::string& path, hid_t type, const Shape& shape, const void* values) const {
  std::array<hsize_t, Shape::max_rank> extents{};
  std::ranges::copy(shape.extents(), extents.begin());
  const Id space =
      shape.rank() == 0
          ? scalar()
          : checked(Id(H5Screate_simple(shape.rank(), extents.data(), nullptr), H5Sclose), "a dataspace");
  const Id links = making_groups();
  const Id properties = without_times(H5P_DATASET_CREATE);
  const Id dataset(
      H5Dcreate2(id_.get(), path.c_str(), type, space.get(), links.get(), properties.get(), H5P_DEFAULT),
      H5Dclose);
  check(dataset.valid() && H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0,
        "dataset '" + path + "'");
}

void NewGroup::set_tensor(const std::string& path, ConstView values) const {
  write(path, H5T_IEEE_F32LE, values.shape, values.data);
}

void NewGroup::set_integer(const std::string& path, int64_t value) const {
  write(path, H5T_STD_I64LE, Shape(), &value);
}

NewFile::NewFile() {
  const Id access = checked(Id(H5Pcreate(H5P_FILE_ACCESS), H5Pclose), "a file in memory");
  check(H5Pset_fapl_core(access.get(), growth, false) >= 0, "a file in memory");
  const Id creation = without_times(H5P_FILE_CREATE);
  file_ = checked(Id(H5Fcreate("antler", H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose),
                  "a file in memory");
}

NewGroup NewFile::root() const {
  return NewGroup(checked(Id(H5Gopen2(file_.get(), "/", H5P_DEFAULT), H5Gclose), "a root group"));
}

std::string NewFile::bytes() const {
  check(H5Fflush(file_.get(), H5F_SCOPE_GLOBAL) >= 0, "the file's bytes");
  const ssize_t size = H5Fget_file_image(file_.get(), nullptr, 0);
  check(size > 0, "the file's bytes");
  std::string all(static_cast<size_t>(size), '\0');
  check(H5Fget_file_image(file_.get(), all.data(), all.size()) == size, "the file's bytes");
  return all;
}

}  // namespace antler::hdf5
