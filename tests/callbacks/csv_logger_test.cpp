// Bytes as Keras 3.15.1 writes them.
#include "antler/callbacks/csv_logger.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/callbacks/fake_model.h"
#include "tests/core/temporary_folder.h"

namespace antler::callbacks {
namespace {

void log(const std::filesystem::path& path, const CSVLoggerOptions& options, const std::string& name,
         const std::vector<double>& values) {
  CSVLogger callback(path, options);
  FakeModel model;
  train(callback, model, name, values);
}

TEST(CSVLogger, WritesALineAnEpoch) {
  const TemporaryFolder folder;
  log(folder / "log.csv", {}, "val_loss", {0.25, 1e-5});
  EXPECT_EQ(folder.read("log.csv"), "epoch,accuracy,loss,val_loss\r\n0,0.5,1.0,0.25\r\n1,0.5,1.0,1e-05\r\n");
}

TEST(CSVLogger, KeepsColumnsForValidationThatHasNotRunYet) {
  const TemporaryFolder folder;
  log(folder / "log.csv", {.separator = ';'}, "zz", {NAN});
  EXPECT_EQ(folder.read("log.csv"),
            "epoch;accuracy;loss;zz;val_accuracy;val_loss;val_zz\r\n0;0.5;1.0;nan;NA;NA;NA\r\n");
}

TEST(CSVLogger, AppendsWithoutAnotherHeader) {
  const TemporaryFolder folder;
  log(folder / "log.csv", {.append = true}, "val_loss", {0.25});
  log(folder / "log.csv", {.append = true}, "val_loss", {0.5});
  EXPECT_EQ(folder.read("log.csv"), "epoch,accuracy,loss,val_loss\r\n0,0.5,1.0,0.25\r\n0,0.5,1.0,0.5\r\n");
}

TEST(CSVLogger, SaysWhenItCannotWrite) {
  const TemporaryFolder folder;
  EXPECT_THROW(log(folder / "missing" / "log.csv", {}, "val_loss", {1}), Error);
}

}  // namespace
}  // namespace antler::callbacks
