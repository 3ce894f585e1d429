// All layers.
#pragma once

#include "antler/layers/activation.h"
#include "antler/layers/advanced_activations.h"
#include "antler/layers/batch_normalization.h"
#include "antler/layers/conv2d.h"
#include "antler/layers/dense.h"
#include "antler/layers/dropout.h"
#include "antler/layers/flatten.h"
#include "antler/layers/input.h"
#include "antler/layers/layer.h"
#include "antler/layers/pooling_2d.h"
#include "antler/layers/prelu.h"
#include "antler/layers/reshape.h"
#include "antler/layers/softmax.h"
#include "antler/layers/zero_padding_2d.h"
