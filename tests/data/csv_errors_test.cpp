#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/data/csv.h"
#include "tests/core/temporary_folder.h"

namespace antler {
namespace {

// What an Error says behind the name of the file.
std::string complaint(const std::string& bytes) {
  const TemporaryFolder folder;
  folder.write("file.csv", bytes);
  try {
    read_csv(folder / "file.csv");
  } catch (const Error& error) {
    const std::string text = error.what();
    const std::string name = (folder / "file.csv").string() + ": ";
    return text.starts_with(name) ? text.substr(name.size()) : "no file named: " + text;
  }
  return "nothing";
}

TEST(CsvError, SaysWhenAFileIsEmpty) {
  EXPECT_EQ(complaint(""), "is empty; expected a header and rows of numbers");
  EXPECT_EQ(complaint("\xEF\xBB\xBF\r\n\n"), "is empty; expected a header and rows of numbers");
}

TEST(CsvError, SaysWhenThereAreNoRows) {
  EXPECT_EQ(complaint("a,b\n"), "has a header but no rows below it; expected rows of numbers");
  EXPECT_EQ(complaint("a,b\r\n\r\n"), "has a header but no rows below it; expected rows of numbers");
}

TEST(CsvError, SaysWhenAFileIsNoText) {
  EXPECT_EQ(complaint(std::string("\0\1\2", 3)),
            "begins with bytes that are no text; expected the header of a CSV file");
}

TEST(CsvError, CountsTheFieldsOfAShortOrLongRow) {
  EXPECT_EQ(complaint("a,b\n1,2\n3\n"), "row 2 has 1 fields; expected 2, as in the header");
  EXPECT_EQ(complaint("a,b\n1,2,3\n4,5\n"), "row 1 has 3 fields; expected 2, as in the header");
  EXPECT_EQ(complaint("a,b\n1,2\n\n4,5\n"), "row 2 has 0 fields; expected 2, as in the header");
  EXPECT_EQ(complaint("a,b\n1,2\n3,4,\n"), "row 2 has 3 fields; expected 2, as in the header");
}

TEST(CsvError, ShowsAFieldThatIsNoNumber) {
  EXPECT_EQ(complaint("a,b\n1,2\n3,four\n"),
            "row 2, column 'b': 'four' is no finite number; expected a finite number");
  EXPECT_EQ(complaint("a,b\n1x,2\n"),
            "row 1, column 'a': '1x' is no finite number; expected a finite number");
  EXPECT_EQ(complaint("a,b\n1 2,2\n"),
            "row 1, column 'a': '1 2' is no finite number; expected a finite number");
}

TEST(CsvError, RefusesNumbersThatAreNotFinite) {
  for (const std::string field :
       {"nan", "NaN", "inf", "-Infinity", "1e39", "1e999", "0x10", "--1", "+-1", "+"}) {
    EXPECT_EQ(complaint("a,b\n1," + field + "\n"),
              "row 1, column 'b': '" + field + "' is no finite number; expected a finite number");
  }
}

TEST(CsvError, TellsAnEmptyField) {
  EXPECT_EQ(complaint("a,b\n1,2\n,4\n"), "row 2, column 'a': the field is empty; expected a finite number");
}

TEST(CsvError, ShowsBytesThatCannotBePrintedByTheirNumbers) {
  EXPECT_EQ(complaint("a,b\n1,\xff\n"),
            "row 1, column 'b': '\\xff' is no finite number; expected a finite number");
}

TEST(CsvError, ShowsTheBeginningOfALongField) {
  EXPECT_EQ(
      complaint("a\n" + std::string(1000, 'x') + "\n"),
      "row 1, column 'a': '" + std::string(40, 'x') + "...' is no finite number; expected a finite number");
}

TEST(CsvError, NamesTheFirstBadRow) {
  std::string text = "a,b\n";
  for (int row = 1; row <= 1000; ++row) text += row >= 3 ? "1\n" : "1,2\n";
  EXPECT_EQ(complaint(text), "row 3 has 1 fields; expected 2, as in the header");
}

TEST(CsvError, FindsManyBlankLinesBeforeItAllocatesATable) {
  std::string text(900'000, ',');
  text += std::string(100'000, '\n') + "1";
  EXPECT_EQ(complaint(text), "row 1 has 0 fields; expected 900001, as in the header");
}

TEST(CsvError, RefusesTooManyColumns) {
  EXPECT_EQ(complaint(std::string(2'000'000, ',')), "has more than 1000000 columns");
}

TEST(CsvError, NamesAFileThatIsNotThere) {
  EXPECT_THAT(
      [] { read_csv("/nowhere/file.csv"); },
      ::testing::ThrowsMessage<Error>("/nowhere/file.csv: cannot be read: No such file or directory"));
}

}  // namespace
}  // namespace antler
