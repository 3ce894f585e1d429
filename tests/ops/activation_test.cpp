#include "antler/ops/activation.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>

#include "tests/core/threads.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAreArray;
using testing::Pointwise;
using Function = Activation::Function;

struct Parameters {
  float alpha = 0.0F;
  float threshold = 0.0F;
  float max_value = std::numeric_limits<float>::infinity();
};

Activation activation(Function function, const Parameters& parameters = {}) {
  Activation op;
  op.function = function;
  op.alpha = parameters.alpha;
  op.threshold = parameters.threshold;
  op.max_value = parameters.max_value;
  return op;
}

Tensor line(const std::vector<float>& values) {
  return Tensor({static_cast<int64_t>(values.size())}, values);
}

// Within 2 millionths of the expected number, or as near as Keras itself is where it takes small differences
// of large numbers.
MATCHER(IsClose, "") {
  const double expected = double{std::get<1>(arg)};
  return std::abs(double{std::get<0>(arg)} - expected) <= 2e-6 * std::abs(expected) + 5e-7;
}

struct Case {
  std::string name;
  Activation op;
  std::vector<float> values;
  std::vector<float> slopes;
};

// What Keras 3.15 with TensorFlow 2.21 gives for `points`: the function and its gradient.
const std::vector<float> points{-20, -3, -1, -0.5F, 0, 0.1F, 1, 5, 6};
std::vector<Case> cases() {
  return {
      {"Celu",
       activation(Function::celu, {.alpha = 0.7F}),
       {-0.699999988F, -0.690365314F, -0.532244265F, -0.357320845F, 0.0F, 0.100000001F, 1.0F, 5.0F, 6.0F},
       {3.90468826e-13F, 0.0137637891F, 0.239651009F, 0.48954165F, 2.0F, 1.0F, 1.0F, 1.0F, 1.0F}},
      {"Elu",
       activation(Function::elu, {.alpha = 1.0F}),
       {-1.0F, -0.950212955F, -0.63212055F, -0.393469334F, 0.0F, 0.100000001F, 1.0F, 5.0F, 6.0F},
       {0.0F, 0.0497870445F, 0.36787945F, 0.606530666F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F}},
      {"EluOfAnotherAlpha",
       activation(Function::elu, {.alpha = 0.7F}),
       {-0.699999988F, -0.665149033F, -0.442484379F, -0.275428534F, 0.0F, 0.100000001F, 1.0F, 5.0F, 6.0F},
       {0.0F, 0.0348509289F, 0.257515609F, 0.424571455F, 0.699999988F, 1.0F, 1.0F, 1.0F, 1.0F}},
      {"Exponential",
       activation(Function::exponential),
       {2.06115369e-09F, 0.0497870706F, 0.36787945F, 0.606530666F, 1.0F, 1.10517097F, 2.71828175F,
        148.413162F, 403.428802F},
       {2.06115369e-09F, 0.0497870706F, 0.36787945F, 0.606530666F, 1.0F, 1.10517097F, 2.71828175F,
        148.413162F, 403.428802F}},
      {"Gelu",
       activation(Function::gelu),
       {0.0F, -0.00404969556F, -0.158655256F, -0.154268771F, 0.0F, 0.0539827831F, 0.841344714F, 4.99999857F,
        6.0F},
       {0.0F, -0.0119456518F, -0.0833154917F, 0.13250488F, 0.5F, 0.579523087F, 1.08331549F, 1.00000715F,
        1.0F}},
      {"GeluTanh",
       activation(Function::gelu_tanh),
       {0.0F, -0.00363743305F, -0.158807993F, -0.154285997F, 0.0F, 0.0539827533F, 0.841192007F, 5.0F, 6.0F},
       {0.0F, -0.0115842428F, -0.0829640925F, 0.132630095F, 0.5F, 0.579521775F, 1.08296406F, 1.0F, 1.0F}},
      {"HardShrink",
       activation(Function::hard_shrink, {.alpha = 0.5F}),
       {-20.0F, -3.0F, -1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 5.0F, 6.0F},
       {1.0F, 1.0F, 1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 1.0F, 1.0F}},
      {"HardSigmoid",
       activation(Function::hard_sigmoid, {.alpha = 1.0F / 6.0F}),
       {0.0F, 0.0F, 0.333333343F, 0.416666657F, 0.5F, 0.516666651F, 0.666666687F, 1.0F, 1.0F},
       {0.0F, 0.0F, 0.166666672F, 0.166666672F, 0.166666672F, 0.166666672F, 0.166666672F, 0.0F, 0.0F}},
      {"HardSilu",
       activation(Function::hard_silu),
       {0.0F, 0.0F, -0.333333343F, -0.208333328F, 0.0F, 0.0516666658F, 0.666666687F, 5.0F, 6.0F},
       {0.0F, 0.0F, 0.166666672F, 0.333333313F, 0.5F, 0.533333302F, 0.833333373F, 1.0F, 1.0F}},
      {"HardTanh",
       activation(Function::hard_tanh),
       {-1.0F, -1.0F, -1.0F, -0.5F, 0.0F, 0.100000001F, 1.0F, 1.0F, 1.0F},
       {0.0F, 0.0F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 0.0F, 0.0F}},
      {"Linear",
       activation(Function::linear),
       {-20.0F, -3.0F, -1.0F, -0.5F, 0.0F, 0.100000001F, 1.0F, 5.0F, 6.0F},
       {1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F}},
      {"LogSigmoid",
       activation(Function::log_sigmoid),
       {-20.0F, -3.04858708F, -1.31326163F, -0.974076927F, -0.693147182F, -0.644396663F, -0.313261688F,
        -0.00671534892F, -0.00247568521F},
       {1.0F, 0.952574134F, 0.731058538F, 0.622459352F, 0.5F, 0.475020796F, 0.268941402F, 0.00669285236F,
        0.00247262325F}},
      {"Mish",
       activation(Function::mish),
       {-4.12230747e-08F, -0.145647481F, -0.3034015F, -0.220743775F, 0.0F, 0.0631794259F, 0.865098417F,
        4.99955225F, 5.99992704F},
       {-3.91619288e-08F, -0.0933930874F, 0.0592168123F, 0.289510667F, 0.599999964F, 0.663336873F,
        1.04903626F, 1.00079978F, 1.0001334F}},
      {"Relu",
       activation(Function::relu),
       {0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.100000001F, 1.0F, 5.0F, 6.0F},
       {0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 1.0F, 1.0F, 1.0F, 1.0F}},
      {"LeakyRelu",
       activation(Function::relu, {.alpha = 0.2F}),
       {-4.0F, -0.600000024F, -0.200000003F, -0.100000001F, 0.0F, 0.100000001F, 1.0F, 5.0F, 6.0F},
       {0.200000003F, 0.200000003F, 0.200000003F, 0.200000003F, 0.200000003F, 1.0F, 1.0F, 1.0F, 1.0F}},
      {"Relu6",
       activation(Function::relu, {.max_value = 6.0F}),
       {0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.100000001F, 1.0F, 5.0F, 6.0F},
       {0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 1.0F, 1.0F, 1.0F, 0.0F}},
      {"ReluWithAll",
       activation(Function::relu, {.alpha = 0.1F, .threshold = 1.0F, .max_value = 5.0F}),
       {-2.10000014F, -0.400000006F, -0.200000003F, -0.150000006F, -0.100000001F, -0.0899999961F, 0.0F, 5.0F,
        5.0F},
       {0.100000001F, 0.100000001F, 0.100000001F, 0.100000001F, 0.100000001F, 0.100000001F, 0.0F, 1.0F,
        0.0F}},
      {"LeakyReluWithMaximum",
       activation(Function::relu, {.alpha = 0.1F, .max_value = 5.0F}),
       {-2.0F, -0.300000012F, -0.100000001F, -0.0500000007F, 0.0F, 0.100000001F, 1.0F, 5.0F, 5.0F},
       {0.100000001F, 0.100000001F, 0.100000001F, 0.100000001F, 0.0F, 1.0F, 1.0F, 1.0F, 0.0F}},
      {"ReluWithNegativeThreshold",
       activation(Function::relu, {.threshold = -1.0F}),
       {0.0F, 0.0F, 0.0F, -0.5F, 0.0F, 0.100000001F, 1.0F, 5.0F, 6.0F},
       {0.0F, 0.0F, 0.0F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F}},
      {"ReluWithNegativeThresholdAndMaximum",
       activation(Function::relu, {.threshold = -1.0F, .max_value = 5.0F}),
       {0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.100000001F, 1.0F, 5.0F, 5.0F},
       {0.0F, 0.0F, 0.0F, 0.0F, 1.0F, 1.0F, 1.0F, 1.0F, 0.0F}},
      {"LeakyReluWithThreshold",
       activation(Function::relu, {.alpha = 0.1F, .threshold = 1.0F}),
       {-2.10000014F, -0.400000006F, -0.200000003F, -0.150000006F, -0.100000001F, -0.0899999961F, 0.0F, 5.0F,
        6.0F},
       {0.100000001F, 0.100000001F, 0.100000001F, 0.100000001F, 0.100000001F, 0.100000001F, 0.0F, 1.0F,
        1.0F}},
      {"Selu",
       activation(Function::selu),
       {-1.75809932F, -1.6705687F, -1.11133075F, -0.691758156F, 0.0F, 0.105070107F, 1.05070102F, 5.25350523F,
        6.30420589F},
       {0.0F, 0.0875306129F, 0.64676857F, 1.06634116F, 1.05070102F, 1.05070102F, 1.05070102F, 1.05070102F,
        1.05070102F}},
      {"Sigmoid",
       activation(Function::sigmoid),
       {2.06115414e-09F, 0.0474258661F, 0.268941402F, 0.377540678F, 0.5F, 0.524979174F, 0.731058538F,
        0.993307173F, 0.997527361F},
       {2.06115414e-09F, 0.0451766551F, 0.196611926F, 0.23500371F, 0.25F, 0.249376044F, 0.196611956F,
        0.00664803293F, 0.00246652518F}},
      {"Silu",
       activation(Function::silu),
       {-4.12230818e-08F, -0.142277598F, -0.268941402F, -0.188770339F, 0.0F, 0.0524979196F, 0.731058538F,
        4.96653605F, 5.98516417F},
       {-3.91619288e-08F, -0.0881040916F, 0.0723294765F, 0.260038823F, 0.5F, 0.549916744F, 0.927670419F,
        1.02654743F, 1.01232648F}},
      {"SoftShrink",
       activation(Function::soft_shrink, {.alpha = 0.5F}),
       {-19.5F, -2.5F, -0.5F, 0.0F, 0.0F, 0.0F, 0.5F, 4.5F, 5.5F},
       {1.0F, 1.0F, 1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 1.0F, 1.0F}},
      {"Softplus",
       activation(Function::softplus),
       {2.06115369e-09F, 0.0485873558F, 0.313261688F, 0.474076986F, 0.693147182F, 0.744396687F, 1.31326163F,
        5.0067153F, 6.00247574F},
       {2.06115414e-09F, 0.0474258661F, 0.268941402F, 0.377540678F, 0.5F, 0.524979174F, 0.731058538F,
        0.993307173F, 0.997527361F}},
      {"Softsign",
       activation(Function::softsign),
       {-0.952380955F, -0.75F, -0.5F, -0.333333343F, 0.0F, 0.0909090936F, 0.5F, 0.833333313F, 0.857142866F},
       {0.00226757373F, 0.0625F, 0.25F, 0.444444448F, 1.0F, 0.826446235F, 0.25F, 0.027777778F,
        0.0204081628F}},
      {"SparsePlus",
       activation(Function::sparse_plus),
       {0.0F, 0.0F, 0.0F, 0.0625F, 0.25F, 0.30250001F, 1.0F, 5.0F, 6.0F},
       {0.0F, 0.0F, 0.0F, 0.25F, 0.5F, 0.550000012F, 1.0F, 1.0F, 1.0F}},
      {"SparseSigmoid",
       activation(Function::sparse_sigmoid),
       {0.0F, 0.0F, 0.0F, 0.25F, 0.5F, 0.550000012F, 1.0F, 1.0F, 1.0F},
       {0.0F, 0.0F, 0.0F, 0.5F, 0.5F, 0.5F, 0.0F, 0.0F, 0.0F}},
      {"Squareplus",
       activation(Function::squareplus, {.alpha = 4.0F}),
       {0.0498752594F, 0.302775621F, 0.618034005F, 0.780776381F, 1.0F, 1.05124915F, 1.61803401F, 5.19258213F,
        6.1622777F},
       {0.00248137116F, 0.0839748383F, 0.276393205F, 0.378732175F, 0.5F, 0.524968803F, 0.723606825F,
        0.964238346F, 0.974341631F}},
      {"Tanh",
       activation(Function::tanh),
       {-1.0F, -0.995054722F, -0.761594176F, -0.462117136F, 0.0F, 0.0996680036F, 0.761594176F, 0.999909163F,
        0.999987721F},
       {0.0F, 0.00986611843F, 0.419974327F, 0.786447763F, 1.0F, 0.99006629F, 0.419974327F, 0.000181674957F,
        2.45571136e-05F}},
      {"TanhShrink",
       activation(Function::tanh_shrink),
       {-19.0F, -2.00494528F, -0.238405824F, -0.0378828645F, 0.0F, 0.000331997871F, 0.238405824F, 4.0000906F,
        5.0000124F},
       {1.0F, 0.990133882F, 0.580025673F, 0.213552237F, 0.0F, 0.0099337101F, 0.580025673F, 0.999818325F,
        0.999975443F}},
      {"Threshold",
       activation(Function::threshold, {.alpha = -2.0F, .threshold = 0.5F}),
       {-2.0F, -2.0F, -2.0F, -2.0F, -2.0F, -2.0F, 1.0F, 5.0F, 6.0F},
       {0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 1.0F, 1.0F, 1.0F}}};
}

