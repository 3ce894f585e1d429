# What `cmake --install` installs beside the command: the library and its headers, and a package for find_package(antler).

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/antler)
install(TARGETS antler EXPORT antlerTargets)
install(DIRECTORY antler/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/antler FILES_MATCHING PATTERN "*.h")
install(EXPORT antlerTargets NAMESPACE antler:: DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/antlerConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/antlerConfigVersion.cmake cmake/antlerConfig.cmake cmake/AntlerDependencies.cmake
        DESTINATION ${package_dir})
