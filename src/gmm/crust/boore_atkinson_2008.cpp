// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Boore, D. M., and Atkinson, G. M. (2008). Ground-motion prediction equations for the average
// horizontal component of PGA, PGV, and 5%-damped PSA at spectral periods between 0.01 s and 10.0
// s. Earthquake Spectra 24(1), 99-138. doi:10.1193/1.2830434.
// BooreAtkinson2011: with the adjustment of Atkinson, G. M., and Boore, D. M. (2011). Modifications
// to existing ground-motion prediction equations in light of new data. Bulletin of the
// Seismological Society of America 101(3), 1121-1135. doi:10.1785/0120100270.
// Atkinson2008prime: Atkinson, G. M. (2008), Ground-motion prediction equations for eastern North
// America from a referenced empirical approach, BSSA 98(3), 1304-1318, doi:10.1785/0120070199, with
// the same adjustment.
//
// Component: GMRotI50. Ranges: Mw 5 to 8, r_jb below 200 km, vs30 180 to 1300 m/s. Region: active
// crust worldwide. Standard deviations: tau, phi and (published apart, rounded) sigma.
// Equations: the publication. Coefficients: its Tables 3, 4, 6, 7 and 8, figures read from the
// tables of the OpenQuake engine 3.26.2 by a script.

#include "boore_atkinson_2008_site.hpp"
#include "fault_style.hpp"
#include "gravity.hpp"

