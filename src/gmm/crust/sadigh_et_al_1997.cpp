// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Sadigh, K., Chang, C.-Y., Egan, J. A., Makdisi, F., and Youngs, R. R. (1997). Attenuation
// relationships for shallow crustal earthquakes based on California strong motion data.
// Seismological Research Letters 68(1), 180-189. doi:10.1785/gssrl.68.1.180.
//
// Component: geometric mean. Ranges: Mw 4 to 8, r_rup below 100 km. Region: California. Sites: rock
// (vs30 above 750 m/s) or deep soil. Standard deviation: total sigma.
// Equations: the publication, and nshmp-haz (USGS, public domain). Coefficients: its Tables 1 to 4,
// figures read from the tables of the OpenQuake engine 3.26.2 by a script.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// Table 2, rock. c1: Mw <= 6.5 and above; c2, c5 and c6 change with magnitude but not with period.
struct Rock {
  double c1_low, c1_high, c3, c4, c7;
};
// clang-format off
constexpr Row<Rock> rock_table[] = {
    {pga, {-0.624, -1.274, 0, -2.1, 0}},
    {0.07, {0.11, -0.54, 0.006, -2.128, -0.082}},
    {0.1, {0.275, -0.375, 0.006, -2.148, -0.041}},
    {0.2, {0.153, -0.497, -0.004, -2.08, 0}},
    {0.3, {-0.057, -0.707, -0.017, -2.028, 0}},
    {0.4, {-0.298, -0.948, -0.028, -1.99, 0}},
    {0.5, {-0.588, -1.238, -0.04, -1.945, 0}},
    {0.75, {-1.208, -1.858, -0.05, -1.865, 0}},
    {1, {-1.705, -2.355, -0.055, -1.8, 0}},
    {1.5, {-2.407, -3.057, -0.065, -1.725, 0}},
    {2, {-2.945, -3.595, -0.07, -1.67, 0}},
    {3, {-3.7, -4.35, -0.08, -1.61, 0}},
    {4, {-4.23, -4.88, -0.1, -1.57, 0}},
};

// Table 3, rock: sigma = constant - 0.14 Mw, at_least from Mw 7.21 on.
struct RockSigma {
  double constant, at_least;
};
constexpr Row<RockSigma> rock_sigma_table[] = {
    {pga, {1.39, 0.38}}, {0.07, {1.40, 0.39}}, {0.1, {1.41, 0.40}}, {0.2, {1.43, 0.42}},
    {0.3, {1.45, 0.44}}, {0.4, {1.48, 0.47}},  {0.5, {1.50, 0.49}}, {0.75, {1.52, 0.51}},
    {1, {1.53, 0.52}},   {4, {1.53, 0.52}},
};

// Table 4, deep soil: style terms, magnitude, sigma = constant - 0.16 Mw, Mw up to 7.
struct Soil {
  double c6_strike_slip, c6_reverse, c7, sigma;
};
constexpr Row<Soil> soil_table[] = {
    {pga, {0, 0, 0, 1.52}},
    {0.075, {0.4572, 0.4572, 0.005, 1.54}},
    {0.1, {0.6395, 0.6395, 0.005, 1.54}},
    {0.2, {0.9187, 0.9187, -0.004, 1.565}},
    {0.3, {0.9547, 0.9547, -0.014, 1.58}},
    {0.4, {0.9251, 0.9005, -0.024, 1.595}},
    {0.5, {0.8494, 0.8285, -0.033, 1.61}},
    {0.75, {0.701, 0.6802, -0.051, 1.635}},
    {1, {0.5665, 0.5075, -0.065, 1.66}},
    {1.5, {0.3235, 0.2215, -0.09, 1.69}},
    {2, {0.1001, -0.0526, -0.108, 1.7}},
    {3, {-0.2801, -0.4905, -0.139, 1.71}},
    {4, {-0.6274, -0.8907, -0.16, 1.71}},
};
// clang-format on

/// Where the rupture is near and large, attenuation saturates otherwise.
constexpr double mag_saturation = 6.5;
constexpr double vs30_rock = 750;

class SadighEtAl1997 final : public ModelBase<Rock> {
 public:
  explicit SadighEtAl1997(const Binding& b)
      : ModelBase(b, rock_table),
        rock_sigma_(coefficients_of(rock_sigma_table, b)),
        soil_(coefficients_of(soil_table, b)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double mag = in.mag;
    const bool reverse = in.rake_deg >= 45 && in.rake_deg <= 135;
    const bool small = mag <= mag_saturation;
    const double curvature = std::pow(std::max(8.5 - mag, 0.0), 2.5);

    // Table 2: reverse motions on rock are 1.2 times those of strike-slip.
    const double rock_near = small ? exp(1.29649 + 0.25 * mag) : exp(-0.48451 + 0.524 * mag);
    const double rock_constant = (small ? 1.0 : 1.1) * mag + (reverse ? std::log(1.2) : 0.0);
    const auto rock = per_imt([&](const Rock& c) {
      return (small ? c.c1_low : c.c1_high) + c.c3 * curvature + rock_constant;
    });
    // Table 4
    const double soil_near = small ? 2.1863 * exp(0.32 * mag) : 0.3825 * exp(0.5882 * mag);
    const double soil_constant = (reverse ? -1.92 : -2.17) + mag;

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Mask is_rock = sites[in.vs30] > vs30_rock;
      const Real ln_rock = log(r_rup + rock_near);
      const Real ln_soil = log(r_rup + soil_near);
      const Real ln_near = log(r_rup + 2);
      for (std::size_t m = 0; m < size(); ++m) {
        const Rock& c = coefficients()[m];
        const Soil& s = soil_[m];
        const Real on_rock = rock[m] + c.c4 * ln_rock + c.c7 * ln_near;
        const Real on_soil = soil_constant - 1.7 * ln_soil +
                             (reverse ? s.c6_reverse : s.c6_strike_slip) + s.c7 * curvature;
        const RockSigma& sigma = rock_sigma_[m];
        const double rock_sigma = mag < 7.21 ? sigma.constant - 0.14 * mag : sigma.at_least;
        const double soil_sigma = s.sigma - 0.16 * std::min(mag, 7.0);
        sites.put(m, select(is_rock, on_rock, on_soil),
                  total_only(select(is_rock, rock_sigma, soil_sigma)));
      }
    });
  }

 private:
  std::vector<RockSigma> rock_sigma_;
  std::vector<Soil> soil_;
};

}  // namespace

Entries sadigh_et_al_1997() {
  return {entry<SadighEtAl1997>({.name = "SadighEtAl1997",
                                 .setting = "crust",
                                 .publication = "Sadigh, Chang, Egan, Makdisi and Youngs (1997), "
                                                "Attenuation relationships for shallow crustal "
                                                "earthquakes based on California strong motion "
                                                "data, Seismological Research Letters 68(1), "
                                                "180-189, doi:10.1785/gssrl.68.1.180",
                                 .component = "geometric mean",
                                 .region = "California",
                                 .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_rup,
                                 .std_defined = StdDefined::total_only,
                                 .mag = {4, 8},
                                 .distance_km = {0, 100}},
                                soil_table)};
}

}  // namespace shakefield::gmm
