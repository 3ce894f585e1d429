# What every target of the project shares.

set(ANTLER_SANITIZE "" CACHE STRING "Sanitizers to build with: address, undefined, thread, or address,undefined")

include(AntlerDependencies)

find_program(ANTLER_CCACHE ccache)
if(ANTLER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${ANTLER_CCACHE})
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
  gtest_discover_tests(${target} TEST_PREFIX "${room}/" DISCOVERY_TIMEOUT 60)
endfunction()
