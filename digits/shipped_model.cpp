#include "digits/shipped_model.h"

#include <string_view>

#include "antler/saving/saving.h"

namespace antler::embedded {
extern const std::string_view small_model_bytes;
}  // namespace antler::embedded

namespace antler::digits {

Model shipped_model() {
  return load_model_bytes(embedded::small_model_bytes, "the shipped model");
}

}  // namespace antler::digits
