#include "antler/models/plot.h"

#include <algorithm>
#include <map>
#include <set>

#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/visual/diagram.h"

namespace antler {
namespace {

using visual::Diagram;

// A box to be: a layer, and those of its calls that the box stands for.
struct Part {
  layers::Layer layer;
  std::vector<int> calls;
};

// The boxes, and which of them the calls belong to; -1 for calls that are not drawn.
struct Parts {
  std::vector<Part> boxes;
  std::vector<int> box_of_call;
};

Parts parts_of(const Model& model, bool a_box_a_layer) {
  Parts parts;
  std::map<const layers::LayerBase*, int> box_of_layer;
  for (const Model::Call& call : model.calls()) {
    const int index = static_cast<int>(parts.box_of_call.size());
    if (model.class_name() == "Sequential" && call.layer.class_name() == "InputLayer") {
      parts.box_of_call.push_back(-1);
      continue;
    }
    const int next = static_cast<int>(parts.boxes.size());
    const int box = a_box_a_layer ? box_of_layer.try_emplace(&call.layer.base(), next).first->second : next;
    if (box == next) parts.boxes.push_back({call.layer, {}});
    parts.boxes[static_cast<size_t>(box)].calls.push_back(index);
    parts.box_of_call.push_back(box);
  }
  return parts;
}

// Each arrow once, as in Keras.
std::vector<visual::Edge> edges_of(const Model& model, const Parts& parts) {
  std::vector<visual::Edge> edges;
  std::set<std::pair<int, int>> drawn;
  for (size_t i = 0; i < model.calls().size(); ++i) {
    for (Model::Source input : model.calls()[i].inputs) {
      const int from = parts.box_of_call[static_cast<size_t>(input.call)];
      const int to = parts.box_of_call[i];
      if (from >= 0 && drawn.emplace(from, to).second) edges.push_back({from, to});
    }
  }
  return edges;
}

// As Python prints what Keras has as layer.input: a tuple, or a list of them.
std::string input_shapes(const Model& model, const Model::Call& call) {
  std::string text;
  for (Model::Source input : call.inputs) {
    if (!text.empty()) text += ", ";
    text += model.shape_of(input).to_string();
  }
  return call.inputs.size() == 1 ? text : "[" + text + "]";
}

// What `text` gives for all calls of a box; "?" where it differs.
template <typename Text>
std::string of_all_calls(const Part& part, const Text& text) {
  const std::string first = text(part.calls.front());
  const bool same = std::ranges::all_of(part.calls, [&](int call) { return text(call) == first; });
  return same ? first : "?";
}

void add_shapes(const Model& model, const Part& part, std::vector<Diagram::Line>& lines) {
  const auto input = [&](int call) { return input_shapes(model, model.calls()[static_cast<size_t>(call)]); };
  const auto output = [&](int call) { return model.shape_of(call).to_string(); };
  if (part.layer.class_name() != "InputLayer") lines.push_back({"Input shape", of_all_calls(part, input)});
  lines.push_back({"Output shape", of_all_calls(part, output)});
}

std::vector<Diagram::Line> lines_of(const Model& model, const Part& part, const PlotOptions& options) {
  std::vector<Diagram::Line> lines;
  if (options.show_layer_activations) {
    const Json config = part.layer.base().config();
    if (config.contains("activation") && config["activation"].is_string())
      lines.push_back({"Activation", config["activation"].get<std::string>()});
  }
  if (options.show_shapes) add_shapes(model, part, lines);
  if (options.show_trainable && !part.layer.weights().empty())
    lines.push_back({"Trainable", part.layer.trainable() ? "True" : "False"});
  return lines;
}

// Layers of one kind share a colour, by what their class is called: the first word found counts, so that
// AveragePooling2D is a pooling.
int family_of(const std::string& class_name) {
  const std::vector<std::vector<std::string>> families{
      {"InputLayer"},
      {"Conv"},
      {"Dense", "Embedding"},
      {"Pooling", "UpSampling", "Padding", "Cropping"},
      {"Add", "Concatenate", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Dot"},
      {"Normalization", "Dropout", "Noise"},
      {"Activation", "ReLU", "ELU", "Softmax"},
  };
  const auto is_named = [&](const std::string& word) { return class_name.find(word) != std::string::npos; };
  const auto found = std::ranges::find_if(
      families, [&](const std::vector<std::string>& words) { return std::ranges::any_of(words, is_named); });
  return found == families.end() ? 0 : static_cast<int>(found - families.begin());
}

Diagram diagram_of(const Model& model, const PlotOptions& options) {
  Parts parts = parts_of(model, true);
  std::vector<visual::Edge> edges = edges_of(model, parts);
  if (visual::topological_order(parts.boxes.size(), edges).size() < parts.boxes.size()) {
    parts = parts_of(model, false);
    edges = edges_of(model, parts);
  }
  Diagram diagram{.title = "Model: " + model.name(), .boxes = {}, .edges = std::move(edges)};
  for (const Part& part : parts.boxes) {
    const std::string class_name = part.layer.class_name();
    diagram.boxes.push_back({.title = options.show_layer_names ? part.layer.name() : class_name,
                             .detail = options.show_layer_names ? class_name : "",
                             .lines = lines_of(model, part, options),
                             .family = family_of(class_name)});
    const std::optional<Model> nested = options.expand_nested ? nested_model(part.layer) : std::nullopt;
    if (nested) diagram.boxes.back().inside = {diagram_of(*nested, options)};
  }
  return diagram;
}

visual::Direction direction_of(const std::string& rankdir) {
  if (rankdir == "TB") return visual::Direction::down;
  if (rankdir == "LR") return visual::Direction::right;
  throw Error("rankdir is '{}'; expected 'TB' (from top to bottom) or 'LR' (from left to right)", rankdir);
}

}  // namespace

std::string model_to_svg(const Model& model, const PlotOptions& options) {
  if (model.calls().empty()) {
    throw Error("the model {} has no shapes to draw yet; expected an Input or an input_shape", model.name());
  }
  return visual::svg(diagram_of(model, options), direction_of(options.rankdir));
}

void plot_model(const Model& model, const std::filesystem::path& to_file, const PlotOptions& options) {
  if (to_file.extension() != ".svg") {
    throw Error("{}: a diagram is written as .svg, not as '{}'", to_file.string(),
                to_file.extension().string());
  }
  write_file(to_file, model_to_svg(model, options));
}

}  // namespace antler
