// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Campbell, K. W., and Bozorgnia, Y. (2014). NGA-West2 ground motion model for the average
// horizontal components of PGA, PGV, and 5% damped linear acceleration response spectra. Earthquake
// Spectra 30(3), 1087-1115. doi:10.1193/062913EQS175M. IA and CAV: Campbell, K. W., and Bozorgnia,
// Y. (2019). Ground motion models for the horizontal components of Arias intensity (AI) and
// cumulative absolute velocity (CAV) using the NGA-West2 database. Earthquake Spectra 35(3),
// 1289-1310. doi:10.1193/090818EQS212M.
//
// Component: RotD50. Ranges: Mw 3.3 to 8.5 (reverse 8, normal 7.5), r_rup below 300 km, vs30 150 to
// 1500 m/s, ztor below 20 km, hypocentre below 20 km, dip 15 to 90. Region: active crust worldwide
// (without the publication's terms for Japan, Italy and China). Standard deviations: tau, phi,
// sigma. Equations: the publication, and nshmp-haz (USGS, public domain). Coefficients: its Tables
// 2 and 3, figures read from the tables of the OpenQuake engine 3.26.2 by a script.

#include "canada_shm6.hpp"
#include "epistemic.hpp"
#include "fault_style.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c0, c1, c2, c3, c4, c5, c6, c7, c8, c9;  // Table 2: magnitude, distance, style
  double c10, a2, h1, h2, h3, h5, h6;             // Table 2: hanging wall
  double c11, k1, k2;                             // Table 2: site
  double c14, c16, k3;                            // Table 2: basin
  double c17, c18, c19, c20;                      // Table 2: depth, dip, attenuation
  double phi1, phi2, phi_amp, tau1, tau2;         // Table 3
  double rho1, rho2;  // Table 3: correlation with PGA, for IA and CAV by magnitude
};

