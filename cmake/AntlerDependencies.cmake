# What the library is built with, and what whoever links it needs too: for this project's build and for find_package(antler).

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(HWY REQUIRED QUIET IMPORTED_TARGET libhwy)
pkg_check_modules(HDF5 REQUIRED QUIET IMPORTED_TARGET hdf5)
pkg_check_modules(ISAL REQUIRED QUIET IMPORTED_TARGET libisal)
