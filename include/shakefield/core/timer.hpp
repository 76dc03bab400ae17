// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace shakefield::core {

/// Wall-clock seconds by name, kept by one rank and written to /performance at the end of a run.
class Timers {
 public:
  /// Adds the life time of the object to one entry.
  class Scope {
   public:
    Scope(Timers& timers, std::string_view name)
        : seconds_(timers.entry(name)), start_(std::chrono::steady_clock::now()) {}
    ~Scope() {
      seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    double& seconds_;
    std::chrono::steady_clock::time_point start_;
  };

  Scope scope(std::string_view name) { return Scope(*this, name); }
  double& entry(std::string_view name);
  double seconds(std::string_view name) const;
  const std::map<std::string, double, std::less<>>& all() const { return seconds_; }

 private:
  std::map<std::string, double, std::less<>> seconds_;
};

/// CPU seconds that this process has used so far (user and system).
double process_cpu_seconds();
/// Largest resident memory of this process so far, in MiB.
double peak_memory_mib();

}  // namespace shakefield::core