constexpr Row<Coefficients> table[] = {
    {pga, {-4.416, 0.984,  0.537,   -1.499, -0.496, -2.773, 0.248,  6.768,   0,
           -0.212, 0.72,   0.167,   0.241,  1.474,  -0.715, -0.337, -0.27,   1.09,
           865,    -1.186, -0.0064, 0.393,  1.839,  0.0977, 0.0333, 0.00757, -0.0055,
           0.734,  0.492,  0.3,     0.409,  0.322,  1,      1}},
    {pgv,
     {-2.895, 1.51,    0.27,    -1.299, -0.453, -2.466, 0.204, 5.837,  0,     -0.168, 0.305, 0.596,
      0.117,  1.616,   -0.733,  -0.128, -0.756, 1.713,  400,   -1.955, 0.106, 0.585,  1.929, 0.0517,
      0.0327, 0.00613, -0.0017, 0.655,  0.494,  0.3,    0.317, 0.297,  0.684, 0.684}},
    {cav,
     {-4.75,  1.397,   0.282,   -1.062, -0.17, -1.624, 0.134, 6.325,  0.054,  -0.1,  0.469, 0.167,
      0.241,  1.474,   -0.715,  -0.337, -0.27, 1.015,  400,   -1.311, 0.1248, 1.087, 1,     0.0432,
      0.0127, 0.00429, -0.0043, 0.514,  0.394, 0.3,    0.276, 0.257,  0.842,  0.78}},
    {ia, {-10.272, 2.318,  0.88,        -2.672, -0.837, -4.441, 0.416,  4.869,   0.187,
          -0.196,  1.165,  0.167,       0.241,  1.474,  -0.715, -0.337, -0.27,   1.596,
          400,     -1.982, 0.108,       1.612,  1,      0.1311, 0.0453, 0.01242, -0.0103,
          1.174,   0.809,  0.615989848, 0.614,  0.435,  0.948,  0.911}},
    {0.01, {-4.365, 0.977,  0.533,  -1.485, -0.499, -2.773, 0.248,  6.753,   0,
            -0.214, 0.72,   0.168,  0.242,  1.471,  -0.714, -0.336, -0.27,   1.094,
            865,    -1.186, -0.007, 0.39,   1.839,  0.0981, 0.0334, 0.00755, -0.0055,
            0.734,  0.492,  0.3,    0.404,  0.325,  1,      1}},
    {0.02, {-4.348, 0.976,  0.549,   -1.488, -0.501, -2.772, 0.247,  6.502,   0,
            -0.208, 0.73,   0.166,   0.244,  1.467,  -0.711, -0.339, -0.263,  1.149,
            865,    -1.219, -0.0167, 0.387,  1.84,   0.1009, 0.0327, 0.00759, -0.0055,
            0.738,  0.496,  0.3,     0.417,  0.326,  0.998,  0.998}},
    {0.03, {-4.024, 0.931,  0.628,   -1.494, -0.517, -2.782, 0.246,  6.291,  0,
            -0.213, 0.759,  0.167,   0.246,  1.467,  -0.713, -0.338, -0.259, 1.29,
            908,    -1.273, -0.0422, 0.378,  1.841,  0.1095, 0.0331, 0.0079, -0.0057,
            0.747,  0.503,  0.3,     0.446,  0.344,  0.986,  0.986}},
    {0.05, {-3.479, 0.887,  0.674,   -1.388, -0.615, -2.791, 0.24,   6.317,   0,
            -0.244, 0.826,  0.173,   0.251,  1.449,  -0.701, -0.338, -0.263,  1.449,
            1054,   -1.346, -0.0663, 0.295,  1.843,  0.1226, 0.027,  0.00803, -0.0063,
            0.777,  0.52,   0.3,     0.508,  0.377,  0.938,  0.938}},
    {0.075, {-3.293, 0.902,  0.726,   -1.469, -0.596, -2.745, 0.227,  6.861,   0,
             -0.266, 0.815,  0.198,   0.26,   1.435,  -0.695, -0.347, -0.219,  1.535,
             1086,   -1.471, -0.0794, 0.322,  1.845,  0.1165, 0.0288, 0.00811, -0.007,
             0.782,  0.535,  0.3,     0.504,  0.418,  0.887,  0.887}},
    {0.1, {-3.666, 0.993,  0.698,   -1.572, -0.536, -2.633, 0.21,   7.294,   0,
           -0.229, 0.831,  0.174,   0.259,  1.449,  -0.708, -0.391, -0.201,  1.615,
           1032,   -1.624, -0.0294, 0.384,  1.847,  0.0998, 0.0325, 0.00744, -0.0073,
           0.769,  0.543,  0.3,     0.445,  0.426,  0.87,   0.87}},
    {0.15,
     {-4.866, 1.267,   0.51,    -1.669, -0.49,  -2.458, 0.183, 8.031,  0,      -0.211, 0.749, 0.198,
      0.254,  1.461,   -0.715,  -0.449, -0.099, 1.877,  878,   -1.931, 0.0642, 0.417,  1.852, 0.076,
      0.0388, 0.00716, -0.0069, 0.769,  0.543,  0.3,    0.382, 0.387,  0.876,  0.876}},
    {0.2,
     {-5.411, 1.366,   0.447,  -1.75,  -0.451, -2.421, 0.182, 8.385,  0,      -0.163, 0.764, 0.204,
      0.237,  1.484,   -0.721, -0.393, -0.198, 2.069,  748,   -2.188, 0.0968, 0.404,  1.856, 0.0571,
      0.0437, 0.00688, -0.006, 0.761,  0.552,  0.3,    0.339, 0.338,  0.87,   0.87}},
    {0.25,
     {-5.962, 1.458,   0.274,   -1.711, -0.404, -2.392, 0.189, 7.534,  0,      -0.15, 0.716, 0.185,
      0.206,  1.581,   -0.787,  -0.339, -0.21,  2.205,  654,   -2.381, 0.1441, 0.466, 1.861, 0.0437,
      0.0463, 0.00556, -0.0055, 0.744,  0.545,  0.3,    0.34,  0.316,  0.85,   0.85}},
    {0.3, {-6.403, 1.528,  0.193,  -1.77, -0.321, -2.376, 0.195,  6.99,    0,
           -0.131, 0.737,  0.164,  0.21,  1.586,  -0.795, -0.447, -0.121,  2.306,
           587,    -2.518, 0.1597, 0.528, 1.865,  0.0323, 0.0508, 0.00458, -0.0049,
           0.727,  0.568,  0.3,    0.34,  0.3,    0.819,  0.819}},
    {0.4,
     {-7.566, 1.739,   -0.02,   -1.594, -0.426, -2.303, 0.185, 7.012,  0,     -0.159, 0.738, 0.16,
      0.226,  1.544,   -0.77,   -0.525, -0.086, 2.398,  503,   -2.657, 0.141, 0.54,   1.874, 0.0209,
      0.0432, 0.00401, -0.0037, 0.69,   0.593,  0.3,    0.356, 0.264,  0.743, 0.743}},
    {0.5, {-8.379, 1.872,  -0.121, -1.577, -0.44, -2.296, 0.186,  6.902,   0,
           -0.153, 0.718,  0.184,  0.217,  1.554, -0.77,  -0.407, -0.281,  2.355,
           457,    -2.669, 0.1474, 0.638,  1.883, 0.0092, 0.0405, 0.00388, -0.0027,
           0.663,  0.611,  0.3,    0.379,  0.263, 0.684,  0.684}},
    {0.75,
     {-9.841, 2.021,  -0.042,  -1.757, -0.443, -2.232, 0.186, 5.522,  0,      -0.09, 0.795, 0.216,
      0.154,  1.626,  -0.78,   -0.371, -0.285, 1.995,  410,   -2.401, 0.1764, 0.776, 1.906, -0.0082,
      0.042,  0.0042, -0.0016, 0.606,  0.633,  0.3,    0.43,  0.326,  0.562,  0.562}},
    {1, {-11.011, 2.18,   -0.069, -1.707, -0.527, -2.158,  0.169,  5.65,    0,
         -0.105,  0.556,  0.596,  0.117,  1.616,  -0.733,  -0.128, -0.756,  1.447,
         400,     -1.955, 0.2593, 0.771,  1.929,  -0.0131, 0.0426, 0.00409, -0.0006,
         0.579,   0.628,  0.3,    0.47,   0.353,  0.467,   0.467}},
    {1.5, {-12.469, 2.27,   0.047,  -1.621, -0.63, -2.063,  0.158,  5.795,   0,
           -0.058,  0.48,   0.596,  0.117,  1.616, -0.733,  -0.128, -0.756,  0.33,
           400,     -1.025, 0.2881, 0.748,  1.974, -0.0187, 0.038,  0.00424, 0,
           0.541,   0.603,  0.3,    0.497,  0.399, 0.364,   0.364}},
    {2, {-12.969, 2.271,  0.149,  -1.512, -0.768, -2.104,  0.158,  6.632,   0,
         -0.028,  0.401,  0.596,  0.117,  1.616,  -0.733,  -0.128, -0.756,  -0.514,
         400,     -0.299, 0.3112, 0.763,  2.019,  -0.0258, 0.0252, 0.00448, 0,
         0.529,   0.588,  0.3,    0.499,  0.4,    0.298,   0.298}},
    {3,
     {-13.306, 2.15,    0.368,  -1.315, -0.89,  -2.051, 0.148, 6.759, 0,      0,     0.206, 0.596,
      0.117,   1.616,   -0.733, -0.128, -0.756, -0.848, 400,   0,     0.3478, 0.686, 2.11,  -0.0311,
      0.0236,  0.00345, 0,      0.527,  0.578,  0.3,    0.5,   0.417, 0.234,  0.234}},
    {4,
     {-14.02, 2.132,   0.726,  -1.506, -0.885, -1.986, 0.135, 7.978, 0,      0,     0.105, 0.596,
      0.117,  1.616,   -0.733, -0.128, -0.756, -0.793, 400,   0,     0.3747, 0.691, 2.2,   -0.0413,
      0.0102, 0.00603, 0,      0.521,  0.559,  0.3,    0.543, 0.393, 0.202,  0.202}},
    {5,
     {-14.558, 2.116,   1.027,  -1.721, -0.878, -2.021, 0.135, 8.538, 0,      0,    0,     0.596,
      0.117,   1.616,   -0.733, -0.128, -0.756, -0.748, 400,   0,     0.3382, 0.67, 2.291, -0.0281,
      0.0034,  0.00805, 0,      0.502,  0.551,  0.3,    0.534, 0.421, 0.184,  0.184}},
    {7.5,
     {-15.509, 2.223,  0.169,  -0.756, -1.077, -2.179, 0.165, 8.468, 0,      0,     0,     0.596,
      0.117,   1.616,  -0.733, -0.128, -0.756, -0.664, 400,   0,     0.3754, 0.757, 2.517, -0.0205,
      0.005,   0.0028, 0,      0.457,  0.546,  0.3,    0.523, 0.438, 0.176,  0.176}},
    {10,
     {-15.975, 2.132,   0.367,  -0.8,   -1.282, -2.244, 0.18,  6.564, 0,      0,     0,     0.596,
      0.117,   1.616,   -0.733, -0.128, -0.756, -0.576, 400,   0,     0.3506, 0.621, 2.744, 0.0009,
      0.0099,  0.00458, 0,      0.441,  0.543,  0.3,    0.466, 0.438, 0.154,  0.154}},
};
// The same for all IMTs (Table 2 and 3).
constexpr double h4 = 1, c = 1.88, n = 1.18;
constexpr double vs30_rock = 1100;

