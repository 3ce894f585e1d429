// A callback of functions, for tests.
#pragma once

#include <memory>
#include <utility>

#include "antler/callbacks/lambda_callback.h"

namespace antler::callbacks {

/// For a CallbackList.
inline std::shared_ptr<LambdaCallback> lambda(LambdaCallback::Functions functions) {
  return std::make_shared<LambdaCallback>(std::move(functions));
}

}  // namespace antler::callbacks
