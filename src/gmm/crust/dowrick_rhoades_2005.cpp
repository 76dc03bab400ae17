// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Dowrick, D. J., and Rhoades, D. A. (2005). Revised models for attenuation of Modified Mercalli
// intensity in New Zealand earthquakes. Bulletin of the New Zealand Society for Earthquake
// Engineering 38(4), 185-214. doi:10.5459/bnzsee.38.4.185-214.
//
// Modified Mercalli intensity, plain. Ranges: Mw 5 to 7.8, r_rup below 500 km. Region: New Zealand,
// crust outside of the volcanic zone. Standard deviations: tau, phi, sigma. Equations: the
// publication, Eq. 1 and Table 6. Style of faulting (decided at 45 degrees of rake) and site terms:
// found from values of the OpenQuake engine 3.26.2; the publication has no site terms.
// Coefficients: figures read from that engine's tables by a script.

#include "fault_style.hpp"
#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// Of subduction and volcanic paths, a2v, a3v and a5 are not used.
struct Coefficients {
  double a1, a2, a2_reverse, a3, a3_strike_slip, a4, d, tau, sigma;
};

constexpr Row<Coefficients> table[] = {
    {mmi, {4.74, 1.23, 0.042, -3.613, 0.1, 0.007, 10.28, 0.21, 0.38}},
};

class DowrickRhoades2005 final : public ModelBase<Coefficients> {
 public:
  explicit DowrickRhoades2005(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const FaultStyle fault = style(in.rake_deg);
    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_cubed = cube(sites[in.r_rup]);
      const Real site = site_class(sites[in.vs30]);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const double a2 = c.a2 + (fault == FaultStyle::reverse ? c.a2_reverse : 0.0);
        const double a3 = c.a3 + (fault == FaultStyle::strike_slip ? c.a3_strike_slip : 0.0);
        const Real mean =
            c.a1 + a2 * in.mag + a3 / 3 * log10(r_cubed + cube(c.d)) + c.a4 * in.hypo_depth_km;
        // Half a degree a site class, less in strong motion and reversed in the strongest.
        const Real strength = clamp((9 - mean) / 2, -0.25, 1.0);
        sites.put(m, mean + site * strength, between_within(c.tau, c.sigma));
      }
    });
  }

 private:
  /// From -1 (strong rock) to 1 (very soft soil).
  static Real site_class(Real vs30) {
    const auto softer = [&](Mask mask) { return select(mask, 0.5, 0.0); };
    return softer(vs30 <= 1500.0) + softer(vs30 <= 760.0) + softer(vs30 <= 360.0) +
           softer(vs30 < 180.0) - 1.0;
  }
  static FaultStyle style(double rake_deg) {
    if (rake_deg > 45 && rake_deg < 135) return FaultStyle::reverse;
    if (rake_deg < -45 && rake_deg > -135) return FaultStyle::normal;
    return FaultStyle::strike_slip;
  }
};

}  // namespace

Entries dowrick_rhoades_2005() {
  return {entry<DowrickRhoades2005>(
      {.name = "DowrickRhoades2005Asc",
       .setting = "crust",
       .publication =
           "Dowrick and Rhoades (2005), Revised models for attenuation of Modified Mercalli "
           "intensity in New Zealand earthquakes, Bulletin of the New Zealand Society for "
           "Earthquake Engineering 38(4), 185-214, doi:10.5459/bnzsee.38.4.185-214",
       .component = "none (intensity)",
       .region = "New Zealand",
       .needs = Needs::mag | Needs::rake | Needs::hypo_depth | Needs::vs30 | Needs::r_rup,
       .mag = {5, 7.8},
       .distance_km = {0, 500}},
      table)};
}

}  // namespace shakefield::gmm
