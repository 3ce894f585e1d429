#include "antler/data/npy_header.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "antler/core/error.h"

namespace antler {
namespace {

// Reads the few Python literals that a header is made of; whatever does not fit ends in fail().
class HeaderParser {
 public:
  HeaderParser(std::string_view text, std::string_view where) : rest_(text), where_(where) {}

  NpyHeader parse() {
    std::optional<std::string> descr;
    std::optional<bool> fortran_order;
    std::optional<Shape> shape;
    expect('{');
    while (!accept('}')) {
      const std::string key = string();
      expect(':');
      if (key == "descr" && !descr) {
        descr = string();
      } else if (key == "fortran_order" && !fortran_order) {
        fortran_order = boolean();
      } else if (key == "shape" && !shape) {
        shape = tuple();
      } else {
        fail();
      }
      if (!accept(',') && peek() != '}') fail();
    }
    if (!descr || !fortran_order || !shape || peek() != '\0') fail();
    return {*descr, *fortran_order, *shape};
  }

 private:
  [[noreturn]] void fail() const {
    throw Error("{}: the .npy header is not one of a plain numeric array that NumPy would write", where_);
  }

  // The next character that is no blank; '\0' at the end.
  char peek() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size()));
    return rest_.empty() ? '\0' : rest_.front();
  }

  bool accept(char letter) {
    if (peek() != letter || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void expect(char letter) {
    if (!accept(letter)) fail();
  }

  std::string string() {
    const char quote = peek();
    if (quote != '\'' && quote != '"') fail();
    const size_t end = rest_.find(quote, 1);
    if (end == std::string_view::npos) fail();
    std::string value(rest_.substr(1, end - 1));
    rest_.remove_prefix(end + 1);
    return value;
  }

  bool boolean() {
    const bool value = peek() == 'T';
    const std::string_view word = value ? "True" : "False";
    if (!rest_.starts_with(word)) fail();
    rest_.remove_prefix(word.size());
    return value;
  }

  Shape tuple() {
    std::vector<int64_t> extents;
    expect('(');
    while (!accept(')')) {
      extents.push_back(extent());
      const bool comma = accept(',');
      if (!comma && (peek() != ')' || extents.size() == 1)) fail();
    }
    if (extents.size() > Shape::max_rank) {
      throw Error("{}: has {} axes; at most {} are supported", where_, extents.size(), Shape::max_rank);
    }
    return Shape(extents);
  }

  int64_t extent() {
    int64_t value = 0;
    if (peek() < '0' || peek() > '9') fail();
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc()) fail();
    rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
    return value;
  }

  std::string_view rest_;
  std::string_view where_;
};

}  // namespace

NpyHeader parse_npy_header(std::string_view text, std::string_view where) {
  return HeaderParser(text, where).parse();
}

std::string format_npy_header(const NpyHeader& header) {
  constexpr std::string_view preamble{"\x93NUMPY\x01\x00", 8};
  constexpr size_t unit = 64;
  // NumPy leaves room for an array to grow in place, until its first extent (or last, in Fortran order) has
  // as many digits.
  constexpr size_t growth_digits = 21;
  std::string dict = fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}", header.descr,
                                 header.fortran_order ? "True" : "False", header.shape.to_string());
  if (header.shape.rank() > 0) {
    const int growing = header.fortran_order ? -1 : 0;
    dict.append(growth_digits - std::to_string(header.shape[growing]).size(), ' ');
  }
  const size_t length_size = 2;
  const size_t unpadded = preamble.size() + length_size + dict.size() + 1;
  dict.append(unit - unpadded % unit, ' ');  // as NumPy does: a whole unit where none is needed
  dict += '\n';
  const char length[] = {static_cast<char>(dict.size() & 0xFF), static_cast<char>(dict.size() >> 8)};
  return std::string(preamble).append(length, sizeof length).append(dict);
}

}  // namespace antler
