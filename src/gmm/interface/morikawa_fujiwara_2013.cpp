// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Morikawa, N., and Fujiwara, H. (2013). A new ground motion prediction equation for Japan
// applicable up to M9 mega-earthquake. Journal of Disaster Research 8(5), 878-888.
// doi:10.20965/jdr.2013.p0878.
//
// Component: geometric mean. Ranges: Mw 5.5 to 9, r_rup below 200 km. Region: Japan, interface and
// slab. Standard deviation: total sigma.
// NENIED: with the term of anomalous seismic intensity in north-eastern Japan, of sites by their
// distance to the volcanic front of the Pacific plate and of earthquakes deeper than 30 km, and
// with the sigma of Japan's national seismic hazard maps (NIED), which falls with the peak velocity
// on stiff rock of Si, H., and Midorikawa, S. (1999), New attenuation relationships for peak ground
// acceleration and velocity considering effects of fault type and site condition, Journal of
// Structural and Construction Engineering (AIJ) 64(523), 63-70, doi:10.3130/aijs.64.63_2. The term
// has no bounds: away from Japan it is nonsense.
// Equations: the publications; sigma of NIED was found from values of the OpenQuake engine 3.26.2.
// Coefficients: Tables 1 and 2, and the points of the volcanic front, figures read from the tables
// of the OpenQuake engine by a script. That engine asks for more columns than these names use.

#include "gravity.hpp"
#include "model_base.hpp"
#include "volcanic_front.hpp"

