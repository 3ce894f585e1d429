// Loads a Keras model and predicts with it.
//
//   load_and_predict MODEL X.npy     a line of outputs for each row of X.npy
#include <cstdio>
#include <exception>

#include "antler/antler.h"

int main(int count, char** words) {
  if (count != 3) {
    std::fprintf(stderr, "load_and_predict: expected MODEL and X.npy\n");
    return 2;
  }
  try {
    antler::Model model = antler::load_model(words[1]);
    const antler::Tensor outputs = model.predict(antler::read_npy(words[2]));
    const int64_t columns = outputs.size() / outputs.rows();
    for (int64_t i = 0; i < outputs.size(); ++i)
      std::printf("%.4f%c", outputs[i], (i + 1) % columns == 0 ? '\n' : ' ');
  } catch (const std::exception& error) {
    std::fprintf(stderr, "load_and_predict: %s\n", error.what());
    return 1;
  }
}
