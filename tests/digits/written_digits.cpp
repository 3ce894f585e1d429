#include "tests/digits/written_digits.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/random.h"
#include "tests/cli/small_data.h"

namespace antler::digits {
namespace {

constexpr int64_t side = 112;

struct Point {
  float x, y;
};
using Stroke = std::vector<Point>;

const Json& all_strokes() {
  static const Json strokes = Json::parse(std::ifstream(STROKES_JSON));
  return strokes;
}

// How one writer writes: drawn from a seed.
class Hand {
 public:
  explicit Hand(uint64_t seed) : random_(seed, stream_of("hand")) {}

  float between(float low, float high) { return low + (high - low) * random_.uniform(next_++); }

 private:
  RandomStream random_;
  uint64_t next_ = 0;
};

std::vector<Stroke> strokes_of(int digit, Hand& hand) {
  const float angle = hand.between(-0.2F, 0.2F);
  const float slant = hand.between(-0.2F, 0.25F);
  const float width = hand.between(0.8F, 1.15F);
  const float height = hand.between(0.85F, 1.1F);
  std::vector<Stroke> strokes;
  for (const Json& points : all_strokes()[std::to_string(digit)]) {
    Stroke stroke;
    for (const Json& point : points) {
      const float y = (point[1].get<float>() - 0.5F) * height;
      const float x = (point[0].get<float>() - 0.5F) * width - slant * y;
      stroke.push_back(
          {.x = 0.5F + x * std::cos(angle) - y * std::sin(angle) + hand.between(-0.015F, 0.015F),
           .y = 0.5F + x * std::sin(angle) + y * std::cos(angle) + hand.between(-0.015F, 0.015F)});
    }
    strokes.push_back(std::move(stroke));
  }
  return strokes;
}

float distance(Point p, Point a, Point b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float length = std::max(dx * dx + dy * dy, 1e-12F);
  const float along = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0F, 1.0F);
  return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

void draw(GreyPicture& picture, Point a, Point b, float pen) {
  const auto pixel = [](float at) { return std::clamp<int64_t>(std::lround(at * side), 0, side); };
  for (int64_t row = pixel(std::min(a.y, b.y) - pen); row < pixel(std::max(a.y, b.y) + pen); ++row) {
    for (int64_t column = pixel(std::min(a.x, b.x) - pen); column < pixel(std::max(a.x, b.x) + pen);
         ++column) {
      const Point centre{.x = (static_cast<float>(column) + 0.5F) / side,
                         .y = (static_cast<float>(row) + 0.5F) / side};
      const float inside = (pen / 2.0F - distance(centre, a, b)) * side + 0.5F;
      uint8_t& shade = picture.shades[static_cast<size_t>(row * side + column)];
      shade = std::max(shade, static_cast<uint8_t>(std::clamp(inside, 0.0F, 1.0F) * 255.0F));
    }
  }
}

}  // namespace

GreyPicture written_digit(int digit, uint64_t seed) {
  Hand hand(seed);
  GreyPicture picture{.width = side, .height = side, .shades = std::vector<uint8_t>(side * side)};
  const float pen = hand.between(0.055F, 0.095F);
  for (const Stroke& stroke : strokes_of(digit, hand)) {
    for (size_t i = 1; i < stroke.size(); ++i) draw(picture, stroke[i - 1], stroke[i], pen);
  }
  return picture;
}

Digits written_digits(int64_t count, uint64_t seed) {
  Digits digits{.images = Tensor({count, 28, 28, 1}), .labels = Tensor({count})};
  for (int64_t row = 0; row < count; ++row) {
    const int digit = static_cast<int>(row % 10);
    const Tensor image = centred_digit(written_digit(digit, seed * 1000003 + static_cast<uint64_t>(row)));
    std::ranges::copy(image.span(), digits.images.data() + row * image.size());
    digits.labels[row] = static_cast<float>(digit);
  }
  return digits;
}

std::string written_csv(const Digits& digits) {
  std::string csv = digit_header(true);
  for (int64_t row = 0; row < digits.labels.size(); ++row) {
    csv += std::to_string(static_cast<int>(digits.labels[row]));
    for (int64_t pixel = 0; pixel < 784; ++pixel)
      csv += fmt::format(",{}", std::lround(digits.images[row * 784 + pixel] * 255.0F));
    csv += '\n';
  }
  return csv;
}

}  // namespace antler::digits
