// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Weatherill, G., and Cotton, F. (2020). A ground motion logic tree for seismic hazard analysis in
// the stable cratonic region of Europe: regionalisation, model selection and development of a
// scaled backbone approach. Bulletin of Earthquake Engineering 18(14), 6119-6148.
// doi:10.1007/s10518-020-00940-x.
//
// Component: RotD50. Ranges: Mw 4 to 8, r_rup below 1000 km. Region: cratonic Europe. Standard
// deviations: tau and phi, those of Al Atik (2015, PEER 2015/07), global branch; phi with (ergodic)
// or without the site-to-site part.
// Site: linear term of Stewart et al. (2020), Earthquake Spectra 36(1), 42-68,
// doi:10.1177/8755293019878187; nonlinear term of Hashash et al. (2020), Earthquake Spectra 36(1),
// 69-90, doi:10.1177/8755293019878193. The rock has vs30 3000 m/s.
// Equations: the publications. Coefficients: their tables, figures read from the tables of the
// OpenQuake engine 3.26.2 by a script, those of the model to 9 digits; the site-to-site part was
// found by asking the engine for values. Of the engine's arguments, epsilon (times the uncertainty
// of the mean), site_epsilon (times that of the site term) and ergodic are here.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// ln, g.
struct Coefficients {
  double e1, b1, b2, b3;  // magnitude
  double c1, c2, c3;      // distance
  double sigma_mu;        // uncertainty of the mean
};

constexpr Row<Coefficients> table[] = {
    {pga,
     {0.129433711, 0.516399477, -0.120321874, 0.209372712, -1.498201, 0.220432033, -0.219311497,
      0.467518017}},
    {0.01,
     {0.441910296, 0.507166125, -0.101879717, 0.18428208, -1.56753764, 0.222961321, -0.217385086,
      0.424145088}},
    {0.02,
     {0.979123809, 0.464490221, -0.113773494, 0.167233525, -1.62825571, 0.226150925, -0.244152175,
      0.453414268}},
    {0.025,
     {1.04334061, 0.469670675, -0.113450865, 0.174065913, -1.6090883, 0.224104272, -0.257668045,
      0.456276007}},
    {0.03,
     {1.0465685, 0.476295173, -0.114529545, 0.188789465, -1.57834524, 0.220697857, -0.270012906,
      0.442617577}},
    {0.04,
     {1.00766345, 0.493809588, -0.115010836, 0.208535847, -1.52232245, 0.215223039, -0.287476719,
      0.432692547}},
    {0.05,
     {0.951568977, 0.507030793, -0.116999742, 0.227662857, -1.47612267, 0.210020977, -0.298269116,
      0.436894677}},
    {0.075,
     {0.766898927, 0.53781775, -0.125793038, 0.255897568, -1.39013642, 0.198935495, -0.306252688,
      0.445048551}},
    {0.1,
     {0.566921464, 0.563265478, -0.139088774, 0.285966324, -1.32905053, 0.189118846, -0.296370961,
      0.445057074}},
    {0.15,
     {0.316925422, 0.627617718, -0.168967815, 0.338414772, -1.25211994, 0.167801938, -0.266500375,
      0.408938323}},
    {0.2,
     {0.11688868, 0.691136578, -0.191138619, 0.377390003, -1.20586645, 0.154400114, -0.236539992,
      0.396717601}},
    {0.25,
     {-0.0438423799, 0.744829702, -0.208516033, 0.406488784, -1.18352052, 0.146981292, -0.208303084,
      0.385803497}},
    {0.3,
     {-0.198476724, 0.799805296, -0.223154824, 0.433865913, -1.16557023, 0.140633373, -0.179796844,
      0.38677605}},
    {0.4,
     {-0.44174737, 0.897281227, -0.242204915, 0.483912434, -1.15156734, 0.133979351, -0.136250996,
      0.395064996}},
    {0.5,
     {-0.637444826, 0.992673275, -0.253908946, 0.526938715, -1.14419843, 0.129943753, -0.112134931,
      0.416676944}},
    {0.75,
     {-1.0323624, 1.23796003, -0.248353441, 0.613138137, -1.12728315, 0.121478498, -0.0735664803,
      0.424883715}},
    {1,
     {-1.3728029, 1.4458039, -0.229115739, 0.691619273, -1.10947364, 0.116810841, -0.0583506072,
      0.435248946}},
    {1.5,
     {-1.88846725, 1.73021117, -0.19372035, 0.805618949, -1.10238977, 0.114304314, -0.0390002104,
      0.494395041}},
    {2,
     {-2.33452311, 1.9204512, -0.161746252, 0.908051097, -1.09476613, 0.113858928, -0.0296892844,
      0.529656872}},
    {3,
     {-3.03492008, 2.14684825, -0.114822455, 1.08514064, -1.09084212, 0.115716685, -0.0198059757,
      0.550851606}},
    {4,
     {-3.57661628, 2.26268782, -0.0885264829, 1.22776568, -1.09028992, 0.117770415, -0.0135787506,
      0.547911774}},
    {5,
     {-4.02262883, 2.31874356, -0.0777038034, 1.34663742, -1.09024942, 0.118983394, -0.00833019111,
      0.536941451}},
    {7.5,
     {-4.87643088, 2.37321923, -0.064598854, 1.52969286, -1.10750012, 0.131643153, -4.88890402e-05,
      0.531853283}},
    {10,
     {-5.48914908, 2.38148061, -0.0633541563, 1.62001977, -1.12740443, 0.141291747, 0.00595596269,
      0.56019897}},
};
constexpr double reference_mag = 4.5, hinge_mag = 6.2, reference_r_km = 1, saturation_km = 5;

