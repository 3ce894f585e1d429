// Learning from another model's predictions.
#pragma once

#include <functional>

#include "antler/data/dataset.h"
#include "antler/models/model.h"

namespace antler {

struct DistillationOptions {
  /// How much the teacher counts beside the labels, 0 to 1.
  double teacher_share = 0.9;
  /// The teacher's probabilities p become p ^ (1 / temperature), scaled to sum 1: softer above 1. The student
  /// learns these as they are.
  double temperature = 2.0;
};

/// A change of a batch for Dataset::map: labels, (rows, classes) probabilities or one-hot, mixed with what
/// `teacher` gives for the batch's inputs as they are then, augmented or not. With a categorical crossentropy
/// that is, but for constants, the loss of Hinton, Vinyals and Dean, "Distilling the knowledge in a neural
/// network", 2015, with a student of temperature 1. Throws Error for options out of their bounds, and when it
/// runs for labels of another shape than the teacher's probabilities.
std::function<Batch(Batch)> taught_by(Model teacher, const DistillationOptions& options = {});

/// When a student has learned probabilities softened at `temperature`: from here on it gives its own to the
/// power of the temperature, scaled to sum 1, as the paper's student does at temperature 1. What it reads
/// stays the same. The weights of the Dense before its softmax become so many times as large. Throws Error
/// for a model that does not end in a Dense with a softmax, in it or behind it, or for a temperature not
/// above 0.
void sharpen(Model& student, double temperature);

}  // namespace antler
