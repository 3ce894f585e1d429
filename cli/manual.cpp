// antler manual
#include <fmt/core.h>

#include "cli/command.h"

namespace antler::cli {
namespace {

// What roff takes for itself: backslashes, hyphens that it would set as dashes, and a dot or quote at a
// line's begin.
std::string plain(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    const bool begins_line = safe.empty() || safe.back() == '\n';
    if (begins_line && (letter == '.' || letter == '\'')) safe += "\\&";
    if (letter == '-') safe += '\\';
    if (letter == '\\') {
      safe += "\\e";
      continue;
    }
    safe += letter;
  }
  return safe;
}

std::string paragraph(const std::string& title, const std::string& text) {
  return fmt::format(".TP\n.B {}\n{}\n", plain(title), plain(text));
}

std::string options_of(const ::CLI::App& app) {
  const ::CLI::Formatter formatter;
  std::string text;
  for (const ::CLI::Option* option : app.get_options()) {
    const bool positional = !option->nonpositional();
    text += paragraph(formatter.make_option_name(option, positional) + formatter.make_option_opts(option),
                      formatter.make_option_desc(option));
  }
  return text;
}

// "Examples:" and what is below, as it stands.
std::string examples_of(const ::CLI::App& app) {
  const std::string footer = app.get_footer();
  return footer.empty() ? "" : fmt::format(".PP\n.EX\n{}\n.EE\n", plain(footer));
}

// A section for each command that does something.
std::string sections(const ::CLI::App& app, const std::string& path) {
  const auto below = app.get_subcommands([](const ::CLI::App* each) { return !each->get_group().empty(); });
  if (below.empty()) {
    return fmt::format(".SS {}\n{}.\n{}{}", plain(path), plain(app.get_description()), options_of(app),
                       examples_of(app));
  }
  std::string text;
  for (const ::CLI::App* each : below) text += sections(*each, path + " " + each->get_name());
  return text;
}

std::string manual(const ::CLI::App& app) {
  return fmt::format(R"(.\" Written by `antler manual`, from the help of the command.
.TH ANTLER 1 "" "antler {}" "User Commands"
.nh
.ad l
.SH NAME
antler \- Keras for C++: trains Keras models, and predicts with them
.SH SYNOPSIS
.B antler
.I command
.RI [ options ]
.br
.B antler digits
.I command
.RI [ options ]
.SH DESCRIPTION
{}
Each command explains itself with
.BR \-\-help .
.SH COMMANDS
{}.SH EXIT STATUS
0: done; 1: failed, as one sentence on standard error says; 2: a wrong command line; 130: cut by Ctrl\-C, which keeps what was
trained.
)",
                     ANTLER_VERSION, plain(app.get_description()), sections(app, app.get_name()));
}

}  // namespace

void add_manual(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand("manual", "Print the manual page of this command, for man(1)");
  command->footer("Example:\n  antler manual > antler.1");
  command->group("");  // packages bring the page: nobody has to know
  command->callback([&chosen, &parent] {
    chosen = [&parent] {
      fmt::print("{}", manual(parent));
      return 0;
    };
  });
}

}  // namespace antler::cli
