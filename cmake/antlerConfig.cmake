# For find_package(antler): defines antler::antler, after what it needs itself.

include(${CMAKE_CURRENT_LIST_DIR}/AntlerDependencies.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/antlerTargets.cmake)
