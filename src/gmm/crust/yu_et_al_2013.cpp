// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Yu, Y. X., Li, S. Y., and Xiao, L. (2013). Development of ground motion attenuation relations for
// the new seismic hazard map of China. Technology for Earthquake Disaster Prevention 8(1), 24-33.
//
// Component: geometric mean. Ranges: Ms 5 to 8, r_epi below 300 km, rock. Region: China, by seismic
// activity: strong (Ms), moderate (MwStable). Standard deviation: total sigma. MwStable takes Mw,
// from which its Ms follows. Lines of equal motion are ellipses whose major axis has the strike of
// the rupture; `azimuth` is the site's, from that strike.
// Equations: curves of the two axes by the publication. What it does not say was found from values
// of the OpenQuake engine 3.26.2: the ellipse through the site is of the curves without depth, then
// a depth of 15 km enters, then the two logarithms are joined by an ellipse again. Coefficients:
// figures read from that engine's tables by a script.
// That last ellipse has a sense only for motion above 1 cm/s² or cm/s on both axes. The engine
// keeps it below, where ln y comes out positive (PGV of 3.7 cm/s at 278 km from Mw 6.1 instead of
// 0.17): judged wrong. Here the logarithms are then averaged, unless `engine_below_unity`, which
// tests/verification needs.

#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// ln y = a + b M + c ln(r + d exp(e M)), y in cm/s² or cm/s.
struct Axis {
  double a, b, c, d, e;
};
struct Coefficients {
  Axis major_small, major_large, minor_small, minor_large;  // up to Ms 6.5, and beyond
  double sigma;
};

// clang-format off
constexpr Row<Coefficients> strong_activity[] = {
    {pga, {{4.1193, 1.656, -2.389, 1.772, 0.424}, {7.8269, 1.0856, -2.389, 1.772, 0.424},
           {2.2609, 1.6399, -2.118, 0.825, 0.465}, {6.003, 1.0649, -2.118, 0.825, 0.465}, 0.5428}},
    {pgv, {{-1.2581, 1.932, -2.181, 1.772, 0.424}, {3.013, 1.2742, -2.181, 1.772, 0.424},
           {-3.1073, 1.9389, -1.945, 0.825, 0.465}, {1.3087, 1.2627, -1.945, 0.825, 0.465}, 0.6233}},
};
constexpr Row<Coefficients> moderate_activity[] = {
    {pga, {{5.5591, 1.1454, -2.079, 2.802, 0.295}, {8.5238, 0.6854, -2.079, 2.802, 0.295},
           {3.9445, 1.0833, -1.723, 1.295, 0.331}, {6.187, 0.7383, -1.723, 1.295, 0.331}, 0.5428}},
    {pgv, {{0.2139, 1.4283, -1.889, 2.802, 0.295}, {3.772, 0.8786, -1.889, 2.802, 0.295},
           {-1.3547, 1.3823, -1.559, 1.295, 0.331}, {1.5433, 0.9361, -1.559, 1.295, 0.331}, 0.6233}},
};
// clang-format on

/// Ms of Mw.
double surface_wave_magnitude(double mw) {
  return mw < 6.58 ? (mw - 0.59) / 0.86 : (mw + 2.42) / 1.28;
}

/// One axis with the magnitude put in: ln y = constant + c ln(r + near).
struct Curve {
  Curve(const Axis& axis, double ms)
      : constant(axis.a + axis.b * ms), c(axis.c), near(axis.d * std::exp(axis.e * ms)) {}
  Real at(Real r) const { return constant + c * log(r + near); }
  double constant, c, near;
};

/// Where a curve has the motion that another one has at r.
class SameMotion {
 public:
  SameMotion(const Curve& here, const Curve& there)
      : near_there_(there.near),
        near_here_(here.near),
        exponent_(there.c / here.c),
        factor_(std::exp((there.constant - here.constant) / here.c)) {}
  /// Distance here plus `near` of the curve here.
  Real reach(Real there) const { return factor_ * pow(there + near_there_, exponent_); }
  Real operator()(Real there) const { return reach(there) - near_here_; }
  /// d here / d there
  Real slope(Real reach, Real there) const { return exponent_ * reach / (there + near_there_); }

 private:
  double near_there_, near_here_, exponent_, factor_;
};

/// Site in the frame of the rupture.
struct Place {
  Real r_epi, cos_squared, sin_squared;
};

