// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Atkinson, G. M. (2015). Ground-motion prediction equation for small-to-moderate events at short
// hypocentral distances, with application to induced-seismicity hazards. Bulletin of the
// Seismological Society of America 105(2A), 981-992. doi:10.1785/0120140142.
//
// Component: orientation-independent horizontal. Ranges: Mw 3 to 6, r_hypo below 40 km, vs30 760
// m/s. Region: active crust, induced seismicity. Standard deviations: tau, phi and (published
// apart, rounded) sigma. Equations: the publication, and nshmp-haz (USGS, public domain).
// Coefficients: its Table 3, figures read from the tables of the OpenQuake engine 3.26.2 by a
// script.

#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// In log10 of cm/s² or cm/s.
struct Coefficients {
  double c0, c1, c2, c3, c4, phi, tau, sigma;  // Table 3
};

constexpr Row<Coefficients> table[] = {
    {pgv, {-4.151, 1.762, -0.09509, -1.669, -0.0006, 0.27, 0.19, 0.33}},
    {pga, {-2.376, 1.818, -0.1153, -1.752, -0.002, 0.28, 0.24, 0.37}},
    {0.03, {-2.283, 1.842, -0.1189, -1.785, -0.002, 0.28, 0.27, 0.39}},
    {0.05, {-2.018, 1.826, -0.1192, -1.831, -0.002, 0.28, 0.3, 0.41}},
    {0.1, {-1.954, 1.83, -0.1185, -1.774, -0.002, 0.29, 0.25, 0.39}},
    {0.2, {-2.266, 1.785, -0.1061, -1.657, -0.0014, 0.3, 0.21, 0.37}},
    {0.3, {-2.794, 1.852, -0.1078, -1.608, -0.001, 0.3, 0.19, 0.36}},
    {0.5, {-3.873, 2.06, -0.1212, -1.544, -0.0006, 0.29, 0.2, 0.35}},
    {1, {-4.081, 1.742, -0.07381, -1.481, 0, 0.26, 0.22, 0.34}},
    {2, {-4.462, 1.485, -0.03815, -1.361, 0, 0.24, 0.23, 0.33}},
    {3, {-3.827, 1.06, 0.009086, -1.398, 0, 0.24, 0.22, 0.32}},
    {5, {-4.321, 1.08, 0.009376, -1.378, 0, 0.25, 0.18, 0.31}},
};

/// Eq. 4, or the alternative that the publication offers: log10 of the saturation distance in km.
struct Saturation {
  double constant, slope;  // of Mw
};

class Atkinson2015 final : public ModelBase<Coefficients> {
 public:
  explicit Atkinson2015(const Binding& b)
      : ModelBase(b, table),
        saturation_(b.arguments.choice(
            "rsat",
            {{"default", Saturation{-1.72, 0.43}}, {"alternative", Saturation{-0.28, 0.19}}},
            Saturation{-1.72, 0.43})) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto magnitude = per_imt(
        [&](const Coefficients& c) { return c.c0 + c.c1 * in.mag + c.c2 * square(in.mag); });
    const double h = std::max(1.0, std::pow(10, saturation_.constant + saturation_.slope * in.mag));

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r = sqrt(square(sites[in.r_hypo]) + square(h));  // Eq. 3
      const Real log10_r = log10(r);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Eq. 2
        const Real mean = ln10 * (magnitude[m] + c.c3 * log10_r + c.c4 * r);
        sites.put(m, imts()[m].kind == pgv ? mean : mean - ln_cm_s2_per_g,
                  {ln10 * c.sigma, ln10 * c.tau, ln10 * c.phi});
      }
    });
  }

 private:
  Saturation saturation_;
};

}  // namespace

Entries atkinson_2015() {
  return {entry<Atkinson2015>(
      {.name = "Atkinson2015",
       .setting = "crust",
       .publication = "Atkinson (2015), Ground-motion prediction equation for small-to-moderate "
                      "events at short hypocentral distances, with application to "
                      "induced-seismicity hazards, Bulletin of the Seismological Society of "
                      "America 105(2A), 981-992, doi:10.1785/0120140142",
       .component = "orientation-independent horizontal",
       .region = "active crust, induced seismicity",
       .needs = Needs::mag | Needs::r_hypo,
       .mag = {3, 6},
       .distance_km = {0, 40},
       .reference_vs30 = 760},
      table)};
}

}  // namespace shakefield::gmm
