// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Akkar, S., and Cagnan, Z. (2010). A local ground-motion predictive model for Turkey, and its
// comparison with other regional and global ground-motion models. Bulletin of the Seismological
// Society of America 100(6), 2978-2995. doi:10.1785/0120090367.
//
// Component: geometric mean. Ranges: Mw 5 to 7.6, r_jb below 200 km, vs30 180 to 1500 m/s. Region:
// Turkey. Standard deviations: tau and phi.
// Equations: the publication; site term: Boore and Atkinson (2008), as there. Coefficients: its
// Tables 5 and 6, figures read from the tables of the OpenQuake engine 3.26.2 by a script.

#include "boore_atkinson_2008_site.hpp"
#include "fault_style.hpp"
#include "gravity.hpp"

namespace shakefield::gmm {
namespace {

// ln, cm/s² and cm/s.
struct Coefficients {
  double a1, a4;      // magnitude
  double a5, a6, a7;  // distance
  double a8, a9;      // style: normal, reverse
  double phi, tau;
};

constexpr Row<Coefficients> table[] = {
    {pgv, {5.60931, -0.258, -0.90393, 0.21576, 5.57472, -0.10481, 0.07791, 0.6154, 0.526}},
    {pga, {8.92418, -0.18555, -1.25594, 0.18105, 7.33617, -0.02125, 0.01851, 0.6527, 0.5163}},
    {0.03, {8.85984, -0.17123, -1.25132, 0.18421, 7.46968, -0.0134, 0.03512, 0.6484, 0.5148}},
    {0.05, {9.05262, -0.15516, -1.28796, 0.1984, 7.26552, 0.02076, 0.01484, 0.6622, 0.5049}},
    {0.075, {9.5667, -0.1384, -1.38817, 0.20246, 8.03646, 0.07311, 0.02492, 0.6849, 0.5144}},
    {0.1, {9.85606, -0.11563, -1.43846, 0.21833, 8.84202, 0.11044, -0.0062, 0.7001, 0.5182}},
    {0.15, {10.43715, -0.17897, -1.46786, 0.15588, 9.39515, 0.03555, 0.19751, 0.6958, 0.549}},
    {0.2, {10.63516, -0.21034, -1.44625, 0.1159, 9.60868, -0.03536, 0.18594, 0.6963, 0.5562}},
    {0.25, {10.12551, -0.25565, -1.27388, 0.09426, 7.54353, -0.10685, 0.13574, 0.706, 0.5585}},
    {0.3, {10.12745, -0.2702, -1.26899, 0.08352, 8.03144, -0.10685, 0.13574, 0.6718, 0.5735}},
    {0.4, {9.47855, -0.30498, -1.09793, 0.06082, 6.24042, -0.11197, 0.16555, 0.6699, 0.5857}},
    {0.5, {8.95147, -0.29877, -1.01703, 0.09099, 5.67936, -0.10118, 0.23546, 0.6455, 0.5782}},
    {0.75, {8.10498, -0.3349, -0.84365, 0.08647, 4.93842, -0.0456, 0.10993, 0.6463, 0.6168}},
    {1, {7.61737, -0.35366, -0.7584, 0.09623, 4.1259, -0.01936, 0.19729, 0.6485, 0.6407}},
    {1.5, {7.20427, -0.39858, -0.70134, 0.11219, 3.46535, -0.02618, 0.21977, 0.63, 0.6751}},
    {2, {6.70845, -0.39528, -0.70766, 0.12032, 3.8822, -0.03215, 0.20584, 0.6243, 0.6574}},
};
// Slopes below and above the hinge, the same for all IMTs.
constexpr double a2 = -0.513, a3 = -0.695, hinge_mag = 6.5;

class AkkarCagnan2010 final : public ModelBase<Coefficients> {
 public:
  explicit AkkarCagnan2010(const Binding& b)
      : ModelBase(b, table),
        site_(coefficients_of(ba08::site_table, b)),
        pga_(coefficients_at(table, {pga}, b.info.name)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constants = per_imt([&](const Coefficients& c) { return constant(c, in); });
    const double pga_constant = constant(pga_, in) - ln_cm_s2_per_g;

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_jb = sites[in.r_jb];
      const Real ln_pga_rock = pga_constant + distance_term(pga_, in.mag, r_jb);
      const ba08::SiteAmplification amplification(sites[in.vs30], ln_pga_rock);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const double unit = imts()[m].kind == pgv ? 0 : ln_cm_s2_per_g;
        sites.put(m, constants[m] - unit + distance_term(c, in.mag, r_jb) + amplification(site_[m]),
                  between_within(c.tau, c.phi));
      }
    });
  }

 private:
  /// Eq. 1: magnitude and style.
  static double constant(const Coefficients& c, const GmmInput& in) {
    const double dm = in.mag - hinge_mag;
    const FaultStyle fault = fault_style(in.rake_deg, 45);
    const double style = fault == FaultStyle::normal    ? c.a8
                         : fault == FaultStyle::reverse ? c.a9
                                                        : 0;
    return c.a1 + (dm <= 0 ? a2 : a3) * dm + c.a4 * square(8.5 - in.mag) + style;
  }

  static Real distance_term(const Coefficients& c, double mag, Real r_jb) {
    return (c.a5 + c.a6 * (mag - hinge_mag)) * log(sqrt(square(r_jb) + square(c.a7)));
  }

  std::vector<ba08::SiteCoefficients> site_;
  Coefficients pga_;
};

}  // namespace

Entries akkar_cagnan_2010() {
  return {entry<AkkarCagnan2010>(
      {.name = "AkkarCagnan2010",
       .setting = "crust",
       .publication = "Akkar and Cagnan (2010), A local ground-motion predictive model for Turkey, "
                      "and its comparison with other regional and global ground-motion models, "
                      "Bulletin of the Seismological Society of America 100(6), 2978-2995, "
                      "doi:10.1785/0120090367",
       .component = "geometric mean",
       .region = "Turkey",
       .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_jb,
       .mag = {5, 7.6},
       .distance_km = {0, 200},
       .vs30 = {180, 1500}},
      table)};
}

}  // namespace shakefield::gmm
