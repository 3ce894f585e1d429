#include "digits/server/reader.h"

#include <algorithm>
#include <utility>

#include "antler/models/predict_mean.h"
#include "digits/server/feature_maps.h"

namespace antler::digits::server {
namespace {

constexpr size_t largest_batch = 64;

// Up to `count` of the questions, which leave the queue.
template <typename Question>
std::vector<Question> taken(std::vector<Question>& queue, size_t count) {
  const auto end = queue.begin() + static_cast<std::ptrdiff_t>(std::min(count, queue.size()));
  std::vector<Question> first(std::make_move_iterator(queue.begin()), std::make_move_iterator(end));
  queue.erase(queue.begin(), end);
  return first;
}

}  // namespace

Reader::Reader(std::vector<Model> models)
    : models_(std::move(models)),
      all_layers_(with_all_layers_as_outputs(models_.front())),
      worker_([this] { work(); }) {}

Reader::~Reader() {
  {
    const std::scoped_lock lock(guard_);
    ending_ = true;
  }
  changed_.notify_one();
  worker_.join();
}

Probabilities Reader::read(const Tensor& image) {
  Question question{.image = image, .answer = {}};
  auto answer = question.answer.get_future();
  {
    const std::scoped_lock lock(guard_);
    waiting_.push_back(std::move(question));
  }
  changed_.notify_one();
  return answer.get();
}

Json Reader::layers(const Tensor& image) {
  LayersQuestion question{.image = image, .answer = {}};
  auto answer = question.answer.get_future();
  {
    const std::scoped_lock lock(guard_);
    waiting_for_layers_.push_back(std::move(question));
  }
  changed_.notify_one();
  return answer.get();
}

void Reader::work() {
  for (;;) {
    std::vector<Question> questions;
    std::vector<LayersQuestion> about_layers;
    {
      std::unique_lock lock(guard_);
      changed_.wait(lock, [&] { return ending_ || !waiting_.empty() || !waiting_for_layers_.empty(); });
      if (waiting_.empty() && waiting_for_layers_.empty()) return;
      questions = taken(waiting_, largest_batch);
      about_layers = taken(waiting_for_layers_, 1);  // these take longer: readings go between them
    }
    if (!questions.empty()) answer(questions);
    if (!about_layers.empty()) answer(about_layers.front());
  }
}

void Reader::answer(std::vector<Question>& questions) {
  try {
    Tensor images = Tensor::uninitialized({static_cast<int64_t>(questions.size()), 28, 28, 1});
    float* to = images.data();
    for (const Question& question : questions) to = std::ranges::copy(question.image.span(), to).out;
    const Tensor probabilities = predict_mean(models_, images, {.batch_size = images.rows()});
    const float* from = probabilities.data();
    for (Question& question : questions) {
      Probabilities answer;
      std::copy_n(from, answer.size(), answer.begin());
      from += answer.size();
      question.answer.set_value(answer);
    }
  } catch (...) {
    // Before the first answer, or not at all: set_value() and copying do not throw.
    for (Question& question : questions) question.answer.set_exception(std::current_exception());
  }
}

void Reader::answer(LayersQuestion& question) {
  try {
    const std::vector<Tensor> outputs = all_layers_.predict_outputs(question.image.reshape({1, 28, 28, 1}));
    question.answer.set_value(feature_maps(all_layers_, outputs));
  } catch (...) {
    question.answer.set_exception(std::current_exception());
  }
}

}  // namespace antler::digits::server