/// Half the major axis of the ellipse of equal motion through a site: (r cos / major)² +
/// (r sin / minor)² = 1, minor(major) by equal motion.
Real major_axis(const SameMotion& minor, const SameMotion& major, const Place& at) {
  // Between the sites on the two axes; the larger one is where Newton's method cannot leave the
  // positive branch. The radius of the ellipse is nearly linear in its axis: six steps reach
  // rounding.
  const Real on_minor = major(at.r_epi);
  const Real low = min(at.r_epi, on_minor);
  Real a = max(at.r_epi, on_minor);
  for (int step = 0; step < 6; ++step) {
    const Real reach = minor.reach(a);
    const Real b = max(minor(a), 1e-6);
    const Real along = at.cos_squared / square(a), across = at.sin_squared / square(b);
    const Real radius = 1.0 / sqrt(along + across);
    const Real slope = cube(radius) * (along / a + across / b * minor.slope(reach, a));
    a = max(a - (radius - at.r_epi) / slope, max(low, 0.25 * a));
  }
  return a;
}

class YuEtAl2013 final : public ModelBase<Coefficients> {
 public:
  explicit YuEtAl2013(const Binding& b)
      : ModelBase(b, b.arguments.flag("moderate_activity", false)
                         ? std::span<const Row<Coefficients>>(moderate_activity)
                         : strong_activity),
        takes_mw_(b.arguments.flag("moment_magnitude", false)),
        engine_below_unity_(b.arguments.flag("engine_below_unity", false)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double ms = takes_mw_ ? surface_wave_magnitude(in.mag) : in.mag;
    const bool small = ms <= 6.5;
    struct Curves {
      Curve major, minor;
    };
    const auto curves = per_imt([&](const Coefficients& c) {
      return Curves{{small ? c.major_small : c.major_large, ms},
                    {small ? c.minor_small : c.minor_large, ms}};
    });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real cos_squared = square(cos(sites[in.azimuth] * (std::numbers::pi / 180)));
      const Place at{max(sites[in.r_epi], 0.01), cos_squared, 1.0 - cos_squared};
      for (std::size_t m = 0; m < size(); ++m) {
        const Real ln_y = ln_motion(curves[m].major, curves[m].minor, at);
        const double ln_unit = imts()[m].kind == pgv ? 0.0 : ln_cm_s2_per_g;
        sites.put(m, ln_y - ln_unit, total_only(coefficients()[m].sigma));
      }
    });
  }

 private:
  static constexpr double depth_km = 15;

  Real ln_motion(const Curve& major, const Curve& minor, const Place& at) const {
    const SameMotion minor_of(minor, major);
    const Real a = major_axis(minor_of, {major, minor}, at);
    const Real b = max(minor_of(a), 0.0);
    const Real along = major.at(sqrt(square(a) + square(depth_km)));
    const Real across = minor.at(sqrt(square(b) + square(depth_km)));
    const Real ellipse =
        along * across / sqrt(square(along) * at.sin_squared + square(across) * at.cos_squared);
    if (engine_below_unity_) return ellipse;
    return select(min(along, across) > 0.0, ellipse,
                  at.cos_squared * along + at.sin_squared * across);
  }

  bool takes_mw_, engine_below_unity_;
};

}  // namespace

Entries yu_et_al_2013() {
  ModelInfo strong{
      .name = "YuEtAl2013Ms",
      .setting = "crust",
      .publication =
          "Yu, Li and Xiao (2013), Development of ground motion attenuation relations for the new "
          "seismic hazard map of China, Technology for Earthquake Disaster Prevention 8(1), 24-33",
      .component = "geometric mean",
      .region = "China, areas of strong seismic activity",
      .needs = Needs::mag | Needs::r_epi | Needs::azimuth,
      .std_defined = StdDefined::total_only,
      .mag = {5, 8},
      .distance_km = {0, 300}};
  ModelInfo moderate = strong;
  moderate.name = "YuEtAl2013MwStable";
  moderate.setting = "stable";
  moderate.region = "China, areas of moderate seismic activity";
  return {entry<YuEtAl2013>(strong, strong_activity),
          entry<YuEtAl2013>(moderate, moderate_activity,
                            {{"moderate_activity", true}, {"moment_magnitude", true}})};
}

}  // namespace shakefield::gmm
