// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace shakefield::source {

/// A rake that the input leaves undefined: relations then take their average over mechanisms.
inline constexpr double undefined_rake = std::numeric_limits<double>::quiet_NaN();

/// Median magnitude of a rupture, and the standard deviation about it.
struct MagnitudeOfArea {
  double median = 0, sd = 0;
};

/// Median rupture area as a function of magnitude and rake. A value.
class ScalingRelation {
 public:
  /// By the peer's name ("WC1994"; "CScalingMSR.C = 4.2" with its argument). Throws
  /// Error{unsupported} for an unknown name and lists the nearest.
  static ScalingRelation named(std::string_view name);
  static std::vector<std::string> names();

  const std::string& name() const { return name_; }
  /// Median area in km2. rake (-180, 180] or undefined_rake.
  double area_km2(double mag, double rake_deg) const;
  /// Magnitude of a rupture area (km2), for the relations whose publication gives it
  /// (docs/definitions/sources.md, section 4); Error{data} for the others.
  MagnitudeOfArea magnitude(double area_km2, double rake_deg) const;

  /// log10 A = c0 + c1 M.
  struct Line {
    double c0 = 0, c1 = 0;
  };
  /// A line for each mechanism, and one for all mechanisms from `break_mag` on.
  struct Law {
    Line strike_slip, reverse, normal, undefined;
    double break_mag = std::numeric_limits<double>::infinity();
    Line beyond;
  };

 private:
  ScalingRelation(std::string name, const Law& law) : name_(std::move(name)), law_(law) {}

  const Line& line_of(double rake_deg) const;

  std::string name_;
  Law law_;
};

}  // namespace shakefield::source
