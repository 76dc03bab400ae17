// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Lin, P.-S., and Lee, C.-T. (2008). Ground-motion attenuation relationships for subduction-zone
// earthquakes in northeastern Taiwan. Bulletin of the Seismological Society of America 98(1),
// 220-240. doi:10.1785/0120060002.
//
// Component: geometric mean. Ranges: Mw 4.1 to 8.1, r_hypo 15 to 630 km. Region: north-eastern
// Taiwan, interface and slab. Standard deviation: total only.
// Equations: the publication's Eq. 1. Coefficients: its Tables 5 (rock) and 6 (soil), figures read
// from the tables of the OpenQuake engine 3.26.2 by a script.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c1, c2, c3, c4, c5, c6, c7, sigma;
};
/// Rock and soil.
struct Pair {
  Coefficients rock, soil;
};

// Tables 5 and 6.
// clang-format off
constexpr Row<Pair> table[] = {
    {pga, {-2.5, 1.205, -1.90499, 0.51552, 0.63255, 0.0075, 0.275, 0.5268, -0.9, 1, -1.9, 0.99178,
     0.52632, 0.004, 0.31, 0.48763}},
    {0.01, {-2.5, 1.205, -1.895, 0.51552, 0.63255, 0.0075, 0.275, 0.5228, -2.2, 1.085, -1.75,
     0.99178, 0.52632, 0.004, 0.31, 0.572}},
    {0.02, {-2.49, 1.2, -1.88, 0.51552, 0.63255, 0.0075, 0.275, 0.5199, -2.29, 1.085, -1.73,
     0.99178, 0.52632, 0.004, 0.31, 0.5672}},
    {0.03, {-2.28, 1.155, -1.875, 0.51552, 0.63255, 0.0075, 0.275, 0.5245, -2.34, 1.095, -1.72,
     0.99178, 0.52632, 0.004, 0.31, 0.57246}},
    {0.04, {-2, 1.1, -1.86, 0.51552, 0.63255, 0.0075, 0.275, 0.5363, -2.215, 1.09, -1.73, 0.99178,
     0.52632, 0.004, 0.31, 0.57663}},
    {0.05, {-1.9, 1.09, -1.855, 0.51552, 0.63255, 0.0075, 0.275, 0.538, -1.895, 1.055, -1.755,
     0.99178, 0.52632, 0.004, 0.31, 0.59221}},
    {0.06, {-1.725, 1.065, -1.84, 0.51552, 0.63255, 0.0075, 0.275, 0.5555, -1.11, 1.01, -1.835,
     0.99178, 0.52632, 0.004, 0.31, 0.59351}},
    {0.09, {-1.265, 1.02, -1.815, 0.51552, 0.63255, 0.0075, 0.275, 0.583, -0.2099, 0.945, -1.89,
     0.99178, 0.52632, 0.004, 0.31, 0.62718}},
    {0.1, {-1.2199, 1, -1.795, 0.51552, 0.63255, 0.0075, 0.275, 0.5818, -0.0549, 0.92, -1.88,
     0.99178, 0.52632, 0.004, 0.31, 0.63322}},
    {0.12, {-1.4699, 1.04, -1.77, 0.51552, 0.63255, 0.0075, 0.275, 0.5759, -0.0551, 0.935, -1.895,
     0.99178, 0.52632, 0.004, 0.31, 0.64289}},
    {0.15, {-1.6749, 1.045, -1.73, 0.51552, 0.63255, 0.0075, 0.275, 0.5828, -0.0399, 0.955, -1.88,
     0.99178, 0.52632, 0.004, 0.31, 0.65238}},
    {0.17, {-1.8459, 1.065, -1.71, 0.51552, 0.63255, 0.0075, 0.275, 0.5918, -0.3399, 1.02, -1.885,
     0.99178, 0.52632, 0.004, 0.31, 0.66732}},
    {0.2, {-2.1699, 1.085, -1.675, 0.51552, 0.63255, 0.0075, 0.275, 0.6071, -0.7999, 1.045, -1.82,
     0.99178, 0.52632, 0.004, 0.31, 0.65718}},
    {0.24, {-2.5849, 1.105, -1.63, 0.51552, 0.63255, 0.0075, 0.275, 0.6328, -1.5749, 1.12, -1.755,
     0.99178, 0.52632, 0.004, 0.31, 0.6404}},
    {0.3, {-3.6149, 1.215, -1.57, 0.51552, 0.63255, 0.0075, 0.275, 0.6669, -3.0099, 1.315, -1.695,
     0.99178, 0.52632, 0.004, 0.31, 0.64856}},
    {0.36, {-4.1599, 1.255, -1.535, 0.51552, 0.63255, 0.0075, 0.275, 0.7024, -3.68, 1.38, -1.66,
     0.99178, 0.52632, 0.004, 0.31, 0.67233}},
    {0.4, {-4.5949, 1.285, -1.5, 0.51552, 0.63255, 0.0075, 0.275, 0.7119, -4.25, 1.415, -1.6,
     0.99178, 0.52632, 0.004, 0.31, 0.67986}},
    {0.46, {-5.02, 1.325, -1.495, 0.51552, 0.63255, 0.0075, 0.275, 0.7162, -4.72, 1.43, -1.545,
     0.99178, 0.52632, 0.004, 0.31, 0.67889}},
    {0.5, {-5.47, 1.365, -1.465, 0.51552, 0.63255, 0.0075, 0.275, 0.7159, -5.22, 1.455, -1.49,
     0.99178, 0.52632, 0.004, 0.31, 0.68034}},
    {0.6, {-6.095, 1.42, -1.455, 0.51552, 0.63255, 0.0075, 0.275, 0.7191, -5.7, 1.47, -1.445,
     0.99178, 0.52632, 0.004, 0.31, 0.67322}},
    {0.75, {-6.675, 1.465, -1.45, 0.51552, 0.63255, 0.0075, 0.275, 0.7704, -6.45, 1.5, -1.38,
     0.99178, 0.52632, 0.004, 0.31, 0.70085}},
    {0.85, {-7.32, 1.545, -1.45, 0.51552, 0.63255, 0.0075, 0.275, 0.7803, -7.35, 1.565, -1.325,
     0.99178, 0.52632, 0.004, 0.31, 0.71854}},
    {1, {-8, 1.62, -1.45, 0.51552, 0.63255, 0.0075, 0.275, 0.7999, -8.15, 1.605, -1.235, 0.99178,
     0.52632, 0.004, 0.31, 0.72217}},
    {1.5, {-9.24, 1.705, -1.44, 0.51552, 0.63255, 0.0075, 0.275, 0.8428, -10.3, 1.80001, -1.165,
     0.9918, 0.5263, 0.004, 0.31, 0.72945}},
    {2, {-10.2, 1.77, -1.43, 0.5155, 0.6326, 0.0075, 0.275, 0.8784, -11.62, 1.86002, -1.07, 0.9918,
     0.5263, 0.004, 0.31, 0.74782}},
    {3, {-11.47, 1.83, -1.37, 0.5155, 0.6326, 0.0075, 0.275, 0.8607, -12.63, 1.89002, -1.06, 0.9918,
     0.5263, 0.004, 0.31, 0.73083}},
    {4, {-12.55, 1.845, -1.26, 0.5155, 0.6326, 0.0075, 0.275, 0.8071, -13.42, 1.87001, -0.99,
     0.9918, 0.5263, 0.004, 0.31, 0.70625}},
    {5, {-13.2, 1.805, -1.135, 0.5155, 0.6326, 0.0075, 0.275, 0.7913, -13.75, 1.83501, -0.975,
     0.9918, 0.5263, 0.004, 0.31, 0.65593}},
};
// clang-format on

