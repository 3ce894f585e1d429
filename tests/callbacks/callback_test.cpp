#include "antler/callbacks/callback.h"

#include <gtest/gtest.h>

#include "antler/callbacks/early_stopping.h"
#include "antler/callbacks/lambda_callback.h"

namespace antler::callbacks {
namespace {

class Silent : public Callback {};

class Watching : public Callback {
 public:
  void on_test_batch_end(Run& /*run*/, int64_t /*batch*/, const Logs& /*logs*/) override {}
};

class Private : public Callback {
  void on_test_batch_begin(Run& /*run*/, int64_t /*batch*/) override {}
};

class WatchingSilently : public Watching {};

TEST(ListedCallback, KnowsWhoLooksOnBetweenTestBatches) {
  EXPECT_FALSE(ListedCallback(std::make_shared<Callback>()).watches_test_batches());
  EXPECT_FALSE(ListedCallback(std::make_shared<Silent>()).watches_test_batches());
  EXPECT_FALSE(ListedCallback(std::make_shared<EarlyStopping>()).watches_test_batches());
  EXPECT_TRUE(ListedCallback(std::make_shared<Watching>()).watches_test_batches());
  EXPECT_TRUE(ListedCallback(std::make_shared<Private>()).watches_test_batches());
  EXPECT_TRUE(ListedCallback(std::make_shared<WatchingSilently>()).watches_test_batches());
  EXPECT_TRUE(
      ListedCallback(std::make_shared<LambdaCallback>(LambdaCallback::Functions())).watches_test_batches());
}

TEST(ListedCallback, TakesAClassItCannotSeeForAWatcher) {
  const std::shared_ptr<Callback> some = std::make_shared<Watching>();
  const std::shared_ptr<Silent> known = std::make_shared<Silent>();
  EXPECT_TRUE(ListedCallback(some).watches_test_batches());
  EXPECT_TRUE(ListedCallback(std::shared_ptr<Callback>(known)).watches_test_batches());
}

}  // namespace
}  // namespace antler::callbacks
