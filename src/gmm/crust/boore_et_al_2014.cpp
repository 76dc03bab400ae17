// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Boore, D. M., Stewart, J. P., Seyhan, E., and Atkinson, G. M. (2014). NGA-West2 equations for
// predicting PGA, PGV, and 5% damped PSA for shallow crustal earthquakes. Earthquake Spectra 30(3),
// 1057-1085. doi:10.1193/070113EQS184M.
//
// Component: RotD50. Ranges: Mw 3 to 8.5 (normal 7), r_jb below 400 km, vs30 150 to 1500 m/s.
// Region: active crust worldwide, with regional attenuation. Standard deviations: tau, phi, sigma.
// Equations: the publication, and nshmp-haz (USGS, public domain). Coefficients: the table's
// header.

#include "boore_et_al_2014_table.hpp"
#include "canada_shm6.hpp"
#include "epistemic.hpp"
#include "fault_style.hpp"
#include "usgs_basin.hpp"

namespace shakefield::gmm {
namespace {

using bssa14::Coefficients;
using bssa14::table;

/// Whose basins: without a region the basin term is left out.
enum class Basin { none, california, japan };
/// Regional change of the anelastic attenuation.
enum class Attenuation { average, high_q, low_q };

constexpr double vref = 760, v1 = 225, v2 = 300, f3 = 0.1;

class BooreEtAl2014 final : public ModelBase<Coefficients> {
 public:
  explicit BooreEtAl2014(const Binding& b)
      : ModelBase(b, table),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        basin_(b.arguments.choice(
            "region", {{"nobasin", Basin::none}, {"CAL", Basin::california}, {"JPN", Basin::japan}},
            Basin::none)),
        attenuation_(b.arguments.choice("attenuation",
                                        {{"average", Attenuation::average},
                                         {"high_q", Attenuation::high_q},
                                         {"low_q", Attenuation::low_q}},
                                        Attenuation::average)),
        style_known_(b.arguments.flag("sof", true)),
        is_shm6_(b.arguments.flag("shm6", false)),
        sigma_mu_epsilon_(b.arguments.number("sigma_mu_epsilon", 0.0)),
        usgs_basin_(b.arguments.flag("usgs_basin_scaling", false)) {
    b.arguments.not_offered("cybershake_basin_adj", false);
    if (basin_ != Basin::none) require(Needs::z1pt0);
    if (sigma_mu_epsilon_ != 0) require(Needs::r_rup);
    core::validate(!usgs_basin_ || basin_ != Basin::none, core::ErrorKind::config,
                   fmt::format("model {} with usgs_basin_scaling has no basin to scale, add "
                               "region = \"CAL\"",
                               b.info.name));
    for (std::size_t m = 0; m < size(); ++m)
      sites_.push_back(site_of(coefficients()[m], imts()[m]));
    for (std::size_t m = 0; m < size(); ++m)
      if (is_shm6_) {
        const double at_1100 = shm6::ln_1100 - std::log(vref);
        sites_[m].hard_rock =
            shm6::hard_rock(imts()[m], coefficients()[m].c * at_1100, b.info.name);
      }
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const Source pga_source = source(pga_, in);
    const auto sources = per_imt([&](const Coefficients& c) { return source(c, in); });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_jb = sites[in.r_jb];
      const Real vs30 = sites[in.vs30];
      const Real ln_r_jb = log(max(r_jb, 1.0));
      const Real ln_vs30 = log(vs30);
      const Real ln_soil = is_shm6_ ? min(ln_vs30, shm6::ln_1100) : ln_vs30;
      const Real hard_rock = is_shm6_ ? shm6::hard_rock_weight(ln_vs30) : Real(0.0);
      const Real pga_rock = exp(event_and_path(pga_source, r_jb));
      const Real ln_rock = log((pga_rock + f3) / f3);  // Eq. 7
      const Real vs30_excess = min(vs30, vref) - 360;  // Eq. 8
      const Real dz1 = basin_ == Basin::none ? Real(0.0) : depth_difference(sites[in.z1pt0], vs30);
      const Real deep = usgs_basin_ ? usgs::basin_depth_weight(sites[in.z1pt0]) : Real(1.0);
      const Real shift = sigma_mu_epsilon_ == 0
                             ? Real(0.0)
                             : sigma_mu_epsilon_ * epistemic_deviation(in.mag, sites[in.r_rup]);
      const Real soft = clamp((std::log(v2) - ln_vs30) / std::log(v2 / v1), 0.0, 1.0);  // Eq. 17

      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Site& site = sites_[m];
        // Eq. 6 to 8
        const Real linear = c.c * (min(ln_soil, site.ln_vc) - std::log(vref));
        const Real f2 = c.f4 * (exp(c.f5 * vs30_excess) - site.f2_rock);
        Real mean = event_and_path(sources[m], r_jb) + linear + f2 * ln_rock + shift;
        if (is_shm6_) mean += site.hard_rock * hard_rock;
        if (site.has_basin) mean += site.basin_weight * deep * min(c.f6 * dz1, c.f7);  // Eq. 9
        // Eq. 16 and 17
        const Real far = clamp((ln_r_jb - site.ln_r1) * site.per_ln_r, 0.0, 1.0);
        const Real phi = sources[m].phi + c.dphi_r * far - c.dphi_v * soft;
        sites.put(m, mean, between_within(sources[m].tau, phi));
      }
    });
  }

 private:
  /// Terms of the rupture for one IMT.
  struct Source {
    double event, slope, c3, h_squared, tau, phi;
  };
  /// Constants of the site terms for one IMT.
  struct Site {
    double ln_vc, f2_rock, ln_r1, per_ln_r;
    bool has_basin;
    double basin_weight, hard_rock;
  };

  Source source(const Coefficients& c, const GmmInput& in) const {
    const FaultStyle style = fault_style(in.rake_deg);
    const double dm = in.mag - c.mh;
    const double style_term = !style_known_                      ? c.e0
                              : style == FaultStyle::strike_slip ? c.e1
                              : style == FaultStyle::normal      ? c.e2
                                                                 : c.e3;
    const double dc3 = attenuation_ == Attenuation::high_q  ? c.dc3_high_q
                       : attenuation_ == Attenuation::low_q ? c.dc3_low_q
                                                            : 0.0;
    const double w = clamp(in.mag - 4.5, 0.0, 1.0);
    return {.event = style_term + (dm <= 0 ? c.e4 * dm + c.e5 * square(dm) : c.e6 * dm),  // Eq. 2
            .slope = c.c1 + c.c2 * (in.mag - 4.5),
            .c3 = c.c3 + dc3,
            .h_squared = square(c.h),
            .tau = c.tau1 + (c.tau2 - c.tau1) * w,   // Eq. 14
            .phi = c.phi1 + (c.phi2 - c.phi1) * w};  // Eq. 15
  }

  Site site_of(const Coefficients& c, const Imt& imt) const {
    return {.ln_vc = std::log(c.vc),
            .f2_rock = std::exp(c.f5 * (vref - 360)),
            .ln_r1 = std::log(c.r1),
            .per_ln_r = 1 / std::log(c.r2 / c.r1),
            .has_basin = imt.kind == sa && imt.period_s >= 0.65,
            .basin_weight = usgs_basin_ ? usgs::basin_period_weight(imt) : 1.0,
            .hard_rock = 0};
  }

  /// Eq. 2 to 4.
  static Real event_and_path(const Source& s, Real r_jb) {
    const Real r = sqrt(square(r_jb) + s.h_squared);
    return s.event + s.slope * log(r) + s.c3 * (r - 1.0);
  }

  /// Eq. 10 to 12: z1.0 less its mean for this vs30, km; 0 where z1.0 is not known.
  Real depth_difference(Real z1pt0_m, Real vs30) const {
    Real ln_mean;
    if (basin_ == Basin::california) {
      const double a = square(square(570.94)), b = square(square(1360.0)) + a;
      ln_mean = -7.15 / 4 * log((square(square(vs30)) + a) / b);
    } else {
      const double a = square(412.39), b = square(1360.0) + a;
      ln_mean = -5.23 / 2 * log((square(vs30) + a) / b);
    }
    return select(z1pt0_m < 0.0, 0.0, (z1pt0_m - exp(ln_mean)) / 1000);
  }

  Coefficients pga_;
  Basin basin_;
  Attenuation attenuation_;
  bool style_known_, is_shm6_;
  double sigma_mu_epsilon_;
  bool usgs_basin_;
  std::vector<Site> sites_;
};

}  // namespace

