// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// García, D., Singh, S. K., Herráiz, M., Ordaz, M., and Pacheco, J. F. (2005). Inslab earthquakes
// of central Mexico: peak ground-motion parameters and response spectra. Bulletin of the
// Seismological Society of America 95(6), 2272-2282. doi:10.1785/0120050072.
//
// Component: quadratic mean of the two horizontal ones. Ranges: Mw 5.2 to 7.4, distance 40 to 400
// km, depth 35 to 138 km, hard sites (class B; no site term). Region: central Mexico, slab.
// Standard deviations: tau, phi and (published apart, rounded) sigma. Equations: the publication's
// Eq. 1 to 3. Coefficients: its Table 2, figures read from the tables of the OpenQuake
// engine 3.26.2 by a script.

#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

/// log10 units, cm/s² and cm/s.
struct Coefficients {
  double c1, c2, c3, c4, c5, sigma, phi, tau;
};

// Table 2, horizontal component.
constexpr Row<Coefficients> table[] = {
    {pga, {-0.2317, 0.58726, -0.00394, 1, 0.00767, 0.2852, 0.26662, 0.10123}},
    {pgv, {-2.3595, 0.70759, -0.00235, 1, 0.00436, 0.25745, 0.23917, 0.09529}},
    {0.04, {0.02645, 0.58792, -0.0043, 1, 0.007, 0.31829, 0.30777, 0.08115}},
    {0.05, {0.10949, 0.58046, -0.00433, 1, 0.00753, 0.3356, 0.32329, 0.09005}},
    {0.07, {0.22907, 0.56961, -0.00429, 1, 0.00826, 0.3364, 0.32126, 0.09979}},
    {0.1, {0.40746, 0.54939, -0.00414, 1, 0.00774, 0.33431, 0.31785, 0.10358}},
    {0.2, {0.05215, 0.58676, -0.00369, 1, 0.00689, 0.27971, 0.24464, 0.13559}},
    {0.3, {-0.26507, 0.62932, -0.00331, 1, 0.00485, 0.27649, 0.22833, 0.15592}},
    {0.4, {-0.55235, 0.64414, -0.0028, 1, 0.00483, 0.27187, 0.23607, 0.13484}},
    {0.5, {-0.81731, 0.67453, -0.00243, 1, 0.00351, 0.26432, 0.24081, 0.10898}},
    {0.75, {-1.3158, 0.70924, -0.00198, 1, 0.00371, 0.27422, 0.25957, 0.08843}},
    {1, {-1.7505, 0.75555, -0.00168, 1, 0.00296, 0.27728, 0.26232, 0.08985}},
    {1.5, {-2.3012, 0.8076, -0.00144, 1, 0.00167, 0.2803, 0.26085, 0.10261}},
    {2, {-2.7519, 0.84564, -0.00123, 1, 0.00137, 0.26353, 0.24282, 0.1024}},
    {3, {-3.347, 0.89255, -0.00092, 1, 0.00085, 0.26279, 0.2236, 0.13806}},
    {4, {-3.8746, 0.93748, -0.00079, 1, 0.00093, 0.25328, 0.22226, 0.12147}},
    {5, {-4.2675, 0.96929, -0.00074, 1, 0.00104, 0.24643, 0.21638, 0.11793}},
};

class GarciaEtAl2005 final : public ModelBase<Coefficients> {
 public:
  explicit GarciaEtAl2005(const Binding& b) : ModelBase(b, table) {
    for (const Imt& imt : imts()) ln_unit_.push_back(imt.kind == pgv ? 0.0 : ln_cm_s2_per_g);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double near = 0.0075 * std::pow(10, 0.507 * in.mag);  // Eq. 3
    const auto source = per_imt(
        [&](const Coefficients& c) { return c.c1 + c.c2 * in.mag + c.c5 * in.hypo_depth_km; });
    // Large earthquakes have a fault plane, small ones are points.
    const std::span<const double> distance = in.mag >= 6.5 ? in.r_rup : in.r_hypo;

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r = sqrt(square(sites[distance]) + square(near));  // Eq. 2
      const Real log10_r = log10(r);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real log10_y = source[m] + c.c3 * r - c.c4 * log10_r;  // Eq. 1
        sites.put(m, log10_y * ln10 - ln_unit_[m], {c.sigma * ln10, c.tau * ln10, c.phi * ln10});
      }
    });
  }

 private:
  std::vector<double> ln_unit_;
};

}  // namespace

Entries garcia_et_al_2005() {
  return {entry<GarciaEtAl2005>(
      {.name = "GarciaEtAl2005SSlab",
       .setting = "slab",
       .publication = "García et al. (2005), Inslab earthquakes of central Mexico: peak "
                      "ground-motion parameters and response spectra, Bulletin of the "
                      "Seismological Society of America 95(6), 2272-2282, doi:10.1785/0120050072",
       .component = "quadratic mean of both horizontal components",
       .region = "central Mexico",
       .needs = Needs::mag | Needs::hypo_depth | Needs::r_rup | Needs::r_hypo,
       .mag = {5.2, 7.4},
       .distance_km = {40, 400}},
      table)};
}

}  // namespace shakefield::gmm
