// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Somerville, P., Collins, N., Abrahamson, N., Graves, R., and Saikia, C. (2001). Ground motion
// attenuation relations for the central and eastern United States. Report to the U.S. Geological
// Survey, award 99HQGR0098.
//
// Component: geometric mean. Ranges: Mw 6 to 7.5, r_jb below 500 km. Region: central and eastern
// US, non-rift. Standard deviation: total sigma.
// Equations: nshmp-haz (USGS, public domain). Coefficients: for vs30 760 m/s as in the US maps of
// 2008, figures read from the tables of the OpenQuake engine 3.26.2 by a script, with those maps'
// limits.

#include "nshmp_ceus.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double a1, a2, a3, a4, a5, a6, a7, sigma;
};

constexpr Row<Coefficients> table[] = {
    {pga, {0.658, 0.805, -0.679, 0.0861, -0.00498, -0.477, 0, 0.587}},
    {0.1, {1.442, 0.805, -0.679, 0.0861, -0.00498, -0.477, 0, 0.595}},
    {0.2, {1.358, 0.805, -0.679, 0.0861, -0.00498, -0.477, 0, 0.611}},
    {0.3, {1.2353, 0.805, -0.67023, 0.0861, -0.0048045, -0.523792, -0.030298, 0.6057}},
    {0.5, {0.8532, 0.805, -0.671792, 0.0861, -0.00442189, -0.605213, -0.0640237, 0.6242}},
    {1, {-0.0143, 0.805, -0.696, 0.0861, -0.00362, -0.755, -0.102, 0.693}},
    {2, {-0.9497, 0.805, -0.728, 0.0861, -0.00221, -0.946, -0.14, 0.824}},
};

class SomervilleEtAl2001 final : public ModelBase<Coefficients> {
 public:
  explicit SomervilleEtAl2001(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double dm = in.mag - 6.4;
    const double depth_km = 6;
    const double ln_r_cut = 0.5 * log(square(50.0) + square(depth_km));
    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_jb = sites[in.r_jb];
      const Real ln_r = 0.5 * log(square(r_jb) + square(depth_km));
      const Real ln_near = min(ln_r, ln_r_cut);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real mean = c.a1 + c.a2 * dm + c.a7 * square(8.5 - in.mag) + c.a3 * ln_near +
                          c.a6 * (ln_r - ln_near) + c.a4 * dm * ln_r + c.a5 * r_jb;
        sites.put(m, min(mean, nshmp_ceus::limit(imts()[m])), total_only(c.sigma));
      }
    });
  }
};

}  // namespace

Entries somerville_et_al_2001() {
  return {entry<SomervilleEtAl2001>(
      {.name = "SomervilleEtAl2001NSHMP2008",
       .setting = "stable",
       .publication = "Somerville, Collins, Abrahamson, Graves and Saikia (2001), Ground motion "
                      "attenuation relations for the central and eastern United States, report "
                      "to the U.S. Geological Survey, award 99HQGR0098",
       .component = "geometric mean",
       .region = "central and eastern US",
       .needs = Needs::mag | Needs::r_jb,
       .std_defined = StdDefined::total_only,
       .mag = {6, 7.5},
       .distance_km = {0, 500},
       .reference_vs30 = 760},
      table)};
}

}  // namespace shakefield::gmm
