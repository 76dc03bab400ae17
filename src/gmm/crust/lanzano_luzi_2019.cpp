// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Lanzano, G., and Luzi, L. (2020). A ground motion model for volcanic areas in Italy. Bulletin of
// Earthquake Engineering 18(1), 57-76. doi:10.1007/s10518-019-00735-9.
//
// Component: geometric mean. Ranges: Mw 3 to 4.9, r_hyp below 200 km. Region: Italian volcanic
// areas (Etna, Ischia, Campi Flegrei). Standard deviations: tau, phi and (published apart, rounded)
// sigma. The model of shallow events (focal depth below 5 km); the one of deep events is not here.
// Site: Eurocode 8 classes A, B and C by vs30; D as C.
// Equations: the publication. Coefficients: its tables, figures read from the tables of the
// OpenQuake engine 3.26.2 by a script.

#include "ec8_site_class.hpp"
#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// log10, cm/s² and cm/s.
struct Coefficients {
  double a, b;    // magnitude
  double c1;      // distance
  double sb, sc;  // site classes
  double tau, phi, sigma;
};

constexpr Row<Coefficients> table[] = {
    {pga, {-0.4185, 0.8146, -2.0926, 0.088, 0.3382, 0.1892, 0.3434, 0.3921}},
    {pgv, {-2.5366, 0.9809, -1.8482, 0.0995, 0.3747, 0.1433, 0.2988, 0.3313}},
    {0.025, {-0.3849, 0.8113, -2.0995, 0.0866, 0.3373, 0.1887, 0.3458, 0.3939}},
    {0.04, {-0.2622, 0.7983, -2.1271, 0.0861, 0.3306, 0.1908, 0.3531, 0.4014}},
    {0.05, {-0.1428, 0.787, -2.1536, 0.0863, 0.3323, 0.1955, 0.3649, 0.414}},
    {0.07, {0.081, 0.7714, -2.2186, 0.0774, 0.3139, 0.2039, 0.3898, 0.4399}},
    {0.1, {0.416, 0.7293, -2.2624, 0.0609, 0.2997, 0.2164, 0.398, 0.4531}},
    {0.15, {0.2806, 0.7569, -2.2177, 0.0714, 0.3465, 0.2193, 0.3861, 0.4441}},
    {0.2, {0.0339, 0.8028, -2.1606, 0.0716, 0.3297, 0.22, 0.3709, 0.4312}},
    {0.25, {-0.2205, 0.8577, -2.1228, 0.0512, 0.3204, 0.1995, 0.353, 0.4055}},
    {0.3, {-0.4404, 0.8872, -2.0652, 0.0752, 0.3468, 0.1932, 0.3413, 0.3922}},
    {0.35, {-0.6916, 0.9169, -2.0099, 0.0838, 0.3818, 0.1838, 0.3312, 0.3788}},
    {0.4, {-1.0431, 0.9744, -1.9542, 0.082, 0.3672, 0.185, 0.3282, 0.3768}},
    {0.45, {-1.2374, 1.0111, -1.9411, 0.0878, 0.3882, 0.1794, 0.321, 0.3677}},
    {0.5, {-1.3532, 1.0303, -1.9337, 0.1033, 0.4053, 0.1736, 0.3196, 0.3637}},
    {0.6, {-1.6118, 1.0629, -1.8831, 0.1161, 0.4056, 0.1681, 0.3079, 0.3508}},
    {0.7, {-1.9639, 1.1092, -1.8177, 0.1086, 0.4195, 0.155, 0.3031, 0.3404}},
    {0.75, {-2.0659, 1.1181, -1.7968, 0.1159, 0.4277, 0.1581, 0.3026, 0.3414}},
    {0.8, {-2.1093, 1.1189, -1.7961, 0.1174, 0.4371, 0.1541, 0.3003, 0.3375}},
    {0.9, {-2.2763, 1.1315, -1.7722, 0.1212, 0.4374, 0.1552, 0.2964, 0.3345}},
    {1, {-2.5171, 1.1553, -1.723, 0.1201, 0.448, 0.1496, 0.297, 0.3325}},
    {1.2, {-2.698, 1.1748, -1.7111, 0.1195, 0.4313, 0.1595, 0.295, 0.3354}},
    {1.4, {-2.9144, 1.1842, -1.6536, 0.1155, 0.4136, 0.1846, 0.2891, 0.343}},
    {1.6, {-3.0714, 1.2011, -1.6641, 0.1269, 0.377, 0.1953, 0.2877, 0.3477}},
    {1.8, {-3.1426, 1.1967, -1.6553, 0.1337, 0.3756, 0.1888, 0.2854, 0.3422}},
    {2, {-3.2273, 1.1995, -1.6524, 0.144, 0.3917, 0.1929, 0.2848, 0.344}},
    {2.5, {-3.4744, 1.2057, -1.6227, 0.1388, 0.3712, 0.206, 0.2807, 0.3482}},
    {3, {-3.7121, 1.2118, -1.5741, 0.1261, 0.3836, 0.2356, 0.2812, 0.3668}},
    {3.5, {-3.4558, 1.1198, -1.5393, 0.1101, 0.3639, 0.2506, 0.2775, 0.3739}},
    {4, {-3.5044, 1.0943, -1.4949, 0.1064, 0.3447, 0.2442, 0.2782, 0.3701}},
    {4.5, {-3.3949, 1.049, -1.475, 0.0908, 0.3587, 0.2287, 0.2679, 0.3522}},
    {5, {-3.4022, 1.0258, -1.4711, 0.0856, 0.3386, 0.2273, 0.2681, 0.3515}},
};
constexpr double saturation_km = 2;

class LanzanoLuzi2019 final : public ModelBase<Coefficients> {
 public:
  explicit LanzanoLuzi2019(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constants =
        per_imt([&](const Coefficients& c) { return ln10 * (c.a + c.b * in.mag); });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real ln_r = log(sqrt(square(sites[in.r_hypo]) + square(saturation_km)));
      const Ec8SiteClass site(sites[in.vs30]);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const double unit = imts()[m].kind == pgv ? 0 : ln_cm_s2_per_g;
        sites.put(m, constants[m] - unit + c.c1 * ln_r + ln10 * site(0, c.sb, c.sc, c.sc),
                  {ln10 * c.sigma, ln10 * c.tau, ln10 * c.phi});
      }
    });
  }
};

}  // namespace

Entries lanzano_luzi_2019() {
  return {entry<LanzanoLuzi2019>(
      {.name = "LanzanoLuzi2019shallow",
       .setting = "crust",
       .publication = "Lanzano and Luzi (2020), A ground motion model for volcanic areas in "
                      "Italy, Bulletin of Earthquake Engineering 18(1), 57-76, "
                      "doi:10.1007/s10518-019-00735-9",
       .component = "geometric mean",
       .region = "Italian volcanic areas",
       .needs = Needs::mag | Needs::vs30 | Needs::r_hypo,
       .mag = {3, 4.9},
       .distance_km = {0, 200}},
      table)};
}

}  // namespace shakefield::gmm
