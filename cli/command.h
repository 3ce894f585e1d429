// The subcommands of `antler`, a source each: options in, one call of the library, what to print.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace antler::cli {

/// What a subcommand does once the whole command line has been understood; gives the exit code.
using Action = std::function<int()>;

/// Exit codes beside 0.
constexpr int failed = 1;
constexpr int wrong_usage = 2;
constexpr int interrupted = 130;

/// Each adds its subcommand to `parent`; when it is the one given, its action is put into `chosen`.
void add_digits_train(::CLI::App& parent, Action& chosen);
void add_digits_predict(::CLI::App& parent, Action& chosen);
void add_digits_evaluate(::CLI::App& parent, Action& chosen);
void add_digits_show(::CLI::App& parent, Action& chosen);
void add_digits_write(::CLI::App& parent, Action& chosen);
void add_digits_serve(::CLI::App& parent, Action& chosen);
void add_summary(::CLI::App& parent, Action& chosen);
void add_plot(::CLI::App& parent, Action& chosen);
void add_predict(::CLI::App& parent, Action& chosen);
void add_evaluate(::CLI::App& parent, Action& chosen);
void add_fit(::CLI::App& parent, Action& chosen);
void add_classes(::CLI::App& parent, Action& chosen);
void add_convert(::CLI::App& parent, Action& chosen);
void add_completion(::CLI::App& parent, Action& chosen);
void add_manual(::CLI::App& parent, Action& chosen);

}  // namespace antler::cli
