#include "antler/models/distillation.h"

#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

Batch batch_of(const Samples& data) {
  return {.x = {data.x}, .y = {data.y}};
}

TEST(TaughtBy, MixesLabelsWithTheTeachersProbabilities) {
  const Samples data = exclusive_or(6);
  Model teacher = small_model(1);
  const Tensor taught = teacher.predict(data.x);
  const Batch mixed = taught_by(teacher, {.teacher_share = 0.25, .temperature = 1.0})(batch_of(data));
  for (int64_t i = 0; i < taught.size(); ++i)
    EXPECT_NEAR(mixed.y[0][i], 0.75F * data.y[i] + 0.25F * taught[i], 1e-6F);
}

TEST(TaughtBy, SoftensTheProbabilities) {
  const Samples data = exclusive_or(6);
  Model teacher = small_model(1);
  const Tensor taught = teacher.predict(data.x);
  const Batch mixed = taught_by(teacher, {.teacher_share = 1.0, .temperature = 2.0})(batch_of(data));
  for (int64_t row = 0; row < 6; ++row) {
    const float one = std::sqrt(taught[2 * row]);
    const float two = std::sqrt(taught[2 * row + 1]);
    EXPECT_NEAR(mixed.y[0][2 * row], one / (one + two), 1e-5F);
  }
}

TEST(TaughtBy, LooksAtTheInputsAsTheyAreInTheBatch) {
  const Samples data = exclusive_or(6);
  Model teacher = small_model(1);
  Samples moved = data;
  for (float& each : moved.x.span()) each += 1.0F;
  const auto taught = taught_by(teacher, {.teacher_share = 1.0, .temperature = 1.0});
  EXPECT_NE(taught(batch_of(data)).y[0][0], taught(batch_of(moved)).y[0][0]);
}

TEST(Sharpen, GivesAStudentTheProbabilitiesThatWereSoftened) {
  const Samples data = exclusive_or(6);
  Model student = small_model(1);
  const Tensor soft = student.predict(data.x);
  sharpen(student, 2.0);
  const Tensor sharp = student.predict(data.x);
  for (int64_t row = 0; row < 6; ++row) {
    const float one = soft[2 * row] * soft[2 * row];
    const float two = soft[2 * row + 1] * soft[2 * row + 1];
    EXPECT_NEAR(sharp[2 * row], one / (one + two), 1e-5F);
  }
  EXPECT_THROW(sharpen(student, 0.0), Error);
}

TEST(Sharpen, RefusesAModelWithoutASoftmaxAtItsEnd) {
  Sequential net;
  net.add(layers::Dense(2, {.input_shape = {3}}));
  EXPECT_THROW(sharpen(net, 2.0), Error);
}

// A student that is told nothing but what its teacher thinks.
TEST(TaughtBy, PassesOnWhatTheTeacherKnows) {
  const Samples data = exclusive_or(256);
  Model teacher = small_model(1, 0.0F);
  teacher.fit(data.x, data.y, {.batch_size = 16, .epochs = 40, .verbose = 0});
  Model student = small_model(2, 0.0F);
  const Tensor nothing({256, 2});
  student.fit(Dataset::from_tensor_slices(data.x, nothing)
                  .batch(16)
                  .map(taught_by(teacher, {.teacher_share = 1.0, .temperature = 2.0})),
              {.epochs = 40, .verbose = 0});
  const callbacks::Logs scores = student.evaluate(data.x, data.y, {.verbose = 0});
  EXPECT_GT(scores.front().second, 0.9) << scores.front().first;
}

TEST(TaughtBy, RefusesLabelsThatAreNoProbabilities) {
  Batch batch = batch_of(exclusive_or(6));
  batch.y = {Tensor({6})};
  EXPECT_THAT([&] { taught_by(small_model(1))(batch); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("labels have the shape (6,)")));
}

TEST(TaughtBy, RefusesOptionsOutOfBounds) {
  EXPECT_THROW(taught_by(small_model(1), {.teacher_share = 1.5}), Error);
  EXPECT_THROW(taught_by(small_model(1), {.temperature = 0.0}), Error);
}

}  // namespace
}  // namespace antler
