// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Cauzzi, C., Faccioli, E., Vanini, M., and Bianchini, A. (2015). Updated predictive equations for
// broadband (0.01-10 s) horizontal response spectra and peak ground motions, based on a global
// dataset of digital acceleration records. Bulletin of Earthquake Engineering 13(6), 1587-1612.
// doi:10.1007/s10518-014-9685-y.
//
// Component: geometric mean. Ranges: Mw 4.5 to 7.9, r_rup below 150 km. Region: active crust
// worldwide. Standard deviations: tau, phi and sigma (tM, f and sM of the supplement).
// Site terms: of vs30 relative to a period-dependent velocity, or of Eurocode 8 classes.
// Equations: the publication. Coefficients: its electronic supplement, figures read from the tables
// of the OpenQuake engine 3.26.2 by a script, to 8 digits.

#include "cauzzi_et_al_2014_table.hpp"
#include "displacement.hpp"
#include "ec8_site_class.hpp"

namespace shakefield::gmm {
namespace {

using namespace cauzzi14;

class CauzziEtAl2014 final : public ModelBase<Coefficients> {
 public:
  explicit CauzziEtAl2014(const Binding& b)
      : ModelBase(b, table),
        by_class_(b.arguments.flag("site_classes", false)),
        ln_factor_(std::log(b.arguments.number("adjustment_factor", 1.0))) {
    // The table gives displacement spectra; PGA is their pseudo-acceleration at 0.01 s.
    for (const Imt& imt : imts())
      ln_unit_.push_back(imt.kind == pgv ? 0 : ln_g_per_cm(imt.kind == pga ? 0.01 : imt.period_s));
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constants =
        per_imt([&](const Coefficients& c) { return constant(c, in) + ln_factor_; });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Real vs30 = sites[in.vs30];
      const Ec8SiteClass site_class(vs30);
      const Real ln_vs30 = log(vs30);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Eq. 4 and 5
        const Real site =
            by_class_ ? ln10 * site_class(0, c.sb, c.sc, c.sd) : c.bv * (ln_vs30 - std::log(c.va));
        // Eq. 1 to 3
        sites.put(m, constants[m] + ln_unit_[m] + (c.r1 + c.r2 * in.mag) * log(r_rup + c.r3) + site,
                  {ln10 * c.sigma, ln10 * c.tau, ln10 * c.phi});
      }
    });
  }

 private:
  /// Magnitude and style, ln.
  static double constant(const Coefficients& c, const GmmInput& in) {
    double style = c.strike_slip;
    if (in.rake_deg > -150 && in.rake_deg <= -30) style = c.normal;
    if (in.rake_deg > 30 && in.rake_deg <= 150) style = c.reverse;
    return ln10 * (c.c1 + c.m1 * in.mag + c.m2 * square(in.mag) + style);
  }

  bool by_class_;
  double ln_factor_;
  std::vector<double> ln_unit_;
};

}  // namespace

Entries cauzzi_et_al_2014() {
  ModelInfo info{
      .name = "CauzziEtAl2014",
      .setting = "crust",
      .publication =
          "Cauzzi, Faccioli, Vanini and Bianchini (2015), Updated predictive equations for "
          "broadband (0.01-10 s) horizontal response spectra and peak ground motions, based on a "
          "global dataset of digital acceleration records, Bulletin of Earthquake Engineering "
          "13(6), 1587-1612, doi:10.1007/s10518-014-9685-y",
      .component = "geometric mean",
      .region = "active crust worldwide",
      .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_rup,
      .mag = {4.5, 7.9},
      .distance_km = {0, 150}};
  ModelInfo classes = info;
  classes.name = "CauzziEtAl2014Eurocode8";
  return {entry<CauzziEtAl2014>(info, table),
          entry<CauzziEtAl2014>(classes, table, {{"site_classes", true}})};
}

}  // namespace shakefield::gmm
