#include "cli/completion/pages.h"

#include <algorithm>
#include <iterator>

namespace antler::cli {
namespace {

bool takes_file(const ::CLI::Option& option) {
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

OptionPage page_of(const ::CLI::Option& option) {
  const bool is_flag = option.get_items_expected_max() == 0;
  return {.names = names_of(option),
          .description = option.get_description(),
          .value = is_flag ? "" : option.get_type_name(),
          .choices = choices_of(option),
          .takes_file = takes_file(option)};
}

void add_pages(const ::CLI::App& app, const Words& path, std::vector<CommandPage>& pages) {
  CommandPage page{.path = path, .description = app.get_description(), .options = {}, .choices = {}};
  for (const ::CLI::Option* option : app.get_options()) {
    if (option->nonpositional()) {
      page.options.push_back(page_of(*option));
      continue;
    }
    std::ranges::copy(choices_of(*option), std::back_inserter(page.choices));
    page.takes_files = page.takes_files || takes_file(*option);
  }
  pages.push_back(std::move(page));
  const auto shown = [](const ::CLI::App* each) { return !each->get_group().empty(); };
  for (const ::CLI::App* each : app.get_subcommands(shown)) {
    Words below = path;
    below.push_back(each->get_name());
    add_pages(*each, below, pages);
  }
}

}  // namespace

std::vector<CommandPage> command_pages(const ::CLI::App& app) {
  std::vector<CommandPage> pages;
  add_pages(app, {}, pages);
  return pages;
}

std::vector<CommandPage> commands_below(const CommandPage& page, const std::vector<CommandPage>& pages) {
  std::vector<CommandPage> below;
  std::ranges::copy_if(pages, std::back_inserter(below),
                       [&](const CommandPage& each) { return each.is_below(page); });
  return below;
}

}  // namespace antler::cli
