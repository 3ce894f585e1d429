#include "antler/graph/fusion.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "antler/ops/activation.h"
#include "antler/ops/combine.h"
#include "antler/ops/convolution.h"
#include "antler/ops/dense.h"
#include "antler/ops/normalization.h"
#include "antler/ops/normalized_convolution.h"
#include "antler/ops/padding.h"
#include "antler/ops/pooled_convolution.h"
#include "antler/ops/pooling.h"

namespace antler::graph {
namespace {

template <typename Op>
const Op* as(const Node& node) {
  return dynamic_cast<const Op*>(node.operation.get());
}

template <typename Op>
Node with_operation(Node node, Op operation) {
  node.operation = std::make_shared<const Op>(std::move(operation));
  return node;
}

std::optional<Node> padded_convolution(const Node& first, const Node& second) {
  const auto* padding = as<ops::ZeroPadding>(first);
  const auto* convolution = as<ops::Convolution>(second);
  if (padding == nullptr || convolution == nullptr) return std::nullopt;
  ops::Convolution merged = *convolution;
  merged.pad_top += padding->top;
  merged.pad_bottom += padding->bottom;
  merged.pad_left += padding->left;
  merged.pad_right += padding->right;
  Node node = with_operation(second, merged);
  node.inputs.front() = first.inputs.front();
  return node;
}

template <typename Op>
std::optional<Node> followed_by_relu(const Node& first, const Node& second) {
  const auto* product = as<Op>(first);
  const auto* activation = as<ops::Activation>(second);
  if (product == nullptr || product->relu || activation == nullptr || !activation->is_plain_relu()) {
    return std::nullopt;
  }
  Op merged = *product;
  merged.relu = true;
  return with_operation(first, merged);
}

// Windows that do not overlap, so that each element has one place to send its gradient to.
bool is_simple_max_pooling(const ops::Pooling& pooling) {
  return pooling.kind == ops::Pooling::Kind::max && pooling.pool_height == pooling.stride_height &&
         pooling.pool_width == pooling.stride_width && pooling.pool_height * pooling.pool_width <= 255 &&
         pooling.pad_top + pooling.pad_bottom + pooling.pad_left + pooling.pad_right == 0;
}

std::optional<Node> pooled_normalization(const Graph& graph, const Node& first, const Node& second) {
  const auto* normalization = as<ops::BatchNormalization>(first);
  const auto* pooling = as<ops::Pooling>(second);
  if (normalization == nullptr || normalization->pooling || pooling == nullptr) return std::nullopt;
  const Shape& shape = graph.shape(first.output);
  const int axis = shape.checked_axis(normalization->axis);
  const bool is_of_images = shape.rank() == 4 && (axis == 1 || axis == 3);
  if (!is_simple_max_pooling(*pooling) || !is_of_images) return std::nullopt;
  ops::BatchNormalization merged = *normalization;
  merged.pooling = *pooling;
  return with_operation(first, merged);
}

// One node that does what `first` and then `second`, which reads its output, do.
std::optional<Node> merge(const Graph& graph, const Node& first, const Node& second) {
  std::optional<Node> merged = padded_convolution(first, second);
  if (!merged) merged = followed_by_relu<ops::Convolution>(first, second);
  if (!merged) merged = followed_by_relu<ops::Dense>(first, second);
  if (!merged) merged = followed_by_relu<ops::BatchNormalization>(first, second);
  if (!merged) merged = followed_by_relu<ops::Combine>(first, second);
  if (!merged) merged = pooled_normalization(graph, first, second);
  if (merged) merged->output = second.output;
  return merged;
}

// Whether a trainable parameter leads to the value, so that it may be asked for a gradient.
bool leads_from_parameters(const Graph& graph, Value value) {
  const Node* producer = graph.producer(value);
  if (producer == nullptr) return graph.is_trainable(value);
  return std::ranges::any_of(producer->inputs,
                             [&](Value input) { return leads_from_parameters(graph, input); });
}

// One node for a convolution and the normalisation behind it, with the inputs of both.
Node joined(const Node& convolution, const Node& normalization,
            std::shared_ptr<ops::ConvolutionAndNormalization> operation) {
  operation->convolution = *as<ops::Convolution>(convolution);
  operation->normalization = *as<ops::BatchNormalization>(normalization);
  Node node = convolution;
  node.operation = std::move(operation);
  node.inputs.insert(node.inputs.end(), normalization.inputs.begin() + 1, normalization.inputs.end());
  node.state = normalization.state;
  node.output = normalization.output;
  return node;
}

// For training: a first layer with the normalisation and the pooling behind it.
std::optional<Node> pooled_convolution(const Graph& graph, const Node& first, const Node& second) {
  const auto* convolution = as<ops::Convolution>(first);
  const auto* normalization = as<ops::BatchNormalization>(second);
  if (convolution == nullptr || normalization == nullptr) return std::nullopt;
  if (!normalization->training || !normalization->pooling) return std::nullopt;
  const Value x = first.inputs[0];
  if (!ops::PooledConvolution::serves(*convolution, graph.shape(x), graph.shape(first.inputs[1])) ||
      leads_from_parameters(graph, x)) {
    return std::nullopt;
  }
  const auto merged = std::make_shared<ops::PooledConvolution>();
  Node node = joined(first, second, merged);
  merged->normalization.of_relu = convolution->relu;
  return node;
}

// For inference: the normalisation behind a convolution, which may have its pooling along.
std::optional<Node> normalized_convolution(const Graph& graph, const Node& first, const Node& second) {
  const auto* convolution = as<ops::Convolution>(first);
  const auto* normalization = as<ops::BatchNormalization>(second);
  if (convolution == nullptr || normalization == nullptr || normalization->training) return std::nullopt;
  if (graph.shape(first.output).checked_axis(normalization->axis) == 0) return std::nullopt;
  return joined(first, second, std::make_shared<ops::NormalizedConvolution>());
}

// A normalisation that alone reads what a relu left takes the relu's gradient along.
template <typename Op>
void take_relu_gradient(Node& producer, Node& reader) {
  const auto* product = as<Op>(producer);
  const auto* normalization = as<ops::BatchNormalization>(reader);
  if (product == nullptr || !product->relu || normalization == nullptr) return;
  Op without = *product;
  without.gradient_before_relu = true;
  producer = with_operation(producer, without);
  ops::BatchNormalization with = *normalization;
  with.of_relu = true;
  reader = with_operation(reader, with);
}

// Nodes whose output nobody reads; those that keep a state are run for its sake.
void drop_unread(Graph& graph, const std::vector<Value>& outputs) {
  std::vector<Node>& nodes = graph.nodes();
  for (size_t i = nodes.size(); i-- > 0;) {
    const bool is_read = graph.uses(nodes[i].output) > 0 || std::ranges::count(outputs, nodes[i].output) > 0;
    if (!is_read && nodes[i].state.empty()) nodes.erase(nodes.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

// The node that makes the first input of another, which alone reads it; otherwise null.
const Node* private_producer(const Graph& graph, const Node& reader, const std::vector<Value>& outputs) {
  const Value between = reader.inputs.front();
  if (graph.uses(between) != 1 || std::ranges::count(outputs, between) > 0) return nullptr;
  return graph.producer(between);
}

// merge(graph, first, second): one node that does what both do, or nothing.
template <typename Merge>
void merge_neighbours(Graph& graph, const std::vector<Value>& outputs, const Merge& merge) {
  std::vector<Node>& nodes = graph.nodes();
  for (size_t at = 0; at < nodes.size();) {
    const Node* first = private_producer(graph, nodes[at], outputs);
    std::optional<Node> merged = first != nullptr ? merge(graph, *first, nodes[at]) : std::nullopt;
    if (!merged) {
      ++at;
      continue;
    }
    nodes[at] = *std::move(merged);
    nodes.erase(nodes.begin() + (first - nodes.data()));
    --at;  // there the merged node is now, which may merge with its own producer
  }
}

}  // namespace

void fuse(Graph& graph, const std::vector<Value>& outputs, bool has_gradients) {
  drop_unread(graph, outputs);
  merge_neighbours(graph, outputs, merge);
  if (!has_gradients) return merge_neighbours(graph, outputs, normalized_convolution);
  merge_neighbours(graph, outputs, pooled_convolution);
  std::vector<Node>& nodes = graph.nodes();
  for (Node& node : nodes) {
    const Node* first = private_producer(graph, node, outputs);
    if (first == nullptr) continue;
    Node& producer = nodes[static_cast<size_t>(first - nodes.data())];
    take_relu_gradient<ops::Convolution>(producer, node);
    take_relu_gradient<ops::Dense>(producer, node);
  }
}

}  // namespace antler::graph