class ActivationCase : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Activation, ActivationCase, testing::ValuesIn(cases()),
                         [](const auto& each) { return each.param.name; });

TEST_P(ActivationCase, HasTheValuesOfKeras) {
  OperationRun run(GetParam().op, {line(points)});
  EXPECT_THAT(run.forward().span(), Pointwise(IsClose(), GetParam().values));
}

TEST_P(ActivationCase, HasTheSlopesOfKerasEvenAtKinks) {
  OperationRun run(GetParam().op, {line(points)});
  run.forward();
  const Tensor ones({static_cast<int64_t>(points.size())}, 1.0F);
  EXPECT_THAT(run.backward(ones)[0].span(), Pointwise(IsClose(), GetParam().slopes));
}

TEST_P(ActivationCase, HasTheGradientOfItsForward) {
  check_gradients(GetParam().op, {random_tensor({5, 37}, 1, 0.0F, 2.0F)});
}

TEST_P(ActivationCase, GivesTheSameOnOneThreadAndOnThree) {
  const Tensor x = random_tensor({3, 10001}, 1, 0.0F, 3.0F);
  const auto run_on = [&](int count) {
    const Threads set(count);
    OperationRun run(GetParam().op, {x});
    const Tensor y = run.forward();
    return std::pair(y, run.backward(x)[0]);
  };
  const auto [one, one_gradient] = run_on(1);
  const auto [three, three_gradient] = run_on(3);
  EXPECT_THAT(three.span(), ElementsAreArray(one.span()));
  EXPECT_THAT(three_gradient.span(), ElementsAreArray(one_gradient.span()));
}

