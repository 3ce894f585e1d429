#include "digits/write.h"

#include "antler/core/output_file.h"
#include "antler/core/random.h"
#include "digits/handwriting.h"

namespace antler::digits {

uint64_t write_csv(const WriteCsvOptions& options) {
  { const OutputFile writable(options.output); }  // an error before the work, not after it
  const uint64_t seed = options.seed.value_or(random_seed());
  write_digits(options.output, written_digits(options.count, seed));
  return seed;
}

}  // namespace antler::digits
