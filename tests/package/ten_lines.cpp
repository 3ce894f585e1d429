#include <antler/antler.h>

#include <cstdio>
using namespace antler;
using namespace antler::layers;
int main() {
  Sequential model({Input({3}), Dense(4, {.activation = "relu"}), Dense(1)});
  model.compile({.optimizer = "sgd", .loss = "mse"});
  model.fit(Tensor({8, 3}), Tensor({8, 1}), {.epochs = 1, .verbose = 0});
  model.save("ten_lines.keras");
  std::printf("%s\n", load_model("ten_lines.keras").predict(Tensor({2, 3})).shape().to_string().c_str());
}
