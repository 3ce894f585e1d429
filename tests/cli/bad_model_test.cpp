// Model files with something wrong about them.
#include <gtest/gtest.h>

#include "tests/cli/process.h"
#include "tests/cli/small_data.h"

namespace antler {
namespace {

std::string replaced(std::string bytes, const std::string& old, const std::string& by) {
  const size_t at = bytes.find(old);
  if (at == std::string::npos || old.size() != by.size()) throw std::invalid_argument("nothing to replace");
  return bytes.replace(at, old.size(), by);
}

Outcome predict_digits(const TemporaryFolder& folder) {
  folder.write("test.csv", digit_csv(3, false));
  return antler_command(folder, {"digits", "predict", "test.csv", "-m", "model.h5"});
}

TEST(BadModel, ThatIsNotThereIsNamed) {
  const TemporaryFolder folder;
  EXPECT_EQ(not_a_proper_failure(antler_command(folder, {"summary", "model.h5"}), {"model.h5"}), "");
}

TEST(BadModel, ThatIsNotThereIsToldAsSuchWhateverItEndsIn) {
  const TemporaryFolder folder;
  for (const std::string name : {"model", "model.txt", "model.weights.h5"}) {
    EXPECT_EQ(not_a_proper_failure(antler_command(folder, {"summary", name}),
                                   {name + ": cannot be read: No such file"}),
              "");
  }
  EXPECT_EQ(not_a_proper_failure(antler_command(folder, {"summary", "."}), {"Is a directory"}), "");
}

TEST(BadModel, OfAnotherKindIsNamed) {
  const TemporaryFolder folder;
  folder.write("model.h5", "label,pixel0\n1,2\n");
  EXPECT_EQ(not_a_proper_failure(antler_command(folder, {"summary", "model.h5"}), {"model.h5"}), "");
}

TEST(BadModel, OfNoBytesIsNamed) {
  const TemporaryFolder folder;
  folder.write("model.h5", "");
  EXPECT_EQ(not_a_proper_failure(antler_command(folder, {"summary", "model.h5"}), {"model.h5"}), "");
}

TEST(BadModel, CutShortIsNamed) {
  const TemporaryFolder folder;
  write_digit_reader(folder, "model.h5");
  const std::string whole = folder.read("model.h5");
  folder.write("model.h5", std::string_view(whole).substr(0, whole.size() / 2));
  EXPECT_EQ(not_a_proper_failure(predict_digits(folder), {"model.h5"}), "");
  EXPECT_FALSE(folder.has("mnist_output.csv"));
}

TEST(BadModel, WithALambdaIsRefusedByTheLayersName) {
  const TemporaryFolder folder;
  write_digit_reader(folder, "model.h5");
  // The class's name and its quote are as long as Lambda's with a space, so that the file stays whole.
  folder.write("model.h5", replaced(folder.read("model.h5"), "\"class_name\": \"Flatten\"",
                                    "\"class_name\":  \"Lambda\""));
  EXPECT_EQ(not_a_proper_failure(predict_digits(folder), {"model.h5", "flatten", "Lambda"}), "");
}

TEST(BadModel, OfOtherImagesIsNoDigitReader) {
  const TemporaryFolder folder;
  small_classifier({32, 32, 3}, 10).save(folder / "model.h5");
  EXPECT_EQ(
      not_a_proper_failure(predict_digits(folder), {"model.h5", "(None, 32, 32, 3)", "(None, 28, 28, 1)"}),
      "");
  EXPECT_FALSE(folder.has("mnist_output.csv"));
}

TEST(BadModel, OfOtherClassesIsNoDigitReader) {
  const TemporaryFolder folder;
  small_classifier({28, 28, 1}, 26).save(folder / "model.h5");
  EXPECT_EQ(not_a_proper_failure(predict_digits(folder), {"model.h5", "(None, 26)", "(None, 10)"}), "");
}

TEST(BadModel, CannotBeGoneOnWithWhenItWasNeverTrained) {
  const TemporaryFolder folder;
  write_digit_reader(folder, "model.h5");
  const std::string before = folder.read("model.h5");
  folder.write("train.csv", digit_csv(20, true));
  const Outcome outcome = antler_command(folder, {"digits", "train", "-o", "model.h5", "--resume"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"model.h5"}), "");
  EXPECT_EQ(folder.read("model.h5"), before);
}

}  // namespace
}  // namespace antler
