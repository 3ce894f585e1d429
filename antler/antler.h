// All of the library that users need. Rooms of the library itself include what they use instead.
//
//   #include "antler/antler.h"
//   using namespace antler;
//   using namespace antler::layers;
#pragma once

#include "antler/callbacks/backup_and_restore.h"
#include "antler/callbacks/callback.h"
#include "antler/callbacks/csv_logger.h"
#include "antler/callbacks/early_stopping.h"
#include "antler/callbacks/lambda_callback.h"
#include "antler/callbacks/learning_rate_scheduler.h"
#include "antler/callbacks/model_checkpoint.h"
#include "antler/callbacks/reduce_lr_on_plateau.h"
#include "antler/callbacks/stop_on_interrupt.h"
#include "antler/callbacks/swap_ema_weights.h"
#include "antler/callbacks/tensorboard.h"
#include "antler/callbacks/terminate_on_nan.h"
#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/core/parallel.h"
#include "antler/core/random.h"
#include "antler/core/shape.h"
#include "antler/core/tensor.h"
#include "antler/data/argmax.h"
#include "antler/data/augmentation.h"
#include "antler/data/csv.h"
#include "antler/data/dataset.h"
#include "antler/data/idx.h"
#include "antler/data/npy.h"
#include "antler/data/rows.h"
#include "antler/data/stratified.h"
#include "antler/data/to_categorical.h"
#include "antler/initializers/initializer.h"
#include "antler/layers/layers.h"
#include "antler/losses/losses.h"
#include "antler/metrics/metrics.h"
#include "antler/models/distillation.h"
#include "antler/models/history.h"
#include "antler/models/min_pooling.h"
#include "antler/models/model.h"
#include "antler/models/plot.h"
#include "antler/models/plot_history.h"
#include "antler/models/predict_mean.h"
#include "antler/models/renew_normalization.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"
#include "antler/saving/model_json.h"
#include "antler/saving/saving.h"
#include "antler/visual/chart.h"

namespace antler {

// So that compile() reads as in Keras: .optimizer = RMSprop().
using optimizers::Adadelta;
using optimizers::Adagrad;
using optimizers::Adam;
using optimizers::Adamax;
using optimizers::AdamW;
using optimizers::Ftrl;
using optimizers::Lion;
using optimizers::Nadam;
using optimizers::RMSprop;
using optimizers::SGD;

using optimizers::CosineDecay;
using optimizers::CosineDecayRestarts;
using optimizers::ExponentialDecay;
using optimizers::InverseTimeDecay;
using optimizers::OneCycle;
using optimizers::PiecewiseConstantDecay;
using optimizers::PolynomialDecay;

}  // namespace antler
