// antler completion SHELL
#include <fmt/core.h>

#include <map>

#include "cli/command.h"
#include "cli/completion/pages.h"

namespace antler::cli {
namespace {

using Script = std::string (*)(const std::vector<CommandPage>&);

const std::map<std::string, Script>& scripts() {
  static const std::map<std::string, Script> all{
      {"bash", bash_script}, {"fish", fish_script}, {"zsh", zsh_script}};
  return all;
}

constexpr const char* examples = R"(Examples:
  source <(antler completion bash)
  antler completion zsh > _antler          # for a folder of $fpath
  antler completion fish > antler.fish     # for ~/.config/fish/completions)";

}  // namespace

void add_completion(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("completion", "Print a script that lets a shell complete this command");
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "The shell")->required()->check(::CLI::IsMember(&scripts()));
  command->footer(examples);
  command->callback([&chosen, &parent, shell] {
    chosen = [&parent, shell] {
      fmt::print("{}", scripts().at(*shell)(command_pages(parent)));
      return 0;
    };
  });
}

}  // namespace antler::cli