struct SiteCoefficients {
  double c, v1, v2;       // Stewart et al.: vs30 scaling
  double f760i, f760g;    // Stewart et al.: from rock to 760 m/s, impedance and gradient
  double f3, f4, f5, vc;  // Hashash et al.
};

constexpr Row<SiteCoefficients> site_table[] = {
    {pga, {-0.29, 319, 760, 0.185, 0.121, 0.0752, -0.43755, -0.00131, 2990}},
    {0.01, {-0.29, 319, 760, 0.185, 0.121, 0.0752, -0.43755, -0.00131, 2990}},
    {0.02, {-0.303, 319, 760, 0.185, 0.031, 0.0566, -0.41511, -0.00098, 2990}},
    {0.03, {-0.315, 319, 810, 0.224, 0, 0.1036, -0.49871, -0.00127, 2990}},
    {0.05, {-0.344, 319, 1010, 0.337, 0.062, 0.16781, -0.58073, -0.00187, 2990}},
    {0.075, {-0.348, 319, 1380, 0.475, 0.211, 0.17386, -0.53646, -0.00259, 2990}},
    {0.1, {-0.372, 317, 1900, 0.521, 0.338, 0.15083, -0.44661, -0.00335, 2990}},
    {0.15, {-0.385, 302, 1500, 0.586, 0.47, 0.14272, -0.38264, -0.0041, 2335}},
    {0.2, {-0.403, 279, 1073, 0.419, 0.509, 0.12815, -0.30481, -0.00488, 1533}},
    {0.25, {-0.417, 250, 945, 0.332, 0.509, 0.13286, -0.27506, -0.00564, 1318}},
    {0.3, {-0.426, 225, 867, 0.27, 0.498, 0.1307, -0.22825, -0.00655, 1152}},
    {0.4, {-0.452, 217, 843, 0.209, 0.473, 0.09414, -0.11591, -0.00872, 1018}},
    {0.5, {-0.48, 217, 822, 0.175, 0.447, 0.09888, -0.07793, -0.01028, 939}},
    {0.75, {-0.51, 227, 814, 0.127, 0.386, 0.06101, -0.0178, -0.01456, 835}},
    {1, {-0.557, 255, 790, 0.095, 0.344, 0.04367, -0.00478, -0.01823, 951}},
    {1.5, {-0.574, 276, 805, 0.083, 0.289, 0.0048, -0.00086, -0.02, 882}},
    {2, {-0.584, 296, 810, 0.079, 0.258, 0.00164, -0.00236, -0.01296, 879}},
    {3, {-0.588, 312, 820, 0.073, 0.233, 0.00746, -0.00626, -0.01043, 894}},
    {4, {-0.579, 321, 821, 0.066, 0.224, 0.00269, -0.00331, -0.01215, 875}},
    {5, {-0.558, 324, 825, 0.064, 0.22, 0.00242, -0.00256, -0.01325, 856}},
    {7.5, {-0.544, 325, 820, 0.056, 0.216, 0.04219, -0.00536, -0.01418, 832}},
    {10, {-0.507, 325, 820, 0.053, 0.218, 0.05329, -0.00631, -0.01403, 837}},
};

