#include "digits/server/training.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/data/argmax.h"
#include "antler/data/rows.h"
#include "digits/ensemble.h"
#include "digits/model_file.h"
#include "digits/recipe.h"
#include "digits/server/shown_digit.h"
#include "digits/server/training_log.h"
#include "digits/train.h"

namespace antler::digits::server {
namespace {

constexpr int64_t most_probed = 500;
constexpr int64_t most_shown = 24;
constexpr std::chrono::seconds between_probes{3};

// Rows that a run does not train on.
Digits probed(const Rows& rows) {
  if (!rows.has_validation()) return {};
  const int64_t count = std::min(rows.validation_x.rows(), most_probed);
  std::vector<int64_t> first(static_cast<size_t>(count));
  std::iota(first.begin(), first.end(), int64_t{0});
  Tensor labels({count});
  std::ranges::copy(argmax(gather_rows(rows.validation_y, first)), labels.data());
  return {.images = gather_rows(rows.validation_x, first), .labels = std::move(labels)};
}

// Reads the same digits again and again with the weights of the run.
class Probe {
 public:
  Probe(Model model, Digits digits) : model_(std::move(model)), digits_(std::move(digits)) {}

  Json wrong_ones(const std::vector<Tensor>& weights) {
    Json shown = Json::array();
    int64_t wrong = 0;
    if (!digits_.images.empty()) {
      model_.set_weights(weights);
      const Tensor probabilities = model_.predict(digits_.images, {.batch_size = 100});
      const std::vector<int> read = argmax(probabilities);
      for (int64_t row = 0; row < digits_.images.rows(); ++row) {
        if (read[static_cast<size_t>(row)] == static_cast<int>(digits_.labels[row])) continue;
        if (wrong++ < most_shown) shown.push_back(shown_digit(digits_, probabilities, row));
      }
    }
    return {{"of", digits_.labels.size()}, {"count", wrong}, {"digits", std::move(shown)}};
  }

 private:
  Model model_;
  Digits digits_;
};

Probe probe_of(const TrainOptions& options, const Digits& digits) {
  const Plan plan = plan_of(options);
  const Rows rows = split_rows(digits, plan.validation_split, *options.seed);
  return {make_network(plan.recipe, *options.seed, updates_of(plan, rows.x.rows())), probed(rows)};
}

}  // namespace

// Sees the run from within, and is asked from without.
class Training::Watch : public callbacks::Callback {
 public:
  explicit Watch(const TrainingRequest& request) : log_(request.recipe, request.epochs, request.members) {}

  void probe_with(Probe probe) { probe_ = std::move(probe); }
  void stop() { stopping_ = true; }
  void member_done(double accuracy) {
    const std::scoped_lock lock(guard_);
    log_.member_done(accuracy);
  }
  void end(const std::string& phase, const std::string& error = "") {
    const std::scoped_lock lock(guard_);
    phase_ = phase;
    error_ = error;
    if (phase != "failed") last_ = log_.to_json();
  }
  bool has_ended() const {
    const std::scoped_lock lock(guard_);
    return phase_ != "preparing" && phase_ != "running";
  }

  Json seen() const {
    const std::scoped_lock lock(guard_);
    Json state{{"state", phase_ == "running" && stopping_ ? "stopping" : phase_}};
    state.update(last_.is_null() ? log_.to_json() : last_);
    state["wrong"] = wrong_;
    if (!error_.empty()) state["error"] = error_;
    return state;
  }

  void on_train_begin(callbacks::Run& run) override {
    const std::scoped_lock lock(guard_);
    phase_ = "running";
    log_.begin(run.steps);
  }
  void on_epoch_begin(callbacks::Run& /*run*/, int epoch) override { epoch_ = epoch; }
  void on_train_batch_end(callbacks::Run& run, int64_t batch, const callbacks::Logs& logs) override {
    {
      const std::scoped_lock lock(guard_);
      log_.batch(epoch_, batch, logs);
    }
    if (stopping_) run.stop_training = true;
    if (std::chrono::steady_clock::now() >= next_probe_) look(run);
  }
  void on_epoch_end(callbacks::Run& run, int epoch, callbacks::Logs& logs) override {
    {
      const std::scoped_lock lock(guard_);
      log_.epoch(epoch, logs);
    }
    if (stopping_) run.stop_training = true;
    look(run);
  }

