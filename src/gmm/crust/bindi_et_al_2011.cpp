// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Bindi, D., Pacor, F., Luzi, L., Puglia, R., Massa, M., Ameri, G., and Paolucci, R. (2011). Ground
// motion prediction equations derived from the Italian strong motion database. Bulletin of
// Earthquake Engineering 9(6), 1899-1920. doi:10.1007/s10518-011-9313-z.
//
// Component: geometric mean. Ranges: Mw 4.1 to 6.9, r_jb below 200 km, Eurocode 8 site classes by
// vs30. Region: Italy. Standard deviations: tau, phi and (published apart, rounded) sigma.
// Equations: the publication. Coefficients: its Tables 1 and 2, figures read from the tables of the
// OpenQuake engine 3.26.2 by a script. Class E (a thin soft layer) cannot be told by vs30, so its
// coefficient is left out.

#include "ec8_site_class.hpp"
#include "fault_style.hpp"
#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// log10, cm/s² and cm/s.
struct Coefficients {
  double e1, c1, c2, h, c3;  // distance
  double b1, b2;             // magnitude (b3 is 0)
  double sb, sc, sd;         // site classes B to D
  double f1, f2, f3;         // style: normal, reverse, strike-slip
  double tau, phi, sigma;
};

constexpr Row<Coefficients> table[] = {
    {pgv,
     {2.305, -1.517, 0.326, 7.879, 0, 0.236, -0.00686, 0.205, 0.269, 0.321, -0.0308, 0.0754,
      -0.0446, 0.194, 0.27, 0.332}},
    {pga,
     {3.672, -1.94, 0.413, 10.322, 0.000134, -0.262, -0.0707, 0.162, 0.24, 0.105, -0.0503, 0.105,
      -0.0544, 0.172, 0.29, 0.337}},
    {0.04,
     {3.725, -1.976, 0.422, 9.445, 0.00027, -0.315, -0.0787, 0.161, 0.24, 0.06, -0.0442, 0.106,
      -0.0615, 0.154, 0.307, 0.343}},
    {0.07,
     {3.906, -2.05, 0.446, 9.81, 0.000758, -0.375, -0.0773, 0.154, 0.235, 0.057, -0.0454, 0.103,
      -0.0576, 0.152, 0.324, 0.358}},
    {0.1,
     {3.796, -1.794, 0.415, 9.5, 0.00255, -0.29, -0.0651, 0.178, 0.247, 0.037, -0.0656, 0.111,
      -0.0451, 0.154, 0.328, 0.363}},
    {0.15,
     {3.799, -1.521, 0.32, 9.163, 0.00372, -0.0987, -0.0574, 0.174, 0.24, 0.148, -0.0755, 0.123,
      -0.0477, 0.179, 0.318, 0.365}},
    {0.2,
     {3.75, -1.379, 0.28, 8.502, 0.00384, 0.0094, -0.0517, 0.156, 0.234, 0.115, -0.0733, 0.106,
      -0.0328, 0.209, 0.32, 0.382}},
    {0.25,
     {3.699, -1.34, 0.254, 7.912, 0.00326, 0.086, -0.0457, 0.182, 0.245, 0.154, -0.0568, 0.11,
      -0.0534, 0.212, 0.308, 0.374}},
    {0.3,
     {3.753, -1.414, 0.255, 8.215, 0.00219, 0.124, -0.0435, 0.201, 0.244, 0.213, -0.0564, 0.0877,
      -0.0313, 0.218, 0.29, 0.363}},
    {0.35,
     {3.6, -1.32, 0.253, 7.507, 0.00232, 0.154, -0.0437, 0.22, 0.257, 0.243, -0.0523, 0.0905,
      -0.0382, 0.221, 0.283, 0.359}},
    {0.4,
     {3.549, -1.262, 0.233, 6.76, 0.00219, 0.225, -0.0406, 0.229, 0.255, 0.226, -0.0565, 0.0927,
      -0.0363, 0.21, 0.279, 0.349}},
    {0.45,
     {3.55, -1.261, 0.223, 6.775, 0.00176, 0.292, -0.0306, 0.226, 0.271, 0.237, -0.0597, 0.0886,
      -0.0289, 0.204, 0.284, 0.35}},
    {0.5,
     {3.526, -1.181, 0.184, 5.992, 0.00186, 0.384, -0.025, 0.218, 0.28, 0.263, -0.0599, 0.085,
      -0.0252, 0.203, 0.283, 0.349}},
    {0.6,
     {3.561, -1.23, 0.178, 6.382, 0.00114, 0.436, -0.0227, 0.219, 0.296, 0.355, -0.0559, 0.079,
      -0.0231, 0.203, 0.283, 0.348}},
    {0.7,
     {3.485, -1.172, 0.154, 5.574, 0.000942, 0.529, -0.0185, 0.21, 0.303, 0.496, -0.0461, 0.0896,
      -0.0435, 0.212, 0.283, 0.354}},
    {0.8,
     {3.325, -1.115, 0.163, 4.998, 0.000909, 0.545, -0.0215, 0.21, 0.304, 0.621, -0.0457, 0.0795,
      -0.0338, 0.213, 0.284, 0.355}},
    {0.9,
     {3.318, -1.137, 0.154, 5.231, 0.000483, 0.563, -0.0263, 0.212, 0.315, 0.68, -0.0351, 0.0715,
      -0.0364, 0.214, 0.286, 0.357}},
    {1,
     {3.264, -1.114, 0.14, 5.002, 0.000254, 0.599, -0.027, 0.221, 0.332, 0.707, -0.0298, 0.066,
      -0.0362, 0.222, 0.283, 0.36}},
    {1.25,
     {2.896, -0.986, 0.173, 4.34, 0.000783, 0.579, -0.0336, 0.244, 0.365, 0.717, -0.0207, 0.0614,
      -0.0407, 0.227, 0.29, 0.368}},
    {1.5,
     {2.675, -0.96, 0.192, 4.117, 0.000802, 0.575, -0.0353, 0.251, 0.375, 0.667, -0.014, 0.0505,
      -0.0365, 0.218, 0.303, 0.373}},
    {1.75,
     {2.584, -1.006, 0.205, 4.505, 0.000427, 0.574, -0.0371, 0.252, 0.357, 0.593, 0.00154, 0.037,
      -0.0385, 0.219, 0.305, 0.376}},
    {2,
     {2.537, -1.009, 0.193, 4.373, 0.000164, 0.597, -0.0367, 0.245, 0.352, 0.54, 0.00512, 0.035,
      -0.0401, 0.211, 0.308, 0.373}},
    {2.5,
     {2.425, -1.029, 0.179, 4.484, -0.000348, 0.655, -0.0262, 0.244, 0.336, 0.46, 0.00561, 0.0275,
      -0.0331, 0.212, 0.309, 0.375}},
    {2.75,
     {2.331, -1.043, 0.183, 4.581, -0.000617, 0.678, -0.0182, 0.232, 0.335, 0.416, 0.0135, 0.0263,
      -0.0398, 0.203, 0.31, 0.37}},
    {4,
     {2.058, -1.084, 0.2, 4.876, -0.000843, 0.674, -0.00621, 0.195, 0.3, 0.35, 0.0295, 0.0255,
      -0.055, 0.197, 0.3, 0.359}},
};
constexpr double reference_mag = 5.0, hinge_mag = 6.75, reference_r_km = 1.0;

