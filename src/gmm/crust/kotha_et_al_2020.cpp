// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Kotha, S. R., Weatherill, G., Bindi, D., and Cotton, F. (2020). A regionally-adaptable
// ground-motion model for shallow crustal earthquakes in Europe. Bulletin of Earthquake Engineering
// 18(9), 4091-4125. doi:10.1007/s10518-020-00869-1.
//
// Component: RotD50. Ranges: Mw 3 to 7.4, r_jb below 545 km. Region: Europe and Middle East.
// Standard deviations: tau and phi; phi with (ergodic) or without the station-to-station part.
// KothaEtAl2020 has no site term: sites as they are in the data. KothaEtAl2020Site has that of the
// publication. KothaEtAl2020ESHM20 is the model of the European hazard model of 2020 (Weatherill,
// G., Kotha, S. R., and Cotton, F., 2020, Bulletin of Earthquake Engineering 18(11), 5087-5117,
// doi:10.1007/s10518-020-00899-9): site terms of measured and inferred vs30, attenuation by site
// column `region` (0: none, 1 to 5), tau of Al Atik (2015, PEER 2015/07), phi by magnitude.
// Arguments: `sigma_mu_epsilon` and `c3_epsilon`, standard deviations added to median and
// attenuation; `dl2l`, deviations of the source region by IMT; `ergodic`.
// Equations: the publications. Coefficients: its electronic supplement, figures read from the
// tables of the OpenQuake engine 3.26.2 by a script, to 9 digits.

#include <algorithm>
#include <array>

#include "gravity.hpp"
#include "kotha_et_al_2020_tables.hpp"

