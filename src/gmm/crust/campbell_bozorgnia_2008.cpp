// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Campbell, K. W., and Bozorgnia, Y. (2008). NGA ground motion model for the geometric mean
// horizontal component of PGA, PGV, PGD and 5% damped linear elastic response spectra for periods
// ranging from 0.01 to 10 s. Earthquake Spectra 24(1), 139-171. doi:10.1193/1.2857546. CAV:
// Campbell, K. W., and Bozorgnia, Y. (2010). A ground motion prediction equation for the horizontal
// component of cumulative absolute velocity (CAV) based on the PEER-NGA strong motion database.
// Earthquake Spectra 26(3), 635-650. doi:10.1193/1.3457158.
//
// Component: GMRotI50. Ranges: Mw 4 to 8.5 (reverse 8, normal 7.5), r_rup below 200 km, vs30 150 to
// 1500 m/s, z2.5 below 10 km, ztor below 15 km, dip 15 to 90. Region: active crust worldwide.
// Standard deviations: tau, phi, sigma. Equations: the publications, and nshmp-haz (USGS, public
// domain). Coefficients: their Tables 2 and 3, figures read from the tables of the OpenQuake engine
// 3.26.2 by a script.

#include "fault_style.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, k1, k2, k3;  // Table 2
  double phi, tau, rho;                                                      // Table 3
};

constexpr Row<Coefficients> table[] = {
    {cav,
     {-4.354, 0.942, -0.178, -0.346, -1.309, 0.087, 7.24, 0.111, -0.108, 0.362, 2.549, 0.09, 1.277,
      400, -2.69, 1, 0.371, 0.196, 0.735}},
    {pgd,
     {-5.27, 1.6, -0.07, 0, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.744, 0.667, 0.485,
      0.174}},
    {pgv,
     {0.954, 0.696, -0.309, -0.019, -2.016, 0.17, 4, 0.245, 0, 0.358, 1.694, 0.092, 1, 400, -1.955,
      1.929, 0.484, 0.203, 0.691}},
    {pga,
     {-1.715, 0.5, -0.53, -0.262, -2.118, 0.17, 5.6, 0.28, -0.12, 0.49, 1.058, 0.04, 0.61, 865,
      -1.186, 1.839, 0.478, 0.219, 1}},
    {0.01,
     {-1.715, 0.5, -0.53, -0.262, -2.118, 0.17, 5.6, 0.28, -0.12, 0.49, 1.058, 0.04, 0.61, 865,
      -1.186, 1.839, 0.478, 0.219, 1}},
    {0.02,
     {-1.68, 0.5, -0.53, -0.262, -2.123, 0.17, 5.6, 0.28, -0.12, 0.49, 1.102, 0.04, 0.61, 865,
      -1.219, 1.84, 0.48, 0.219, 0.999}},
    {0.03,
     {-1.552, 0.5, -0.53, -0.262, -2.145, 0.17, 5.6, 0.28, -0.12, 0.49, 1.174, 0.04, 0.61, 908,
      -1.273, 1.841, 0.489, 0.235, 0.989}},
    {0.05,
     {-1.209, 0.5, -0.53, -0.267, -2.199, 0.17, 5.74, 0.28, -0.12, 0.49, 1.272, 0.04, 0.61, 1054,
      -1.346, 1.843, 0.51, 0.258, 0.963}},
    {0.075,
     {-0.657, 0.5, -0.53, -0.302, -2.277, 0.17, 7.09, 0.28, -0.12, 0.49, 1.438, 0.04, 0.61, 1086,
      -1.471, 1.845, 0.52, 0.292, 0.922}},
    {0.1,
     {-0.314, 0.5, -0.53, -0.324, -2.318, 0.17, 8.05, 0.28, -0.099, 0.49, 1.604, 0.04, 0.61, 1032,
      -1.624, 1.847, 0.531, 0.286, 0.898}},
    {0.15,
     {-0.133, 0.5, -0.53, -0.339, -2.309, 0.17, 8.79, 0.28, -0.048, 0.49, 1.928, 0.04, 0.61, 878,
      -1.931, 1.852, 0.532, 0.28, 0.89}},
    {0.2,
     {-0.486, 0.5, -0.446, -0.398, -2.22, 0.17, 7.6, 0.28, -0.012, 0.49, 2.194, 0.04, 0.61, 748,
      -2.188, 1.856, 0.534, 0.249, 0.871}},
    {0.25,
     {-0.89, 0.5, -0.362, -0.458, -2.146, 0.17, 6.58, 0.28, 0, 0.49, 2.351, 0.04, 0.7, 654, -2.381,
      1.861, 0.534, 0.24, 0.852}},
    {0.3,
     {-1.171, 0.5, -0.294, -0.511, -2.095, 0.17, 6.04, 0.28, 0, 0.49, 2.46, 0.04, 0.75, 587, -2.518,
      1.865, 0.544, 0.215, 0.831}},
    {0.4,
     {-1.466, 0.5, -0.186, -0.592, -2.066, 0.17, 5.3, 0.28, 0, 0.49, 2.587, 0.04, 0.85, 503, -2.657,
      1.874, 0.541, 0.217, 0.785}},
    {0.5,
     {-2.569, 0.656, -0.304, -0.536, -2.041, 0.17, 4.73, 0.28, 0, 0.49, 2.544, 0.04, 0.883, 457,
      -2.669, 1.883, 0.55, 0.214, 0.735}},
    {0.75,
     {-4.844, 0.972, -0.578, -0.406, -2, 0.17, 4, 0.28, 0, 0.49, 2.133, 0.077, 1, 410, -2.401,
      1.906, 0.568, 0.227, 0.628}},
    {1,
     {-6.406, 1.196, -0.772, -0.314, -2, 0.17, 4, 0.255, 0, 0.49, 1.571, 0.15, 1, 400, -1.955,
      1.929, 0.568, 0.255, 0.534}},
    {1.5,
     {-8.692, 1.513, -1.046, -0.185, -2, 0.17, 4, 0.161, 0, 0.49, 0.406, 0.253, 1, 400, -1.025,
      1.974, 0.564, 0.296, 0.411}},
    {2,
     {-9.701, 1.6, -0.978, -0.236, -2, 0.17, 4, 0.094, 0, 0.371, -0.456, 0.3, 1, 400, -0.299, 2.019,
      0.571, 0.296, 0.331}},
    {3,
     {-10.556, 1.6, -0.638, -0.491, -2, 0.17, 4, 0, 0, 0.154, -0.82, 0.3, 1, 400, 0, 2.11, 0.558,
      0.326, 0.289}},
    {4,
     {-11.212, 1.6, -0.316, -0.77, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.2, 0.576, 0.297,
      0.261}},
    {5,
     {-11.684, 1.6, -0.07, -0.986, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.291, 0.601, 0.359,
      0.2}},
    {7.5,
     {-12.505, 1.6, -0.07, -0.656, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.517, 0.628, 0.428,
      0.174}},
    {10,
     {-13.087, 1.6, -0.07, -0.422, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.744, 0.667, 0.485,
      0.174}},
};
// The same for all IMTs (Table 2 and 3).
constexpr double c = 1.88, n = 1.18, sigma_amp = 0.3;
constexpr double vs30_rock = 1100;

