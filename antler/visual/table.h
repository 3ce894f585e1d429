// A table in box-drawing characters, as Python's rich draws it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace antler::visual {

/// Heads in heavy lines, rows in light ones, a line between rows:
///
///     ┏━━━━━━━━━━━━━━━━━┳━━━━━━━━━┓
///     ┃ Layer (type)    ┃ Param # ┃
///     ┡━━━━━━━━━━━━━━━━━╇━━━━━━━━━┩
///     │ conv2d (Conv2D) │     320 │
///     └─────────────────┴─────────┘
///
/// Cells wrap at spaces; a word that is wider than its column ends in "…".
class Table {
 public:
  struct Column {
    std::string head;
    /// Of the cells' text, before the table is cut to its own width.
    int64_t width = 1;
    bool right = false;
  };

  /// `width` is that of the whole table, lines included; columns too wide for it all give up as much.
  Table(std::vector<Column> columns, int64_t width);

  /// One cell a column; throws Error otherwise.
  void add_row(std::vector<std::string> cells);
  /// All of it, with an end of line after each.
  std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace antler::visual
