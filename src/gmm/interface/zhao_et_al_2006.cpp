// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Zhao, J. X., Zhang, J., Asano, A., Ohno, Y., Oouchi, T., Takahashi, T., Ogawa, H., Irikura, K.,
// Thio, H. K., Somerville, P. G., Fukushima, Y., and Fukushima, Y. (2006). Attenuation relations of
// strong ground motion in Japan using site classification based on predominant period. Bulletin of
// the Seismological Society of America 96(3), 898-913. doi:10.1785/0120050122.
//
// Component: geometric mean. Ranges: Mw 5 to 8.3, r_rup below 300 km, depth below 125 km. Region:
// Japan; shallow crust, interface and slab. Standard deviations: tau, phi, sigma.
// Equations: the publication, and nshmp-haz (USGS, public domain). Coefficients: its Tables 4, 5
// and 6, figures read from the tables of the OpenQuake engine 3.26.2 by a script.
//
// Variants, as arguments: `fixed_depth_km`; `max_mag`, a cap; `general_tau`, tau of Table 5,
// without the gain of the magnitude-squared term, in place of Table 6's; `region`, "cascadia" for
// the sites of Atkinson and Adams (2013); `smooth_site`, SmoothSiteClasses. With the first three
// ZhaoEtAl2006SInterNSHMP2008 and ZhaoEtAl2006SSlabNSHMP2014 are the forms of those national maps
// of the USGS.

#include "gravity.hpp"
#include "m9_basin.hpp"
#include "smooth_site_classes.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double a, b, c, d, e;               // Table 4: source and path
  double ch, c1, c2, c3, c4;          // Table 5: site classes, hard rock to soft soil
  double sigma, tau;                  // Table 5: within and between events
  double fr, qc, wc, tau_c;           // Tables 4 and 6: crust
  double si, qi, wi, tau_i;           // interface
  double ss, ssl, ps, qs, ws, tau_s;  // slab
};