class BindiEtAl2011 final : public ModelBase<Coefficients> {
 public:
  explicit BindiEtAl2011(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constants = per_imt([&](const Coefficients& c) { return constant(c, in); });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_jb_squared = square(sites[in.r_jb]);
      const Ec8SiteClass site(sites[in.vs30]);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const double unit = imts()[m].kind == pgv ? 0 : ln_cm_s2_per_g;
        const Real r = sqrt(r_jb_squared + square(c.h));
        // Eq. 1 and 2
        const double slope = c.c1 + c.c2 * (in.mag - reference_mag);
        sites.put(m,
                  constants[m] - unit + slope * log(r / reference_r_km) -
                      ln10 * c.c3 * (r - reference_r_km) + ln10 * site(0, c.sb, c.sc, c.sd),
                  {ln10 * c.sigma, ln10 * c.tau, ln10 * c.phi});
      }
    });
  }

 private:
  /// Eq. 3: magnitude, and style; ln.
  static double constant(const Coefficients& c, const GmmInput& in) {
    const FaultStyle fault = fault_style(in.rake_deg);
    const double style = fault == FaultStyle::normal    ? c.f1
                         : fault == FaultStyle::reverse ? c.f2
                                                        : c.f3;
    const double dm = min(in.mag - hinge_mag, 0.0);
    return ln10 * (c.e1 + c.b1 * dm + c.b2 * square(dm) + style);
  }
};

}  // namespace

Entries bindi_et_al_2011() {
  return {entry<BindiEtAl2011>(
      {.name = "BindiEtAl2011",
       .setting = "crust",
       .publication = "Bindi, Pacor, Luzi, Puglia, Massa, Ameri and Paolucci (2011), Ground motion "
                      "prediction equations derived from the Italian strong motion database, "
                      "Bulletin of Earthquake Engineering 9(6), 1899-1920, "
                      "doi:10.1007/s10518-011-9313-z",
       .component = "geometric mean",
       .region = "Italy",
       .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_jb,
       .mag = {4.1, 6.9},
       .distance_km = {0, 200}},
      table)};
}

}  // namespace shakefield::gmm
