// What a shell needs to know of the command, read from the command itself.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

namespace antler::cli {

using Words = std::vector<std::string>;

struct OptionPage {
  Words names;  ///< "--output", "-o"
  std::string description;
  std::string value;  ///< what its value is called, "FILE"; empty for a flag
  Words choices;      ///< of the value; none where anything may be given
  bool takes_file = false;
};

struct CommandPage {
  Words path;  ///< {"digits", "train"}; empty for `antler` itself
  std::string description;
  std::vector<OptionPage> options;
  Words choices;  ///< of its positional arguments
  bool takes_files = false;

  const std::string& name() const { return path.back(); }
  bool is_below(const CommandPage& other) const {
    return path.size() == other.path.size() + 1 &&
           std::equal(other.path.begin(), other.path.end(), path.begin());
  }
};

/// `app` first, each command before those below it; hidden ones are left out.
std::vector<CommandPage> command_pages(const ::CLI::App& app);
std::vector<CommandPage> commands_below(const CommandPage& page, const std::vector<CommandPage>& pages);

/// The script of each shell.
std::string bash_script(const std::vector<CommandPage>& pages);
std::string fish_script(const std::vector<CommandPage>& pages);
std::string zsh_script(const std::vector<CommandPage>& pages);

}  // namespace antler::cli