/// Terms of the rupture for one IMT.
struct Source {
  double constant, slope, hanging_wall;
};

Source source(const Coefficients& k, const GmmInput& in) {
  const double mag = in.mag;
  // Eq. 2
  const double magnitude =
      k.c0 + k.c1 * mag + k.c2 * std::max(mag - 5.5, 0.0) + k.c3 * std::max(mag - 6.5, 0.0);
  // Eq. 4 and 5
  const FaultStyle fault = fault_style(in.rake_deg);
  const double style = fault == FaultStyle::reverse  ? k.c7 * std::min(in.ztor_km, 1.0)
                       : fault == FaultStyle::normal ? k.c8
                                                     : 0.0;
  // Eq. 6 and 8 to 10
  const double hanging_wall = k.c9 * ramp(mag, 6, 6.5) * std::max(1 - in.ztor_km / 20, 0.0) *
                              (1 - ramp(in.dip_deg, 70, 90));
  return {.constant = magnitude + style, .slope = k.c4 + k.c5 * mag, .hanging_wall = hanging_wall};
}

/// Eq. 7: how near the site is to the surface projection, 1 above it.
Real hanging_wall(Real r_rup, Real r_jb, double ztor_km) {
  Real r = r_rup;
  if (ztor_km < 1) r = max(r, sqrt(square(r_jb) + 1));
  return select(r_jb > 0.0, (r - r_jb) / max(r, 1e-9), 1.0);
}

/// Eq. 3: distance term, and the hanging wall.
Real base(const Coefficients& k, const Source& s, Real r_rup_squared, Real hw) {
  return s.constant + 0.5 * s.slope * log(r_rup_squared + square(k.c6)) + s.hanging_wall * hw;
}

/// Eq. 12: sediments.
Real basin(const Coefficients& k, Real shallow, Real deep) {
  return k.c11 * shallow + k.c12 * k.k3 * deep;
}

/// Constants of the site term for one IMT.
struct SiteConstants {
  double ln_k1, per_k1_n;
};
SiteConstants site_constants(const Coefficients& k) {
  return {std::log(k.k1), std::pow(k.k1, -n)};
}

