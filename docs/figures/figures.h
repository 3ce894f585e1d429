// The figures of docs/theory, each computed by antler itself: an SVG file as text. What is random in them has
// a fixed seed.
#pragma once

#include <string>

namespace figures {

std::string batch_normalization();
std::string cross_entropy();
std::string pooling();
std::string rmsprop();
std::string selu();
std::string softmax_and_sigmoid();

}  // namespace figures
