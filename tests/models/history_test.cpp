#include "antler/models/history.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

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

}  // namespace
}  // namespace antler
