// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Atkinson, G. M., and Boore, D. M. (2003). Empirical ground-motion relations for subduction-zone
// earthquakes and their application to Cascadia and other regions. Bulletin of the Seismological
// Society of America 93(4), 1703-1729, with the erratum of 98(5), 2567-2569 (2008).
// doi:10.1785/0120020156.
//
// Component: random horizontal. Ranges: Mw 5 to 8.5 (slab 8), r_rup below 500 km. Region:
// subduction zones worldwide, and Cascadia; interface and slab. Standard deviations: tau, phi,
// sigma.
// Equations: the publication's Eq. 1 to 7, and nshmp-haz (USGS, public domain). Coefficients: its
// Tables 1 and 2, figures read from the tables of the OpenQuake engine 3.26.2 by a script. That
// engine adds a row at 4 s with the values of 3 s and divides the ln of the result by 0.55, which
// looks like a factor on the acceleration put in the wrong place. Its values are given here so that
// its tables and jobs are reproduced; the publication ends at 3 s.
//
// Variants, as arguments: `region`; `fixed_depth_km`; `nshmp_site`, the site term of the 2008
// national maps of the USGS, where rock of class B counts as the boundary of B and C: half of C;
// `smooth_site`, SmoothSiteClasses.

#include "gravity.hpp"
#include "model_base.hpp"
#include "smooth_site_classes.hpp"

