// A profile as a table.
#pragma once

#include <string>

#include "antler/core/profile.h"

namespace antler::visual {

/// A row for each entry: milliseconds a run, GFLOP/s, their share of `peak_flops` (a second), and the share
/// of all time; a convolution's count is the direct sum's, so that Winograd's may exceed the peak.
std::string profile_table(const Profile& profile, double peak_flops);

}  // namespace antler::visual
