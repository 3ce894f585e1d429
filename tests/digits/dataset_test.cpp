#include "digits/dataset.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/cli/small_data.h"
#include "tests/core/temporary_folder.h"
#include "tests/data/gzipped.h"

namespace antler::digits {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::EndsWith;
using testing::gzipped;

Digits digits_of(const std::string& bytes, Labels labels) {
  const TemporaryFolder folder;
  folder.write("digits.csv", bytes);
  return read_digits(folder / "digits.csv", labels);
}

// What an Error says behind the name of the file.
std::string complaint(const std::string& bytes, Labels labels = Labels::required) {
  const TemporaryFolder folder;
  folder.write("digits.csv", bytes);
  try {
    read_digits(folder / "digits.csv", labels);
  } catch (const Error& error) {
    const std::string text = error.what();
    const std::string name = (folder / "digits.csv").string() + ": ";
    return text.starts_with(name) ? text.substr(name.size()) : "no file named: " + text;
  }
  return "nothing";
}

// A row of 784 pixels, all 1 but one.
std::string row_with(int pixel, const std::string& value, const std::string& label = "3") {
  std::string row = label;
  for (int i = 0; i < 784; ++i) row += "," + (i == pixel ? value : "1");
  return row + "\n";
}

std::string third_row(const std::string& row) {
  return digit_csv(2, true) + row + digit_rows(1, true);
}

std::string without_labels(const std::string& rows) {
  std::string result;
  for (size_t begin = 0; begin < rows.size();) {
    const size_t end = rows.find('\n', begin) + 1;
    const size_t pixels = rows.find(',', begin) + 1;
    result += rows.substr(pixels, end - pixels);
    begin = end;
  }
  return result;
}

// MNIST's own files: `count` images of pixels 0, 51, 102, ... and the labels 0, 1, ...
void write_idx(const TemporaryFolder& folder, int count, int labels, bool packed) {
  const auto big_endian = [](int value) { return std::string{'\0', '\0', '\0', static_cast<char>(value)}; };
  std::string images = std::string("\0\0\x08\x03", 4) + big_endian(count) + big_endian(28) + big_endian(28);
  for (int i = 0; i < count * 784; ++i) images += static_cast<char>(i % 6 * 51);
  std::string all_labels = std::string("\0\0\x08\x01", 4) + big_endian(labels);
  for (int i = 0; i < labels; ++i) all_labels += static_cast<char>(i);
  const std::string ending = packed ? ".gz" : "";
  folder.write("train-images-idx3-ubyte" + ending, packed ? gzipped(images) : images);
  folder.write("train-labels-idx1-ubyte" + ending, packed ? gzipped(all_labels) : all_labels);
}

TEST(ReadDigits, TakesMnistsOwnFilesPlainAndGzipped) {
  for (const bool packed : {false, true}) {
    const TemporaryFolder folder;
    write_idx(folder, 3, 3, packed);
    const auto path = folder / (packed ? "train-images-idx3-ubyte.gz" : "train-images-idx3-ubyte");
    const Digits digits = read_digits(path, Labels::required);
    EXPECT_EQ(digits.images.shape(), Shape({3, 28, 28, 1}));
    EXPECT_THAT(digits.images.span().first(3), ElementsAre(0.0F, 51.0F / 255.0F, 102.0F / 255.0F));
    EXPECT_THAT(digits.labels.span(), ElementsAre(0.0F, 1.0F, 2.0F));
    EXPECT_EQ(read_digits(path, Labels::absent).labels.size(), 0);
  }
}

TEST(ReadDigits, WantsALabelForEachImageOfMnistsFiles) {
  const TemporaryFolder folder;
  write_idx(folder, 3, 2, false);
  EXPECT_THROW(read_digits(folder / "train-images-idx3-ubyte", Labels::required), Error);
  std::filesystem::remove(folder / "train-labels-idx1-ubyte");
  EXPECT_THROW(read_digits(folder / "train-images-idx3-ubyte", Labels::required), Error);
  EXPECT_EQ(read_digits(folder / "train-images-idx3-ubyte", Labels::either).images.rows(), 3);
}

TEST(ReadDigits, GivesImagesAndLabels) {
  const Digits digits = digits_of(digit_csv(12, true), Labels::required);
  EXPECT_EQ(digits.images.shape(), Shape({12, 28, 28, 1}));
  EXPECT_EQ(digits.labels.shape(), Shape({12}));
  EXPECT_THAT(digits.labels.span(), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1));
}

