// Min pooling in model files: as layers that Keras has.
#include "antler/models/min_pooling.h"

#include "antler/saving/model_json.h"
#include "antler/saving/saving.h"
#include "tests/core/temporary_folder.h"
#include "tests/saving/small_models.h"

namespace antler {
namespace {

Model with_min_pooling() {
  return Sequential({layers::Input({6, 6, 2}),
                     layers::MinPooling2D({.pool_size = {3, 2}, .strides = 2, .padding = "same"}),
                     layers::MinPooling2D(), layers::Flatten(), layers::Dense(2)});
}

TEST(MinPoolingFile, ComesBackFromEachFormat) {
  Model model = with_min_pooling();
  const Tensor x = pattern({2, 6, 6, 2}, -9.0F);
  const TemporaryFolder folder;
  for (const char* name : {"model.keras", "model.h5"}) {
    model.save(folder / name);
    Model loaded = load_model(folder / name);
    EXPECT_EQ(loaded.layers()[1].name(), "min_pooling2d_1") << name;
    expect_same(loaded.predict(x), model.predict(x));
  }
}

TEST(MinPoolingFile, HoldsLayersThatKerasHas) {
  const std::string json = model_to_json(with_min_pooling());
  EXPECT_THAT(json, ::testing::HasSubstr(R"("class_name": "MaxPooling2D")"));
  EXPECT_THAT(json, ::testing::Not(::testing::HasSubstr("MinPooling")));
}

}  // namespace
}  // namespace antler
