// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Campbell, K. W. (1997). Empirical near-source attenuation relationships for horizontal and
// vertical components of peak ground acceleration, peak ground velocity, and pseudo-absolute
// acceleration response spectra. Seismological Research Letters 68(1), 154-179.
// doi:10.1785/gssrl.68.1.154; errata doi:10.1785/gssrl.71.3.352 and 10.1785/gssrl.72.4.474.
//
// Component: geometric mean. Ranges: Mw 5 to 8, r_seis below 60 km; firm soil below vs30 = 760 m/s,
// soft rock below 1500, hard rock from there on. Region: active crust worldwide. Standard
// deviation: sigma. PGA only; r_rup stands for r_seis, without its lower bound of 3 km, as in the
// OpenQuake engine. Equations and coefficients: the publication, Eq. 3 and 5, and nshmp-haz (USGS,
// public domain).

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// Eq. 3.
struct Coefficients {
  double constant, magnitude, distance, near, near_exponent;
  double style, style_ln_r, style_magnitude;  // reverse; half for normal
  double soft_rock, soft_rock_ln_r, hard_rock, hard_rock_ln_r;
};

constexpr Row<Coefficients> table[] = {
    {pga,
     {-3.512, 0.904, -1.328, 0.149, 0.647, 1.125, -0.112, -0.0957, 0.440, -0.171, 0.405, -0.222}},
};

class Campbell1997 final : public ModelBase<Coefficients> {
 public:
  explicit Campbell1997(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double rake = std::abs(in.rake_deg);
    const double style = rake < 45 || rake > 135 ? 0.0 : in.rake_deg > 0 ? 1.0 : 0.5;

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r = sites[in.r_rup], vs30 = sites[in.vs30];
      const Real ln_r = log(r);
      const Real soft = select(vs30 >= 760.0, 1.0, 0.0), hard = select(vs30 >= 1500.0, 1.0, 0.0);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const double near = c.near * std::exp(c.near_exponent * in.mag);
        const Real mean = c.constant + c.magnitude * in.mag +
                          0.5 * c.distance * log(square(r) + square(near)) +
                          style * (c.style + c.style_magnitude * in.mag + c.style_ln_r * ln_r) +
                          (soft - hard) * (c.soft_rock + c.soft_rock_ln_r * ln_r) +
                          hard * (c.hard_rock + c.hard_rock_ln_r * ln_r);
        // Eq. 5
        const Real sigma = select(mean < std::log(0.068), 0.55,
                                  select(mean > std::log(0.21), 0.39, 0.173 - 0.140 * mean));
        sites.put(m, mean, total_only(sigma));
      }
    });
  }
};

}  // namespace

Entries campbell_1997() {
  return {entry<Campbell1997>(
      {.name = "Campbell1997",
       .setting = "crust",
       .publication =
           "Campbell (1997), Empirical near-source attenuation relationships for horizontal and "
           "vertical components of peak ground acceleration, peak ground velocity, and "
           "pseudo-absolute acceleration response spectra, Seismological Research Letters 68(1), "
           "154-179, doi:10.1785/gssrl.68.1.154",
       .component = "geometric mean",
       .region = "active crust worldwide",
       .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_rup,
       .std_defined = StdDefined::total_only,
       .mag = {5, 8},
       .distance_km = {3, 60}},
      table)};
}

}  // namespace shakefield::gmm
