#include "digits/networks.h"

#include "antler/layers/layers.h"

namespace antler::digits {
namespace {

using namespace antler::layers;

// What the lesson puts behind each convolution.
void add_normalized_pooling(Sequential& net) {
  net.add(Activation("relu"));
  net.add(BatchNormalization({.axis = 1, .epsilon = 1e-6}));
  net.add(MaxPool2D({.pool_size = {2, 2}}));
}

// A convolution, relu, and normalised channels: in this order the first two are one operation.
void add_block(Sequential& net, int64_t filters) {
  net.add(
      Conv2D(filters,
             {.kernel_size = 3, .padding = "same", .activation = "relu", .kernel_initializer = "he_normal"}));
  net.add(BatchNormalization({.momentum = 0.9}));
}

void add_classes(Sequential& net) {
  net.add(Dense(10));
  net.add(Activation("softmax"));
}

}  // namespace

void add_lesson(Sequential& net) {
  net.add(Conv2D(32, {.kernel_size = {3, 3}, .strides = {1, 1}, .input_shape = {28, 28, 1}}));
  add_normalized_pooling(net);
  net.add(ZeroPadding2D({.padding = {1, 1}}));
  net.add(Conv2D(48, {.kernel_size = {3, 3}}));
  add_normalized_pooling(net);
  net.add(ZeroPadding2D({.padding = {1, 1}}));
  net.add(Conv2D(64, {.kernel_size = {2, 2}}));
  add_normalized_pooling(net);
  net.add(Dropout(0.25));
  net.add(Flatten());
  net.add(Dense(3168));
  net.add(Activation("relu"));
  add_classes(net);
}

void add_fast(Sequential& net) {
  net.add(Input({28, 28, 1}));
  add_block(net, 16);
  net.add(MaxPool2D());
  add_block(net, 32);
  net.add(MaxPool2D());
  add_block(net, 48);
  net.add(MaxPool2D());
  add_block(net, 64);
  net.add(Flatten());
  add_classes(net);
}

void add_best(Sequential& net) {
  net.add(Input({28, 28, 1}));
  add_block(net, 32);
  add_block(net, 32);
  net.add(MaxPool2D());
  add_block(net, 48);
  add_block(net, 48);
  net.add(MaxPool2D());
  add_block(net, 64);
  add_block(net, 96);
  net.add(GlobalAveragePooling2D());
  add_classes(net);
}

}  // namespace antler::digits
