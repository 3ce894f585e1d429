#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "cli/completion/pages.h"

namespace antler::cli {
namespace {

// " digits train": each word behind a space.
std::string path_of(const CommandPage& page) {
  std::string path;
  for (const std::string& word : page.path) path += " " + word;
  return path;
}

Words words_of(const CommandPage& page, const std::vector<CommandPage>& pages) {
  Words words;
  for (const CommandPage& each : commands_below(page, pages)) words.push_back(each.name());
  for (const OptionPage& option : page.options) std::ranges::copy(option.names, std::back_inserter(words));
  std::ranges::copy(page.choices, std::back_inserter(words));
  return words;
}

// One case for each option with a value: a file, one of the choices, or nothing.
std::string value_cases(const CommandPage& page) {
  std::string cases;
  for (const OptionPage& option : page.options) {
    if (option.value.empty()) continue;
    for (const std::string& name : option.names) {
      cases += fmt::format("  '{} {}') words='{}' files={} ;;\n", path_of(page), name,
                           fmt::join(option.choices, " "), option.takes_file ? "yes" : "");
    }
  }
  return cases;
}

}  // namespace

std::string bash_script(const std::vector<CommandPage>& pages) {
  Words paths;
  std::string words;
  std::string values;
  for (const CommandPage& page : pages) {
    if (!page.path.empty()) paths.push_back(fmt::format("'{}'", path_of(page)));
    words += fmt::format("  '{}') words='{}' files={} ;;\n", path_of(page),
                         fmt::join(words_of(page, pages), " "), page.takes_files ? "yes" : "");
    values += value_cases(page);
  }
  return fmt::format(R"(# Completion of antler for bash, written by `antler completion bash`.
_antler() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} path= word words= files=yes unwanted
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$path $word" in
    {}) path+=" $word" ;;
    esac
  done
  case "$path" in
{}  esac
  case "$path $before" in
{}  *) [[ $current == -* ]] || unwanted='-*' ;;
  esac
  [[ -n $files ]] || compopt +o default +o bashdefault 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -W "$words" ${{unwanted:+-X "$unwanted"}} -- "$current")
}}
complete -o default -o bashdefault -F _antler antler
)",
                     fmt::join(paths, " | "), words, values);
}

}  // namespace antler::cli
