// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Abrahamson, N., Gregor, N., and Addo, K. (2016). BC Hydro ground motion prediction equations for
// subduction earthquakes. Earthquake Spectra 32(1), 23-44 (in press in 2015).
// doi:10.1193/051712EQS188MR.
//
// Component: geometric mean. Ranges: Mw 6 to 8.4 (slab 5 to 7.9), distance below 300 km. Region:
// subduction zones worldwide, interface and slab. Standard deviations: tau, phi and (published
// rounded) sigma; with `ergodic = false` those of a known site.
// Equations: the publication, and nshmp-haz (USGS, public domain). Coefficients: its Tables 2 to 4,
// figures read from the tables of the OpenQuake engine 3.26.2 by a script.
// High and Low are the branches of the break's magnitude, Table 4.

#include "bc_hydro.hpp"

namespace shakefield::gmm {
namespace {

using bc_hydro::Coefficients;

// Tables 2 and 3; t3, t4 and t5 do not depend on period.
// clang-format off
constexpr Row<Coefficients> table[] = {
    {pga, {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.0012, 1.0988, -1.42, 3.12, 0.013, 0.98,
     -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
    {0.02, {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.0012, 1.0988, -1.42, 3.12, 0.013, 0.98,
     -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
    {0.05, {1053.5, -1.346, 4.5371, -1.4, 0.1, 0.9, 0, -0.0012, 1.2536, -1.65, 3.37, 0.013, 1.288,
     -0.0138, -0.4, 1.103, -1.18, 0.6, 0.43, 0.74, 0.6}},
    {0.075, {1085.7, -1.471, 5.0733, -1.45, 0.1, 0.9, 0, -0.0012, 1.4175, -1.8, 3.37, 0.013, 1.483,
     -0.0142, -0.4, 1.2732, -1.36, 0.6, 0.43, 0.74, 0.6}},
    {0.1, {1032.5, -1.624, 5.2892, -1.45, 0.1, 0.9, 0, -0.0012, 1.3997, -1.8, 3.33, 0.013, 1.613,
     -0.0145, -0.4, 1.3042, -1.36, 0.6, 0.43, 0.74, 0.6}},
    {0.15, {877.6, -1.931, 5.4563, -1.45, 0.1, 0.9, 0, -0.0014, 1.3582, -1.69, 3.25, 0.013, 1.882,
     -0.0153, -0.4, 1.26, -1.3, 0.6, 0.43, 0.74, 0.6}},
    {0.2, {748.2, -2.188, 5.2684, -1.4, 0.1, 0.9, 0, -0.0018, 1.1648, -1.49, 3.03, 0.0129, 2.076,
     -0.0162, -0.35, 1.223, -1.25, 0.6, 0.43, 0.74, 0.6}},
    {0.25, {654.3, -2.381, 5.0594, -1.35, 0.1, 0.9, 0, -0.0023, 0.994, -1.3, 2.8, 0.0129, 2.248,
     -0.0172, -0.31, 1.16, -1.17, 0.6, 0.43, 0.74, 0.6}},
    {0.3, {587.1, -2.518, 4.7945, -1.28, 0.1, 0.9, 0, -0.0027, 0.8821, -1.18, 2.59, 0.0128, 2.348,
     -0.0183, -0.28, 1.05, -1.06, 0.6, 0.43, 0.74, 0.6}},
    {0.4, {503, -2.657, 4.4644, -1.18, 0.1, 0.9, 0, -0.0035, 0.7046, -0.98, 2.2, 0.0127, 2.427,
     -0.0206, -0.23, 0.8, -0.78, 0.6, 0.43, 0.74, 0.6}},
    {0.5, {456.6, -2.669, 4.0181, -1.08, 0.1, 0.9, 0, -0.0044, 0.5799, -0.82, 1.92, 0.0125, 2.399,
     -0.0231, -0.19, 0.662, -0.62, 0.6, 0.43, 0.74, 0.6}},
    {0.6, {430.3, -2.599, 3.6055, -0.99, 0.1, 0.9, 0, -0.005, 0.5021, -0.7, 1.7, 0.0124, 2.273,
     -0.0256, -0.16, 0.58, -0.5, 0.6, 0.43, 0.74, 0.6}},
    {0.75, {410.5, -2.401, 3.2174, -0.91, 0.1, 0.9, 0, -0.0058, 0.3687, -0.54, 1.42, 0.012, 1.993,
     -0.0296, -0.12, 0.48, -0.34, 0.6, 0.43, 0.74, 0.6}},
    {1, {400, -1.955, 2.7981, -0.85, 0.1, 0.9, 0, -0.0062, 0.1746, -0.34, 1.1, 0.0114, 1.47,
     -0.0363, -0.07, 0.33, -0.14, 0.6, 0.43, 0.74, 0.6}},
    {1.5, {400, -1.025, 2.0123, -0.77, 0.1, 0.9, 0, -0.0064, -0.082, -0.05, 0.7, 0.01, 0.408,
     -0.0493, 0, 0.31, 0, 0.6, 0.43, 0.74, 0.6}},
    {2, {400, -0.299, 1.4128, -0.71, 0.1, 0.9, 0, -0.0064, -0.2821, 0.12, 0.7, 0.0085, -0.401,
     -0.061, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {2.5, {400, 0, 0.9976, -0.67, 0.1, 0.9, 0, -0.0064, -0.4108, 0.25, 0.7, 0.0069, -0.723, -0.0711,
     0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {3, {400, 0, 0.6443, -0.64, 0.1, 0.9, 0, -0.0064, -0.4466, 0.3, 0.7, 0.0054, -0.673, -0.0798, 0,
     0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {4, {400, 0, 0.0657, -0.58, 0.1, 0.9, 0, -0.0064, -0.4344, 0.3, 0.7, 0.0027, -0.627, -0.0935, 0,
     0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {5, {400, 0, -0.4624, -0.54, 0.1, 0.9, 0, -0.0064, -0.4368, 0.3, 0.7, 0.0005, -0.596, -0.098, 0,
     0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {6, {400, 0, -0.9809, -0.5, 0.1, 0.9, 0, -0.0064, -0.4586, 0.3, 0.7, -0.0013, -0.566, -0.098, 0,
     0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {7.5, {400, 0, -1.6017, -0.46, 0.1, 0.9, 0, -0.0064, -0.4433, 0.3, 0.7, -0.0033, -0.528, -0.098,
     0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
    {10, {400, 0, -2.2937, -0.4, 0.1, 0.9, 0, -0.0064, -0.4828, 0.3, 0.7, -0.006, -0.504, -0.098, 0,
     0.3, 0, 0.6, 0.43, 0.74, 0.6}},
};
// clang-format on

class AbrahamsonEtAl2015 final : public bc_hydro::Form {
 public:
  explicit AbrahamsonEtAl2015(const Binding& b) : Form(b, table, 7.8) {
    b.arguments.not_offered("faba_taper_model");
  }
};

}  // namespace

Entries abrahamson_et_al_2015() {
  ModelInfo interface {
    .name = "AbrahamsonEtAl2015SInter", .setting = "interface",
    .publication =
        "Abrahamson, Gregor and Addo (2016), BC Hydro ground motion prediction "
        "equations for subduction earthquakes, Earthquake Spectra 32(1), 23-44, "
        "doi:10.1193/051712EQS188MR",
    .component = "geometric mean", .region = "subduction zones worldwide",
    .needs = Needs::mag | Needs::vs30 | Needs::backarc | Needs::r_rup, .mag = {6, 8.4},
    .distance_km = {
      0,
      300
    }
  };
  ModelInfo slab = interface, high = interface, low = interface;
  slab.name = "AbrahamsonEtAl2015SSlab";
  slab.setting = "slab";
  slab.needs = Needs::mag | Needs::hypo_depth | Needs::vs30 | Needs::backarc | Needs::r_hypo;
  slab.mag = {5, 7.9};
  high.name = "AbrahamsonEtAl2015SInterHigh";
  low.name = "AbrahamsonEtAl2015SInterLow";
  return {entry<AbrahamsonEtAl2015>(interface, table),
          entry<AbrahamsonEtAl2015>(slab, table, {{"slab", true}}),
          entry<AbrahamsonEtAl2015>(high, table, {{"delta_c1_shift", 0.2}}),
          entry<AbrahamsonEtAl2015>(low, table, {{"delta_c1_shift", -0.2}})};
}

}  // namespace shakefield::gmm
