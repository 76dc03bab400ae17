// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Abrahamson, N., and Silva, W. (2008). Summary of the Abrahamson & Silva NGA ground-motion
// relations. Earthquake Spectra 24(1), 67-97. doi:10.1193/1.2924360; with the errata of 2009 that
// PEER published.
//
// Component: GMRotI50. Ranges: Mw 5 to 8.5, r_rup below 200 km, vs30 180 to 2000 m/s. Region:
// active crust worldwide. Standard deviations: tau, phi, sigma; mainshocks only. The constant
// displacement model of long periods (Eq. 21 and 22) is left out, as in the OpenQuake engine.
// Equations: the publication. Coefficients: its Tables 5 and 6, figures read from the tables of
// the OpenQuake engine 3.26.2 by a script.

#include "fault_style.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double vlin, b, a1, a2, a8, a10, a12, a13, a14, a16, a18;     // Table 5
  double s1_estimated, s2_estimated, s1_measured, s2_measured;  // Table 6
  double s3, s4, rho;                                           // Table 6
};

// a15, aftershocks, is not used.
constexpr Row<Coefficients> table[] = {
    {pga,
     {865.1, -1.186, 0.804, -0.9679, -0.0372, 0.9445, 0, -0.06, 1.08, 0.9, -0.0067, 0.59, 0.47,
      0.576, 0.453, 0.47, 0.3, 1}},
    {pgv,
     {400, -1.955, 5.7578, -0.9046, -0.12, 1.539, 0.08, -0.06, 0.7, 0.63, 0, 0.59, 0.47, 0.576,
      0.453, 0.42, 0.3, 0.74}},
    {0.01,
     {865.1, -1.186, 0.811, -0.9679, -0.0372, 0.9445, 0, -0.06, 1.08, 0.9, -0.0067, 0.59, 0.47,
      0.576, 0.453, 0.42, 0.3, 1}},
    {0.02,
     {865.1, -1.219, 0.855, -0.9774, -0.0372, 0.9834, 0, -0.06, 1.08, 0.9, -0.0067, 0.59, 0.47,
      0.576, 0.453, 0.42, 0.3, 1}},
    {0.03,
     {907.8, -1.273, 0.962, -1.0024, -0.0372, 1.0471, 0, -0.06, 1.1331, 0.9, -0.0067, 0.605, 0.478,
      0.591, 0.461, 0.462, 0.305, 0.991}},
    {0.04,
     {994.5, -1.308, 1.037, -1.0289, -0.0315, 1.0884, 0, -0.06, 1.1708, 0.9, -0.0067, 0.615, 0.483,
      0.602, 0.466, 0.492, 0.309, 0.982}},
    {0.05,
     {1053.5, -1.346, 1.133, -1.0508, -0.0271, 1.1333, 0, -0.06, 1.2, 0.9, -0.0076, 0.623, 0.488,
      0.61, 0.471, 0.515, 0.312, 0.973}},
    {0.075,
     {1085.7, -1.471, 1.375, -1.081, -0.0191, 1.2808, 0, -0.06, 1.2, 0.9, -0.0093, 0.63, 0.495,
      0.617, 0.479, 0.55, 0.317, 0.952}},
    {0.1,
     {1032.5, -1.624, 1.563, -1.0833, -0.0166, 1.4613, 0, -0.06, 1.2, 0.9, -0.0093, 0.63, 0.501,
      0.617, 0.485, 0.55, 0.321, 0.929}},
    {0.15,
     {877.6, -1.931, 1.716, -1.0357, -0.0254, 1.8071, 0.0181, -0.06, 1.1683, 0.9, -0.0093, 0.63,
      0.509, 0.616, 0.491, 0.55, 0.326, 0.896}},
    {0.2,
     {748.2, -2.188, 1.687, -0.97, -0.0396, 2.0773, 0.0309, -0.06, 1.1274, 0.9, -0.0083, 0.63,
      0.514, 0.614, 0.495, 0.52, 0.329, 0.874}},
    {0.25,
     {654.3, -2.381, 1.646, -0.9202, -0.0539, 2.2794, 0.0409, -0.06, 1.0956, 0.9, -0.0069, 0.63,
      0.518, 0.612, 0.497, 0.497, 0.332, 0.856}},
    {0.3,
     {587.1, -2.518, 1.601, -0.8974, -0.0656, 2.4201, 0.0491, -0.06, 1.0697, 0.9, -0.0057, 0.63,
      0.522, 0.611, 0.499, 0.479, 0.335, 0.841}},
    {0.4,
     {503, -2.657, 1.511, -0.8677, -0.0807, 2.551, 0.0619, -0.06, 1.0288, 0.8423, -0.0039, 0.63,
      0.527, 0.608, 0.501, 0.449, 0.338, 0.818}},
    {0.5,
     {456.6, -2.669, 1.397, -0.8475, -0.0924, 2.5395, 0.0719, -0.06, 0.9971, 0.7458, -0.0025, 0.63,
      0.532, 0.606, 0.504, 0.426, 0.341, 0.783}},
    {0.75,
     {410.5, -2.401, 1.137, -0.8206, -0.1137, 2.1493, 0.08, -0.06, 0.9395, 0.5704, 0, 0.63, 0.539,
      0.602, 0.506, 0.385, 0.346, 0.68}},
    {1,
     {400, -1.955, 0.915, -0.8088, -0.1289, 1.5705, 0.08, -0.06, 0.8985, 0.446, 0, 0.63, 0.545,
      0.594, 0.503, 0.35, 0.35, 0.607}},
    {1.5,
     {400, -1.025, 0.51, -0.7995, -0.1534, 0.3991, 0.08, -0.06, 0.8409, 0.2707, 0, 0.615, 0.552,
      0.566, 0.497, 0.35, 0.35, 0.504}},
    {2,
     {400, -0.299, 0.192, -0.796, -0.1708, -0.6072, 0.08, -0.06, 0.8, 0.1463, 0, 0.604, 0.558,
      0.544, 0.491, 0.35, 0.35, 0.431}},
    {3,
     {400, 0, -0.28, -0.796, -0.1954, -0.96, 0.08, -0.06, 0.4793, -0.0291, 0, 0.589, 0.565, 0.527,
      0.5, 0.35, 0.35, 0.328}},
    {4,
     {400, 0, -0.639, -0.796, -0.2128, -0.96, 0.08, -0.06, 0.2518, -0.1535, 0, 0.578, 0.57, 0.515,
      0.505, 0.35, 0.35, 0.255}},
    {5,
     {400, 0, -0.936, -0.796, -0.2263, -0.9208, 0.08, -0.06, 0.0754, -0.25, 0, 0.57, 0.587, 0.51,
      0.529, 0.35, 0.35, 0.2}},
    {7.5,
     {400, 0, -1.527, -0.796, -0.2509, -0.77, 0.08, -0.06, 0, -0.25, 0, 0.611, 0.618, 0.572, 0.579,
      0.35, 0.35, 0.2}},
    {10,
     {400, 0, -1.993, -0.796, -0.2683, -0.663, 0.08, -0.06, 0, -0.25, 0, 0.64, 0.64, 0.612, 0.612,
      0.35, 0.35, 0.2}},
};
// The same for all IMTs (Table 4).
constexpr double c1 = 6.75, c4 = 4.5, a3 = 0.265, a4 = -0.231, a5 = -0.398;
constexpr double n = 1.18, c = 1.88, c2 = 50;
constexpr double vs30_rock = 1100, sigma_amp = 0.3;