/// Terms of the rupture for one IMT.
struct Source {
  double constant, slope, hanging_wall, tau, phi, phi_rock, rho;
};

Source source(const Coefficients& k, const GmmInput& in) {
  const double mag = in.mag;
  // Eq. 2
  const double magnitude = k.c0 + k.c1 * mag + k.c2 * std::max(mag - 4.5, 0.0) +
                           k.c3 * std::max(mag - 5.5, 0.0) + k.c4 * std::max(mag - 6.5, 0.0);
  // Eq. 4 to 6
  const FaultStyle fault = fault_style(in.rake_deg);
  const double style = (fault == FaultStyle::reverse  ? k.c8
                        : fault == FaultStyle::normal ? k.c9
                                                      : 0.0) *
                       ramp(mag, 4.5, 5.5);
  // Eq. 7 and 14 to 16
  const double hanging_wall = k.c10 * ramp(mag, 5.5, 6.5) * (1 + k.a2 * (mag - 6.5)) *
                              std::max(1 - 0.06 * in.ztor_km, 0.0) * (90 - in.dip_deg) / 45;
  // Eq. 21 to 23
  const double depth =
      clamp(in.hypo_depth_km - 7, 0.0, 13.0) * (k.c17 + (k.c18 - k.c17) * ramp(mag, 5.5, 6.5));
  // Eq. 24
  const double dip = k.c19 * in.dip_deg * (1 - ramp(mag, 4.5, 5.5));

  const double w = ramp(mag, 4.5, 5.5);
  const double phi = k.phi1 + (k.phi2 - k.phi1) * w;  // Eq. 28
  return {.constant = magnitude + style + depth + dip,
          .slope = k.c5 + k.c6 * mag,  // Eq. 3
          .hanging_wall = hanging_wall,
          .tau = k.tau1 + (k.tau2 - k.tau1) * w,  // Eq. 27
          .phi = phi,
          .phi_rock = std::sqrt(square(phi) - square(k.phi_amp)),
          .rho = k.rho1 + (k.rho2 - k.rho1) * w};
}

