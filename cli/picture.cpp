#include "cli/picture.h"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <cmath>
#include <memory>

#include "antler/core/error.h"
#include "antler/core/output_file.h"

namespace antler::cli {
namespace {

constexpr double scale = 2.0;  // pixels for each unit of the image: sharp on today's screens
constexpr double largest = 16384.0;

template <auto free>
struct Free {
  template <typename Object>
  void operator()(Object* object) const {
    free(object);
  }
};
using Handle = std::unique_ptr<RsvgHandle, Free<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, Free<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Free<cairo_destroy>>;

Handle parsed(const std::string& svg) {
  GError* error = nullptr;
  Handle handle(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (handle) return handle;
  const std::string reason = error != nullptr ? error->message : "unknown";
  g_clear_error(&error);
  throw Error("librsvg cannot read the image: {}", reason);
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

std::string png(const std::string& svg) {
  const Handle handle = parsed(svg);
  double width = 0.0;
  double height = 0.0;
  if (rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &width, &height) == 0)
    throw Error("the image says no size in pixels");
  width = std::ceil(width * scale);
  height = std::ceil(height * scale);
  if (width > largest || height > largest)
    throw Error("the image has {:.0f} x {:.0f} pixels, a .png at most {:.0f} across; expected .svg", width,
                height, largest);
  const Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(width), static_cast<int>(height)));
  const Context context(cairo_create(surface.get()));
  const RsvgRectangle all{.x = 0.0, .y = 0.0, .width = width, .height = height};
  std::string bytes;
  if (rsvg_handle_render_document(handle.get(), context.get(), &all, nullptr) == 0 ||
      cairo_surface_write_to_png_stream(surface.get(), append, &bytes) != CAIRO_STATUS_SUCCESS)
    throw Error("librsvg cannot draw the image");
  return bytes;
}

}  // namespace

void check_picture(const std::filesystem::path& path) {
  if (path.extension() == ".svg" || path.extension() == ".png") return;
  throw Error("{}: a picture is written as .svg or .png, not as '{}'", path.string(),
              path.extension().string());
}

void write_picture(const std::filesystem::path& path, const std::string& svg) {
  check_picture(path);
  write_file(path, path.extension() == ".png" ? png(svg) : svg);
}

}  // namespace antler::cli