namespace shakefield::gmm {

// Table 3.
// clang-format off
static constexpr Row<ba08::SiteCoefficients> site_rows[] = {
    {pgv, {-0.6, -0.5, -0.06}},
    {pga, {-0.36, -0.64, -0.14}},
    {0.01, {-0.36, -0.64, -0.14}},
    {0.02, {-0.34, -0.63, -0.12}},
    {0.03, {-0.33, -0.62, -0.11}},
    {0.04, {-0.31, -0.61, -0.11}},
    {0.05, {-0.29, -0.64, -0.11}},
    {0.06, {-0.25, -0.64, -0.11}},
    {0.075, {-0.23, -0.64, -0.11}},
    {0.09, {-0.23, -0.64, -0.12}},
    {0.1, {-0.25, -0.6, -0.13}},
    {0.12, {-0.26, -0.56, -0.14}},
    {0.15, {-0.28, -0.53, -0.18}},
    {0.17, {-0.29, -0.53, -0.19}},
    {0.2, {-0.31, -0.52, -0.19}},
    {0.24, {-0.38, -0.52, -0.16}},
    {0.25, {-0.39, -0.52, -0.16}},
    {0.3, {-0.44, -0.52, -0.14}},
    {0.36, {-0.48, -0.51, -0.11}},
    {0.4, {-0.5, -0.51, -0.1}},
    {0.46, {-0.55, -0.5, -0.08}},
    {0.5, {-0.6, -0.5, -0.06}},
    {0.6, {-0.66, -0.49, -0.03}},
    {0.75, {-0.69, -0.47, 0}},
    {0.85, {-0.69, -0.46, 0}},
    {1, {-0.7, -0.44, 0}},
    {1.5, {-0.72, -0.4, 0}},
    {2, {-0.73, -0.38, 0}},
    {3, {-0.74, -0.34, 0}},
    {4, {-0.75, -0.31, 0}},
    {5, {-0.75, -0.291, 0}},
    {7.5, {-0.692, -0.247, 0}},
    {10, {-0.65, -0.215, 0}},
};
// clang-format on
const std::span<const Row<ba08::SiteCoefficients>> ba08::site_table = site_rows;

namespace {

struct Coefficients {
  double c1, c2, c3, h;                   // Table 6: distance
  double e1, e2, e3, e4, e5, e6, e7, mh;  // Table 7: magnitude
  double phi, tau, sigma;                 // Table 8: tau and sigma with specified mechanism
};

constexpr Row<Coefficients> table[] = {
    {pgv,
     {-0.8737, 0.1006, -0.00334, 2.54, 5.00121, 5.04727, 4.63188, 5.0821, 0.18322, -0.12736, 0, 8.5,
      0.5, 0.256, 0.56}},
    {pga,
     {-0.6605, 0.1197, -0.01151, 1.35, -0.53804, -0.5035, -0.75472, -0.5097, 0.28805, -0.10164, 0,
      6.75, 0.502, 0.26, 0.564}},
    {0.01,
     {-0.6622, 0.12, -0.01151, 1.35, -0.52883, -0.49429, -0.74551, -0.49966, 0.28897, -0.10019, 0,
      6.75, 0.502, 0.262, 0.566}},
    {0.02,
     {-0.666, 0.1228, -0.01151, 1.35, -0.52192, -0.48508, -0.73906, -0.48895, 0.25144, -0.11006, 0,
      6.75, 0.502, 0.262, 0.566}},
    {0.03,
     {-0.6901, 0.1283, -0.01151, 1.35, -0.45285, -0.41831, -0.66722, -0.42229, 0.17976, -0.12858, 0,
      6.75, 0.507, 0.274, 0.576}},
    {0.05,
     {-0.717, 0.1317, -0.01151, 1.35, -0.28476, -0.25022, -0.48462, -0.26092, 0.06369, -0.15752, 0,
      6.75, 0.516, 0.286, 0.589}},
    {0.075,
     {-0.7205, 0.1237, -0.01151, 1.55, 0.00767, 0.04912, -0.20578, 0.02706, 0.0117, -0.17051, 0,
      6.75, 0.513, 0.32, 0.606}},
    {0.1,
     {-0.7081, 0.1117, -0.01151, 1.68, 0.20109, 0.23102, 0.03058, 0.22193, 0.04697, -0.15948, 0,
      6.75, 0.52, 0.318, 0.608}},
    {0.15,
     {-0.6961, 0.09884, -0.01113, 1.86, 0.46128, 0.48661, 0.30185, 0.49328, 0.1799, -0.14539, 0,
      6.75, 0.518, 0.29, 0.594}},
    {0.2,
     {-0.583, 0.04273, -0.00952, 1.98, 0.5718, 0.59253, 0.4086, 0.61472, 0.52729, -0.12964, 0.00102,
      6.75, 0.523, 0.288, 0.596}},
    {0.25,
     {-0.5726, 0.02977, -0.00837, 2.07, 0.51884, 0.53496, 0.3388, 0.57747, 0.6088, -0.13843,
      0.08607, 6.75, 0.527, 0.267, 0.592}},
    {0.3,
     {-0.5543, 0.01955, -0.0075, 2.14, 0.43825, 0.44516, 0.25356, 0.5199, 0.64472, -0.15694,
      0.10601, 6.75, 0.546, 0.269, 0.608}},
    {0.4,
     {-0.6443, 0.04394, -0.00626, 2.24, 0.3922, 0.40602, 0.21398, 0.4608, 0.7861, -0.07843, 0.02262,
      6.75, 0.541, 0.267, 0.603}},
    {0.5,
     {-0.6914, 0.0608, -0.0054, 2.32, 0.18957, 0.19878, 0.00967, 0.26337, 0.76837, -0.09054, 0,
      6.75, 0.555, 0.265, 0.615}},
    {0.75,
     {-0.7408, 0.07518, -0.00409, 2.46, -0.21338, -0.19496, -0.49176, -0.10813, 0.75179, -0.14053,
      0.10302, 6.75, 0.571, 0.299, 0.645}},
    {1,
     {-0.8183, 0.1027, -0.00334, 2.54, -0.46896, -0.43443, -0.78465, -0.3933, 0.6788, -0.18257,
      0.05393, 6.75, 0.573, 0.302, 0.647}},
    {1.5,
     {-0.8303, 0.09793, -0.00255, 2.66, -0.86271, -0.79593, -1.20902, -0.88085, 0.70689, -0.2595,
      0.19082, 6.75, 0.566, 0.373, 0.679}},
    {2,
     {-0.8285, 0.09432, -0.00217, 2.73, -1.22652, -1.15514, -1.57697, -1.27669, 0.77989, -0.29657,
      0.29888, 6.75, 0.58, 0.389, 0.7}},
    {3,
     {-0.7844, 0.07282, -0.00191, 2.83, -1.82979, -1.7469, -2.22584, -1.91814, 0.77966, -0.45384,
      0.67466, 6.75, 0.566, 0.401, 0.695}},
    {4,
     {-0.6854, 0.03758, -0.00191, 2.89, -2.24656, -2.15906, -2.58228, -2.38168, 1.24961, -0.35874,
      0.79508, 6.75, 0.583, 0.385, 0.698}},
    {5,
     {-0.5096, -0.02391, -0.00191, 2.93, -1.28408, -1.2127, -1.50904, -1.41093, 0.14271, -0.39006,
      0, 8.5, 0.601, 0.437, 0.744}},
    {7.5,
     {-0.3724, -0.06568, -0.00191, 3, -1.43145, -1.31632, -1.81022, -1.59217, 0.52407, -0.37578, 0,
      8.5, 0.626, 0.477, 0.787}},
    {10,
     {-0.09824, -0.138, -0.00191, 3.04, -2.15446, -2.16137, -2.53323, -2.14635, 0.40387, -0.48492,
      0, 8.5, 0.645, 0.477, 0.801}},
};

/// Eq. 5a and 5b: magnitude and style of faulting.
double magnitude_term(const Coefficients& c, const GmmInput& in) {
  const FaultStyle fault = fault_style(in.rake_deg);
  const double style = fault == FaultStyle::strike_slip ? c.e2
                       : fault == FaultStyle::normal    ? c.e3
                                                        : c.e4;
  const double dm = in.mag - c.mh;
  return style + (dm <= 0 ? c.e5 * dm + c.e6 * square(dm) : c.e7 * dm);
}

/// Eq. 3 and 4, with the magnitude-dependent slope given.
Real distance_term(const Coefficients& c, double slope, Real r_jb) {
  const Real r = sqrt(square(r_jb) + square(c.h));
  return slope * log(r) + c.c3 * (r - 1.0);
}

/// Atkinson and Boore (2011), Eq. 5: ln of their correction, none from Mw 5.77 on.
struct SmallMagnitude {
  explicit SmallMagnitude(double mag)
      : constant(ln10 * std::max(3.888 - 0.674 * mag, 0.0)),
        slope(-std::max(2.933 - 0.510 * mag, 0.0)) {}
  Real operator()(Real r_jb) const {
    return constant == 0 && slope == 0 ? Real(0.0) : constant + slope * log(r_jb + 10);
  }
  double constant, slope;
};

double distance_slope(const Coefficients& c, double mag) {
  return c.c1 + c.c2 * (mag - 4.5);
}

/// Atkinson (2008) relative to Boore and Atkinson (2008), log10: c + d r_jb.
struct EasternNorthAmerica {
  double c, d;
};
constexpr Row<EasternNorthAmerica> eastern_table[] = {
    {pgv, {0.45, 0.00211}},
    {pga, {0.419, 0.00039}},
    {0.005, {0.417, 0.00192}},
    {0.05, {0.417, 0.00192}},
    {0.1, {0.245, 0.00273}},
    {0.2, {0.042, 0.00232}},
    {0.3, {-0.078, 0.0019}},
    {0.5, {-0.18, 0.0018}},
    {1, {-0.248, 0.00153}},
    {2, {-0.214, 0.00117}},
    {3.03, {-0.084, 0.00091}},
    {5, {0, 0}},
    {10, {0, 0}},
};

enum class Kind { base, adjusted, eastern };

class BooreAtkinson2008 final : public ModelBase<Coefficients> {
 public:
  explicit BooreAtkinson2008(const Binding& b)
      : ModelBase(b, table),
        site_(coefficients_of(ba08::site_table, b)),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        kind_(b.arguments.choice(
            "kind", {{"base", Kind::base}, {"2011", Kind::adjusted}, {"A08prime", Kind::eastern}},
            Kind::base)) {
    if (kind_ == Kind::eastern) eastern_ = coefficients_of(eastern_table, b);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto magnitude = per_imt([&](const Coefficients& c) { return magnitude_term(c, in); });
    const auto slope = per_imt([&](const Coefficients& c) { return distance_slope(c, in.mag); });
    const double pga_magnitude = magnitude_term(pga_, in);
    const double pga_slope = distance_slope(pga_, in.mag);
    const SmallMagnitude small_magnitude(in.mag);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_jb = sites[in.r_jb];
      const Real ln_pga_rock = pga_magnitude + distance_term(pga_, pga_slope, r_jb);
      const ba08::SiteAmplification amplification(sites[in.vs30], ln_pga_rock);
      const Real adjustment = kind_ != Kind::base ? small_magnitude(r_jb) : Real(0.0);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Eq. 1
        Real mean = magnitude[m] + distance_term(c, slope[m], r_jb) + amplification(site_[m]);
        if (!eastern_.empty()) mean += ln10 * (eastern_[m].c + eastern_[m].d * r_jb);
        sites.put(m, mean + adjustment, {c.sigma, c.tau, c.phi});
      }
    });
  }

 private:
  std::vector<ba08::SiteCoefficients> site_;
  Coefficients pga_;
  Kind kind_;
  std::vector<EasternNorthAmerica> eastern_;
};

}  // namespace

