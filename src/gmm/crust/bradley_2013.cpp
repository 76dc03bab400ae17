// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Bradley, B. A. (2013). A New Zealand-specific pseudospectral acceleration ground-motion
// prediction equation for active shallow crustal earthquakes based on foreign models. Bulletin of
// the Seismological Society of America 103(3), 1801-1822. doi:10.1785/0120120021.
//
// Component: geometric mean. Ranges: Mw 4 to 8, r_rup below 200 km, vs30 150 to 1500 m/s. Region:
// New Zealand; Bradley2013Volc: paths that lie in the Taupo volcanic zone. Standard deviations:
// tau, phi, sigma; mainshocks only. Equations: the publication and Chiou and Youngs (2008), from
// which it starts. Coefficients: its Tables 1 to 3, figures read from the tables of the OpenQuake
// engine 3.26.2 by a script.

#include "epistemic.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c1, c1a, c1b, c3, cn, cm, c5, c6, c7, c8, c9, c9a;  // Table 1: source
  double cg1, cg2, ctvz;                                     // Table 1: attenuation
  double phi1, phi2, phi3, phi4, phi5, phi6, phi7, phi8;     // Table 2: site
  double tau1, tau2, sigma1, sigma2, sigma3;                 // Table 3
};

constexpr Row<Coefficients> table[] = {
    {pga, {-1.1985,  0.1,    -0.455,  1.5,     2.996,  5.85,    6.16,    0.4893,   0.0512,   10,
           0.79,     1.5005, -0.0096, -0.0048, 2,      -0.4417, -0.1417, -0.00701, 0.102151, 0.2289,
           0.014996, 580,    0.07,    0.3437,  0.2637, 0.4458,  0.3459,  0.8}},
    {0.01,
     {-1.1958,  0.1,    -0.455,  1.50299,  2.996,  5.81711, 6.16,    0.4893,   0.0512,   10,
      0.79,     1.5005, -0.0096, -0.00481, 2,      -0.4417, -0.1417, -0.00701, 0.102151, 0.2289,
      0.014996, 580,    0.07,    0.3437,   0.2637, 0.4458,  0.3459,  0.8}},
    {0.02,
     {-1.1756,  0.1,    -0.455,  1.50845,  3.292,  5.80023, 6.158,   0.4892,    0.0512,  10,
      0.8129,   1.5028, -0.0097, -0.00486, 2,      -0.434,  -0.1364, -0.007279, 0.10836, 0.2289,
      0.014996, 580,    0.0699,  0.3471,   0.2671, 0.4458,  0.3459,  0.8}},
    {0.03,
     {-1.0909,  0.1,    -0.455,  1.51549,  3.514,  5.78659, 6.155,   0.489,     0.0511,   10,
      0.8439,   1.5071, -0.0101, -0.00503, 2,      -0.4177, -0.1403, -0.007354, 0.119888, 0.2289,
      0.014996, 580,    0.0701,  0.3603,   0.2803, 0.4535,  0.3537,  0.8}},
    {0.04,
     {-0.9793,  0.1,    -0.455,  1.5238,   3.563,  5.77472, 6.1508,  0.4888,    0.0508,   10,
      0.874,    1.5138, -0.0105, -0.00526, 2,      -0.4,    -0.1591, -0.006977, 0.133641, 0.2289,
      0.014996, 579.9,  0.0702,  0.3718,   0.2918, 0.4589,  0.3592,  0.8}},
    {0.05,
     {-0.8549,  0.1,   -0.455,  1.53319,  3.547,  5.76402, 6.1441,  0.4884,    0.0504,   10,
      0.8996,   1.523, -0.0109, -0.00549, 2,      -0.3903, -0.1862, -0.006467, 0.148927, 0.229,
      0.014996, 579.9, 0.0701,  0.3848,   0.3048, 0.463,   0.3635,  0.8}},
    {0.075,
     {-0.6008,  0.1,    -0.454,  1.56053,  3.448,  5.74056, 6.12,    0.4872,    0.0495,   10,
      0.9442,   1.5597, -0.0117, -0.00588, 2,      -0.404,  -0.2538, -0.005734, 0.190596, 0.2292,
      0.014996, 579.6,  0.0686,  0.3878,   0.3129, 0.4702,  0.3713,  0.8}},
    {0.1,
     {-0.47,    0.1,    -0.453,  1.59241,  3.312,  5.72017, 6.085,   0.4854,    0.0489,   10,
      0.9677,   1.6104, -0.0117, -0.00591, 2,      -0.4423, -0.2943, -0.005604, 0.230662, 0.2297,
      0.014996, 579.2,  0.0646,  0.3835,   0.3152, 0.4747,  0.3769,  0.8}},
    {0.15,
     {-0.4139,  0.1,    -0.45,   1.6664,  3.044,  5.68493, 5.9871,  0.4808,    0.0479,   10,
      0.966,    1.7549, -0.0111, -0.0054, 2,      -0.5162, -0.3113, -0.005845, 0.266468, 0.2326,
      0.014988, 577.2,  0.0494,  0.3719,  0.3128, 0.4798,  0.3847,  0.8}},
    {0.2,
     {-0.5237,  0.1,    -0.4149, 1.75021,  2.831,  5.65435, 5.8699,  0.4755,    0.0471,   10,
      0.9334,   1.9157, -0.01,   -0.00479, 2,      -0.5697, -0.2927, -0.006141, 0.255253, 0.2386,
      0.014964, 573.9,  -0.0019, 0.3601,   0.3076, 0.4816,  0.3902,  0.8}},
    {0.25,
     {-0.6678,  0.1,    -0.3582, 1.84052,  2.658,  5.62686, 5.7547,  0.4706,    0.0464,   10.5,
      0.8946,   2.0709, -0.0091, -0.00427, 2,      -0.6109, -0.2662, -0.006439, 0.231541, 0.2497,
      0.014881, 568.5,  -0.0479, 0.3522,   0.3047, 0.4815,  0.3946,  0.7999}},
    {0.3,
     {-0.8277,  0.0999, -0.3113, 1.9348,   2.505,  5.60162, 5.6527,  0.4665,    0.0458,   11,
      0.859,    2.2005, -0.0082, -0.00384, 2.5,    -0.6444, -0.2405, -0.006704, 0.207277, 0.2674,
      0.014639, 560.5,  -0.0756, 0.3438,   0.3005, 0.4801,  0.3981,  0.7997}},
    {0.4,
     {-1.1284,  0.0997, -0.2646, 2.12764,  2.261,  5.55602, 5.4997,  0.4607,    0.0445,   12,
      0.8019,   2.3886, -0.0069, -0.00317, 3.2,    -0.6931, -0.1975, -0.007125, 0.165464, 0.312,
      0.013493, 540,    -0.096,  0.3351,   0.2984, 0.4758,  0.4036,  0.7988}},
    {0.5,
     {-1.3926,  0.0991, -0.2272, 2.31684,  2.087,  5.51513, 5.4029,  0.4571,    0.0429,   13,
      0.7578,   2.5,    -0.0059, -0.00272, 3.5,    -0.7246, -0.1633, -0.007435, 0.133828, 0.361,
      0.011133, 512.9,  -0.0998, 0.3353,   0.3036, 0.471,   0.4079,  0.7966}},
    {0.75,
     {-1.8664,  0.0936, -0.162,  2.73064,  1.812,  5.38632, 5.29,    0.4531,   0.0387,   14,
      0.6788,   2.6224, -0.0045, -0.00209, 4.5,    -0.7708, -0.1028, -0.00812, 0.085153, 0.4353,
      0.006739, 441.9,  -0.0765, 0.3429,   0.3205, 0.4621,  0.4157,  0.7792}},
    {1, {-2.1935,  0.0766, -0.14,   3.03,     1.648,  5.31,   5.248,   0.4517,    0.035,    15,
         0.6196,   2.669,  -0.0037, -0.00175, 5,      -0.799, -0.0699, -0.008444, 0.058595, 0.4629,
         0.005749, 391.8,  -0.0412, 0.3577,   0.3419, 0.4581, 0.4213,  0.7504}},
    {1.5,
     {-2.6883,  0.0022, -0.1184, 3.43384,  1.511,  5.29995, 5.2194,  0.4507,    0.028,    16,
      0.5101,   2.6985, -0.0028, -0.00142, 5.4,    -0.8382, -0.0425, -0.007707, 0.031787, 0.4756,
      0.005544, 348.1,  0.014,   0.3769,   0.3703, 0.4493,  0.4213,  0.7136}},
    {2,
     {-3.104,   -0.0591, -0.11,   3.67464,  1.47,   5.3273,  5.2099,  0.4504,    0.0213,   18,
      0.3917,   2.7085,  -0.0023, -0.00143, 5.8,    -0.8663, -0.0302, -0.004792, 0.019716, 0.4785,
      0.005521, 332.5,   0.0544,  0.4023,   0.4023, 0.4459,  0.4213,  0.7035}},
    {3,
     {-3.7085,  -0.0931, -0.104,  3.64933,  1.456,  5.4385,  5.204,   0.4501,    0.0106,   19,
      0.1244,   2.7145,  -0.0019, -0.00115, 6,      -0.9032, -0.0129, -0.001828, 0.009643, 0.4796,
      0.005517, 324.1,   0.1232,  0.4406,   0.4406, 0.4433,  0.4213,  0.7006}},
    {4,
     {-4.1486,  -0.0982, -0.102,  3.60999,  1.465,  5.5977,  5.202,   0.4501,    0.0041,   19.75,
      0.0086,   2.7164,  -0.0018, -0.00104, 6.15,   -0.9231, -0.0016, -0.001523, 0.005379, 0.4799,
      0.005517, 321.7,   0.1859,  0.4784,   0.4784, 0.4424,  0.4213,  0.7001}},
    {5, {-4.4881,  -0.0994, -0.101,  3.5,      1.478,  5.7276,  5.201,  0.45,     0.001,    20,
         0,        2.7172,  -0.0017, -0.00099, 6.3,    -0.9222, 0,      -0.00144, 0.003223, 0.4799,
         0.005517, 320.9,   0.2295,  0.5074,   0.5074, 0.442,   0.4213, 0.7}},
    {7.5, {-5.0891,  -0.0999, -0.101,  3.45,     1.498,  5.9891,  5.2,    0.45,      0,        20,
           0,        2.7177,  -0.0017, -0.00094, 6.425,  -0.8346, 0,      -0.001369, 0.001134, 0.48,
           0.005517, 320.3,   0.266,   0.5328,   0.5328, 0.4416,  0.4213, 0.7}},
    {10, {-5.553,   -0.1,  -0.1,    3.45,     1.502,  6.193,   5.2,    0.45,      0,        20,
          0,        2.718, -0.0017, -0.00091, 6.55,   -0.7332, 0,      -0.001361, 0.000515, 0.48,
          0.005517, 320.1, 0.2682,  0.5542,   0.5542, 0.4414,  0.4213, 0.7}},
};
// The same for all IMTs (Table 1).
constexpr double c2 = 1.06, c4 = -2.1, c4a = -0.5, crb = 50, chm = 3, cg3 = 4;
constexpr double vs30_reference = 1130;

