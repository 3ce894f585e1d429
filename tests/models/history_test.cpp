#include "antler/models/history.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/models/fit_options.h"

namespace antler {
namespace {

TEST(History, CollectsTheEpochsByName) {
  History history;
  history.append(0, {{"accuracy", 0.5}, {"loss", 2.0}}, 1.5);
  history.append(1, {{"accuracy", 0.75}, {"loss", 1.0}}, 1.25);
  EXPECT_THAT(history["loss"], testing::ElementsAre(2.0, 1.0));
  EXPECT_TRUE(history.contains("accuracy"));
  EXPECT_FALSE(history.contains("val_loss"));
  EXPECT_THROW(history["val_loss"], Error);
}

TEST(History, IsWrittenAsKerasWritesItWithTheSecondsBeside) {
  History history;
  history.append(0, {{"accuracy", 0.5}, {"loss", 2.0}}, 1.5);
  EXPECT_EQ(dump_json(history.to_json()), R"({"accuracy": [0.5], "loss": [2.0], "seconds": [1.5]})");
}

TEST(TrainingProgress, ComesBackFromItsJson) {
  TrainingProgress progress{.epoch = 3, .batch = 2, .sums = {{0.5, 2.0}}};
  progress.history.append(0, {{"loss", 2.0}}, 1.5);
  EXPECT_EQ(TrainingProgress::from_json(progress.to_json()).to_json(), progress.to_json());
}

// fit() goes on from what a file says: a batch of -5 would be five batches before the data.
TEST(TrainingProgress, CountsFromZeroToWhatFits) {
  for (const char* json : {R"({"epoch": -1})", R"({"epoch": 4294967296})", R"({"epoch": 1e308})",
                           R"({"epoch": 1, "batch": -5})", R"({"epoch": 1, "batch": 9223372036854775807})"}) {
    EXPECT_THROW(TrainingProgress::from_json(parse_json(json, "test")), Error) << json;
  }
}

}  // namespace
}  // namespace antler
