// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Faccioli, E., Bianchini, A., and Villani, M. (2010). New ground motion prediction equations for
// T > 1 s and their influence on seismic hazard assessment. Proceedings of the University of Tokyo
// Symposium on Long-Period Ground Motion and Urban Disaster Mitigation, Tokyo, 17-18 March 2010.
//
// Component: geometric mean. Ranges: Mw 4.5 to 7.6, r_rup below 150 km, Eurocode 8 site classes by
// vs30. Region: active crust worldwide. Standard deviations: sigma only.
// Equations: the publication. Coefficients: its table, figures read from the tables of the
// OpenQuake engine 3.26.2 by a script.

#include "displacement.hpp"
#include "ec8_site_class.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// log10 of the displacement spectrum in cm; PGA: m/s².
struct Coefficients {
  double a1, a2, a3, a4, a5;  // magnitude and distance
  double ab, ac, ad;          // site classes B to D
  double normal, reverse, strike_slip;
  double sigma;
};

constexpr Row<Coefficients> table[] = {
    {pga, {-1.18, 0.559, -1.624, 0.018, 0.445, 0.25, 0.31, 0.33, -0.01, 0.09, -0.05, 0.36}},
    {0.05, {-2.96, 0.604, -1.878, 0.052, 0.396, 0.2, 0.21, 0.18, -0.02, 0.08, -0.03, 0.38}},
    {0.1, {-2.02, 0.559, -1.837, 0.07, 0.373, 0.26, 0.24, 0.19, 0.01, 0.08, -0.05, 0.4}},
    {0.2, {-1.97, 0.527, -1.512, 0.031, 0.391, 0.3, 0.42, 0.4, 0.04, 0.05, -0.05, 0.4}},
    {0.3, {-2.11, 0.57, -1.421, 0.009, 0.459, 0.23, 0.42, 0.45, 0.02, 0.03, -0.03, 0.4}},
    {0.4, {-2.23, 0.596, -1.355, 0.005, 0.478, 0.19, 0.42, 0.53, 0.04, 0.01, -0.02, 0.41}},
    {0.5, {-2.35, 0.613, -1.295, 0.001, 0.556, 0.2, 0.42, 0.62, 0.05, 0, -0.02, 0.41}},
    {0.6, {-2.46, 0.641, -1.282, 0.001, 0.566, 0.19, 0.42, 0.68, 0.06, -0.01, -0.02, 0.41}},
    {0.7, {-2.5, 0.664, -1.293, 0.001, 0.58, 0.17, 0.42, 0.7, 0.07, -0.02, -0.02, 0.41}},
    {0.8, {-2.57, 0.693, -1.313, 0.002, 0.536, 0.17, 0.41, 0.72, 0.06, -0.03, -0.01, 0.4}},
    {0.9, {-2.63, 0.717, -1.334, 0.003, 0.526, 0.17, 0.42, 0.73, 0.07, -0.04, -0.01, 0.4}},
    {1, {-2.68, 0.731, -1.335, 0.002, 0.529, 0.17, 0.42, 0.72, 0.08, -0.04, -0.01, 0.4}},
    {1.25, {-2.84, 0.767, -1.32, 0.001, 0.581, 0.16, 0.4, 0.67, 0.09, -0.05, -0.01, 0.4}},
    {1.5, {-2.95, 0.801, -1.342, 0.002, 0.529, 0.15, 0.39, 0.63, 0.09, -0.05, -0.01, 0.4}},
    {2, {-3.09, 0.87, -1.424, 0.018, 0.423, 0.12, 0.34, 0.55, 0.04, -0.04, 0.01, 0.4}},
    {2.5, {-3.14, 0.904, -1.454, 0.078, 0.342, 0.11, 0.31, 0.5, 0.02, -0.03, 0.01, 0.39}},
    {3, {-3.2, 0.933, -1.47, 0.262, 0.272, 0.11, 0.29, 0.49, 0.02, -0.02, 0, 0.38}},
    {4, {-3.49, 1.014, -1.496, 0.387, 0.268, 0.11, 0.27, 0.44, 0.01, -0.03, 0.01, 0.37}},
    {5, {-3.71, 1.069, -1.497, 0.527, 0.26, 0.1, 0.24, 0.39, 0.01, -0.05, 0.02, 0.36}},
    {7.5, {-4.15, 1.097, -1.32, 0.455, 0.266, 0.09, 0.22, 0.34, 0.04, -0.09, 0.04, 0.33}},
    {10, {-4.28, 1.068, -1.187, 0.21, 0.298, 0.08, 0.2, 0.32, 0.05, -0.11, 0.04, 0.31}},
    {15, {-4.17, 1.021, -1.143, 0.089, 0.334, 0.09, 0.19, 0.32, 0.07, -0.11, 0.04, 0.29}},
    {20, {-4.02, 0.993, -1.167, 0.065, 0.343, 0.11, 0.21, 0.33, 0.08, -0.11, 0.03, 0.3}},
};

class FaccioliEtAl2010 final : public ModelBase<Coefficients> {
 public:
  explicit FaccioliEtAl2010(const Binding& b) : ModelBase(b, table) {
    for (const Imt& imt : imts())
      ln_unit_.push_back(imt.kind == pga ? std::log(100) - ln_cm_s2_per_g
                                         : ln_g_per_cm(imt.period_s));
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto sources = per_imt([&](const Coefficients& c) { return source(c, in); });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Ec8SiteClass site(sites[in.vs30]);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Source& s = sources[m];
        sites.put(m,
                  s.constant + ln_unit_[m] + c.a3 * log(r_rup + s.near) +
                      ln10 * site(0, c.ab, c.ac, c.ad),
                  total_only(ln10 * c.sigma));
      }
    });
  }

 private:
  /// Terms of the rupture for one IMT, ln; near: distance saturation, km.
  struct Source {
    double constant, near;
  };

  static Source source(const Coefficients& c, const GmmInput& in) {
    double style = c.strike_slip;
    if (in.rake_deg > -120 && in.rake_deg <= -60) style = c.normal;
    if (in.rake_deg > 30 && in.rake_deg <= 150) style = c.reverse;
    return {.constant = ln10 * (c.a1 + c.a2 * in.mag + style),
            .near = c.a4 * std::exp(ln10 * c.a5 * in.mag)};
  }

  std::vector<double> ln_unit_;
};

}  // namespace

Entries faccioli_et_al_2010() {
  return {entry<FaccioliEtAl2010>(
      {.name = "FaccioliEtAl2010",
       .setting = "crust",
       .publication = "Faccioli, Bianchini and Villani (2010), New ground motion prediction "
                      "equations for T > 1 s and their influence on seismic hazard assessment, "
                      "University of Tokyo Symposium on Long-Period Ground Motion and Urban "
                      "Disaster Mitigation",
       .component = "geometric mean",
       .region = "active crust worldwide",
       .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_rup,
       .std_defined = StdDefined::total_only,
       .mag = {4.5, 7.6},
       .distance_km = {0, 150}},
      table)};
}

}  // namespace shakefield::gmm