/// Terms of the rupture for one IMT.
struct Source {
  double constant, near, gamma, tau, sigma;
};

Source source(const Coefficients& c, const GmmInput& in) {
  const double mag = in.mag;
  const bool reverse = in.rake_deg >= 30 && in.rake_deg <= 150;
  const bool normal = in.rake_deg >= -120 && in.rake_deg <= -60;
  // Eq. 2
  const double style = reverse ? c.c1a : normal ? c.c1b : 0.0;
  const double magnitude = c2 * (mag - 6) + (c2 - c.c3) / c.cn * log1p(exp(c.cn * (c.cm - mag)));
  const double w = ramp(mag, 5, 7);
  return {.constant = c.c1 + style + c.c7 * (std::min(in.ztor_km, c.c8) - 4) + magnitude,
          .near = c.c5 * std::cosh(c.c6 * std::max(mag - chm, 0.0)),
          .gamma = c.cg1 + c.cg2 / std::cosh(std::max(mag - cg3, 0.0)),
          .tau = c.tau1 + (c.tau2 - c.tau1) * w,
          .sigma = c.sigma1 + (c.sigma2 - c.sigma1) * w};
}

/// Constants of the site term for one IMT.
struct SiteConstants {
  double rock, ln_phi4;
  double ln_v1;  // ln of the vs30 from which the linear term is constant, over the reference
};
SiteConstants site_constants(const Coefficients& c, const Imt& imt) {
  // Eq. 4
  const double v1 =
      imt.kind != sa ? 1800 : clamp(1130 * std::pow(imt.period_s / 0.75, -0.11), 1130.0, 1800.0);
  return {std::exp(c.phi3 * (vs30_reference - 360)), std::log(c.phi4),
          std::log(v1 / vs30_reference)};
}

