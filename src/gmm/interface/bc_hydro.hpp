// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm::bc_hydro {

// The functional form of Abrahamson et al. (2016), which Montalva et al. (2017) fitted to Chile and
// Danciu et al. (2021) adapted to the Mediterranean.

/// Tables 2 and 3, with the terms that later publications made depend on period.
struct Coefficients {
  double vlin, b;
  double t1, t2, t3, t4, t5, t6, t7, t8, t10, t11, t12, t13, t14, t15, t16;
  double phi, tau, sigma;
  double sigma_ss;  ///< total standard deviation at a known site
};

struct DeltaC1 {
  double value;
};
/// Table 4, central branch: shift of the magnitude of the break of interface events. The row at
/// 0.01 s is that of PGA.
inline constexpr Row<DeltaC1> delta_c1_table[] = {
    {pga, {0.2}}, {0.01, {0.2}}, {0.02, {0.2}}, {0.3, {0.2}}, {0.5, {0.1}},
    {1, {0}},     {2, {-0.1}},   {3, {-0.2}},   {10, {-0.2}},
};

struct SigmaMu {
  double interface, slab;
};
/// Half widths of the 90 % range of the median, Table 6: what `sigma_mu_epsilon` multiplies,
/// after division by 1.65.
inline constexpr Row<SigmaMu> sigma_mu_table[] = {
    {pga, {0.3, 0.5}},   {0.01, {0.3, 0.5}}, {0.2, {0.3, 0.5}},
    {0.25, {0.3, 0.46}}, {0.3, {0.3, 0.42}}, {0.4, {0.3, 0.38}},
    {0.5, {0.3, 0.34}},  {0.6, {0.3, 0.3}},  {10, {0.3, 0.3}},
};

/// Arguments: `slab`; `interface_delta_c1`, the break of interface events for slab ones too;
/// `delta_c1_shift`, the upper or lower branch of the break's magnitude;
/// `theta6_adjustment`, added to the anelastic attenuation; `sigma_mu_epsilon`; `ergodic`.
class Form : public ModelBase<Coefficients> {
 public:
  void evaluate(const GmmInput& in, const GmmOutput& out) const final {
    const auto sources = [&] {
      std::vector<Source> all;
      for (std::size_t m = 0; m < size(); ++m)
        all.push_back(source(coefficients()[m], delta_c1_[m], in));
      return all;
    }();
    const Source pga_source = source(pga_, pga_delta_c1_, in);
    const double near = 10 * std::exp(0.4 * (in.mag - 6));
    const std::span<const double> distance = slab_ ? in.r_hypo : in.r_rup;

    for_each_site(in, out, [&](const Sites& sites) {
      const Path path = path_of(sites[distance], near, backarc_weight(in, sites));
      // Eq. 5: vs30 does not count beyond 1000 m/s.
      const Real vs30 = sites[in.vs30];
      const Real ln_vs30 = log(min(vs30, vs_rock));
      const Real pga_rock = exp(rock(pga_, pga_source, path) + linear_site(pga_, ln_vs_rock));
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real mean =
            rock(c, sources[m], path) + site(c, vs30 < c.vlin, ln_vs30, pga_rock) + bias_[m];
        sites.put(m, mean, deviations(c));
      }
    });
  }

 protected:
  /// c1: magnitude of the break less its shift.
  Form(const Binding& b, std::span<const Row<Coefficients>> table, double c1)
      : ModelBase(b, table),
        c1_(c1),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        slab_(b.arguments.flag("slab", false)),
        ergodic_(b.arguments.flag("ergodic", true)),
        theta6_adjustment_(b.arguments.number("theta6_adjustment", 0)) {
    const double shift = b.arguments.number("delta_c1_shift", 0);
    const double epsilon = b.arguments.number("sigma_mu_epsilon", 0);
    const bool fixed = slab_ && !b.arguments.flag("interface_delta_c1", false);
    const auto delta_c1 = [&](const Imt& imt) {
      return shift + (fixed ? -0.3 : coefficients_at(delta_c1_table, imt, b.info.name).value);
    };
    pga_delta_c1_ = delta_c1({pga});
    for (const Imt& imt : imts()) {
      delta_c1_.push_back(delta_c1(imt));
      const SigmaMu sigma_mu = coefficients_at(sigma_mu_table, imt, b.info.name);
      bias_.push_back(epsilon * (slab_ ? sigma_mu.slab : sigma_mu.interface) / 1.65);
    }
  }

  /// How far a site lies in the backarc: 0 to 1.
  virtual Real backarc_weight(const GmmInput& in, const Sites& sites) const {
    return select(sites[in.backarc] > 0.5, 1.0, 0.0);
  }

 private:
  static constexpr double vs_rock = 1000;
  static inline const double ln_vs_rock = std::log(vs_rock);
  static constexpr double c_soil = 1.88, n = 1.18;

  /// Terms of the rupture for one IMT.
  struct Source {
    double constant, slope;
  };
  /// What all IMTs share at the sites of one vector.
  struct Path {
    Real distance, ln_distance, ln_backarc_distance, backarc;
  };

  /// Eq. 1 to 3 without distance.
  Source source(const Coefficients& c, double delta_c1, const GmmInput& in) const {
    const double dm = in.mag - (c1_ + delta_c1);
    const double magnitude = (dm <= 0 ? c.t4 : c.t5) * dm + c.t13 * square(10 - in.mag);
    Source s{.constant = c.t1 + c.t4 * delta_c1 + magnitude, .slope = c.t2 + c.t3 * (in.mag - c1_)};
    if (slab_) {
      s.constant += c.t10 + c.t11 * (min(in.hypo_depth_km, 120.0) - 60);
      s.slope += c.t14;
    }
    return s;
  }

  Path path_of(Real distance, double near, Real backarc) const {
    return {distance, log(distance + near), log(max(distance, slab_ ? 85.0 : 100.0) / 40), backarc};
  }

  /// Eq. 1, 2 and 4: all but the site term.
  Real rock(const Coefficients& c, const Source& s, const Path& p) const {
    const Real backarc =
        slab_ ? c.t7 + c.t8 * p.ln_backarc_distance : c.t15 + c.t16 * p.ln_backarc_distance;
    return s.constant + s.slope * p.ln_distance + (c.t6 + theta6_adjustment_) * p.distance +
           backarc * p.backarc;
  }

  /// Eq. 5, vs30 above vlin.
  template <class T>
  static T linear_site(const Coefficients& c, T ln_vs30) {
    return (c.t12 + c.b * n) * (ln_vs30 - std::log(c.vlin));
  }

  /// Eq. 5
  static Real site(const Coefficients& c, Mask soft, Real ln_vs30, Real pga_rock) {
    const Real ratio = ln_vs30 - std::log(c.vlin);
    const Real nonlinear =
        c.t12 * ratio + c.b * (log(pga_rock + c_soil * exp(n * ratio)) - log(pga_rock + c_soil));
    return select(soft, nonlinear, linear_site(c, ln_vs30));
  }

  Deviations deviations(const Coefficients& c) const {
    if (ergodic_) return {c.sigma, c.tau, c.phi};
    return {c.sigma_ss, c.tau, std::sqrt(square(c.sigma_ss) - square(c.tau))};
  }

  double c1_;
  Coefficients pga_;
  bool slab_, ergodic_;
  double theta6_adjustment_, pga_delta_c1_;
  std::vector<double> delta_c1_, bias_;
};

}  // namespace shakefield::gmm::bc_hydro
