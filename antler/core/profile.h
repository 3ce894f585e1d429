// Where the time of a run goes.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>

namespace antler {

/// Seconds by the names of what was done, in the order in which they were first met. For one thread at a
/// time.
class Profile {
 public:
  struct Entry {
    std::string name;
    /// Of all runs together; floating-point operations, or 0 where arithmetic is not what it costs.
    double seconds = 0.0;
    double flops = 0.0;
    int64_t runs = 0;
  };

  /// The entry of that name, which stays where it is; made when there is none.
  Entry& entry(const std::string& name);
  const std::deque<Entry>& entries() const { return entries_; }
  double seconds() const;

 private:
  std::deque<Entry> entries_;
};

/// Adds the time from its making to its end to an entry, as one run; does nothing for null.
class ProfiledRun {
 public:
  explicit ProfiledRun(Profile::Entry* entry, double flops = 0.0)
      : entry_(entry), flops_(flops), start_(entry ? Clock::now() : Clock::time_point()) {}
  ~ProfiledRun() {
    if (entry_ == nullptr) return;
    entry_->seconds += std::chrono::duration<double>(Clock::now() - start_).count();
    entry_->flops += flops_;
    ++entry_->runs;
  }
  ProfiledRun(const ProfiledRun&) = delete;
  ProfiledRun& operator=(const ProfiledRun&) = delete;

 private:
  using Clock = std::chrono::steady_clock;
  Profile::Entry* entry_;
  double flops_;
  Clock::time_point start_;
};

}  // namespace antler