Entries boore_et_al_2014() {
  ModelInfo info{
      .name = "BooreEtAl2014",
      .setting = "crust",
      .publication =
          "Boore, Stewart, Seyhan and Atkinson (2014), NGA-West2 equations for predicting PGA, "
          "PGV, "
          "and 5% damped PSA for shallow crustal earthquakes, Earthquake Spectra 30(3), 1057-1085, "
          "doi:10.1193/070113EQS184M",
      .component = "RotD50",
      .region = "active crust worldwide",
      .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_jb,
      .mag = {3, 8.5},
      .distance_km = {0, 400},
      .vs30 = {150, 1500}};
  ModelInfo high_q = info, low_q = info;
  high_q.name = "BooreEtAl2014HighQ";
  high_q.region = "China, Turkey";
  low_q.name = "BooreEtAl2014LowQ";
  low_q.region = "Italy, Japan";
  return {entry<BooreEtAl2014>(info, table),
          entry<BooreEtAl2014>(high_q, table, {{"attenuation", "high_q"}}),
          entry<BooreEtAl2014>(low_q, table, {{"attenuation", "low_q"}}),
          entry<BooreEtAl2014>(
              shm6::described(info, "CanadaSHM6_ActiveCrust_BooreEtAl2014", info.needs), table,
              {{"shm6", true}})};
}

}  // namespace shakefield::gmm
