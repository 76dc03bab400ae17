// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shakefield/core/imt.hpp"
#include "shakefield/gmm/table_file.hpp"

namespace shakefield::gmm {

/// What a model may need, as bits: rupture, site and path parameters.
enum class Needs : std::uint32_t {
  none = 0,
  mag = 1u << 0,
  rake = 1u << 1,
  dip = 1u << 2,
  ztor = 1u << 3,
  width = 1u << 4,
  hypo_depth = 1u << 5,
  strike = 1u << 6,
  hypo_lon_lat = 1u << 7,
  vs30 = 1u << 8,
  vs30measured = 1u << 9,
  z1pt0 = 1u << 10,
  z2pt5 = 1u << 11,
  backarc = 1u << 12,
  xvf = 1u << 13,
  lon_lat = 1u << 14,
  z1pt4 = 1u << 15,
  r_rup = 1u << 16,
  r_jb = 1u << 17,
  r_x = 1u << 18,
  r_y0 = 1u << 19,
  r_hypo = 1u << 20,
  r_epi = 1u << 21,
  azimuth = 1u << 22,
  r_volc = 1u << 23,
  region = 1u << 24
};
constexpr Needs operator|(Needs a, Needs b) {
  return static_cast<Needs>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}
constexpr bool contains(Needs set, Needs one) {
  return (static_cast<std::uint32_t>(set) & static_cast<std::uint32_t>(one)) != 0;
}

/// One rupture and N sites, as plain columns (structure of arrays). Columns that the model does not
/// need may be empty; the others hold N entries, padded to a multiple of `padding` with valid
/// numbers.
struct GmmInput {
  static constexpr std::size_t padding = 16;

  // rupture: scalars
  double mag = 0;       ///< moment magnitude
  double rake_deg = 0;  ///< (-180, 180]
  double dip_deg = 90;
  double strike_deg = 0;
  double ztor_km = 0;   ///< depth to the top of rupture
  double width_km = 0;  ///< down-dip width
  double hypo_depth_km = 0;
  double hypo_lon_deg = 0, hypo_lat_deg = 0;
  // sites: [N]
  std::size_t size = 0;                           ///< N
  std::span<const double> vs30, z1pt0, z2pt5;     ///< m/s, m (-999 infer), km (-999 infer)
  std::span<const double> vs30measured, backarc;  ///< 0 or 1
  std::span<const double> xvf, z1pt4;             ///< km, m (depth to 1.4 km/s)
  std::span<const double> region;                 ///< 0 none, else the model's own count
  std::span<const double> lon_deg, lat_deg;
  // paths: [N], km (azimuth: degrees)
  std::span<const double> r_rup, r_jb, r_x, r_y0, r_hypo, r_epi, azimuth, r_volc;
};

/// Results [M][N]: row m stands at offset m * stride (stride >= N rounded up to GmmInput::padding).
/// mean is ln of the IMT's unit (MMI: plain); tau is between-event, phi within-event, sigma the
/// total standard deviation. Models of total sigma only leave tau = phi = 0 and fill sigma.
struct GmmOutput {
  std::size_t stride = 0;
  std::span<double> mean, sigma, tau, phi;

  /// A good stride for N sites: an odd multiple of the padding. With a power of two the rows of all
  /// IMTs would share a few cache sets (measured: up to 10 times slower with 14 IMTs).
  static constexpr std::size_t stride_for(std::size_t sites) {
    return ((sites + GmmInput::padding - 1) / GmmInput::padding | 1) * GmmInput::padding;
  }
};

enum class StdDefined : std::uint8_t { total_only, between_within_total };

/// Where a model applies: outside these it is computed all the same, and counted. Empty bounds: not
/// stated.
struct Range {
  double low = 0, high = 0;
  bool stated() const { return high > low; }
};

/// What a model is: filled once per class, shown by `gmm list` and the manual.
struct ModelInfo {
  std::string name = {};         ///< as the peer's jobs write it
  std::string setting = {};      ///< crust, interface, slab, stable, volcanic; decorator
  std::string publication = {};  ///< authors (year), title, journal, DOI
  std::string component = {};    ///< horizontal component: RotD50, GMRotI50, geometric mean …
  std::string region = {};
  Needs needs = Needs::none;
  StdDefined std_defined = StdDefined::between_within_total;
  std::vector<core::ImtKind> imts = {};         ///< kinds that the model gives
  Range period_s = {};                          ///< of SA
  Range mag = {}, distance_km = {}, vs30 = {};  ///< validity as published
  /// m/s of the rock that a model without vs30 is meant for; 0: not stated.
  double reference_vs30 = 0;
};

class GroundMotionModel;

/// One part of a mixture of models; weights of a mixture sum to 1.
struct MixturePart {
  double weight;
  std::shared_ptr<const GroundMotionModel> model;
};

/// A ground-motion model bound to the IMTs of a calculation. Immutable after construction,
/// thread-safe. Coefficients are resolved (interpolated in ln period) in the constructor, where an
/// IMT that the model lacks is an Error{config}.
class GroundMotionModel {
 public:
  virtual ~GroundMotionModel() = default;
  virtual const ModelInfo& info() const = 0;
  /// Mean and standard deviations at N sites for one rupture, all M IMTs together.
  /// Vectorised over sites; a lane's result does not depend on its position. Local.
  virtual void evaluate(const GmmInput& in, const GmmOutput& out) const = 0;
  /// Parts of a mixture (AvgPoeGMPE): its probability of exceedance is the weighted mean of theirs,
  /// and no normal distribution stands for it. Empty for all other models.
  virtual std::span<const MixturePart> parts() const { return {}; }
};

/// `{}`: gmpe = {BooreAtkinson2008 = {}}.
struct EmptyTable {
  friend bool operator==(const EmptyTable&, const EmptyTable&) = default;
};

/// Argument of a model: "region" = "JPN", "sigma_mu_epsilon" = 1.0 …
using Argument = std::variant<bool, double, std::string, std::vector<double>, EmptyTable,
                              std::shared_ptr<const TableFile>>;

/// A model as a job names it: class name of the peer and named arguments. Nested tables are flat:
/// `set_fixed_total_sigma = {total_sigma = {"SA(0.2)" = 0.6}}` is one argument of the name
/// "set_fixed_total_sigma.total_sigma.SA(0.2)".
struct ModelSpec {
  std::string name;
  std::map<std::string, Argument, std::less<>> arguments;
  /// Names of arguments as the text has them, for the one model where it matters: ModifiableGMPE
  /// applies its adjustments one after the other. Not part of the comparison.
  std::vector<std::string> order = {};

  /// "BooreEtAl2014", "[ChiouYoungs2014]\nregion = \"JPN\"" (TOML: comments, dotted and quoted
  /// keys, sections of the model's own name, inline tables, lists of numbers). Throws
  /// Error{config}.
  static ModelSpec parse(std::string_view text);
  /// Canonical text: the name alone, or the TOML-like form with its arguments in their order.
  std::string text() const;
  friend bool operator==(const ModelSpec& a, const ModelSpec& b) {
    return a.name == b.name && a.arguments == b.arguments;
  }
};

}  // namespace shakefield::gmm
