#include "antler/core/profile.h"

#include <algorithm>

namespace antler {

Profile::Entry& Profile::entry(const std::string& name) {
  const auto known = std::ranges::find(entries_, name, &Entry::name);
  if (known != entries_.end()) return *known;
  entries_.push_back({.name = name});
  return entries_.back();
}

double Profile::seconds() const {
  double sum = 0.0;
  for (const Entry& each : entries_) sum += each.seconds;
  return sum;
}

}  // namespace antler