/// Terms of the paths that all IMTs share.
struct Path {
  Path(const GmmInput& in, const Sites& sites) {
    const Real r_rup = sites[in.r_rup];
    r_rup_squared = square(r_rup);
    beyond_80 = max(r_rup - 80, 0.0);

    const Real r_x = sites[in.r_x];
    if (in.mag <= 5.5 || in.dip_deg >= 90 || !any(r_x >= 0.0)) return;
    // Eq. 9 to 13
    const double r1 = in.width_km * std::cos(in.dip_deg * std::numbers::pi / 180);
    const double r2 = 62 * in.mag - 350;
    above = r_x / r1;
    beyond = (r_x - r1) / (r2 - r1);
    is_beyond = r_x >= r1;
    const Real nearness = select(r_rup > 0.0, (r_rup - sites[in.r_jb]) / max(r_rup, 1e-3), 1.0);
    hanging_wall = select(r_x >= 0.0, nearness, 0.0);
    has_hanging_wall = true;
  }

  Real r_rup_squared, beyond_80;
  bool has_hanging_wall = false;
  Real above, beyond;                // positions across the surface projection and beyond it
  Mask is_beyond = Real() < Real();  // rx >= r1
  Real hanging_wall;                 // Eq. 13; 0 on the foot wall
};