 private:
  void look(const callbacks::Run& run) {
    Json wrong = probe_->wrong_ones(run.model->get_weights());
    next_probe_ = std::chrono::steady_clock::now() + between_probes;
    const std::scoped_lock lock(guard_);
    wrong_ = std::move(wrong);
  }

  // Of the training thread alone.
  std::optional<Probe> probe_;
  int epoch_ = 0;
  std::chrono::steady_clock::time_point next_probe_ = std::chrono::steady_clock::now() + between_probes;

  std::atomic<bool> stopping_ = false;
  mutable std::mutex guard_;  // of what follows
  std::string phase_ = "preparing";
  std::string error_;
  TrainingLog log_;
  Json last_;  // the log at the end of the run, when time no longer counts
  Json wrong_;
};

Training::Training(std::filesystem::path csv, std::filesystem::path kept)
    : csv_(std::move(csv)), kept_(std::move(kept)) {}

Training::~Training() {
  stop();
  if (thread_.joinable()) thread_.join();
}

bool Training::start(const TrainingRequest& request) {
  find_recipe(request.recipe);  // an error here rather than in the thread
  const std::scoped_lock lock(guard_);
  if (watch_ && !watch_->has_ended()) return false;
  if (thread_.joinable()) thread_.join();
  watch_ = std::make_shared<Watch>(request);
  thread_ = std::thread([this, request] { run(request); });
  return true;
}

bool Training::stop() {
  const std::scoped_lock lock(guard_);
  if (!watch_ || watch_->has_ended()) return false;
  watch_->stop();
  return true;
}

Json Training::state() const {
  const std::scoped_lock lock(guard_);
  return watch_ ? watch_->seen() : Json{{"state", "none"}};
}

std::optional<std::filesystem::path> Training::kept_model() const {
  const std::scoped_lock lock(guard_);
  return kept_model_;
}

void Training::keep(const std::filesystem::path& model) {
  const std::scoped_lock lock(guard_);
  kept_model_ = model;
  ++kept_count_;
}

void Training::run(const TrainingRequest& request) {
  const std::shared_ptr<Watch> watch = watch_;  // which start() sets only when this thread has ended
  try {
    TrainOptions options{.csv = csv_,
                         .model = kept_,
                         .recipe = request.recipe,
                         .epochs = request.epochs,
                         .seed = random_seed(),
                         .verbose = 0,
                         .stop_on_interrupt = false,
                         .callbacks = {watch}};
    const Digits digits = read_digits(csv_, Labels::required);
    watch->probe_with(probe_of(options, digits));
    const bool stopped = request.recipe == ensemble_recipe
                             ? train_members(options, request.members, digits, *watch)
                             : train_one(options, digits);
    watch->end(stopped ? "stopped" : "finished");
  } catch (const std::exception& error) {
    watch->end("failed", error.what());
  }
}

bool Training::train_one(const TrainOptions& options, const Digits& digits) {
  const bool stopped = train(options, digits).interrupted;
  keep(options.model);
  return stopped;
}

bool Training::train_members(TrainOptions options, int members, const Digits& digits, Watch& watch) {
  options.model.replace_filename(kept_.stem().string() + "_ensemble");
  const std::filesystem::path& folder = options.model;
  const auto on_member = [&](const EnsembleResult& so_far) {
    if (!so_far.together.empty()) watch.member_done(so_far.together.back());
    keep(folder);
  };
  const EnsembleResult result =
      train_ensemble({.member = options, .members = members, .anew = true, .on_member = on_member}, digits);
  if (!exists(member_file(folder, 1))) {  // stopped before any was done: better than nothing
    std::filesystem::rename(unfinished_file(folder), member_file(folder, 1));
    keep(folder);
  }
  return result.interrupted;
}

}  // namespace antler::digits::server
