// For whom a file is written.
#pragma once

namespace antler::saving {

/// `keras3` is Keras 3's own format, .keras. The others are legacy .h5 files: `both` is one that either Keras
/// reads, with the meaning that Keras 3 gives its words; `keras2` is for Keras 2. Keras 3 cannot train on
/// from a legacy file that holds optimizer state, Keras 2 needs it there to go on: docs/formats.md.
enum class Flavour { both, keras2, keras3 };

}  // namespace antler::saving
