# cmake -D OUTPUT=web_files.cpp -D "FILES=index.html;chart.js=/usr/share/.../chart.min.js;..." -P AntlerEmbed.cmake
# Writes the source that holds the files of a page: each under its name, or under what stands before a "=".

set(types html text/html css text/css js text/javascript svg image/svg+xml)
set(arrays "")
set(rows "")
set(number 0)
foreach(entry IN LISTS FILES)
  string(REGEX MATCH "^[^=]*" name "${entry}")
  string(REGEX REPLACE "^[^=]*=" "" file "${entry}")
  get_filename_component(name "${name}" NAME)
  string(REGEX MATCH "[a-z]+$" ending "${name}")
  list(FIND types "${ending}" at)
  math(EXPR at "${at} + 1")
  list(GET types ${at} type)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "constexpr unsigned char file_${number}[] = {${bytes}};\n")
  set(path "/${name}")
  if(name STREQUAL "index.html")
    set(path "/")
  endif()
  string(APPEND rows "    {\"${path}\", \"${type}\", text(file_${number})},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}" "// Written by cmake/AntlerEmbed.cmake.
#include \"digits/server/web_files.h\"

namespace antler::digits::server {
namespace {

${arrays}
template <size_t size>
std::string_view text(const unsigned char (&bytes)[size]) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

std::span<const WebFile> web_files() {
  static const WebFile all[] = {
${rows}  };
  return all;
}

}  // namespace antler::digits::server
")