/// 1 / cosh(x)
Real sech(Real x) {
  const Real e = exp(-abs(x));
  return 2 * e / (1 + square(e));
}

class Bradley2013 final : public ModelBase<Coefficients> {
 public:
  explicit Bradley2013(const Binding& b)
      : ModelBase(b, table),
        is_volcanic_(b.arguments.flag("volcanic", false)),
        sigma_mu_epsilon_(b.arguments.number("sigma_mu_epsilon", 0.0)) {
    for (std::size_t m = 0; m < size(); ++m)
      sites_.push_back(site_constants(coefficients()[m], imts()[m]));
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto sources = per_imt([&](const Coefficients& c) { return source(c, in); });
    const double cos_dip = std::cos(in.dip_deg * std::numbers::pi / 180);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup], vs30 = sites[in.vs30];
      const Real far = (c4a - c4) * 0.5 * log(square(r_rup) + square(crb));
      const Real across = sites[in.r_x] * square(cos_dip);
      const Real r_top = sqrt(square(sites[in.r_jb]) + square(in.ztor_km));
      const Real hanging_wall = select(across >= 0.0, 1 - r_top / (r_rup + 0.001), 0.0);
      const bool has_hanging_wall = in.dip_deg < 90 && any(across >= 0.0);
      const Real ln_ratio = log(vs30 / vs30_reference);
      const Real excess = min(vs30, vs30_reference) - 360;
      const Real z1pt0 = depth(sites[in.z1pt0], vs30);
      const Real shallow = sech(0.15 * max(z1pt0 - 15, 0.0));
      const Real shift = sigma_mu_epsilon_ * epistemic_deviation(in.mag, r_rup);
      const Mask measured = sites[in.vs30measured] > 0.0;

      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Source& s = sources[m];
        // Eq. 2: the whole path is volcanic, or none of it.
        const double gamma = is_volcanic_ ? s.gamma * (1 + c.ctvz) : s.gamma;
        Real ln_rock = s.constant + c4 * log(r_rup + s.near) + far + gamma * r_rup;
        if (has_hanging_wall) ln_rock += c.c9 * hanging_wall * tanh(across / c.c9a);
        // Eq. 3
        const Real rock = exp(ln_rock);
        const Real b = c.phi2 * (exp(c.phi3 * excess) - sites_[m].rock);
        const Real mean = ln_rock + c.phi1 * min(ln_ratio, sites_[m].ln_v1) +
                          b * (log(rock + c.phi4) - sites_[m].ln_phi4) +
                          c.phi5 * (1 - sech(c.phi6 * max(z1pt0 - c.phi7, 0.0))) +
                          c.phi8 * shallow + shift;
        const Real gain = 1 + b * rock / (rock + c.phi4);
        const Real phi = s.sigma * sqrt(select(measured, 0.7, c.sigma3) + square(gain));
        sites.put(m, mean, between_within(s.tau * abs(gain), phi));
      }
    });
  }

 private:
  /// Chiou and Youngs (2008), Eq. 1: the mean for this vs30 where z1.0 is not known, m.
  static Real depth(Real z1pt0_m, Real vs30) {
    const Real v8 = square(square(square(vs30)));
    const Real mean = exp(28.5 - 3.82 / 8 * log(v8 + std::pow(378.7, 8)));
    return select(z1pt0_m < 0.0, mean, z1pt0_m);
  }

  bool is_volcanic_;
  double sigma_mu_epsilon_;
  std::vector<SiteConstants> sites_;
};

}  // namespace

Entries bradley_2013() {
  ModelInfo info{
      .name = "Bradley2013",
      .setting = "crust",
      .publication =
          "Bradley (2013), A New Zealand-specific pseudospectral acceleration ground-motion "
          "prediction equation for active shallow crustal earthquakes based on foreign models, "
          "Bulletin of the Seismological Society of America 103(3), 1801-1822, "
          "doi:10.1785/0120120021",
      .component = "geometric mean",
      .region = "New Zealand",
      .needs = Needs::mag | Needs::rake | Needs::dip | Needs::ztor | Needs::vs30 |
               Needs::vs30measured | Needs::z1pt0 | Needs::r_rup | Needs::r_jb | Needs::r_x,
      .mag = {4, 8},
      .distance_km = {0, 200},
      .vs30 = {150, 1500}};
  ModelInfo volcanic = info;
  volcanic.name = "Bradley2013Volc";
  volcanic.region = "New Zealand, Taupo volcanic zone";
  return {entry<Bradley2013>(info, table),
          entry<Bradley2013>(volcanic, table, {{"volcanic", true}})};
}

}  // namespace shakefield::gmm
