// Compares a loss and its gradient with numbers from Keras.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/ops/run_operation.h"

namespace antler::ops {

inline void expect_close(const Tensor& found, const std::vector<float>& expected, const char* what) {
  ASSERT_EQ(found.size(), static_cast<int64_t>(expected.size()));
  for (int64_t i = 0; i < found.size(); ++i) {
    const float value = expected[static_cast<size_t>(i)];
    EXPECT_NEAR(found[i], value, 2e-6 + 2e-6 * std::abs(value)) << what << ", element " << i;
  }
}

/// Expects `losses`, one a row, and the gradients of their sum by the predictions.
inline void expect_loss(const Operation& loss, const Tensor& targets, const Tensor& predictions,
                        const std::vector<float>& losses, const std::vector<float>& gradient) {
  OperationRun run(loss, {targets, predictions});
  expect_close(run.forward(), losses, "loss");
  expect_close(run.backward(Tensor(run.forward().shape(), 1.0F))[1], gradient, "gradient");
}

}  // namespace antler::ops
