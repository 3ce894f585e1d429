// Tables of numbers in CSV files (RFC 4180), plain or gzipped.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/input_file.h"
#include "antler/core/tensor.h"

namespace antler {

/// Text from a file as an error may show it: in quotes, short, and printable.
std::string shown(std::string_view text);

struct CsvTable {
  std::vector<std::string> header;
  Tensor values;  ///< (rows, columns)
};

/// Reads a table whose first line is a header and whose fields are all finite numbers. Understands gzip (told
/// by content, not name), CRLF, a missing last newline, blank lines at the end, quotes and a UTF-8 byte order
/// mark. Throws Error naming the file, and the row (the first below the header is row 1) and column where it
/// applies.
CsvTable read_csv(const std::filesystem::path& path);

/// A CSV file in memory with its rows counted, but not read yet: for callers that know better than one tensor
/// where the numbers belong.
class CsvFile {
 public:
  /// Is given row 0, 1, ... and its numbers, which are gone when it returns.
  using UseRow = std::function<void(int64_t row, std::span<const float> values)>;

  /// Throws Error when there is no such file, header or row.
  explicit CsvFile(const std::filesystem::path& path);

  const std::vector<std::string>& header() const { return header_; }
  int64_t rows() const { return rows_; }
  int64_t columns() const { return static_cast<int64_t>(header_.size()); }

  /// Calls `use` once for every row, on all threads at the same time and so in no set order. Throws Error for
  /// the first row, from the top, that is not made of columns() numbers or for which `use` throws.
  void for_each_row(const UseRow& use) const;

  /// "train.csv: row 3, column 'pixel4'", for row 2 and column 5, counted from 0: how errors begin.
  std::string place(int64_t row, int64_t column) const;

 private:
  // Neighbouring lines that one thread reads.
  struct Part {
    const char* begin;
    const char* end;
    int64_t first_row;
  };

  void cut_into_parts(std::string_view body);
  void read_part(const Part& part, const UseRow& use) const;
  [[noreturn]] void explain(const char* line, const char* end, int64_t row) const;

  std::string name_;
  Bytes bytes_;
  std::vector<std::string> header_;
  std::vector<Part> parts_;
  int64_t rows_ = 0;
};

}  // namespace antler
