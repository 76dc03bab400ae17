// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Danciu, L., Nandan, S., Reyes, C., Basili, R., Weatherill, G., Beauval, C., Rovida, A., Vilanova,
// S., Sesetyan, K., Bard, P.-Y., Cotton, F., Wiemer, S., and Giardini, D. (2021). The 2020 update
// of the European Seismic Hazard Model: model overview. EFEHR Technical Report 001.
// doi:10.12686/a15.
//
// Abrahamson et al. (2016) with the anelastic attenuation (t6) fitted again to the Mediterranean
// and a forearc-backarc term that fades with the distance to the volcanic front.
//
// Component: geometric mean. Ranges: Mw 5 to 8.4, distance below 300 km. Region: Mediterranean
// subduction zones, interface and slab. Standard deviations: tau, phi and (published rounded)
// sigma; with `ergodic = false` those of a known site. Equations: Abrahamson et al. (2016) and the
// report. Coefficients: its electronic tables, figures read from the tables of the OpenQuake
// engine 3.26.2 by a script. `faba_taper_model`: the course of the backarc's weight across the
// volcanic front, "Step", "Linear" (width), "SFunc" (a, b), "Sigmoid" (c) or "Gaussian" (sigma, a,
// b), all in km; without it there is no backarc term.

#include <limits>
#include <numbers>

#include "bc_hydro.hpp"

