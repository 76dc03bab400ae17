// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Faeh, D., Giardini, D., Kaestli, P., Deichmann, N., Gisler, M., Schwarz-Zanetti, G.,
// Alvarez-Rubio, S., Sellami, S., Edwards, B., Allmann, B., Bethmann, F., Woessner, J.,
// Gassner-Stamm, G., Fritsche, S., and Eberhard, D. (2011). ECOS-09 earthquake catalogue of
// Switzerland release 2011: report and database. Swiss Seismological Service,
// SED/RISK/R/001/20110417.
//
// Gives macroseismic intensity (EMS-98, taken as MMI). Region: Switzerland. Standard deviations:
// sigma only. The equation of the fixed-depth strategy; ranges are not stated.
// Equation and coefficients: the report; figures read from the tables of the OpenQuake engine
// 3.26.2 by a script.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double a, b;         // distance
  double alpha, beta;  // Mw = alpha I + beta, I at 30 km
  double sigma;
};

constexpr Row<Coefficients> table[] = {
    {mmi, {-0.67755, -0.00174, 0.7725, 1.0363, 0.4073}},
};
constexpr double reference_r_km = 30;

class Ecos2009 final : public ModelBase<Coefficients> {
 public:
  explicit Ecos2009(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_hypo = sites[in.r_hypo];
      const Real ln_r = log(r_hypo / reference_r_km);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        sites.put(m, (in.mag - c.beta) / c.alpha + c.a * ln_r + c.b * (r_hypo - reference_r_km),
                  total_only(c.sigma));
      }
    });
  }
};

}  // namespace

Entries ecos_2009() {
  return {entry<Ecos2009>(
      {.name = "ECOS2009",
       .setting = "crust",
       .publication = "Faeh et al. (2011), ECOS-09 earthquake catalogue of Switzerland release "
                      "2011: report and database, Swiss Seismological Service, "
                      "SED/RISK/R/001/20110417",
       .component = "macroseismic intensity",
       .region = "Switzerland",
       .needs = Needs::mag | Needs::r_hypo,
       .std_defined = StdDefined::total_only},
      table)};
}

}  // namespace shakefield::gmm
