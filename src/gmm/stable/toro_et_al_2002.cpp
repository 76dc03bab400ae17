// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Toro, G. R., Abrahamson, N. A., and Schneider, J. F. (1997). Model of strong ground motions from
// earthquakes in central and eastern North America: best estimates and uncertainties. Seismological
// Research Letters 68(1), 41-57. doi:10.1785/gssrl.68.1.41.
// Toro, G. R. (2002). Modification of the Toro et al. (1997) attenuation equations for large
// magnitudes and short distances. Risk Engineering, Inc.
//
// Component: geometric mean. Ranges: Mw 5 to 8, r_jb 1 to 500 km. Region: central and eastern North
// America, hard rock (vs30 2800 m/s). Standard deviation: total sigma, aleatory.
// Equations: the publications. Coefficients: mid-continent, moment magnitude, Tables 2 and 3 of
// 1997 (3 and 4 s: those of 2 s, with SA extrapolated), figures read from the tables of the
// OpenQuake engine 3.26.2 by a script.
// SHARE: the adjustments of share_adjustment.hpp. ToroEtAl1997MwNSHMP2008: as in the US maps of
// 2008 (nshmp-haz, USGS, public domain).

#include "nshmp_ceus.hpp"
#include "share_adjustment.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c1, c2, c3, c4, c5, c6, c7;  // Table 2
  double m50, m55, m80;               // Table 3: sigma of magnitude at Mw 5, 5.5, 8
  double r5, r20;                     // Table 3: sigma of distance at r_jb 5 and 20 km
};

constexpr Row<Coefficients> table[] = {
    {pga, {2.2, 0.81, 0, 1.27, 1.16, 0.0021, 9.3, 0.55, 0.59, 0.5, 0.54, 0.2}},
    {0.03, {4, 0.79, 0, 1.57, 1.83, 0.0008, 11.1, 0.62, 0.63, 0.5, 0.62, 0.35}},
    {0.04, {3.68, 0.8, 0, 1.46, 1.77, 0.0013, 10.5, 0.62, 0.63, 0.5, 0.57, 0.29}},
    {0.1, {2.37, 0.81, 0, 1.1, 1.02, 0.004, 8.3, 0.59, 0.61, 0.5, 0.5, 0.17}},
    {0.2, {1.73, 0.84, 0, 0.98, 0.66, 0.0042, 7.5, 0.6, 0.64, 0.56, 0.45, 0.12}},
    {0.4, {1.07, 1.05, -0.1, 0.93, 0.56, 0.0033, 7.1, 0.63, 0.68, 0.64, 0.45, 0.12}},
    {1, {0.09, 1.42, -0.2, 0.9, 0.49, 0.0023, 6.8, 0.63, 0.64, 0.67, 0.45, 0.12}},
    {2, {-0.74, 1.86, -0.31, 0.92, 0.46, 0.0017, 6.9, 0.61, 0.62, 0.66, 0.45, 0.12}},
    {3, {-0.74, 1.86, -0.31, 0.92, 0.46, 0.0017, 6.9, 0.61, 0.62, 0.66, 0.45, 0.12}},
    {4, {-0.74, 1.86, -0.31, 0.92, 0.46, 0.0017, 6.9, 0.61, 0.62, 0.66, 0.45, 0.12}},
};

// Adjustments for Europe.
constexpr Row<share::Coefficients> share_table[] = {
    {pga, {1.22, 0.735106}},   {0.03, {1.1794, 0.423049}}, {0.04, {1.164, 0.477379}},
    {0.1, {1.08, 0.888509}},   {0.2, {1.19, 1.197291}},    {0.4, {1.23, 1.308267}},
    {1, {1.196667, 1.265762}}, {2, {1.14, 1.215779}},      {3, {1.14, 1.215779}},
    {4, {1.14, 1.215779}},
};

