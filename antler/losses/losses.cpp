#include "antler/losses/losses.h"

namespace antler::losses {
namespace {

// By way of the configuration, which is checked there.
template <typename Options>
Loss of_class(const char* class_name, const Options& options, Json config = Json::object()) {
  config["reduction"] = reduction_to_config(options.reduction);
  if (!options.name.empty()) config["name"] = options.name;
  return Loss::from_config({{"class_name", class_name}, {"config", config}});
}

template <typename Options>
Json crossentropy_config(const Options& options) {
  return {{"from_logits", options.from_logits},
          {"label_smoothing", options.label_smoothing},
          {"axis", options.axis}};
}

Json axes_config(const std::vector<int>& axes) {
  if (axes.empty()) return nullptr;
  return axes.size() == 1 ? Json(axes.front()) : Json(axes);
}

}  // namespace

Loss CategoricalCrossentropy(const CrossentropyOptions& options) {
  return of_class("CategoricalCrossentropy", options, crossentropy_config(options));
}
Loss BinaryCrossentropy(const CrossentropyOptions& options) {
  return of_class("BinaryCrossentropy", options, crossentropy_config(options));
}
Loss SparseCategoricalCrossentropy(const SparseCrossentropyOptions& options) {
  Json config = {{"from_logits", options.from_logits}};
  if (options.ignore_class) config["ignore_class"] = *options.ignore_class;
  return of_class("SparseCategoricalCrossentropy", options, config);
}
Loss BinaryFocalCrossentropy(const BinaryFocalOptions& options) {
  Json config = crossentropy_config(options);
  config["apply_class_balancing"] = options.apply_class_balancing;
  config["alpha"] = options.alpha;
  config["gamma"] = options.gamma;
  return of_class("BinaryFocalCrossentropy", options, config);
}
Loss CategoricalFocalCrossentropy(const CategoricalFocalOptions& options) {
  Json config = crossentropy_config(options);
  config["alpha"] = options.alpha.size() == 1 ? Json(options.alpha[0]) : Json(options.alpha);
  config["gamma"] = options.gamma;
  return of_class("CategoricalFocalCrossentropy", options, config);
}
Loss CategoricalGeneralizedCrossEntropy(const GeneralizedCrossEntropyOptions& options) {
  return of_class("CategoricalGeneralizedCrossEntropy", options, {{"q", options.q}});
}
Loss KLDivergence(const LossOptions& options) {
  return of_class("KLDivergence", options);
}
Loss Poisson(const LossOptions& options) {
  return of_class("Poisson", options);
}
Loss MeanSquaredError(const LossOptions& options) {
  return of_class("MeanSquaredError", options);
}
Loss MeanAbsoluteError(const LossOptions& options) {
  return of_class("MeanAbsoluteError", options);
}
Loss MeanAbsolutePercentageError(const LossOptions& options) {
  return of_class("MeanAbsolutePercentageError", options);
}
Loss MeanSquaredLogarithmicError(const LossOptions& options) {
  return of_class("MeanSquaredLogarithmicError", options);
}
Loss LogCosh(const LossOptions& options) {
  return of_class("LogCosh", options);
}
Loss Huber(const HuberOptions& options) {
  return of_class("Huber", options, {{"delta", options.delta}});
}
Loss CosineSimilarity(const CosineSimilarityOptions& options) {
  return of_class("CosineSimilarity", options, {{"axis", options.axis}});
}
Loss Hinge(const LossOptions& options) {
  return of_class("Hinge", options);
}
Loss SquaredHinge(const LossOptions& options) {
  return of_class("SquaredHinge", options);
}
Loss CategoricalHinge(const LossOptions& options) {
  return of_class("CategoricalHinge", options);
}
Loss Dice(const DiceOptions& options) {
  return of_class("Dice", options, {{"axis", axes_config(options.axis)}});
}
Loss Tversky(const TverskyOptions& options) {
  return of_class("Tversky", options,
                  {{"alpha", options.alpha}, {"beta", options.beta}, {"axis", axes_config(options.axis)}});
}
Loss Circle(const CircleOptions& options) {
  return of_class(
      "Circle", options,
      {{"gamma", options.gamma}, {"margin", options.margin}, {"remove_diagonal", options.remove_diagonal}});
}

}  // namespace antler::losses
