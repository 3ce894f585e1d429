#include "antler/data/csv.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/core/temporary_folder.h"
#include "tests/core/threads.h"
#include "tests/data/gzipped.h"

namespace antler {
namespace {

using ::testing::ElementsAre;
using testing::gzipped;

CsvTable table_of(const std::string& bytes) {
  const TemporaryFolder folder;
  folder.write("file.csv", bytes);
  return read_csv(folder / "file.csv");
}

void expect_one_to_four(const std::string& bytes) {
  const CsvTable table = table_of(bytes);
  EXPECT_THAT(table.header, ElementsAre("a", "b"));
  EXPECT_EQ(table.values.shape(), Shape({2, 2}));
  EXPECT_THAT(table.values.span(), ElementsAre(1, 2, 3, 4));
}

TEST(Csv, ReadsRowsOfNumbers) {
  expect_one_to_four("a,b\n1,2\n3,4\n");
}

TEST(Csv, NeedsNoLineEndAtTheEnd) {
  expect_one_to_four("a,b\n1,2\n3,4");
}

TEST(Csv, ReadsTheLineEndsOfWindows) {
  expect_one_to_four("a,b\r\n1,2\r\n3,4\r\n");
}

TEST(Csv, IgnoresBlankLinesAtTheEnd) {
  expect_one_to_four("a,b\n1,2\n3,4\n\n\r\n\n");
}

TEST(Csv, IgnoresAByteOrderMark) {
  expect_one_to_four(
      "\xEF\xBB\xBF"
      "a,b\n1,2\n3,4\n");
}

TEST(Csv, ReadsQuotedFields) {
  expect_one_to_four("\"a\",\"b\"\n\"1\",2\n3,\"4\"\n");
}

TEST(Csv, ReadsBlanksAroundNumbers) {
  expect_one_to_four("a,b\n 1,2 \n3,\t4\n");
}

TEST(Csv, ReadsGzipOfOneOrSeveralMembers) {
  expect_one_to_four(gzipped("a,b\n1,2\n3,4\n"));
  expect_one_to_four(gzipped("a,b\n1,") + gzipped("2\n3,4\n"));
}

TEST(Csv, ReadsQuotesCommasAndLineEndsInAQuotedName) {
  EXPECT_THAT(table_of("\"a,\n\"\"b\"\"\",\"\",c\n1,2,3\n").header, ElementsAre("a,\n\"b\"", "", "c"));
}

TEST(Csv, ReadsNumbersInEverySpelling) {
  const CsvTable table = table_of("a,b,c,d,e,f,g,h\n-1,+2,0.5,.25,1e3,-1.5E-2,007,1234567.\n");
  EXPECT_THAT(table.values.span(), ElementsAre(-1, 2, 0.5F, 0.25F, 1000, -0.015F, 7, 1234567));
}

TEST(Csv, ReadsLongNumbersRoundedAsFloats) {
  const CsvTable table = table_of("a,b,c,d\n12345678,123456789012,0.1000000000000000055511,16777217\n");
  EXPECT_THAT(table.values.span(), ElementsAre(12345678.0F, 123456789012.0F, 0.1F, 16777216.0F));
}

TEST(Csv, ReadsOneColumn) {
  EXPECT_THAT(table_of("a\n1\n0\n3").values.span(), ElementsAre(1, 0, 3));
}

// Integers of one to seven digits and runs of zeros of every length, which have paths of their own.
std::vector<float> integers(int64_t count) {
  std::vector<float> values;
  int64_t number = 1;
  for (int64_t run = 0; static_cast<int64_t>(values.size()) < count; ++run) {
    values.insert(values.end(), static_cast<size_t>(run % 21), 0.0F);
    number = number * 7919 % 9'999'991;
    int64_t limit = 10;
    for (int64_t i = 0; i < run % 7; ++i) limit *= 10;
    values.push_back(static_cast<float>(number % limit));
  }
  values.resize(static_cast<size_t>(count));
  return values;
}

std::string csv_of(const std::vector<float>& values, int64_t columns, const std::string& line_end) {
  std::string text;
  for (int64_t column = 0; column < columns; ++column) text += column ? ",x" : "x";
  for (size_t i = 0; i < values.size(); ++i) {
    text += i % static_cast<size_t>(columns) ? "," : line_end;
    text += std::to_string(static_cast<int64_t>(values[i]));
  }
  return text;
}

TEST(Csv, ReadsIntegersOfEveryLengthInTablesOfEveryWidth) {
  for (int64_t columns = 1; columns < 40; ++columns) {
    const std::vector<float> values = integers(97 * columns);
    for (const char* line_end : {"\n", "\r\n"}) {
      const CsvTable table = table_of(csv_of(values, columns, line_end));
      EXPECT_EQ(table.values.shape(), Shape({97, columns}));
      EXPECT_THAT(table.values.span(), ::testing::ElementsAreArray(values)) << columns;
    }
  }
}

TEST(Csv, ReadsTheSameOnAnyNumberOfThreads) {
  const std::vector<float> values = integers(5 * 7);
  for (const int threads : {1, 2, 3, 16}) {
    const Threads set(threads);
    EXPECT_THAT(table_of(csv_of(values, 7, "\n")).values.span(), ::testing::ElementsAreArray(values));
  }
}

TEST(CsvFile, GivesEachRowOnce) {
  const TemporaryFolder folder;
  folder.write("file.csv", csv_of(integers(600), 2, "\n"));
  const CsvFile file(folder / "file.csv");
  std::vector<int> visits(static_cast<size_t>(file.rows()));
  file.for_each_row([&](int64_t row, std::span<const float>) { ++visits[static_cast<size_t>(row)]; });
  EXPECT_EQ(visits, std::vector<int>(300, 1));
}

TEST(CsvFile, ThrowsWhatItsUserThrowsForTheFirstRow) {
  const TemporaryFolder folder;
  folder.write("file.csv", csv_of(integers(600), 2, "\n"));
  const CsvFile file(folder / "file.csv");
  const auto refuse = [](int64_t row, std::span<const float>) {
    if (row >= 20) throw Error("row {}", row);
  };
  EXPECT_THAT([&] { file.for_each_row(refuse); }, ::testing::ThrowsMessage<Error>("row 20"));
}

}  // namespace
}  // namespace antler
