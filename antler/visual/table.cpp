#include "antler/visual/table.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/visual/terminal.h"

namespace antler::visual {
namespace {

using Lines = std::vector<std::string>;

// Left end, line, crossing and right end of a rule, or of a row of text.
struct Rule {
  const char* left;
  const char* line;
  const char* cross;
  const char* right;
};
constexpr Rule top{"┏", "━", "┳", "┓"};
constexpr Rule head{"┃", " ", "┃", "┃"};
constexpr Rule under_head{"┡", "━", "╇", "┩"};
constexpr Rule row{"│", " ", "│", "│"};
constexpr Rule between{"├", "─", "┼", "┤"};
constexpr Rule bottom{"└", "─", "┴", "┘"};

std::string repeated(const char* text, int64_t times) {
  std::string all;
  for (int64_t i = 0; i < times; ++i) all += text;
  return all;
}

// A word with the spaces behind it, so that words put together are the text again.
Lines words_of(const std::string& text) {
  Lines words;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = text.find_first_not_of(' ', std::min(text.find(' ', begin), text.size()));
    words.push_back(text.substr(begin, end - begin));
    begin = std::min(end, text.size());
  }
  return words;
}

std::string without_end_spaces(const std::string& text) {
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

// rich's divide_line: a word goes to the next line when it does not fit, unless it is the first.
Lines wrapped(const std::string& text, int64_t width) {
  Lines lines{""};
  for (const std::string& word : words_of(text)) {
    const int64_t used = columns(lines.back());
    if (used + columns(without_end_spaces(word)) > width && used > 0) lines.emplace_back();
    lines.back() += word;
  }
  for (std::string& line : lines) line = without_end_spaces(line);
  return lines;
}

std::string padded(const std::string& line, const Table::Column& column) {
  const int64_t used = columns(line);
  if (used > column.width) return characters(line, 0, column.width - 1) + "…";
  const std::string space(static_cast<size_t>(column.width - used), ' ');
  return column.right ? space + line : line + space;
}

std::string draw(const Rule& rule, const std::vector<Table::Column>& table_columns) {
  std::string text = rule.left;
  for (const Table::Column& column : table_columns) {
    if (&column != &table_columns.front()) text += rule.cross;
    text += repeated(rule.line, column.width + 2);
  }
  return text + rule.right + "\n";
}

// Heads stand at the bottom of their row, other cells at its top.
std::string draw(const Rule& rule, const std::vector<Table::Column>& table_columns, const Lines& cells,
                 bool at_bottom) {
  std::vector<Lines> wrapped_cells;
  size_t height = 1;
  for (size_t i = 0; i < cells.size(); ++i) {
    wrapped_cells.push_back(wrapped(cells[i], table_columns[i].width));
    height = std::max(height, wrapped_cells.back().size());
  }
  std::string text;
  for (size_t line = 0; line < height; ++line) {
    text += rule.left;
    for (size_t i = 0; i < cells.size(); ++i) {
      const size_t above = at_bottom ? height - wrapped_cells[i].size() : 0;
      const bool has_line = line >= above && line - above < wrapped_cells[i].size();
      if (i > 0) text += rule.cross;
      text += fmt::format(" {} ", padded(has_line ? wrapped_cells[i][line - above] : "", table_columns[i]));
    }
    text += std::string(rule.right) + "\n";
  }
  return text;
}

}  // namespace

Table::Table(std::vector<Column> columns, int64_t width) : columns_(std::move(columns)) {
  constexpr int64_t around_cell = 3;  // a space on either side and a line
  int64_t excess = 1 - width;
  for (const Column& column : columns_) excess += column.width + around_cell;
  auto sharing = static_cast<int64_t>(columns_.size());
  for (Column& column : columns_) {
    if (excess <= 0) break;
    const auto share =
        static_cast<int64_t>(std::nearbyint(static_cast<double>(excess) / static_cast<double>(sharing--)));
    excess -= share;
    column.width = std::max<int64_t>(column.width - share, 1);
  }
}

void Table::add_row(std::vector<std::string> cells) {
  if (cells.size() != columns_.size()) {
    throw Error("a table row has {} cells; expected {}", cells.size(), columns_.size());
  }
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  Lines heads;
  for (const Column& column : columns_) heads.push_back(column.head);
  std::string text = draw(top, columns_) + draw(head, columns_, heads, true) + draw(under_head, columns_);
  for (const auto& cells : rows_) {
    if (&cells != &rows_.front()) text += draw(between, columns_);
    text += draw(row, columns_, cells, false);
  }
  return text + draw(bottom, columns_);
}

}  // namespace antler::visual