/// Terms of the rupture for one IMT.
struct Source {
  double constant, slope, far, hanging_wall;
  double tau, phi_estimated, phi_measured;  // before the nonlinear response
};

Source source(const Coefficients& k, const GmmInput& in) {
  const double mag = in.mag, dm = mag - c1;
  const bool reverse = in.rake_deg > 30 && in.rake_deg < 150;
  const bool normal = in.rake_deg > -120 && in.rake_deg < -60;
  // Eq. 2
  const double magnitude = k.a1 + (dm <= 0 ? a4 : a5) * dm + k.a8 * square(8.5 - mag);
  // Eq. 1
  const double style = reverse ? k.a12 : normal ? k.a13 : 0.0;
  // Eq. 13
  const double top = k.a16 * std::min(in.ztor_km / 10, 1.0);
  // Eq. 14 and 15
  const double taper = 1 - 0.5 * ramp(mag, 5.5, 6.5);
  // Eq. 27 and 28
  const double w = ramp(mag, 5, 7);
  return {.constant = magnitude + style + top,
          .slope = k.a2 + a3 * dm,
          .far = k.a18 * taper,
          .hanging_wall = k.a14,
          .tau = k.s3 + (k.s4 - k.s3) * w,
          .phi_estimated = k.s1_estimated + (k.s2_estimated - k.s1_estimated) * w,
          .phi_measured = k.s1_measured + (k.s2_measured - k.s1_measured) * w};
}

