// The reader of digits that comes with the program.
#pragma once

#include "antler/models/model.h"

namespace antler::digits {

/// What reads digits where no model is named: trained by scripts/train_shipped_model.sh, and part of the
/// program.
Model shipped_model();

}  // namespace antler::digits
