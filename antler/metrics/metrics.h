// Keras's metrics by name, each with Keras 3's settings and defaults. A plain name serves where the defaults
// do:
// `.metrics = {"accuracy", "auc"}`. Losses are metrics by their names: `"mean_absolute_error"`.
#pragma once

#include "antler/metrics/accuracy.h"
#include "antler/metrics/auc.h"
#include "antler/metrics/confusion_matrix.h"
#include "antler/metrics/confusion_metrics.h"
#include "antler/metrics/correlation.h"
#include "antler/metrics/f_score.h"
#include "antler/metrics/iou.h"
#include "antler/metrics/means.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/r2_score.h"
