// A model's diagram: Keras's keras.utils.plot_model.
#pragma once

#include <filesystem>
#include <string>

#include "antler/models/model.h"

namespace antler {

/// Keras's names. The defaults differ where Keras's leave out what a reader looks for first: Keras 3.15 shows
/// neither shapes nor names unless told to.
struct PlotOptions {
  /// What each layer takes and gives: "(None, 28, 28, 1)". "?" for a shared layer whose applications differ.
  bool show_shapes = true;
  /// The layer's name beside its class.
  bool show_layer_names = true;
  /// The layers of a model that serves as a layer, in a frame.
  bool expand_nested = false;
  /// The activation of layers that have one.
  bool show_layer_activations = false;
  /// Whether layers that have weights are trainable.
  bool show_trainable = false;
  /// "TB": from top to bottom; "LR": from left to right.
  std::string rankdir = "TB";
};

/// The model as an SVG image, drawn without Graphviz: a box for each layer, an arrow from each to those that
/// take what it gives. As in Keras, a Sequential is drawn without its input, and a layer that is applied
/// several times is one box; unless its applications need each other, when each is a box of its own. Throws
/// Error for a model that is not built yet and for any other rankdir.
std::string model_to_svg(const Model& model, const PlotOptions& options = {});

/// Writes the image to a file, whole or not at all. Throws Error for an ending other than ".svg", and where
/// model_to_svg() does.
void plot_model(const Model& model, const std::filesystem::path& to_file = "model.svg",
                const PlotOptions& options = {});

}  // namespace antler