// clang-format off
constexpr Row<Coefficients> table[] = {
    {pga, {1.101, -0.00564, 0.0055, 1.08, 0.01412, 0.293, 1.111, 1.344, 1.355, 1.42, 0.604, 0.3976,
     0.251, 0, 0, 0.303, 0, 0, 0, 0.308, 2.607, -0.528, 0.1392, 0.1584, -0.0529, 0.321}},
    {0.05, {1.076, -0.00671, 0.0075, 1.06, 0.01463, 0.939, 1.684, 1.793, 1.747, 1.814, 0.64, 0.4437,
     0.251, 0, 0, 0.326, 0, 0, 0, 0.343, 2.764, -0.551, 0.1636, 0.1932, -0.0841, 0.378}},
    {0.1, {1.118, -0.00787, 0.009, 1.083, 0.01423, 1.499, 2.061, 2.135, 2.031, 2.082, 0.694, 0.4903,
     0.24, 0, 0, 0.342, 0, 0, 0, 0.403, 2.156, -0.42, 0.169, 0.2057, -0.0877, 0.42}},
    {0.15, {1.134, -0.00722, 0.01, 1.053, 0.01509, 1.462, 1.916, 2.168, 2.052, 2.113, 0.702, 0.4603,
     0.251, 0, 0, 0.331, 0, -0.0138, 0.0286, 0.367, 2.161, -0.431, 0.1669, 0.1984, -0.0773, 0.372}},
    {0.2, {1.147, -0.00659, 0.012, 1.014, 0.01462, 1.28, 1.669, 2.085, 2.001, 2.03, 0.692, 0.4233,
     0.26, 0, 0, 0.312, 0, -0.0256, 0.0352, 0.328, 1.901, -0.372, 0.1631, 0.1856, -0.0644, 0.324}},
    {0.25, {1.149, -0.0059, 0.014, 0.966, 0.01459, 1.121, 1.468, 1.942, 1.941, 1.937, 0.682, 0.3908,
     0.269, 0, 0, 0.298, 0, -0.0348, 0.0403, 0.289, 1.814, -0.36, 0.1588, 0.1714, -0.0515, 0.294}},
    {0.3, {1.163, -0.0052, 0.015, 0.934, 0.01458, 0.852, 1.172, 1.683, 1.808, 1.77, 0.67, 0.379,
     0.259, 0, 0, 0.3, 0, -0.0423, 0.0445, 0.28, 2.181, -0.45, 0.1544, 0.1573, -0.0395, 0.284}},
    {0.4, {1.2, -0.00422, 0.01, 0.959, 0.01257, 0.365, 0.655, 1.127, 1.482, 1.397, 0.659, 0.3897,
     0.248, 0, 0, 0.346, -0.041, -0.0541, 0.0511, 0.271, 2.432, -0.506, 0.146, 0.1309, -0.0183,
     0.278}},
    {0.5, {1.25, -0.00338, 0.006, 1.008, 0.01114, -0.207, 0.071, 0.515, 0.934, 0.955, 0.653, 0.389,
     0.247, -0.0126, 0.0116, 0.338, -0.053, -0.0632, 0.0562, 0.277, 2.629, -0.554, 0.1381, 0.1078,
     -0.0008, 0.272}},
    {0.6, {1.293, -0.00282, 0.003, 1.088, 0.01019, -0.705, -0.429, -0.003, 0.394, 0.559, 0.653,
     0.4014, 0.233, -0.0329, 0.0202, 0.349, -0.103, -0.0707, 0.0604, 0.296, 2.702, -0.575, 0.1307,
     0.0878, 0.0136, 0.285}},
    {0.7, {1.336, -0.00258, 0.0025, 1.084, 0.00979, -1.144, -0.866, -0.449, -0.111, 0.188, 0.652,
     0.4079, 0.22, -0.0501, 0.0274, 0.351, -0.146, -0.0771, 0.0639, 0.313, 2.654, -0.572, 0.1239,
     0.0705, 0.0254, 0.29}},
    {0.8, {1.386, -0.00242, 0.0022, 1.088, 0.00944, -1.609, -1.325, -0.928, -0.62, -0.246, 0.647,
     0.4183, 0.232, -0.065, 0.0336, 0.356, -0.164, -0.0825, 0.067, 0.329, 2.48, -0.54, 0.1176,
     0.0556, 0.0352, 0.299}},
    {0.9, {1.433, -0.00232, 0.002, 1.109, 0.00972, -2.023, -1.732, -1.349, -1.066, -0.643, 0.653,
     0.4106, 0.22, -0.0781, 0.0391, 0.348, -0.206, -0.0874, 0.0697, 0.324, 2.332, -0.522, 0.1116,
     0.0426, 0.0432, 0.289}},
    {1, {1.479, -0.0022, 0.002, 1.115, 0.01005, -2.451, -2.152, -1.776, -1.523, -1.084, 0.657,
     0.4101, 0.211, -0.0899, 0.044, 0.338, -0.239, -0.0917, 0.0721, 0.328, 2.233, -0.509, 0.106,
     0.0314, 0.0498, 0.286}},
    {1.25, {1.551, -0.00207, 0.002, 1.083, 0.01003, -3.243, -2.923, -2.542, -2.327, -1.936, 0.66,
     0.4021, 0.251, -0.1148, 0.0545, 0.313, -0.256, -0.1009, 0.0772, 0.339, 2.029, -0.469, 0.0933,
     0.0093, 0.0612, 0.277}},
    {1.5, {1.621, -0.00224, 0.002, 1.091, 0.00928, -3.888, -3.548, -3.169, -2.979, -2.661, 0.664,
     0.4076, 0.248, -0.1351, 0.063, 0.306, -0.306, -0.1083, 0.0814, 0.352, 1.589, -0.379, 0.0821,
     -0.0062, 0.0674, 0.282}},
    {2, {1.694, -0.00201, 0.0025, 1.055, 0.00833, -4.783, -4.41, -4.039, -3.871, -3.64, 0.669,
     0.4138, 0.263, -0.1672, 0.0764, 0.283, -0.321, -0.1202, 0.088, 0.36, 0.966, -0.248, 0.0628,
     -0.0235, 0.0692, 0.3}},
    {2.5, {1.748, -0.00187, 0.0028, 1.052, 0.00776, -5.444, -5.049, -4.698, -4.496, -4.341, 0.671,
     0.4108, 0.262, -0.1921, 0.0869, 0.287, -0.337, -0.1293, 0.0931, 0.356, 0.789, -0.221, 0.0465,
     -0.0287, 0.0622, 0.292}},
    {3, {1.759, -0.00147, 0.0032, 1.025, 0.00644, -5.839, -5.431, -5.089, -4.893, -4.758, 0.667,
     0.3961, 0.307, -0.2124, 0.0954, 0.278, -0.331, -0.1368, 0.0972, 0.338, 1.037, -0.263, 0.0322,
     -0.0261, 0.0496, 0.274}},
    {4, {1.826, -0.00195, 0.004, 1.044, 0.0059, -6.598, -6.181, -5.882, -5.698, -5.588, 0.647,
     0.3821, 0.353, -0.2445, 0.1088, 0.273, -0.39, -0.1486, 0.1038, 0.307, 0.561, -0.169, 0.0083,
     -0.0065, 0.015, 0.281}},
    {5, {1.825, -0.00237, 0.005, 1.065, 0.0051, -6.752, -6.347, -6.051, -5.873, -5.798, 0.643,
     0.3766, 0.248, -0.2694, 0.1193, 0.275, -0.498, -0.1578, 0.109, 0.272, 0.225, -0.12, -0.0117,
     0.0246, -0.0268, 0.296}},
};
// clang-format on

