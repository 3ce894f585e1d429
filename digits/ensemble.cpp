#include "digits/ensemble.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "antler/callbacks/lambda_callback.h"
#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/core/random.h"
#include "antler/data/argmax.h"
#include "antler/saving/saving.h"
#include "digits/dataset.h"
#include "digits/model_file.h"

namespace antler::digits {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The time there is for all of it.
class Budget {
 public:
  explicit Budget(std::optional<double> minutes) : minutes_(minutes) {}

  bool is_over() const { return minutes_ && left() <= 0.0; }
  /// Whether another member fits, after what the ones before took.
  bool has_time_for_another() const { return !minutes_ || longest_ == 0.0 || left() > longest_; }
  void count(double seconds) { longest_ = std::max(longest_, seconds); }

 private:
  double left() const { return *minutes_ * 60.0 - seconds_since(start_); }

  std::optional<double> minutes_;
  Clock::time_point start_ = Clock::now();
  double longest_ = 0.0;
};

void open_folder(const EnsembleOptions& options) {
  const std::filesystem::path& folder = options.member.model;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw Error("{}: the folder cannot be made: {}", folder.string(), error.message());
  check_can_save(unfinished_file(folder));
  const bool has_members = exists(member_file(folder, 1)) || exists(unfinished_file(folder));
  if (has_members && !options.member.resume && !options.anew) {
    throw Error("{}: the folder has members already; --resume goes on with them, another -o begins anew",
                folder.string());
  }
}

// Member number 1 has the next seed after the one by which rows are held out, and so on.
uint64_t seed_of(const EnsembleOptions& options) {
  const std::filesystem::path& folder = options.member.model;
  const bool has_first = exists(member_file(folder, 1));
  if (options.anew || (!has_first && !exists(unfinished_file(folder))))
    return options.member.seed.value_or(random_seed());
  const std::filesystem::path file = has_first ? member_file(folder, 1) : unfinished_file(folder);
  const uint64_t seed = load_digit_model(file).seed() - 1;
  if (options.member.seed && *options.member.seed != seed) {
    throw Error("{}: the members to go on with have the seed {}, not {}", folder.string(), seed,
                *options.member.seed);
  }
  return seed;
}

/// Trains members one by one, and keeps count.
class Training {
 public:
  Training(const EnsembleOptions& options, const Plan& plan, const Rows& rows, uint64_t seed)
      : options_(options),
        plan_(plan),
        rows_(rows),
        seed_(seed),
        budget_(options.minutes),
        has_old_members_(options.anew) {}

  EnsembleResult run() {
    int number = 1;
    while (!has_old_members_ && number <= options_.members && exists(file(number))) {
      count(number, load_digit_model(file(number)));
      ++number;
    }
    while (number <= options_.members && !is_enough() && budget_.has_time_for_another()) {
      if (!train(number)) return result_;
      ++number;
    }
    fmt::print("{} has {} of {} members: antler digits predict -m {}\n", options_.member.model.string(),
               number - 1, options_.members, quoted(options_.member.model.string()));
    return result_;
  }

 private:
  std::filesystem::path file(int number) const { return member_file(options_.member.model, number); }

  bool is_enough() const {
    const auto& together = result_.together;
    return options_.member.until && !together.empty() && together.back() >= *options_.member.until;
  }

  Model model_of(int number) const {
    const uint64_t seed = seed_ + static_cast<uint64_t>(number);
    const std::filesystem::path cut = unfinished_file(options_.member.model);
    if (!has_old_members_ && exists(cut)) {
      Model model = load_digit_model(cut);
      if (model.seed() == seed && model.training_progress()) return model;
    }
    return make_network(plan_.recipe, seed, updates_of(plan_, rows_.x.rows()));
  }

