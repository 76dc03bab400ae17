// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Atkinson, G. M., and Boore, D. M. (2006). Earthquake ground-motion prediction equations for
// eastern North America. Bulletin of the Seismological Society of America 96(6), 2181-2205.
// doi:10.1785/0120050245.
//
// Component: not stated (random horizontal). Ranges: Mw 3.5 to 8, r_rup 1 to 1000 km. Region:
// eastern North America; vs30 of 2000 m/s and more is hard rock, else the model of the boundary of
// site classes B and C with its site term. Standard deviation: total sigma.
// Equations: the publication, and nshmp-haz (USGS, public domain). Coefficients: its Tables 6 to 9,
// figures read from the tables of the OpenQuake engine 3.26.2 by a script.
// The peer takes the nonlinear site term in the smooth form of Boore and Atkinson (2008), which
// replaced Eq. 8 of this publication; so does this one.
// Modified2011: the stress drop depends on magnitude as in Atkinson, G. M., and Boore, D. M.
// (2011), Modifications to existing ground-motion prediction equations in light of new data, BSSA
// 101(3), 1121-1135, doi:10.1785/0120100270. SGS: as the Saudi Geological Survey has it, r_rup at
// least 5 km.

#include "crust/boore_atkinson_2008_site.hpp"
#include "gravity.hpp"

