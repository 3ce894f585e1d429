#include "antler/models/batches.h"

#include "antler/callbacks/messages.h"

namespace antler {

void warn_that_data_ran_out() {
  callbacks::warn(
      "Your input ran out of data; interrupting training. Make sure that your dataset or generator can "
      "generate at least `steps_per_epoch * epochs` batches. You may need to use the `.repeat()` function "
      "when building your dataset.");
}

}  // namespace antler