namespace shakefield::gmm {
namespace {

/// log10 units, cm/s².
struct Coefficients {
  double c1, c2, c3, c4, c5, c6, c7, sigma, phi, tau;
};

// Table 1, interface.
constexpr Row<Coefficients> interface_table[] = {
    {pga, {2.991, 0.03525, 0.00759, -0.00206, 0.19, 0.24, 0.29, 0.23, 0.2, 0.11}},
    {0.04, {2.8753, 0.07052, 0.01004, -0.00278, 0.15, 0.2, 0.2, 0.26, 0.22, 0.14}},
    {0.1, {2.7789, 0.09841, 0.00974, -0.00287, 0.15, 0.23, 0.2, 0.27, 0.25, 0.1}},
    {0.2, {2.6638, 0.12386, 0.00884, -0.0028, 0.15, 0.27, 0.25, 0.28, 0.25, 0.13}},
    {0.4, {2.5249, 0.1477, 0.00728, -0.00235, 0.13, 0.37, 0.38, 0.29, 0.25, 0.15}},
    {1, {2.1442, 0.1345, 0.00521, -0.0011, 0.1, 0.3, 0.55, 0.34, 0.28, 0.19}},
    {2, {2.1907, 0.07148, 0.00224, 0, 0.1, 0.25, 0.4, 0.34, 0.29, 0.18}},
    {3, {2.301, 0.02237, 0.00012, 0, 0.1, 0.25, 0.36, 0.36, 0.31, 0.18}},
    {4, {2.301, 0.02237, 0.00012, 0, 0.1, 0.25, 0.36, 0.36, 0.31, 0.18}},
};

// Table 1, slab.
constexpr Row<Coefficients> slab_table[] = {
    {pga, {-0.04713, 0.6909, 0.0113, -0.00202, 0.19, 0.24, 0.29, 0.27, 0.23, 0.14}},
    {0.04, {0.50697, 0.63273, 0.01275, -0.00234, 0.15, 0.2, 0.2, 0.25, 0.24, 0.07}},
    {0.1, {0.43928, 0.66675, 0.0108, -0.00219, 0.15, 0.23, 0.2, 0.28, 0.27, 0.07}},
    {0.2, {0.51589, 0.69186, 0.00572, -0.00192, 0.15, 0.27, 0.25, 0.28, 0.26, 0.1}},
    {0.4, {0.00545, 0.7727, 0.00173, -0.00178, 0.13, 0.37, 0.38, 0.28, 0.26, 0.1}},
    {1, {-1.02133, 0.8789, 0.0013, -0.00173, 0.1, 0.3, 0.55, 0.29, 0.27, 0.11}},
    {2, {-2.39234, 0.9964, 0.00364, -0.00118, 0.1, 0.25, 0.4, 0.3, 0.28, 0.11}},
    {3, {-3.70012, 1.1169, 0.00615, -0.00045, 0.1, 0.25, 0.36, 0.3, 0.29, 0.08}},
    {4, {-3.70012, 1.1169, 0.00615, -0.00045, 0.1, 0.25, 0.36, 0.3, 0.29, 0.08}},
};

// Table 1 with c1 of Table 2, slab in Cascadia.
constexpr Row<Coefficients> cascadia_slab_table[] = {
    {pga, {-0.25, 0.6909, 0.0113, -0.00202, 0.19, 0.24, 0.29, 0.27, 0.23, 0.14}},
    {0.04, {0.23, 0.63273, 0.01275, -0.00234, 0.15, 0.2, 0.2, 0.25, 0.24, 0.07}},
    {0.1, {0.16, 0.66675, 0.0108, -0.00219, 0.15, 0.23, 0.2, 0.28, 0.27, 0.07}},
    {0.2, {0.4, 0.69186, 0.00572, -0.00192, 0.15, 0.27, 0.25, 0.28, 0.26, 0.1}},
    {0.4, {-0.01, 0.7727, 0.00173, -0.00178, 0.13, 0.37, 0.38, 0.28, 0.26, 0.1}},
    {1, {-0.98, 0.8789, 0.0013, -0.00173, 0.1, 0.3, 0.55, 0.29, 0.27, 0.11}},
    {2, {-2.25, 0.9964, 0.00364, -0.00118, 0.1, 0.25, 0.4, 0.3, 0.28, 0.11}},
    {3, {-3.64, 1.1169, 0.00615, -0.00045, 0.1, 0.25, 0.36, 0.3, 0.29, 0.08}},
};

enum class Region { global, cascadia };

std::span<const Row<Coefficients>> table_of(bool slab, Region region) {
  if (!slab) return interface_table;
  if (region == Region::global) return slab_table;
  return cascadia_slab_table;
}

class AtkinsonBoore2003 final : public ModelBase<Coefficients> {
 public:
  explicit AtkinsonBoore2003(const Binding& b)
      : AtkinsonBoore2003(
            b, b.arguments.flag("slab", false),
            b.arguments.choice("region",
                               {{"global", Region::global}, {"cascadia", Region::cascadia}},
                               Region::global)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    // "Functional form": saturation of magnitude and depth
    const double mag = min(in.mag, slab_ ? 8.0 : 8.5);
    const double depth =
        fixed_depth_km_ < 0 ? min(in.hypo_depth_km, max_depth_km) : fixed_depth_km_;
    // Eq. 2 to 4
    const double near = 0.00724 * std::pow(10, 0.507 * mag);
    const double g = std::pow(10, slab_ ? 0.301 - 0.01 * mag : 1.2 - 0.18 * mag);
    const auto constant = [&](const Coefficients& c) { return c.c1 + c.c2 * mag + c.c3 * depth; };
    const double pga_constant = constant(pga_);
    std::vector<double> constants;
    for (const Coefficients& c : smoothed_) constants.push_back(constant(c));

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r = sqrt(square(sites[in.r_rup]) + square(near));
      const Real spreading = g * log10(r);
      const Real pga_rock = pow(10.0, pga_constant + pga_.c4 * r - spreading);
      // Eq. 6 and 7: nonlinear part of the soil amplification
      const Real strong = ramp(pga_rock, 100, 500);
      const Real vs30 = sites[in.vs30];
      const Mask is_b = vs30 > 760, is_c = vs30 > 360, is_d = vs30 >= 180;
      const SmoothSiteClasses classes(vs30);
      const Real to_d = classes.between(160, 250), to_c = classes.between(250, 450),
                 to_b = classes.between(450, 1100);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = smoothed_[m];
        const Real soil =
            smooth_site_
                ? c.c7 + to_d * (c.c6 - c.c7) + to_c * (c.c5 - c.c6) - to_b * c.c5
                : select(is_b, class_b_ * c.c5, select(is_c, c.c5, select(is_d, c.c6, c.c7)));
        // Eq. 1
        const Real log10_y =
            constants[m] + c.c4 * r - spreading + soil * (1.0 - high_frequency_[m] * strong);
        const Real mean = (log10_y * ln10 - ln_cm_s2_per_g) * ln_scale_[m];
        sites.put(m, mean, {c.sigma * ln10, c.tau * ln10, c.phi * ln10});
      }
    });
  }

 private:
  static constexpr double max_depth_km = 100;

  AtkinsonBoore2003(const Binding& b, bool slab, Region region)
      : ModelBase(b, table_of(slab, region)),
        pga_(coefficients_at(table_of(slab, region), {pga}, b.info.name)),
        slab_(slab),
        fixed_depth_km_(b.arguments.number("fixed_depth_km", -1)),
        class_b_(b.arguments.flag("nshmp_site", false) ? 0.5 : 0.0),
        smooth_site_(b.arguments.flag("smooth_site", false)) {
    for (const Imt& imt : imts()) {
      high_frequency_.push_back(imt.kind == sa ? clamp(1 / imt.period_s - 1, 0.0, 1.0) : 1.0);
      ln_scale_.push_back(imt == Imt{sa, 4.0} ? 1 / 0.55 : 1.0);
      smoothed_.push_back(coefficients()[high_frequency_.size() - 1]);
      if (!slab) smooth(imt, smoothed_.back());
    }
  }

  /// Erratum of 2008: interface motions at 5 and 2.5 Hz are weighted averages of both.
  static void smooth(const Imt& imt, Coefficients& c) {
    if (imt != Imt{sa, 0.2} && imt != Imt{sa, 0.4}) return;
    const Label other = imt.period_s == 0.2 ? 0.4 : 0.2;
    const Coefficients unchanged = c;
    for (const Row<Coefficients>& row : interface_table)
      if (row.imt == other) c = interpolate(c, row.values, 0.667);
    c.sigma = unchanged.sigma;
    c.phi = unchanged.phi;
    c.tau = unchanged.tau;
  }

  Coefficients pga_;
  bool slab_;
  double fixed_depth_km_;
  double class_b_;  ///< what class B has of the term of class C
  bool smooth_site_;
  std::vector<double> high_frequency_;  ///< 0 up to 1 Hz, 1 from 2 Hz on
  std::vector<double> ln_scale_;        ///< of the header's row at 4 s
  std::vector<Coefficients> smoothed_;  ///< coefficients() with the erratum
};

}  // namespace

