// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Abrahamson, N. A., and Silva, W. J. (1997). Empirical response spectral attenuation relations for
// shallow crustal earthquakes. Seismological Research Letters 68(1), 94-127.
// doi:10.1785/gssrl.68.1.94.
//
// Component: geometric mean. Ranges: Mw 4 to 7.5, r_rup below 200 km; soil below vs30 = 600 m/s,
// rock from there on. Region: active crust worldwide. Standard deviation: sigma. Equations: the
// publication, and nshmp-haz (USGS, public domain). Coefficients: its Tables 3 and 4, figures read
// from the tables of the OpenQuake engine 3.26.2 by a script. Hanging wall: the publication means
// sites above a dipping rupture; the OpenQuake engine, followed here, adds the term to all sites of
// reverse ruptures.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c4, a1, a3, a5, a6, a9, a10, a11, a12, b5, b6;  // Tables 3 and 4
};

constexpr Row<Coefficients> table[] = {
    {pga, {5.6, 1.64, -1.145, 0.61, 0.26, 0.37, -0.417, -0.23, 0, 0.7, 0.135}},
    {0.01, {5.6, 1.64, -1.145, 0.61, 0.26, 0.37, -0.417, -0.23, 0, 0.7, 0.135}},
    {0.02, {5.6, 1.64, -1.145, 0.61, 0.26, 0.37, -0.417, -0.23, 0, 0.7, 0.135}},
    {0.03, {5.6, 1.69, -1.145, 0.61, 0.26, 0.37, -0.47, -0.23, 0.0143, 0.7, 0.135}},
    {0.04, {5.6, 1.78, -1.145, 0.61, 0.26, 0.37, -0.555, -0.251, 0.0245, 0.71, 0.135}},
    {0.05, {5.6, 1.87, -1.145, 0.61, 0.26, 0.37, -0.62, -0.267, 0.028, 0.71, 0.135}},
    {0.06, {5.6, 1.94, -1.145, 0.61, 0.26, 0.37, -0.665, -0.28, 0.03, 0.72, 0.135}},
    {0.075, {5.58, 2.037, -1.145, 0.61, 0.26, 0.37, -0.628, -0.28, 0.03, 0.73, 0.135}},
    {0.09, {5.54, 2.1, -1.145, 0.61, 0.26, 0.37, -0.609, -0.28, 0.03, 0.74, 0.135}},
    {0.1, {5.5, 2.16, -1.145, 0.61, 0.26, 0.37, -0.598, -0.28, 0.028, 0.74, 0.135}},
    {0.12, {5.39, 2.272, -1.145, 0.61, 0.26, 0.37, -0.591, -0.28, 0.018, 0.75, 0.135}},
    {0.15, {5.27, 2.407, -1.145, 0.61, 0.26, 0.37, -0.577, -0.28, 0.005, 0.75, 0.135}},
    {0.17, {5.19, 2.43, -1.135, 0.61, 0.26, 0.37, -0.522, -0.265, -0.004, 0.76, 0.135}},
    {0.2, {5.1, 2.406, -1.115, 0.61, 0.26, 0.37, -0.445, -0.245, -0.0138, 0.77, 0.135}},
    {0.24, {4.97, 2.293, -1.079, 0.61, 0.232, 0.37, -0.35, -0.223, -0.0238, 0.77, 0.135}},
    {0.3, {4.8, 2.114, -1.035, 0.61, 0.198, 0.37, -0.219, -0.195, -0.036, 0.78, 0.135}},
    {0.36, {4.62, 1.955, -1.0052, 0.61, 0.17, 0.37, -0.123, -0.173, -0.046, 0.79, 0.135}},
    {0.4, {4.52, 1.86, -0.988, 0.61, 0.154, 0.37, -0.065, -0.16, -0.0518, 0.79, 0.135}},
    {0.46, {4.38, 1.717, -0.9652, 0.592, 0.132, 0.37, 0.02, -0.136, -0.0594, 0.8, 0.132}},
    {0.5, {4.3, 1.615, -0.9515, 0.581, 0.119, 0.37, 0.085, -0.121, -0.0635, 0.8, 0.13}},
    {0.6, {4.12, 1.428, -0.9218, 0.557, 0.091, 0.37, 0.194, -0.089, -0.074, 0.81, 0.127}},
    {0.75, {3.9, 1.16, -0.8852, 0.528, 0.057, 0.331, 0.32, -0.05, -0.0862, 0.81, 0.123}},
    {0.85, {3.81, 1.02, -0.8648, 0.512, 0.038, 0.309, 0.37, -0.028, -0.0927, 0.82, 0.121}},
    {1, {3.7, 0.828, -0.8383, 0.49, 0.013, 0.281, 0.423, 0, -0.102, 0.83, 0.118}},
    {1.5, {3.55, 0.26, -0.7721, 0.438, -0.049, 0.21, 0.6, 0.04, -0.12, 0.84, 0.11}},
    {2, {3.5, -0.15, -0.725, 0.4, -0.094, 0.16, 0.61, 0.04, -0.14, 0.85, 0.105}},
    {3, {3.5, -0.69, -0.725, 0.4, -0.156, 0.089, 0.63, 0.04, -0.1726, 0.87, 0.097}},
    {4, {3.5, -1.13, -0.725, 0.4, -0.2, 0.039, 0.64, 0.04, -0.1956, 0.88, 0.092}},
    {5, {3.5, -1.46, -0.725, 0.4, -0.2, 0, 0.664, 0.04, -0.215, 0.89, 0.087}},
};
// The same for all IMTs (Table 3).
constexpr double a2 = 0.512, a4 = -0.144, a13 = 0.17, c1 = 6.4, c5 = 0.03;

