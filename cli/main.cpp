// The antler command.
#include <fmt/core.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <new>

#include "antler/core/error.h"
#include "cli/command.h"

namespace antler::cli {
namespace {

int complain(std::string message, int code) {
  std::ranges::replace(message, '\n', ' ');
  fmt::print(stderr, "antler: {}\n", message);
  return code;
}

void add_commands(::CLI::App& app, Action& chosen) {
  app.require_subcommand(1);
  app.set_version_flag("--version", "antler " ANTLER_VERSION);
  ::CLI::App* digits =
      app.add_subcommand("digits", "Read handwritten digits: train on Kaggle's CSV, write the submission");
  digits->require_subcommand(1);
  add_digits_train(*digits, chosen);
  add_digits_predict(*digits, chosen);
  add_digits_evaluate(*digits, chosen);
  add_digits_show(*digits, chosen);
  add_digits_write(*digits, chosen);
  add_digits_serve(*digits, chosen);
  add_summary(app, chosen);
  add_plot(app, chosen);
  add_predict(app, chosen);
  add_evaluate(app, chosen);
  add_fit(app, chosen);
  add_classes(app, chosen);
  add_convert(app, chosen);
  add_completion(app, chosen);
  add_manual(app, chosen);
}

// CLI11 would ask for a subcommand where one is misspelt.
std::string reason(const ::CLI::App& app, const ::CLI::ParseError& error) {
  const std::vector<std::string> not_understood = app.remaining(true);
  return not_understood.empty() ? error.what()
                                : fmt::format("'{}' is not understood", not_understood.front());
}

int run(int count, char** words) {
  ::CLI::App app("Keras for C++, without the gigabyte: trains Keras models, and predicts with them.",
                 "antler");
  Action chosen;
  add_commands(app, chosen);
  try {
    app.parse(count, words);
  } catch (const ::CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return complain(fmt::format("{} (--help tells more)", reason(app, error)), wrong_usage);
  }
  return chosen();
}

// A reader that has seen enough, such as `head`, is no failure of ours.
bool reader_is_gone() {
  pollfd standard_output{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
  return poll(&standard_output, 1, 0) == 1 && (standard_output.revents & POLLERR) != 0;
}

int with_output_written(int code) {
  const bool failed_before = std::ferror(stdout) != 0;
  if ((std::fflush(stdout) == 0 && !failed_before) || reader_is_gone()) return code;
  return complain("standard output cannot be written", failed);
}

int guarded(int count, char** words) {
  try {
    return run(count, words);
  } catch (const Error& error) {
    return complain(error.what(), failed);
  } catch (const std::bad_alloc&) {
    return complain("there is not enough memory", failed);
  } catch (const std::exception& error) {
    return complain(error.what(), failed);
  }
}

}  // namespace
}  // namespace antler::cli

int main(int count, char** words) {
  // Writes then fail with an error that is reported like any other: to a closed pipe, and past a file size
  // limit.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return antler::cli::with_output_written(antler::cli::guarded(count, words));
}