TEST(ReadDigits, DividesEachPixelAsNumpyDoes) {
  std::string rows = "7";
  for (int pixel = 0; pixel < 784; ++pixel) rows += "," + std::to_string(pixel % 256);
  const Digits digits = digits_of(digit_header(true) + rows + "\n", Labels::required);
  for (int pixel = 0; pixel < 784; ++pixel) {
    EXPECT_EQ(digits.images[pixel], static_cast<float>(pixel % 256) / 255.0F) << pixel;
  }
}

TEST(ReadDigits, LeavesTheLabelsOfAFileWithoutThemEmpty) {
  const Digits digits = digits_of(digit_csv(3, false), Labels::absent);
  EXPECT_EQ(digits.images.shape(), Shape({3, 28, 28, 1}));
  EXPECT_TRUE(digits.labels.empty());
}

TEST(ReadDigits, ReadsTheSameImagesWithLabelsOrWithout) {
  const std::string rows = digit_rows(5, true);
  const Digits labelled = digits_of(digit_header(true) + rows, Labels::either);
  const Digits plain = digits_of(digit_header(false) + without_labels(rows), Labels::either);
  EXPECT_THAT(plain.images.span(), ElementsAreArray(labelled.images.span()));
  EXPECT_EQ(labelled.labels.size(), 5);
  EXPECT_TRUE(plain.labels.empty());
}

TEST(ReadDigits, ReadsGzip) {
  const Digits plain = digits_of(digit_csv(5, true), Labels::required);
  const Digits packed = digits_of(gzipped(digit_csv(5, true)), Labels::required);
  EXPECT_THAT(packed.images.span(), ElementsAreArray(plain.images.span()));
  EXPECT_THAT(packed.labels.span(), ElementsAreArray(plain.labels.span()));
}

TEST(ReadDigits, SaysWhichColumnIsUnexpected) {
  EXPECT_EQ(complaint("a,b\n1,2\n"),
            "column 1 of the header is 'a'; expected the header label,pixel0,...,pixel783");
  EXPECT_EQ(complaint("label,pixel0,pixel2\n1,2,3\n"),
            "column 3 of the header is 'pixel2'; expected the header label,pixel0,...,pixel783");
}

TEST(ReadDigits, SaysWhenColumnsAreMissingOrTooMany) {
  EXPECT_EQ(complaint("label,pixel0,pixel1\n1,2,3\n"),
            "the header has only 3 columns; expected the header label,pixel0,...,pixel783");
  std::string header = digit_header(true);
  header.insert(header.size() - 1, ",pixel784");
  EXPECT_EQ(complaint(header + "1," + row_with(0, "1")),
            "column 786 of the header is 'pixel784'; expected the header label,pixel0,...,pixel783");
}

TEST(ReadDigits, RefusesAFileWithoutTheLabelsItNeeds) {
  EXPECT_EQ(complaint(digit_csv(2, false)),
            "column 1 of the header is 'pixel0'; expected the header label,pixel0,...,pixel783");
}

TEST(ReadDigits, RefusesAFileWithLabelsWhereNoneMayBe) {
  EXPECT_EQ(complaint(digit_csv(2, true), Labels::absent),
            "column 1 of the header is 'label'; expected the header pixel0,...,pixel783");
}

TEST(ReadDigits, SaysWhatIsWrongWithAHeaderThatMayHaveLabels) {
  EXPECT_EQ(
      complaint("a,b\n1,2\n", Labels::either),
      "column 1 of the header is 'a'; expected the header pixel0,...,pixel783, with or without label before");
}

