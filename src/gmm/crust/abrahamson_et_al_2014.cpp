// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Abrahamson, N. A., Silva, W. J., and Kamai, R. (2014). Summary of the ASK14 ground motion
// relation for active crustal regions. Earthquake Spectra 30(3), 1025-1055.
// doi:10.1193/070913EQS198M.
//
// Component: RotD50. Ranges: Mw 3 to 8.5, r_rup below 300 km, vs30 180 to 1500 m/s. Region: active
// crust worldwide, with terms for China, Japan and Taiwan. Standard deviations: tau, phi, sigma.
// Equations: the publication, and nshmp-haz (USGS, public domain). Mainshocks only. Coefficients:
// its Tables 4 and 5, figures read from the tables of the OpenQuake engine 3.26.2 by a script.

#include "canada_shm6.hpp"
#include "epistemic.hpp"
#include "fault_style.hpp"
#include "model_base.hpp"
#include "usgs_basin.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double m1, vlin, b, c;                                         // Table 4
  double a1, a2, a6, a8, a10, a12, a13, a15, a17;                // Table 4
  double a43, a44, a45, a46;                                     // Table 4: soil depth
  double a25, a28, a29, a31, a36, a37, a38, a39, a40, a41, a42;  // Table 4: regions
  double s1e, s2e, s3, s4, s1m, s2m, s5, s6;                     // Table 5
};

