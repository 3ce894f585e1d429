// From Kaggle's test.csv to the submission.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace antler::digits {

/// The defaults are the lesson's.
struct PredictCsvOptions {
  std::filesystem::path csv = "test.csv";
  /// Also folders of ensembles; the probabilities of several are averaged. None: the shipped model.
  std::vector<std::filesystem::path> models;
  std::filesystem::path output = "mnist_output.csv";
  int64_t batch_size = 32;
  int verbose = 1;
  /// See ReadingOptions::moved.
  bool moved = false;
};

/// Reads the digits of the CSV and writes "ImageId,Label" rows. Gives the seconds spent inside predict,
/// without reading and writing files. Throws Error when a model is no digit reader or a file cannot be read
/// or written.
double predict_csv(const PredictCsvOptions& options);

}  // namespace antler::digits
