// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Akkar, S., Sandikkaya, M. A., and Bommer, J. J. (2014). Empirical ground-motion models for point-
// and extended-source crustal earthquake scenarios in Europe and the Middle East. Bulletin of
// Earthquake Engineering 12(1), 359-387 (erratum 12(1), 389-390). doi:10.1007/s10518-013-9461-4.
//
// Component: geometric mean. Ranges: Mw 4 to 7.6, distance below 200 km, vs30 150 to 1200 m/s.
// Region: Europe and Middle East. Standard deviations: tau and phi. Three models: of r_epi, r_hyp
// and r_jb.
// Equations: the publication. Coefficients: its Tables 3 and 4 (electronic supplement), figures
// read from the tables of the OpenQuake engine 3.26.2 by a script.

#include "akkar_et_al_2014_table.hpp"
#include "fault_style.hpp"
#include "sandikkaya_et_al_2013_site.hpp"

namespace shakefield::gmm {
namespace {

using namespace akkar14;

enum class Metric { r_epi, r_hypo, r_jb };

// Table 4: the same for all IMTs and metrics.
constexpr double a2 = 0.0029, a5 = 0.2529, a6 = 7.5, a7 = -0.5096, hinge_mag = 6.75;

class AkkarEtAl2014 final : public ModelBase<Coefficients> {
 public:
  explicit AkkarEtAl2014(const Binding& b)
      : ModelBase(b, table),
        metric_(b.arguments.choice(
            "metric",
            {{"r_epi", Metric::r_epi}, {"r_hypo", Metric::r_hypo}, {"r_jb", Metric::r_jb}},
            Metric::r_jb)),
        ln_factor_(std::log(b.arguments.number("adjustment_factor", 1.0))),
        pga_(coefficients_at(table, {pga}, b.info.name)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constants = per_imt([&](const Coefficients& c) { return constant(c, in); });
    const double pga_constant = constant(pga_, in);
    const std::span<const double> distance = metric_ == Metric::r_epi    ? in.r_epi
                                             : metric_ == Metric::r_hypo ? in.r_hypo
                                                                         : in.r_jb;

    for_each_site(in, out, [&](const Sites& sites) {
      // Eq. 2: the depth-like a6 is the same for all IMTs
      const Real ln_r = log(sqrt(square(sites[distance]) + square(a6)));
      const double slope_of_mag = a5 * (in.mag - hinge_mag);
      const Real pga_rock = exp(pga_constant + (of_metric(pga_).a4 + slope_of_mag) * ln_r);
      const SandikkayaSite amplification(sites[in.vs30], pga_rock);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const OfMetric& k = of_metric(c);
        // Eq. 1
        sites.put(
            m, constants[m] + ln_factor_ + (k.a4 + slope_of_mag) * ln_r + amplification(c.b1, c.b2),
            between_within(k.tau, k.phi));
      }
    });
  }

 private:
  const OfMetric& of_metric(const Coefficients& c) const {
    return metric_ == Metric::r_epi ? c.r_epi : metric_ == Metric::r_hypo ? c.r_hypo : c.r_jb;
  }

  /// Eq. 2: magnitude and style.
  double constant(const Coefficients& c, const GmmInput& in) const {
    const double dm = in.mag - hinge_mag;
    const FaultStyle fault = fault_style(in.rake_deg, 45);
    const double style = fault == FaultStyle::normal    ? c.a8
                         : fault == FaultStyle::reverse ? c.a9
                                                        : 0;
    const OfMetric& k = of_metric(c);
    return k.a1 + (dm <= 0 ? a2 : a7) * dm + k.a3 * square(8.5 - in.mag) + style;
  }

  Metric metric_;
  double ln_factor_;
  Coefficients pga_;
};

}  // namespace

Entries akkar_et_al_2014() {
  ModelInfo r_jb{
      .name = "AkkarEtAlRjb2014",
      .setting = "crust",
      .publication =
          "Akkar, Sandikkaya and Bommer (2014), Empirical ground-motion models for point- and "
          "extended-source crustal earthquake scenarios in Europe and the Middle East, Bulletin "
          "of Earthquake Engineering 12(1), 359-387, doi:10.1007/s10518-013-9461-4",
      .component = "geometric mean",
      .region = "Europe, Middle East",
      .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_jb,
      .mag = {4, 7.6},
      .distance_km = {0, 200},
      .vs30 = {150, 1200}};
  ModelInfo r_epi = r_jb, r_hypo = r_jb;
  r_epi.name = "AkkarEtAlRepi2014";
  r_epi.needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_epi;
  r_hypo.name = "AkkarEtAlRhyp2014";
  r_hypo.needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_hypo;
  return {entry<AkkarEtAl2014>(r_epi, table, {{"metric", "r_epi"}}),
          entry<AkkarEtAl2014>(r_hypo, table, {{"metric", "r_hypo"}}),
          entry<AkkarEtAl2014>(r_jb, table)};
}

}  // namespace shakefield::gmm
