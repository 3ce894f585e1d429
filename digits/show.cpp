#include "digits/show.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "antler/core/error.h"
#include "antler/data/rows.h"
#include "digits/dataset.h"
#include "digits/model_file.h"

namespace antler::digits {
namespace {

constexpr int64_t extent = 28;
constexpr int64_t gap = 2;

// Some digits of a file, and what models read in them.
struct Shown {
  Digits digits;
  std::optional<Tensor> probabilities;
  int64_t first;
};

Digits some_of(const Digits& digits, int64_t begin, int64_t end) {
  std::vector<int64_t> rows;
  for (int64_t row = begin; row < end; ++row) rows.push_back(row);
  const bool labelled = digits.labels.size() > 0;
  return {.images = gather_rows(digits.images, rows),
          .labels = labelled ? gather_rows(digits.labels, rows) : Tensor()};
}

std::string heading(const Shown& shown, int64_t row) {
  std::string text = fmt::format("row {}", shown.first + row);
  if (shown.digits.labels.size() > 0) text += fmt::format(": label {:.0f}", shown.digits.labels[row]);
  if (shown.probabilities) {
    const auto likely = shown.probabilities->span().subspan(static_cast<size_t>(row) * 10, 10);
    const auto best = std::ranges::max_element(likely);
    text += fmt::format("{}read as {} ({:.0f} %)", shown.digits.labels.size() > 0 ? ", " : ": ",
                        best - likely.begin(), *best * 100.0F);
  }
  return text;
}

// Digits `begin` up to `end` beside each other.
std::string line_of(const Shown& shown, int64_t begin, int64_t end, visual::PixelStyle style) {
  const int64_t width = style == visual::PixelStyle::blocks ? extent : 2 * extent;
  std::string text;
  for (int64_t row = begin; row < end; ++row) {
    text += row + 1 < end ? fmt::format("{:<{}}", heading(shown, row), width + gap) : heading(shown, row);
  }
  const auto pixels = shown.digits.images.span().subspan(
      static_cast<size_t>(begin * extent * extent), static_cast<size_t>((end - begin) * extent * extent));
  return text + "\n" + visual::draw_pixels(pixels, extent, extent, style, gap);
}

}  // namespace

std::string show_csv(const ShowOptions& options) {
  const Digits all = read_digits(options.csv, Labels::either);
  const int64_t rows = all.images.rows();
  if (options.first > rows)
    throw Error("{}: there are {} rows; expected a first row up to there, not {}", options.csv.string(), rows,
                options.first);
  const int64_t begin = options.first - 1;
  const int64_t end = begin + std::min(options.count, rows - begin);
  Shown shown{.digits = some_of(all, begin, end), .probabilities = {}, .first = options.first};
  if (!options.models.empty())
    shown.probabilities = predict_with_all(options.models, shown.digits.images, {}).probabilities;

  const int64_t width = options.style == visual::PixelStyle::blocks ? extent : 2 * extent;
  const int64_t beside = std::max<int64_t>((options.columns + gap) / (width + gap), 1);
  std::string text;
  for (int64_t at = 0; at < end - begin; at += beside) {
    text += line_of(shown, at, std::min(at + beside, end - begin), options.style);
  }
  return text;
}

}  // namespace antler::digits
