// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Chiou, B. S.-J., and Youngs, R. R. (2014). Update of the Chiou and Youngs NGA model for the
// average horizontal component of peak ground motion and response spectra. Earthquake Spectra
// 30(3), 1117-1153. doi:10.1193/072813EQS219M.
//
// Component: RotD50. Ranges: Mw 3.5 to 8.5 (reverse, normal 8), r_rup below 300 km, ztor below 20
// km, vs30 180 to 1500 m/s. Region: active crust worldwide, with attenuation of Japan, Italy and
// Wenchuan and site terms of Japan. Standard deviations: tau, phi, sigma; without directivity.
// Equations: the publication, and nshmp-haz (USGS, public domain). Coefficients: its Tables 1 to 5,
// figures read from the tables of the OpenQuake engine 3.26.2 by a script.

#include "chiou_youngs_2014.hpp"
#include "canada_shm6.hpp"
#include "epistemic.hpp"
#include "usgs_basin.hpp"

namespace shakefield::gmm {

// clang-format off
static constexpr Row<cy14::Coefficients> rows[] = {
    {pga, {-1.5065,   0.165,  -0.255, -0.165,  0.255,    16.0875,  4.9993, 1.9636, 6.4551,
           3.0956,    0.4908, 0.0352, 0.0462,  -0.4536,  0.9228,   0.1202, 6.8607, -0.007146,
           -0.006758, 4.2542, -0.521, -0.1417, -0.00701, 0.102151, 0,      1.5817, 0.7594,
           -0.6846,   0.459,  0.4,    0.26,    0.4912,   0.3762,   0.8,    0.4528}},
    {pgv, {2.3549,    0.165,  -0.0626, -0.165,  0.0626,    3.3024, 5.423,  2.3152, 5.8096,
           3.0514,    0.4407, 0.0324,  0.0097,  -0.3834,   0.3079, 0.1,    6.5,    -0.001852,
           -0.007403, 4.3439, -0.7936, -0.0699, -0.008444, 5.41,   0.0202, 2.2306, 0.335,
           -0.7966,   0.9488, 0.3894,  0.2578,  0.4785,    0.3629, 0.7504, 0.3918}},
    {0.01, {-1.5065,   0.165,  -0.255, -0.165,  0.255,    16.0875,  4.9993, 1.9636, 6.4551,
            3.0956,    0.4908, 0.0352, 0.0462,  -0.4536,  0.9228,   0.1202, 6.8607, -0.007146,
            -0.006758, 4.2542, -0.521, -0.1417, -0.00701, 0.102151, 0,      1.5817, 0.7594,
            -0.6846,   0.459,  0.4,    0.26,    0.4912,   0.3762,   0.8,    0.4528}},
    {0.02, {-1.4798,   0.165,  -0.255,  -0.165,  0.255,     15.7118, 4.9993, 1.9636, 6.4551,
            3.0963,    0.4925, 0.0352,  0.0472,  -0.4536,   0.9296,  0.1217, 6.8697, -0.007249,
            -0.006758, 4.2386, -0.5055, -0.1364, -0.007279, 0.10836, 0,      1.574,  0.7606,
            -0.6681,   0.458,  0.4026,  0.2637,  0.4904,    0.3762,  0.8,    0.4551}},
    {0.03, {-1.2972,   0.165,  -0.255,  -0.165,  0.255,     15.8819,  4.9993, 1.9636, 6.4551,
            3.0974,    0.4992, 0.0352,  0.0533,  -0.4536,   0.9396,   0.1194, 6.9113, -0.007869,
            -0.006758, 4.2519, -0.4368, -0.1403, -0.007354, 0.119888, 0,      1.5544, 0.7642,
            -0.6314,   0.462,  0.4063,  0.2689,  0.4988,    0.3849,   0.8,    0.4571}},
    {0.04, {-1.1007,   0.165,  -0.255,  -0.165,  0.255,     16.4556,  4.9993, 1.9636, 6.4551,
            3.0988,    0.5037, 0.0352,  0.0596,  -0.4536,   0.9661,   0.1166, 7.0271, -0.008316,
            -0.006758, 4.296,  -0.3752, -0.1591, -0.006977, 0.133641, 0,      1.5502, 0.7676,
            -0.5855,   0.453,  0.4095,  0.2736,  0.5049,    0.391,    0.8,    0.4642}},
    {0.05, {-0.9292,   0.165,  -0.255,  -0.165,  0.255,     17.6453,  4.9993, 1.9636, 6.4551,
            3.1011,    0.5048, 0.0352,  0.0639,  -0.4536,   0.9794,   0.1176, 7.0959, -0.008743,
            -0.006758, 4.3578, -0.3469, -0.1862, -0.006467, 0.148927, 0,      1.5391, 0.7739,
            -0.5457,   0.436,  0.4124,  0.2777,  0.5096,    0.3957,   0.8,    0.4716}},
    {0.075, {-0.658,   0.165,  -0.254,  -0.165,  0.254,     20.1772,  5.0031, 1.9636, 6.4551,
             3.1094,   0.5048, 0.0352,  0.063,   -0.4536,   1.026,    0.1171, 7.3298, -0.009537,
             -0.00619, 4.5455, -0.3747, -0.2538, -0.005734, 0.190596, 0,      1.4804, 0.7956,
             -0.4685,  0.383,  0.4179,  0.2855,  0.5179,    0.4043,   0.8,    0.5022}},
    {0.1, {-0.5613,   0.165,  -0.253, -0.165,  0.253,     19.9992,  5.0172, 1.9636, 6.8305,
           3.2381,    0.5048, 0.0352, 0.0532,  -0.4536,   1.0177,   0.1146, 7.2588, -0.00983,
           -0.005332, 4.7603, -0.444, -0.2943, -0.005604, 0.230662, 0,      1.4094, 0.7932,
           -0.4985,   0.375,  0.4219, 0.2913,  0.5236,    0.4104,   0.8,    0.523}},
    {0.12, {-0.5342,   0.165,  -0.252,  -0.165,  0.252,     18.7106,  5.0315, 1.9795, 7.1333,
            3.3407,    0.5048, 0.0352,  0.0452,  -0.4536,   1.0008,   0.1128, 7.2372, -0.009913,
            -0.004732, 4.8963, -0.4895, -0.3077, -0.005696, 0.253169, 0,      1.3682, 0.7768,
            -0.5603,   0.377,  0.4244,  0.2949,  0.527,     0.4143,   0.8,    0.5278}},
    {0.15, {-0.5462,   0.165,  -0.25,   -0.165,  0.25,      16.6246,  5.0547, 2.0362, 7.3621,
            3.43,      0.5045, 0.0352,  0.0345,  -0.4536,   0.9801,   0.1106, 7.2109, -0.009896,
            -0.003806, 5.0644, -0.5477, -0.3113, -0.005845, 0.266468, 0,      1.3241, 0.7437,
            -0.6451,   0.379,  0.4275,  0.2993,  0.5308,    0.4191,   0.8,    0.5304}},
    {0.17, {-0.5858,  0.165,  -0.248,  -0.165,  0.248,     15.3709, 5.0704, 2.0823, 7.4365,
            3.4688,   0.5036, 0.0352,  0.0283,  -0.4536,   0.9652,  0.115,  7.2491, -0.009787,
            -0.00328, 5.1371, -0.5922, -0.3062, -0.005959, 0.26506, 0,      1.3071, 0.7219,
            -0.6981,  0.38,   0.4292,  0.3017,  0.5328,    0.4217,  0.8,    0.531}},
    {0.2, {-0.6798,  0.165,  -0.2449, -0.165,  0.2449,    13.7012,  5.0939, 2.1521, 7.4972,
           3.5146,   0.5016, 0.0352,  0.0202,  -0.444,    0.9459,   0.1208, 7.2988, -0.009505,
           -0.00269, 5.188,  -0.6693, -0.2927, -0.006141, 0.255253, 0,      1.2931, 0.6922,
           -0.7653,  0.384,  0.4313,  0.3047,  0.5351,    0.4252,   0.8,    0.5312}},
    {0.25, {-0.8663,   0.165,  -0.2382, -0.165,  0.2382,    11.2667,  5.1315, 2.2574, 7.5416,
            3.5746,    0.4971, 0.0352,  0.009,   -0.3539,   0.9196,   0.1208, 7.3691, -0.008918,
            -0.002128, 5.2164, -0.7766, -0.2662, -0.006439, 0.231541, 0,      1.315,  0.6579,
            -0.8469,   0.393,  0.4341,  0.3087,  0.5377,    0.4299,   0.7999, 0.5309}},
    {0.3, {-1.0514,   0.165,  -0.2313, -0.165,  0.2313,    9.1908,   5.167,  2.344,  7.56,
           3.6232,    0.4919, 0.0352,  -0.0004, -0.2688,   0.8829,   0.1175, 6.8789, -0.008251,
           -0.001812, 5.1954, -0.8501, -0.2405, -0.006704, 0.207277, 0.001,  1.3514, 0.6362,
           -0.8999,   0.408,  0.4363,  0.3119,  0.5395,    0.4338,   0.7997, 0.5307}},
    {0.4, {-1.3794,   0.165,  -0.2146, -0.165,  0.2146,    6.5459,   5.2317, 2.4709, 7.5735,
           3.6945,    0.4807, 0.0352,  -0.0155, -0.1793,   0.8302,   0.106,  6.5334, -0.007267,
           -0.001274, 5.0899, -0.9431, -0.1975, -0.007125, 0.165464, 0.004,  1.4051, 0.6049,
           -0.9618,   0.462,  0.4396,  0.3165,  0.5422,    0.4399,   0.7988, 0.531}},
    {0.5, {-1.6508,   0.165,  -0.1972, -0.165,  0.1972,    5.2305,   5.2893, 2.5567, 7.5778,
           3.7401,    0.4707, 0.0352,  -0.0278, -0.1428,   0.7884,   0.1061, 6.526,  -0.006492,
           -0.001074, 4.7854, -1.0044, -0.1633, -0.007435, 0.133828, 0.01,   1.4402, 0.5507,
           -0.9945,   0.524,  0.4419,  0.3199,  0.5433,    0.4446,   0.7966, 0.5313}},
    {0.75, {-2.1511,   0.165,  -0.162,  -0.165,  0.162,    3.7896,   5.4109, 2.6812, 7.5808,
            3.7941,    0.4575, 0.0352,  -0.0477, -0.1138,  0.6754,   0.1,    6.5,    -0.005147,
            -0.001115, 4.3304, -1.0602, -0.1028, -0.00812, 0.085153, 0.034,  1.528,  0.3582,
            -1.0225,   0.658,  0.4459,  0.3255,  0.5294,   0.4533,   0.7792, 0.5309}},
    {1, {-2.5365,   0.165,  -0.14,   -0.165,  0.14,      3.3024,   5.5106, 2.7474, 7.5814,
         3.8144,    0.4522, 0.0352,  -0.0559, -0.1062,   0.6196,   0.1,    6.5,    -0.004277,
         -0.001197, 4.1667, -1.0941, -0.0699, -0.008444, 0.058595, 0.067,  1.6523, 0.2003,
         -1.0002,   0.78,   0.4484,  0.3291,  0.5105,    0.4594,   0.7504, 0.5302}},
    {1.5, {-3.0686,   0.165,  -0.1184, -0.165,  0.1184,    2.8498,   5.6705, 2.8161, 7.5817,
           3.8284,    0.4501, 0.0352,  -0.063,  -0.102,    0.5101,   0.1,    6.5,    -0.002979,
           -0.001675, 4.0029, -1.1142, -0.0425, -0.007707, 0.031787, 0.143,  1.8872, 0.0356,
           -0.9245,   0.96,   0.4515,  0.3335,  0.4783,    0.468,    0.7136, 0.5276}},
    {2, {-3.4148,   0.1645, -0.11,   -0.1645, 0.11,      2.5417,   5.7981, 2.8514, 7.5818,
         3.833,     0.45,   0.0352,  -0.0665, -0.1009,   0.3917,   0.1,    6.5,    -0.002301,
         -0.002349, 3.8949, -1.1154, -0.0302, -0.004792, 0.019716, 0.203,  2.1348, 0,
         -0.8626,   1.11,   0.4534,  0.3363,  0.4681,    0.4681,   0.7035, 0.5167}},
    {3, {-3.9013,   0.1168, -0.104,  -0.1168, 0.104,     2.1488,   5.9983, 2.8875, 7.5818,
         3.8361,    0.45,   0.016,   -0.0516, -0.1003,   0.1244,   0.1,    6.5,    -0.001344,
         -0.003306, 3.7928, -1.1081, -0.0129, -0.001828, 0.009643, 0.277,  3.5752, 0,
         -0.7882,   1.291,  0.4558,  0.3398,  0.4617,    0.4617,   0.7006, 0.4917}},
    {4, {-4.2466,   0.0732, -0.102,  -0.0732, 0.102,     1.8957,   6.1552, 2.9058, 7.5818,
         3.8369,    0.45,   0.0062,  -0.0448, -0.1001,   0.0086,   0.1,    6.5,    -0.001084,
         -0.003566, 3.7443, -1.0603, -0.0016, -0.001523, 0.005379, 0.309,  3.8646, 0,
         -0.7195,   1.387,  0.4574,  0.3419,  0.4571,    0.4571,   0.7001, 0.4682}},
    {5, {-4.5143,  0.0484, -0.101,  -0.0484, 0.101,    1.7228,   6.2856, 2.9169, 7.5818,
         3.8376,   0.45,   0.0029,  -0.0424, -0.1001,  0,        0.1,    6.5,    -0.00101,
         -0.00364, 3.709,  -0.9872, 0,       -0.00144, 0.003223, 0.321,  3.7292, 0,
         -0.656,   1.433,  0.4584,  0.3435,  0.4535,   0.4535,   0.7,    0.4517}},
    {7.5, {-5.0009,   0.022,  -0.101,  -0.022,  0.101,     1.5737,   6.5428, 2.932,  7.5818,
           3.838,     0.45,   0.0007,  -0.0348, -0.1,      0,        0.1,    6.5,    -0.000964,
           -0.003686, 3.6632, -0.8274, 0,       -0.001369, 0.001134, 0.329,  2.3763, 0,
           -0.5202,   1.46,   0.4601,  0.3459,  0.4471,    0.4471,   0.7,    0.4167}},
    {10, {-5.3461, 0.0124, -0.1,    -0.0124, 0.1,       1.5265,   6.7415, 2.9396, 7.5818,
          3.838,   0.45,   0.0003,  -0.0253, -0.1,      0,        0.1,    6.5,    -0.00095,
          -0.0037, 3.623,  -0.7053, 0,       -0.001361, 0.000515, 0.33,   1.7679, 0,
          -0.4068, 1.464,  0.4612,  0.3474,  0.4426,    0.4426,   0.7,    0.3755}},
};
// clang-format on
const std::span<const Row<cy14::Coefficients>> cy14::table = rows;

namespace {

using namespace cy14;

class ChiouYoungs2014 final : public ModelBase<Coefficients> {
 public:
  explicit ChiouYoungs2014(const Binding& b)
      : ModelBase(b, table),
        region_(b.arguments.choice("region",
                                   {{"CAL", Region::california},
                                    {"JPN", Region::japan},
                                    {"ITA", Region::italy},
                                    {"WEN", Region::wenchuan}},
                                   Region::california)),
        sites_(per_imt(site_constants)),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        pga_site_(site_constants(pga_)),
        is_shm6_(b.arguments.flag("shm6", false)),
        has_peer_sigma_(b.arguments.flag("peer_sigma", false)),
        sigma_mu_epsilon_(b.arguments.number("sigma_mu_epsilon", 0.0)),
        use_hanging_wall_(b.arguments.flag("use_hw", true)),
        normal_share_(b.arguments.number("alpha_nm", 1.0)),
        usgs_basin_(b.arguments.flag("usgs_basin_scaling", false)) {
    b.arguments.not_offered("add_delta_c1", false);
    b.arguments.not_offered("cybershake_basin_adj", false);
    for (const char* name :
         {"stress_par_host", "stress_par_target", "source_function_tab", "delta_gamma_tab"})
      b.arguments.not_offered(name);
    for (const Imt& imt : imts())
      basin_weights_.push_back(usgs_basin_ ? usgs::basin_period_weight(imt) : 1.0);
    for (const Imt& imt : imts()) is_short_.push_back(imt.kind == sa && imt.period_s <= 0.3);
    any_short_ = std::ranges::find(is_short_, true) != is_short_.end();
    gives_pga_first_ = !usgs_basin_ && !imts().empty() && imts().front() == Imt{pga};
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto sources =
        per_imt([&](const Coefficients& c) { return source(c, in, region_, normal_share_); });
    const Source pga_source = source(pga_, in, region_, normal_share_);

    for_each_site(in, out, [&](const Sites& sites) {
      const Path path(in, sites, use_hanging_wall_);
      Soil soil =
          is_shm6_ ? Soil::shm6(sites[in.vs30]) : Soil(sites[in.vs30], sites[in.z1pt0], region_);
      if (usgs_basin_) soil.basin *= usgs::basin_depth_weight(sites[in.z1pt0]);
      const Real basin = soil.basin;
      const Real shift = sigma_mu_epsilon_ * epistemic_deviation(in.mag, path.r_rup);
      const Mask measured = sites[in.vs30measured] > 0.0;
      Real ln_pga;
      if (any_short_ && !gives_pga_first_)
        ln_pga = motion(pga_, pga_source, pga_site_, path, soil, region_).ln_mean;

      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Source& s = sources[m];
        soil.basin = basin_weights_[m] * basin;
        const Motion y = motion(c, s, sites_[m], path, soil, region_);
        if (m == 0 && gives_pga_first_) ln_pga = y.ln_mean;
        // Accelerations of short periods are at least PGA.
        const Real floored = is_short_[m] ? max(y.ln_mean, ln_pga) : y.ln_mean;
        const Real mean = is_shm6_ ? floored + c.phi1 * soil.hard_rock : floored;
        // Eq. 13
        const Real gain = 1 + y.nonlinearity;
        const Real phi = s.sigma * sqrt(select(measured, 0.7, c.sigma3) + square(gain));
        sites.put(m, mean + shift,
                  has_peer_sigma_ ? total_only(0.65) : between_within(s.tau * abs(gain), phi));
      }
    });
  }

