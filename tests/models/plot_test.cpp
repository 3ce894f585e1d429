#include "antler/models/plot.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "antler/models/sequential.h"
#include "tests/core/temporary_folder.h"

namespace antler {
namespace {

using namespace layers;
using testing::HasSubstr;
using testing::Not;

size_t count(const std::string& text, const std::string& part) {
  size_t times = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

size_t boxes(const std::string& svg) {
  return count(svg, "class=\"box\"");
}
size_t arrows(const std::string& svg) {
  return count(svg, "class=\"edge\"");
}

std::string line(const std::string& label, const std::string& value) {
  return label + ": <tspan class=\"name\">" + value + "</tspan>";
}

// Two branches that meet.
Model two_branches() {
  const Symbol x = Input({4}, "in");
  const Symbol left = Dense(3, {.activation = "relu", .name = "left"})(x);
  const Symbol right = Dense(3, {.name = "right"})(x);
  return Model({x}, {Add({.name = "sum"})({left, right})});
}

TEST(Plot, ShowsEachLayerWithItsClass) {
  const std::string svg = model_to_svg(two_branches());
  for (const char* head :
       {">in</tspan> (InputLayer)", ">left</tspan> (Dense)", ">right</tspan> (Dense)", ">sum</tspan> (Add)"})
    EXPECT_THAT(svg, HasSubstr(head));
  EXPECT_EQ(boxes(svg), 4U);
  EXPECT_EQ(arrows(svg), 4U);
}

TEST(Plot, ShowsShapesAsKerasPrintsThem) {
  const std::string svg = model_to_svg(two_branches());
  EXPECT_EQ(count(svg, line("Output shape", "(None, 4)")), 1U);
  EXPECT_EQ(count(svg, line("Input shape", "(None, 4)")), 2U);
  EXPECT_EQ(count(svg, line("Input shape", "[(None, 3), (None, 3)]")), 1U);
  EXPECT_EQ(count(svg, line("Output shape", "(None, 3)")), 3U);
}

TEST(Plot, LeavesOutWhatIsNotAskedFor) {
  const std::string svg = model_to_svg(two_branches(), {.show_shapes = false, .show_layer_names = false});
  EXPECT_THAT(svg, Not(HasSubstr("shape")));
  EXPECT_THAT(svg, Not(HasSubstr(">left<")));
  EXPECT_EQ(count(svg, ">Dense</tspan></text>"), 2U);
}

TEST(Plot, ShowsActivationsWhenAsked) {
  const std::string svg = model_to_svg(two_branches(), {.show_layer_activations = true});
  EXPECT_EQ(count(svg, line("Activation", "relu")), 1U);
  EXPECT_EQ(count(svg, line("Activation", "linear")), 1U);
}

TEST(Plot, ShowsWhichLayersAreTrainedWhenAsked) {
  const Model model = two_branches();
  model.get_layer("left").set_trainable(false);
  const std::string svg = model_to_svg(model, {.show_trainable = true});
  EXPECT_EQ(count(svg, line("Trainable", "False")), 1U);
  EXPECT_EQ(count(svg, line("Trainable", "True")), 1U);
}

TEST(Plot, LeavesOutTheInputOfASequential) {
  const std::string svg = model_to_svg(Sequential({Input({4}), Dense(3), Activation("relu")}));
  EXPECT_THAT(svg, Not(HasSubstr("InputLayer")));
  EXPECT_EQ(boxes(svg), 2U);
  EXPECT_EQ(arrows(svg), 1U);
}

TEST(Plot, DrawsASharedLayerOnce) {
  const Symbol a = Input({4}, "a");
  const Symbol b = Input({4}, "b");
  const Layer shared = Dense(4, {.name = "shared"});
  const std::string svg = model_to_svg(Model({a, b}, {Add({.name = "sum"})({shared(a), shared(b)})}));
  EXPECT_EQ(count(svg, ">shared</tspan>"), 1U);
  EXPECT_EQ(arrows(svg), 3U);
}

TEST(Plot, AsksForTheShapesOfASharedLayerThatDiffer) {
  const Symbol a = Input({2, 4}, "a");
  const Symbol b = Input({4}, "b");
  const Layer shared = Dense(4, {.name = "shared"});
  EXPECT_THAT(model_to_svg(Model({a, b}, {shared(a), shared(b)})), HasSubstr(line("Output shape", "?")));
}

TEST(Plot, DrawsALayerThatNeedsItselfOnceForEachApplication) {
  const Symbol x = Input({4}, "x");
  const Layer twice = Dense(4, {.name = "twice"});
  const std::string svg = model_to_svg(Model({x}, {twice(twice(x))}));
  EXPECT_EQ(count(svg, ">twice</tspan>"), 2U);
  EXPECT_EQ(arrows(svg), 2U);
}

TEST(Plot, RefusesAModelWithoutShapes) {
  EXPECT_THROW(model_to_svg(Sequential({Dense(3)})), Error);
}

TEST(Plot, RefusesADirectionThatThereIsNot) {
  EXPECT_THROW(model_to_svg(two_branches(), {.rankdir = "up"}), Error);
}

TEST(Plot, WritesTheFile) {
  const TemporaryFolder folder;
  plot_model(two_branches(), folder / "model.svg");
  EXPECT_EQ(folder.read("model.svg"), model_to_svg(two_branches()));
}

TEST(Plot, WritesNoOtherKindOfFile) {
  const TemporaryFolder folder;
  EXPECT_THROW(plot_model(two_branches(), folder / "model.png"), Error);
  EXPECT_EQ(folder.files(), 0);
}

}  // namespace
}  // namespace antler
