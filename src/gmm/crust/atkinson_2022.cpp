// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Atkinson, G. M. (2022). Backbone ground-motion models for crustal, interface and slab earthquakes
// in New Zealand from equivalent point-source concepts. GNS Science Report 2022/11, Lower Hutt.
// doi:10.21420/NWPC-9E73. Used in the national seismic hazard model of New Zealand of 2022. It
// rests on the equivalent point source of Yenier, E., and Atkinson, G. M. (2015). Bulletin of the
// Seismological Society of America 105(4), 1989-2009. doi:10.1785/0120140332.
//
// Component: RotD50. Ranges: Mw 4 to 9, r_rup below 400 km. Region: New Zealand, crust and
// interface. Standard deviations: tau, phi, sigma. Equations: Yenier and Atkinson (2015), Eq. 2 to
// 14, and the site term of Seyhan and Stewart (2014); saturation, anelastic attenuation and the
// parts of phi are found from values of the OpenQuake engine 3.26.2. Coefficients: figures read
// from that engine's tables by a script.
// `epistemic`: the branch, "Lower", "Central" or "Upper". `modified_sigma`: the deviations of
// modified_sigma.hpp.

#include "modified_sigma.hpp"

namespace shakefield::gmm {
namespace {

// Deviations of one kind of event.
struct Spread {
  double within, between, total;
};
struct Coefficients {
  double frequency_hz;  // interpolated like the rest, as that engine does: anelastic attenuation
  double c0, c1, c2, b3, b4;  // source, near-source saturation
  double c, vc, f4, f5;       // site
  Spread crust, interface;
  double phi_s2s;
};

constexpr Row<Coefficients> table[] = {
    {pga,
     {199, 0.1428528, 1.8311172, -0.068096, -0.4564820129811583, 0.0382499084688654, -0.6, 1500,
      -0.15, -0.00701, 0.2695343088711387, 0.4210541953043666, 0.5882477191133427,
      0.2781428363192544, 0.5132467904328566, 0.6609733014920862, 0.31}},
    {0.01,
     {100, 0.1858079, 1.835986, -0.068564, -0.4321239989624864, 0.0352795984338166,
      -0.6037219733679098, 1500.2016174443593, -0.14833333333333332, -0.00701, 0.2827104865134497,
      0.4136386855155551, 0.5891707573698034, 0.2631305746503745, 0.5175140239154374,
      0.6581477526095371, 0.31}},
    {0.02,
     {50, 0.3788124, 1.7937459, -0.065544, -0.4209048867121666, 0.0343552883860402,
      -0.5738756667810282, 1500.3610246719468, -0.1471, -0.00728, 0.2898855554860094,
      0.4108324443046253, 0.5906919100281849, 0.2503723108711098, 0.5216346537681448,
      0.6564213631980238, 0.31}},
    {0.030003000300030006,
     {33.33, 0.6479953, 1.7548111, -0.063509, -0.4074900854082593, 0.0326778323559757,
      -0.5341302744452499, 1502.9542591138745, -0.15485857698769875, -0.0073499399939994,
      0.2892621440503026, 0.4144280727004389, 0.592893932691825, 0.2464367347305593,
      0.5252102837579675, 0.6577818075849962, 0.31}},
    {0.04,
     {25, 0.8303084, 1.7303709, -0.062245, -0.3942597934043294, 0.0311008797558349,
      -0.4906464190369123, 1503.3483943310396, -0.1677676, -0.00698, 0.2818483117235293,
      0.4252732885250007, 0.5969889787544426, 0.2562180980298786, 0.5286542693096207,
      0.6642462271005666, 0.31}},
    {0.05,
     {20, 1.019008, 1.7113114, -0.061549, -0.3872042220905837, 0.030295798196675,
      -0.45795109058471833, 1501.4240703452265, -0.1963325, -0.00647, 0.2724474509140059,
      0.4414502461231346, 0.6072621537123721, 0.2747724238503614, 0.5331832009738579,
      0.6778241665277248, 0.3156919226392606}},
    {0.07518796992481203,
     {13.3, 1.9363128, 1.5294222, -0.050218, -0.3693744528442891, 0.0283527646879723,
      -0.44434184153093564, 1493.9151758236615, -0.22885364210526313, -0.005727744360902256,
      0.2677611865543155, 0.4534541057569989, 0.6268056032585644, 0.2899003611827397,
      0.5374502324183275, 0.6989016790392447, 0.3399537986601684}},
    {0.1,
     {10, 2.0612433, 1.5223922, -0.049859, -0.3524454309621292, 0.0265250085182278,
      -0.4872444307650178, 1479.1238149606534, -0.249158, -0.0056, 0.2677636877643701,
      0.4518746788522763, 0.6338975269005954, 0.2949010842275676, 0.5375935055684061,
      0.7084570441781146, 0.3548773826798042}},
    {0.14992503748125938,
     {6.67, 1.9156618, 1.5915179, -0.053872, -0.338642054565708, 0.0252114260252002,
      -0.5794738568057596, 1442.9135041417426, -0.2571296, -0.005849475262368816,
      0.2705302338693459, 0.4390885194606251, 0.6365977401345634, 0.2946188721157924,
      0.532962523637424, 0.7142273299123043, 0.3731907654067907}},
    {0.2,
     {5, 1.1976394, 1.7746622, -0.06552, -0.3261850027345212, 0.0243650445860804,
      -0.6876175549933129, 1392.6110373521183, -0.2465827, -0.00614, 0.2794948910382598,
      0.4257252693513831, 0.6379204798728414, 0.2985042244382068, 0.5274577164417414,
      0.7175650174038529, 0.3841655106336327}},
    {0.25,
     {4, 0.0657588, 2.0753163, -0.085827, -0.3077823706788615, 0.0218772196277857,
      -0.7717746991142215, 1356.2133768987694, -0.23574459999999997, -0.00644, 0.2946883862042289,
      0.419311862848497, 0.6449237886374458, 0.3030868775064255, 0.5280680454787547,
      0.7238649914408726, 0.3914881988787751}},
    {0.3003003003003003,
     {3.33, -1.082073, 2.3665827, -0.104992, -0.3084956335215223, 0.0223410856911098,
      -0.8419521792657217, 1308.3065483824914, -0.21906000960960959, -0.006701501501501502,
      0.310927991653233, 0.4197171520927012, 0.6559257883546427, 0.2955059319895369,
      0.53863865784076, 0.7313380173598518, 0.3967366079331965}},
    {0.4,
     {2.5, -2.744799, 2.7806937, -0.132406, -0.2965977772093245, 0.0212260758724609,
      -0.9109240322773913, 1252.656788171011, -0.19582290000000002, -0.00713, 0.3275907882194808,
      0.4226036012356438, 0.6699009037313802, 0.2963734965135148, 0.5461597388952242,
      0.7409354913501378, 0.4035563065007463}},
    {0.5,
     {2, -4.434368, 3.1743708, -0.157102, -0.2812533400432924, 0.0201580254243318,
      -0.9693045215971263, 1203.907561708764, -0.17040659999999996, -0.00744, 0.3476563639178173,
      0.4250429706313488, 0.6839151009318686, 0.3422858899601504, 0.532557139366314,
      0.7529874688086199, 0.407692765482745}},
    {0.8,
     {1.25, -7.968264, 3.9712418, -0.205802, -0.264977379383868, 0.0188268480022055,
      -1.0209917226234801, 1139.20893293117, -0.1325233, -0.00822, 0.3659675326069178,
      0.4266031979284738, 0.6975189145352997, 0.4155825907719518, 0.5034749990137726,
      0.7725322498860177, 0.413049770281145}},
    {1,
     {1, -9.422486, 4.2415535, -0.21957, -0.2661810877060593, 0.0201321374754103,
      -1.0500336389924818, 1109.9470817334236, -0.1052142, -0.00844, 0.3731066769148803,
      0.4253201114154281, 0.7010718861378604, 0.4721322708709847, 0.475949572150902,
      0.7879294869646772, 0.414}},
    {1.4925373134328357,
     {0.67, -12.19098, 4.7224578, -0.243257, -0.289540692077823, 0.0245989883881205,
      -1.0457716643433437, 1073.014087206576, -0.06848863731343284, -0.007736119402985075,
      0.3722562513226867, 0.4194466470071202, 0.6965551527416289, 0.500976693008008,
      0.4515969649184814, 0.7909464837379347, 0.4131329985326505}},
    {2,
     {0.5, -13.36398, 4.8520475, -0.2455, -0.3001730943640149, 0.0272869035780396,
      -1.039161103429778, 1009.4937301506833, -0.03613609999999999, -0.00479, 0.3717903941909072,
      0.4107927295042367, 0.6895034821081156, 0.5079848304973409, 0.430344033336159,
      0.7821002896409709, 0.41040990243054}},
    {3.0303030303030303,
     {0.33, -14.938882215053328, 4.8665685, -0.232389, -0.3362655550702224, 0.0347566543365056,
      -1.009967210347025, 920.3637769231365, -0.013221472727272728, -0.0018057575757575758,
      0.3685418569426256, 0.4023605595440166, 0.6772866362703034, 0.4977522428309425,
      0.4250845494211882, 0.7677574683516714, 0.401238450264341}},
    {4,
     {0.25, -15.503362918229438, 4.8042808, -0.221216, -0.35295648468494, 0.037906793691587,
      -0.9693804976802449, 844.4757455460383, -0.0032122999999999995, -0.00152, 0.3670131335316696,
      0.3983924795627366, 0.671537532346627, 0.4929369074585197, 0.4226094981670842,
      0.7610079053920009, 0.396922472774365}},
    {5,
     {0.2, -15.824433708127367, 4.666816, -0.205107, -0.3688931821796301, 0.0409760006440203,
      -0.9195405181949666, 793.1312280772821, -0.00025479999999999996, -0.00144, 0.3494901575932433,
      0.3786239146240316, 0.6465058234789528, 0.4421039105464605, 0.4315650195384607,
      0.7308724749380889, 0.3904745072503744}},
    {7.692307692307692,
     {0.13, -16.33223554808867, 4.3617284, -0.172557, -0.4050606111362064, 0.0472347675992962,
      -0.7665259092060178, 767.086508833329, 4.861538461538263e-06, -0.00137, 0.3221905305938992,
      0.3530644093760983, 0.6076018721031521, 0.3503803020712459, 0.4489596444940409,
      0.6819457003856956, 0.3751250722236302}},
    {10,
     {0.1, -16.600646598152043, 4.2229454, -0.158457, -0.4202596843528228, 0.0498150630541786,
      -0.655750798606377, 775, 0, -0.00136, 0.3221905305938992, 0.3530644093760983,
      0.6076018721031521, 0.3221905305938992, 0.3530644093760983, 0.6076018721031521,
      0.3751250722236302}},
};
constexpr double vs30_reference = 760, f3 = 0.1;
constexpr double transition_km = 50;  // body waves to surface waves

enum class Setting { crust, interface };

/// Terms of the rupture for one IMT.
struct Source {
  double constant, slope;  // slope: of ln(r) before the transition
};

class Atkinson2022 final : public ModelBase<Coefficients> {
 public:
  explicit Atkinson2022(const Binding& b)
      : ModelBase(b, table),
        setting_(b.arguments.choice("setting",
                                    {{"crust", Setting::crust}, {"interface", Setting::interface}},
                                    Setting::crust)),
        branch_(b.arguments.choice("epistemic", {{"Lower", -1.0}, {"Central", 0.0}, {"Upper", 1.0}},
                                   0.0)),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        pga_gamma_(gamma(pga_)),
        gammas_(per_imt([&](const Coefficients& c) { return gamma(c); })) {
    if (b.arguments.flag("modified_sigma", false))
      correlations_ = coefficients_of(modified_sigma::table, b);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double h = std::pow(10, -0.405 + 0.235 * in.mag);
    const double ln_r_reference = 0.5 * std::log(1 + square(h));
    const auto source = [&](const Coefficients& c) {
      const double saturation = c.b3 + c.b4 * in.mag;
      return Source{c.c0 + c.c1 * in.mag + c.c2 * square(in.mag) - std::log(981.0) -
                        saturation * ln_r_reference,
                    saturation - 1.3};
    };
    const auto sources = per_imt(source);
    const Source pga_source = source(pga_);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup], vs30 = sites[in.vs30];
      const Real ln_r = 0.5 * log(square(r_rup) + square(h));
      const Real far = 0.8 * max(ln_r - std::log(transition_km), 0.0);
      const auto rock = [&](const Source& s, double gamma) {
        return s.constant + s.slope * ln_r + far + gamma * r_rup;
      };
      // Seyhan and Stewart (2014), Eq. 3 to 8
      const Real pga = exp(rock(pga_source, pga_gamma_));
      const Real ln_pga = log((pga + f3) / f3);
      const Spread& pga_spread = setting_ == Setting::crust ? pga_.crust : pga_.interface;
      const modified_sigma::Parts pga_parts{pga_spread.between,
                                            std::hypot(pga_spread.within, pga_.phi_s2s)};
      const Real shift = epistemic_shift(in.mag, r_rup);
      const Real ln_vs30 = log(vs30);
      const Real excess = min(vs30, vs30_reference) - 360;

      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real linear = c.c * (min(ln_vs30, std::log(c.vc)) - std::log(vs30_reference));
        const Real f2 = c.f4 * (exp(c.f5 * excess) - std::exp(c.f5 * (vs30_reference - 360)));
        const Spread& spread = setting_ == Setting::crust ? c.crust : c.interface;
        const double phi = std::sqrt(square(spread.within) + square(c.phi_s2s));
        const Real mean = rock(sources[m], gammas_[m]) + linear + f2 * ln_pga + shift;
        if (correlations_.empty())
          sites.put(m, mean, {spread.total, spread.between, phi});
        else
          sites.put(m, mean,
                    modified_sigma::deviations(correlations_[m], f2 * pga / (pga + f3),
                                               {spread.between, phi}, pga_parts));
      }
    });
  }

 private:
  /// From the central branch to that of the job: widest near the source, where there are few data.
  /// Found from values of the OpenQuake engine.
  Real epistemic_shift(double mag, Real r_rup) const {
    constexpr double factor = 1.1444233;
    const Real ln_r = log(max(r_rup, 1.0));
    const Real near = branch_ > 0 ? min(1.0 - 0.3 * ln_r, 0.8) : min(0.6 - 0.13 * ln_r, 0.5);
    const Real by_distance = max(max(0.3, near), 0.12 * ln_r - 0.25);
    return branch_ * factor * (by_distance + 0.15 * max(mag - 7, 0.0));
  }

  /// Anelastic attenuation, 1/km.
  double gamma(const Coefficients& c) const {
    const double ln_f = std::log(c.frequency_hz);
    return setting_ == Setting::crust ? std::max(-0.005 - 0.0016 * ln_f, -0.008)
                                      : std::max(-0.0045 - 0.0014 * ln_f, -0.006);
  }

  Setting setting_;
  double branch_;                                          ///< -1 lower, 0 central, 1 upper
  std::vector<modified_sigma::Correlation> correlations_;  ///< [M]; empty: deviations of the model
  Coefficients pga_;
  double pga_gamma_;
  std::vector<double> gammas_;
};

}  // namespace

Entries atkinson_2022() {
  ModelInfo crust{
      .name = "Atkinson2022Crust",
      .setting = "crust",
      .publication =
          "Atkinson (2022), Backbone ground-motion models for crustal, interface and slab "
          "earthquakes in New Zealand from equivalent point-source concepts, GNS Science Report "
          "2022/11, doi:10.21420/NWPC-9E73",
      .component = "RotD50",
      .region = "New Zealand",
      .needs = Needs::mag | Needs::vs30 | Needs::r_rup,
      .mag = {4, 9},
      .distance_km = {0, 400}};
  ModelInfo interface = crust;
  interface.name = "Atkinson2022SInter";
  interface.setting = "interface";
  return {entry<Atkinson2022>(crust, table),
          entry<Atkinson2022>(interface, table, {{"setting", "interface"}})};
}

}  // namespace shakefield::gmm
