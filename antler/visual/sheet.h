// Small pictures with words below each, as SVG.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace antler::visual {

struct Picture {
  /// 0 to 1, row by row from the top; values beyond are cut.
  std::vector<float> brightness;
  std::string caption;
};

/// Pictures of `height` by `width` pixels in rows of `columns`.
struct Sheet {
  std::string title;  ///< for those who cannot see it
  int64_t height = 28;
  int64_t width = 28;
  int64_t columns = 8;
  std::vector<Picture> pictures;
};

/// A whole SVG file. What is bright is drawn dark, as ink on paper, in 16 shades. Throws Error when a picture
/// has another number of pixels, or there is none.
std::string svg(const Sheet& sheet);

}  // namespace antler::visual
