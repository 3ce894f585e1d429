// Options that several subcommands have.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "antler/callbacks/callback.h"
#include "antler/core/error.h"
#include "antler/core/profile.h"
#include "antler/models/model.h"
#include "digits/selection.h"

namespace antler::cli {

/// What files of labelled digits hold.
inline constexpr const char* labelled_digits =
    "label,pixel0,...,pixel783, or MNIST's ...-images-idx3-ubyte beside its labels; may be gzipped";

/// Lets numbers from 0 to 1 through; 1 itself only `with_all`.
::CLI::Validator share(bool with_all);

/// Each option writes to `value`, whose present value is its default. A value out of range is a wrong command
/// line.
void add_threads(::CLI::App& command);
void add_batch_size(::CLI::App& command, int64_t& value);
void add_row(::CLI::App& command, int64_t& value);
void add_count(::CLI::App& command, int64_t& value, const std::string& what);
void add_epochs(::CLI::App& command, int& value);
void add_validation_split(::CLI::App& command, double& value);
/// The same where the default is a recipe's.
void add_batch_size(::CLI::App& command, std::optional<int64_t>& value);
void add_epochs(::CLI::App& command, std::optional<int>& value);
void add_validation_split(::CLI::App& command, std::optional<double>& value);
void add_seed(::CLI::App& command, std::optional<uint64_t>& value);
void add_verbose(::CLI::App& command, int& value);
/// Prints where the time of a training run went.
void add_profile(::CLI::App& command, bool& value);
void print_profile(const Profile& profile);
void add_history(::CLI::App& command, std::optional<std::filesystem::path>& value);
/// -m MODEL, once or several times.
void add_models(::CLI::App& command, std::vector<std::filesystem::path>& value);
/// Looks at images moved by a pixel as well.
void add_moved(::CLI::App& command, bool& value);
/// All rows of a file of labelled digits, or those held out alone.
void add_selection(::CLI::App& command, digits::Selection& value);
/// Array files, `names` given once for each of the model's inputs or outputs. `what` says what is in one.
void add_arrays(::CLI::App& command, const std::string& names, const std::string& what,
                std::vector<std::filesystem::path>& value);

/// The array of each file. Throws Error as read_npy() does.
std::vector<Tensor> read_arrays(const std::vector<std::filesystem::path>& paths);
/// "x.npy", or "a.npy, b.npy".
std::string names_of(const std::vector<std::filesystem::path>& paths);

/// {"loss": 0.04, "accuracy": 0.99} and an end of line, to standard output; not a number is NaN, as Python
/// writes it.
void print_json(const callbacks::Logs& values);

/// Throws Error when the model in `path` cannot be trained or evaluated as it is.
void require_compiled(const Model& model, const std::filesystem::path& path);

/// Calls `work`; an Error that it throws is thrown on with `where` in front.
template <typename Work>
auto naming(const std::string& where, const Work& work) {
  try {
    return work();
  } catch (const Error& error) {
    throw Error("{}: {}", where, error.what());
  }
}

}  // namespace antler::cli