/// Standard deviations of the site term.
struct SiteDeviation {
  double vf, sigma_vc, sigma_l, sigma_u;  // Stewart et al.: vs30 scaling
  double f760is, f760gs;                  // Stewart et al.: from rock to 760 m/s
  double sigma_c;                         // Hashash et al.
};

constexpr Row<SiteDeviation> site_deviation_table[] = {
    {pga, {345, 0.3, 0.345, 0.48, 0.434, 0.248, 0.12}},
    {0.01, {345, 0.3, 0.345, 0.48, 0.434, 0.248, 0.12}},
    {0.02, {343, 0.29, 0.336, 0.479, 0.434, 0.27, 0.12}},
    {0.03, {342, 0.282, 0.327, 0.478, 0.404, 0.229, 0.12}},
    {0.05, {338, 0.271, 0.308, 0.476, 0.363, 0.093, 0.12}},
    {0.075, {334, 0.269, 0.285, 0.473, 0.322, 0.102, 0.12}},
    {0.1, {319, 0.27, 0.263, 0.47, 0.293, 0.088, 0.12}},
    {0.15, {317, 0.261, 0.284, 0.402, 0.253, 0.066, 0.12}},
    {0.2, {314, 0.251, 0.306, 0.334, 0.214, 0.053, 0.12}},
    {0.25, {282, 0.238, 0.291, 0.357, 0.177, 0.052, 0.135}},
    {0.3, {250, 0.225, 0.276, 0.381, 0.131, 0.055, 0.15}},
    {0.4, {250, 0.225, 0.275, 0.381, 0.112, 0.06, 0.15}},
    {0.5, {280, 0.225, 0.311, 0.323, 0.105, 0.067, 0.15}},
    {0.75, {280, 0.225, 0.33, 0.31, 0.138, 0.077, 0.125}},
    {1, {300, 0.225, 0.377, 0.361, 0.124, 0.078, 0.06}},
    {1.5, {300, 0.242, 0.405, 0.375, 0.112, 0.081, 0.05}},
    {2, {300, 0.259, 0.413, 0.388, 0.118, 0.088, 0.04}},
    {3, {313, 0.306, 0.41, 0.551, 0.111, 0.1, 0.04}},
    {4, {322, 0.34, 0.405, 0.585, 0.12, 0.109, 0.03}},
    {5, {325, 0.34, 0.409, 0.587, 0.108, 0.115, 0.02}},
    {7.5, {328, 0.345, 0.42, 0.594, 0.082, 0.13, 0.02}},
    {10, {330, 0.35, 0.44, 0.6, 0.069, 0.137, 0.02}},
};
constexpr double v_low = 200, v_high = 2000;

struct WithinEvent {
  double phi_small, phi_large;  // Al Atik: single-station phi up to Mw 5, from Mw 6.5 on
  double soil, rock;            // site-to-site phi up to vs30 1200 m/s, from 1500 m/s on
};

