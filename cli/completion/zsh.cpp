#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/completion/pages.h"

namespace antler::cli {
namespace {

// Inside '...', where a backslash takes their meaning from the characters that zsh's _arguments goes by.
std::string quoted(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '\'') {
      safe += R"('\'')";
      continue;
    }
    if (std::string("[]:\\").find(letter) != std::string::npos) safe += '\\';
    safe += letter;
  }
  return safe;
}

std::string function_of(const CommandPage& page) {
  return fmt::format("_antler{}{}", page.path.empty() ? "" : "_", fmt::join(page.path, "_"));
}

// ":FILE:_files", ":TB|LR:(TB LR)", ":N: "; empty for a flag.
std::string value_of(const OptionPage& option) {
  if (option.value.empty()) return "";
  if (!option.choices.empty()) return fmt::format(":value:({})", fmt::join(option.choices, " "));
  return fmt::format(":{}:{}", quoted(option.value), option.takes_file ? "_files" : " ");
}

// Each name by itself, and all of them at any place: some may be given several times.
std::string options_of(const CommandPage& page) {
  std::string specs;
  for (const OptionPage& option : page.options) {
    for (const std::string& name : option.names)
      specs += fmt::format(" \\\n    '*{}[{}]{}'", name, quoted(option.description), value_of(option));
  }
  return specs;
}

std::string arguments_of(const CommandPage& page) {
  if (!page.choices.empty()) return fmt::format(" \\\n    '*:argument:({})'", fmt::join(page.choices, " "));
  return page.takes_files ? " \\\n    '*:file:_files'" : "";
}

std::string function_with(const CommandPage& page, const std::vector<CommandPage>& below) {
  std::string names;
  std::string cases;
  for (const CommandPage& each : below) {
    names += fmt::format("\n      '{}:{}'", each.name(), quoted(each.description));
    cases += fmt::format("    {}) {} ;;\n", each.name(), function_of(each));
  }
  return fmt::format(R"({0}() {{
  local curcontext=$curcontext state line
  local -a commands
  _arguments -C{1} \
    '1: :->command' '*:: :->rest'
  case $state in
  command)
    commands=({2})
    _describe -t commands command commands ;;
  rest)
    case $line[1] in
{3}    esac ;;
  esac
}}
)",
                     function_of(page), options_of(page), names, cases);
}

std::string function_with_arguments(const CommandPage& page) {
  return fmt::format("{}() {{\n  _arguments{}{}\n}}\n", function_of(page), options_of(page),
                     arguments_of(page));
}

}  // namespace

std::string zsh_script(const std::vector<CommandPage>& pages) {
  std::string functions;
  for (const CommandPage& page : pages) {
    const std::vector<CommandPage> below = commands_below(page, pages);
    functions += below.empty() ? function_with_arguments(page) : function_with(page, below);
  }
  return fmt::format(R"(#compdef antler
# Completion of antler for zsh, written by `antler completion zsh`.
{}
if [[ $funcstack[1] == _antler ]]; then  # loaded from a folder of completions
  _antler "$@"
else  # read by `source`
  compdef _antler antler
fi
)",
                     functions);
}

}  // namespace antler::cli
