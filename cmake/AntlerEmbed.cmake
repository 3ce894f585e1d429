# Files that are part of a program.
#
# antler_embed(function FILE ...) has <function>.cpp written to the present binary directory, which defines what
# digits/embedded.h declares: each file under its name, or under what stands before a "=". The same file, run as a script,
# writes it.

function(antler_embed function)
  list(TRANSFORM ARGN REPLACE "^.*=" "" OUTPUT_VARIABLE paths)
  add_custom_command(
    OUTPUT ${function}.cpp
    COMMAND ${CMAKE_COMMAND} -D FUNCTION=${function} -D "FILES=${ARGN}" -P ${CMAKE_SOURCE_DIR}/cmake/AntlerEmbed.cmake
    DEPENDS ${paths} ${CMAKE_SOURCE_DIR}/cmake/AntlerEmbed.cmake
    VERBATIM)
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE)
  return()
endif()

set(arrays "")
set(rows "")
foreach(entry IN LISTS FILES)
  string(REGEX MATCH "^[^=]*" name "${entry}")
  string(REGEX REPLACE "^[^=]*=" "" file "${entry}")
  get_filename_component(name "${name}" NAME)
  list(LENGTH rows number)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "constexpr unsigned char file_${number}[] = {${bytes}};\n")
  list(APPEND rows "    {\"${name}\", text(file_${number})},\n")
endforeach()
list(JOIN rows "" rows)
file(WRITE "${FUNCTION}.cpp" "// Written by cmake/AntlerEmbed.cmake.
#include \"digits/embedded.h\"

namespace antler::digits {
namespace {

${arrays}
template <size_t size>
std::string_view text(const unsigned char (&bytes)[size]) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

std::span<const EmbeddedFile> ${FUNCTION}() {
  static const EmbeddedFile all[] = {
${rows}  };
  return all;
}

}  // namespace antler::digits
")
