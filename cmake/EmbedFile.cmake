# A file's bytes as part of a program.

# embed_file(file name): writes <name>.cpp to the present binary directory, which defines
# `extern const std::string_view antler::embedded::<name>`.
function(embed_file file name)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${hex}")
  string(REGEX REPLACE "(................................................................................................)" "\\1\"\n\"" bytes "${bytes}")
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [=[
#include <string_view>

namespace antler::embedded {
extern const std::string_view @name@;
const std::string_view @name@("@bytes@", @size@);
}  // namespace antler::embedded
]=])
endfunction()
