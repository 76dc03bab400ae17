// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm::cy14 {

// Median of Chiou and Youngs (2014), which later models borrow; chiou_youngs_2014.cpp has the
// reference and the table.

struct Coefficients {
  double c1, c1a, c1b, c1c, c1d, cn, cm, c3;                         // Table 1: style, magnitude
  double c5, chm, c6;                                                // Table 1: near-field distance
  double c7, c7b, c11b;                                              // Table 1: depth, dip
  double c9, c9a, c9b;                                               // Table 1: hanging wall
  double cg1, cg2, cg3;                                              // Table 2: attenuation
  double phi1, phi2, phi3, phi4, phi5;                               // Table 3: site
  double gamma_japan_italy, gamma_wenchuan, phi1_japan, phi5_japan;  // Table 4
  double tau1, tau2, sigma1, sigma2, sigma3, sigma2_japan;           // Table 5
};

/// Tables 1 to 5.
extern const std::span<const Row<Coefficients>> table;

// The same for all IMTs (Tables 1, 3 and 4).
inline constexpr double c2 = 1.06, c4 = -2.1, c4a = -0.5, crb = 50, phi6 = 300, phi6_japan = 800;
inline constexpr double vs30_reference = 1130;

enum class Region { california, japan, italy, wenchuan };

/// Terms of the rupture for one IMT.
struct Source {
  double constant, near, gamma, hanging_wall, tau, sigma;
};

/// `normal_share`: weight of the term of normal faulting.
inline Source source(const Coefficients& c, const GmmInput& in, Region region,
                     double normal_share = 1) {
  const double mag = in.mag;
  const bool reverse = in.rake_deg >= 30 && in.rake_deg <= 150;
  const bool normal = in.rake_deg >= -120 && in.rake_deg <= -60;
  // Eq. 4 and 5: depth to the top less its mean for this magnitude
  const double mean_top = reverse ? std::max(2.704 - 1.226 * std::max(mag - 5.849, 0.0), 0.0)
                                  : std::max(2.673 - 1.136 * std::max(mag - 4.970, 0.0), 0.0);
  const double dztor = in.ztor_km - square(mean_top);
  const double cosh_mag = std::cosh(2 * std::max(mag - 4.5, 0.0));
  const double cos_dip = std::cos(in.dip_deg * std::numbers::pi / 180);
  // Eq. 11
  const double style = reverse  ? c.c1a + c.c1c / cosh_mag
                       : normal ? normal_share * (c.c1b + c.c1d / cosh_mag)
                                : 0.0;
  const double depth = (c.c7 + c.c7b / cosh_mag) * dztor;
  const double dip = c.c11b / cosh_mag * square(cos_dip);
  const double magnitude = c2 * (mag - 6) + (c2 - c.c3) / c.cn * log1p(exp(c.cn * (c.cm - mag)));
  double gamma = c.cg1 + c.cg2 / std::cosh(std::max(mag - c.cg3, 0.0));
  const bool regional = region == Region::japan || region == Region::italy;
  if (regional && mag > 6 && mag < 6.9) gamma *= c.gamma_japan_italy;
  if (region == Region::wenchuan) gamma *= c.gamma_wenchuan;

  // Eq. 13
  const double w = ramp(mag, 5, 6.5);
  const double sigma2 = region == Region::japan ? c.sigma2_japan : c.sigma2;
  return {.constant = c.c1 + style + depth + dip + magnitude,
          .near = c.c5 * std::cosh(c.c6 * std::max(mag - c.chm, 0.0)),
          .gamma = gamma,
          .hanging_wall = c.c9 * cos_dip,
          .tau = c.tau1 + (c.tau2 - c.tau1) * w,
          .sigma = c.sigma1 + (sigma2 - c.sigma1) * w};
}

