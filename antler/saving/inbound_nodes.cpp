#include "antler/saving/inbound_nodes.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/whole_number.h"
#include "antler/models/model.h"

namespace antler::saving {
namespace {

Output tensor_from(const Json& name, const Json& node, const Json& output) {
  constexpr int64_t most = 1'000'000;
  const auto number = [&](const Json& json, const char* what) {
    return static_cast<int>(whole_number(json, what, 0, most));
  };
  return {.layer = name.get<std::string>(),
          .application = number(node, "the call of a layer whose output is taken"),
          .number = number(output, "the number of an output that is taken")};
}

bool says_nothing(const Json& keywords) {
  return std::ranges::all_of(keywords.items(), [](const auto& item) {
    return item.value().is_null() || (item.key() == "training" && item.value() == false);
  });
}

// Keras 3: {"class_name": "__keras_tensor__", "config": {"keras_history": ["conv2d", 0, 0], ...}}, alone or
// in lists.
void collect_tensors(const Json& given, std::vector<Output>& into) {
  if (given.is_array()) {
    for (const Json& item : given) collect_tensors(item, into);
    return;
  }
  if (!given.is_object() || given.value("class_name", "") != "__keras_tensor__") {
    throw Error("a layer is given something other than the output of a layer");
  }
  const Json& history = given.at("config").at("keras_history");
  into.push_back(tensor_from(history.at(0), history.at(1), history.at(2)));
}

}  // namespace

std::vector<Output> node_inputs(const Json& node) {
  std::vector<Output> inputs;
  const bool keras3 = node.is_object();
  if (keras3) {
    collect_tensors(node.at("args"), inputs);
    if (node.contains("kwargs") && !says_nothing(node["kwargs"]))
      throw Error("a layer is called with keywords");
    return inputs;
  }
  // Keras 2: [["conv2d", 0, 0, {}], ...]; a layer with a single input may leave out the outer list.
  const Json tensors = !node.empty() && node.at(0).is_string() ? Json::array({node}) : node;
  for (const Json& tensor : tensors) {
    inputs.push_back(tensor_from(tensor.at(0), tensor.at(1), tensor.at(2)));
    if (tensor.size() > 3 && !says_nothing(tensor[3])) throw Error("a layer is called with keywords");
  }
  return inputs;
}

int first_application(const layers::Layer& layer, layers::Dialect dialect, Reference reference) {
  const std::optional<Model> model = nested_model(layer);
  if (!model) return 0;
  if (dialect == layers::Dialect::keras2) return model->inputs().empty() ? 0 : 1;
  return model->class_name() == "Functional" && reference == Reference::as_an_end ? 1 : 0;
}

}  // namespace antler::saving