namespace shakefield::gmm {
namespace {

/// Of one type of earthquake.
struct Source {
  double b, c;
};
struct Coefficients {
  double a;
  Source interface, slab;
  double d, pd, min_depth, ps, max_vs30;
  double sigma;      // log10
  double anomalous;  // 1e-5 per km²
};

// clang-format off
constexpr Row<Coefficients> table[] = {
    {pga, {-0.0321, {-0.005042, 7.1181}, {-0.005605, 7.5035}, 0.011641, -0.055358, 15, -0.523212, 1950, 0.3761, 7.6}},
    {pgv, {-0.0325, {-0.002408, 5.6026}, {-0.003451, 6.003}, 0.002266, 0.129142, 105, -0.693402, 850, 0.3399, 4.7}},
    {0.05, {-0.0321, {-0.005674, 7.2759}, {-0.006231, 7.6801}, 0.012812, -0.071415, 15, -0.368827, 2000, 0.3938, 8.8}},
    {0.06, {-0.0321, {-0.005864, 7.3523}, {-0.006405, 7.7504}, 0.014508, -0.081796, 15, -0.309232, 2000, 0.4039, 8.7}},
    {0.07, {-0.0321, {-0.005967, 7.4152}, {-0.006507, 7.8127}, 0.015574, -0.089891, 15, -0.247786, 2000, 0.4149, 8.6}},
    {0.08, {-0.0323, {-0.006033, 7.4929}, {-0.006594, 7.8938}, 0.016465, -0.093581, 15, -0.234067, 2000, 0.4219, 8.5}},
    {0.09, {-0.0325, {-0.006079, 7.5649}, {-0.006689, 7.9649}, 0.01739, -0.089604, 15, -0.252853, 2000, 0.4259, 8.4}},
    {0.1, {-0.0327, {-0.006061, 7.6214}, {-0.006686, 8.0219}, 0.018438, -0.084855, 15, -0.284416, 2000, 0.4266, 8.4}},
    {0.11, {-0.0324, {-0.005971, 7.5947}, {-0.006576, 7.996}, 0.017396, -0.076412, 15, -0.3057, 2000, 0.4256, 8.3}},
    {0.12, {-0.0322, {-0.005878, 7.5837}, {-0.006448, 7.9782}, 0.016457, -0.076948, 15, -0.351975, 2000, 0.4243, 8.3}},
    {0.13, {-0.0321, {-0.005757, 7.5645}, {-0.006331, 7.9644}, 0.015607, -0.072886, 15, -0.39513, 2000, 0.4229, 8.2}},
    {0.15, {-0.0321, {-0.005579, 7.5471}, {-0.006078, 7.936}, 0.014118, -0.061401, 15, -0.461774, 2000, 0.4193, 8.2}},
    {0.17, {-0.0321, {-0.005382, 7.5245}, {-0.005813, 7.9097}, 0.012855, -0.051288, 15, -0.536789, 2000, 0.4162, 8.1}},
    {0.2, {-0.0321, {-0.005027, 7.4788}, {-0.005476, 7.8719}, 0.011273, -0.043392, 15, -0.633661, 2000, 0.4152, 8}},
    {0.22, {-0.0322, {-0.004827, 7.4461}, {-0.005204, 7.8311}, 0.01038, -0.035431, 15, -0.665914, 2000, 0.413, 8}},
    {0.25, {-0.0321, {-0.004519, 7.3728}, {-0.004907, 7.7521}, 0.009225, -0.032667, 15, -0.719524, 2000, 0.4089, 7.9}},
    {0.3, {-0.0321, {-0.004095, 7.2797}, {-0.004621, 7.6656}, 0.00767, -0.019984, 15, -0.793002, 2000, 0.4063, 7.8}},
    {0.35, {-0.0321, {-0.003717, 7.1832}, {-0.004305, 7.5796}, 0.006448, -0.010959, 15, -0.845946, 2000, 0.4043, 7.7}},
    {0.4, {-0.0321, {-0.003342, 7.0883}, {-0.003989, 7.4889}, 0.005464, 0.003891, 15, -0.875246, 2000, 0.4029, 7.6}},
    {0.45, {-0.0321, {-0.003063, 7.01}, {-0.003934, 7.4287}, 0.004657, 0.01712, 15, -0.892051, 1973, 0.4033, 7.3}},
    {0.5, {-0.0321, {-0.002832, 6.9439}, {-0.003783, 7.3615}, 0.003986, 0.030246, 15, -0.89113, 1900, 0.4019, 7.1}},
    {0.6, {-0.0321, {-0.00245, 6.8166}, {-0.003351, 7.2161}, 0.002946, 0.057955, 15, -0.869468, 1779.9, 0.4032, 6.6}},
    {0.7, {-0.0321, {-0.002059, 6.6957}, {-0.002988, 7.0854}, 0.002193, 0.071145, 15, -0.873924, 1684.3, 0.4038, 6.2}},
    {0.8, {-0.0321, {-0.001692, 6.5864}, {-0.002587, 6.9659}, 0.001641, 0.089675, 15, -0.846494, 1605.7, 0.4053, 5.9}},
    {0.9, {-0.0325, {-0.001445, 6.5349}, {-0.002421, 6.9211}, 0.001234, 0.109109, 15, -0.814706, 1539.4, 0.4085, 5.6}},
    {1, {-0.0327, {-0.001322, 6.4748}, {-0.002331, 6.8605}, 0.000936, 0.128832, 15, -0.778652, 1482.4, 0.4091, 5.3}},
    {1.1, {-0.0331, {-0.00114, 6.4383}, {-0.002194, 6.8304}, 0.000723, 0.146198, 15.3, -0.732989, 1432.7, 0.4074, 5.1}},
    {1.2, {-0.0337, {-0.001053, 6.42}, {-0.002213, 6.8224}, 0.000576, 0.16154, 17.1, -0.703167, 1388.7, 0.4061, 4.9}},
    {1.3, {-0.0339, {-0.000979, 6.3848}, {-0.002159, 6.7827}, 0.000482, 0.171349, 19, -0.686586, 1349.5, 0.4046, 4.7}},
    {1.5, {-0.0347, {-0.000811, 6.351}, {-0.00202, 6.754}, 0.000417, 0.195287, 23, -0.650103, 1282.1, 0.4035, 4.3}},
    {1.7, {-0.0352, {-0.000714, 6.3011}, {-0.001909, 6.7004}, 0.000471, 0.220718, 27.2, -0.60241, 1225.9, 0.4007, 4}},
    {2, {-0.0359, {-0.000673, 6.2617}, {-0.001576, 6.6087}, 0.000703, 0.253945, 33.7, -0.543585, 1156.6, 0.3927, 3.6}},
    {2.2, {-0.0365, {-0.00061, 6.2463}, {-0.001349, 6.5766}, 0.000702, 0.270206, 38.3, -0.505691, 1117.8, 0.3883, 3.3}},
    {2.5, {-0.0375, {-0.000586, 6.2485}, {-0.001266, 6.5667}, 0.000826, 0.291435, 45.4, -0.458523, 1067.8, 0.3831, 3}},
    {3, {-0.0382, {-0.000505, 6.1858}, {-0.001105, 6.4858}, 0.001202, 0.323118, 57.8, -0.413921, 1000.3, 0.3775, 2.5}},
    {3.5, {-0.0384, {-0.000512, 6.0849}, {-0.001, 6.3681}, 0.001647, 0.35595, 70.9, -0.375806, 946.6, 0.3713, 2.2}},
    {4, {-0.0385, {-0.00061, 6.0035}, {-0.001005, 6.2727}, 0.002087, 0.380773, 84.7, -0.348309, 902.4, 0.3646, 1.8}},
    {4.5, {-0.0389, {-0.000605, 5.9423}, {-0.001061, 6.2145}, 0.002489, 0.405714, 99, -0.309662, 865.1, 0.3603, 1.5}},
    {5, {-0.0393, {-0.000564, 5.896}, {-0.001155, 6.1817}, 0.002841, 0.419676, 113.8, -0.294664, 833.1, 0.3552, 1.5}},
    {5.5, {-0.0398, {-0.000626, 5.8725}, {-0.001254, 6.1566}, 0.003139, 0.434776, 129.2, -0.289487, 805.2, 0.3494, 1.5}},
    {6, {-0.0402, {-0.000702, 5.8536}, {-0.001317, 6.1257}, 0.003384, 0.453344, 145, -0.290399, 780.5, 0.3428, 1.5}},
    {6.5, {-0.0405, {-0.000785, 5.8218}, {-0.001361, 6.0778}, 0.00358, 0.455404, 155, -0.281808, 758.4, 0.3366, 1.5}},
    {7, {-0.041, {-0.000856, 5.8197}, {-0.001392, 6.0652}, 0.003728, 0.440951, 155, -0.28325, 738.5, 0.33, 1.5}},
    {7.5, {-0.0412, {-0.00088, 5.7971}, {-0.001413, 6.0388}, 0.003833, 0.427237, 155, -0.275643, 720.5, 0.3242, 1.5}},
    {8, {-0.0417, {-0.000908, 5.7885}, {-0.001466, 6.0381}, 0.003898, 0.410255, 155, -0.277723, 704.1, 0.3185, 1.5}},
    {8.5, {-0.0419, {-0.00094, 5.7674}, {-0.001496, 6.018}, 0.003927, 0.393707, 155, -0.278975, 688.9, 0.313, 1.5}},
    {9, {-0.042, {-0.001012, 5.7463}, {-0.001488, 5.9881}, 0.003924, 0.378643, 155, -0.284384, 675, 0.309, 1.5}},
    {9.5, {-0.0423, {-0.001098, 5.7507}, {-0.001485, 5.9807}, 0.00389, 0.363717, 155, -0.290498, 662, 0.3047, 1.5}},
    {10, {-0.0427, {-0.001179, 5.7595}, {-0.001498, 5.9869}, 0.003828, 0.348396, 155, -0.298398, 650, 0.3007, 1.5}},
};
// clang-format on

/// Volcanic front above the Pacific plate, from south to north.
const SignedDistance<10> pacific_front({{{141.6, 24.0},
                                         {140.2, 31.0},
                                         {139.7, 34.1},
                                         {138.7, 36.1},
                                         {140.1, 37.2},
                                         {141.0, 39.3},
                                         {141.2, 42.6},
                                         {145.0, 43.6},
                                         {146.9, 44.3},
                                         {150.0, 45.9}}});

/// Si and Midorikawa (1999): peak velocity in cm/s at vs30 600 m/s.
class StiffRockVelocity {
 public:
  StiffRockVelocity(const GmmInput& in, bool slab) {
    const double mag = min(in.mag, 8.3);
    source_ = 0.58 * mag + 0.0038 * in.hypo_depth_km + (slab ? 0.12 : -0.02) - 1.29;
    near_ = 0.0028 * pow(10.0, 0.5 * mag);
  }
  Real operator()(Real r_rup) const {
    return exp(ln10 * (source_ - 0.002 * r_rup)) / (r_rup + near_);
  }