/// Terms of the paths that all IMTs share.
struct Path {
  Path(const GmmInput& in, const Sites& sites, bool use_hanging_wall = true)
      : r_rup(sites[in.r_rup]) {
    far = (c4a - c4) * 0.5 * log(square(r_rup) + square(crb));
    r_x = sites[in.r_x];
    const Mask above = r_x >= 0.0;
    has_hanging_wall = use_hanging_wall && in.dip_deg < 90 && any(above);
    if (!has_hanging_wall) return;
    const Real r_top = sqrt(square(sites[in.r_jb]) + square(in.ztor_km));
    hanging_wall = select(above, 1 - r_top / (r_rup + 1), 0.0);
  }
  Real r_rup, far, r_x;
  bool has_hanging_wall;
  Real hanging_wall;
};

/// Eq. 11: ln of the motion at vs30 = 1130 m/s.
inline Real ln_reference(const Coefficients& c, const Source& s, const Path& path) {
  Real y = s.constant + c4 * log(path.r_rup + s.near) + path.far + s.gamma * path.r_rup;
  if (path.has_hanging_wall)
    y += s.hanging_wall * path.hanging_wall * (c.c9a + (1 - c.c9a) * tanh(path.r_x / c.c9b));
  return y;
}

/// Terms of the sites that all IMTs share.
struct Soil {
  Soil(Real vs30, Real z1pt0_m, Region region) {
    ln_ratio = min(log(vs30 / vs30_reference), 0.0);
    excess = min(vs30, vs30_reference) - 360;
    // Eq. 1 and 2: depth less its mean for this vs30. The publication prints 571 and 412 for what
    // Boore et al. (2014), Eq. 11 and 12, give with two more digits.
    Real ln_mean;
    if (region == Region::japan) {
      const double a = square(412.39), b = square(1360.0) + a;
      ln_mean = -5.23 / 2 * log((square(vs30) + a) / b);
    } else {
      const double a = square(square(570.94)), b = square(square(1360.0)) + a;
      ln_mean = -7.15 / 4 * log((square(square(vs30)) + a) / b);
    }
    const Real dz = select(z1pt0_m < 0.0, 0.0, z1pt0_m - exp(ln_mean));
    basin = 1 - exp(-dz / (region == Region::japan ? phi6_japan : phi6));
  }
  /// Canada's sixth generation hazard model: no basin. Above 1100 m/s the OpenQuake engine,
  /// followed here, adds the amplification of 1100 m/s to the site term instead of putting it in
  /// its place.
  static Soil shm6(Real vs30) {
    Soil soil;
    soil.ln_ratio = min(log(vs30 / vs30_reference), 0.0);
    soil.hard_rock = select(vs30 > 1100.0, std::log(1100 / vs30_reference), 0.0);
    soil.excess = min(vs30, vs30_reference) - 360;
    soil.basin = 0.0;
    return soil;
  }
  Real ln_ratio, excess, basin;
  Real hard_rock;  // times phi1; 0 but for Canada

 private:
  Soil() = default;
};

/// Constants of the nonlinear site term for one IMT.
struct SiteConstants {
  double rock, ln_phi4;
};
inline SiteConstants site_constants(const Coefficients& c) {
  return {std::exp(c.phi3 * (vs30_reference - 360)), std::log(c.phi4)};
}

struct Motion {
  Real ln_mean, nonlinearity;  // NL0 of Eq. 13
};

/// Eq. 12.
inline Motion motion(const Coefficients& c, const Source& s, const SiteConstants& site,
                     const Path& path, const Soil& soil, Region region) {
  const bool japan = region == Region::japan;
  const Real ln_rock = ln_reference(c, s, path);
  const Real rock = exp(ln_rock);
  const Real b = c.phi2 * (exp(c.phi3 * soil.excess) - site.rock);
  const Real ln_mean = ln_rock + (japan ? c.phi1_japan : c.phi1) * soil.ln_ratio +
                       b * (log(rock + c.phi4) - site.ln_phi4) +
                       (japan ? c.phi5_japan : c.phi5) * soil.basin;
  return {ln_mean, b * rock / (rock + c.phi4)};
}

}  // namespace shakefield::gmm::cy14
