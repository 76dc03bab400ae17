// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Stafford, P. J. (2022). A model for the distribution of response spectral ordinates from New
// Zealand crustal earthquakes based upon adjustments to the Chiou and Youngs (2014) response
// spectral model. GNS Science Report 2022/15, Lower Hutt. doi:10.21420/5098-0S19. Used in the
// national seismic hazard model of New Zealand of 2022.
//
// Component: RotD50. Ranges: those of Chiou and Youngs (2014). Region: New Zealand, crust. Standard
// deviations: tau, phi, sigma. Equations: the median is that of Chiou and Youngs (2014); the
// adjustments and deviations are found from values of the OpenQuake engine 3.26.2, which these
// functions fit within rounding. sigma is the median of its distribution, which lies below
// sqrt(tau² + phi²) since few data stand behind it (see effective_size). `sigma_branch`: its 10 %
// ("Lower"), 50 % or 90 % ("Upper") quantile. `adjust_c7`, `adjust_cg1`: switch an adjustment off.
// Only the central branch of the argument mu_branch is offered.

#include "chiou_youngs_2014.hpp"

namespace shakefield::gmm {
namespace {

using cy14::Coefficients;

/// The rows but for PGV, for which there is no adjustment.
std::span<const Row<Coefficients>> table() {
  static const std::vector<Row<Coefficients>> rows = [] {
    std::vector<Row<Coefficients>> kept(cy14::table.begin(), cy14::table.end());
    std::erase_if(kept, [](const Row<Coefficients>& row) { return row.imt == Label(pgv); });
    return kept;
  }();
  return rows;
}

/// From 0 to 1, half at the middle.
double sigmoid(double x, double slope, double middle) {
  return 1 / (1 + std::exp(-slope * (x - middle)));
}

struct Scatter {
  double near;  // 1 / sqrt(effective size) near the source
};
// clang-format off
constexpr Row<Scatter> scatter_table[] = {
    {0.01, {0.1496583}}, {0.02, {0.149655}}, {0.03, {0.1496512}}, {0.04, {0.1496419}},
    {0.05, {0.1495912}}, {0.06, {0.1493378}}, {0.075, {0.1474846}}, {0.085, {0.144726}},
    {0.1, {0.140982}}, {0.12, {0.1392508}}, {0.15, {0.1388442}}, {0.17, {0.1387981}},
    {0.2, {0.1387722}}, {0.25, {0.1387457}}, {0.3, {0.1387194}}, {0.4, {0.140728}},
    {0.5, {0.1422782}}, {0.75, {0.1449995}}, {1, {0.1466879}}, {1.25, {0.1475754}},
    {1.5, {0.1475924}}, {1.7, {0.1467834}}, {2, {0.1435674}}, {2.25, {0.1383322}},
    {2.5, {0.130352}}, {2.75, {0.1203708}}, {3, {0.1107308}}, {3.5, {0.09863271}},
    {4, {0.09416199}}, {5, {0.09268202}}, {6, {0.09321117}}, {7.5, {0.09423663}},
    {10, {0.09564033}},
};
// clang-format on

/// What depends on the period alone.
struct Adjustment {
  double c7b, cg1;  // added to the coefficients
  double tau_small, tau_large, phi_s2s;
  double scatter, middle_mag, per_mag, middle_ln_r, per_ln_r;  // of the effective size
};
constexpr double phi_ss = 0.39;

Adjustment adjustment(const Imt& imt, std::string_view model) {
  const double period = imt.kind == sa ? imt.period_s : 0.01;
  const double x = std::log(period);
  const double spread = 0.05 * (1 - sigmoid(x, 5, 0));
  const double w = sigmoid(period, 2, 3.5);
  return {.c7b = -0.0865 * (1 - sigmoid(x, 3.061849357, -1.5364)),
          .cg1 = std::min(0.0024 - 0.0048 * (1 - sigmoid(x, 1.6, std::log(1.8))), 0.0),
          .tau_small = 0.4 + spread,
          .tau_large = 0.4 - spread,
          .phi_s2s = 0.3171 + 0.4225857 * std::pow(period, 0.7911) * std::exp(-1.251046 * period),
          .scatter = coefficients_at(scatter_table, {sa, period}, model).near,
          .middle_mag = 5.82 + 0.58 * w,
          .per_mag = 1 / (0.42 - 0.04 * sigmoid(period, 5, 2.5)),
          .middle_ln_r = 3.75 + 2 * w,
          .per_ln_r = 1 / (0.225 + 1.075 * w)};
}

/// Size of the sample that the deviations rest on: least near large earthquakes.
Real effective_size(const Adjustment& a, double mag, Real ln_r_rup) {
  const double small = 1 - sigmoid(mag, a.per_mag, a.middle_mag);
  const Real far = 1 / (1 + exp(-a.per_ln_r * (ln_r_rup - a.middle_ln_r)));
  return 1 / square(a.scatter * (1 - 0.625 * small * far));
}

/// Quantile of the variance over its estimate, that of a chi-square distribution of k degrees of
/// freedom over k, at z standard deviations of the normal distribution: the series of Cornish and
/// Fisher in 1 / sqrt(k) (Johnson, Kotz and Balakrishnan, 1994, Continuous univariate distributions
/// 1, Eq. 18.22), good to 1e-6 above 20 degrees of freedom.
Real variance_ratio(Real k, double z) {
  const double z2 = square(z);
  const Real x = 1 / sqrt(k);
  const Real terms[] = {1.0,
                        std::sqrt(2.0) * z,
                        2.0 / 3 * (z2 - 1),
                        z * (z2 - 7) / (9 * std::sqrt(2.0)),
                        -2.0 / 405 * (3 * square(z2) + 7 * z2 - 16),
                        z * (9 * square(z2) + 256 * z2 - 433) / (4860 * std::sqrt(2.0)),
                        2.0 / 25515 * (12 * cube(z2) - 243 * square(z2) - 923 * z2 + 1472)};
  Real sum = 0.0;
  for (std::size_t i = std::size(terms); i-- > 0;) sum = terms[i] + sum * x;
  return sum;
}
constexpr double z_of_90_percent = 1.2815515655446004;

class Stafford2022 final : public ModelBase<Coefficients> {
 public:
  explicit Stafford2022(const Binding& b)
      : ModelBase(b, table()),
        sites_(per_imt(cy14::site_constants)),
        z_(b.arguments.choice(
            "sigma_branch",
            {{"Lower", -z_of_90_percent}, {"Central", 0.0}, {"Upper", z_of_90_percent}}, 0.0)) {
    b.arguments.not_offered("mu_branch", std::string("Central"));
    const bool adjust_c7 = b.arguments.flag("adjust_c7", true);
    const bool adjust_cg1 = b.arguments.flag("adjust_cg1", true);
    // Nothing depends on these two, in the engine either.
    b.arguments.flag("adjust_c1", true);
    b.arguments.flag("adjust_chm", true);
    for (std::size_t m = 0; m < size(); ++m) {
      adjustments_.push_back(adjustment(imts()[m], b.info.name));
      adjusted_.push_back(coefficients()[m]);
      if (adjust_c7) adjusted_[m].c7b += adjustments_[m].c7b;
      if (adjust_cg1) adjusted_[m].cg1 += adjustments_[m].cg1;
    }
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    constexpr auto region = cy14::Region::california;
    std::vector<cy14::Source> sources;
    for (const Coefficients& c : adjusted_) sources.push_back(cy14::source(c, in, region));
    const double w = ramp(in.mag, 5, 6.5);

    for_each_site(in, out, [&](const Sites& sites) {
      const cy14::Path path(in, sites);
      const Real ln_r_rup = log(max(path.r_rup, 1e-3));
      const cy14::Soil soil(sites[in.vs30], sites[in.z1pt0], region);
      for (std::size_t m = 0; m < size(); ++m) {
        const Adjustment& a = adjustments_[m];
        const cy14::Motion y =
            cy14::motion(adjusted_[m], sources[m], sites_[m], path, soil, region);
        const Real gain = 1 + y.nonlinearity;
        const double tau = a.tau_small + (a.tau_large - a.tau_small) * w;
        const Real phi = sqrt(square(phi_ss) * (0.264 + 0.736 * square(gain)) + square(a.phi_s2s));
        const Deviations parts = between_within(tau * abs(gain), phi);
        const Real ratio = variance_ratio(effective_size(a, in.mag, ln_r_rup) - 1, z_);
        sites.put(m, y.ln_mean, {parts.sigma * sqrt(ratio), parts.tau, parts.phi});
      }
    });
  }

 private:
  std::vector<cy14::SiteConstants> sites_;
  double z_;  ///< normal score of the quantile of sigma
  std::vector<Adjustment> adjustments_;
  std::vector<Coefficients> adjusted_;
};

}  // namespace

Entries stafford_2022() {
  return {entry<Stafford2022>(
      {.name = "Stafford2022",
       .setting = "crust",
       .publication =
           "Stafford (2022), A model for the distribution of response spectral ordinates from New "
           "Zealand crustal earthquakes based upon adjustments to the Chiou and Youngs (2014) "
           "response spectral model, GNS Science Report 2022/15, doi:10.21420/5098-0S19",
       .component = "RotD50",
       .region = "New Zealand",
       .needs = Needs::mag | Needs::rake | Needs::dip | Needs::ztor | Needs::vs30 | Needs::z1pt0 |
                Needs::r_rup | Needs::r_jb | Needs::r_x,
       .mag = {3.5, 8.5},
       .distance_km = {0, 300},
       .vs30 = {180, 1500}},
      table())};
}

}  // namespace shakefield::gmm