namespace shakefield::gmm {
namespace {

// ln, cm/s² and cm/s.
struct Coefficients {
  double e1, b1, b2, b3;  // magnitude
  double c1, c2, c3;      // distance
  double tau_c3;          // between regions: deviation of c3
  double tau, phi0, phi_s2s;
};

constexpr Row<Coefficients> table[] = {
    {pgv,
     {1.11912162, 2.55771079, 0.353267224, 0.879839839, -1.41931258, 0.270680726, -0.304426142,
      0.178233998, 0.422935886, 0.446525247, 0.56062776}},
    {pga,
     {3.93782347, 2.06573167, 0.304988012, 0.444773875, -1.49787542, 0.281241475, -0.609876182,
      0.253818777, 0.441761488, 0.467151252, 0.606771946}},
    {0.01,
     {3.9403876, 2.06441773, 0.305294152, 0.444352975, -1.50006147, 0.281612043, -0.608869451,
      0.253797652, 0.44163545, 0.467206938, 0.607030266}},
    {0.025,
     {3.97499687, 2.04519749, 0.308841647, 0.439374384, -1.5437615, 0.283003128, -0.573207556,
      0.252734624, 0.437676505, 0.468698397, 0.610030866}},
    {0.04,
     {4.0870228, 1.99149767, 0.319673428, 0.418531185, -1.63671359, 0.298482376, -0.535139204,
      0.244894144, 0.429637402, 0.473730661, 0.62641318}},
    {0.05,
     {4.1839757, 1.96912969, 0.328982075, 0.389853296, -1.66358951, 0.312192891, -0.555191107,
      0.260330694, 0.433639923, 0.479898166, 0.638967955}},
    {0.07,
     {4.3817665, 1.92450788, 0.321182873, 0.379581373, -1.64352915, 0.313810195, -0.641089476,
      0.286976037, 0.444338223, 0.4870609, 0.661064599}},
    {0.1,
     {4.60722959, 1.90125097, 0.298805051, 0.393002353, -1.54339429, 0.284939574, -0.744270751,
      0.321927482, 0.458382304, 0.496152397, 0.663309669}},
    {0.15,
     {4.78583314, 1.92620172, 0.249893334, 0.435396193, -1.38136439, 0.225411342, -0.815688998,
      0.322145126, 0.459702777, 0.497805937, 0.65540611}},
    {0.2,
     {4.81847464, 1.97006598, 0.218722883, 0.469713318, -1.30697559, 0.182653319, -0.773372803,
      0.30179587, 0.464006127, 0.494075957, 0.643585009}},
    {0.25,
     {4.75134747, 2.01097445, 0.195062831, 0.532210413, -1.26259484, 0.155157501, -0.722012122,
      0.274998158, 0.457687642, 0.488950837, 0.623240061}},
    {0.3,
     {4.65252286, 2.09278552, 0.194929941, 0.557034894, -1.24071282, 0.137000807, -0.660466291,
      0.260774632, 0.457514284, 0.48215745, 0.609748616}},
    {0.35,
     {4.53350898, 2.14179726, 0.189511463, 0.609892595, -1.21514532, 0.124712246, -0.618593386,
      0.254261889, 0.450960094, 0.480254056, 0.609506192}},
    {0.4,
     {4.44193245, 2.22862499, 0.200305172, 0.614767001, -1.18897229, 0.115638762, -0.591574546,
      0.243643375, 0.441122909, 0.475193647, 0.615477199}},
    {0.45,
     {4.33697729, 2.29103572, 0.209573443, 0.634252522, -1.18013994, 0.110083469, -0.555234499,
      0.24588326, 0.436294164, 0.469672671, 0.619384591}},
    {0.5,
     {4.23507898, 2.35399193, 0.218088424, 0.658541874, -1.17726166, 0.102697815, -0.519413341,
      0.238559829, 0.428500398, 0.463165027, 0.624993565}},
    {0.6,
     {4.02306439, 2.42753387, 0.218787915, 0.754615595, -1.16678689, 0.0940582863, -0.45404356,
      0.216855298, 0.426296732, 0.451206692, 0.635090712}},
    {0.7,
     {3.8320158, 2.51268433, 0.225024841, 0.765438565, -1.16236278, 0.0865917977, -0.397781533,
      0.215716277, 0.42537943, 0.44670474, 0.633635836}},
    {0.75,
     {3.74614212, 2.55840246, 0.231604957, 0.793480646, -1.15333203, 0.0824927941, -0.376630503,
      0.209593411, 0.428563812, 0.444311332, 0.637877957}},
    {0.8,
     {3.6516881, 2.59467404, 0.237334499, 0.828241778, -1.1464509, 0.083743953, -0.363246465,
      0.192106714, 0.433880652, 0.43930006, 0.638753821}},
    {0.9,
     {3.51228638, 2.68810225, 0.251716559, 0.84556117, -1.13599614, 0.0834018259, -0.333908265,
      0.17745661, 0.438913972, 0.43304349, 0.640328522}},
    {1,
     {3.36982045, 2.74249776, 0.256784133, 0.896648261, -1.12443352, 0.0854384623, -0.31746594,
      0.171997778, 0.444086895, 0.426703816, 0.638429445}},
    {1.2,
     {3.10224419, 2.82683484, 0.262683442, 0.982921358, -1.12116149, 0.0973231293, -0.275616236,
      0.160445653, 0.446121165, 0.416539878, 0.640086304}},
    {1.4,
     {2.84933746, 2.89911333, 0.272065572, 1.04000064, -1.12848927, 0.100288725, -0.234977213,
      0.150949142, 0.457011583, 0.409641113, 0.649359928}},
    {1.6,
     {2.63503429, 2.98365737, 0.289670716, 1.07300212, -1.14064711, 0.110078821, -0.198050139,
      0.148738498, 0.462781403, 0.404985162, 0.650540541}},
    {1.8,
     {2.43032254, 3.0635884, 0.316828767, 1.10980984, -1.15419968, 0.113127883, -0.167123739,
      0.156141593, 0.468432106, 0.399057812, 0.656949312}},
    {2,
     {2.24716355, 3.11067748, 0.326774528, 1.13247922, -1.16620972, 0.11629903, -0.140731664,
      0.155054491, 0.476577199, 0.396502974, 0.647763389}},
    {2.5,
     {1.83108465, 3.23289021, 0.374214286, 1.22639049, -1.17531326, 0.139541216, -0.120745041,
      0.176744552, 0.479859875, 0.393288023, 0.629481669}},
    {3,
     {1.58259216, 3.44640772, 0.454951811, 1.31395422, -1.15664484, 0.149490291, -0.149050671,
      0.174876785, 0.488309107, 0.390859427, 0.616446589}},
    {3.5,
     {1.32153652, 3.56445182, 0.518610571, 1.39498439, -1.1636847, 0.154344528, -0.142873831,
      0.193619214, 0.47918702, 0.388102875, 0.600202108}},
    {4,
     {1.10607064, 3.64336886, 0.555331866, 1.41814493, -1.17757509, 0.173083205, -0.142053717,
      0.193571789, 0.482524832, 0.386956009, 0.593046407}},
    {4.5,
     {1.0598761, 3.82152568, 0.666476454, 1.43054828, -1.17323634, 0.193621061, -0.156076449,
      0.152553586, 0.45676516, 0.372827866, 0.58133191}},
    {5,
     {0.823733817, 3.84747969, 0.684665144, 1.49653631, -1.20969231, 0.221304111, -0.126052481,
      0.13791953, 0.464229102, 0.377458812, 0.558954998}},
    {6,
     {0.50685355, 3.8004095, 0.700805222, 1.62559112, -1.22440412, 0.229276453, -0.11376684,
      0.141669391, 0.439059204, 0.384862539, 0.538973145}},
    {7,
     {0.196755042, 3.78431012, 0.716569352, 1.69631036, -1.28517895, 0.259689687, -0.0705853999,
      0.146488759, 0.434396029, 0.385850839, 0.523331606}},
    {8,
     {-0.089795696, 3.74815514, 0.726493406, 1.69534715, -1.32882938, 0.284919797, -0.0512964394,
      0.150981192, 0.429104861, 0.38763377, 0.508537124}},
};
constexpr double reference_mag = 4.5, hinge_mag = 5.7, reference_r_km = 30;

/// 0 up to 10 km of hypocentral depth, 1 up to 20 km, 2 beyond.
constexpr std::size_t depth_class(double hypo_depth_km) {
  return hypo_depth_km < 10 ? 0 : hypo_depth_km < 20 ? 1 : 2;
}

/// Saturation distance by hypocentral depth, km.
constexpr double saturation_km(double hypo_depth_km) {
  return hypo_depth_km <= 10 ? 4 : hypo_depth_km <= 20 ? 8 : 12;
}

/// Uncertainty of the median. That engine fits none between Mw 7.4 and 8 below 7.4.
double sigma_mu(const kotha2020::SigmaMu& s, const GmmInput& in) {
  if (in.mag < 7.4) return s.tau_l2l;
  const std::size_t k = depth_class(in.hypo_depth_km);
  return max(s.tau_l2l, s.mag_7_4[k] + (s.mag_8[k] - s.mag_7_4[k]) * ramp(in.mag, 7.4, 8.0));
}

enum class SiteTerm { none, vs30, europe };

class KothaEtAl2020 final : public ModelBase<Coefficients> {
 public:
  explicit KothaEtAl2020(const Binding& b)
      : ModelBase(b, table),
        sigma_mu_(coefficients_of(kotha2020::sigma_mu_table, b)),
        vs30_(coefficients_of(kotha2020::vs30_table, b)),
        europe_(coefficients_of(kotha2020::europe_table, b)),
        site_term_(b.arguments.choice(
            "site",
            {{"none", SiteTerm::none}, {"vs30", SiteTerm::vs30}, {"europe", SiteTerm::europe}},
            SiteTerm::none)),
        sigma_mu_epsilon_(b.arguments.number("sigma_mu_epsilon", 0.0)),
        c3_epsilon_(b.arguments.number("c3_epsilon", 0.0)),
        ergodic_(b.arguments.flag("ergodic", true)),
        dl2l_(source_shifts(b)) {
    b.arguments.not_offered("c3");
    for (std::size_t m = 0; m < size(); ++m) regions_.push_back(regions_of(m, b.info.name));
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    std::vector<double> constants;
    for (std::size_t m = 0; m < size(); ++m)
      constants.push_back(magnitude_term(coefficients()[m], in.mag) + dl2l_[m] +
                          sigma_mu_epsilon_ * sigma_mu(sigma_mu_[m], in) -
                          (imts()[m].kind == pgv ? 0 : ln_cm_s2_per_g));
    const double h = saturation_km(in.hypo_depth_km);
    const double reference_r = std::hypot(reference_r_km, h);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r = sqrt(square(sites[in.r_jb]) + square(h));
      const Real ln_r = log(r / reference_r);
      const Soil soil(*this, in, sites);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Eq. 3 and 4: geometric spreading and anelastic attenuation
        const double slope = c.c1 + c.c2 * (in.mag - reference_mag);
        const Response site = response(m, soil, in.mag);
        sites.put(
            m, constants[m] + slope * ln_r + attenuation(m, soil) * (r - reference_r) + site.mean,
            between_within(site.tau, site.phi));
      }
    });
  }

 private:
  /// What all IMTs share of the sites.
  struct Soil {
    Soil(const KothaEtAl2020& model, const GmmInput& in, const Sites& sites) {
      if (model.site_term_ == SiteTerm::none) return;
      const Real vs30 = sites[in.vs30];
      if (model.site_term_ == SiteTerm::vs30) {
        ln_vs30 = log(vs30 / 800);
      } else {
        ln_vs30 = log(min(vs30, 1100));
        measured = sites[in.vs30measured];
        region = sites[in.region];
      }
    }
    Real ln_vs30 = 0.0, measured = 0.0, region = 0.0;
  };
  struct Response {
    Real mean;
    double tau;
    Real phi;
  };

  /// Eq. 2.
  static double magnitude_term(const Coefficients& c, double mag) {
    const double dm = mag - hinge_mag;
    return c.e1 + (dm <= 0 ? c.b1 * dm + c.b2 * square(dm) : c.b3 * dm);
  }

  /// Deviations of a source region from the median, linear in ln(period) between two of SA.
  std::vector<double> source_shifts(const Binding& b) const {
    struct Shift {
      double value;
    };
    std::vector<Row<Shift>> given;
    for (const auto& [key, value] : b.arguments.numbers_by_key("dl2l"))
      given.push_back({Imt::parse(key), {value}});
    std::vector<double> shifts(size(), 0.0);
    if (given.empty()) return shifts;
    std::ranges::sort(given, {}, [](const Row<Shift>& row) { return row.imt.period_s; });
    for (std::size_t m = 0; m < size(); ++m)
      shifts[m] =
          coefficients_at(std::span<const Row<Shift>>(given), imts()[m], "dl2l of " + b.info.name)
              .value;
    return shifts;
  }

  /// PGV has no regions.
  kotha2020::Regions regions_of(std::size_t m, std::string_view model) const {
    if (imts()[m].kind != pgv) return coefficients_at(kotha2020::region_table, imts()[m], model);
    kotha2020::Regions regions;
    std::ranges::fill(regions.c3, coefficients()[m].c3);
    std::ranges::fill(regions.tau_c3, coefficients()[m].tau_c3);
    return regions;
  }

  Real attenuation(std::size_t m, const Soil& soil) const {
    const Coefficients& c = coefficients()[m];
    Real c3 = c.c3 + c3_epsilon_ * c.tau_c3;
    if (site_term_ == SiteTerm::europe)
      for (std::size_t k = 0; k < std::size(regions_[m].c3); ++k)
        c3 = select(abs(soil.region - static_cast<double>(k + 1)) < 0.5,
                    regions_[m].c3[k] + c3_epsilon_ * regions_[m].tau_c3[k], c3);
    return c3 / 100;
  }

  Response response(std::size_t m, const Soil& soil, double mag) const {
    const Coefficients& c = coefficients()[m];
    if (site_term_ == SiteTerm::europe) {
      const kotha2020::Europe& e = europe_[m];
      const Mask measured = soil.measured > 0.0;
      const double phi0 = e.phi0_small + (e.phi0_large - e.phi0_small) * ramp(mag, 5.0, 6.5);
      const Real phi_s2s =
          ergodic_ ? select(measured, e.measured.phi_s2s, e.inferred.phi_s2s) : Real(0.0);
      return {select(measured, e.measured.d0 + e.measured.d1 * soil.ln_vs30,
                     e.inferred.d0 + e.inferred.d1 * soil.ln_vs30),
              global_tau(imts()[m], mag), sqrt(square(phi0) + square(phi_s2s))};
    }
    const bool has_vs30 = site_term_ == SiteTerm::vs30;
    const kotha2020::Vs30& v = vs30_[m];
    const double phi_s2s = !ergodic_ ? 0.0 : has_vs30 ? v.phi_s2s : c.phi_s2s;
    const Real mean = has_vs30 ? v.g0 + soil.ln_vs30 * (v.g1 + v.g2 * soil.ln_vs30) : Real(0.0);
    return {mean, c.tau, std::hypot(c.phi0, phi_s2s)};
  }

  /// Al Atik (2015), Table 5.1: tau at Mw 4.5, 5, 5.5 and 6.5, linear in between.
  static double global_tau(const Imt& imt, double mag) {
    const std::array<double, 4> tau = imt.kind == pgv ? std::array{0.3733, 0.3639, 0.3434, 0.3236}
                                                      : std::array{0.4518, 0.427, 0.3863, 0.3508};
    return tau[0] + (tau[1] - tau[0]) * ramp(mag, 4.5, 5.0) +
           (tau[2] - tau[1]) * ramp(mag, 5.0, 5.5) + (tau[3] - tau[2]) * ramp(mag, 5.5, 6.5);
  }

  std::vector<kotha2020::SigmaMu> sigma_mu_;
  std::vector<kotha2020::Vs30> vs30_;
  std::vector<kotha2020::Europe> europe_;
  SiteTerm site_term_;
  double sigma_mu_epsilon_, c3_epsilon_;
  bool ergodic_;
  std::vector<double> dl2l_;
  std::vector<kotha2020::Regions> regions_;
};

}  // namespace