TEST(ReadDigits, RefusesAShortOrLongRow) {
  EXPECT_EQ(complaint(third_row("1,2,3\n")), "row 3 has 3 fields; expected 785, as in the header");
  EXPECT_EQ(complaint(third_row("1," + row_with(0, "1"))),
            "row 3 has 786 fields; expected 785, as in the header");
}

TEST(ReadDigits, RefusesAPixelThatIsNoNumber) {
  EXPECT_EQ(complaint(third_row(row_with(5, "black"))),
            "row 3, column 'pixel5': 'black' is no finite number; expected a finite number");
  EXPECT_EQ(complaint(third_row(row_with(5, "NaN"))),
            "row 3, column 'pixel5': 'NaN' is no finite number; expected a finite number");
}

TEST(ReadDigits, RefusesAPixelThatIsNoBrightness) {
  for (const std::string value : {"256", "-1", "0.5", "254.99", "1e+30", "-1e+30"}) {
    EXPECT_EQ(complaint(third_row(row_with(783, value))),
              "row 3, column 'pixel783': " + value + " is no pixel; expected an integer from 0 to 255");
  }
}

TEST(ReadDigits, RefusesALabelThatIsNoDigit) {
  for (const std::string value : {"10", "-1", "1.5"}) {
    EXPECT_EQ(complaint(third_row(row_with(0, "1", value))),
              "row 3, column 'label': " + value + " is no label; expected an integer from 0 to 9");
  }
}

TEST(ReadDigits, NamesTheFirstBadRow) {
  EXPECT_THAT(complaint(digit_csv(20, true) + row_with(1, "300") + digit_rows(20, true) + row_with(0, "400")),
              EndsWith("row 21, column 'pixel1': 300 is no pixel; expected an integer from 0 to 255"));
}

TEST(ReadDigits, RefusesAFileWithoutRows) {
  EXPECT_EQ(complaint(digit_header(true)), "has a header but no rows below it; expected rows of numbers");
}

TEST(ReadDigits, RefusesAnEmptyFile) {
  EXPECT_EQ(complaint(""), "is empty; expected a header and rows of numbers");
}

TEST(ReadDigits, RefusesBinaryJunk) {
  EXPECT_EQ(complaint(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", 18)),
            "column 1 of the header is '\\x89PNG'; expected the header label,pixel0,...,pixel783");
}

TEST(ReadDigits, RefusesGzipCutShort) {
  const std::string packed = gzipped(digit_csv(20, true));
  EXPECT_EQ(complaint(packed.substr(0, packed.size() / 2)), "the gzip data is cut short");
}

TEST(ReadDigits, RefusesAFolder) {
  const TemporaryFolder folder;
  EXPECT_THAT([&] { read_digits(folder.path(), Labels::either); },
              ::testing::ThrowsMessage<Error>(EndsWith("cannot be read: Is a directory")));
}

TEST(ReadDigits, RefusesAFileThatIsNotThere) {
  const TemporaryFolder folder;
  EXPECT_THAT(
      [&] { read_digits(folder / "nowhere.csv", Labels::either); },
      ::testing::ThrowsMessage<Error>(EndsWith("nowhere.csv: cannot be read: No such file or directory")));
}

TEST(WriteSubmission, NumbersTheImagesFromOne) {
  const TemporaryFolder folder;
  write_submission(folder / "out.csv", std::vector<int>{2, 0, 9});
  EXPECT_EQ(folder.read("out.csv"), "ImageId,Label\n1,2\n2,0\n3,9\n");
}

TEST(WriteSubmission, ReportsAFullDisk) {
  EXPECT_THAT([] { write_submission("/dev/full", std::vector<int>{1}); },
              ::testing::ThrowsMessage<Error>("/dev/full: cannot be written: No space left on device"));
}

}  // namespace
}  // namespace antler::digits
