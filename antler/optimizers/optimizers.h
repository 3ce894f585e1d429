// All of the optimizers, and the schedules of their learning rates.
#pragma once

#include "antler/optimizers/adadelta.h"
#include "antler/optimizers/adagrad.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/adamax.h"
#include "antler/optimizers/ftrl.h"
#include "antler/optimizers/lion.h"
#include "antler/optimizers/nadam.h"
#include "antler/optimizers/optimizer.h"
#include "antler/optimizers/rmsprop.h"
#include "antler/optimizers/schedules/schedules.h"
#include "antler/optimizers/sgd.h"
