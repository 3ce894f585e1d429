// antler completion SHELL
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "cli/command.h"

namespace antler::cli {
namespace {

using Words = std::vector<std::string>;

// A command, as a shell needs to know it.
struct Page {
  std::string path;  // "digits train"; empty for `antler` itself
  Words words;       // what may follow: subcommands, options, and the choices of arguments
  bool takes_files = false;
  std::vector<const ::CLI::Option*> options;
};

bool is_file(const ::CLI::Option& option) {
  const std::string type = option.get_type_name();
  return std::ranges::any_of(Words{"FILE", "MODEL", "CSV", "OUT", "IN", ".h5"},
                             [&](const std::string& kind) { return type.find(kind) != std::string::npos; });
}

// Of an option of type "TEXT:{TB,LR}"; none where anything may be given.
Words choices_of(const ::CLI::Option& option) {
  const std::string type = option.get_type_name();
  const size_t begin = type.find('{');
  const size_t end = type.find('}');
  if (begin == std::string::npos || end == std::string::npos) return {};
  return ::CLI::detail::split(type.substr(begin + 1, end - begin - 1), ',');
}

Words names_of(const ::CLI::Option& option) {
  Words names;
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  return names;
}

void add_pages(const ::CLI::App& app, const std::string& path, std::vector<Page>& pages) {
  Page page{.path = path, .words = {}, .takes_files = false, .options = {}};
  const auto subcommands = app.get_subcommands([](const ::CLI::App*) { return true; });
  for (const ::CLI::App* each : subcommands) page.words.push_back(each->get_name());
  for (const ::CLI::Option* option : app.get_options()) {
    std::ranges::copy(option->nonpositional() ? names_of(*option) : choices_of(*option),
                      std::back_inserter(page.words));
    if (option->nonpositional()) page.options.push_back(option);
    if (!option->nonpositional() && is_file(*option)) page.takes_files = true;
  }
  pages.push_back(page);
  for (const ::CLI::App* each : subcommands)
    add_pages(*each, fmt::format("{} {}", path, each->get_name()), pages);
}

// One case for each option with a value that is not a file: the choices, or nothing.
std::string value_cases(const Page& page) {
  std::string cases;
  for (const ::CLI::Option* option : page.options) {
    if (option->get_items_expected_max() == 0 || is_file(*option)) continue;
    for (const std::string& name : names_of(*option)) {
      cases += fmt::format("  '{} {}') words='{}' files= ;;\n", page.path, name,
                           fmt::join(choices_of(*option), " "));
    }
  }
  return cases;
}

std::string bash_script(const ::CLI::App& app) {
  std::vector<Page> pages;
  add_pages(app, "", pages);
  Words paths;
  std::string words;
  std::string values;
  for (const Page& page : pages) {
    if (!page.path.empty()) paths.push_back(fmt::format("'{}'", page.path));
    words += fmt::format("  '{}') words='{}' files={} ;;\n", page.path, fmt::join(page.words, " "),
                         page.takes_files ? "yes" : "");
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

}  // namespace

void add_completion(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("completion", "Print a script that lets a shell complete this command");
  const auto no_choice = [](const std::string& /*shell*/) {};  // there is only one so far
  command->add_option_function<std::string>("shell", no_choice, "The shell")
      ->required()
      ->check(::CLI::IsMember({"bash"}));
  command->footer("Example:\n  source <(antler completion bash)");
  command->callback([&chosen, &parent] {
    chosen = [&parent] {
      fmt::print("{}", bash_script(parent));
      return 0;
    };
  });
}

}  // namespace antler::cli
