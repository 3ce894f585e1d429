#include "cli/picture.h"

#include <cairo.h>
#include <dlfcn.h>
#include <librsvg/rsvg.h>

#include <cmath>
#include <memory>

#include "antler/core/error.h"
#include "antler/core/output_file.h"

namespace antler::cli {
namespace {

constexpr double scale = 2.0;  // pixels for each unit of the image: sharp on today's screens
constexpr double largest = 16384.0;

// librsvg, and the libraries behind it, from the moment that a .png is wanted: they are larger than all of
// the rest, and would be loaded by every run of the command.
class Librsvg {
 public:
  Librsvg() : library_(dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL)) {
    if (library_ == nullptr)
      throw Error("a .png is drawn by librsvg, which is not there ({}); expected .svg", dlerror());
  }

  /// A function of it, or of a library that it loads, by the name and the type that its header gives.
  template <typename Function>
  Function* find(const char* name) const {
    void* found = dlsym(library_, name);
    if (found == nullptr) throw Error("librsvg-2.so.2 has no {}", name);
    return reinterpret_cast<Function*>(found);
  }

 private:
  void* library_;  // stays: what it registered of itself cannot be taken back
};

// An object of a C library, and how it is given back.
template <typename Object>
using Owned = std::unique_ptr<Object, void (*)(Object*)>;

Owned<RsvgHandle> parsed(const Librsvg& rsvg, const std::string& svg) {
  // Its object is of GLib's kind, which is given back without a type.
  static decltype(g_object_unref)* unref = nullptr;
  unref = rsvg.find<decltype(g_object_unref)>("g_object_unref");
  const auto parse = rsvg.find<decltype(rsvg_handle_new_from_data)>("rsvg_handle_new_from_data");
  Owned<RsvgHandle> handle(parse(reinterpret_cast<const guint8*>(svg.data()), svg.size(), nullptr),
                           [](RsvgHandle* object) { unref(object); });
  if (!handle) throw Error("librsvg cannot read the image");
  return handle;
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

std::string drawn(const Librsvg& rsvg, RsvgHandle* handle, double width, double height) {
  const auto make_surface = rsvg.find<decltype(cairo_image_surface_create)>("cairo_image_surface_create");
  const auto make_context = rsvg.find<decltype(cairo_create)>("cairo_create");
  const auto render = rsvg.find<decltype(rsvg_handle_render_document)>("rsvg_handle_render_document");
  const auto write =
      rsvg.find<decltype(cairo_surface_write_to_png_stream)>("cairo_surface_write_to_png_stream");
  const Owned<cairo_surface_t> surface(
      make_surface(CAIRO_FORMAT_ARGB32, static_cast<int>(width), static_cast<int>(height)),
      rsvg.find<decltype(cairo_surface_destroy)>("cairo_surface_destroy"));
  const Owned<cairo_t> context(make_context(surface.get()),
                               rsvg.find<decltype(cairo_destroy)>("cairo_destroy"));
  const RsvgRectangle all{.x = 0.0, .y = 0.0, .width = width, .height = height};
  std::string bytes;
  if (render(handle, context.get(), &all, nullptr) == 0 ||
      write(surface.get(), append, &bytes) != CAIRO_STATUS_SUCCESS)
    throw Error("librsvg cannot draw the image");
  return bytes;
}

std::string png(const std::string& svg) {
  const Librsvg rsvg;
  const Owned<RsvgHandle> handle = parsed(rsvg, svg);
  const auto size = rsvg.find<decltype(rsvg_handle_get_intrinsic_size_in_pixels)>(
      "rsvg_handle_get_intrinsic_size_in_pixels");
  double width = 0.0;
  double height = 0.0;
  if (size(handle.get(), &width, &height) == 0) throw Error("the image says no size in pixels");
  width = std::ceil(width * scale);
  height = std::ceil(height * scale);
  if (width > largest || height > largest)
    throw Error("the image has {:.0f} x {:.0f} pixels, a .png at most {:.0f} across; expected .svg", width,
                height, largest);
  return drawn(rsvg, handle.get(), width, height);
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
