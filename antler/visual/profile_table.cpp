#include "antler/visual/profile_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace antler::visual {

std::string profile_table(const Profile& profile, double peak_flops) {
  size_t width = 9;
  for (const Profile::Entry& each : profile.entries()) width = std::max(width, each.name.size());
  std::string text = fmt::format("{:{}} {:>8} {:>9} {:>8} {:>8} {:>8}\n", "operation", width, "runs",
                                 "ms a run", "GFLOP/s", "of peak", "of time");
  for (const Profile::Entry& each : profile.entries()) {
    const double rate = each.seconds > 0.0 ? each.flops / each.seconds : 0.0;
    text += fmt::format("{:{}} {:>8} {:>9.3f} {:>8} {:>8} {:>7.1f}%\n", each.name, width, each.runs,
                        each.seconds * 1e3 / static_cast<double>(std::max<int64_t>(1, each.runs)),
                        each.flops > 0.0 ? fmt::format("{:.0f}", rate / 1e9) : "",
                        each.flops > 0.0 ? fmt::format("{:.0f}%", 100.0 * rate / peak_flops) : "",
                        100.0 * each.seconds / profile.seconds());
  }
  return text +
         fmt::format("The peak of this machine's fused multiply-adds: {:.0f} GFLOP/s\n", peak_flops / 1e9);
}

}  // namespace antler::visual
