#include "antler/data/csv.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <exception>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "antler/data/csv_row.h"
#include "antler/data/gzip.h"

namespace antler {
namespace {

constexpr size_t most_columns = 1'000'000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_line_ends(std::string_view text) {
  return text.substr(0, text.find_last_not_of("\r\n") + 1);
}

int64_t count_line_ends(const char* text, const char* end) {
  int64_t count = 0;
  while ((text = static_cast<const char*>(std::memchr(text, '\n', static_cast<size_t>(end - text)))))
    ++count, ++text;
  return count;
}

// Takes the header off the front of `text`; its names may be quoted, and then hold commas and line ends.
std::vector<std::string> take_header(std::string_view& text, const std::string& where) {
  std::vector<std::string> names(1);
  bool in_quotes = false;
  size_t at = 0;
  for (; at < text.size() && (in_quotes || text[at] != '\n'); ++at) {
    const char letter = text[at];
    if (letter == '"') {
      // Two quotes within quotes stand for one: closing and opening again, the second adds it.
      if (!in_quotes && at > 0 && text[at - 1] == '"') names.back() += '"';
      in_quotes = !in_quotes;
    } else if (letter == ',' && !in_quotes) {
      if (names.size() == most_columns) throw Error("{}: has more than {} columns", where, most_columns);
      names.emplace_back();
    } else if (static_cast<unsigned char>(letter) >= ' ' || letter == '\t' || in_quotes) {
      names.back() += letter;
    } else if (letter != '\r') {
      throw Error("{}: begins with bytes that are no text; expected the header of a CSV file", where);
    }
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return names;
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr size_t longest = 40;
  std::string result = "'";
  for (const char letter : text.substr(0, longest)) {
    const auto byte = static_cast<unsigned char>(letter);
    result += std::isprint(byte) ? std::string(1, letter) : fmt::format("\\x{:02x}", byte);
  }
  return result + (text.size() > longest ? "...'" : "'");
}

CsvFile::CsvFile(const std::filesystem::path& path) : name_(path.string()), bytes_(read_unpacked(path)) {
  std::string_view text = without_line_ends(bytes_.text());
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (text.empty()) throw Error("{}: is empty; expected a header and rows of numbers", name_);
  header_ = take_header(text, name_);
  if (text.empty()) throw Error("{}: has a header but no rows below it; expected rows of numbers", name_);
  cut_into_parts(text);
  // Each field takes a character and a separator. A file too short for its rows gets its error here, before
  // anybody allocates memory for rows times columns.
  if (static_cast<int64_t>(text.size()) + 1 < 2 * rows_ * columns()) for_each_row([](int64_t, auto) {});
}

void CsvFile::cut_into_parts(std::string_view body) {
  const char* const end = body.data() + body.size();
  const auto count = static_cast<size_t>(thread_count());
  for (const char* begin = body.data(); begin < end;) {
    const char* cut = std::max(begin, body.data() + body.size() * (parts_.size() + 1) / count);
    cut = std::find(std::min(cut, end), end, '\n');
    cut += cut < end;
    parts_.push_back({begin, cut, 0});
    begin = cut;
  }
  std::vector<int64_t> lines(parts_.size());
  parallel_for(static_cast<int64_t>(parts_.size()), [&](int64_t first, int64_t last, int) {
    for (auto i = static_cast<size_t>(first); i < static_cast<size_t>(last); ++i) {
      lines[i] = count_line_ends(parts_[i].begin, parts_[i].end);
    }
  });
  for (size_t i = 0; i < parts_.size(); ++i) {
    parts_[i].first_row = rows_;
    rows_ += lines[i];
  }
  ++rows_;  // the last line has no line end any more
}

void CsvFile::for_each_row(const UseRow& use) const {
  std::vector<std::exception_ptr> failures(parts_.size());
  parallel_for(static_cast<int64_t>(parts_.size()), [&](int64_t first, int64_t last, int) {
    for (auto i = static_cast<size_t>(first); i < static_cast<size_t>(last); ++i) {
      try {
        read_part(parts_[i], use);
      } catch (...) {
        failures[i] = std::current_exception();
      }
    }
  });
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

void CsvFile::read_part(const Part& part, const UseRow& use) const {
  std::vector<float> values(header_.size());
  int64_t row = part.first_row;
  for (const char* line = part.begin; line < part.end; ++row) {
    const char* next = parse_csv_row(line, part.end, values);
    if (next == nullptr) explain(line, part.end, row);
    use(row, values);
    line = next;
  }
}

std::string CsvFile::place(int64_t row, int64_t column) const {
  return fmt::format("{}: row {}, column {}", name_, row + 1, shown(header_[static_cast<size_t>(column)]));
}

void CsvFile::explain(const char* line, const char* end, int64_t row) const {
  std::string_view rest(line, std::find(line, end, '\n'));
  rest = without_line_ends(rest);
  const auto fields = rest.empty() ? 0 : std::count(rest.begin(), rest.end(), ',') + 1;
  if (fields != columns()) {
    throw Error("{}: row {} has {} fields; expected {}, as in the header", name_, row + 1, fields, columns());
  }
  int64_t column = 0;
  for (; parse_csv_number(rest.substr(0, rest.find(','))); ++column) rest.remove_prefix(rest.find(',') + 1);
  const std::string_view field = rest.substr(0, rest.find(','));
  throw Error("{}: {}; expected a finite number", place(row, column),
              field.empty() ? "the field is empty" : shown(field) + " is no finite number");
}

CsvTable read_csv(const std::filesystem::path& path) {
  const CsvFile file(path);
  CsvTable table{file.header(), Tensor::uninitialized({file.rows(), file.columns()})};
  file.for_each_row([&](int64_t row, std::span<const float> values) {
    std::copy(values.begin(), values.end(), table.values.data() + row * file.columns());
  });
  return table;
}

}  // namespace antler
