#include "digits/handwriting.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "antler/core/parallel.h"
#include "antler/core/random.h"
#include "digits/skeletons.h"

namespace antler::digits {
namespace {

constexpr int64_t side = 112;
constexpr float edge = 0.02F;  // of the page, that stays free
constexpr int lines_between_points = 6;

/// Draws of one writer, one after another.
class Draws {
 public:
  Draws(uint64_t seed, uint64_t number) : random_(seed, stream_of("handwriting"), number) {}

  float between(float low, float high) { return low + (high - low) * random_.uniform(next_++); }
  size_t below(size_t count) { return random_.bits(next_++) % count; }

 private:
  RandomStream random_;
  uint64_t next_ = 0;
};

/// How a writer turns a teacher's strokes into those of his own, and what he writes them with.
struct Hand {
  explicit Hand(Draws& draws)
      : height(draws.between(0.35F, 0.85F)),
        width(draws.between(0.7F, 1.25F)),
        slant(draws.between(-0.2F, 0.45F)),
        angle(draws.between(-0.17F, 0.17F)),
        bend(draws.between(-0.4F, 0.4F)),
        miss(draws.between(0.005F, 0.035F)),
        pen(draws.between(0.035F, 0.085F)),
        pressure(draws.between(0.0F, 0.25F)),
        pressed_at(draws.between(0.0F, 2.0F * std::numbers::pi_v<float>)) {}

  float height;      ///< of the digit, as a share of the page
  float width;       ///< times the teacher's
  float slant;       ///< to the right for each unit upwards
  float angle;       ///< in radians
  float bend;        ///< of what should be straight
  float miss;        ///< by how much points are missed at most
  float pen;         ///< its width, as a share of the page
  float pressure;    ///< by what share the pen gets thicker and thinner
  float pressed_at;  ///< where it does so

  Point moved(Point point) const {
    constexpr float height_of_skeletons = 0.6F;
    const float y = point.y - 0.5F;
    const float x = (point.x - 0.5F) * width - slant * y + bend * y * y;
    const float scale = height / height_of_skeletons;
    return {.x = scale * (x * std::cos(angle) - y * std::sin(angle)),
            .y = scale * (x * std::sin(angle) + y * std::cos(angle))};
  }

  float pen_at(Point point) const {
    return pen * (1.0F + pressure * std::sin(6.0F * (point.x + point.y) + pressed_at));
  }
};

// A stroke that begins somewhat beside its place, and misses its points by a little.
Stroke written(const Stroke& stroke, const Hand& hand, Draws& draws) {
  const auto near = [&](Point point) {
    return Point{.x = point.x + draws.between(-hand.miss, hand.miss),
                 .y = point.y + draws.between(-hand.miss, hand.miss)};
  };
  const Point shift = near({});
  Stroke missed;
  for (size_t i = 0; i < stroke.size(); ++i) {
    const bool is_corner = i > 0 && stroke[i] == stroke[i - 1];
    const Point goal{.x = stroke[i].x + shift.x, .y = stroke[i].y + shift.y};
    missed.push_back(is_corner ? missed.back() : hand.moved(near(goal)));
  }
  return smooth(missed, lines_between_points);
}

struct Range {
  float low, high;

  float extent() const { return high - low; }
};

Range range_of(const Skeleton& strokes, float Point::*coordinate) {
  Range range{.low = strokes.front().front().*coordinate, .high = range.low};
  for (const Stroke& stroke : strokes) {
    for (const Point& point : stroke)
      range = {.low = std::min(range.low, point.*coordinate),
               .high = std::max(range.high, point.*coordinate)};
  }
  return range;
}

// Anywhere on the page where all of it has room, made smaller where it has none.
void place(Skeleton& strokes, const Hand& hand, Draws& draws) {
  const float margin = edge + hand.pen * (1.0F + hand.pressure) / 2.0F;
  const float room = 1.0F - 2.0F * margin;
  const Range x = range_of(strokes, &Point::x);
  const Range y = range_of(strokes, &Point::y);
  const float scale = std::min(1.0F, room / std::max(x.extent(), y.extent()));
  const float left = margin + draws.between(0.0F, room - scale * x.extent());
  const float top = margin + draws.between(0.0F, room - scale * y.extent());
  for (Stroke& stroke : strokes) {
    for (Point& point : stroke)
      point = {.x = left + scale * (point.x - x.low), .y = top + scale * (point.y - y.low)};
  }
}

float distance(Point p, Point a, Point b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float length = std::max(dx * dx + dy * dy, 1e-12F);
  const float along = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0F, 1.0F);
  return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

// A straight line with round ends, its edge smoothed.
void draw(GreyPicture& page, Point a, Point b, float pen) {
  const auto pixel = [](float at) {
    return std::clamp<int64_t>(static_cast<int64_t>(std::floor(at * side)), 0, side);
  };
  for (int64_t row = pixel(std::min(a.y, b.y) - pen); row < pixel(std::max(a.y, b.y) + pen); ++row) {
    for (int64_t column = pixel(std::min(a.x, b.x) - pen); column < pixel(std::max(a.x, b.x) + pen);
         ++column) {
      const Point centre{.x = (static_cast<float>(column) + 0.5F) / side,
                         .y = (static_cast<float>(row) + 0.5F) / side};
      const float inside = (pen / 2.0F - distance(centre, a, b)) * side + 0.5F;
      uint8_t& shade = page.shades[static_cast<size_t>(row * side + column)];
      shade = std::max(shade, static_cast<uint8_t>(std::clamp(inside, 0.0F, 1.0F) * 255.0F));
    }
  }
}

}  // namespace

GreyPicture written_page(int digit, uint64_t seed, uint64_t number) {
  Draws draws(seed, number);
  const std::vector<Skeleton>& ways = skeletons(digit);
  Skeleton strokes = ways[draws.below(ways.size())];
  const Hand hand(draws);
  for (Stroke& stroke : strokes) stroke = written(stroke, hand, draws);
  place(strokes, hand, draws);

  GreyPicture page{.width = side, .height = side, .shades = std::vector<uint8_t>(side * side)};
  for (const Stroke& stroke : strokes) {
    for (size_t i = 1; i < stroke.size(); ++i) draw(page, stroke[i - 1], stroke[i], hand.pen_at(stroke[i]));
  }
  return page;
}

Digits written_digits(int64_t count, uint64_t seed) {
  Digits digits{.images = Tensor::uninitialized({count, 28, 28, 1}), .labels = Tensor({count})};
  parallel_for(count, [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; ++row) {
      const int digit = static_cast<int>(row % 10);
      const Tensor image = centred_digit(written_page(digit, seed, static_cast<uint64_t>(row)));
      std::ranges::transform(image.span(), digits.images.data() + row * image.size(),
                             [](float ink) { return std::round(ink * 255.0F) / 255.0F; });
      digits.labels[row] = static_cast<float>(digit);
    }
  });
  return digits;
}

}  // namespace antler::digits
