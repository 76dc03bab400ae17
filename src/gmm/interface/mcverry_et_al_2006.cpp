// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// McVerry, G. H., Zhao, J. X., Abrahamson, N. A., and Somerville, P. G. (2006). New Zealand
// acceleration response spectrum attenuation relations for crustal and subduction zone earthquakes.
// Bulletin of the New Zealand Society for Earthquake Engineering 39(1), 1-58.
// doi:10.5459/bnzsee.39.1.1-58.
//
// Component: larger of the two horizontal ones. Ranges: Mw 5.25 to 7.5, r_rup below 400 km. Region:
// New Zealand; crust, interface, slab, and paths through the volcanic zone. Standard deviations:
// tau, phi, sigma.
// Equations: the publication's Eq. 1 to 7, and nshmp-haz (USGS, public domain). Coefficients: its
// Tables for the larger component, figures read from the tables of the OpenQuake engine 3.26.2 by a
// script.
//
// Rake: the publication counts 33 to 66 and 124 to 146 degrees as oblique. The OpenQuake engine
// leaves the latter (and 66 to 67) without a term, though not the mirror image; here they have it.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c1, c3, c5, c8, c10, c33, c46;  // crust
  double c11, c13, c15, c17, c20, c24;   // subduction
  double c29, c30, c43;                  // site classes C and D
  double sigma_m6, sigma_slope, tau;     // Eq. 6 and 7
};
// What does not depend on period.
constexpr double c4 = -0.144, c6 = 0.17, c12 = 1.414, c18 = 1.7818, c19 = 0.554, c32 = 0.2;

// SA'(T), and as PGA the unprimed PGA, which the spectra are scaled to.
// clang-format off
constexpr Row<Coefficients> table[] = {
    {pga, {0.28815, 0, -0.00967, -0.70494, 5.6, 0.26, -0.03279, 8.68354, 0, -2.552, -2.56727,
     0.0155, -0.50962, 0.30206, -0.23, -0.31769, 0.4865, -0.1261, 0.2687}},
    {0.075, {1.36561, 0.03, -0.00889, -0.94568, 5.58, 0.26, -0.03452, 8.68782, 0, -2.707, -2.54215,
     0.0185, -0.48652, 0.31139, -0.28, -0.48366, 0.5281, -0.097, 0.3217}},
    {0.1, {1.77717, 0.028, -0.00837, -1.01852, 5.5, 0.26, -0.03595, 9.37929, -0.0011, -2.655,
     -2.60945, 0.0174, -0.61973, 0.34059, -0.28, -0.43854, 0.5398, -0.0673, 0.3088}},
    {0.2, {1.39535, -0.0138, -0.0094, -0.78199, 5.1, 0.26, -0.03853, 10.6148, -0.0027, -2.528,
     -2.70851, 0.01542, -0.67672, 0.37235, -0.245, -0.29906, 0.5703, -0.0243, 0.2726}},
    {0.3, {0.44591, -0.036, -0.00987, -0.56098, 4.8, 0.198, -0.03604, 9.40776, -0.0036, -2.454,
     -2.47668, 0.01278, -0.59339, 0.56648, -0.195, -0.05184, 0.5505, -0.0861, 0.2112}},
    {0.4, {0.01645, -0.0518, -0.00923, -0.51281, 4.52, 0.154, -0.03364, 8.50343, -0.0043, -2.401,
     -2.36895, 0.01426, -0.30579, 0.69911, -0.16, 0.20301, 0.5627, -0.1405, 0.2005}},
    {0.5, {0.14826, -0.0635, -0.00823, -0.56716, 4.3, 0.119, -0.0326, 8.46463, -0.0048, -2.36,
     -2.4063, 0.01287, -0.24839, 0.63188, -0.121, 0.37026, 0.568, -0.1444, 0.1476}},
    {0.75, {-0.21246, -0.0862, -0.00738, -0.55384, 3.9, 0.057, -0.02877, 7.30176, -0.0057, -2.286,
     -2.26512, 0.0108, -0.01298, 0.51577, -0.05, 0.73517, 0.5562, -0.0932, 0.1794}},
    {1, {-0.10451, -0.102, -0.00588, -0.65892, 3.7, 0.013, -0.02561, 7.08727, -0.0064, -2.234,
     -2.27668, 0.00946, 0.06672, 0.34048, 0, 0.87764, 0.5629, -0.0749, 0.2053}},
    {1.5, {-0.48665, -0.12, -0.0063, -0.58222, 3.55, -0.049, -0.02034, 6.93264, -0.0073, -2.16,
     -2.28347, 0.00788, -0.02289, 0.12468, 0.04, 0.75438, 0.5394, -0.0056, 0.2411}},
    {2, {-0.77433, -0.12, -0.0063, -0.58222, 3.55, -0.049, -0.02034, 6.64496, -0.0073, -2.16,
     -2.28347, 0.00788, -0.02289, 0.12468, 0.04, 0.75438, 0.5394, -0.0056, 0.2411}},
    {3, {-1.30916, -0.1726, -0.00553, -0.57009, 3.5, -0.156, -0.01673, 5.05488, -0.0089, -2.033,
     -2.0305, -0.00265, -0.20537, 0.14593, 0.04, 0.61545, 0.5701, 0.0934, 0.2406}},
};
// clang-format on

