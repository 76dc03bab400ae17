// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Ghofrani, H., and Atkinson, G. M. (2014). Ground-motion prediction equations for interface
// earthquakes of M7 to M9 based on empirical data from Japan. Bulletin of Earthquake Engineering
// 12(2), 549-571. doi:10.1007/s10518-013-9533-5.
//
// Component: geometric mean. Ranges: Mw 7 to 9, r_rup 40 to 400 km, vs30 150 to 1100 m/s. Region:
// Japan. Standard deviations: tau, phi, sigma.
// With `region = "cascadia"`, Cascadia.
// Equations: the publication's Eq. 3 to 5. Coefficients: its Tables 2 and 3, figures read from the
// tables of the OpenQuake engine 3.26.2 by a script.

#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

/// log10 units, cm/s² and cm/s.
struct Coefficients {
  double a, b, c1, c2, c3, phi, tau;
  double cascadia;  // Table 4: from Japan to Cascadia
};

constexpr double h_km = 60;  // Eq. 4

// Tables 2 and 3.
constexpr Row<Coefficients> table[] = {
    {pgv, {0.854, 0.2795, -0.0007, -0.00099, -0.331, 0.195, 0.138, 0}},
    {pga, {2.8193, 0.1908, -0.00219, -0.00298, -0.219, 0.284, 0.196, -0.301}},
    {0.07, {3.1807, 0.1759, -0.00236, -0.00329, -0.046, 0.313, 0.215, -0.357}},
    {0.09, {3.3592, 0.17, -0.00244, -0.00346, 0.027, 0.326, 0.22, -0.357}},
    {0.11, {3.4483, 0.1669, -0.00245, -0.00356, 0.01, 0.329, 0.218, -0.319}},
    {0.14, {3.5005, 0.1604, -0.0024, -0.00357, -0.082, 0.324, 0.212, -0.272}},
    {0.18, {3.4463, 0.165, -0.00235, -0.00358, -0.18, 0.312, 0.206, -0.237}},
    {0.22, {3.3178, 0.1763, -0.00235, -0.00355, -0.289, 0.31, 0.202, -0.183}},
    {0.27, {3.2008, 0.1839, -0.00233, -0.00346, -0.386, 0.312, 0.199, -0.114}},
    {0.34, {3.0371, 0.197, -0.00231, -0.00333, -0.438, 0.307, 0.191, -0.046}},
    {0.42, {2.7958, 0.2154, -0.00224, -0.00315, -0.52, 0.295, 0.171, 0.002}},
    {0.53, {2.5332, 0.2331, -0.00213, -0.0029, -0.606, 0.276, 0.155, 0.007}},
    {0.65, {2.3234, 0.2435, -0.002, -0.00262, -0.672, 0.257, 0.147, 0.011}},
    {0.81, {2.1321, 0.2522, -0.00183, -0.00234, -0.705, 0.249, 0.131, 0.014}},
    {1.01, {1.9852, 0.2561, -0.00158, -0.00205, -0.69, 0.249, 0.115, 0.021}},
    {1.25, {1.8442, 0.2599, -0.00133, -0.00177, -0.646, 0.261, 0.11, 0.089}},
    {1.56, {1.6301, 0.273, -0.00112, -0.00152, -0.578, 0.274, 0.113, 0.139}},
    {1.92, {1.4124, 0.2851, -0.00086, -0.00125, -0.518, 0.285, 0.121, 0.174}},
    {2.44, {1.1154, 0.3015, -0.00059, -0.00097, -0.513, 0.275, 0.132, 0.129}},
    {3.03, {0.7965, 0.3197, -0.00039, -0.00075, -0.554, 0.264, 0.137, 0.079}},
    {3.7, {0.5093, 0.3361, -0.00023, -0.00057, -0.574, 0.252, 0.138, 0.044}},
    {4.55, {0.2578, 0.3497, -5e-05, -0.0004, -0.561, 0.237, 0.147, 0.013}},
    {5.88, {-0.1469, 0.3835, 0, -0.00027, -0.491, 0.218, 0.151, 0}},
    {7.14, {-0.5012, 0.4119, 0, -0.00019, -0.462, 0.201, 0.148, 0}},
    {9.09, {-1.0932, 0.4641, 0, -0.00019, -0.413, 0.175, 0.155, 0}},
};

class GhofraniAtkinson2014 final : public ModelBase<Coefficients> {
 public:
  explicit GhofraniAtkinson2014(const Binding& b)
      : ModelBase(b, table),
        cascadia_(b.arguments.choice("region", {{"japan", false}, {"cascadia", true}}, false)) {
    for (const Imt& imt : imts()) ln_unit_.push_back(imt.kind == pgv ? 0.0 : ln_cm_s2_per_g);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto magnitude = per_imt(
        [&](const Coefficients& c) { return c.a + c.b * in.mag + (cascadia_ ? c.cascadia : 0.0); });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Mask backarc = sites[in.backarc] > 0.5;
      const Real spreading = log10(sqrt(square(r_rup) + square(h_km)));
      const Real log10_vs30 = log10(sites[in.vs30] / 760);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Eq. 3
        const Real log10_y =
            magnitude[m] - spreading + select(backarc, c.c2, c.c1) * r_rup + c.c3 * log10_vs30;
        sites.put(m, log10_y * ln10 - ln_unit_[m], between_within(c.tau * ln10, c.phi * ln10));
      }
    });
  }

 private:
  bool cascadia_;
  std::vector<double> ln_unit_;
};

}  // namespace

Entries ghofrani_atkinson_2014() {
  return {entry<GhofraniAtkinson2014>(
      {.name = "GhofraniAtkinson2014",
       .setting = "interface",
       .publication = "Ghofrani and Atkinson (2014), Ground-motion prediction equations for "
                      "interface earthquakes of M7 to M9 based on empirical data from Japan, "
                      "Bulletin of Earthquake Engineering 12(2), 549-571, "
                      "doi:10.1007/s10518-013-9533-5",
       .component = "geometric mean",
       .region = "Japan",
       .needs = Needs::mag | Needs::vs30 | Needs::backarc | Needs::r_rup,
       .mag = {7, 9},
       .distance_km = {40, 400},
       .vs30 = {150, 1100}},
      table)};
}

}  // namespace shakefield::gmm
