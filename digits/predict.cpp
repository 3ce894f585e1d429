#include "digits/predict.h"

#include "antler/core/output_file.h"
#include "antler/data/argmax.h"
#include "digits/dataset.h"
#include "digits/model_file.h"

namespace antler::digits {

double predict_csv(const PredictCsvOptions& options) {
  { const OutputFile writable(options.output); }  // an error before the work, not after it
  const Digits digits = read_digits(options.csv, Labels::absent);
  const ReadingOptions how{
      .batch_size = options.batch_size, .verbose = options.verbose, .moved = options.moved};
  const Ensemble all = predict_with_all(options.models, digits.images, how);
  write_submission(options.output, argmax(all.probabilities));
  return all.seconds;
}

}  // namespace antler::digits