/// Everything but the site and basin terms.
Real base(const Coefficients& k, const Source& s, const Path& path) {
  Real mean = s.constant + 0.5 * s.slope * log(path.r_rup_squared + square(k.c7)) +  // Eq. 3
              k.c20 * path.beyond_80;                                                // Eq. 25
  if (path.has_hanging_wall) {
    const Real f1 = k.h1 + path.above * (k.h2 + k.h3 * path.above);
    const Real f2 = max(h4 + path.beyond * (k.h5 + k.h6 * path.beyond), 0.0);
    mean += s.hanging_wall * path.hanging_wall * select(path.is_beyond, f2, f1);
  }
  return mean;
}

/// Terms of the sites that all IMTs share.
struct Soil {
  explicit Soil(Real vs30_) : vs30(vs30_), ln_vs30(log(vs30_)), vs30_n(exp(n * ln_vs30)) {}
  Soil(Real vs30_, Real z2pt5_km) : Soil(vs30_) {
    // Eq. 33 (California) where z2.5 is not known
    const Real z = select(z2pt5_km < 0.0, exp(7.089 - 1.144 * ln_vs30), z2pt5_km);
    shallow = min(z - 1, 0.0);
    deep = std::exp(-0.75) * (1 - exp(-0.25 * max(z - 3, 0.0)));
  }
  Real vs30, ln_vs30, vs30_n, shallow, deep;
};

/// Eq. 20.
Real basin(const Coefficients& k, const Soil& soil) {
  return k.c14 * soil.shallow + k.c16 * k.k3 * soil.deep;
}

/// Constants of the site term for one IMT. `rock`: site and basin term at vs30 = 1100 m/s.
struct SiteConstants {
  double ln_k1, per_k1_n, rock, hard_rock;
};
SiteConstants site_constants(const Coefficients& k) {
  const double z2pt5_rock = std::exp(7.089 - 1.144 * std::log(vs30_rock));
  return {std::log(k.k1), std::pow(k.k1, -n),
          (k.c11 + k.k2 * n) * std::log(vs30_rock / k.k1) + k.c14 * (z2pt5_rock - 1), 0};
}
/// The same for Canada: hard rock, no basin.
SiteConstants shm6_site_constants(const Coefficients& k, const Imt& imt, std::string_view model) {
  const double linear = k.c11 + k.k2 * n;
  // Its table has no row for IA and CAV.
  const bool has_ratio = imt.kind == pga || imt.kind == pgv || imt.kind == sa;
  return {std::log(k.k1), std::pow(k.k1, -n), linear * std::log(vs30_rock / k.k1),
          has_ratio ? shm6::hard_rock(imt, linear * std::log(1100.0 / 760), model) : 0.0};
}

struct Response {
  Real ln_amplification;
  Real alpha;  // its derivative with respect to ln(PGA on rock), Eq. 31
};
/// Eq. 18.
Response site_response(const Coefficients& k, const SiteConstants& site, const Soil& soil,
                       Real pga_rock) {
  const Real x = soil.ln_vs30 - site.ln_k1;
  const Real linear = (k.c11 + k.k2 * n) * x;
  const Mask nonlinear = soil.vs30 < k.k1;
  if (!any(nonlinear)) return {linear, 0.0};
  const Real soft = pga_rock + c * soil.vs30_n * site.per_k1_n;
  const Real hard = pga_rock + c;
  return {select(nonlinear, k.c11 * x + k.k2 * log(soft / hard), linear),
          select(nonlinear, k.k2 * pga_rock * (1 / soft - 1 / hard), 0.0)};
}

