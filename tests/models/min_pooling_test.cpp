#include "antler/models/min_pooling.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"

namespace antler {
namespace {

using namespace layers;

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(MinPooling, GivesTheMinimumOfEachWindow) {
  Sequential model({MinPooling2D({.input_shape = {2, 4, 1}})});
  EXPECT_THAT(model.predict(Tensor({1, 2, 4, 1}, {4, 3, 8, 7, 2, 5, 6, 9})).span(), ElementsAre(2, 6));
}

TEST(MinPooling, GivesTheMinimumOfEachWindowOfASequence) {
  Sequential model({MinPooling1D({.pool_size = 3, .strides = 1, .input_shape = {5, 1}})});
  EXPECT_THAT(model.predict(Tensor({1, 5, 1}, {4, 3, 8, 7, -2})).span(), ElementsAre(3, 3, -2));
}

TEST(MinPooling, NeverTakesPaddingForTheMinimum) {
  Sequential model(
      {MinPooling2D({.pool_size = 2, .strides = 2, .padding = "same", .input_shape = {3, 3, 1}})});
  EXPECT_THAT(model.predict(Tensor({1, 3, 3, 1}, {9, 8, 7, 6, 5, 4, 3, 2, 1})).span(),
              ElementsAre(5, 4, 2, 1));
}

// With mean squared error against 0, half of the loss's gradient is the minimum itself, and all of it goes to
// the one bias that the smallest of the four values has.
TEST(MinPooling, GivesItsGradientToTheMinimum) {
  const Symbol x = Input({1, 1, 1});
  const Symbol four = Reshape({2, 2, 1})(Conv2D(4, {.kernel_size = 1, .name = "four"})(x));
  Model model({x}, {Flatten()(MinPooling2D()(four))});
  Layer conv = model.get_layer("four");
  conv.set_weights({Tensor({1, 1, 1, 4}), Tensor({4}, {3, 2, 5, 4})});
  model.compile({.optimizer = optimizers::SGD({.learning_rate = 0.125}), .loss = "mse"});
  model.fit(Tensor({1, 1, 1, 1}), Tensor({1, 1}), {.verbose = 0});
  EXPECT_THAT(conv.get_weights()[1].span(), ElementsAre(3, 1.5, 5, 4));
}

TEST(MinPooling, IsNamedAsALayerOfKerasWouldBe) {
  const Sequential model({Input({8, 8, 1}), MinPooling2D(), MinPool2D(), MinPooling2D({.name = "last"})});
  EXPECT_EQ(model.layers()[0].name(), "min_pooling2d");
  EXPECT_EQ(model.layers()[1].name(), "min_pooling2d_1");
  EXPECT_EQ(model.layers()[2].name(), "last");
}

TEST(MinPooling, ShowsInASummaryWhatItIsMadeOf) {
  const Sequential model({Input({8, 8, 1}), MinPooling2D()});
  EXPECT_THAT(model.summary_text(), HasSubstr("min_pooling2d (Sequential)"));
  EXPECT_THAT(model.summary_text({.expand_nested = true}), HasSubstr("└ max_pooling2d"));
}

TEST(MinPooling, RefusesWhatMaxPoolingRefuses) {
  EXPECT_THAT([] { MinPooling2D({.pool_size = 0}); }, ThrowsMessage<Error>(HasSubstr("pool_size")));
}

}  // namespace
}  // namespace antler
