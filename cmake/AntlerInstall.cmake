# What `cmake --install` installs, in two components that become Debian packages (AntlerPackage.cmake): the command, with its
# completion; the library and its headers, found by find_package(antler) and by pkg-config.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/antler)
install(TARGETS antler EXPORT antlerTargets COMPONENT libantler-dev)
install(DIRECTORY antler/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/antler COMPONENT libantler-dev FILES_MATCHING PATTERN "*.h")
install(EXPORT antlerTargets NAMESPACE antler:: DESTINATION ${package_dir} COMPONENT libantler-dev)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/antlerConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/antlerConfigVersion.cmake cmake/antlerConfig.cmake cmake/AntlerDependencies.cmake
        DESTINATION ${package_dir} COMPONENT libantler-dev)

# Written as it is installed: only then the prefix is known.
install(CODE "
  set(PROJECT_DESCRIPTION \"${PROJECT_DESCRIPTION}\")
  set(PROJECT_VERSION ${PROJECT_VERSION})
  set(CMAKE_INSTALL_LIBDIR ${CMAKE_INSTALL_LIBDIR})
  set(CMAKE_INSTALL_INCLUDEDIR ${CMAKE_INSTALL_INCLUDEDIR})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/antler.pc.in ${PROJECT_BINARY_DIR}/antler.pc @ONLY)"
        COMPONENT libantler-dev)
install(FILES ${PROJECT_BINARY_DIR}/antler.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT libantler-dev)

install(TARGETS antler_cli COMPONENT antler)
install(FILES ${PROJECT_BINARY_DIR}/cli/completion.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME antler COMPONENT antler)
