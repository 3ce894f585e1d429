# For find_package(antler): defines antler::antler, after what it needs itself.

include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(fmt)
find_dependency(nlohmann_json)
find_dependency(ZLIB)
find_dependency(PkgConfig)
pkg_check_modules(HWY REQUIRED QUIET IMPORTED_TARGET libhwy)
pkg_check_modules(HDF5 REQUIRED QUIET IMPORTED_TARGET hdf5)
pkg_check_modules(ISAL REQUIRED QUIET IMPORTED_TARGET libisal)

include(${CMAKE_CURRENT_LIST_DIR}/antlerTargets.cmake)
