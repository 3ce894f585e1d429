# What `cmake --install` installs, in two components that become Debian packages (AntlerPackage.cmake): the command, with its
# completion and manual page; the library and its headers, found by find_package(antler) and by pkg-config.

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

# Where shells and `man` look. Debian's zsh has a folder for packages, and another for what is installed by hand.
set(written ${PROJECT_BINARY_DIR}/cli)
install(FILES ${written}/completion.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME antler COMPONENT antler)
install(FILES ${written}/completion.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME antler.fish COMPONENT antler)
install(CODE "
  if(CMAKE_INSTALL_PREFIX MATCHES \"/usr$\")
    set(zsh_folder vendor-completions)
  else()
    set(zsh_folder site-functions)
  endif()
  file(INSTALL ${written}/completion.zsh DESTINATION \${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/zsh/\${zsh_folder} RENAME _antler)"
        COMPONENT antler)
install(CODE "
  execute_process(COMMAND gzip -9 -n -c ${written}/antler.1 COMMAND_ERROR_IS_FATAL ANY OUTPUT_FILE ${written}/antler.1.gz)"
        COMPONENT antler)
install(FILES ${written}/antler.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT antler)
