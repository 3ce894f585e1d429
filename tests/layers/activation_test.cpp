#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::FloatEq;
using testing::FloatNear;
using testing::Pointwise;

// Of keras.activations 3.15.1 at -3, -0.4, 0, 0.4 and 3.
struct Expected {
  std::string name;
  std::vector<float> values;
};

const std::vector<Expected> expected = {
    {"celu", {-0.95021296F, -0.32967997F, 0.0F, 0.40000001F, 3.0F}},
    {"elu", {-0.95021296F, -0.32967997F, 0.0F, 0.40000001F, 3.0F}},
    {"exponential", {0.049787067F, 0.67032003F, 1.0F, 1.4918247F, 20.085537F}},
    {"gelu", {-0.0040496956F, -0.13783132F, 0.0F, 0.26216871F, 2.9959502F}},
    {"hard_shrink", {-3.0F, 0.0F, 0.0F, 0.0F, 3.0F}},
    {"hard_sigmoid", {0.0F, 0.43333331F, 0.5F, 0.56666666F, 1.0F}},
    {"hard_silu", {-0.0F, -0.17333333F, 0.0F, 0.22666667F, 3.0F}},
    {"hard_tanh", {-1.0F, -0.40000001F, 0.0F, 0.40000001F, 1.0F}},
    {"leaky_relu", {-0.60000002F, -0.080000006F, 0.0F, 0.40000001F, 3.0F}},
    {"linear", {-3.0F, -0.40000001F, 0.0F, 0.40000001F, 3.0F}},
    {"log_sigmoid", {-3.0485873F, -0.91301525F, -0.69314718F, -0.51301527F, -0.048587352F}},
    {"log_softmax", {-6.148345F, -3.5483449F, -3.1483448F, -2.7483447F, -0.14834476F}},
    {"mish", {-0.14564747F, -0.18891649F, 0.0F, 0.28903055F, 2.9865351F}},
    {"relu", {0.0F, 0.0F, 0.0F, 0.40000001F, 3.0F}},
    {"relu6", {0.0F, 0.0F, 0.0F, 0.40000001F, 3.0F}},
    {"selu", {-1.6705687F, -0.57961011F, 0.0F, 0.42028043F, 3.1521029F}},
    {"sigmoid", {0.047425874F, 0.40131232F, 0.5F, 0.59868771F, 0.95257413F}},
    {"silu", {-0.14227763F, -0.16052493F, 0.0F, 0.23947509F, 2.8577223F}},
    {"soft_shrink", {-2.5F, 0.0F, 0.0F, 0.0F, 2.5F}},
    {"softmax", {0.0021370165F, 0.028772226F, 0.042923119F, 0.064033769F, 0.86213392F}},
    {"softplus", {0.048587352F, 0.51301527F, 0.69314718F, 0.91301525F, 3.0485873F}},
    {"softsign", {-0.75F, -0.2857143F, 0.0F, 0.2857143F, 0.75F}},
    {"sparse_plus", {0.0F, 0.090000004F, 0.25F, 0.48999998F, 3.0F}},
    {"sparse_sigmoid", {0.0F, 0.30000001F, 0.5F, 0.69999999F, 1.0F}},
    {"squareplus", {0.30277562F, 0.81980389F, 1.0F, 1.2198039F, 3.3027756F}},
    {"tanh", {-0.99505472F, -0.37994897F, 0.0F, 0.37994897F, 0.99505472F}},
    {"tanh_shrink", {-2.0049453F, -0.020051032F, 0.0F, 0.020051032F, 2.0049453F}},
};

TEST(Activation, ComputesWhatKerasComputes) {
  const Tensor x({1, 5}, {-3.0F, -0.4F, 0.0F, 0.4F, 3.0F});
  for (const Expected& of : expected) {
    EXPECT_THAT(run_layer(Activation(of.name), x).span(), Pointwise(FloatNear(2e-6F), of.values)) << of.name;
  }
}

TEST(Activation, GivesOfWholeRowsWhatKerasGives) {
  const Tensor x({3, 4}, {3, 1, -4, 1, 0.5F, 0.9F, 0.2F, 0.6F, 0, 0, 0, 0});
  const Tensor gated = run_layer(Activation("glu"), x);
  EXPECT_EQ(gated.shape(), Shape({3, 2}));
  EXPECT_THAT(gated.span(),
              Pointwise(FloatNear(1e-6F), {0.0539586F, 0.731059F, 0.274917F, 0.581091F, 0.0F, 0.0F}));
  EXPECT_THAT(
      run_layer(Activation("sparsemax"), x).span(),
      Pointwise(FloatNear(1e-6F), std::vector<float>{1, 0, 0, 0, 0, 0, 0, 0, 0.25F, 0.25F, 0.25F, 0.25F}));
  EXPECT_THROW(run_layer(Activation("glu"), Tensor({1, 3})), Error);
}

TEST(Activation, KeepsTheShape) {
  EXPECT_EQ(shape_after(Activation("tanh"), {3, 4, 2}), Shape({3, 4, 2}));
}

TEST(Activation, IsWrittenByTheNameKerasGivesIt) {
  EXPECT_EQ(config_of(Activation("swish")), R"({"activation": "silu"})");
  EXPECT_EQ(config_of(Activation("")), R"({"activation": "linear"})");
  for (const Expected& of : expected)
    EXPECT_EQ(config_read_back(Activation(of.name)), config_of(Activation(of.name)));
}

TEST(Activation, ReadsAFunctionAsKeras3WritesIt) {
  const Layer layer = read_layer(
      "Activation", R"({"activation": {"module": "builtins", "class_name": "function", "config": "relu"}})");
  EXPECT_EQ(config_of(layer), R"({"activation": "relu"})");
}

TEST(Activation, RefusesWhatItDoesNotKnow) {
  EXPECT_THROW(Activation("threshold"), Error);  // which Keras cannot call without its two numbers
  EXPECT_THROW(Activation("Relu"), Error);
  EXPECT_THROW(read_layer("Activation", R"({"activation": 3})"), Error);
  EXPECT_THROW(read_layer("Activation", R"({"activation": {"class_name": "LeakyReLU", "config": {}}})"),
               Error);
}

TEST(Softmax, GivesProbabilitiesAlongItsAxis) {
  const Tensor x({1, 2, 2}, {0.0F, 1.0F, 0.0F, 3.0F});
  const float low = 1.0F / (1.0F + std::exp(2.0F));
  EXPECT_THAT(run_layer(Softmax(1), x).span(), Pointwise(FloatNear(1e-6F), {0.5F, low, 0.5F, 1.0F - low}));
  EXPECT_EQ(config_of(Softmax()), R"({"axis": -1})");
  EXPECT_EQ(config_read_back(Softmax(1)), config_of(Softmax(1)));
}

TEST(Softmax, RefusesTheBatchAxis) {
  EXPECT_THROW(build_layer(Softmax(0), {3}), Error);
  EXPECT_THROW(build_layer(Softmax(2), {3}), Error);
  EXPECT_THROW(read_layer("Softmax", R"({"axis": []})"), Error);
}

}  // namespace
}  // namespace antler::layers
