#include "cli/options.h"

#include <fmt/core.h>

#include <charconv>
#include <limits>

#include "antler/core/json.h"
#include "antler/core/parallel.h"
#include "antler/data/npy.h"
#include "antler/ops/kernels/peak.h"
#include "antler/visual/profile_table.h"

namespace antler::cli {
namespace {

// CLI11 itself lets numbers below zero and beyond 64 bits through, as some other number.
std::string not_a_seed(const std::string& text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_seed = error == std::errc() && end == text.data() + text.size();
  return is_seed ? "" : fmt::format("{} is no whole number from 0 to 2^64 - 1", text);
}

// `value` is a Number, or an optional one.
template <typename Number, typename Value>
::CLI::Option* add_number(::CLI::App& command, const std::string& names, Value& value,
                          const std::string& what) {
  return command.add_option(names, value, what)
      ->type_name("N")
      ->check(::CLI::Range(Number{1}, std::numeric_limits<Number>::max()).description(""));
}

template <typename Value>
::CLI::Option* add_split(::CLI::App& command, Value& value, const std::string& more) {
  return command
      .add_option("--validation-split", value, "Share of the rows, the last ones, to validate on" + more)
      ->type_name("F")
      ->check(share(false));
}

constexpr const char* by_recipe = "; by default as the recipe says";

}  // namespace

::CLI::Validator share(bool with_all) {
  const auto check = [with_all](const std::string& text) -> std::string {
    double value = -1.0;
    const bool is_share = ::CLI::detail::lexical_cast(text, value) && value >= 0.0 &&
                          (value < 1.0 || (with_all && value == 1.0));
    return is_share ? "" : fmt::format("{} is no number from 0 to {}1", text, with_all ? "" : "less than ");
  };
  return ::CLI::Validator(check, "");
}

void add_threads(::CLI::App& command) {
  command
      .add_option_function<int>("--threads", set_thread_count,
                                "How many threads to use; all processors by default")
      ->type_name("N")
      ->check(::CLI::Range(1, 1024).description(""));
}

void add_batch_size(::CLI::App& command, int64_t& value) {
  add_number<int64_t>(command, "--batch-size", value, "Rows at a time")->capture_default_str();
}
void add_batch_size(::CLI::App& command, std::optional<int64_t>& value) {
  add_number<int64_t>(command, "--batch-size", value, std::string("Rows at a time") + by_recipe);
}

void add_row(::CLI::App& command, int64_t& value) {
  add_number<int64_t>(command, "--row", value, "The first row to show, counting from 1")
      ->capture_default_str();
}

void add_count(::CLI::App& command, int64_t& value, const std::string& what) {
  add_number<int64_t>(command, "--count", value, what)->capture_default_str();
}

void add_epochs(::CLI::App& command, int& value) {
  add_number<int>(command, "--epochs", value, "Passes over the data")->capture_default_str();
}
void add_epochs(::CLI::App& command, std::optional<int>& value) {
  add_number<int>(command, "--epochs", value, std::string("Passes over the data") + by_recipe);
}

void add_validation_split(::CLI::App& command, double& value) {
  add_split(command, value, "")->capture_default_str();
}
void add_validation_split(::CLI::App& command, std::optional<double>& value) {
  add_split(command, value, by_recipe);
}

void add_seed(::CLI::App& command, std::optional<uint64_t>& value) {
  command.add_option("--seed", value, "The same seed, data and options give the same run; fresh by default")
      ->type_name("N")
      ->check(::CLI::Validator(not_a_seed, ""));
}

void add_verbose(::CLI::App& command, int& value) {
  command.add_option("--verbose", value, "0: silent; 1: progress bar; 2: a line an epoch")
      ->type_name("N")
      ->check(::CLI::Range(0, 2).description(""))
      ->capture_default_str();
}

void add_profile(::CLI::App& command, bool& value) {
  command.add_flag(
      "--profile", value,
      "Say at the end where the time went: milliseconds, GFLOP/s and share of the peak of each operation");
}

void print_profile(const Profile& profile) {
  fmt::print("{}", visual::profile_table(profile, ops::kernels::peak_flops()));
}

void add_history(::CLI::App& command, std::optional<std::filesystem::path>& value) {
  command.add_option("--history", value, "Write loss, metrics and seconds of each epoch to this JSON file")
      ->type_name("FILE");
}

void add_models(::CLI::App& command, std::vector<std::filesystem::path>& value) {
  command
      .add_option("-m,--model", value,
                  "Trained model, or the folder of an ensemble; given several times, their probabilities are "
                  "averaged. Without it: the model that antler comes with")
      ->type_name("MODEL")
      ->allow_extra_args(false);
}

void add_moved(::CLI::App& command, bool& value) {
  command.add_flag(
      "--moved", value,
      "Look at each digit nine times, as it is and moved by a pixel to each side, and take the mean: "
      "nine times the work for a few digits more");
}

void add_selection(::CLI::App& command, digits::Selection& value) {
  command
      .add_option("--held-out", value.held_out_by,
                  "Only those rows that digits train --seed SEED holds out, to judge what it trained")
      ->type_name("SEED")
      ->check(::CLI::Validator(not_a_seed, ""));
  command
      .add_option("--validation-split", value.validation_split,
                  "The share of the rows that it holds out; the lesson's is 0.2")
      ->type_name("F")
      ->check(share(false))
      ->capture_default_str();
}

void add_arrays(::CLI::App& command, const std::string& names, const std::string& what,
                std::vector<std::filesystem::path>& value) {
  command.add_option(names, value, what)->type_name("FILE.npy")->allow_extra_args(false)->required();
}

std::vector<Tensor> read_arrays(const std::vector<std::filesystem::path>& paths) {
  std::vector<Tensor> arrays;
  for (const std::filesystem::path& path : paths) arrays.push_back(read_npy(path));
  return arrays;
}

std::string names_of(const std::vector<std::filesystem::path>& paths) {
  std::string names;
  for (const std::filesystem::path& path : paths) names += (names.empty() ? "" : ", ") + path.string();
  return names;
}

void print_json(const callbacks::Logs& values) {
  Json json = Json::object();
  for (const auto& [name, value] : values) json[name] = value;
  fmt::print("{}\n", dump_json(json));
}

void require_compiled(const Model& model, const std::filesystem::path& path) {
  if (!model.is_compiled())
    throw Error("{}: the model was saved without a loss and an optimizer", path.string());
}

}  // namespace antler::cli