 private:
  Region region_;
  std::vector<SiteConstants> sites_;
  Coefficients pga_;
  SiteConstants pga_site_;
  bool is_shm6_, has_peer_sigma_;
  double sigma_mu_epsilon_;
  bool use_hanging_wall_;
  double normal_share_;
  bool usgs_basin_;
  std::vector<double> basin_weights_;
  std::vector<bool> is_short_;
  bool any_short_;
  bool gives_pga_first_;
};

}  // namespace

Entries chiou_youngs_2014() {
  const ModelInfo info{
      .name = "ChiouYoungs2014",
      .setting = "crust",
      .publication =
          "Chiou and Youngs (2014), Update of the Chiou and Youngs NGA model for the "
          "average horizontal "
          "component of peak ground motion and response spectra, Earthquake Spectra "
          "30(3), 1117-1153, "
          "doi:10.1193/072813EQS219M",
      .component = "RotD50",
      .region = "active crust worldwide",
      .needs = Needs::mag | Needs::rake | Needs::dip | Needs::ztor | Needs::vs30 |
               Needs::vs30measured | Needs::z1pt0 | Needs::r_rup | Needs::r_jb | Needs::r_x,
      .mag = {3.5, 8.5},
      .distance_km = {0, 300},
      .vs30 = {180, 1500}};
  ModelInfo italy = info, tests = info;
  italy.name = "ChiouYoungs2014Italy";
  italy.region = "Italy";
  tests.name = "ChiouYoungs2014PEER";
  tests.region = "none: PEER's verification of hazard software (Hale et al., 2018)";
  tests.std_defined = StdDefined::total_only;
  const Needs canada = Needs::mag | Needs::rake | Needs::dip | Needs::ztor | Needs::vs30 |
                       Needs::vs30measured | Needs::r_rup | Needs::r_jb | Needs::r_x;
  return {entry<ChiouYoungs2014>(info, table),
          entry<ChiouYoungs2014>(italy, table, {{"region", "ITA"}}),
          entry<ChiouYoungs2014>(tests, table, {{"peer_sigma", true}}),
          entry<ChiouYoungs2014>(
              shm6::described(info, "CanadaSHM6_ActiveCrust_ChiouYoungs2014", canada), table,
              {{"shm6", true}})};
}

}  // namespace shakefield::gmm