struct Response {
  Real ln_amplification;
  Real alpha;  // its derivative with respect to ln(PGA on rock), Eq. 17
};
/// Eq. 11.
Response site_response(const Coefficients& k, const SiteConstants& site, Real vs30, Real ln_vs30,
                       Real pga_rock) {
  const Real linear = (k.c10 + k.k2 * n) * (min(ln_vs30, std::log(vs30_rock)) - site.ln_k1);
  const Mask nonlinear = vs30 < k.k1;
  if (!any(nonlinear)) return {linear, 0.0};
  const Real soft = pga_rock + c * site.per_k1_n * exp(n * ln_vs30);
  const Real hard = pga_rock + c;
  return {select(nonlinear, k.c10 * (ln_vs30 - site.ln_k1) + k.k2 * log(soft / hard), linear),
          select(nonlinear, k.k2 * pga_rock * (1 / soft - 1 / hard), 0.0)};
}

/// z2.5 from z1.0 (Campbell and Bozorgnia, 2007, Eq. 6.3), that from vs30 (Chiou and Youngs, 2008,
/// Eq. 1), km.
Real mean_z2pt5(Real ln_vs30) {
  const Real v8 = exp(8 * ln_vs30);
  const Real z1pt0_m = exp(28.5 - 3.82 / 8 * log(v8 + std::pow(378.7, 8)));
  return 0.519 + 3.595 * z1pt0_m / 1000;
}

class CampbellBozorgnia2008 final : public ModelBase<Coefficients> {
 public:
  explicit CampbellBozorgnia2008(const Binding& b)
      : ModelBase(b, table),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        pga_site_(site_constants(pga_)),
        sites_(per_imt(site_constants)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto sources = per_imt([&](const Coefficients& k) { return source(k, in); });
    const Source pga_source = source(pga_, in);
    const double pga_rock_term = (pga_.c10 + pga_.k2 * n) * (std::log(vs30_rock) - pga_site_.ln_k1);
    const double pga_phi = std::sqrt(square(pga_.phi) - square(sigma_amp));

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup], vs30 = sites[in.vs30];
      const Real r_rup_squared = square(r_rup), ln_vs30 = log(vs30);
      const Real hw = hanging_wall(r_rup, sites[in.r_jb], in.ztor_km);
      const Real given = sites[in.z2pt5];
      const Real z2pt5 = any(given < 0.0) ? select(given < 0.0, mean_z2pt5(ln_vs30), given) : given;
      const Real shallow = min(z2pt5 - 1, 0.0);
      const Real deep = std::exp(-0.75) * (1 - exp(-0.25 * max(z2pt5 - 3, 0.0)));

      // Rock is taken above the site's own sediments.
      const Real pga_base = base(pga_, pga_source, r_rup_squared, hw) + basin(pga_, shallow, deep);
      const Real pga_rock = exp(pga_base + pga_rock_term);
      const Real ln_pga =
          pga_base + site_response(pga_, pga_site_, vs30, ln_vs30, pga_rock).ln_amplification;

      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& k = coefficients()[m];
        const Response response = site_response(k, sites_[m], vs30, ln_vs30, pga_rock);
        // Eq. 1
        Real mean = base(k, sources[m], r_rup_squared, hw) + response.ln_amplification +
                    basin(k, shallow, deep);
        // Accelerations of short periods are at least PGA.
        if (imts()[m].kind == sa && imts()[m].period_s <= 0.25) mean = max(mean, ln_pga);
        // Eq. 14 and 15
        const double phi_0 = std::sqrt(square(k.phi) - square(sigma_amp));
        const Real phi_pga = response.alpha * pga_phi;
        const Real phi = sqrt(square(k.phi) + square(phi_pga) + 2 * k.rho * phi_0 * phi_pga);
        sites.put(m, mean, between_within(k.tau, phi));
      }
    });
  }

 private:
  Coefficients pga_;
  SiteConstants pga_site_;
  std::vector<SiteConstants> sites_;
};

}  // namespace

Entries campbell_bozorgnia_2008() {
  return {entry<CampbellBozorgnia2008>(
      {.name = "CampbellBozorgnia2008",
       .setting = "crust",
       .publication =
           "Campbell and Bozorgnia (2008), NGA ground motion model for the geometric mean "
           "horizontal component of PGA, PGV, PGD and 5% damped linear elastic response spectra "
           "for periods ranging from 0.01 to 10 s, Earthquake Spectra 24(1), 139-171, "
           "doi:10.1193/1.2857546",
       .component = "GMRotI50",
       .region = "active crust worldwide",
       .needs = Needs::mag | Needs::rake | Needs::dip | Needs::ztor | Needs::vs30 | Needs::z2pt5 |
                Needs::r_rup | Needs::r_jb,
       .mag = {4, 8.5},
       .distance_km = {0, 200},
       .vs30 = {150, 1500}},
      table)};
}

}  // namespace shakefield::gmm