// The site-to-site phi at 0.04 s is interpolated.
constexpr Row<WithinEvent> within_event_table[] = {
    {pga, {0.5477, 0.3505, 0.533, 0.566}},       {0.01, {0.5477, 0.3505, 0.533, 0.566}},
    {0.02, {0.5464, 0.3505, 0.537, 0.577}},      {0.03, {0.545, 0.3505, 0.542, 0.598}},
    {0.04, {0.5436, 0.3505, 0.56509, 0.628974}}, {0.05, {0.5424, 0.3505, 0.583, 0.653}},
    {0.075, {0.5392, 0.3505, 0.619, 0.633}},     {0.1, {0.5361, 0.3505, 0.623, 0.59}},
    {0.15, {0.5299, 0.3543, 0.603, 0.532}},      {0.2, {0.524, 0.3659, 0.578, 0.461}},
    {0.25, {0.5183, 0.3765, 0.554, 0.396}},      {0.3, {0.5127, 0.3876, 0.527, 0.373}},
    {0.4, {0.5022, 0.4066, 0.491, 0.339}},       {0.5, {0.4923, 0.417, 0.472, 0.305}},
    {0.75, {0.4704, 0.4277, 0.432, 0.273}},      {1, {0.4519, 0.4257, 0.431, 0.257}},
    {1.5, {0.4231, 0.4142, 0.424, 0.247}},       {2, {0.4026, 0.4026, 0.423, 0.239}},
    {3, {0.3775, 0.3775, 0.418, 0.23}},          {4, {0.3648, 0.3648, 0.412, 0.221}},
    {5, {0.3583, 0.3583, 0.404, 0.214}},         {7.5, {0.3529, 0.3529, 0.378, 0.201}},
    {10, {0.3519, 0.3519, 0.319, 0.193}},
};
constexpr double rock_vs30 = 3000, vref = 760;

/// Al Atik (2015), Table 5.1: tau at Mw 4.5, 5, 5.5 and 6.5, linear in between.
double tau_at(double mag) {
  return 0.4518 + (0.427 - 0.4518) * ramp(mag, 4.5, 5.0) + (0.3863 - 0.427) * ramp(mag, 5.0, 5.5) +
         (0.3508 - 0.3863) * ramp(mag, 5.5, 6.5);
}

class Eshm20Craton final : public ModelBase<Coefficients> {
 public:
  explicit Eshm20Craton(const Binding& b)
      : ModelBase(b, table),
        site_(coefficients_of(site_table, b)),
        within_event_(coefficients_of(within_event_table, b)),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        epsilon_(b.arguments.number("epsilon", 0.0)),
        site_epsilon_(b.arguments.number("site_epsilon", 0.0)),
        ergodic_(b.arguments.flag("ergodic", true)) {
    if (site_epsilon_ != 0) site_deviation_ = coefficients_of(site_deviation_table, b);
    b.arguments.not_offered("tau_model", std::string("global"));
    b.arguments.not_offered("phi_model", std::string("global"));
    b.arguments.not_offered("tau_quantile");
    b.arguments.not_offered("phi_ss_quantile");
    // Hashash et al.: the nonlinear term vanishes at 760 m/s below 0.4 s, else on rock.
    for (const Imt& imt : imts())
      nonlinear_vref_.push_back(imt.kind == sa && imt.period_s >= 0.4 ? rock_vs30 : vref);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constants = per_imt(
        [&](const Coefficients& c) { return magnitude_term(c, in.mag) + epsilon_ * c.sigma_mu; });
    const double pga_constant = magnitude_term(pga_, in.mag);
    const double tau = tau_at(in.mag);
    std::vector<double> phi_ss;
    for (const WithinEvent& w : within_event_)
      phi_ss.push_back(w.phi_small + (w.phi_large - w.phi_small) * ramp(in.mag, 5.0, 6.5));

    for_each_site(in, out, [&](const Sites& sites) {
      const Distance d(sites[in.r_rup]);
      const Vs30 v(sites[in.vs30]);
      const Real pga_rock = exp(pga_constant + path_term(pga_, in.mag, d));
      for (std::size_t m = 0; m < size(); ++m) {
        const SiteCoefficients& s = site_[m];
        Real site = linear(s, v) + nonlinear(s, v.vs30, nonlinear_vref_[m], pga_rock);
        if (site_epsilon_ != 0)
          site += site_epsilon_ * site_deviation(site_deviation_[m], s, v, pga_rock);
        const WithinEvent& w = within_event_[m];
        const Real phi_s2s = w.soil + (w.rock - w.soil) * v.rock;
        const Real phi = ergodic_ ? sqrt(square(phi_ss[m]) + square(phi_s2s)) : Real(phi_ss[m]);
        sites.put(m, constants[m] + path_term(coefficients()[m], in.mag, d) + site,
                  between_within(tau, phi));
      }
    });
  }

 private:
  /// What all IMTs share of the distance.
  struct Distance {
    explicit Distance(Real r_rup) {
      const Real r = sqrt(square(r_rup) + square(saturation_km));
      const double reference = std::hypot(reference_r_km, saturation_km);
      ln_ratio = log(r / reference);
      difference = r - reference;
    }
    Real ln_ratio, difference;
  };