  // False when it was cut.
  bool train(int number) {
    fmt::print("Member {} of {}\n", number, options_.members);
    const auto start = Clock::now();
    const auto deadline = std::make_shared<callbacks::LambdaCallback>(callbacks::LambdaCallback::Functions{
        .on_train_batch_end = [&](callbacks::Run& run, int64_t, const auto&) {
          run.cut = run.cut || budget_.is_over();
        }});
    const std::filesystem::path cut = unfinished_file(options_.member.model);
    callbacks::CallbackList watchers = options_.member.callbacks;
    watchers.push_back(deadline);
    const Attempt attempt = digits::run(model_of(number), plan_, rows_, cut.string(), watchers);
    remove_old_members();
    if (attempt.history.stopped) {
      attempt.model.save(cut);
      result_.interrupted = attempt.interrupted || !budget_.is_over();
      fmt::print("Stopped in member {}; {} has {} finished ones, and --resume goes on with this one.\n",
                 number, options_.member.model.string(), number - 1);
      return false;
    }
    attempt.model.save(file(number));
    std::filesystem::remove(cut);
    budget_.count(seconds_since(start));
    count(number, attempt.model);
    if (options_.on_member) options_.on_member(result_);
    return true;
  }

  void remove_old_members() {
    if (!std::exchange(has_old_members_, false)) return;
    for (int number = 1; exists(file(number)); ++number) std::filesystem::remove(file(number));
    std::filesystem::remove(unfinished_file(options_.member.model));
  }

  void count(int number, Model model) {
    if (!rows_.has_validation()) return;
    const Tensor probabilities = model.predict(rows_.validation_x, {.batch_size = plan_.batch_size});
    if (sum_.empty()) sum_ = Tensor(probabilities.shape());
    std::ranges::transform(sum_.span(), probabilities.span(), sum_.data(), std::plus());
    result_.each.push_back(accuracy(probabilities));
    result_.together.push_back(accuracy(sum_));
    fmt::print("Member {} of {}: validation accuracy {:.4f}, all together {:.4f}\n", number, options_.members,
               result_.each.back(), result_.together.back());
  }

  double accuracy(const Tensor& scores) const {
    const std::vector<int> found = argmax(scores);
    const std::vector<int> expected = argmax(rows_.validation_y);
    int64_t right = 0;
    for (size_t i = 0; i < found.size(); ++i) right += found[i] == expected[i] ? 1 : 0;
    return static_cast<double>(right) / static_cast<double>(found.size());
  }

  const EnsembleOptions& options_;
  const Plan& plan_;
  const Rows& rows_;
  uint64_t seed_;
  Budget budget_;
  bool has_old_members_;  // to be removed, and not to be gone on with
  Tensor sum_;
  EnsembleResult result_;
};

EnsembleResult follow(const EnsembleOptions& options, const Plan& plan, const Digits& digits, uint64_t seed) {
  const Rows rows = split_rows(digits, plan.validation_split, seed);
  if (plan.verbose > 0) fmt::print("Seed {}: --seed {} gives these members again.\n", seed, seed);
  EnsembleResult result = Training(options, plan, rows, seed).run();
  if (options.member.history) {
    const Json json = {{"val_accuracy", result.each}, {"val_accuracy_together", result.together}};
    write_file(*options.member.history, dump_json(json) + "\n");
  }
  return result;
}

// The seed by which rows are held out.
uint64_t prepared(const EnsembleOptions& options) {
  if (options.member.history) OutputFile{*options.member.history};
  open_folder(options);
  return seed_of(options);
}

}  // namespace

EnsembleResult train_ensemble(const EnsembleOptions& options) {
  const Plan plan = plan_of(options.member);
  const uint64_t seed = prepared(options);
  return follow(options, plan, read_digits(options.member.csv, Labels::required), seed);
}

EnsembleResult train_ensemble(const EnsembleOptions& options, const Digits& digits) {
  const Plan plan = plan_of(options.member);
  return follow(options, plan, digits, prepared(options));
}

}  // namespace antler::digits
