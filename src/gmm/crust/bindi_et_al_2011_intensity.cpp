// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Bindi, D., Parolai, S., Oth, A., Abdrakhmatov, K., Muraliev, A., and Zschau, J. (2011). Intensity
// prediction equations for Central Asia. Geophysical Journal International 187(1), 327-337.
// doi:10.1111/j.1365-246X.2011.05142.x.
//
// Gives macroseismic intensity (MSK-64, taken as MMI). Ranges: magnitude 4.6 to 8.3, r_epi below
// 600 km. Region: Central Asia. Standard deviations: sigma only. The equation of epicentral
// distance with a fixed focal depth of 15 km. Equation and coefficients: the publication, figures
// read from the tables of the OpenQuake engine 3.26.2 by a script.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double a1, a2;  // magnitude
  double a3, a4;  // distance
  double sigma;
};

constexpr Row<Coefficients> table[] = {
    {mmi, {1.049, 0.686, 2.706, 0.0001811, 0.689}},
};
constexpr double depth_km = 15;

class BindiEtAl2011Intensity final : public ModelBase<Coefficients> {
 public:
  explicit BindiEtAl2011Intensity(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    for_each_site(in, out, [&](const Sites& sites) {
      const Real r = sqrt(square(sites[in.r_epi]) + square(depth_km));
      const Real decades = log10(r / depth_km);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        sites.put(m, c.a1 * in.mag + c.a2 - c.a3 * decades - c.a4 * (r - depth_km),
                  total_only(c.sigma));
      }
    });
  }
};

}  // namespace

Entries bindi_et_al_2011_intensity() {
  return {entry<BindiEtAl2011Intensity>(
      {.name = "BindiEtAl2011RepiFixedH",
       .setting = "crust",
       .publication = "Bindi, Parolai, Oth, Abdrakhmatov, Muraliev and Zschau (2011), Intensity "
                      "prediction equations for Central Asia, Geophysical Journal International "
                      "187(1), 327-337, doi:10.1111/j.1365-246X.2011.05142.x",
       .component = "macroseismic intensity",
       .region = "Central Asia",
       .needs = Needs::mag | Needs::r_epi,
       .std_defined = StdDefined::total_only,
       .mag = {4.6, 8.3},
       .distance_km = {0, 600}},
      table)};
}

}  // namespace shakefield::gmm
