// What Keras has no place for, and antler needs to go on with a cut training run bit for bit.
#pragma once

#include "antler/core/json.h"
#include "antler/models/model.h"

namespace antler::saving {

/// Seed, order of the layers' applications, the optimizer's exact settings and training progress.
Json resume_to_json(const Model& model);

/// Puts back what resume_to_json() wrote, all but the order of applications.
void resume_from_json(const Json& saved, Model& model);

/// The names of the layers in the order antler applies them.
std::vector<std::string> calls_from_json(const Json& saved);

}  // namespace antler::saving