Entries boore_atkinson_2008() {
  ModelInfo info{
      .name = "BooreAtkinson2008",
      .setting = "crust",
      .publication =
          "Boore and Atkinson (2008), Ground-motion prediction equations for the average "
          "horizontal "
          "component of PGA, PGV, and 5%-damped PSA at spectral periods between 0.01 s and 10.0 s, "
          "Earthquake Spectra 24(1), 99-138, doi:10.1193/1.2830434",
      .component = "GMRotI50",
      .region = "active crust worldwide",
      .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_jb,
      .mag = {5, 8},
      .distance_km = {0, 200},
      .vs30 = {180, 1300}};
  ModelInfo adjusted = info;
  adjusted.name = "BooreAtkinson2011";
  adjusted.publication =
      "Atkinson and Boore (2011), Modifications to existing ground-motion prediction equations in "
      "light of new data, Bulletin of the Seismological Society of America 101(3), 1121-1135, "
      "doi:10.1785/0120100270";
  adjusted.mag = {3.5, 8};
  ModelInfo eastern = adjusted;
  eastern.name = "Atkinson2008prime";
  eastern.setting = "stable";
  eastern.region = "eastern North America";
  return {entry<BooreAtkinson2008>(info, table),
          entry<BooreAtkinson2008>(adjusted, table, {{"kind", "2011"}}),
          entry<BooreAtkinson2008>(eastern, table, {{"kind", "A08prime"}})};
}

}  // namespace shakefield::gmm
