#include "antler/models/model.h"

#include <algorithm>
#include <atomic>
#include <optional>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/models/model_state.h"

namespace antler {
namespace {

std::atomic<bool> seed_is_set = false;
std::atomic<uint64_t> seed_of_new_models = 0;

}  // namespace

void set_random_seed(uint64_t seed) {
  seed_of_new_models = seed;
  seed_is_set = true;
}

Model::Model(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->seed = seed_is_set ? seed_of_new_models.load() : random_seed();
}

Model::Model(std::string name, std::vector<Call> calls, std::vector<int> inputs, std::vector<Source> outputs)
    : Model(std::make_unique<State>()) {
  state_->name = std::move(name);
  for (Call& call : calls) state_->append(std::move(call));
  state_->inputs = std::move(inputs);
  state_->outputs = std::move(outputs);
}

Model::Model(const Model& other) : state_(other.state_->clone()) {}
Model& Model::operator=(const Model& other) {
  if (this != &other) state_ = other.state_->clone();
  return *this;
}
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

const std::string& Model::name() const {
  return state_->name;
}
void Model::set_name(const std::string& name) {
  state_->name = name;
}
const std::string& Model::class_name() const {
  return state_->class_name;
}
const std::vector<Model::Call>& Model::calls() const {
  return state_->calls;
}
const std::vector<int>& Model::inputs() const {
  return state_->inputs;
}
const std::vector<Model::Source>& Model::outputs() const {
  return state_->outputs;
}
uint64_t Model::seed() const {
  return state_->seed;
}
void Model::set_seed(uint64_t seed) {
  state_->seed = seed;
}
const std::optional<TrainingProgress>& Model::training_progress() const {
  return state_->progress;
}
void Model::set_training_progress(std::optional<TrainingProgress> progress) {
  state_->progress = std::move(progress);
}

const Shape& Model::shape_of(Source source) const {
  return state_->shape_of(source);
}

bool Model::trainable() const {
  return state_->trainable;
}
void Model::set_trainable(bool trainable) {
  state_->trainable = trainable;
  if (state_->as_layer) state_->as_layer->trainable = trainable;
  for (layers::Layer layer : layers()) layer.set_trainable(trainable);
}

const Shape& Model::input_shape() const {
  if (inputs().empty())
    throw Error("the model's input shape is not known: give its first layer an input_shape");
  return shape_of(inputs().front());
}

const Shape& Model::output_shape() const {
  if (outputs().empty())
    throw Error("the model's output shape is not known: give its first layer an input_shape");
  return shape_of(outputs().front());
}

std::vector<layers::Layer> Model::layers() const {
  return state_->layers();
}

layers::Layer Model::get_layer(const std::string& name) const {
  for (const layers::Layer& layer : layers()) {
    if (layer.name() == name) return layer;
  }
  throw Error("the model has no layer '{}'", name);
}

std::vector<Tensor> Model::get_weights() const {
  std::vector<Tensor> weights;
  for (const layers::Layer& layer : layers()) {
    for (Tensor& weight : layer.get_weights()) weights.push_back(std::move(weight));
  }
  return weights;
}

void Model::set_weights(const std::vector<Tensor>& weights) {
  const size_t expected = get_weights().size();
  if (weights.size() != expected) throw Error("{} weights given; the model has {}", weights.size(), expected);
  auto next = weights.begin();
  for (layers::Layer layer : layers()) {
    const auto count = static_cast<std::ptrdiff_t>(layer.weights().size());
    layer.set_weights({next, next + count});
    next += count;
  }
}

std::vector<layers::Weight*> Model::trainable_weights() const {
  return state_->trainable_weights();
}

int64_t Model::count_params() const {
  int64_t count = 0;
  for (const layers::Layer& layer : layers()) count += layer.count_params();
  return count;
}

void Model::compile(const CompileOptions& options) {
  state_->compiled = options.in_order(state_->output_names());
  state_->progress.reset();
}

bool Model::is_compiled() const {
  return state_->compiled.has_value();
}

namespace {

template <typename State>
auto& compiled(State& state) {
  if (!state.compiled)
    throw Error("the model is not compiled: call compile() with an optimizer and a loss first");
  return *state.compiled;
}

}  // namespace

optimizers::Optimizer& Model::optimizer() {
  return compiled(*state_).optimizer;
}
const optimizers::Optimizer& Model::optimizer() const {
  return compiled(*state_).optimizer;
}
const CompileOptions& Model::compile_options() const {
  return compiled(*state_);
}
std::vector<metrics::Metric> Model::metrics() const {
  std::vector<metrics::Metric> all = compiled(*state_).metrics.all();
  for (metrics::Metric& metric : compiled(*state_).weighted_metrics.all()) all.push_back(std::move(metric));
  return all;
}

}  // namespace antler