/// Eq. 7 to 12: hanging-wall term over a14.
class HangingWall {
 public:
  explicit HangingWall(const GmmInput& in)
      : width_km_(in.width_km * std::cos(in.dip_deg * std::numbers::pi / 180)),
        top_km_(in.ztor_km),
        is_vertical_(in.dip_deg >= 90) {
    factor_ = ramp(in.mag, 6, 7) * (1 - ramp(in.dip_deg, 30, 90));
  }

  Real operator()(Real r_jb, Real r_x) const {
    if (factor_ == 0 || !any(r_x >= 0.0)) return 0.0;
    const Real near = max(1 - r_jb / 30, 0.0);
    const Real across = is_vertical_ ? Real(1.0) : min(0.5 + r_x / (2 * width_km_), 1.0);
    const Real beside = select(r_x >= top_km_, 1.0, r_x / std::max(top_km_, 1e-9));
    return select(r_x >= 0.0, factor_ * near * across * beside, 0.0);
  }

 private:
  double width_km_, top_km_, factor_;
  bool is_vertical_;
};

/// Constants of the site terms for one IMT.
struct SiteConstants {
  double ln_vlin, ln_v1, rock, shallow, deep;
};
SiteConstants site_constants(const Coefficients& k, const Imt& imt) {
  const double period = imt.kind == sa ? imt.period_s : 0.0;
  // Eq. 6
  const double v1 = imt.kind == pgv ? 862
                    : period <= 0.5 ? 1500
                    : period <= 1   ? std::exp(8.0 - 0.795 * std::log(period / 0.21))
                    : period < 2    ? std::exp(6.76 - 0.297 * std::log(period))
                                    : 700;
  // Eq. 19, for PGV as at 1 s
  const double basin_period = imt.kind == pgv ? 1.0 : period;
  const double shallow =
      basin_period < 0.35 ? 0.0 : -0.25 * std::log(std::min(basin_period, 2.0) / 0.35);
  // Eq. 20
  const double deep = period < 2 ? 0.0 : 0.0625 * (period - 2);
  const double ln_vlin = std::log(k.vlin), ln_v1 = std::log(v1);
  return {.ln_vlin = ln_vlin,
          .ln_v1 = ln_v1,
          .rock = (k.a10 + k.b * n) * (std::min(ln_v1, std::log(vs30_rock)) - ln_vlin),
          .shallow = shallow,
          .deep = deep};
}

/// Terms of the sites that all IMTs share.
struct Soil {
  Soil(Real vs30_, Real z1pt0_m) : vs30(vs30_), ln_vs30(log(vs30_)) {
    // Eq. 17: its mean for this vs30 where z1.0 is not known
    const Real ln_mean = select(vs30 < 180.0, 6.745,
                                select(vs30 <= 500.0, 6.745 - 1.35 * (ln_vs30 - std::log(180.0)),
                                       5.394 - 4.48 * (ln_vs30 - std::log(500.0))));
    const Real mean = exp(ln_mean);
    const Real z = select(z1pt0_m < 0.0, mean, z1pt0_m);
    ln_ratio = log((z + c2) / (mean + c2));
    ln_deep = max(log(max(z, 1.0) / 200), 0.0);
  }
  Real vs30, ln_vs30, ln_ratio, ln_deep;
};

/// Eq. 16 to 20: soil depth.
Real soil_depth(const Coefficients& k, const SiteConstants& site, const Soil& soil) {
  const double ln_1000 = std::log(1000.0);
  const Real linear =
      (k.a10 + k.b * n) * (min(soil.ln_vs30, site.ln_v1) - std::min(site.ln_v1, ln_1000));
  const Real e2 = site.shallow * min(soil.ln_vs30 - ln_1000, 0.0);
  // a21 ln_ratio, kept from outweighing the amplification relative to 1000 m/s
  const Real shallow = max(e2 * soil.ln_ratio, -linear);
  return select(soil.vs30 >= 1000.0, 0.0, shallow) + site.deep * soil.ln_deep;
}