 private:
  double source_, near_;
};

/// Arguments: `slab`, `anomalous_intensity`, `nied_sigma`.
class MorikawaFujiwara2013 final : public ModelBase<Coefficients> {
 public:
  explicit MorikawaFujiwara2013(const Binding& b)
      : ModelBase(b, table),
        slab_(b.arguments.flag("slab", false)),
        anomalous_intensity_(b.arguments.flag("anomalous_intensity", false)),
        nied_sigma_(b.arguments.flag("nied_sigma", false)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double mag = min(in.mag, 8.2);
    const double near = pow(10.0, 0.5 * mag);
    const double deep_km = anomalous_intensity_ ? max(in.hypo_depth_km - 30.0, 0.0) : 0.0;
    const StiffRockVelocity stiff_rock_velocity(in, slab_);
    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup], vs30 = sites[in.vs30], z1pt4 = sites[in.z1pt4];
      Real anomaly = 0.0;
      if (deep_km > 0) {
        anomaly = 1e-5 * deep_km * pacific_front(sites[in.lon_deg], sites[in.lat_deg]);
        // slab: only north of the Philippine Sea plate
        if (slab_) anomaly *= ramp(sites[in.lat_deg], 35.5, 36.5);
      }
      // 0.20 up to 25 cm/s, 0.15 from 50 cm/s
      const Real nied_sigma =
          nied_sigma_ ? 0.20 - 0.05 * ramp(stiff_rock_velocity(r_rup), 25, 50) : 0.0;
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Source& s = slab_ ? c.slab : c.interface;
        // Eq. 3: magnitude and distance, log10 of cm/s²
        const Real rock = c.a * square(mag - 16) + s.b * r_rup + s.c - log10(r_rup + c.d * near);
        // Eq. 5 and 6: deep sediments by the depth to 1.4 km/s, shallow ones by vs30
        const Real deep = c.pd * log10(max(z1pt4, c.min_depth) / 300.0);
        const Real shallow = c.ps * log10(min(vs30, c.max_vs30) / 350.0);
        const Real log10_y = rock + deep + shallow + c.anomalous * anomaly;
        const double ln_unit = imts()[m].kind == pgv ? 0.0 : ln_cm_s2_per_g;
        sites.put(m, ln10 * log10_y - ln_unit,
                  total_only(ln10 * (nied_sigma_ ? nied_sigma : Real(c.sigma))));
      }
    });
  }

 private:
  bool slab_, anomalous_intensity_, nied_sigma_;
};

}  // namespace