struct SiteFactor {
  double value;
};
/// Amplification of Cascadia's sites over Japan's: Atkinson and Adams (2013), Table 3,
/// doi:10.1139/cjce-2012-0544.
constexpr Row<SiteFactor> cascadia_factors[] = {
    {pga, {0.5}},   {pgv, {1}},    {0.05, {0.44}}, {0.1, {0.44}},  {0.15, {0.53}}, {0.2, {0.6}},
    {0.25, {0.72}}, {0.3, {0.81}}, {0.4, {1}},     {0.5, {1.01}},  {0.6, {1.02}},  {0.7, {1.02}},
    {0.8, {1.03}},  {0.9, {1.04}}, {1, {1.04}},    {1.25, {1.19}}, {1.5, {1.31}},  {2, {1.51}},
    {2.5, {1.34}},  {3, {1.21}},   {4, {1.09}},    {5, {1}},
};

enum class Setting { crust, interface, slab };

class ZhaoEtAl2006 final : public ModelBase<Coefficients> {
 public:
  explicit ZhaoEtAl2006(const Binding& b)
      : ModelBase(b, table),
        setting_(b.arguments.choice(
            "setting",
            {{"crust", Setting::crust}, {"interface", Setting::interface}, {"slab", Setting::slab}},
            Setting::crust)),
        fixed_depth_km_(b.arguments.number("fixed_depth_km", -1)),
        max_mag_(b.arguments.number("max_mag", 10)),
        general_tau_(b.arguments.flag("general_tau", false)),
        smooth_site_(b.arguments.flag("smooth_site", false)),
        m9_basin_(b.arguments) {
    b.arguments.not_offered("cb14_basin_term", false);
    if (m9_basin_.exists()) require(Needs::z2pt5);
    const bool cascadia =
        b.arguments.choice("region", {{"japan", false}, {"cascadia", true}}, false);
    for (const Imt& imt : imts())
      ln_factor_.push_back(
          cascadia ? std::log(coefficients_at(cascadia_factors, imt, b.info.name).value) : 0.0);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto sources = per_imt([&](const Coefficients& c) { return source(c, in); });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Real vs30 = sites[in.vs30];
      // Table 2: site classes
      const Mask hard = vs30 > 1100, rock = vs30 > 600, stiff = vs30 > 300, soil = vs30 > 200;
      // Below 1 km only the slab's ln(r_rup) would not stay finite.
      const Real ln_r_rup = setting_ == Setting::slab ? log(max(r_rup, min_r_rup)) : Real(0.0);
      const SmoothSiteClasses smooth(vs30);
      const Real to_soil = smooth.between(160, 250), to_stiff = smooth.between(250, 450),
                 to_rock = smooth.between(450, 760),
                 to_hard = 0.5 * (smooth.between(760, 1100) + smooth.between(1100, 2000));
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Source& s = sources[m];
        Real site;
        if (smooth_site_)
          site = c.c4 + to_soil * (c.c3 - c.c4) + to_stiff * (c.c2 - c.c3) +
                 to_rock * (c.c1 - c.c2) + to_hard * (c.ch - c.c1);
        else
          site =
              select(hard, c.ch, select(rock, c.c1, select(stiff, c.c2, select(soil, c.c3, c.c4))));
        // Eq. 1
        Real mean = s.constant + c.b * r_rup - log(r_rup + s.near) + site + ln_factor_[m];
        if (setting_ == Setting::slab) mean += c.ssl * ln_r_rup;
        if (m9_basin_.exists()) mean += m9_basin_(imts()[m], in, sites);
        sites.put(m, mean, between_within(s.tau, c.sigma));
      }
    });
  }

 private:
  static constexpr double min_r_rup = 1e-3;

  /// Terms of the rupture for one IMT; near is c exp(d Mw), Eq. 2.
  struct Source {
    double constant, near, tau;
  };

  Source source(const Coefficients& c, const GmmInput& in) const {
    const double mag = min(in.mag, max_mag_);
    // Eq. 1 and 3: depth counts from 15 km on, up to 125 km
    const double hypo_depth = fixed_depth_km_ < 0 ? in.hypo_depth_km : fixed_depth_km_;
    const double depth_term = c.e * clamp(hypo_depth - 15, 0.0, 110.0);
    Source s{.constant = c.a * mag + depth_term - ln_cm_s2_per_g,
             .near = c.c * std::exp(c.d * mag),
             .tau = c.tau};
    double tau = 0;
    // Eq. 5 and 6, Table 6: magnitude-squared terms
    switch (setting_) {
      case Setting::crust:
        s.constant += c.qc * square(mag - 6.3) + c.wc;
        if (in.rake_deg > 45 && in.rake_deg < 135) s.constant += c.fr;
        tau = c.tau_c;
        break;
      case Setting::interface:
        s.constant += c.si + c.qi * square(mag - 6.3) + c.wi;
        tau = c.tau_i;
        break;
      case Setting::slab:
        s.constant += c.ss + c.ps * (mag - 6.5) + c.qs * square(mag - 6.5) + c.ws;
        tau = c.tau_s;
        break;
    }
    if (!general_tau_) s.tau = tau;
    return s;
  }

  Setting setting_;
  double fixed_depth_km_, max_mag_;
  bool general_tau_, smooth_site_;
  M9BasinTerm m9_basin_;
  std::vector<double> ln_factor_;
};

}  // namespace

