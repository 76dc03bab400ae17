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
  r_volc = 1u << 23
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
  std::string setting = {};      ///< crust, interface, slab, stable, volcanic
  std::string publication = {};  ///< authors (year), title, journal, DOI
  std::string component = {};    ///< horizontal component: RotD50, GMRotI50, geometric mean …
  std::string region = {};
  Needs needs = Needs::none;
  StdDefined std_defined = StdDefined::between_within_total;
  std::vector<core::ImtKind> imts = {};         ///< kinds that the model gives
  Range period_s = {};                          ///< of SA
  Range mag = {}, distance_km = {}, vs30 = {};  ///< validity as published
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
};

/// Argument of a model: "region" = "JPN", "sigma_mu_epsilon" = 1.0 …
using Argument = std::variant<bool, double, std::string, std::vector<double>>;

/// A model as a job names it: class name of the peer and named arguments.
struct ModelSpec {
  std::string name;
  std::map<std::string, Argument, std::less<>> arguments;

  /// "BooreEtAl2014", "[ChiouYoungs2014]\nregion = \"JPN\"" (the peer's TOML-like form).
  /// Throws Error{config}.
  static ModelSpec parse(std::string_view text);
  /// Canonical text: the name alone, or the TOML-like form.
  std::string text() const;
  friend bool operator==(const ModelSpec&, const ModelSpec&) = default;
};

}  // namespace shakefield::gmm
