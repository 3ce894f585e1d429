// antler digits show [CSV]
#include <fmt/core.h>

#include "antler/visual/terminal.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/picture.h"
#include "digits/show.h"

namespace antler::cli {
namespace {

visual::PixelStyle style_of(const std::string& colour) {
  if (colour == "auto") return visual::pixel_style_of_terminal();
  return colour == "always" ? visual::PixelStyle::blocks : visual::PixelStyle::shades;
}

struct Options : digits::ShowOptions {
  std::string colour = "auto";
  std::filesystem::path sheet;
};

int show(Options options) {
  if (!options.sheet.empty()) {
    check_picture(options.sheet);
    write_picture(options.sheet, digits::sheet_of_csv(options));
    return 0;
  }
  options.style = style_of(options.colour);
  options.columns = visual::terminal_columns();
  fmt::print("{}", digits::show_csv(options));
  return 0;
}

}  // namespace

void add_digits_show(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("show", "Print digits of a CSV file in the terminal, or draw a sheet of them");
  auto options = std::make_shared<Options>();
  command->add_option("csv", options->csv, "[label,]pixel0,...,pixel783; may be gzipped")
      ->type_name("CSV")
      ->required();
  add_row(*command, options->first);
  add_count(*command, options->count, "How many rows to show");
  command
      ->add_option("-m,--model", options->models,
                   "Say what this model reads; of several, their probabilities are averaged")
      ->type_name("MODEL")
      ->allow_extra_args(false);
  command->add_flag(
      "--wrong", options->wrong,
      "Only digits that are read as another one than their label says, the surest first; by the "
      "model that antler comes with where there is no other");
  add_selection(*command, options->selection);
  command
      ->add_option("-o,--output", options->sheet,
                   "Draw them into this file instead, .svg or .png, in rows of eight")
      ->type_name("FILE");
  command
      ->add_option("--colour,--color", options->colour,
                   "auto: on a terminal, unless NO_COLOR is set; always; never")
      ->check(::CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command->footer(
      "Examples:\n  antler digits show train.csv\n"
      "  antler digits show test.csv --row 3 --count 2 -m cnn_net_model.h5\n"
      "  antler digits show train.csv --wrong --count 24 -o wrong.svg");
  command->callback([&chosen, options] { chosen = [options] { return show(*options); }; });
}

}  // namespace antler::cli
