#include "digits/show.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "antler/core/error.h"
#include "antler/visual/sheet.h"
#include "digits/dataset.h"
#include "digits/model_file.h"

namespace antler::digits {
namespace {

constexpr int64_t extent = 28;
constexpr int64_t gap = 2;
constexpr int64_t sheet_columns = 8;

// What models read in a digit.
struct Reading {
  int digit = 0;
  float certainty = 0.0F;
};

// Some digits of a file, and what was read in each where it was asked.
struct Shown {
  SelectedDigits some;
  std::vector<Reading> readings = {};

  int64_t count() const { return static_cast<int64_t>(some.rows.size()); }
  bool labelled() const { return some.digits.labels.size() > 0; }
  std::span<const float> pixels(int64_t begin, int64_t end) const {
    return some.digits.images.span().subspan(static_cast<size_t>(begin * extent * extent),
                                             static_cast<size_t>((end - begin) * extent * extent));
  }
};

std::vector<Reading> read_with(const std::vector<std::filesystem::path>& models, const Tensor& images) {
  const Tensor probabilities = predict_with_all(models, images, {}).probabilities;
  std::vector<Reading> readings;
  for (int64_t row = 0; row < images.rows(); ++row) {
    const auto likely = probabilities.span().subspan(static_cast<size_t>(row) * 10, 10);
    const auto best = std::ranges::max_element(likely);
    readings.push_back({.digit = static_cast<int>(best - likely.begin()), .certainty = *best});
  }
  return readings;
}

Shown part_of(const Shown& all, const std::vector<int64_t>& numbers) {
  Shown part{.some = some_of(all.some, numbers)};
  if (all.readings.empty()) return part;
  for (int64_t number : numbers) part.readings.push_back(all.readings[static_cast<size_t>(number)]);
  return part;
}

Shown wrong_of(const Shown& all) {
  std::vector<int64_t> wrong;
  const auto reading = [&](int64_t number) { return all.readings[static_cast<size_t>(number)]; };
  for (int64_t number = 0; number < all.count(); ++number) {
    if (static_cast<float>(reading(number).digit) != all.some.digits.labels[number]) wrong.push_back(number);
  }
  std::ranges::stable_sort(wrong, std::greater(), [&](int64_t number) { return reading(number).certainty; });
  return wrong.empty() ? Shown{} : part_of(all, wrong);
}

std::vector<int64_t> numbers_of(const ShowOptions& options, int64_t there_are) {
  if (options.first > there_are)
    throw Error("{}: there are {} {}; expected a first one up to there, not {}", options.csv.string(),
                there_are, options.wrong ? "digits read wrong" : "rows", options.first);
  std::vector<int64_t> numbers;
  for (int64_t number = options.first - 1; number < there_are; ++number) {
    if (static_cast<int64_t>(numbers.size()) == options.count) break;
    numbers.push_back(number);
  }
  return numbers;
}

Shown shown(const ShowOptions& options) {
  const Labels labels = options.wrong ? Labels::required : Labels::either;
  Shown all{.some = select(read_digits(options.csv, labels), options.selection)};
  if (options.wrong) {
    all.readings = read_with(options.models, all.some.digits.images);
    all = wrong_of(all);
    if (all.count() == 0) return all;
  }
  Shown some = part_of(all, numbers_of(options, all.count()));
  if (!options.wrong && !options.models.empty())
    some.readings = read_with(options.models, some.some.digits.images);
  return some;
}

std::string heading(const Shown& shown, int64_t number) {
  std::string text = fmt::format("row {}", shown.some.rows[static_cast<size_t>(number)] + 1);
  if (shown.labelled()) text += fmt::format(": label {:.0f}", shown.some.digits.labels[number]);
  if (!shown.readings.empty()) {
    const Reading& reading = shown.readings[static_cast<size_t>(number)];
    text += fmt::format("{}read as {} ({:.0f} %)", shown.labelled() ? ", " : ": ", reading.digit,
                        reading.certainty * 100.0F);
  }
  return text;
}

// Digits `begin` up to `end` beside each other.
std::string line_of(const Shown& shown, int64_t begin, int64_t end, visual::PixelStyle style) {
  const int64_t width = style == visual::PixelStyle::blocks ? extent : 2 * extent;
  std::string text;
  for (int64_t number = begin; number < end; ++number) {
    text += number + 1 < end ? fmt::format("{:<{}}", heading(shown, number), width + gap)
                             : heading(shown, number);
  }
  return text + "\n" + visual::draw_pixels(shown.pixels(begin, end), extent, extent, style, gap);
}

std::string caption(const Shown& shown, int64_t number) {
  std::string text = shown.labelled() ? fmt::format("{:.0f}", shown.some.digits.labels[number]) : "";
  if (shown.readings.empty()) return text;
  const Reading& reading = shown.readings[static_cast<size_t>(number)];
  return fmt::format("{}{}read as {}, {:.0f} %", text, text.empty() ? "" : " ", reading.digit,
                     reading.certainty * 100.0F);
}

}  // namespace

std::string show_csv(const ShowOptions& options) {
  const Shown digits = shown(options);
  if (digits.count() == 0) return "All digits are read as their labels say.\n";
  const int64_t width = options.style == visual::PixelStyle::blocks ? extent : 2 * extent;
  const int64_t beside = std::max<int64_t>((options.columns + gap) / (width + gap), 1);
  std::string text;
  for (int64_t at = 0; at < digits.count(); at += beside)
    text += line_of(digits, at, std::min(at + beside, digits.count()), options.style);
  return text;
}

std::string sheet_of_csv(const ShowOptions& options) {
  const Shown digits = shown(options);
  if (digits.count() == 0)
    throw Error("{}: all digits are read as their labels say; there is nothing to draw",
                options.csv.string());
  visual::Sheet sheet{.title = fmt::format("Digits of {}", options.csv.filename().string()),
                      .height = extent,
                      .width = extent,
                      .columns = sheet_columns,
                      .pictures = {}};
  for (int64_t number = 0; number < digits.count(); ++number) {
    const auto pixels = digits.pixels(number, number + 1);
    sheet.pictures.push_back(
        {.brightness = {pixels.begin(), pixels.end()}, .caption = caption(digits, number)});
  }
  return visual::svg(sheet);
}

}  // namespace antler::digits
