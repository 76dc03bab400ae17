// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Cauzzi, C., and Faccioli, E. (2008). Broadband (0.05 to 20 s) prediction of displacement response
// spectra based on worldwide digital records. Journal of Seismology 12(4), 453-475.
// doi:10.1007/s10950-008-9098-y.
//
// Component: geometric mean. Ranges: Mw 5 to 7.2, r_hyp 15 to 150 km (nearer: as at 15 km),
// Eurocode 8 site classes by vs30. Region: active crust worldwide. Standard deviations: sigma only.
// Equations: the publication. Coefficients: its electronic supplement, figures read from the tables
// of the OpenQuake engine 3.26.2 by a script.
//
// Swiss variant: Edwards, B., Cauzzi, C., Danciu, L., and Faeh, D. (2016). Region-specific
// assessment, adjustment, and weighting of ground-motion prediction models: application to the 2015
// Swiss seismic-hazard maps. Bulletin of the Seismological Society of America 106(4), 1840-1857.
// doi:10.1785/0120150367. Swiss reference rock (vs30 1105 m/s) whatever the site; a correction for
// magnitudes 3 to 5.5; tau and single-station phi. Its form and coefficients were found by
// asking the engine for values.

#include "cauzzi_faccioli_2008_swiss.hpp"
#include "cauzzi_faccioli_2008_table.hpp"
#include "displacement.hpp"
#include "ec8_site_class.hpp"

namespace shakefield::gmm {
namespace {

using namespace cf08;

class CauzziFaccioli2008 final : public ModelBase<Coefficients> {
 public:
  explicit CauzziFaccioli2008(const Binding& b)
      : ModelBase(b, table), is_swiss_(b.arguments.flag("swiss", false)) {
    if (is_swiss_) swiss_ = coefficients_of(swiss_table, b);
    for (const Imt& imt : imts())
      ln_unit_.push_back(imt.kind == pgv   ? 0
                         : imt.kind == pga ? std::log(100) - ln_cm_s2_per_g
                                           : ln_g_per_cm(imt.period_s));
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constants = per_imt([&](const Coefficients& c) { return constant(c, in); });
    std::vector<double> corrections;
    for (const SwissCoefficients& s : swiss_) corrections.push_back(correction(s, in.mag));

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_hypo = sites[in.r_hypo];
      const Real ln_r = log(max(r_hypo, 15.0));
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real rock = constants[m] + ln_unit_[m] + c.a3 * ln_r;
        if (is_swiss_)
          sites.put(m, rock + ln10 * c.ab + corrections[m],
                    between_within(ln10 * c.tau, swiss_phi(swiss_[m], in.mag, r_hypo)));
        else
          sites.put(m, rock + ln10 * Ec8SiteClass(sites[in.vs30])(0, c.ab, c.ac, c.ad),
                    total_only(ln10 * c.sigma));
      }
    });
  }

 private:
  /// Magnitude and style, ln.
  static double constant(const Coefficients& c, const GmmInput& in) {
    double style = c.strike_slip;
    if (in.rake_deg > -120 && in.rake_deg <= -60) style = c.normal;
    if (in.rake_deg > 30 && in.rake_deg <= 150) style = c.reverse;
    return ln10 * (c.a1 + c.a2 * in.mag + style);
  }

  /// From rock (class B) to the Swiss reference rock, and less for small magnitudes; ln.
  static double correction(const SwissCoefficients& s, double mag) {
    const double to_rock = std::log(s.k);
    if (mag < 3 || mag >= 5.5) return to_rock;
    return to_rock - std::pow((5.5 - mag) / s.a1, s.a2) * (s.b1 + s.b2 * std::log(10.0 / 20));
  }

  /// Mean of the single-station phi by magnitude and distance and of the constant one.
  static Real swiss_phi(const SwissCoefficients& s, double mag, Real r_hypo) {
    const Real small_mag = s.phi_near + (s.phi_far - s.phi_near) * ramp(r_hypo, 16, 36);
    return 0.5 * (small_mag + (s.phi_large_mag - small_mag) * ramp(mag, 5, 7) + s.mean_phi);
  }

  bool is_swiss_;
  std::vector<SwissCoefficients> swiss_;
  std::vector<double> ln_unit_;
};

}  // namespace

Entries cauzzi_faccioli_2008() {
  ModelInfo info{
      .name = "CauzziFaccioli2008",
      .setting = "crust",
      .publication =
          "Cauzzi and Faccioli (2008), Broadband (0.05 to 20 s) prediction of displacement "
          "response spectra based on worldwide digital records, Journal of Seismology 12(4), "
          "453-475, doi:10.1007/s10950-008-9098-y",
      .component = "geometric mean",
      .region = "active crust worldwide",
      .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_hypo,
      .std_defined = StdDefined::total_only,
      .mag = {5, 7.2},
      .distance_km = {15, 150}};
  ModelInfo swiss = info;
  swiss.name = "CauzziFaccioli2008SWISS01";
  swiss.publication +=
      "; Edwards, Cauzzi, Danciu and Faeh (2016), Region-specific assessment, adjustment, and "
      "weighting of ground-motion prediction models, Bulletin of the Seismological Society of "
      "America 106(4), 1840-1857, doi:10.1785/0120150367";
  swiss.region = "Switzerland";
  swiss.needs = Needs::mag | Needs::rake | Needs::r_hypo;
  swiss.reference_vs30 = 1105;
  swiss.std_defined = StdDefined::between_within_total;
  return {entry<CauzziFaccioli2008>(info, table),
          entry<CauzziFaccioli2008>(swiss, swiss_table, {{"swiss", true}})};
}

}  // namespace shakefield::gmm
