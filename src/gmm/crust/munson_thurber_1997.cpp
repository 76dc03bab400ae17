// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Munson, C. G., and Thurber, C. H. (1997). Analysis of the attenuation of strong ground motion on
// the island of Hawaii. Bulletin of the Seismological Society of America 87(4), 945-960.
//
// Component: larger of the two. Ranges: Mw 4 to 7.2, r_jb below 88 km; ash up to vs30 = 200 m/s,
// lava above. Region: Hawaii. Standard deviation: sigma. MunsonThurber1997Hawaii: as in the seismic
// hazard maps of Hawaii, Klein, F. W., Frankel, A. D., Mueller, C. S., Wesson, R. L., and Okubo, P.
// G. (2001), Bulletin of the Seismological Society of America 91(3), 479-498,
// doi:10.1785/0120000060: Boore, Joyner, and Fumal's magnitude scaling above Mw 7, constant from
// 7.7 on; SA at 0.2 and 0.3 s in proportion to PGA. Equations and coefficients: the publication,
// Eq. 8, and nshmp-haz (USGS, public domain). Factors of SA: values of the OpenQuake engine 3.26.2,
// which gives PGA itself at all other periods, and so does this class: not to be used there.

#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double b0, b1, b2, h, ash, sigma;  // Eq. 8, in log10 of g
};

constexpr Coefficients eq8 = {0.518, 0.387, -0.00256, 11.29, 0.335, 0.237};
constexpr Row<Coefficients> table[] = {{pga, eq8}, {0.01, eq8}, {10, eq8}};

class MunsonThurber1997 final : public ModelBase<Coefficients> {
 public:
  explicit MunsonThurber1997(const Binding& b) : ModelBase(b, table) {
    for (const Imt& imt : imts())
      ln_ratio_.push_back(imt.kind != sa        ? 0.0
                          : imt.period_s == 0.2 ? std::log(2.5)
                          : imt.period_s == 0.3 ? std::log(2.2)
                                                : 0.0);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double magnitude =
        eq8.b1 * std::min(in.mag - 6, 1.0) + 0.216 * clamp(in.mag - 7, 0.0, 0.7);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r = sqrt(square(sites[in.r_jb]) + square(eq8.h));
      const Real ash = select(sites[in.vs30] <= 200.0, eq8.ash, 0.0);
      const Real ln_pga = ln10 * (eq8.b0 + magnitude + eq8.b2 * r + ash) - log(r);
      for (std::size_t m = 0; m < size(); ++m)
        sites.put(m, ln_pga + ln_ratio_[m], total_only(ln10 * eq8.sigma));
    });
  }

 private:
  std::vector<double> ln_ratio_;  // of SA over PGA
};

}  // namespace

Entries munson_thurber_1997() {
  return {entry<MunsonThurber1997>(
      {.name = "MunsonThurber1997Hawaii",
       .setting = "crust",
       .publication =
           "Munson and Thurber (1997), Analysis of the attenuation of strong ground motion on the "
           "island of Hawaii, Bulletin of the Seismological Society of America 87(4), 945-960",
       .component = "larger horizontal",
       .region = "Hawaii",
       .needs = Needs::mag | Needs::vs30 | Needs::r_jb,
       .std_defined = StdDefined::total_only,
       .mag = {4, 8},
       .distance_km = {0, 88}},
      table)};
}

}  // namespace shakefield::gmm
