#include "digits/dataset.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/data/csv.h"
#include "antler/data/idx.h"

namespace antler::digits {
namespace {

constexpr int64_t pixels = 28 * 28;
constexpr float brightest = 255.0F;
constexpr float largest_label = 9.0F;

// Bits of floats from 0 on are in the floats' order, and those of negative ones above them all.
bool is_integer_up_to(float largest, float value) {
  constexpr float no_fractions = 0x1p23F;  // from here on floats have none left, and round them away
  const bool in_range = std::bit_cast<uint32_t>(value) <= std::bit_cast<uint32_t>(largest);
  const bool whole = (value + no_fractions) - no_fractions == value;
  return in_range & whole;  // not &&: a branch would keep the compiler from making vectors of this
}

bool are_integers_up_to(float largest, std::span<const float> values) {
  int others = 0;
  for (float value : values) others += is_integer_up_to(largest, value) ? 0 : 1;
  return others == 0;
}

// True when the file has labels. `labels` tells what the header should be.
bool check_header(const CsvFile& file, const std::string& name, Labels labels) {
  const std::string expected = labels == Labels::required ? "label,pixel0,...,pixel783"
                               : labels == Labels::absent
                                   ? "pixel0,...,pixel783"
                                   : "pixel0,...,pixel783, with or without label before";
  const bool labelled = file.header().front() == "label";
  const bool unexpected = labelled ? labels == Labels::absent : labels == Labels::required;
  for (int64_t column = 0; column < file.columns(); ++column) {
    const int64_t pixel = column - (labelled ? 1 : 0);
    const std::string& found = file.header()[static_cast<size_t>(column)];
    if ((column == 0 && unexpected) || pixel == pixels ||
        (pixel >= 0 && found != fmt::format("pixel{}", pixel))) {
      throw Error("{}: column {} of the header is {}; expected the header {}", name, column + 1, shown(found),
                  expected);
    }
  }
  if (file.columns() < pixels + (labelled ? 1 : 0)) {
    throw Error("{}: the header has only {} columns; expected the header {}", name, file.columns(), expected);
  }
  return labelled;
}

// `values` with something wrong about them: says what comes first.
[[noreturn]] void refuse(const CsvFile& file, int64_t row, bool labelled, std::span<const float> values) {
  const bool bad_label = labelled && !is_integer_up_to(largest_label, values.front());
  const auto wrong =
      bad_label ? values.begin() : std::find_if(values.end() - pixels, values.end(), [](float value) {
        return !is_integer_up_to(brightest, value);
      });
  throw Error("{}: {} is no {}; expected an integer from 0 to {}", file.place(row, wrong - values.begin()),
              *wrong, bad_label ? "label" : "pixel", bad_label ? largest_label : brightest);
}

constexpr std::string_view idx_images = "-images-idx3-ubyte";
constexpr std::string_view idx_labels = "-labels-idx1-ubyte";

// Where the labels of a file of images are; nothing for a file of another kind.
std::optional<std::filesystem::path> labels_beside(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  const size_t at = name.find(idx_images);
  if (at == std::string::npos) return std::nullopt;
  return path.parent_path() / name.replace(at, idx_images.size(), idx_labels);
}

Tensor read_idx_images(const std::filesystem::path& path) {
  Tensor images = read_idx(path);
  const Shape& shape = images.shape();
  if (shape.rank() != 3 || shape[1] != 28 || shape[2] != 28 || shape[0] == 0) {
    throw Error("{}: has the shape {}; expected images, (samples, 28, 28)", path.string(), shape.to_string());
  }
  for (float& pixel : images.span()) pixel /= brightest;
  const Shape with_channel{shape[0], 28, 28, 1};
  return std::move(images).reshape(with_channel);
}

Tensor read_idx_labels(const std::filesystem::path& path, int64_t images) {
  Tensor labels = read_idx(path);
  if (labels.shape() != Shape({images})) {
    throw Error("{}: has the shape {}; expected a label for each of {} images", path.string(),
                labels.shape().to_string(), images);
  }
  if (!are_integers_up_to(largest_label, labels.span()))
    throw Error("{}: has labels above {}; expected 0 to {}", path.string(), largest_label, largest_label);
  return labels;
}

Digits read_idx_digits(const std::filesystem::path& path, const std::filesystem::path& label_path,
                       Labels labels) {
  Digits digits{.images = read_idx_images(path), .labels = Tensor(Shape{0})};
  const bool wanted = labels == Labels::required || (labels == Labels::either && exists(label_path));
  if (wanted) digits.labels = read_idx_labels(label_path, digits.images.rows());
  return digits;
}

}  // namespace

Digits read_digits(const std::filesystem::path& path, Labels labels) {
  if (const auto label_path = labels_beside(path)) return read_idx_digits(path, *label_path, labels);
  const CsvFile file(path);
  const bool labelled = check_header(file, path.string(), labels);
  Digits digits{.images = Tensor::uninitialized({file.rows(), 28, 28, 1}),
                .labels = Tensor::uninitialized({labelled ? file.rows() : 0})};
  file.for_each_row([&](int64_t row, std::span<const float> values) {
    const auto image = values.last(pixels);
    const auto label = values.first(values.size() - pixels);
    if (!are_integers_up_to(largest_label, label) || !are_integers_up_to(brightest, image)) {
      refuse(file, row, labelled, values);
    }
    if (labelled) digits.labels[row] = label.front();
    std::ranges::transform(image, digits.images.data() + row * pixels,
                           [](float pixel) { return pixel / brightest; });
  });
  return digits;
}

void write_digits(const std::filesystem::path& path, const Digits& digits) {
  fmt::memory_buffer text;
  fmt::format_to(std::back_inserter(text), "label");
  for (int64_t pixel = 0; pixel < pixels; ++pixel)
    fmt::format_to(std::back_inserter(text), ",pixel{}", pixel);
  for (int64_t row = 0; row < digits.images.rows(); ++row) {
    fmt::format_to(std::back_inserter(text), "\n{:.0f}", digits.labels[row]);
    for (int64_t pixel = 0; pixel < pixels; ++pixel)
      fmt::format_to(std::back_inserter(text), ",{}",
                     std::lround(digits.images[row * pixels + pixel] * brightest));
  }
  text.push_back('\n');
  write_file(path, {text.data(), text.size()});
}

void write_submission(const std::filesystem::path& path, std::span<const int> labels) {
  fmt::memory_buffer text;
  fmt::format_to(std::back_inserter(text), "ImageId,Label\n");
  size_t id = 0;
  for (int label : labels) fmt::format_to(std::back_inserter(text), "{},{}\n", ++id, label);
  write_file(path, {text.data(), text.size()});
}

}  // namespace antler::digits
