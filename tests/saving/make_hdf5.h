// HDF5 files made with HDF5's own calls, for what antler never writes.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <vector>

#include "antler/saving/hdf5/group.h"
#include "antler/saving/hdf5/new_file.h"
#include "tests/core/temporary_folder.h"

namespace antler::hdf5 {

/// Makes the file at `path`, of the oldest or the newest kind that the library knows.
inline void make_file(const std::filesystem::path& path, const std::function<void(hid_t file)>& fill,
                      bool newest = false) {
  const Id access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  if (newest) H5Pset_libver_bounds(access.get(), H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
  const Id file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose);
  fill(file.get());
}

/// The root of a file that is made so.
inline Group made(const std::function<void(hid_t file)>& fill, bool newest = false) {
  const TemporaryFolder folder;
  make_file(folder / "a.h5", fill, newest);
  return Group::open(folder / "a.h5");
}

inline Id space_of(std::initializer_list<hsize_t> extents) {
  return {H5Screate_simple(static_cast<int>(extents.size()), std::data(extents), nullptr), H5Sclose};
}

inline Id dataset_properties() {
  return {H5Pcreate(H5P_DATASET_CREATE), H5Pclose};
}

/// A dataset of `type` with these numbers; zeros are not even written.
inline void make_dataset(hid_t file, const char* name, const Id& space, const Id& properties,
                         const std::vector<double>& values = {}, hid_t type = H5T_IEEE_F32LE) {
  const Id dataset(H5Dcreate2(file, name, type, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
                   H5Dclose);
  ASSERT_TRUE(dataset.valid());
  if (values.empty()) return;
  ASSERT_GE(H5Dwrite(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
}

}  // namespace antler::hdf5