constexpr Row<Coefficients> table[] = {
    {pga,
     {6.75,    660,   -1.47,  2.4,   0.587, -0.79,   2.154,  -0.015,  1.735,   -0.1,  0.6,   1.1,
      -0.0072, 0.1,   0.05,   0,     -0.05, -0.0015, 0.0025, -0.0034, -0.1503, 0.265, 0.337, 0.188,
      0,       0.088, -0.196, 0.044, 0.754, 0.52,    0.47,   0.36,    0.741,   0.501, 0.54,  0.63}},
    {pgv,
     {6.75,    330,   -2.02,  2400,  5.975, -0.919,  2.366,  -0.094,  2.36,    -0.1,  0.25,  0.3,
      -0.0005, 0.28,  0.15,   0.09,  0.07,  -0.0001, 0.0005, -0.0037, -0.1462, 0.377, 0.212, 0.157,
      0,       0.095, -0.038, 0.065, 0.662, 0.51,    0.38,   0.38,    0.66,    0.51,  0.58,  0.53}},
    {0.01,
     {6.75,    660,   -1.47,  2.4,   0.587, -0.79,   2.154,  -0.015,  1.735,   -0.1,  0.6,   1.1,
      -0.0072, 0.1,   0.05,   0,     -0.05, -0.0015, 0.0025, -0.0034, -0.1503, 0.265, 0.337, 0.188,
      0,       0.088, -0.196, 0.044, 0.754, 0.52,    0.47,   0.36,    0.741,   0.501, 0.54,  0.63}},
    {0.02,
     {6.75,    680,   -1.46,  2.4,   0.598, -0.79,   2.146,  -0.015,  1.718,   -0.1,  0.6,   1.1,
      -0.0073, 0.1,   0.05,   0,     -0.05, -0.0015, 0.0024, -0.0033, -0.1479, 0.255, 0.328, 0.184,
      0,       0.088, -0.194, 0.061, 0.76,  0.52,    0.47,   0.36,    0.747,   0.501, 0.54,  0.63}},
    {0.03,
     {6.75,    770,   -1.39,  2.4,   0.602, -0.79,   2.157,  -0.015,  1.615,   -0.1,  0.6,  1.1,
      -0.0075, 0.1,   0.05,   0,     -0.05, -0.0016, 0.0023, -0.0034, -0.1447, 0.249, 0.32, 0.18,
      0,       0.093, -0.175, 0.162, 0.781, 0.52,    0.47,   0.36,    0.769,   0.501, 0.55, 0.63}},
    {0.05,
     {6.75,   915,   -1.22, 2.4,   0.707, -0.79,  2.085,  -0.015,  1.358,   -0.1,  0.6,   1.1,
      -0.008, 0.1,   0.05,  0,     -0.05, -0.002, 0.0027, -0.0033, -0.1326, 0.202, 0.289, 0.167,
      0,      0.133, -0.09, 0.451, 0.81,  0.53,   0.47,   0.36,    0.798,   0.512, 0.56,  0.65}},
    {0.075,
     {6.75,    960,   -1.15, 2.4,   0.973, -0.79,   2.029,  -0.015,  1.258,   -0.1,  0.6,   1.1,
      -0.0089, 0.1,   0.05,  0,     -0.05, -0.0027, 0.0032, -0.0029, -0.1353, 0.126, 0.275, 0.173,
      0,       0.186, 0.09,  0.506, 0.81,  0.54,    0.47,   0.36,    0.798,   0.522, 0.57,  0.69}},
    {0.1,
     {6.75,    910,  -1.23, 2.4,   1.169, -0.79,   2.041,  -0.015,  1.31,    -0.1,  0.6,   1.1,
      -0.0095, 0.1,  0.05,  0,     -0.05, -0.0033, 0.0036, -0.0025, -0.1128, 0.022, 0.256, 0.189,
      0,       0.16, 0.006, 0.335, 0.81,  0.55,    0.47,   0.36,    0.795,   0.527, 0.57,  0.7}},
    {0.15,
     {6.75,    740,   -1.59,  2.4,    1.442, -0.79,   2.121,  -0.022,  1.66,   -0.1,   0.6,   1.1,
      -0.0095, 0.1,   0.05,   0,      -0.05, -0.0035, 0.0033, -0.0025, 0.0383, -0.136, 0.162, 0.108,
      0,       0.068, -0.156, -0.084, 0.801, 0.56,    0.47,   0.36,    0.773,  0.519,  0.58,  0.7}},
    {0.2,
     {6.75,    590,   -2.01,  2.4,    1.637, -0.79,   2.224,  -0.03,   2.22,   -0.1,   0.6,   1.1,
      -0.0086, 0.1,   0.05,   0,      -0.03, -0.0033, 0.0027, -0.0031, 0.0775, -0.078, 0.224, 0.115,
      0,       0.048, -0.274, -0.178, 0.789, 0.565,   0.47,   0.36,    0.753,  0.514,  0.59,  0.7}},
    {0.25,
     {6.75,    495,   -2.41,  2.4,    1.701, -0.79,   2.312,  -0.038,  2.77,   -0.1,  0.6,   1.1,
      -0.0074, 0.1,   0.05,   0,      0,     -0.0029, 0.0024, -0.0036, 0.0741, 0.037, 0.248, 0.122,
      0,       0.055, -0.248, -0.187, 0.77,  0.57,    0.47,   0.36,    0.729,  0.513, 0.61,  0.7}},
    {0.3,
     {6.75,    430,   -2.76,  2.4,    1.712, -0.79,   2.338, -0.045,  3.25,   -0.1,   0.6,   1.03,
      -0.0064, 0.1,   0.05,   0.03,   0.03,  -0.0027, 0.002, -0.0039, 0.2548, -0.091, 0.203, 0.096,
      0,       0.073, -0.203, -0.159, 0.74,  0.58,    0.47,  0.36,    0.693,  0.519,  0.63,  0.7}},
    {0.4,
     {6.75,    360,   -3.28,  2.4,    1.662, -0.79,   2.469, -0.055,  3.99,   -0.1,  0.58,  0.92,
      -0.0043, 0.1,   0.07,   0.06,   0.06,  -0.0023, 0.001, -0.0048, 0.2136, 0.129, 0.232, 0.123,
      0,       0.143, -0.154, -0.023, 0.699, 0.59,    0.47,  0.36,    0.644,  0.524, 0.66,  0.7}},
    {0.5,
     {6.75,    340,  -3.6,   2.4,    1.571, -0.79,  2.559,  -0.065, 4.45,   -0.1,  0.56,  0.84,
      -0.0032, 0.1,  0.1,    0.1,    0.09,  -0.002, 0.0008, -0.005, 0.1542, 0.31,  0.252, 0.134,
      0,       0.16, -0.159, -0.029, 0.676, 0.6,    0.47,   0.36,   0.616,  0.532, 0.69,  0.7}},
    {0.75,
     {6.75,    330,   -3.8,   2.4,   1.299, -0.79,  2.682,  -0.095,  4.75,   -0.1,  0.53,  0.68,
      -0.0025, 0.14,  0.14,   0.14,  0.13,  -0.001, 0.0007, -0.0041, 0.0787, 0.505, 0.208, 0.129,
      0,       0.158, -0.141, 0.061, 0.631, 0.615,  0.47,   0.36,    0.566,  0.548, 0.73,  0.69}},
    {1,
     {6.75,    330,   -3.5,   2.4,   1.043, -0.79,   2.763,  -0.11,   4.3,    -0.1,  0.5,   0.57,
      -0.0025, 0.17,  0.17,   0.17,  0.14,  -0.0005, 0.0007, -0.0032, 0.0476, 0.358, 0.208, 0.152,
      0,       0.145, -0.144, 0.062, 0.609, 0.63,    0.47,   0.36,    0.541,  0.565, 0.77,  0.68}},
    {1.5,
     {6.75,    330,   -2.4,   2.4,   0.665, -0.79,   2.836,  -0.124, 2.6,     -0.1,  0.42,  0.42,
      -0.0022, 0.22,  0.21,   0.2,   0.16,  -0.0004, 0.0006, -0.002, -0.0163, 0.131, 0.108, 0.118,
      0,       0.131, -0.126, 0.037, 0.578, 0.64,    0.47,   0.36,   0.506,   0.576, 0.8,   0.66}},
    {2, {6.75,   330,     -1,      2.4,     0.329, -0.79, 2.897, -0.138, 0.55,
         -0.1,   0.35,    0.31,    -0.0019, 0.26,  0.25,  0.22,  0.16,   -0.0002,
         0.0003, -0.0017, -0.1203, 0.123,   0.068, 0.119, 0,     0.083,  -0.075,
         -0.143, 0.555,   0.65,    0.47,    0.36,  0.48,  0.587, 0.8,    0.62}},
    {3, {6.82,    330,  0,      2.4,    -0.06, -0.79, 2.906, -0.172, -0.95,   -0.1,  0.2,    0.16,
         -0.0015, 0.34, 0.3,    0.23,   0.16,  0,     0,     -0.002, -0.2719, 0.109, -0.023, 0.093,
         0,       0.07, -0.021, -0.028, 0.548, 0.64,  0.47,  0.36,   0.472,   0.576, 0.8,    0.55}},
    {4, {6.92,   330,   0,     2.4,    -0.299, -0.79, 2.889, -0.197, -0.95,   -0.1,  0,     0.05,
         -0.001, 0.41,  0.32,  0.23,   0.14,   0,     0,     -0.002, -0.2958, 0.135, 0.028, 0.084,
         0,      0.101, 0.072, -0.097, 0.527,  0.63,  0.47,  0.36,   0.447,   0.565, 0.76,  0.52}},
    {5, {7,      330,   0,     2.4,   -0.562, -0.765, 2.898, -0.218, -0.93,   -0.1,  0,     -0.04,
         -0.001, 0.51,  0.32,  0.22,  0.13,   0,      0,     -0.002, -0.2718, 0.189, 0.031, 0.058,
         0,      0.095, 0.205, 0.015, 0.505,  0.63,   0.47,  0.36,   0.425,   0.568, 0.72,  0.5}},
    {6, {7.06,   330,   0,     2.4,   -0.875, -0.711, 2.896, -0.235, -0.91,   -0.2,  0,     -0.11,
         -0.001, 0.55,  0.32,  0.2,   0.1,    0,      0,     -0.002, -0.2517, 0.215, 0.024, 0.065,
         0,      0.133, 0.285, 0.104, 0.477,  0.63,   0.47,  0.36,   0.395,   0.571, 0.7,   0.5}},
    {7.5, {7.15,   330,   0,     2.4,   -1.303, -0.634, 2.87, -0.255, -0.87, -0.2,  0,     -0.19,
           -0.001, 0.49,  0.28,  0.17,  0.09,   0,      0,    -0.002, -0.14, 0.15,  -0.07, 0,
           0,      0.151, 0.329, 0.299, 0.457,  0.63,   0.47, 0.36,   0.378, 0.575, 0.67,  0.5}},
    {10, {7.25,   330,   0,     2.4,   -1.928, -0.529, 2.843, -0.285, -0.8,    -0.2,  0,      -0.3,
          -0.001, 0.42,  0.22,  0.14,  0.08,   0,      0,     -0.002, -0.0216, 0.092, -0.159, -0.05,
          0,      0.124, 0.301, 0.243, 0.429,  0.63,   0.47,  0.36,   0.359,   0.585, 0.64,   0.5}},
};
// The same for all IMTs (Table 4).
constexpr double a3 = 0.275, a4 = -0.1, a5 = -0.41, n = 1.5, m2 = 5, c4 = 4.5;
constexpr double vs30_rock = 1180;