Entries kotha_et_al_2020() {
  const ModelInfo info{
      .name = "KothaEtAl2020",
      .setting = "crust",
      .publication =
          "Kotha, Weatherill, Bindi and Cotton (2020), A regionally-adaptable "
          "ground-motion model for shallow crustal earthquakes in Europe, Bulletin of "
          "Earthquake Engineering 18(9), 4091-4125, doi:10.1007/s10518-020-00869-1",
      .component = "RotD50",
      .region = "Europe, Middle East",
      .needs = Needs::mag | Needs::hypo_depth | Needs::r_jb,
      .mag = {3, 7.4},
      .distance_km = {0, 545}};
  ModelInfo site = info, europe = info;
  site.name = "KothaEtAl2020Site";
  site.needs = info.needs | Needs::vs30;
  europe.name = "KothaEtAl2020ESHM20";
  europe.publication +=
      "; as in Weatherill, Kotha and Cotton (2020), A regionally-adaptable \"scaled backbone\" "
      "ground motion logic tree for shallow seismicity in Europe, Bulletin of Earthquake "
      "Engineering 18(11), 5087-5117, doi:10.1007/s10518-020-00899-9";
  europe.needs = site.needs | Needs::vs30measured | Needs::region;
  return {entry<KothaEtAl2020>(info, table), entry<KothaEtAl2020>(site, table, {{"site", "vs30"}}),
          entry<KothaEtAl2020>(europe, table, {{"site", "europe"}})};
}

}  // namespace shakefield::gmm