namespace shakefield::gmm {
namespace {

struct Rock {
  double c1, c2, c3, c4, c5, c6, c7, c8, c9, c10;
};
struct Coefficients {
  Rock hard, bc;
};

// Tables 6 and 9.
// clang-format off
constexpr Row<Coefficients> table[] = {
    {pga, {{0.9069, 0.983, -0.06595, -2.698, 0.1594, -2.795, 0.212, -0.3011, -0.06532, -0.0004484}, {0.5233, 0.9686, -0.06196, -2.439, 0.1465, -2.335, 0.1912, -0.08695, -0.08285, -0.0006304}}},
    {pgv, {{-1.442, 0.9909, -0.05848, -2.701, 0.2155, -2.436, 0.2659, 0.08479, -0.06927, -0.0003734}, {-1.662, 1.05, -0.06035, -2.496, 0.184, -2.301, 0.25, 0.1268, -0.08704, -0.0004266}}},
    {0.025, {{1.522, 0.9597, -0.06351, -2.813, 0.1458, -3.654, 0.2362, -0.6544, -0.055, -4.848e-05}, {1.052, 0.903, -0.05768, -2.571, 0.1483, -2.652, 0.2065, -0.4084, -0.05769, -0.0005122}}},
    {0.031, {{1.436, 0.9592, -0.06276, -2.714, 0.14, -3.728, 0.2343, -0.543, -0.06448, -3.23e-05}, {1.191, 0.8884, -0.05642, -2.577, 0.1451, -2.84, 0.2121, -0.437, -0.05866, -0.0004329}}},
    {0.04, {{1.264, 0.968, -0.06232, -2.581, 0.1317, -3.644, 0.2276, -0.3506, -0.08126, -0.0001225}, {1.261, 0.8789, -0.05515, -2.536, 0.1388, -2.994, 0.2158, -0.3908, -0.06746, -0.0003881}}},
    {0.05, {{1.105, 0.9719, -0.06197, -2.466, 0.1276, -3.39, 0.2144, -0.1391, -0.09839, -0.0003167}, {1.209, 0.883, -0.05441, -2.44, 0.1295, -3.035, 0.2133, -0.2098, -0.08997, -0.0004145}}},
    {0.063, {{0.9109, 0.9802, -0.06208, -2.36, 0.1263, -2.972, 0.191, 0.1069, -0.1173, -0.0005786}, {1.109, 0.8875, -0.05386, -2.334, 0.1229, -2.881, 0.2007, -0.03189, -0.1069, -0.0005483}}},
    {0.079, {{0.6906, 0.9974, -0.06276, -2.262, 0.1246, -2.487, 0.1636, 0.2139, -0.1207, -0.0008469}, {0.9667, 0.9033, -0.05476, -2.249, 0.1215, -2.53, 0.1775, 0.1001, -0.1147, -0.0007724}}},
    {0.1, {{0.4797, 1.017, -0.06404, -2.201, 0.127, -2.007, 0.1326, 0.3371, -0.1266, -0.001047}, {0.7818, 0.9235, -0.05555, -2.165, 0.1191, -2.097, 0.1483, 0.2847, -0.1319, -0.0009897}}},
    {0.125, {{0.2144, 1.054, -0.06664, -2.154, 0.1295, -1.608, 0.1046, 0.4273, -0.1303, -0.001153}, {0.5356, 0.9647, -0.05835, -2.11, 0.1205, -1.672, 0.1156, 0.3433, -0.1322, -0.00113}}},
    {0.158, {{-0.1455, 1.123, -0.07143, -2.116, 0.1302, -1.303, 0.08311, 0.5617, -0.1438, -0.001182}, {0.1194, 1.057, -0.06473, -2.054, 0.119, -1.355, 0.0916, 0.5164, -0.1503, -0.001178}}},
    {0.199, {{-0.6153, 1.227, -0.07886, -2.087, 0.1312, -1.12, 0.06788, 0.6055, -0.1459, -0.001125}, {-0.3056, 1.156, -0.07211, -2.038, 0.122, -1.147, 0.07375, 0.5082, -0.143, -0.00114}}},
    {0.251, {{-1.121, 1.342, -0.08722, -2.082, 0.1349, -0.9714, 0.05628, 0.614, -0.1432, -0.001055}, {-0.8756, 1.293, -0.08193, -2.014, 0.1226, -1.027, 0.06341, 0.5808, -0.1491, -0.001053}}},
    {0.315, {{-1.721, 1.483, -0.09739, -2.08, 0.1382, -0.8893, 0.04869, 0.6101, -0.1389, -0.0009538}, {-1.56, 1.455, -0.09312, -1.977, 0.1209, -0.9466, 0.05576, 0.6499, -0.1558, -0.0009552}}},
    {0.397, {{-2.437, 1.649, -0.1084, -2.051, 0.1363, -0.8426, 0.04483, 0.7386, -0.1557, -0.0008509}, {-2.281, 1.629, -0.1054, -1.967, 0.1227, -0.888, 0.05033, 0.6839, -0.1582, -0.0008587}}},
    {0.5, {{-3.216, 1.826, -0.1201, -2.018, 0.1344, -0.8134, 0.04437, 0.8839, -0.1751, -0.0007704}, {-3.007, 1.803, -0.1178, -1.982, 0.1274, -0.8466, 0.04698, 0.667, -0.1546, -0.0007676}}},
    {0.629, {{-3.917, 1.987, -0.1314, -2.045, 0.1419, -0.7818, 0.04297, 0.7878, -0.159, -0.0006948}, {-3.748, 1.973, -0.1294, -1.997, 0.1313, -0.8417, 0.0482, 0.6772, -0.1557, -0.0006763}}},
    {0.794, {{-4.604, 2.132, -0.1406, -2.062, 0.1468, -0.7974, 0.04345, 0.7748, -0.1558, -0.000579}, {-4.446, 2.119, -0.1387, -2.009, 0.1356, -0.8576, 0.04976, 0.7084, -0.1589, -0.0005751}}},
    {1, {{-5.272, 2.264, -0.1483, -2.069, 0.1497, -0.8132, 0.04666, 0.8262, -0.1622, -0.0004862}, {-5.058, 2.233, -0.1454, -2.03, 0.1408, -0.8744, 0.05412, 0.7922, -0.1697, -0.0004886}}},
    {1.25, {{-5.724, 2.324, -0.1505, -2.104, 0.1565, -0.8202, 0.05186, 0.8563, -0.1661, -0.0004329}, {-5.489, 2.289, -0.1476, -2.081, 0.1501, -0.9, 0.05794, 0.8208, -0.1719, -0.000407}}},
    {1.587, {{-6.043, 2.342, -0.1496, -2.157, 0.1662, -0.8704, 0.06047, 0.9207, -0.1734, -0.0003748}, {-5.754, 2.287, -0.145, -2.131, 0.1582, -0.9568, 0.06762, 0.867, -0.1789, -0.0003429}}},
    {2, {{-6.183, 2.302, -0.1442, -2.223, 0.177, -0.937, 0.07067, 0.9518, -0.1768, -0.000322}, {-5.853, 2.233, -0.1385, -2.195, 0.1688, -1.037, 0.08002, 0.8666, -0.179, -0.000286}}},
    {2.5, {{-6.169, 2.211, -0.1348, -2.299, 0.1898, -0.986, 0.0786, 0.9683, -0.1765, -0.0002823}, {-5.8, 2.126, -0.1278, -2.257, 0.179, -1.123, 0.09539, 0.8911, -0.1797, -0.0002601}}},
    {3.125, {{-6.038, 2.08, -0.1221, -2.367, 0.2002, -1.073, 0.0895, 1.002, -0.1803, -0.0002306}, {-5.59, 1.972, -0.1136, -2.331, 0.1908, -1.204, 0.1099, 0.8449, -0.1723, -0.0002452}}},
    {4, {{-5.791, 1.916, -0.1071, -2.441, 0.2113, -1.162, 0.1018, 1.012, -0.1824, -0.000201}, {-5.256, 1.787, -0.09785, -2.435, 0.2068, -1.307, 0.121, 0.734, -0.156, -0.0001959}}},
    {5, {{-5.408, 1.714, -0.09012, -2.537, 0.2267, -1.268, 0.1162, 0.9792, -0.1767, -0.0001757}, {-4.852, 1.58, -0.08066, -2.53, 0.2216, -1.426, 0.1361, 0.634, -0.1413, -0.0001608}}},
};
// clang-format on

struct Stress {
  double delta, m1, mh;
};

// Table 7: effect of the stress drop.
constexpr Row<Stress> stress_table[] = {
    {pga, {0.15, 0.5, 5.5}},     {pgv, {0.11, 2, 5.5}},       {0.025, {0.15, 0, 5}},
    {0.031, {0.15, 0, 5}},       {0.04, {0.15, 0, 5}},        {0.05, {0.15, 0, 5}},
    {0.063, {0.15, 0.17, 5.17}}, {0.079, {0.15, 0.34, 5.34}}, {0.1, {0.15, 0.5, 5.5}},
    {0.126, {0.15, 1.15, 5.67}}, {0.158, {0.15, 1.85, 5.84}}, {0.199, {0.15, 2.5, 6}},
    {0.251, {0.15, 2.9, 6.12}},  {0.315, {0.15, 3.3, 6.25}},  {0.397, {0.15, 3.65, 6.37}},
    {0.5, {0.15, 4, 6.5}},       {0.629, {0.15, 4.17, 6.7}},  {0.794, {0.15, 4.34, 6.95}},
    {1, {0.15, 4.5, 7.2}},       {1.25, {0.15, 4.67, 7.45}},  {1.587, {0.15, 4.84, 7.7}},
    {2, {0.15, 5, 8}},           {2.5, {0.15, 5.25, 8.12}},   {3.125, {0.15, 5.5, 8.25}},
    {4, {0.15, 5.75, 8.37}},     {5, {0.15, 6, 8.5}},
};

/// What a job's magnitudes are: moment magnitudes, or mbLg to be converted.
enum class Magnitude { moment, mblg_1987, mblg_1996 };

/// Moment magnitude by Atkinson, G. M., and Boore, D. M. (1987, Bulletin of the Seismological
/// Society of America 77(1), 24-40) or Johnston, A. C. (1996, Geophysical Journal International
/// 124(2), 381-414).
double moment_magnitude(Magnitude scale, double mag) {
  switch (scale) {
    case Magnitude::mblg_1987:
      return 2.715 - 0.277 * mag + 0.127 * square(mag);
    case Magnitude::mblg_1996:
      return 1.14 + 0.24 * mag + 0.0933 * square(mag);
    case Magnitude::moment:
      break;
  }
  return mag;
}

/// Arguments: `modified_2011`, `min_r_rup_km`; `mag_eq` and `scale_fac`, factor of the effect of
/// the stress drop, of which the engine, followed here, takes note only where mag_eq is given.
class AtkinsonBoore2006 final : public ModelBase<Coefficients> {
 public:
  explicit AtkinsonBoore2006(const Binding& b)
      : ModelBase(b, table),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        stress_(coefficients_of(stress_table, b)),
        site_(coefficients_of(ba08::site_table, b)),
        modified_2011_(b.arguments.flag("modified_2011", false)),
        min_r_rup_km_(b.arguments.number("min_r_rup_km", 1.0)),
        magnitude_(b.arguments.choice("mag_eq",
                                      {{"NA", Magnitude::moment},
                                       {"Mw", Magnitude::moment},
                                       {"Mblg87", Magnitude::mblg_1987},
                                       {"Mblg96", Magnitude::mblg_1996}},
                                      Magnitude::moment)),
        scaled_(b.arguments.text("mag_eq", "NA") != "NA"),
        scale_(b.arguments.number("scale_fac", 0.0)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double mag = moment_magnitude(magnitude_, in.mag);
    // Atkinson and Boore (2011), Eq. 7: bar; Atkinson and Boore (2006), Eq. 6: factor of its log2
    const double doublings =
        scaled_          ? scale_
        : modified_2011_ ? log(pow(10.0, 3.45 - 0.2 * max(mag, 5.0)) / 140) / std::numbers::ln2
                         : 0.0;
    const auto stress = [&](const Stress& c) {
      return doublings * min(c.delta + 0.05, 0.05 + c.delta * max(mag - c.m1, 0.0) / (c.mh - c.m1));
    };
    std::vector<double> stresses;
    for (const Stress& c : stress_) stresses.push_back(stress(c));

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = max(sites[in.r_rup], min_r_rup_km_);
      const Real log_r = log10(r_rup);
      const Real f0 = max(1.0 - log_r, 0.0);
      const Real f1 = min(log_r, std::log10(70.0));
      const Real f2 = max(log_r - std::log10(140.0), 0.0);
      // Eq. 5, in log10 of cm/s²
      const auto rock = [&](const Rock& c) {
        return c.c1 + c.c2 * mag + c.c3 * square(mag) + (c.c4 + c.c5 * mag) * f1 +
               (c.c6 + c.c7 * mag) * f2 + (c.c8 + c.c9 * mag) * f0 + c.c10 * r_rup;
      };
      const Real vs30 = sites[in.vs30];
      const Mask is_hard = vs30 >= 2000.0;
      const bool some_hard = any(is_hard), all_hard = all(is_hard);

      const Real ln_pga = ln10 * rock(pga_.bc) - ln_cm_s2_per_g;
      const ba08::SiteAmplification unstressed(vs30, ln_pga);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        Real ln_y = 0.0;
        if (!all_hard) {
          // As in nshmp-haz, the reference PGA has the stress factor of the IMT at hand.
          const auto amplification =
              stresses[m] == 0 ? unstressed
                               : ba08::SiteAmplification(vs30, ln_pga + ln10 * stresses[m]);
          ln_y = ln10 * (rock(c.bc) + stresses[m]) + amplification(site_[m]);
        }
        if (some_hard) ln_y = select(is_hard, ln10 * (rock(c.hard) + stresses[m]), ln_y);
        const double ln_unit = imts()[m].kind == pgv ? 0.0 : ln_cm_s2_per_g;
        sites.put(m, ln_y - ln_unit, total_only(0.3 * ln10));
      }
    });
  }

 private:
  Coefficients pga_;
  std::vector<Stress> stress_;
  std::vector<ba08::SiteCoefficients> site_;
  bool modified_2011_;
  double min_r_rup_km_;
  Magnitude magnitude_;
  bool scaled_;
  double scale_;
};

}  // namespace

Entries atkinson_boore_2006() {
  const ModelInfo info{
      .name = "AtkinsonBoore2006",
      .setting = "stable",
      .publication =
          "Atkinson and Boore (2006), Earthquake ground-motion prediction equations for "
          "eastern North America, Bulletin of the Seismological Society of America "
          "96(6), 2181-2205, doi:10.1785/0120050245",
      .component = "random horizontal",
      .region = "eastern North America",
      .needs = Needs::mag | Needs::vs30 | Needs::r_rup,
      .std_defined = StdDefined::total_only,
      .mag = {3.5, 8},
      .distance_km = {1, 1000},
      .vs30 = {180, 2000}};
  ModelInfo modified = info;
  modified.name = "AtkinsonBoore2006Modified2011";
  ModelInfo sgs = info;
  sgs.name = "AtkinsonBoore2006SGS";
  return {entry<AtkinsonBoore2006>(info, table),
          entry<AtkinsonBoore2006>(modified, table, {{"modified_2011", true}}),
          entry<AtkinsonBoore2006>(sgs, table, {{"min_r_rup_km", 5.0}})};
}

}  // namespace shakefield::gmm
