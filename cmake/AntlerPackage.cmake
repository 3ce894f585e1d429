# What `cpack -G DEB` makes of an installation (AntlerInstall.cmake): antler, the command, and libantler-dev, the library.
# The packages that the command's libraries are in are found by dpkg-shlibdeps.

set(CPACK_PACKAGE_CONTACT "antler maintainers <maintainers@users.noreply.r-seed-93151278.example>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL antler libantler-dev)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_ANTLER_PACKAGE_NAME antler)
set(CPACK_DEBIAN_ANTLER_PACKAGE_SECTION science)
set(CPACK_DEBIAN_ANTLER_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_ANTLER_PACKAGE_DEPENDS "librsvg2-2")  # loaded as the command runs, which dpkg-shlibdeps does not see
set(CPACK_COMPONENT_ANTLER_DESCRIPTION
    "The antler command trains Keras models on a CPU, predicts with them, converts
and draws their files, and reads handwritten digits.")

set(CPACK_DEBIAN_LIBANTLER-DEV_PACKAGE_NAME libantler-dev)
set(CPACK_DEBIAN_LIBANTLER-DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBANTLER-DEV_PACKAGE_DEPENDS
    "libfmt-dev, libhdf5-dev, libhwy-dev, libisal-dev, nlohmann-json3-dev, pkg-config")
set(CPACK_COMPONENT_LIBANTLER-DEV_DESCRIPTION
    "antler trains neural networks, and predicts with them, natively on a CPU. It
speaks Keras's API, and reads and writes Keras's own files.
This package holds the static library, its headers, and what CMake's
find_package and pkg-config need to find them.")

# Debian's policy asks each package for who may copy it and for what changed, gzipped without a time.
foreach(package antler libantler-dev)
  install(FILES cmake/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${package})
  install(CODE "
    execute_process(COMMAND gzip -9 -n -c ${PROJECT_SOURCE_DIR}/CHANGELOG.md COMMAND_ERROR_IS_FATAL ANY
                    OUTPUT_FILE ${PROJECT_BINARY_DIR}/changelog.gz)" COMPONENT ${package})
  install(FILES ${PROJECT_BINARY_DIR}/changelog.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${package})
endforeach()

include(CPack)
