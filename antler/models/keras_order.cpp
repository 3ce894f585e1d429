#include "antler/models/keras_order.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "antler/core/error.h"

namespace antler {
namespace {

// What a walk from the outputs finds.
struct Walk {
  std::vector<int> finished;     // each application after those it needs
  std::map<int, int> first_met;  // layer -> when the walk met it
};

// Depth first, without recursion: a file may hold a very long chain.
void walk_from(int output, const std::vector<Application>& applications, std::vector<char>& state,
               Walk& walk) {
  enum : char { untouched, in_progress, done };
  struct Visit {
    int at;
    size_t next_input = 0;
  };
  std::vector<Visit> stack;
  const auto enter = [&](int at) {
    char& seen = state.at(static_cast<size_t>(at));
    if (seen == done) return;
    if (seen == in_progress) throw Error("the layers of the model feed each other in a circle");
    seen = in_progress;
    walk.first_met.try_emplace(applications[static_cast<size_t>(at)].layer,
                               static_cast<int>(walk.first_met.size()));
    stack.push_back({at});
  };
  enter(output);
  while (!stack.empty()) {
    Visit& visit = stack.back();
    const std::vector<int>& inputs = applications[static_cast<size_t>(visit.at)].inputs;
    if (visit.next_input < inputs.size()) {
      enter(inputs[visit.next_input++]);
      continue;
    }
    state[static_cast<size_t>(visit.at)] = done;
    walk.finished.push_back(visit.at);
    stack.pop_back();
  }
}

}  // namespace

std::vector<int> keras_order(const std::vector<Application>& applications, const std::vector<int>& inputs,
                             const std::vector<int>& outputs) {
  Walk walk;
  std::vector<char> state(applications.size(), 0);
  for (int output : outputs) walk_from(output, applications, state, walk);

  std::vector<int> depth(applications.size(), 0);
  std::map<int, int> layer_depth;
  for (auto at = walk.finished.rbegin(); at != walk.finished.rend(); ++at) {
    const auto& [layer, needed] = applications[static_cast<size_t>(*at)];
    int& own = depth[static_cast<size_t>(*at)];
    own = layer_depth[layer] = std::max(own, layer_depth[layer]);
    for (int input : needed)
      depth[static_cast<size_t>(input)] = std::max(depth[static_cast<size_t>(input)], own + 1);
  }
  for (int input : inputs) {  // those that no output needs
    if (state.at(static_cast<size_t>(input)) == 0) walk.finished.push_back(input);
    walk.first_met.try_emplace(applications[static_cast<size_t>(input)].layer, -1);
  }

  std::vector<int> order = walk.finished;
  std::ranges::sort(order, [&](int a, int b) {
    const auto key = [&](int at) {
      const int layer = applications[static_cast<size_t>(at)].layer;
      return std::tuple(-depth[static_cast<size_t>(at)], walk.first_met.at(layer), at);
    };
    return key(a) < key(b);
  });
  return order;
}

}  // namespace antler
