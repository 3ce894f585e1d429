// The antler command, run as users run it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/core/temporary_folder.h"

namespace antler {

/// How a command ended.
struct Outcome {
  /// Exit code; 128 and the signal's number when one ended it.
  int code = -1;
  std::string out;
  std::string err;
};

/// `antler WORDS...` running in a folder, without a terminal.
class Process {
 public:
  struct Limits {
    /// Largest file it may write, in bytes.
    std::optional<uint64_t> file_size = {};
    /// Where standard output goes, instead of to Outcome.
    std::string standard_output = {};
  };

  Process(const TemporaryFolder& folder, const std::vector<std::string>& words, const Limits& limits);
  Process(const TemporaryFolder& folder, const std::vector<std::string>& words)
      : Process(folder, words, Limits{}) {}

  /// False when it ends, or a minute goes by, before it has written `text` to standard output.
  bool wait_for(const std::string& text);
  void send(int signal) const;
  Outcome wait();

 private:
  bool has_ended();

  TemporaryFolder outputs_;
  pid_t process_ = -1;
  std::optional<int> code_;
};

/// Runs it to its end.
Outcome antler_command(const TemporaryFolder& folder, const std::vector<std::string>& words,
                       const Process::Limits& limits = {});

/// Empty when the command failed as it ought to: with exit code 1, nothing but one sentence on standard
/// error, and each of `parts` in that sentence. Otherwise what is wrong.
std::string not_a_proper_failure(const Outcome& outcome, const std::vector<std::string>& parts);

}  // namespace antler
