// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Silva, W., Gregor, N., and Darragh, R. (2002). Development of regional hard rock attenuation
// relations for central and eastern North America. Pacific Engineering and Analysis, El Cerrito.
//
// Component: geometric mean. Ranges: Mw 4.5 to 8.5, r_jb 1 to 400 km. Region: central and eastern
// North America. Standard deviation: total sigma.
// Equations: nshmp-haz (USGS, public domain). Coefficients: for vs30 760 m/s as in the US maps of
// 2008, figures read from the tables of the OpenQuake engine 3.26.2 by a script, with those maps'
// limits.

#include "nshmp_ceus.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c1, c2, c4, c6, c7, c10, sigma;
};

constexpr Row<Coefficients> table[] = {
    {pga, {5.9533, -0.11691, 2.9, -3.42173, 0.26461, -0.0681, 0.8471}},
    {0.1, {5.9917, -0.02059, 2.9, -3.25499, 0.24527, -0.06853, 0.8546}},
    {0.2, {4.2848, 0.1249, 2.8, -3.04591, 0.22877, -0.08886, 0.8338}},
    {0.3, {3.14919, 0.23165, 2.8, -2.96321, 0.22112, -0.11352, 0.8428}},
    {0.5, {1.15279, 0.45254, 2.8, -2.818, 0.20613, -0.16423, 0.8484}},
    {1, {-2.60639, 0.88116, 2.8, -2.58296, 0.18098, -0.25757, 0.8785}},
    {2, {-7.23821, 1.41946, 2.7, -2.26433, 0.14984, -0.33999, 1.0142}},
    {5, {-13.39, 2.03488, 2.5, -1.91969, 0.12052, -0.35463, 1.2253}},
};

class SilvaEtAl2002 final : public ModelBase<Coefficients> {
 public:
  explicit SilvaEtAl2002(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_jb = sites[in.r_jb];
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real mean = c.c1 + c.c2 * in.mag + c.c10 * square(in.mag - 6) +
                          (c.c6 + c.c7 * in.mag) * log(r_jb + exp(c.c4));
        sites.put(m, min(mean, nshmp_ceus::limit(imts()[m])), total_only(c.sigma));
      }
    });
  }
};

}  // namespace

Entries silva_et_al_2002() {
  return {entry<SilvaEtAl2002>(
      {.name = "SilvaEtAl2002MwNSHMP2008",
       .setting = "stable",
       .publication = "Silva, Gregor and Darragh (2002), Development of regional hard rock "
                      "attenuation relations for central and eastern North America, Pacific "
                      "Engineering and Analysis, El Cerrito",
       .component = "geometric mean",
       .region = "central and eastern North America",
       .needs = Needs::mag | Needs::r_jb,
       .std_defined = StdDefined::total_only,
       .mag = {4.5, 8.5},
       .distance_km = {1, 400},
       .reference_vs30 = 760},
      table)};
}

}  // namespace shakefield::gmm
