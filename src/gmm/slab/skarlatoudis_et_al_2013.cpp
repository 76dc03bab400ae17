// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Skarlatoudis, A. A., Papazachos, C. B., Margaris, B. N., Ventouzi, C., Kalogeras, I., and the
// EGELADOS Group (2013). Ground-motion prediction equations of intermediate-depth earthquakes in
// the Hellenic arc, southern Aegean subduction area. Bulletin of the Seismological Society of
// America 103(3), 1952-1968. doi:10.1785/0120120265.
//
// Component: RotD50. Ranges: Mw 4.4 to 6.7, r_hypo 65 to 850 km, depth 45 to 142 km. Region:
// southern Aegean, slab. Standard deviations: tau, phi and (published apart, rounded) sigma.
// Equations: the publication. Coefficients: its Table 3, figures read from the tables of the
// OpenQuake engine 3.26.2 by a script.
//
// The forearc and backarc terms of earthquakes below 100 km change with distance between 140 and
// 240 km. That engine's course, followed here so that its tables and jobs are reproduced, falls to
// -1 there and jumps to 1 at 240 km: the sign of its ramp looks wrong.

#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

/// log10 units, cm/s² and cm/s.
struct Coefficients {
  double c1, c2, c32, c41, c42, c51, c52, c61, c62, phi, tau, sigma;
};

// Table 3.
constexpr Row<Coefficients> table[] = {
    {pga,
     {4.229, 0.877, -0.00206, -0.481, -0.152, 0.425, 0.303, 0.267, 0.491, 0.352, 0.112, 0.369}},
    {pgv, {2.965, 1.069, -0.00178, -0.264, 0.018, 0.39, 0.333, 0.408, 0.599, 0.315, 0.144, 0.346}},
    {0.01,
     {4.235, 0.876, -0.00206, -0.482, -0.153, 0.425, 0.304, 0.265, 0.488, 0.353, 0.111, 0.37}},
    {0.025,
     {4.119, 0.877, -0.00202, -0.49, -0.14, 0.415, 0.326, 0.301, 0.511, 0.352, 0.103, 0.367}},
    {0.05, {4.32, 0.863, -0.00212, -0.483, -0.178, 0.41, 0.286, 0.245, 0.475, 0.376, 0.095, 0.388}},
    {0.1, {4.565, 0.867, -0.00244, -0.515, -0.185, 0.452, 0.371, 0.234, 0.442, 0.404, 0.066, 0.41}},
    {0.2,
     {4.613, 0.842, -0.00199, -0.596, -0.221, 0.396, 0.291, 0.289, 0.469, 0.379, 0.154, 0.409}},
    {0.4, {4.463, 0.926, -0.0019, -0.427, -0.11, 0.459, 0.295, 0.298, 0.516, 0.322, 0.141, 0.351}},
    {1, {3.952, 1.102, -0.00178, -0.199, 0.112, 0.316, 0.442, 0.371, 0.512, 0.305, 0.201, 0.365}},
    {2, {3.281, 1.26, -0.00106, -0.136, 0.055, 0.196, 0.352, 0.408, 0.578, 0.277, 0.203, 0.343}},
    {4, {2.588, 1.384, -0.00039, -0.179, -0.046, 0.113, 0.189, 0.264, 0.475, 0.278, 0.176, 0.329}},
};

constexpr double c31 = -1.7, r_reference_km = 1;

class SkarlatoudisEtAl2013 final : public ModelBase<Coefficients> {
 public:
  explicit SkarlatoudisEtAl2013(const Binding& b) : ModelBase(b, table) {
    for (const Imt& imt : imts()) ln_unit_.push_back(imt.kind == pgv ? 0.0 : ln_cm_s2_per_g);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto magnitude =
        per_imt([&](const Coefficients& c) { return c.c1 + c.c2 * (in.mag - 5.5); });
    const double deep = in.hypo_depth_km >= 100 ? 1 : 0;

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_hypo = sites[in.r_hypo];
      const Real vs30 = sites[in.vs30];
      const Mask backarc = sites[in.backarc] > 0.5;
      const Real spreading = c31 * log10(r_hypo);
      const Real far = select(r_hypo < 240.0, -ramp(r_hypo, 140, 240), 1.0);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real arc = select(backarc, c.c51 + c.c52 * far, c.c41 + c.c42 * far);
        // Classes B, C and D.
        const Real site = select(vs30 >= 760, 0.0, select(vs30 >= 360, c.c61, c.c62));
        const Real log10_y =
            magnitude[m] + spreading + c.c32 * (r_hypo - r_reference_km) + deep * arc + site;
        sites.put(m, log10_y * ln10 - ln_unit_[m], {c.sigma * ln10, c.tau * ln10, c.phi * ln10});
      }
    });
  }

 private:
  std::vector<double> ln_unit_;
};

}  // namespace

Entries skarlatoudis_et_al_2013() {
  return {entry<SkarlatoudisEtAl2013>(
      {.name = "SkarlatoudisEtAlSSlab2013",
       .setting = "slab",
       .publication = "Skarlatoudis et al. (2013), Ground-motion prediction equations of "
                      "intermediate-depth earthquakes in the Hellenic arc, southern Aegean "
                      "subduction area, Bulletin of the Seismological Society of America 103(3), "
                      "1952-1968, doi:10.1785/0120120265",
       .component = "RotD50",
       .region = "southern Aegean",
       .needs = Needs::mag | Needs::hypo_depth | Needs::vs30 | Needs::backarc | Needs::r_hypo,
       .mag = {4.4, 6.7},
       .distance_km = {65, 850}},
      table)};
}

}  // namespace shakefield::gmm