Entries zhao_et_al_2006() {
  ModelInfo crust{
      .name = "ZhaoEtAl2006Asc",
      .setting = "crust",
      .publication =
          "Zhao et al. (2006), Attenuation relations of strong ground motion in Japan "
          "using site classification based on predominant period, Bulletin of the "
          "Seismological Society of America 96(3), 898-913, doi:10.1785/0120050122",
      .component = "geometric mean",
      .region = "Japan",
      .needs = Needs::mag | Needs::rake | Needs::hypo_depth | Needs::vs30 | Needs::r_rup,
      .mag = {5, 8.3},
      .distance_km = {0, 300}};
  ModelInfo interface = crust;
  interface.name = "ZhaoEtAl2006SInter";
  interface.setting = "interface";
  interface.needs = Needs::mag | Needs::hypo_depth | Needs::vs30 | Needs::r_rup;
  ModelInfo slab = interface;
  slab.name = "ZhaoEtAl2006SSlab";
  slab.setting = "slab";
  ModelInfo nshmp2008 = interface, nshmp2014 = slab;
  nshmp2008.name = "ZhaoEtAl2006SInterNSHMP2008";
  nshmp2014.name = "ZhaoEtAl2006SSlabNSHMP2014";
  return {
      entry<ZhaoEtAl2006>(crust, table),
      entry<ZhaoEtAl2006>(interface, table, {{"setting", "interface"}}),
      entry<ZhaoEtAl2006>(slab, table, {{"setting", "slab"}}),
      entry<ZhaoEtAl2006>(
          nshmp2008, table,
          {{"setting", "interface"}, {"fixed_depth_km", 20.0}, {"general_tau", true}}),
      entry<ZhaoEtAl2006>(nshmp2014, table, {{"setting", "slab"}, {"max_mag", 7.8}}),
  };
}

}  // namespace shakefield::gmm