namespace shakefield::gmm {
namespace {

using bc_hydro::Coefficients;

// clang-format off
constexpr Row<Coefficients> interface_table[] = {
    {pga, {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.00721467, 1.0988, -1.42, 3.12, 0.013, 0.98,
     -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
    {0.02, {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.00719296, 1.0988, -1.42, 3.12, 0.013,
     0.98, -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
    {0.05, {1053.5, -1.346, 4.5371, -1.4, 0.1, 0.9, 0, -0.00712619, 1.2536, -1.65, 3.37, 0.013,
     1.288, -0.0138, -0.4, 1.103, -1.18, 0.6, 0.43, 0.74, 0.6}},
    {0.075, {1085.7, -1.471, 5.0733, -1.45, 0.1, 0.9, 0, -0.007016, 1.4175, -1.8, 3.37, 0.013,
     1.483, -0.0142, -0.4, 1.2732, -1.36, 0.6, 0.43, 0.74, 0.6}},
    {0.1, {1032.5, -1.624, 5.2892, -1.45, 0.1, 0.9, 0, -0.00687258, 1.3997, -1.8, 3.33, 0.013,
     1.613, -0.0145, -0.4, 1.3042, -1.36, 0.6, 0.43, 0.74, 0.6}},
    {0.15, {877.6, -1.931, 5.4563, -1.45, 0.1, 0.9, 0, -0.00671633, 1.3582, -1.69, 3.25, 0.013,
     1.882, -0.0153, -0.4, 1.26, -1.3, 0.6, 0.43, 0.74, 0.6}},
    {0.2, {748.2, -2.188, 5.2684, -1.4, 0.1, 0.9, 0, -0.00657867, 1.1648, -1.49, 3.03, 0.0129,
     2.076, -0.0162, -0.35, 1.223, -1.25, 0.6, 0.43, 0.74, 0.6}},
    {0.25, {654.3, -2.381, 5.0594, -1.35, 0.1, 0.9, 0, -0.00648602, 0.994, -1.3, 2.8, 0.0129, 2.248,
     -0.0172, -0.31, 1.16, -1.17, 0.6, 0.43, 0.74, 0.6}},
    {0.3, {587.1, -2.518, 4.7945, -1.28, 0.1, 0.9, 0, -0.00643709, 0.8821, -1.18, 2.59, 0.0128,
     2.348, -0.0183, -0.28, 1.05, -1.06, 0.6, 0.43, 0.74, 0.6}},
    {0.4, {503, -2.657, 4.4644, -1.18, 0.1, 0.9, 0, -0.00639138, 0.7046, -0.98, 2.2, 0.0127, 2.427,
     -0.0206, -0.23, 0.8, -0.78, 0.6, 0.43, 0.74, 0.6}},
    {0.5, {456.6, -2.669, 4.0181, -1.08, 0.1, 0.9, 0, -0.00629147, 0.5799, -0.82, 1.92, 0.0125,
     2.399, -0.0231, -0.19, 0.662, -0.62, 0.6, 0.43, 0.74, 0.6}},
    {0.6, {430.3, -2.599, 3.6055, -0.99, 0.1, 0.9, 0, -0.00609857, 0.5021, -0.7, 1.7, 0.0124, 2.273,
     -0.0256, -0.16, 0.58, -0.5, 0.6, 0.43, 0.74, 0.6}},
    {0.75, {410.5, -2.401, 3.2174, -0.91, 0.1, 0.9, 0, -0.00581454, 0.3687, -0.54, 1.42, 0.012,
     1.993, -0.0296, -0.12, 0.48, -0.34, 0.6, 0.43, 0.74, 0.6}},
    {1, {400, -1.955, 2.7981, -0.85, 0.1, 0.9, 0, -0.00548905, 0.1746, -0.34, 1.1, 0.0114, 1.47,
     -0.0363, -0.07, 0.33, -0.14, 0.6, 0.43, 0.74, 0.6}},
    {1.5, {400, -1.025, 2.0123, -0.77, 0.1, 0.9, 0, -0.00520499, -0.082, -0.05, 0.7, 0.01, 0.408,
     -0.0493, 0, 0.31, 0, 0.6, 0.43, 0.74, 0.6}},
    {2, {400, -0.299, 1.4128, -0.71, 0.1, 0.9, 0, -0.00505022, -0.2821, 0.12, 0.7, 0.0085, -0.401,
     -0.061, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {2.5, {400, 0, 0.9976, -0.67, 0.1, 0.9, 0, -0.00507967, -0.4108, 0.25, 0.7, 0.0069, -0.723,
     -0.0711, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {3, {400, 0, 0.6443, -0.64, 0.1, 0.9, 0, -0.00529221, -0.4466, 0.3, 0.7, 0.0054, -0.673,
     -0.0798, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {4, {400, 0, 0.0657, -0.58, 0.1, 0.9, 0, -0.0056479, -0.4344, 0.3, 0.7, 0.0027, -0.627, -0.0935,
     0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {5, {400, 0, -0.4624, -0.54, 0.1, 0.9, 0, -0.00607621, -0.4368, 0.3, 0.7, 0.0005, -0.596,
     -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {6, {400, 0, -0.9809, -0.5, 0.1, 0.9, 0, -0.00647922, -0.4586, 0.3, 0.7, -0.0013, -0.566,
     -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {7.5, {400, 0, -1.6017, -0.46, 0.1, 0.9, 0, -0.00676355, -0.4433, 0.3, 0.7, -0.0033, -0.528,
     -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {10, {400, 0, -2.2937, -0.4, 0.1, 0.9, 0, -0.00686566, -0.4828, 0.3, 0.7, -0.006, -0.504,
     -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
};
// clang-format on

// clang-format off
constexpr Row<Coefficients> slab_table[] = {
    {pga, {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.00278801, 1.0988, -1.42, 3.12, 0.013, 0.98,
     -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
    {0.02, {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.00275821, 1.0988, -1.42, 3.12, 0.013,
     0.98, -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
    {0.05, {1053.5, -1.346, 4.5371, -1.4, 0.1, 0.9, 0, -0.00268517, 1.2536, -1.65, 3.37, 0.013,
     1.288, -0.0138, -0.4, 1.103, -1.18, 0.6, 0.43, 0.74, 0.6}},
    {0.075, {1085.7, -1.471, 5.0733, -1.45, 0.1, 0.9, 0, -0.0026136, 1.4175, -1.8, 3.37, 0.013,
     1.483, -0.0142, -0.4, 1.2732, -1.36, 0.6, 0.43, 0.74, 0.6}},
    {0.1, {1032.5, -1.624, 5.2892, -1.45, 0.1, 0.9, 0, -0.0025924, 1.3997, -1.8, 3.33, 0.013, 1.613,
     -0.0145, -0.4, 1.3042, -1.36, 0.6, 0.43, 0.74, 0.6}},
    {0.15, {877.6, -1.931, 5.4563, -1.45, 0.1, 0.9, 0, -0.00264688, 1.3582, -1.69, 3.25, 0.013,
     1.882, -0.0153, -0.4, 1.26, -1.3, 0.6, 0.43, 0.74, 0.6}},
    {0.2, {748.2, -2.188, 5.2684, -1.4, 0.1, 0.9, 0, -0.00277703, 1.1648, -1.49, 3.03, 0.0129,
     2.076, -0.0162, -0.35, 1.223, -1.25, 0.6, 0.43, 0.74, 0.6}},
    {0.25, {654.3, -2.381, 5.0594, -1.35, 0.1, 0.9, 0, -0.00296427, 0.994, -1.3, 2.8, 0.0129, 2.248,
     -0.0172, -0.31, 1.16, -1.17, 0.6, 0.43, 0.74, 0.6}},
    {0.3, {587.1, -2.518, 4.7945, -1.28, 0.1, 0.9, 0, -0.00318216, 0.8821, -1.18, 2.59, 0.0128,
     2.348, -0.0183, -0.28, 1.05, -1.06, 0.6, 0.43, 0.74, 0.6}},
    {0.4, {503, -2.657, 4.4644, -1.18, 0.1, 0.9, 0, -0.0034082, 0.7046, -0.98, 2.2, 0.0127, 2.427,
     -0.0206, -0.23, 0.8, -0.78, 0.6, 0.43, 0.74, 0.6}},
    {0.5, {456.6, -2.669, 4.0181, -1.08, 0.1, 0.9, 0, -0.00363798, 0.5799, -0.82, 1.92, 0.0125,
     2.399, -0.0231, -0.19, 0.662, -0.62, 0.6, 0.43, 0.74, 0.6}},
    {0.6, {430.3, -2.599, 3.6055, -0.99, 0.1, 0.9, 0, -0.00388267, 0.5021, -0.7, 1.7, 0.0124, 2.273,
     -0.0256, -0.16, 0.58, -0.5, 0.6, 0.43, 0.74, 0.6}},
    {0.75, {410.5, -2.401, 3.2174, -0.91, 0.1, 0.9, 0, -0.00415403, 0.3687, -0.54, 1.42, 0.012,
     1.993, -0.0296, -0.12, 0.48, -0.34, 0.6, 0.43, 0.74, 0.6}},
    {1, {400, -1.955, 2.7981, -0.85, 0.1, 0.9, 0, -0.00445479, 0.1746, -0.34, 1.1, 0.0114, 1.47,
     -0.0363, -0.07, 0.33, -0.14, 0.6, 0.43, 0.74, 0.6}},
    {1.5, {400, -1.025, 2.0123, -0.77, 0.1, 0.9, 0, -0.00478084, -0.082, -0.05, 0.7, 0.01, 0.408,
     -0.0493, 0, 0.31, 0, 0.6, 0.43, 0.74, 0.6}},
    {2, {400, -0.299, 1.4128, -0.71, 0.1, 0.9, 0, -0.00513159, -0.2821, 0.12, 0.7, 0.0085, -0.401,
     -0.061, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {2.5, {400, 0, 0.9976, -0.67, 0.1, 0.9, 0, -0.00550694, -0.4108, 0.25, 0.7, 0.0069, -0.723,
     -0.0711, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {3, {400, 0, 0.6443, -0.64, 0.1, 0.9, 0, -0.00590809, -0.4466, 0.3, 0.7, 0.0054, -0.673,
     -0.0798, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {4, {400, 0, 0.0657, -0.58, 0.1, 0.9, 0, -0.00634283, -0.4344, 0.3, 0.7, 0.0027, -0.627,
     -0.0935, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {5, {400, 0, -0.4624, -0.54, 0.1, 0.9, 0, -0.00680074, -0.4368, 0.3, 0.7, 0.0005, -0.596,
     -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {6, {400, 0, -0.9809, -0.5, 0.1, 0.9, 0, -0.00722208, -0.4586, 0.3, 0.7, -0.0013, -0.566,
     -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {7.5, {400, 0, -1.6017, -0.46, 0.1, 0.9, 0, -0.00752097, -0.4433, 0.3, 0.7, -0.0033, -0.528,
     -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {10, {400, 0, -2.2937, -0.4, 0.1, 0.9, 0, -0.00762908, -0.4828, 0.3, 0.7, -0.006, -0.504,
     -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
};
// clang-format on

/// Weight of the backarc term, 0 to 1, x km behind the volcanic front.
class Taper {
 public:
  explicit Taper(const Arguments& arguments)
      : shape_(arguments.choice("faba_taper_model",
                                {{"None", Shape::none},
                                 {"Step", Shape::step},
                                 {"Linear", Shape::linear},
                                 {"SFunc", Shape::s_function},
                                 {"Sigmoid", Shape::sigmoid},
                                 {"Gaussian", Shape::gaussian}},
                                Shape::none)),
        width_(arguments.number("width", 1)),
        a_(arguments.number("a", shape_ == Shape::gaussian ? -infinity : 0)),
        b_(arguments.number("b", shape_ == Shape::gaussian ? infinity : 0)),
        c_(arguments.number("c", 1)),
        sigma_(arguments.number("sigma", 1)) {
    if (shape_ == Shape::s_function && !(a_ < b_)) shape_ = Shape::step;
  }

  bool exists() const { return shape_ != Shape::none; }

  Real operator()(Real x) const {
    switch (shape_) {
      case Shape::none:
        return 0.0;
      case Shape::step:
        return select(x > 0.0, 1.0, 0.0);
      case Shape::linear:
        return ramp(x, -width_ / 2, width_ / 2);
      case Shape::s_function: {
        const Real t = ramp(x, a_, b_);
        return select(t < 0.5, 2.0 * square(t), 1.0 - 2.0 * square(1.0 - t));
      }
      case Shape::sigmoid:
        return 1.0 / (1.0 + exp(-x / c_));
      case Shape::gaussian:
        return gaussian(x);
    }
    return 0.0;
  }

 private:
  enum class Shape { none, step, linear, s_function, sigmoid, gaussian };
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  /// Normal distribution with deviation sigma, cut at a and b.
  Real gaussian(Real x) const {
    const auto normal = [&](double z) {
      return 0.5 * std::erfc(-z / sigma_ / std::numbers::sqrt2);
    };
    const double low = normal(a_), high = normal(b_);
    double values[lanes];
    x.store(values);
    for (double& value : values) value = (normal(clamp(value, a_, b_)) - low) / (high - low);
    return Real::load(values);
  }

  Shape shape_;
  double width_, a_, b_, c_, sigma_;
};

class BcHydroEshm20 final : public bc_hydro::Form {
 public:
  explicit BcHydroEshm20(const Binding& b)
      : Form(b,
             b.arguments.flag("slab", false) ? std::span<const Row<Coefficients>>(slab_table)
                                             : interface_table,
             7.8),
        taper_(b.arguments) {
    if (taper_.exists()) require(Needs::xvf);
  }

 private:
  /// xvf is negative behind the volcanic front.
  Real backarc_weight(const GmmInput& in, const Sites& sites) const override {
    return taper_.exists() ? taper_(-sites[in.xvf]) : Real(0.0);
  }

  Taper taper_;
};

}  // namespace

Entries bc_hydro_eshm20() {
  ModelInfo interface {
    .name = "BCHydroESHM20SInter", .setting = "interface",
    .publication =
        "Danciu et al. (2021), The 2020 update of the European seismic hazard model, "
        "EFEHR Technical Report 001, doi:10.12686/a15, after Abrahamson, Gregor and "
        "Addo (2016), doi:10.1193/051712EQS188MR",
    .component = "geometric mean", .region = "Mediterranean subduction zones",
    .needs = Needs::mag | Needs::vs30 | Needs::r_rup, .mag = {5, 8.4}, .distance_km = {
      0,
      300
    }
  };
  ModelInfo slab = interface;
  slab.name = "BCHydroESHM20SSlab";
  slab.setting = "slab";
  slab.needs = Needs::mag | Needs::hypo_depth | Needs::vs30 | Needs::r_hypo;
  return {entry<BcHydroEshm20>(interface, interface_table),
          entry<BcHydroEshm20>(slab, slab_table, {{"slab", true}})};
}

}  // namespace shakefield::gmm
