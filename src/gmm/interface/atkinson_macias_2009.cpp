// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Atkinson, G. M., and Macias, M. (2009). Predicted ground motions for great interface earthquakes
// in the Cascadia subduction zone. Bulletin of the Seismological Society of America 99(3),
// 1552-1578. doi:10.1785/0120080147.
//
// Component: random horizontal. Ranges: Mw 7.5 to 9, r_rup 30 to 400 km, vs30 760 m/s (no site
// term). Region: Cascadia. Standard deviation: total only.
// Equations: the publication's Eq. 3 and 4, and nshmp-haz (USGS, public domain). Coefficients: its
// Table 6, figures read from the tables of the OpenQuake engine 3.26.2 by a script.

#include "gravity.hpp"
#include "m9_basin.hpp"

namespace shakefield::gmm {
namespace {

/// log10 units, cm/s².
struct Coefficients {
  double c0, c1, c2, c3, c4, sigma;
};

// Table 6.
constexpr Row<Coefficients> table[] = {
    {pga, {5.006, -1.5573, -0.00034, 0.1774, 0.0827, 0.24}},
    {0.05, {5.843, -1.9391, 0, 0.1813, 0.0199, 0.26}},
    {0.063091, {5.823, -1.8889, -0.00022, 0.1845, 0.016, 0.26}},
    {0.079365, {5.676, -1.7633, -0.00071, 0.1784, 0.0245, 0.27}},
    {0.1, {5.49, -1.6257, -0.00115, 0.1736, 0.0261, 0.27}},
    {0.125, {5.209, -1.4404, -0.00163, 0.1788, 0.0151, 0.27}},
    {0.15873, {4.93, -1.2671, -0.00204, 0.1645, 0.0301, 0.27}},
    {0.2, {4.746, -1.1691, -0.00212, 0.1593, 0.0432, 0.27}},
    {0.25, {4.472, -1.0133, -0.00234, 0.1713, 0.0255, 0.27}},
    {0.316456, {4.303, -0.9322, -0.00231, 0.1713, 0.027, 0.27}},
    {0.4, {4.167, -0.8854, -0.00211, 0.1802, 0.0258, 0.27}},
    {0.5, {3.999, -0.8211, -0.00195, 0.187, 0.0271, 0.27}},
    {0.632911, {3.859, -0.7746, -0.00179, 0.201, 0.0153, 0.28}},
    {0.793651, {3.733, -0.7473, -0.00159, 0.2035, 0.0292, 0.28}},
    {1, {3.621, -0.7376, -0.00128, 0.2116, 0.0328, 0.29}},
    {1.265823, {3.453, -0.6885, -0.00119, 0.2417, 0.0125, 0.29}},
    {1.587302, {3.393, -0.7101, -0.00089, 0.2483, 0.0103, 0.29}},
    {2, {3.241, -0.6741, -0.00081, 0.2696, -0.0064, 0.3}},
    {2.5, {3.104, -0.6585, -0.00063, 0.299, -0.0074, 0.3}},
    {3.125, {2.978, -0.6431, -0.00057, 0.3258, -0.0103, 0.3}},
    {4, {2.814, -0.6108, -0.00046, 0.349, -0.0299, 0.3}},
    {5, {2.671, -0.5942, -0.0004, 0.3822, -0.0417, 0.32}},
    {6.25, {2.569, -0.6048, -0.00024, 0.4324, -0.0641, 0.34}},
    {7.692308, {2.489, -0.6412, -3e-05, 0.476, -0.0629, 0.35}},
    {10, {2.338, -0.6311, 0, 0.5357, -0.0737, 0.38}},
};

class AtkinsonMacias2009 final : public ModelBase<Coefficients> {
 public:
  explicit AtkinsonMacias2009(const Binding& b) : ModelBase(b, table), m9_basin_(b.arguments) {
    for (const char* name : {"ba08_site_term", "cb14_basin_term"})
      b.arguments.not_offered(name, false);
    if (m9_basin_.exists()) require(Needs::z2pt5);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double dm = in.mag - 8;
    const double h = square(in.mag) - 3.1 * in.mag - 14.55;  // Eq. 4
    const auto magnitude =
        per_imt([&](const Coefficients& c) { return c.c0 + c.c3 * dm + c.c4 * square(dm); });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r = sqrt(square(sites[in.r_rup]) + square(h));
      const Real log10_r = log10(r);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real log10_y = magnitude[m] + c.c1 * log10_r + c.c2 * r;  // Eq. 3
        sites.put(m, log10_y * ln10 - ln_cm_s2_per_g + m9_basin_(imts()[m], in, sites),
                  total_only(c.sigma * ln10));
      }
    });
  }

 private:
  M9BasinTerm m9_basin_;
};

}  // namespace

Entries atkinson_macias_2009() {
  return {entry<AtkinsonMacias2009>(
      {.name = "AtkinsonMacias2009",
       .setting = "interface",
       .publication = "Atkinson and Macias (2009), Predicted ground motions for great interface "
                      "earthquakes in the Cascadia subduction zone, Bulletin of the Seismological "
                      "Society of America 99(3), 1552-1578, doi:10.1785/0120080147",
       .component = "random horizontal",
       .region = "Cascadia",
       .needs = Needs::mag | Needs::r_rup,
       .std_defined = StdDefined::total_only,
       .mag = {7.5, 9},
       .distance_km = {30, 400},
       .reference_vs30 = 760},
      table)};
}

}  // namespace shakefield::gmm