Entries atkinson_boore_2003() {
  ModelInfo interface {
    .name = "AtkinsonBoore2003SInter", .setting = "interface",
    .publication =
        "Atkinson and Boore (2003), Empirical ground-motion relations for "
        "subduction-zone earthquakes and their application to Cascadia and other "
        "regions, Bulletin of the Seismological Society of America 93(4), 1703-1729, "
        "doi:10.1785/0120020156",
    .component = "random horizontal", .region = "subduction zones worldwide",
    .needs = Needs::mag | Needs::hypo_depth | Needs::vs30 | Needs::r_rup, .mag = {5, 8.5},
    .distance_km = {
      0,
      500
    }
  };
  ModelInfo slab = interface;
  slab.name = "AtkinsonBoore2003SSlab";
  slab.setting = "slab";
  slab.mag = {5, 8};
  ModelInfo interface2008 = interface, slab2008 = slab, cascadia2008 = slab;
  interface2008.name = "AtkinsonBoore2003SInterNSHMP2008";
  slab2008.name = "AtkinsonBoore2003SSlabNSHMP2008";
  cascadia2008.name = "AtkinsonBoore2003SSlabCascadiaNSHMP2008";
  cascadia2008.region = "Cascadia";
  return {
      entry<AtkinsonBoore2003>(interface, interface_table),
      entry<AtkinsonBoore2003>(slab, slab_table, {{"slab", true}}),
      entry<AtkinsonBoore2003>(interface2008, interface_table,
                               {{"fixed_depth_km", 20.0}, {"nshmp_site", true}}),
      entry<AtkinsonBoore2003>(slab2008, slab_table, {{"slab", true}, {"nshmp_site", true}}),
      entry<AtkinsonBoore2003>(cascadia2008, cascadia_slab_table,
                               {{"slab", true}, {"region", "cascadia"}, {"nshmp_site", true}}),
  };
}

}  // namespace shakefield::gmm
