// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Youngs, R. R., Chiou, S.-J., Silva, W. J., and Humphrey, J. R. (1997). Strong ground motion
// attenuation relationships for subduction zone earthquakes. Seismological Research Letters 68(1),
// 58-73. doi:10.1785/gssrl.68.1.58.
//
// Component: geometric mean. Ranges: Mw at least 5, r_rup 10 to 500 km. Region: subduction zones
// worldwide, interface and slab. Standard deviation: total only.
// Equations: the publication's Table 2, and nshmp-haz (USGS, public domain). Coefficients: its
// Table 2, figures read from the tables of the OpenQuake engine 3.26.2 by a script. That engine
// adds three rows, kept so that its jobs run unchanged: 0.075 s on soil from 0.1 s, and 4 s on
// rock, where the publication ends at 3 s, with the values of 3 s. YoungsEtAl1997SInterNSHMP2008 is
// the interface form of the 2008 national maps of the USGS: depth fixed at 20 km.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct SiteCoefficients {
  double c1, c2, c3;
};
struct Coefficients {
  SiteCoefficients rock, soil;
  double c4, c5;  // of the standard deviation, both sites
};

// Table 2.
constexpr Row<Coefficients> table[] = {
    {pga, {0, 0, -2.552, 0, 0, -2.329, 1.45, -0.1}},
    {0.075, {1.275, 0, -2.707, 2.4, -0.0019, -2.697, 1.45, -0.1}},
    {0.1, {1.188, -0.0011, -2.655, 2.516, -0.0019, -2.697, 1.45, -0.1}},
    {0.2, {0.722, -0.0027, -2.528, 1.549, -0.002, -2.464, 1.45, -0.1}},
    {0.3, {0.246, -0.0036, -2.454, 0.793, -0.002, -2.327, 1.45, -0.1}},
    {0.4, {-0.115, -0.0043, -2.401, 0.144, -0.0035, -2.23, 1.45, -0.1}},
    {0.5, {-0.4, -0.0048, -2.36, -0.438, -0.0048, -2.14, 1.45, -0.1}},
    {0.75, {-1.149, -0.0057, -2.286, -1.704, -0.0066, -1.952, 1.45, -0.1}},
    {1, {-1.736, -0.0064, -2.234, -2.87, -0.0114, -1.785, 1.45, -0.1}},
    {1.5, {-2.634, -0.0073, -2.16, -5.101, -0.0164, -1.47, 1.5, -0.1}},
    {2, {-3.328, -0.008, -2.107, -6.433, -0.0221, -1.29, 1.55, -0.1}},
    {3, {-4.511, -0.0089, -2.033, -6.672, -0.0235, -1.347, 1.65, -0.1}},
    {4, {-4.511, -0.0089, -2.033, -7.618, -0.0235, -1.272, 1.65, -0.1}},
};

/// What Table 2 gives per site class but not per period.
struct Site {
  double constant, magnitude, near, near_magnitude, depth, slab;
};
constexpr Site rock = {0.2418, 1.414, 1.7818, 0.554, 0.00607, 0.3846};
constexpr Site soil = {-0.6687, 1.438, 1.097, 0.617, 0.00648, 0.3643};
constexpr double rock_vs30 = 760;

class YoungsEtAl1997 final : public ModelBase<Coefficients> {
 public:
  explicit YoungsEtAl1997(const Binding& b)
      : ModelBase(b, table),
        slab_(b.arguments.flag("slab", false)),
        fixed_depth_km_(b.arguments.number("fixed_depth_km", -1)) {
    for (const Imt& imt : imts()) rock_ln_scale_.push_back(imt == Imt{sa, 4.0} ? 1 / 0.399 : 1.0);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double depth = fixed_depth_km_ < 0 ? in.hypo_depth_km : fixed_depth_km_;
    const auto on_rock = source(&Coefficients::rock, rock, in.mag, depth);
    const auto on_soil = source(&Coefficients::soil, soil, in.mag, depth);

    for_each_site(in, out, [&](const Sites& sites) {
      const Mask is_rock = sites[in.vs30] >= rock_vs30;
      const Real r_rup = sites[in.r_rup];
      const Real near = select(is_rock, rock.near * std::exp(rock.near_magnitude * in.mag),
                               soil.near * std::exp(soil.near_magnitude * in.mag));
      const Real ln_r = log(r_rup + near);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real mean = select(is_rock, (on_rock[m] + c.rock.c3 * ln_r) * rock_ln_scale_[m],
                                 on_soil[m] + c.soil.c3 * ln_r);
        sites.put(m, mean, total_only(c.c4 + c.c5 * min(in.mag, 8.0)));
      }
    });
  }

 private:
  /// All but the distance term.
  std::vector<double> source(SiteCoefficients Coefficients::*part, const Site& site, double mag,
                             double depth_km) const {
    return per_imt([&](const Coefficients& c) {
      return site.constant + site.magnitude * mag + (c.*part).c1 + (c.*part).c2 * cube(10 - mag) +
             site.depth * depth_km + (slab_ ? site.slab : 0.0);
    });
  }

  bool slab_;
  double fixed_depth_km_;
  std::vector<double> rock_ln_scale_;  ///< of the header's row at 4 s
};

}  // namespace

Entries youngs_et_al_1997() {
  ModelInfo interface {
    .name = "YoungsEtAl1997SInter", .setting = "interface",
    .publication =
        "Youngs, Chiou, Silva and Humphrey (1997), Strong ground motion attenuation "
        "relationships for subduction zone earthquakes, Seismological Research Letters "
        "68(1), 58-73, doi:10.1785/gssrl.68.1.58",
    .component = "geometric mean", .region = "subduction zones worldwide",
    .needs = Needs::mag | Needs::hypo_depth | Needs::vs30 | Needs::r_rup,
    .std_defined = StdDefined::total_only, .mag = {5, 9.5}, .distance_km = {
      10,
      500
    }
  };
  ModelInfo slab = interface, nshmp = interface;
  slab.name = "YoungsEtAl1997SSlab";
  slab.setting = "slab";
  nshmp.name = "YoungsEtAl1997SInterNSHMP2008";
  return {entry<YoungsEtAl1997>(interface, table),
          entry<YoungsEtAl1997>(slab, table, {{"slab", true}}),
          entry<YoungsEtAl1997>(nshmp, table, {{"fixed_depth_km", 20.0}})};
}

}  // namespace shakefield::gmm
