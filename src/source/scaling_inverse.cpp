// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "shakefield/core/error.hpp"
#include "shakefield/source/scaling.hpp"

namespace shakefield::source {
namespace {

/// M = c0 + c1 log10 A, with the standard deviation that the publication gives.
struct Inverse {
  double c0, c1, sd;
};

/// Wells & Coppersmith (1994), table 2A. Other than for areas, a rake of 135 degrees is reverse
/// here, as the peer has it.
Inverse wells_coppersmith(double rake_deg) {
  if (std::isnan(rake_deg)) return {4.07, .98, .24};
  if (std::abs(rake_deg) <= 45 || std::abs(rake_deg) > 135) return {3.98, 1.02, .23};
  return rake_deg > 0 ? Inverse{4.33, .90, .25} : Inverse{3.93, 1.02, .25};
}

/// Regressions of magnitude on area of Strasser et al. (2010).
const std::map<std::string, Inverse, std::less<>> regressions{
    {"StrasserInterface", {4.441, .846, .286}},
    {"StrasserIntraslab", {4.054, .981, .193}},
};

/// Relations that are one line both ways, with the standard deviation of magnitude: Thingbaijam et
/// al. (2017), Allen & Hayes (2017), Leonard (2010, 2014: none).
const std::map<std::string, double, std::less<>> inverted{
    {"ThingbaijamInterface", .150},
    {"ThingbaijamStrikeSlip", .184},
    {"ThingbaijamNormalFault", .181},
    {"ThingbaijamReverseFault", .121},
    {"AllenHayesInterfaceLinear", .266},
    {"AllenHayesInterfaceBilinear", .266},
    {"AllenHayesIntraslab", .19},
    {"Leonard2010_SCR", 0},
    {"Leonard2010_SCR_M0", 0},
    {"Leonard2010_SCR_MX", 0},
    {"Leonard2014_SCR", 0},
    {"Leonard2014_Interplate", 0},
};

/// Area from which the second line of Allen & Hayes (2017) for interfaces holds.
constexpr double bilinear_break_km2 = 74'000;

}  // namespace

MagnitudeOfArea ScalingRelation::magnitude(double area_km2, double rake_deg) const {
  const double x = std::log10(area_km2);
  if (name_ == "WC1994") {
    const Inverse line = wells_coppersmith(rake_deg);
    return {line.c0 + line.c1 * x, line.sd};
  }
  if (const auto found = regressions.find(name_); found != regressions.end())
    return {found->second.c0 + found->second.c1 * x, found->second.sd};
  const auto sd = inverted.find(name_);
  core::validate(sd != inverted.end(), core::ErrorKind::data,
                 fmt::format("the scaling relation {} gives no magnitude of an area "
                             "(recomputeMmax needs it), choose another relation",
                             name_));
  const bool is_beyond = std::isfinite(law_.break_mag) && area_km2 > bilinear_break_km2;
  const Line& line = is_beyond ? law_.beyond : line_of(rake_deg);
  return {(x - line.c0) / line.c1, sd->second};
}

}  // namespace shakefield::source