/// Terms of the rupture for one IMT.
struct Source {
  double constant, slope, hanging_wall, sigma;
};

Source source(const Coefficients& c, const GmmInput& in) {
  const double dm = in.mag - c1;
  // Eq. 4
  const double magnitude = c.a1 + (dm <= 0 ? a2 : a4) * dm + c.a12 * square(8.5 - in.mag);
  // Eq. 6
  const bool reverse = in.rake_deg >= 45 && in.rake_deg <= 135;
  const double style = reverse ? c.a5 + (c.a6 - c.a5) * ramp(in.mag, 5.8, c1) : 0.0;
  return {.constant = magnitude + style,
          .slope = c.a3 + a13 * dm,
          .hanging_wall = reverse ? c.a9 * ramp(in.mag, 5.5, 6.5) : 0.0,  // Eq. 7 and 8
          .sigma = c.b5 - c.b6 * clamp(in.mag - 5, 0.0, 2.0)};            // Eq. 13
}

/// Eq. 3 for rock.
Real rock(const Coefficients& c, const Source& s, Real r_rup) {
  const Real across = ramp(r_rup, 4, 8) * (1 - ramp(r_rup, 18, 25));  // Eq. 9
  return s.constant + 0.5 * s.slope * log(square(r_rup) + square(c.c4)) + s.hanging_wall * across;
}

class AbrahamsonSilva1997 final : public ModelBase<Coefficients> {
 public:
  explicit AbrahamsonSilva1997(const Binding& b)
      : ModelBase(b, table), pga_(coefficients_at(table, {pga}, b.info.name)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto sources = per_imt([&](const Coefficients& c) { return source(c, in); });
    const Source pga_source = source(pga_, in);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Mask soil = sites[in.vs30] < 600.0;
      const Real ln_pga = any(soil) ? log(exp(rock(pga_, pga_source, r_rup)) + c5) : Real(0.0);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Eq. 3 and 10
        const Real mean = rock(c, sources[m], r_rup) + select(soil, c.a10 + c.a11 * ln_pga, 0.0);
        sites.put(m, mean, total_only(sources[m].sigma));
      }
    });
  }

 private:
  Coefficients pga_;
};

}  // namespace

Entries abrahamson_silva_1997() {
  return {entry<AbrahamsonSilva1997>(
      {.name = "AbrahamsonSilva1997",
       .setting = "crust",
       .publication = "Abrahamson and Silva (1997), Empirical response spectral attenuation "
                      "relations for shallow crustal earthquakes, Seismological Research Letters "
                      "68(1), 94-127, doi:10.1785/gssrl.68.1.94",
       .component = "geometric mean",
       .region = "active crust worldwide",
       .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_rup,
       .std_defined = StdDefined::total_only,
       .mag = {4, 7.5},
       .distance_km = {0, 200}},
      table)};
}

}  // namespace shakefield::gmm
