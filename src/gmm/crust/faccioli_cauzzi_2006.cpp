// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Faccioli, E., and Cauzzi, C. (2006). Macroseismic intensities for seismic scenarios, estimated
// from instrumentally based correlations. Proceedings of the First European Conference on
// Earthquake Engineering and Seismology, Geneva, paper 569.
//
// Gives macroseismic intensity (MCS, taken as MMI). Ranges: Mw 4.4 to 7.4, r_epi below 200 km.
// Region: Italy and its neighbours. Standard deviations: sigma only.
// Equation and coefficients: the publication, figures read from the tables of the OpenQuake engine
// 3.26.2 by a script.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c1, c2, c3, h, sigma;
};

constexpr Row<Coefficients> table[] = {
    {mmi, {1.0157, 1.2566, -0.6547, 2, 0.5344}},
};

class FaccioliCauzzi2006 final : public ModelBase<Coefficients> {
 public:
  explicit FaccioliCauzzi2006(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_epi_squared = square(sites[in.r_epi]);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real ln_r = log(sqrt(r_epi_squared + square(c.h)));
        sites.put(m, c.c1 + c.c2 * in.mag + c.c3 * ln_r, total_only(c.sigma));
      }
    });
  }
};

}  // namespace

Entries faccioli_cauzzi_2006() {
  return {entry<FaccioliCauzzi2006>(
      {.name = "FaccioliCauzzi2006",
       .setting = "crust",
       .publication = "Faccioli and Cauzzi (2006), Macroseismic intensities for seismic "
                      "scenarios, estimated from instrumentally based correlations, First "
                      "European Conference on Earthquake Engineering and Seismology, Geneva, "
                      "paper 569",
       .component = "macroseismic intensity",
       .region = "Italy",
       .needs = Needs::mag | Needs::r_epi,
       .std_defined = StdDefined::total_only,
       .mag = {4.4, 7.4},
       .distance_km = {0, 200}},
      table)};
}

}  // namespace shakefield::gmm
