# A file's bytes as part of a program.

# embed_file(file name): writes <name>.cpp to the present binary directory, which defines
# `extern const std::string_view antler::embedded::<name>`.
function(embed_file file name)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [=[
#include <string_view>

namespace antler::embedded {
namespace {
constexpr unsigned char bytes[] = {@bytes@};
}  // namespace
extern const std::string_view @name@;
const std::string_view @name@(reinterpret_cast<const char*>(bytes), sizeof bytes);
}  // namespace antler::embedded
]=])
endfunction()
