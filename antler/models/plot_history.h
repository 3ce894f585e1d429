// The curves of a training run.
#pragma once

#include <filesystem>
#include <string>

#include "antler/models/history.h"

namespace antler {

/// Loss and metrics by epoch, counting from 1, as an SVG image: a chart for each, with the curve of the
/// validation beside that of the training ("val_loss" beside "loss"). Throws Error for a history without
/// epochs.
std::string history_to_svg(const History& history);

/// Writes the image to a file, whole or not at all. Throws Error for an ending other than ".svg", and where
/// history_to_svg() does.
void plot_history(const History& history, const std::filesystem::path& to_file = "history.svg");

}  // namespace antler
