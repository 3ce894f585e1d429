// CSV files with something wrong about them: one sentence says what, where, and nothing is written.
#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/cli/process.h"
#include "tests/cli/small_data.h"

namespace antler {
namespace {

struct BadCsv {
  const char* what;
  std::string bytes;
  std::vector<std::string> said;
};

std::string with_row(const std::string& row) {
  return digit_csv(2, true) + row + "\n" + digit_rows(1, true);
}

// A row of 785 numbers, all 1 but the one of `pixel`.
std::string row_with(int pixel, const std::string& value) {
  std::string row = "1";
  for (int i = 0; i < 784; ++i) row += "," + (i == pixel ? value : "1");
  return row;
}

std::string gzipped(const std::string& bytes) {
  const TemporaryFolder folder;
  gzFile file = gzopen((folder / "file").c_str(), "wb");
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
  return folder.read("file");
}

std::string half(const std::string& bytes) {
  return bytes.substr(0, bytes.size() / 2);
}

std::vector<BadCsv> bad_files() {
  return {
      {"Empty", "", {}},
      {"HeaderOnly", digit_header(true), {}},
      {"ShortRow", with_row("1,2,3"), {"row 3"}},
      {"LongRow", with_row(row_with(0, "1") + ",1"), {"row 3"}},
      {"Word", with_row(row_with(5, "black")), {"row 3", "pixel5"}},
      {"EmptyField", with_row(row_with(5, "")), {"row 3", "pixel5"}},
      {"NotANumber", with_row(row_with(5, "NaN")), {"row 3", "pixel5"}},
      {"Infinity", with_row(row_with(5, "inf")), {"row 3", "pixel5"}},
      {"Over255", with_row(row_with(5, "256")), {"row 3", "pixel5"}},
      {"Negative", with_row(row_with(5, "-1")), {"row 3", "pixel5"}},
      {"LabelTen", with_row("10" + row_with(0, "1").substr(1)), {"row 3", "label"}},
      {"HalfALabel", with_row("1.5" + row_with(0, "1").substr(1)), {"row 3", "label"}},
      {"OtherColumns", "a,b\n1,2\n", {}},
      {"NoLabels", digit_csv(2, false), {}},
      {"BinaryJunk", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", 18), {}},
      {"GzipCutShort", half(gzipped(digit_csv(20, true))), {}},
  };
}

class TrainOnBadCsv : public testing::TestWithParam<BadCsv> {};

TEST_P(TrainOnBadCsv, SaysInOneSentenceWhatIsWrongAndWhere) {
  const TemporaryFolder folder;
  folder.write("digits.csv", GetParam().bytes);
  folder.write("model.h5", "an old file");
  const Outcome outcome =
      antler_command(folder, {"digits", "train", "digits.csv", "-o", "model.h5", "--epochs", "1"});
  std::vector<std::string> said = GetParam().said;
  said.push_back("digits.csv");
  EXPECT_EQ(not_a_proper_failure(outcome, said), "");
  EXPECT_EQ(folder.read("model.h5"), "an old file");
  EXPECT_EQ(folder.files(), 2);
}

INSTANTIATE_TEST_SUITE_P(Command, TrainOnBadCsv, testing::ValuesIn(bad_files()),
                         [](const auto& test) { return test.param.what; });

TEST(DigitsTrain, NamesACsvThatIsNotThere) {
  const TemporaryFolder folder;
  const Outcome outcome = antler_command(folder, {"digits", "train", "nowhere.csv"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"nowhere.csv"}), "");
  EXPECT_EQ(folder.files(), 0);
}

TEST(DigitsPredict, KeepsTheOldSubmissionWhenARowIsBad) {
  const TemporaryFolder folder;
  write_digit_reader(folder, "model.h5");
  folder.write("test.csv", digit_csv(3, false) + "1,2,3\n");
  folder.write("out.csv", "an old file");
  const Outcome outcome =
      antler_command(folder, {"digits", "predict", "test.csv", "-m", "model.h5", "-o", "out.csv"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"test.csv", "row 4"}), "");
  EXPECT_EQ(folder.read("out.csv"), "an old file");
}

}  // namespace
}  // namespace antler
