// antler digits show [CSV]
#include <fmt/core.h>

#include "antler/visual/terminal.h"
#include "cli/command.h"
#include "cli/options.h"
#include "digits/show.h"

namespace antler::cli {
namespace {

visual::PixelStyle style_of(const std::string& colour) {
  if (colour == "auto") return visual::pixel_style_of_terminal();
  return colour == "always" ? visual::PixelStyle::blocks : visual::PixelStyle::shades;
}

int show(digits::ShowOptions options, const std::string& colour) {
  options.style = style_of(colour);
  options.columns = visual::terminal_columns();
  fmt::print("{}", digits::show_csv(options));
  return 0;
}

}  // namespace

void add_digits_show(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand("show", "Print digits of a CSV file in the terminal");
  auto options = std::make_shared<digits::ShowOptions>();
  auto colour = std::make_shared<std::string>("auto");
  command->add_option("csv", options->csv, "[label,]pixel0,...,pixel783; may be gzipped")
      ->type_name("CSV")
      ->required();
  add_row(*command, options->first);
  add_row_count(*command, options->count);
  command
      ->add_option("-m,--model", options->models,
                   "Say what this model reads; of several, their probabilities are averaged")
      ->type_name("MODEL")
      ->allow_extra_args(false);
  command
      ->add_option("--colour,--color", *colour, "auto: on a terminal, unless NO_COLOR is set; always; never")
      ->check(::CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command->footer(
      "Examples:\n  antler digits show train.csv\n"
      "  antler digits show test.csv --row 3 --count 2 -m cnn_net_model.h5");
  command->callback(
      [&chosen, options, colour] { chosen = [options, colour] { return show(*options, *colour); }; });
}

}  // namespace antler::cli