// PGA'.
constexpr Coefficients pga_prime = {
    0.1813,   0,       -0.00846, -0.75519, 5.6,   0.26,     -0.03301, 8.10697, 0,     -2.552,
    -2.48795, 0.01622, -0.41369, 0.44307,  -0.23, -0.29648, 0.4865,   -0.1261, 0.2687};

enum class Setting { crust, volcanic, interface, slab };

class McVerryEtAl2006 final : public ModelBase<Coefficients> {
 public:
  explicit McVerryEtAl2006(const Binding& b)
      : ModelBase(b, table),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        setting_(b.arguments.choice("setting",
                                    {{"crust", Setting::crust},
                                     {"volcanic", Setting::volcanic},
                                     {"interface", Setting::interface},
                                     {"slab", Setting::slab}},
                                    Setting::crust)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double near = c18 * std::exp(c19 * in.mag);
    const Source pga_source = source(pga_, in), pga_prime_source = source(pga_prime, in);
    const auto sources = per_imt([&](const Coefficients& c) { return source(c, in); });
    const bool crustal = is_crustal();

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Real vs30 = sites[in.vs30];
      // Classes A and B are rock.
      const Mask is_rock = vs30 >= 760, is_c = vs30 >= 360;
      const Real ln_subduction = crustal ? Real(0.0) : log(r_rup + near);
      const auto motion = [&](const Coefficients& c, const Source& s) {
        // Eq. 1 and 2, rock
        const Real rock = crustal ? s.constant + s.linear * r_rup +
                                        0.5 * s.slope * log(square(r_rup) + square(c.c10))
                                  : s.constant + s.slope * ln_subduction;
        // Eq. 4
        const Real deep_soil = c.c30 * log(exp(rock) + 0.03) + c.c43;
        return rock + select(is_rock, 0.0, select(is_c, c.c29, deep_soil));
      };
      const Real ln_pga = motion(pga_, pga_source);
      const Real ln_pga_ratio = ln_pga - motion(pga_prime, pga_prime_source);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Eq. 5
        const Real mean = imts()[m].kind == pga ? ln_pga : motion(c, sources[m]) + ln_pga_ratio;
        sites.put(m, mean, between_within(c.tau, sources[m].phi));
      }
    });
  }

 private:
  /// Terms of the rupture for one IMT.
  struct Source {
    double constant, slope, linear, phi;
  };

  bool is_crustal() const { return setting_ == Setting::crust || setting_ == Setting::volcanic; }

  Source source(const Coefficients& c, const GmmInput& in) const {
    const double dm = in.mag - 6;
    Source s{};
    if (is_crustal()) {
      s.constant = c.c1 + c4 * dm + c.c3 * square(8.5 - in.mag) + c.c33 * reverse(in.rake_deg) -
                   c32 * normal(in.rake_deg);
      s.slope = c.c8 + c6 * dm;
      s.linear = c.c5 + (setting_ == Setting::volcanic ? c.c46 : 0.0);
    } else {
      s.constant = c.c11 + (c12 + (c.c15 - c.c17) * c19) * dm + c.c13 * cube(10 - in.mag) +
                   c.c20 * in.hypo_depth_km + (setting_ == Setting::interface ? c.c24 : 0.0);
      s.slope = c.c17;
    }
    s.phi = c.sigma_m6 + c.sigma_slope * clamp(dm, -1.0, 1.0);
    return s;
  }

  /// 1 for reverse, 0.5 for oblique slip.
  static double reverse(double rake) {
    if (rake <= 33 || rake >= 147) return 0;
    return rake <= 66 || rake >= 124 ? 0.5 : 1;
  }
  static double normal(double rake) { return rake > -147 && rake < -33 ? 1 : 0; }

  Coefficients pga_;
  Setting setting_;
};

}  // namespace

Entries mcverry_et_al_2006() {
  ModelInfo crust{.name = "McVerry2006Asc",
                  .setting = "crust",
                  .publication =
                      "McVerry, Zhao, Abrahamson and Somerville (2006), New Zealand acceleration "
                      "response spectrum attenuation relations for crustal and subduction zone "
                      "earthquakes, Bulletin of the New Zealand Society for Earthquake Engineering "
                      "39(1), 1-58, doi:10.5459/bnzsee.39.1.1-58",
                  .component = "larger of both horizontal components",
                  .region = "New Zealand",
                  .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_rup,
                  .mag = {5.25, 7.5},
                  .distance_km = {0, 400}};
  ModelInfo volcanic = crust, interface = crust;
  volcanic.name = "McVerry2006Volc";
  volcanic.setting = "volcanic";
  interface.name = "McVerry2006SInter";
  interface.setting = "interface";
  interface.needs = Needs::mag | Needs::hypo_depth | Needs::vs30 | Needs::r_rup;
  ModelInfo slab = interface;
  slab.name = "McVerry2006SSlab";
  slab.setting = "slab";
  return {entry<McVerryEtAl2006>(crust, table),
          entry<McVerryEtAl2006>(volcanic, table, {{"setting", "volcanic"}}),
          entry<McVerryEtAl2006>(interface, table, {{"setting", "interface"}}),
          entry<McVerryEtAl2006>(slab, table, {{"setting", "slab"}})};
}

}  // namespace shakefield::gmm