/// Argument: `share`.
class ToroEtAl2002 final : public ModelBase<Coefficients> {
 public:
  explicit ToroEtAl2002(const Binding& b) : ModelBase(b, table) {
    for (const Imt& imt : imts()) long_period_.push_back(long_period_factor(imt));
    if (b.arguments.flag("share", false)) share_ = coefficients_of(share_table, b);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double dm = in.mag - 6;
    // Toro (2002), Eq. 4: saturation at short distances
    const double near = exp(-1.25 + 0.227 * in.mag);

    std::vector<double> shift(size(), 0.0);
    for (std::size_t m = 0; m < share_.size(); ++m)
      shift[m] = share::adjustment(share_[m], in.rake_deg);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_jb = sites[in.r_jb];
      // Toro (1997): sigma of distance falls from 5 to 20 km, linearly in between.
      const Real far = ramp(r_jb, 5, 20);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Toro et al. (1997), Eq. 3, with the distance of Toro (2002)
        const Real r = sqrt(square(r_jb) + square(c.c7 * near));
        const Real ln_r = log(r);
        const Real mean = c.c1 + c.c2 * dm + c.c3 * square(dm) - c.c4 * ln_r -
                          (c.c5 - c.c4) * max(ln_r - std::log(100.0), 0.0) - c.c6 * r;
        const double of_magnitude =
            c.m50 + (c.m55 - c.m50) * ramp(in.mag, 5, 5.5) + (c.m80 - c.m55) * ramp(in.mag, 5.5, 8);
        const Real of_distance = c.r5 + (c.r20 - c.r5) * far;
        const double epistemic = imts()[m].period_s < 1 ? 0.36 + 0.07 * dm : 0.34 + 0.06 * dm;
        const Real variance = square(of_magnitude) + square(of_distance) + square(epistemic);
        sites.put(m, long_period_[m] * mean + shift[m], total_only(sqrt(variance)));
      }
    });
  }

 private:
  static double long_period_factor(const Imt& imt) {
    return imt.period_s == 3.0 ? 1 / 0.612 : imt.period_s == 4.0 ? 1 / 0.559 : 1.0;
  }

  std::vector<double> long_period_;
  std::vector<share::Coefficients> share_;
};

struct NshmpCoefficients {
  double c1, c2, c3, c4, c5, c6, c7, sigma;
};

// For vs30 760 m/s, moment magnitude.
constexpr Row<NshmpCoefficients> nshmp_table[] = {
    {pga, {2.619, 0.81, 0, 1.27, 1.16, 0.0021, 9.3, 0.7506}},
    {0.1, {2.92, 0.81, 0, 1.1, 1.02, 0.004, 8.3, 0.7506}},
    {0.2, {2.295, 0.84, 0, 0.98, 0.66, 0.0042, 7.5, 0.7506}},
    {0.3, {1.8823, 0.964, -0.059, 0.951, 0.601, 0.00367, 7.26, 0.7506}},
    {0.5, {1.2887, 1.14, -0.1244, 0.9227, 0.5429, 0.00306, 7.027, 0.7506}},
    {1, {0.383, 1.42, -0.2, 0.9, 0.49, 0.0023, 6.8, 0.799}},
    {2, {-0.558, 1.86, -0.31, 0.92, 0.46, 0.0017, 6.9, 0.799}},
};

/// As in the US maps of 2008, with their limits. As in the peer, the distance beyond 100 km is r_jb
/// itself (nshmp-haz has the one that saturates: 0.001 less in ln units).
class ToroEtAl1997Nshmp2008 final : public ModelBase<NshmpCoefficients> {
 public:
  explicit ToroEtAl1997Nshmp2008(const Binding& b) : ModelBase(b, nshmp_table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double dm = in.mag - 6;
    const double near = exp(-1.25 + 0.227 * in.mag);
    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_jb = sites[in.r_jb];
      const Real beyond_100 = log(max(r_jb, 100.0) / 100.0);
      for (std::size_t m = 0; m < size(); ++m) {
        const NshmpCoefficients& c = coefficients()[m];
        const Real r = sqrt(square(r_jb) + square(c.c7 * near));
        const Real ln_r = log(r);
        const Real mean = c.c1 + c.c2 * dm + c.c3 * square(dm) - c.c4 * ln_r -
                          (c.c5 - c.c4) * beyond_100 - c.c6 * r;
        sites.put(m, min(mean, nshmp_ceus::limit(imts()[m])), total_only(c.sigma));
      }
    });
  }
};

}  // namespace

Entries toro_et_al_2002() {
  const ModelInfo info = {
      .name = "ToroEtAl2002",
      .setting = "stable",
      .publication =
          "Toro, Abrahamson and Schneider (1997), Model of strong ground motions from earthquakes "
          "in "
          "central and eastern North America, Seismological Research Letters 68(1), 41-57, "
          "doi:10.1785/gssrl.68.1.41; modified by Toro (2002) for large magnitudes and short "
          "distances",
      .component = "geometric mean",
      .region = "central and eastern North America",
      .needs = Needs::mag | Needs::r_jb,
      .std_defined = StdDefined::total_only,
      .mag = {5, 8},
      .distance_km = {1, 500},
      .reference_vs30 = 2800};
  ModelInfo share = info;
  share.name = "ToroEtAl2002SHARE";
  share.reference_vs30 = 800;
  share.needs = info.needs | Needs::rake;
  ModelInfo nshmp = info;
  nshmp.name = "ToroEtAl1997MwNSHMP2008";
  nshmp.reference_vs30 = 760;
  return {entry<ToroEtAl2002>(info, table),
          entry<ToroEtAl2002>(share, share_table, {{"share", true}}),
          entry<ToroEtAl1997Nshmp2008>(nshmp, nshmp_table)};
}

}  // namespace shakefield::gmm
