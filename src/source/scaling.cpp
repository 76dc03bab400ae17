// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/scaling.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "shakefield/core/error.hpp"
#include "shakefield/core/units.hpp"

namespace shakefield::source {

namespace {

using Law = ScalingRelation::Law;
using Line = ScalingRelation::Line;

constexpr double no_break = std::numeric_limits<double>::infinity();

Law any(Line line) {
  return {line, line, line, line, no_break, line};
}
Law by_mechanism(Line strike_slip, Line reverse, Line normal, Line undefined) {
  return {strike_slip, reverse, normal, undefined, no_break, undefined};
}
Law broken(Line below, double break_mag, Line beyond) {
  return {below, below, below, below, break_mag, beyond};
}
Law leonard_2014(double strike_slip, double other, double undefined) {
  return by_mechanism({strike_slip, 1}, {other, 1}, {other, 1}, {undefined, 1});
}
/// Length 10^(l0 + l1 M) times a fixed width. Of layers: thickness over the sine of the dip.
Law fixed_width(double l0, double l1, double width_km) {
  return any({l0 + std::log10(width_km), l1});
}
double down_dip_km(double thickness_km, double dip_deg) {
  return thickness_km / std::sin(core::to_radians(dip_deg));
}

/// log10 A = c0 + c1 M of all relations. Sources: the publications named in the relations' names;
/// figures as in docs/definitions/sources.md, section 4.
const std::map<std::string, Law, std::less<>>& laws() {
  static const std::map<std::string, Law, std::less<>> table = {
      {"WC1994", by_mechanism({-3.42, .90}, {-3.99, .98}, {-2.87, .82}, {-3.49, .91})},
      // Length 10^(-2.57 + 0.62 M), width min(length, 20 km): the law changes where the length is
      // 20 km.
      {"WC1994_QCSS", broken({2 * -2.57, 2 * .62}, (std::log10(20.0) + 2.57) / .62,
                             {-2.57 + std::log10(20.0), .62})},
      {"Leonard2010_SCR", any({-4.19, 1})},
      {"Leonard2010_SCR_M0", any({-4.22, 1})},
      {"Leonard2010_SCR_MX", any({-4.00, 1})},
      {"Leonard2014_SCR", leonard_2014(-4.18, -4.19, -4.185)},
      {"Leonard2014_Interplate", leonard_2014(-3.99, -4.00, -3.995)},
      {"StrasserInterface", any({-3.476, .952})},
      {"StrasserIntraslab", any({-3.225, .89})},
      {"ThingbaijamInterface", any({-3.292, .949})},
      {"ThingbaijamStrikeSlip", any({-3.486, .942})},
      {"ThingbaijamNormalFault", any({-2.551, .808})},
      {"ThingbaijamReverseFault", any({-4.362, 1.049})},
      {"AllenHayesInterfaceLinear", any({-3.63, .96})},
      {"AllenHayesIntraslab", any({-3.89, .96})},
      {"AllenHayesInterfaceBilinear", broken({-5.62, 1.22}, 8.63, {2.23, .31})},
      {"PeerMSR", any({-4, 1})},
      {"CEUS2011", any({-4.366, 1})},
      {"GermanyMSR", any({-2.44, .59})},
      {"CScalingMSR", any({-4, 1})},
      {"BCHydroNVAMSR", any({-7.883 / std::log(10.0), 2.095 / std::log(10.0)})},
      {"PointMSR", any({-4, 0})},
      {"GSCCascadia", fixed_width(3.01, .001, 125)},
      {"GSCEISO", fixed_width(1.90, .001, down_dip_km(11, 18))},
      {"GSCEISB", fixed_width(1.90, .001, down_dip_km(17, 18))},
      {"GSCEISI", fixed_width(1.90, .001, down_dip_km(23, 18))},
      {"GSCOffshoreThrustsWIN", fixed_width(-2.943, .677, down_dip_km(3, 15))},
      {"GSCOffshoreThrustsHGT", fixed_width(-2.943, .677, down_dip_km(19, 25))},
  };
  return table;
}

/// The number of "CScalingMSR.C = 4.2", if that is what the text says.
std::optional<double> c_scaling_constant(std::string_view text) {
  constexpr std::string_view key = "CScalingMSR.C";
  if (!text.starts_with(key)) return std::nullopt;
  text.remove_prefix(key.size());
  const auto digits = text.find_first_not_of(" =");
  if (digits == std::string_view::npos) return std::nullopt;
  text.remove_prefix(digits);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

ScalingRelation ScalingRelation::named(std::string_view name) {
  if (const auto c = c_scaling_constant(name)) return {std::string(name), any({-*c, 1})};
  if (const auto row = laws().find(name); row != laws().end()) return {row->first, row->second};
  throw core::Error(
      core::ErrorKind::unsupported,
      fmt::format("magnitude scaling relation \"{}\" is not offered (known: {}), name "
                  "one of these",
                  name, fmt::join(names(), ", ")));
}

std::vector<std::string> ScalingRelation::names() {
  std::vector<std::string> names;
  for (const auto& [name, law] : laws()) names.push_back(name);
  return names;
}

const Line& ScalingRelation::line_of(double rake_deg) const {
  const double size = std::abs(rake_deg);
  if (std::isnan(rake_deg)) return law_.undefined;
  if (size <= 45 || size >= 135) return law_.strike_slip;
  return rake_deg > 0 ? law_.reverse : law_.normal;
}

double ScalingRelation::area_km2(double mag, double rake_deg) const {
  const Line& line = mag > law_.break_mag ? law_.beyond : line_of(rake_deg);
  return std::pow(10, line.c0 + line.c1 * mag);
}

}  // namespace shakefield::source