enum class Region { global, china, japan, taiwan };

class AbrahamsonEtAl2014 final : public ModelBase<Coefficients> {
 public:
  explicit AbrahamsonEtAl2014(const Binding& b)
      : ModelBase(b, table),
        region_(b.arguments.choice("region",
                                   {{"GLOBAL", Region::global},
                                    {"CHN", Region::china},
                                    {"JPN", Region::japan},
                                    {"TWN", Region::taiwan}},
                                   Region::global)),
        is_shm6_(b.arguments.flag("shm6", false)),
        sigma_mu_epsilon_(b.arguments.number("sigma_mu_epsilon", 0.0)),
        usgs_basin_(b.arguments.flag("usgs_basin_scaling", false)) {
    for (const Imt& imt : imts())
      basin_weights_.push_back(usgs_basin_ ? usgs::basin_period_weight(imt) : 1.0);
    b.arguments.not_offered("cybershake_basin_adj", false);
    for (std::size_t m = 0; m < size(); ++m)
      sites_.push_back(site_of(coefficients()[m], imts()[m]));
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto sources = per_imt([&](const Coefficients& c) { return source(c, in); });
    const double taper = 1 + (c4 - 1) * ramp(in.mag, 4, 5);  // Eq. 4
    const HangingWall hanging_wall(in);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Real vs30 = sites[in.vs30];
      const Real ln_r = 0.5 * log(square(r_rup) + square(taper));  // Eq. 3
      const Real ln_vs30 = log(vs30);
      const Real ln_soil = is_shm6_ ? min(ln_vs30, shm6::ln_1100) : ln_vs30;
      const Real hard_rock = is_shm6_ ? shm6::hard_rock_weight(ln_vs30) : Real(0.0);
      const Real hw = hanging_wall(in, sites);
      const Real shift = sigma_mu_epsilon_ * epistemic_deviation(in.mag, r_rup);
      const Real depth = is_shm6_ ? Real(0.0) : depth_ratio(sites[in.z1pt0], vs30);
      const Real deep = usgs_basin_ ? depth * usgs::basin_depth_weight(sites[in.z1pt0]) : depth;
      const Mask measured = sites[in.vs30measured] > 0.0;

      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Source& s = sources[m];
        const Site& site = sites_[m];
        // Eq. 2, 5, 6, 10, 16 and regional attenuation: what rock and soil share.
        const Real base = s.constant + s.slope * ln_r + s.anelastic * r_rup + c.a13 * hw;

        // Eq. 7 to 9: site response
        const Real ln_ratio = min(ln_soil, site.ln_v1) - site.ln_vlin;
        const Mask nonlinear = vs30 < c.vlin;
        Real response = (c.a10 + c.b * n) * ln_ratio;
        Real damping = 0.0;  // Eq. 30
        if (any(nonlinear)) {
          const Real sa_rock = exp(base + site.rock_response);
          const Real soil = sa_rock + c.c * exp(n * ln_ratio);
          const Real rock = sa_rock + c.c;
          response = select(nonlinear, c.a10 * ln_ratio + c.b * log(soil / rock), response);
          damping = select(nonlinear, c.b * sa_rock * (1 / soil - 1 / rock), 0.0);
        }
        const Real mean = base + response + depth_slope(c, vs30) * deep * basin_weights_[m] +
                          regional(c, site, vs30, ln_vs30) + site.hard_rock * hard_rock + shift;

        // Eq. 24 to 29
        const Real phi_a = region_ == Region::japan
                               ? c.s5 + (c.s6 - c.s5) * ramp(r_rup, 30, 80)
                               : select(measured, s.phi_measured, s.phi_estimated);
        const Real gain = square(1 + damping);
        const Real phi = sqrt((square(phi_a) - square(phi_amp)) * gain + square(phi_amp));
        sites.put(m, mean, between_within(s.tau * abs(1 + damping), phi));
      }
    });
  }

 private:
  static constexpr double phi_amp = 0.4;

  /// Terms of the rupture for one IMT.
  struct Source {
    double constant, slope, anelastic, tau, phi_estimated, phi_measured;
  };
  /// Constants of the site terms for one IMT.
  struct Site {
    double ln_v1, ln_vlin, rock_response, hard_rock;
  };

  Source source(const Coefficients& c, const GmmInput& in) const {
    const double mag = in.mag;
    // Eq. 2
    const double m = std::max(mag, m2) - c.m1;
    const double magnitude = c.a1 + (mag > c.m1 ? a5 : a4) * m +
                             c.a8 * square(8.5 - std::max(mag, m2)) +
                             c.a6 * std::min(mag - m2, 0.0);
    // Eq. 6 (a11, reverse, is 0)
    const bool normal = fault_style(in.rake_deg) == FaultStyle::normal;
    const double style = normal ? c.a12 * ramp(mag, 4, 5) : 0.0;
    // Eq. 16
    const double top = c.a15 * std::min(in.ztor_km / 20, 1.0);
    // Regional attenuation
    const double regional = region_ == Region::china    ? c.a28
                            : region_ == Region::japan  ? c.a29
                            : region_ == Region::taiwan ? c.a25
                                                        : 0.0;
    return {.constant = magnitude + style + top,
            .slope = c.a2 + a3 * m,
            .anelastic = c.a17 + regional,
            .tau = c.s3 + (c.s4 - c.s3) * ramp(mag, 5, 7),
            .phi_estimated = c.s1e + (c.s2e - c.s1e) * ramp(mag, 4, 6),
            .phi_measured = c.s1m + (c.s2m - c.s1m) * ramp(mag, 4, 6)};
  }

  Site site_of(const Coefficients& c, const Imt& imt) {
    // Eq. 9
    const double v1 = imt.kind != sa || imt.period_s <= 0.5 ? 1500
                      : imt.period_s < 3 ? 1500 * std::pow(imt.period_s / 0.5, -0.35)
                                         : 800;
    const double ln_vlin = std::log(c.vlin);
    const double ln_rock = std::log(std::min(v1, vs30_rock)) - ln_vlin;
    // Regional vs30 scaling of rock
    const double regional = region_ == Region::japan    ? c.a42
                            : region_ == Region::taiwan ? c.a31 * ln_rock
                                                        : 0.0;
    const double hard_rock =
        is_shm6_ ? shm6::hard_rock(imt, (c.a10 + c.b * n) * std::log(1100.0 / 760), info().name)
                 : 0.0;
    return {std::log(v1), ln_vlin, (c.a10 + c.b * n) * ln_rock + regional, hard_rock};
  }

  /// Hanging-wall term over a13, Eq. 10 to 15.
  class HangingWall {
   public:
    explicit HangingWall(const GmmInput& in)
        : r1_(in.width_km * std::cos(in.dip_deg * std::numbers::pi / 180)) {
      const double dip = std::min((90 - in.dip_deg) / 45, 60.0 / 45);
      const double dm = in.mag - 6.5;
      const double mag = in.mag >= 6.5  ? 1 + a2_hw * dm
                         : in.mag > 5.5 ? 1 + a2_hw * dm - (1 - a2_hw) * square(dm)
                                        : 0.0;
      const double top = in.ztor_km < 10 ? 1 - square(in.ztor_km / 10) : 0.0;
      factor_ = dip * mag * top;
    }

    Real operator()(const GmmInput& in, const Sites& sites) const {
      if (factor_ == 0) return 0.0;
      const Real r_x = sites[in.r_x];
      if (!any(r_x > 0.0)) return 0.0;
      const Real x = r_x / r1_;
      const Real across =
          select(x < 1.0, 0.25 + 1.5 * x - 0.75 * square(x), max(1 - (x - 1.0) / 2, 0.0));
      const Real beyond = sites[in.r_y0] - r_x * std::tan(20 * std::numbers::pi / 180);
      const Real along = clamp(1 - beyond / 5, 0.0, 1.0);
      return select(r_x > 0.0, factor_ * across * along, 0.0);
    }

   private:
    static constexpr double a2_hw = 0.2;
    double r1_, factor_;
  };

  /// Eq. 17 to 19: ln of z1.0 over its mean for this vs30; 0 where z1.0 is not known.
  Real depth_ratio(Real z1pt0_m, Real vs30) const {
    Real ln_mean;
    if (region_ == Region::japan) {
      const double a = square(412.0), b = square(1360.0) + a;
      ln_mean = -5.23 / 2 * log((square(vs30) + a) / b);
    } else {
      const double a = square(square(610.0)), b = square(square(1360.0)) + a;
      ln_mean = -7.67 / 4 * log((square(square(vs30)) + a) / b);
    }
    const Real ratio = log((max(z1pt0_m, 0.0) / 1000 + 0.01) / (exp(ln_mean) / 1000 + 0.01));
    return select(z1pt0_m < 0.0, 0.0, ratio);
  }

  /// Table 4: a43 to a46 at the middle of their vs30 bins, linear in between.
  static Real depth_slope(const Coefficients& c, Real vs30) {
    const auto step = [&](double from, double to) { return ramp(vs30, from, to); };
    return c.a43 + (c.a44 - c.a43) * step(150, 250) + (c.a45 - c.a44) * step(250, 400) +
           (c.a46 - c.a45) * step(400, 700);
  }

  /// vs30 scaling of Taiwan and Japan.
  Real regional(const Coefficients& c, const Site& site, Real vs30, Real ln_vs30) const {
    if (region_ == Region::taiwan) return c.a31 * (min(ln_vs30, site.ln_v1) - site.ln_vlin);
    if (region_ != Region::japan) return 0.0;
    // a36 to a42 at the middle of their vs30 bins, linear in between.
    const auto step = [&](double from, double to) { return ramp(vs30, from, to); };
    return c.a36 + (c.a37 - c.a36) * step(150, 250) + (c.a38 - c.a37) * step(250, 350) +
           (c.a39 - c.a38) * step(350, 450) + (c.a40 - c.a39) * step(450, 600) +
           (c.a41 - c.a40) * step(600, 850) + (c.a42 - c.a41) * step(850, 1150);
  }

  Region region_;
  bool is_shm6_;
  double sigma_mu_epsilon_;
  bool usgs_basin_;
  std::vector<double> basin_weights_;
  std::vector<Site> sites_;
};

}  // namespace

