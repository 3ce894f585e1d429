// Losses as metrics: their mean over samples.
#pragma once

#include "antler/core/settings.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

/// The metric of a loss, by the loss's class and the settings that the metric's config holds.
Recipe loss_recipe(const std::string& loss_class, const Json& config);

}  // namespace antler::metrics