class CampbellBozorgnia2014 final : public ModelBase<Coefficients> {
 public:
  explicit CampbellBozorgnia2014(const Binding& b)
      : ModelBase(b, table),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        pga_site_(site_constants(pga_)),
        sites_(per_imt(site_constants)),
        is_shm6_(b.arguments.flag("shm6", false)),
        sigma_mu_epsilon_(b.arguments.number("sigma_mu_epsilon", 0.0)) {
    for (const char* name : {"SJ", "estimate_ztor", "estimate_width", "estimate_hypo_depth",
                             "usgs_basin_scaling", "cybershake_basin_adj"})
      b.arguments.not_offered(name, false);
    b.arguments.not_offered("coeffs", EmptyTable{});
    if (!is_shm6_) return;
    pga_site_ = shm6_site_constants(pga_, {pga, 0}, b.info.name);
    for (std::size_t m = 0; m < size(); ++m)
      sites_[m] = shm6_site_constants(coefficients()[m], imts()[m], b.info.name);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto sources = per_imt([&](const Coefficients& k) { return source(k, in); });
    const Source pga_source = source(pga_, in);

    for_each_site(in, out, [&](const Sites& sites) {
      const Path path(in, sites);
      const Real vs30 = sites[in.vs30];
      const Soil soil = is_shm6_ ? Soil(min(vs30, 1100)) : Soil(vs30, sites[in.z2pt5]);
      const Real hard_rock = is_shm6_ ? shm6::hard_rock_weight(log(vs30)) : Real(0.0);
      const Real shift = sigma_mu_epsilon_ * epistemic_deviation(in.mag, sites[in.r_rup]);
      const Real pga_base = base(pga_, pga_source, path);
      const Real pga_rock = exp(pga_base + pga_site_.rock);
      const Real ln_pga = pga_base + basin(pga_, soil) +
                          site_response(pga_, pga_site_, soil, pga_rock).ln_amplification;

      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& k = coefficients()[m];
        const Source& s = sources[m];
        const Response response = site_response(k, sites_[m], soil, pga_rock);
        // Eq. 1
        Real mean = base(k, s, path) + response.ln_amplification + basin(k, soil) +
                    sites_[m].hard_rock * hard_rock;
        // Accelerations of short periods are at least PGA.
        if (imts()[m].kind == sa && imts()[m].period_s < 0.25) mean = max(mean, ln_pga);
        // Eq. 29 and 30
        const Real tau_pga = response.alpha * pga_source.tau;
        const Real phi_pga = response.alpha * pga_source.phi_rock;
        const Real tau = sqrt(square(s.tau) + square(tau_pga) + 2 * s.rho * s.tau * tau_pga);
        const Real phi = sqrt(square(s.phi) + square(phi_pga) + 2 * s.rho * s.phi_rock * phi_pga);
        sites.put(m, mean + shift, between_within(tau, phi));
      }
    });
  }

 private:
  Coefficients pga_;
  SiteConstants pga_site_;
  std::vector<SiteConstants> sites_;
  bool is_shm6_;
  double sigma_mu_epsilon_;
};

}  // namespace

Entries campbell_bozorgnia_2014() {
  const ModelInfo info{
      .name = "CampbellBozorgnia2014",
      .setting = "crust",
      .publication =
          "Campbell and Bozorgnia (2014), NGA-West2 ground motion model for the average "
          "horizontal "
          "components of PGA, PGV, and 5% damped linear acceleration response spectra, Earthquake "
          "Spectra 30(3), 1087-1115, doi:10.1193/062913EQS175M",
      .component = "RotD50",
      .region = "active crust worldwide",
      .needs = Needs::mag | Needs::rake | Needs::dip | Needs::ztor | Needs::width |
               Needs::hypo_depth | Needs::vs30 | Needs::z2pt5 | Needs::r_rup | Needs::r_jb |
               Needs::r_x,
      .mag = {3.3, 8.5},
      .distance_km = {0, 300},
      .vs30 = {150, 1500}};
  const Needs canada = Needs::mag | Needs::rake | Needs::dip | Needs::ztor | Needs::width |
                       Needs::hypo_depth | Needs::vs30 | Needs::r_rup | Needs::r_jb | Needs::r_x;
  return {entry<CampbellBozorgnia2014>(info, table),
          entry<CampbellBozorgnia2014>(
              shm6::described(info, "CanadaSHM6_ActiveCrust_CampbellBozorgnia2014", canada), table,
              {{"shm6", true}})};
}

}  // namespace shakefield::gmm