TEST_P(ActivationCase, LeavesAloneAGradientThatNobodyNeeds) {
  const Tensor x = line(points);
  const std::vector<ConstView> inputs{x.view()};
  const std::vector<View> nobody{{nullptr, x.shape()}};
  EXPECT_NO_THROW(GetParam().op.backward({.inputs = inputs,
                                          .output = x.view(),
                                          .output_gradient = x.view(),
                                          .input_gradients = nobody,
                                          .saved = {},
                                          .scratch = {},
                                          .random = {}}));
}

// The functions that a kernel approximates, in double precision.
struct Reference {
  Activation op;
  std::function<double(double)> value;
};

std::vector<Reference> references() {
  const auto sigmoid = [](double x) { return 1.0 / (1.0 + std::exp(-x)); };
  return {
      {activation(Function::elu, {.alpha = 1.0F}), [](double x) { return x > 0 ? x : std::expm1(x); }},
      {activation(Function::exponential), [](double x) { return std::exp(x); }},
      {activation(Function::selu),
       [](double x) { return 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * std::expm1(x)); }},
      {activation(Function::sigmoid), sigmoid},
      {activation(Function::silu), [=](double x) { return x * sigmoid(x); }},
      {activation(Function::softplus),
       [](double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }},
      {activation(Function::tanh), [](double x) { return std::tanh(x); }},
  };
}

