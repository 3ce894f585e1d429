#include "antler/callbacks/frequency.h"

#include "antler/core/error.h"

namespace antler::callbacks {

Frequency::Frequency(const std::string& word) : batches_(word == "batch" ? 1 : 0) {
  if (word != "epoch" && word != "batch")
    throw Error("the frequency is '{}'; expected \"epoch\", \"batch\" or a number of batches", word);
}

Frequency::Frequency(const char* word) : Frequency(std::string(word)) {}

Frequency::Frequency(int64_t batches) : batches_(batches) {
  if (batches < 1) throw Error("the frequency is {} batches; expected 1 or more", batches);
}

}  // namespace antler::callbacks
