// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Allen, T. I., Wald, D. J., and Worden, C. B. (2012). Intensity attenuation for active crustal
// regions. Journal of Seismology 16(3), 409-433. doi:10.1007/s10950-012-9278-7.
//
// Macroseismic intensity (MMI, plain units). Ranges: Mw 5 to 7.9, r_rup below 300 km. Region:
// active crust worldwide. Standard deviation: total sigma, of distance. Equations: the publication
// (closest distance). Coefficients: its Table 2, figures read from the tables of the OpenQuake
// engine 3.26.2 by a script.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c0, c1, c2, c3, s1, s2, s3;
};

constexpr Row<Coefficients> table[] = {
    {mmi, {3.95, 0.913, -1.107, 0.813, 0.72, 0.23, 44.7}},
};

class AllenEtAl2012 final : public ModelBase<Coefficients> {
 public:
  explicit AllenEtAl2012(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Eq. 2 and 3: intensity
        const double near = 1 + c.c3 * exp(in.mag - 5);
        const Real mean = c.c0 + c.c1 * in.mag + c.c2 * 0.5 * log(square(r_rup) + square(near));
        // Eq. 6: sigma
        const Real sigma = c.s1 + c.s2 / (1.0 + square(r_rup / c.s3));
        sites.put(m, mean, total_only(sigma));
      }
    });
  }
};

}  // namespace

Entries allen_et_al_2012() {
  return {entry<AllenEtAl2012>(
      {.name = "AllenEtAl2012",
       .setting = "stable",
       .publication = "Allen, Wald and Worden (2012), Intensity attenuation for active crustal "
                      "regions, Journal of Seismology 16(3), 409-433, "
                      "doi:10.1007/s10950-012-9278-7",
       .component = "macroseismic intensity",
       .region = "active crust worldwide",
       .needs = Needs::mag | Needs::r_rup,
       .std_defined = StdDefined::total_only,
       .mag = {5, 7.9},
       .distance_km = {0, 300}},
      table)};
}

}  // namespace shakefield::gmm