Entries abrahamson_et_al_2014() {
  ModelInfo info{
      .name = "AbrahamsonEtAl2014",
      .setting = "crust",
      .publication =
          "Abrahamson, Silva and Kamai (2014), Summary of the ASK14 ground motion relation for "
          "active crustal regions, Earthquake Spectra 30(3), 1025-1055, doi:10.1193/070913EQS198M",
      .component = "RotD50",
      .region = "active crust worldwide",
      .needs = Needs::mag | Needs::rake | Needs::dip | Needs::ztor | Needs::width | Needs::vs30 |
               Needs::vs30measured | Needs::z1pt0 | Needs::r_rup | Needs::r_x | Needs::r_y0,
      .mag = {3, 8.5},
      .distance_km = {0, 300},
      .vs30 = {180, 1500}};
  const ModelInfo canada = shm6::described(info, "CanadaSHM6_ActiveCrust_AbrahamsonEtAl2014",
                                           Needs::mag | Needs::rake | Needs::dip | Needs::ztor |
                                               Needs::width | Needs::vs30 | Needs::vs30measured |
                                               Needs::r_rup | Needs::r_x | Needs::r_y0);
  ModelInfo china = info, japan = info;
  china.name = "AbrahamsonEtAl2014RegCHN";
  china.region = "China";
  japan.name = "AbrahamsonEtAl2014RegJPN";
  japan.region = "Japan";
  return {entry<AbrahamsonEtAl2014>(info, table),
          entry<AbrahamsonEtAl2014>(china, table, {{"region", "CHN"}}),
          entry<AbrahamsonEtAl2014>(japan, table, {{"region", "JPN"}}),
          entry<AbrahamsonEtAl2014>(canada, table, {{"shm6", true}})};
}

}  // namespace shakefield::gmm
