// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shakefield::core {

/// Kinds of intensity measure. The unit of a value stands behind each one.
enum class ImtKind {
  pga,     ///< peak ground acceleration, g
  pgv,     ///< peak ground velocity, cm/s
  pgd,     ///< peak ground displacement, cm
  sa,      ///< 5 %-damped pseudo-spectral acceleration at a period, g
  ia,      ///< Arias intensity, m/s
  cav,     ///< cumulative absolute velocity, g s
  rsd575,  ///< relative significant duration 5-75 %, s
  rsd595,  ///< relative significant duration 5-95 %, s
  mmi,     ///< modified Mercalli intensity, plain (not a logarithm)
  avgsa    ///< geometric mean of spectral accelerations, g
};

/// An intensity measure type: kind and, for SA and AvgSA(T0), its period in s.
struct Imt {
  ImtKind kind = ImtKind::pga;
  double period_s = 0;  ///< > 0 for SA and for AvgSA around a period, 0 otherwise

  /// Parses "PGA", "SA(0.3)", "SA(0.30)" … Throws Error{config} that lists the known kinds.
  static Imt parse(std::string_view text);
  /// Normal form as the peer writes it: "SA(0.1)", "PGV".
  std::string name() const;
  /// Unit of the values: "g", "cm/s", … ("1" for MMI).
  std::string_view unit() const;
  /// Whether models give the natural logarithm (all but MMI).
  bool is_logarithmic() const { return kind != ImtKind::mmi; }

  friend auto operator<=>(const Imt&, const Imt&) = default;
};

/// Sorts by period (0 for all but SA), stable: equal periods keep the order of the job file.
void sort_by_period(std::vector<Imt>& imts);

}  // namespace shakefield::core