/// Site classes B and C are rock, D and E soil.
constexpr double rock_vs30 = 360;

class LinLee2008 final : public ModelBase<Pair> {
 public:
  explicit LinLee2008(const Binding& b)
      : ModelBase(b, table), slab_(b.arguments.flag("slab", false)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto rock = per_imt([&](const Pair& c) { return source(c.rock, in); });
    const auto soil = per_imt([&](const Pair& c) { return source(c.soil, in); });

    for_each_site(in, out, [&](const Sites& sites) {
      const Mask is_rock = sites[in.vs30] >= rock_vs30;
      const Real r_hypo = sites[in.r_hypo];
      for (std::size_t m = 0; m < size(); ++m) {
        const Pair& c = coefficients()[m];
        const auto pick = [&](double on_rock, double on_soil) {
          return select(is_rock, on_rock, on_soil);
        };
        const Real mean =
            pick(rock[m].constant, soil[m].constant) +
            pick(c.rock.c3, c.soil.c3) * log(r_hypo + pick(rock[m].near, soil[m].near));
        sites.put(m, mean, total_only(pick(c.rock.sigma, c.soil.sigma)));
      }
    });
  }

 private:
  struct Source {
    double constant, near;
  };
  /// Eq. 1
  Source source(const Coefficients& c, const GmmInput& in) const {
    return {.constant = c.c1 + c.c2 * in.mag + c.c6 * in.hypo_depth_km + (slab_ ? c.c7 : 0.0),
            .near = c.c4 * std::exp(c.c5 * in.mag)};
  }

  bool slab_;
};

}  // namespace

Entries lin_lee_2008() {
  ModelInfo interface {
    .name = "LinLee2008SInter", .setting = "interface",
    .publication =
        "Lin and Lee (2008), Ground-motion attenuation relationships for "
        "subduction-zone earthquakes in northeastern Taiwan, Bulletin of the "
        "Seismological Society of America 98(1), 220-240, doi:10.1785/0120060002",
    .component = "geometric mean", .region = "north-eastern Taiwan",
    .needs = Needs::mag | Needs::hypo_depth | Needs::vs30 | Needs::r_hypo,
    .std_defined = StdDefined::total_only, .mag = {4.1, 8.1}, .distance_km = {
      15,
      630
    }
  };
  ModelInfo slab = interface;
  slab.name = "LinLee2008SSlab";
  slab.setting = "slab";
  return {entry<LinLee2008>(interface, table), entry<LinLee2008>(slab, table, {{"slab", true}})};
}

}  // namespace shakefield::gmm