Entries morikawa_fujiwara_2013() {
  const ModelInfo interface {
    .name = "MorikawaFujiwara2013SubInterface", .setting = "interface",
    .publication =
        "Morikawa and Fujiwara (2013), A new ground motion prediction equation for "
        "Japan applicable up to M9 mega-earthquake, Journal of Disaster Research 8(5), "
        "878-888, doi:10.20965/jdr.2013.p0878",
    .component = "geometric mean", .region = "Japan",
    .needs = Needs::mag | Needs::vs30 | Needs::z1pt4 | Needs::r_rup,
    .std_defined = StdDefined::total_only, .mag = {5.5, 9}, .distance_km = {0, 200},
  };
  ModelInfo slab = interface;
  slab.name = "MorikawaFujiwara2013SubSlab";
  slab.setting = "slab";
  const auto north_eastern = [](ModelInfo info) {
    info.name += "NENIED";
    info.region = "north-eastern Japan";
    info.needs = info.needs | Needs::hypo_depth | Needs::lon_lat;
    return info;
  };
  return {entry<MorikawaFujiwara2013>(interface, table),
          entry<MorikawaFujiwara2013>(slab, table, {{"slab", true}}),
          entry<MorikawaFujiwara2013>(north_eastern(interface), table,
                                      {{"anomalous_intensity", true}, {"nied_sigma", true}}),
          entry<MorikawaFujiwara2013>(
              north_eastern(slab), table,
              {{"slab", true}, {"anomalous_intensity", true}, {"nied_sigma", true}})};
}

}  // namespace shakefield::gmm
