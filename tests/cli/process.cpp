#include "tests/cli/process.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace antler {
namespace {

// In the child process, which ends when the command cannot be run.
[[noreturn]] void become_command(const TemporaryFolder& folder, std::vector<std::string> words,
                                 const std::string& out, const std::string& err,
                                 const Process::Limits& limits) {
  words.insert(words.begin(), ANTLER_COMMAND);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int out_file = open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int err_file = open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (limits.file_size) {
    const rlimit limit{.rlim_cur = *limits.file_size, .rlim_max = *limits.file_size};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  const bool ready = dup2(out_file, STDOUT_FILENO) >= 0 && dup2(err_file, STDERR_FILENO) >= 0 &&
                     chdir(folder.path().c_str()) == 0 && setenv("COLUMNS", "80", 1) == 0;
  if (ready) execv(arguments[0], arguments.data());
  _exit(126);
}

}  // namespace

Process::Process(const TemporaryFolder& folder, const std::vector<std::string>& words, const Limits& limits) {
  const std::string out =
      limits.standard_output.empty() ? (outputs_ / "out").string() : limits.standard_output;
  process_ = fork();
  if (process_ == 0) become_command(folder, words, out, (outputs_ / "err").string(), limits);
}

bool Process::has_ended() {
  int status = 0;
  if (!code_ && waitpid(process_, &status, WNOHANG) == process_) {
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  return code_.has_value();
}

bool Process::wait_for(const std::string& text) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (outputs_.read("out").find(text) == std::string::npos) {
    if (has_ended() || std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

void Process::send(int signal) const {
  kill(process_, signal);
}

Outcome Process::wait() {
  while (!has_ended()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return {.code = *code_, .out = outputs_.read("out"), .err = outputs_.read("err")};
}

Outcome antler_command(const TemporaryFolder& folder, const std::vector<std::string>& words,
                       const Process::Limits& limits) {
  return Process(folder, words, limits).wait();
}

std::string not_a_proper_failure(const Outcome& outcome, const std::vector<std::string>& parts) {
  const std::string& err = outcome.err;
  if (outcome.code != 1) return fmt::format("exit code {}; standard error: {}", outcome.code, err);
  if (!err.starts_with("antler: ")) return "no sentence of antler: " + err;
  if (err.find('\n') != err.size() - 1) return "not one line: " + err;
  for (const std::string& part : parts) {
    if (err.find(part) == std::string::npos) return fmt::format("no '{}' in: {}", part, err);
  }
  return "";
}

}  // namespace antler
