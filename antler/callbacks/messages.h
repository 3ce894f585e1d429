// What callbacks say: on standard output as Keras's print_msg, warnings on standard error.
#pragma once

#include <string>

namespace antler::callbacks {

/// A line on standard output, behind whatever the progress bar has drawn.
void print_message(const std::string& message);
/// "antler: ..." on standard error: something is not as it was meant, but training goes on.
void warn(const std::string& message);
/// As Python prints a float: "0.001", "1e-05", "1.0", "nan".
std::string python_number(double number);

}  // namespace antler::callbacks
