// antler digits write [-o CSV]
#include <fmt/core.h>

#include "cli/command.h"
#include "cli/options.h"
#include "digits/write.h"

namespace antler::cli {
namespace {

int write(const digits::WriteCsvOptions& options) {
  const uint64_t seed = digits::write_csv(options);
  fmt::print("{} digits in {}: --seed {} gives these again.\n", options.count, options.output.string(), seed);
  return 0;
}

}  // namespace

void add_digits_write(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("write", "Write digits by hand, none of them MNIST's, to judge models by");
  auto options = std::make_shared<digits::WriteCsvOptions>();
  command
      ->add_option("-o,--output", options->output,
                   "Where to write label,pixel0,...,pixel783: as many of each digit, in turn")
      ->type_name("CSV")
      ->capture_default_str();
  add_count(*command, options->count, "How many to write");
  add_seed(*command, options->seed);
  add_threads(*command);
  command->footer(
      "Examples:\n  antler digits write -o written_digits.csv --count 1000 --seed 1\n"
      "  antler digits write --count 200 && antler digits evaluate written_digits.csv");
  command->callback([&chosen, options] { chosen = [options] { return write(*options); }; });
}

}  // namespace antler::cli