  /// What all IMTs share of the linear site term.
  struct Vs30 {
    explicit Vs30(Real value) : vs30(value), ln_vs30(log(value)) {
      // Stewart et al.: weight of the impedance profile, and taper to rock from 2000 m/s on
      impedance = 0.1 + (0.767 - 0.1) * ramp(ln_vs30, std::log(400.0), std::log(600.0));
      taper = 1.0 - ramp(ln_vs30, std::log(2000.0), std::log(rock_vs30));
      rock = ramp(vs30, 1200, 1500);
    }
    Real vs30, ln_vs30, impedance, taper;
    Real rock;  ///< of the site-to-site variability
  };

  static double magnitude_term(const Coefficients& c, double mag) {
    const double dm = mag - hinge_mag;
    return c.e1 + (dm <= 0 ? c.b1 * dm + c.b2 * square(dm) : c.b3 * dm);
  }

  static Real path_term(const Coefficients& c, double mag, const Distance& d) {
    return (c.c1 + c.c2 * (mag - reference_mag)) * d.ln_ratio + c.c3 / 100 * d.difference;
  }

  static Real linear(const SiteCoefficients& s, const Vs30& v) {
    const Real scaling = s.c * (clamp(v.ln_vs30, std::log(s.v1), std::log(s.v2)) - std::log(vref));
    const Real to_760 = s.f760g + v.impedance * (s.f760i - s.f760g);
    return (scaling + to_760) * v.taper;
  }

  static Real nonlinear(const SiteCoefficients& s, Real vs30, double reference, Real pga_rock) {
    const Real f2 =
        s.f4 * (exp(s.f5 * (min(vs30, reference) - 360.0)) - std::exp(s.f5 * (reference - 360)));
    return select(vs30 < s.vc, f2 * log((pga_rock + s.f3) / s.f3), 0.0);
  }

  /// Stewart et al., Eq. 6 and 8; Hashash et al., Eq. 7.
  static Real site_deviation(const SiteDeviation& d, const SiteCoefficients& s, const Vs30& v,
                             Real pga_rock) {
    const Real x = (v.vs30 - v_low) / (d.vf - v_low);
    const Real soft = d.sigma_l + (d.sigma_l - d.sigma_vc) * x * (x - 2.0);
    const Real stiff =
        d.sigma_vc + (d.sigma_u - d.sigma_vc) * square((v.vs30 - s.v2) / (v_high - s.v2));
    const Real scaling = select(
        v.vs30 < d.vf, soft,
        select(v.vs30 < s.v2, d.sigma_vc, select(v.vs30 <= v_high, stiff, d.sigma_u * v.taper)));
    const Real to_760 = d.f760gs + v.impedance * (d.f760is - d.f760gs);
    const Real to_rock = 1.0 - ramp(v.ln_vs30, std::log(300.0), std::log(1000.0));
    const Real nonlinear = d.sigma_c * to_rock * log((pga_rock + s.f3) / s.f3);
    return sqrt(square(scaling) + square(to_760) + square(nonlinear));
  }

  std::vector<SiteCoefficients> site_;
  std::vector<SiteDeviation> site_deviation_;  ///< empty: site_epsilon is 0
  std::vector<WithinEvent> within_event_;
  Coefficients pga_;
  double epsilon_, site_epsilon_;
  bool ergodic_;
  std::vector<double> nonlinear_vref_;
};

}  // namespace

Entries eshm20_craton() {
  return {entry<Eshm20Craton>(
      {.name = "ESHM20Craton",
       .setting = "stable",
       .publication = "Weatherill and Cotton (2020), A ground motion logic tree for seismic hazard "
                      "analysis in the stable cratonic region of Europe: regionalisation, model "
                      "selection and development of a scaled backbone approach, Bulletin of "
                      "Earthquake Engineering 18(14), 6119-6148, doi:10.1007/s10518-020-00940-x",
       .component = "RotD50",
       .region = "cratonic Europe",
       .needs = Needs::mag | Needs::vs30 | Needs::r_rup,
       .mag = {4, 8},
       .distance_km = {0, 1000}},
      table)};
}

}  // namespace shakefield::gmm