class AbrahamsonSilva2008 final : public ModelBase<Coefficients> {
 public:
  explicit AbrahamsonSilva2008(const Binding& b)
      : ModelBase(b, table),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        pga_site_(site_constants(pga_, {pga, 0})) {
    for (std::size_t m = 0; m < size(); ++m)
      sites_.push_back(site_constants(coefficients()[m], imts()[m]));
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto sources = per_imt([&](const Coefficients& k) { return source(k, in); });
    const Source pga_source = source(pga_, in);
    const HangingWall hanging_wall(in);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Real ln_r = 0.5 * log(square(r_rup) + square(c4));  // Eq. 3
      const Real beyond_100 = max(r_rup - 100, 0.0);
      const Real hw = hanging_wall(sites[in.r_jb], sites[in.r_x]);
      const Soil soil(sites[in.vs30], sites[in.z1pt0]);
      const Mask measured = sites[in.vs30measured] > 0.0;
      // Eq. 1 but for the site terms
      const auto base = [&](const Source& s) {
        return s.constant + s.slope * ln_r + s.hanging_wall * hw + s.far * beyond_100;
      };
      const Real pga_rock = exp(base(pga_source) + pga_site_.rock);
      const Real pga_phi = rock_deviation(pga_source, measured);

      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& k = coefficients()[m];
        const Source& s = sources[m];
        // Eq. 4 and 5
        const Real x = min(soil.ln_vs30, sites_[m].ln_v1) - sites_[m].ln_vlin;
        const Mask nonlinear = soil.vs30 < k.vlin;
        Real response = (k.a10 + k.b * n) * x;
        Real slope = 0.0;  // its derivative with respect to ln(PGA on rock), Eq. 26
        if (any(nonlinear)) {
          const Real soft = pga_rock + c * exp(n * x), hard = pga_rock + c;
          response = select(nonlinear, k.a10 * x + k.b * log(soft / hard), response);
          slope = select(nonlinear, k.b * pga_rock * (1 / soft - 1 / hard), 0.0);
        }
        const Real mean = base(s) + response + soil_depth(k, sites_[m], soil);
        // Eq. 24 and 25
        const Real phi_0 = rock_deviation(s, measured), phi_pga = slope * pga_phi;
        const Real phi =
            sqrt(square(phi_0) + square(sigma_amp) + square(phi_pga) + 2 * k.rho * phi_0 * phi_pga);
        const Real tau_pga = slope * pga_source.tau;
        const Real tau = sqrt(square(s.tau) + square(tau_pga) + 2 * k.rho * s.tau * tau_pga);
        sites.put(m, mean, between_within(tau, phi));
      }
    });
  }

 private:
  /// Eq. 23: within-event deviation less that of the amplification.
  static Real rock_deviation(const Source& s, Mask measured) {
    return sqrt(square(select(measured, s.phi_measured, s.phi_estimated)) - square(sigma_amp));
  }

  Coefficients pga_;
  SiteConstants pga_site_;
  std::vector<SiteConstants> sites_;
};

}  // namespace

Entries abrahamson_silva_2008() {
  return {entry<AbrahamsonSilva2008>(
      {.name = "AbrahamsonSilva2008",
       .setting = "crust",
       .publication = "Abrahamson and Silva (2008), Summary of the Abrahamson & Silva NGA "
                      "ground-motion relations, Earthquake Spectra 24(1), 67-97, "
                      "doi:10.1193/1.2924360",
       .component = "GMRotI50",
       .region = "active crust worldwide",
       .needs = Needs::mag | Needs::rake | Needs::dip | Needs::ztor | Needs::width | Needs::vs30 |
                Needs::vs30measured | Needs::z1pt0 | Needs::r_rup | Needs::r_jb | Needs::r_x,
       .mag = {5, 8.5},
       .distance_km = {0, 200},
       .vs30 = {180, 2000}},
      table)};
}

}  // namespace shakefield::gmm
