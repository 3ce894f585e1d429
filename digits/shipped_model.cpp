#include "digits/shipped_model.h"

#include "antler/saving/saving.h"
#include "digits/embedded.h"

namespace antler::digits {

Model shipped_model() {
  return load_model_bytes(embedded_models().front().bytes, "the shipped model");
}

}  // namespace antler::digits