TEST(Activation, IsAccurateToAMillionthFromMinus80To80) {
  Tensor x({16001});
  for (int64_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i - 8000) / 100.0F;
  for (const Reference& each : references()) {
    OperationRun run(each.op, {x});
    const Tensor& y = run.forward();
    double worst = 0.0;
    for (int64_t i = 0; i < x.size(); ++i) {
      const double expected = each.value(double{x[i]});
      if (expected != 0.0) worst = std::max(worst, std::abs(double{y[i]} / expected - 1.0));
    }
    EXPECT_LT(worst, 1e-6) << each.op.name();
  }
}

TEST(Activation, KeepsNaN) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const Case& each : cases()) {
    if (each.op.function == Function::threshold || each.op.max_value < 10.0F) continue;
    OperationRun run(each.op, {Tensor({19}, nan)});
    for (float y : run.forward().span()) EXPECT_TRUE(std::isnan(y)) << each.name;
  }
}

TEST(Activation, SaturatesWhereTheExponentialOverflows) {
  const float infinity = std::numeric_limits<float>::infinity();
  const auto at_ends = [&](Function function) {
    const Activation op = activation(function, {.alpha = 1.0F});
    OperationRun run(op, {line({-infinity, -1000, -200, 200, 1000, infinity})});
    const Tensor& y = run.forward();
    return std::vector<float>(y.span().begin(), y.span().end());
  };
  EXPECT_THAT(at_ends(Function::exponential), testing::ElementsAre(0, 0, 0, infinity, infinity, infinity));
  EXPECT_THAT(at_ends(Function::sigmoid), testing::ElementsAre(0, 0, 0, 1, 1, 1));
  EXPECT_THAT(at_ends(Function::tanh), testing::ElementsAre(-1, -1, -1, 1, 1, 1));
  EXPECT_THAT(at_ends(Function::elu), testing::ElementsAre(-1, -1, -1, 200, 1000, infinity));
  EXPECT_THAT(at_ends(Function::softplus), testing::ElementsAre(0, 0, 0, 200, 1000, infinity));
}

TEST(Activation, IsPlainReluOnlyWithoutParameters) {
  EXPECT_TRUE(activation(Function::relu).is_plain_relu());
  EXPECT_FALSE(activation(Function::relu, {.alpha = 0.1F}).is_plain_relu());
  EXPECT_FALSE(activation(Function::relu, {.threshold = 1.0F}).is_plain_relu());
  EXPECT_FALSE(activation(Function::relu, {.max_value = 6.0F}).is_plain_relu());
  EXPECT_FALSE(activation(Function::elu).is_plain_relu());
}

TEST(Activation, KeepsOnlyWhatItsGradientFollowsFrom) {
  EXPECT_TRUE(activation(Function::sigmoid).backward_reads_output());
  EXPECT_FALSE(activation(Function::sigmoid).backward_reads_input(0));
  EXPECT_TRUE(activation(Function::gelu).backward_reads_input(0));
  EXPECT_FALSE(activation(Function::gelu).backward_reads_output());
  EXPECT_FALSE(activation(Function::linear).backward_reads_input(0));
  EXPECT_TRUE(activation(Function::linear).only_reshapes());
}

}  // namespace
}  // namespace antler::ops
