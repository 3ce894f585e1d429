# What every target of the project shares.

set(ANTLER_SANITIZE "" CACHE STRING "Sanitizers to build with: address, undefined, thread, or address,undefined")

include(AntlerDependencies)

find_program(ANTLER_CCACHE ccache)
if(ANTLER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # What ccache asks for, to keep objects that were compiled with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${ANTLER_CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    add_compile_options(-fpch-preprocess)
  endif()
endif()

function(antler_compile_options target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wsuggest-override)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 sees overlaps in "text" + std::string() that are none: https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651
    target_compile_options(${target} PRIVATE -Wno-restrict)
  endif()
  if(ANTLER_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(ANTLER_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${ANTLER_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
    if(ANTLER_SANITIZE MATCHES "address.*undefined")
      # These checks take more than a third of the time to compile. What they find is a crash in any case (a null reference), is
      # found by AddressSanitizer once memory is touched (an object's end, a pointer beyond it), needs a cast that the project has
      # none of (another dynamic type), or is for the ubsan preset, which has them all (a pointer that is not aligned).
      target_compile_options(${target} PRIVATE -fno-sanitize=alignment,null,object-size,pointer-overflow,vptr)
    endif()
    # Public: whoever links the static library needs the sanitizer's run-time library too.
    target_link_options(${target} PUBLIC -fsanitize=${ANTLER_SANITIZE})
  endif()
endfunction()

# antler_test(room source...): a GoogleTest program of one room's tests.
function(antler_test room)
  set(target ${room}_test)
  add_executable(${target} ${ARGN})
  antler_compile_options(${target})
  target_compile_options(${target} PRIVATE -O0)  # compiled more often than run: half the time of an optimised build
  target_link_libraries(${target} PRIVATE antler GTest::gmock GTest::gtest_main)
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
  if(room STREQUAL core)  # the first of them
    target_precompile_headers(core_test PRIVATE <gmock/gmock.h> <gtest/gtest.h> <nlohmann/json.hpp>)
  else()
    target_precompile_headers(${target} REUSE_FROM core_test)
  endif()
  gtest_discover_tests(${target} TEST_PREFIX "${room}/" DISCOVERY_TIMEOUT 60)
endfunction()
