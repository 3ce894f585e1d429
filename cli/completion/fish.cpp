#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "cli/completion/pages.h"

namespace antler::cli {
namespace {

// Between single quotes, where only these two characters mean anything to fish.
std::string quoted(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') safe += '\\';
    safe += letter;
  }
  return fmt::format("'{}'", safe);
}

std::string start_of(const CommandPage& page) {
  return fmt::format("complete -c antler -n {}",
                     quoted(fmt::format("__antler_is_at {}", fmt::join(page.path, " "))));
}

std::string line_of(const CommandPage& page, const OptionPage& option) {
  std::string line = start_of(page);
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (option.takes_file) {
    line += " -rF";
  } else if (!option.value.empty()) {
    line += fmt::format(" -x -a {}", quoted(fmt::format("{}", fmt::join(option.choices, " "))));
  }
  return fmt::format("{} -d {}\n", line, quoted(option.description));
}

std::string lines_of(const CommandPage& page, const std::vector<CommandPage>& below) {
  std::string lines;
  if (!page.takes_files) lines += start_of(page) + " -f\n";
  for (const CommandPage& each : below)
    lines += fmt::format("{} -a {} -d {}\n", start_of(page), each.name(), quoted(each.description));
  if (!page.choices.empty())
    lines +=
        fmt::format("{} -a {}\n", start_of(page), quoted(fmt::format("{}", fmt::join(page.choices, " "))));
  for (const OptionPage& option : page.options) lines += line_of(page, option);
  return lines;
}

}  // namespace

std::string fish_script(const std::vector<CommandPage>& pages) {
  Words paths;
  std::string lines;
  for (const CommandPage& page : pages) {
    if (!page.path.empty()) paths.push_back(fmt::format("'{}'", fmt::join(page.path, " ")));
    lines += lines_of(page, commands_below(page, pages));
  }
  return fmt::format(R"(# Completion of antler for fish, written by `antler completion fish`.
function __antler_is_at
  set -l path
  for word in (commandline -opc)[2..-1]
    contains -- (string join -- ' ' $path $word) {} && set -a path $word
  end
  test "$path" = "$argv"
end
{})",
                     fmt::join(paths, " "), lines);
}

}  // namespace antler::cli
