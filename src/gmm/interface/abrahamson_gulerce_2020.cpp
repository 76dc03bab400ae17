// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Abrahamson, N. A., and Gulerce, Z. (2022). Summary of the Abrahamson and Gulerce NGA-SUB
// ground-motion model for subduction earthquakes. Earthquake Spectra 38(4), 2638-2681.
// doi:10.1177/87552930221114374 (PEER report 2020/25).
//
// Component: RotD50. Ranges: Mw 5 to 9.5 (slab: 8), r_rup below 500 km, vs30 150 to 1500 m/s.
// Region: subduction zones worldwide; `region` chooses a region's own terms. Standard deviations:
// tau and phi (of distance and of the nonlinear site term), ergodic.
// `sigma_mu_epsilon`: standard deviations of the median (of distance) added to it.
// `apply_usa_adjustment`: the shift of the constant for Alaska and Cascadia.
// Equations: the publication, and nshmp-lib (USGS, public domain) as pygmm describes it.
// Coefficients: the report's tables, figures read from the tables of the OpenQuake engine 3.26.2 by
// a script. Not given: the standard deviations of known sites (`ergodic = false`).
// NZNSHM2022_ names: slab events get nz_backarc.hpp's term.

#include "nz_backarc.hpp"

namespace shakefield::gmm {
namespace {

enum Region {
  global,
  alaska,
  cascadia,
  central_america,
  japan,
  new_zealand,
  south_america,
  taiwan
};
constexpr std::size_t regions = 8;

struct Coefficients {
  double c1i, vlin, b;
  double a1[regions], a2[regions], a6[regions], a12[regions];
  double adjustment[regions];  // of the USA
  double basin[regions];       // a39 of Cascadia, a41 of Japan
  double a8, a10, a11, a13, a14;
  double d1, d2, rho_within, rho_between;
  double e1, e2, e3;
};

// Tables of the coefficients, a region's adjustments to a2, a6 and a12 added.
// clang-format off
constexpr Row<Coefficients> table[] = {
    {pga, {8.2, 865.1, -1.186, {4.596, 3.7783, 3.3468, 3.8025, 5.0361, 4.6272, 4.8044, 3.5669}, {-1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.36}, {-0.0043, -0.0028, -0.0036, -0.0007, -0.0047, -0.0018, -0.0037, -0.001}, {0.9, 0.9, 0.7, 0.9, 0.9, 0.94, 0.94, 0.9}, {0, 0.487, 0.828, 0, 0, 0, 0, 0}, {0, 0, 0, 0, -0.029, 0, 0, 0}, 0.044, 3.21, 0.007, 0, -0.46, 0.325, 0.137, 1, 1, 0.55, -0.27, 0.05}},
    {0.01, {8.2, 865.1, -1.186, {4.596, 3.7783, 3.3468, 3.8025, 5.0361, 4.6272, 4.8044, 3.5669}, {-1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.36}, {-0.0043, -0.0028, -0.0036, -0.0007, -0.0047, -0.0018, -0.0037, -0.001}, {0.9, 0.9, 0.7, 0.9, 0.9, 0.94, 0.94, 0.9}, {0, 0.487, 0.828, 0, 0, 0, 0, 0}, {0, 0, 0, 0, -0.029, 0, 0, 0}, 0.044, 3.21, 0.007, 0, -0.46, 0.325, 0.137, 1, 1, 0.55, -0.27, 0.05}},
    {0.02, {8.2, 865.1, -1.219, {4.678, 3.8281, 3.4401, 3.9053, 5.1375, 4.6958, 4.8943, 3.6425}, {-1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.36}, {-0.0043, -0.0028, -0.0037, -0.0007, -0.0048, -0.0018, -0.0038, -0.001}, {1.008, 1.008, 0.808, 1.008, 1.008, 1.048, 1.048, 1.008}, {0, 0.519, 0.825, 0, 0, 0, 0, 0}, {0, 0, 0, 0, -0.024, 0, 0, 0}, 0.044, 3.21, 0.007, 0, -0.46, 0.325, 0.137, 0.99, 0.99, 0.55, -0.27, 0.05}},
    {0.03, {8.2, 907.8, -1.273, {4.773, 3.8933, 3.5087, 4.0189, 5.2699, 4.7809, 5.0028, 3.7063}, {-1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.36}, {-0.0044, -0.0029, -0.0038, -0.0007, -0.0051, -0.0019, -0.0039, -0.001}, {1.127, 1.127, 0.927, 1.127, 1.127, 1.167, 1.167, 1.127}, {0, 0.543, 0.834, 0, 0, 0, 0, 0}, {0, 0, 0, 0, -0.034, 0, 0, 0}, 0.044, 3.21, 0.007, 0, -0.46, 0.325, 0.137, 0.99, 0.99, 0.55, -0.27, 0.05}},
    {0.05, {8.2, 1053.5, -1.346, {5.029, 4.2867, 3.6553, 4.2952, 5.6157, 5.0211, 5.2819, 3.9184}, {-1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.36}, {-0.0046, -0.0035, -0.004, -0.0007, -0.0055, -0.002, -0.0042, -0.001}, {1.333, 1.333, 1.133, 1.333, 1.333, 1.373, 1.373, 1.333}, {0, 0.435, 0.895, 0, 0, 0, 0, 0}, {0, 0, 0, 0, -0.061, 0, 0, 0}, 0.044, 3.21, 0.007, 0, -0.46, 0.325, 0.137, 0.97, 0.985, 0.56, -0.27, 0.05}},
    {0.075, {8.2, 1085.7, -1.471, {5.334, 4.594, 3.9799, 4.5464, 6.0204, 5.3474, 5.6123, 4.2207}, {-1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.36}, {-0.0047, -0.0036, -0.0043, -0.0008, -0.0056, -0.0021, -0.0044, -0.001}, {1.565, 1.565, 1.365, 1.565, 1.565, 1.625, 1.625, 1.565}, {0, 0.41, 0.863, 0, 0, 0, 0, 0}, {0, 0, 0, 0, -0.076, 0, 0, 0}, 0.044, 3.21, 0.007, 0, -0.46, 0.325, 0.137, 0.95, 0.98, 0.58, -0.27, 0.05}},
    {0.1, {8.2, 1032.5, -1.624, {5.455, 4.7077, 4.1312, 4.6138, 6.1625, 5.5065, 5.7668, 4.3536}, {-1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.45, -1.36}, {-0.0048, -0.0036, -0.0045, -0.0009, -0.0056, -0.0022, -0.0045, -0.001}, {1.679, 1.679, 1.479, 1.679, 1.679, 1.779, 1.779, 1.679}, {0, 0.397, 0.842, 0, 0, 0, 0, 0}, {0, 0, 0, 0, -0.049, 0, 0, 0}, 0.044, 3.21, 0.007, 0, -0.46, 0.325, 0.137, 0.92, 0.97, 0.59, -0.27, 0.05}},
    {0.15, {8.2, 877.6, -1.931, {5.376, 4.6065, 4.2737, 4.529, 5.9614, 5.518, 5.7313, 4.3664}, {-1.425, -1.425, -1.425, -1.425, -1.425, -1.425, -1.425, -1.335}, {-0.0047, -0.0034, -0.0049, -0.001, -0.0056, -0.0025, -0.0046, -0.001}, {1.853, 1.853, 1.667, 1.853, 1.798, 1.988, 1.988, 1.922}, {0, 0.428, 0.737, 0, 0, 0, 0, 0}, {0, 0, 0, 0, -0.026, 0, 0, 0}, 0.044, 3.21, 0.007, 0, -0.46, 0.325, 0.137, 0.9, 0.96, 0.59, -0.27, 0.05}},
    {0.2, {8.2, 748.2, -2.188, {4.936, 4.1866, 3.965, 4.1656, 5.392, 5.1668, 5.2943, 4.0169}, {-1.335, -1.335, -1.335, -1.335, -1.335, -1.335, -1.335, -1.251}, {-0.0045, -0.0032, -0.0052, -0.0014, -0.0055, -0.0027, -0.0046, -0.001}, {2.022, 2.022, 1.872, 2.022, 1.917, 2.192, 2.192, 2.162}, {0, 0.442, 0.746, 0, 0, 0, 0, 0}, {0, 0, 0, 0, -0.011, 0, 0, 0}, 0.043, 3.21, 0.0062, 0, -0.46, 0.325, 0.137, 0.87, 0.94, 0.57, -0.27, 0.05}},
    {0.25, {8.2, 654.3, -2.381, {4.636, 3.8515, 3.6821, 3.9147, 5.0117, 4.8744, 5.0058, 3.759}, {-1.275, -1.275, -1.275, -1.275, -1.275, -1.275, -1.275, -1.195}, {-0.0043, -0.003, -0.0052, -0.0016, -0.0054, -0.0027, -0.0046, -0.001}, {2.181, 2.181, 2.041, 2.181, 2.047, 2.351, 2.351, 2.345}, {0, 0.494, 0.796, 0, 0, 0, 0, 0}, {0, 0, 0.101, 0, -0.009, 0, 0, 0}, 0.042, 3.21, 0.0056, 0, -0.46, 0.325, 0.137, 0.84, 0.93, 0.53, -0.224, 0.043}},
    {0.3, {8.2, 587.1, -2.518, {4.423, 3.5783, 3.5415, 3.7846, 4.7057, 4.6544, 4.7588, 3.5914}, {-1.231, -1.231, -1.231, -1.231, -1.231, -1.231, -1.231, -1.153}, {-0.0042, -0.0028, -0.0052, -0.0022, -0.0051, -0.0028, -0.0044, -0.001}, {2.281, 2.281, 2.161, 2.281, 2.131, 2.451, 2.451, 2.471}, {0, 0.565, 0.782, 0, 0, 0, 0, 0}, {0, 0, 0.184, 0, 0.005, 0, 0, 0}, 0.041, 3.21, 0.0051, -0.002, -0.46, 0.325, 0.137, 0.82, 0.91, 0.49, -0.186, 0.037}},
    {0.4, {8.2, 503, -2.657, {4.124, 3.2493, 3.3256, 3.5702, 4.2896, 4.366, 4.3789, 3.3704}, {-1.165, -1.165, -1.165, -1.165, -1.165, -1.165, -1.165, -1.09}, {-0.004, -0.0025, -0.005, -0.0027, -0.0047, -0.0029, -0.004, -0.001}, {2.379, 2.379, 2.279, 2.379, 2.229, 2.549, 2.549, 2.585}, {0, 0.625, 0.768, 0, 0, 0, 0, 0}, {0, 0, 0.315, 0, 0.04, 0, 0, 0}, 0.04, 3.21, 0.0043, -0.007, -0.47, 0.325, 0.137, 0.74, 0.86, 0.425, -0.126, 0.028}},
    {0.5, {8.2, 456.6, -2.669, {3.838, 2.9818, 3.1334, 3.3552, 3.9322, 4.0779, 4.0394, 3.1564}, {-1.115, -1.115, -1.115, -1.115, -1.115, -1.115, -1.115, -1.043}, {-0.0037, -0.0022, -0.0048, -0.0028, -0.0044, -0.0029, -0.0035, -0.001}, {2.339, 2.339, 2.259, 2.339, 2.189, 2.509, 2.509, 2.559}, {0, 0.634, 0.728, 0, 0, 0, 0, 0}, {0, 0, 0.416, 0, 0.097, 0, 0, 0}, 0.039, 3.21, 0.0037, -0.011, -0.48, 0.325, 0.137, 0.66, 0.8, 0.375, -0.079, 0.022}},
    {0.6, {8.2, 430.3, -2.599, {3.562, 2.7784, 2.9215, 3.0922, 3.6149, 3.8146, 3.7366, 2.9584}, {-1.071, -1.071, -1.071, -1.071, -1.071, -1.071, -1.071, -1.001}, {-0.0035, -0.002, -0.0047, -0.0029, -0.0042, -0.0029, -0.0033, -0.001}, {2.217, 2.217, 2.157, 2.217, 2.067, 2.387, 2.387, 2.442}, {0, 0.581, 0.701, 0, 0, 0, 0, 0}, {0, 0, 0.499, 0, 0.145, 0, 0, 0}, 0.038, 3.21, 0.0033, -0.015, -0.49, 0.325, 0.137, 0.59, 0.78, 0.345, -0.041, 0.016}},
    {0.75, {8.15, 410.5, -2.401, {3.152, 2.478, 2.538, 2.6572, 3.1785, 3.4391, 3.293, 2.6556}, {-1.02, -1.02, -1.02, -1.02, -1.02, -1.02, -1.02, -0.953}, {-0.0032, -0.0018, -0.0043, -0.0029, -0.0039, -0.0028, -0.003, -0.001}, {1.946, 1.946, 1.899, 1.946, 1.796, 2.116, 2.116, 2.163}, {0, 0.497, 0.685, 0, 0, 0, 0, 0}, {0, 0, 0.6, 0, 0.197, 0, 0, 0}, 0.037, 3.21, 0.0027, -0.021, -0.5, 0.325, 0.137, 0.5, 0.73, 0.3, 0.005, 0.009}},
    {1, {8.1, 400, -1.955, {2.544, 1.9252, 1.9626, 2.1459, 2.5722, 2.8056, 2.6475, 2.0667}, {-0.95, -0.95, -0.95, -0.95, -0.95, -0.95, -0.95, -0.887}, {-0.0029, -0.0016, -0.0037, -0.0028, -0.0037, -0.0027, -0.0028, -0.001}, {1.416, 1.416, 1.381, 1.416, 1.266, 1.586, 1.586, 1.601}, {0, 0.469, 0.642, 0, 0, 0, 0, 0}, {0, 0, 0.731, 0, 0.269, 0, 0, 0}, 0.035, 3.21, 0.0019, -0.028, -0.51, 0.325, 0.137, 0.41, 0.69, 0.24, 0.065, 0}},
    {1.5, {8.05, 400, -1.025, {1.636, 0.9924, 1.3568, 1.3499, 1.6499, 1.8546, 1.6842, 1.3316}, {-0.86, -0.86, -0.86, -0.86, -0.86, -0.86, -0.86, -0.801}, {-0.0026, -0.0012, -0.003, -0.0027, -0.0034, -0.0025, -0.0026, -0.001}, {0.394, 0.394, 0.376, 0.394, 0.264, 0.564, 0.564, 0.477}, {0, 0.509, 0.325, 0, 0, 0, 0, 0}, {0, 0, 0.748, 0, 0.347, 0, 0, 0}, 0.034, 3.21, 0.0008, -0.041, -0.52, 0.312, 0.113, 0.33, 0.62, 0.23, 0.065, 0}},
    {2, {8, 400, -0.299, {1.076, 0.4676, 0.818, 0.8148, 1.0658, 1.302, 1.1002, 0.7607}, {-0.82, -0.82, -0.82, -0.82, -0.82, -0.82, -0.82, -0.761}, {-0.0024, -0.0009, -0.0022, -0.0024, -0.0031, -0.0022, -0.0024, -0.001}, {-0.417, -0.417, -0.427, -0.417, -0.527, -0.247, -0.247, -0.372}, {0, 0.478, 0.257, 0, 0, 0, 0, 0}, {0, 0, 0.761, 0, 0.384, 0, 0, 0}, 0.032, 3.21, 0, -0.05, -0.53, 0.302, 0.096, 0.3, 0.56, 0.23, 0.065, 0}},
    {2.5, {7.95, 400, 0, {0.658, 0.0579, 0.4389, 0.3979, 0.631, 0.8017, 0.6737, 0.3648}, {-0.798, -0.798, -0.798, -0.798, -0.798, -0.798, -0.798, -0.738}, {-0.0022, -0.0008, -0.0018, -0.0022, -0.0029, -0.002, -0.0024, -0.001}, {-0.725, -0.725, -0.73, -0.725, -0.82, -0.555, -0.555, -0.699}, {0, 0.492, 0.211, 0, 0, 0, 0, 0}, {0, 0, 0.77, 0, 0.397, 0, 0, 0}, 0.031, 3.21, 0, -0.057, -0.54, 0.295, 0.082, 0.27, 0.52, 0.23, 0.065, 0}},
    {3, {7.9, 400, 0, {0.424, -0.1391, 0.1046, 0.1046, 0.3882, 0.5958, 0.4126, 0.1688}, {-0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.734}, {-0.0021, -0.0007, -0.0014, -0.0018, -0.0028, -0.0017, -0.0023, -0.001}, {-0.695, -0.695, -0.695, -0.695, -0.78, -0.525, -0.525, -0.66}, {0, 0.47, 0.296, 0, 0, 0, 0, 0}, {0, 0, 0.778, 0, 0.404, 0, 0, 0}, 0.03, 3.13, 0, -0.065, -0.54, 0.289, 0.072, 0.25, 0.495, 0.24, 0.065, 0}},
    {4, {7.85, 400, 0, {0.093, -0.303, -0.1597, -0.2324, 0.0164, 0.3522, 0.0097, -0.0323}, {-0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.743}, {-0.002, -0.0006, -0.001, -0.0013, -0.0026, -0.0014, -0.0022, -0.001}, {-0.638, -0.638, -0.638, -0.638, -0.711, -0.468, -0.468, -0.585}, {0, 0.336, 0.232, 0, 0, 0, 0, 0}, {0, 0, 0.79, 0, 0.397, 0, 0, 0}, 0.029, 2.985, 0, -0.077, -0.54, 0.28, 0.055, 0.22, 0.43, 0.27, 0.065, 0}},
    {5, {7.8, 400, 0, {-0.145, -0.4094, -0.2063, -0.5722, -0.2802, 0.1874, -0.2715, -0.1516}, {-0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.75}, {-0.002, -0.0006, -0.0007, -0.0006, -0.0024, -0.0012, -0.0021, -0.001}, {-0.597, -0.597, -0.597, -0.597, -0.662, -0.427, -0.427, -0.525}, {0, 0.228, 0.034, 0, 0, 0, 0, 0}, {0, 0, 0.799, 0, 0.378, 0, 0, 0}, 0.028, 2.818, 0, -0.088, -0.54, 0.273, 0.041, 0.19, 0.4, 0.3, 0.065, 0}},
    {6, {7.8, 400, 0, {-0.32, -0.501, -0.3223, -0.8631, -0.4822, -0.1243, -0.4591, -0.2217}, {-0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.755}, {-0.002, -0.0006, -0.0005, -0.0005, -0.0023, -0.0009, -0.002, -0.001}, {-0.561, -0.561, -0.561, -0.561, -0.621, -0.391, -0.391, -0.475}, {0, 0.151, -0.037, 0, 0, 0, 0, 0}, {0, 0, 0.807, 0, 0.358, 0, 0, 0}, 0.027, 2.682, 0, -0.098, -0.54, 0.267, 0.03, 0.17, 0.37, 0.32, 0.065, 0}},
    {7.5, {7.8, 400, 0, {-0.556, -0.6209, -0.4223, -1.1773, -0.7566, -0.3316, -0.6822, -0.3338}, {-0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.761}, {-0.002, -0.0006, -0.0003, -0.0005, -0.0022, -0.0006, -0.0019, -0.001}, {-0.53, -0.53, -0.53, -0.53, -0.585, -0.36, -0.36, -0.415}, {0, 0.051, -0.178, 0, 0, 0, 0, 0}, {0, 0, 0.817, 0, 0.333, 0, 0, 0}, 0.026, 2.515, 0, -0.11, -0.54, 0.259, 0.017, 0.14, 0.32, 0.35, 0.065, 0}},
    {10, {7.8, 400, 0, {-0.86, -0.6221, -0.5909, -1.407, -1.087, -0.6783, -0.9173, -0.5441}, {-0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.793, -0.769}, {-0.002, -0.0006, -0.0003, -0.0005, -0.0021, -0.0003, -0.0018, -0.001}, {-0.486, -0.486, -0.486, -0.486, -0.531, -0.316, -0.316, -0.335}, {0, -0.251, -0.313, 0, 0, 0, 0, 0}, {0, 0, 0.829, 0, 0.281, 0, 0, 0}, 0.025, 2.3, 0, -0.127, -0.54, 0.25, 0, 0.1, 0.28, 0.35, 0.065, 0}},
};
// clang-format on

// Constants: Table 4.1 of the report.
constexpr double a3 = 0.1, a4 = 0.73, a9 = 0.4, a45 = 0.34, c4_km = 10;
constexpr double n = 1.18, c_site = 1.88, vs_rock = 1000;
constexpr double tau_linear = 0.47, variance_amplification = 0.09;
/// Magnitude of the break of slab events.
constexpr double c1_slab[regions] = {7.5, 7.9, 7.1, 7.4, 7.6, 8.0, 7.5, 7.7};

/// By how much the linear within-event variance of some regions exceeds the global one.
struct RegionalVariance {
  double path = 0, site = 0;  ///< scale with period: of distance, and alike at all distances
  double short_period = 0;    ///< 0 up to 0.03 s, 1 from 0.075 s

  RegionalVariance() = default;
  RegionalVariance(Region region, const Imt& imt) {
    const bool site_too = region == japan || region == south_america;
    const double ln_t = log(imt.kind == sa ? imt.period_s : 0.01);
    short_period = ramp(ln_t, log(0.03), log(0.075));
    if (site_too || region == central_america) path = 1 - ramp(ln_t, log(0.2), log(1.0));
    if (site_too)
      site = 0.242 * (1 - 0.42 * (1 - short_period)) * (1 - ramp(ln_t, log(0.1), log(0.3)));
  }
  Real operator()(Real r_rup) const {
    const Real x = ramp(r_rup, 225, 450);
    const Real at_pga = 0.0036 * clamp(r_rup - 250.0, 0.0, 200.0);
    return path * (at_pga + (1.0 - at_pga) * short_period) * (0.109 + (0.062 + 0.47 * x) * x) +
           site;
  }
};

/// Arguments: `slab`, `new_zealand`, `region`, `sigma_mu_epsilon`, `apply_usa_adjustment`,
/// `ergodic`.
class AbrahamsonGulerce2020 final : public ModelBase<Coefficients> {
 public:
  explicit AbrahamsonGulerce2020(const Binding& b)
      : ModelBase(b, table),
        pga_(coefficients_at(table, {pga}, b.info.name)),
        slab_(b.arguments.flag("slab", false)),
        nz_slab_(b.arguments.flag("new_zealand", false) && slab_),
        region_(b.arguments.choice("region",
                                   {{"GLO", global},
                                    {"USA-AK", alaska},
                                    {"CAS", cascadia},
                                    {"CAM", central_america},
                                    {"JPN", japan},
                                    {"NZL", new_zealand},
                                    {"SAM", south_america},
                                    {"TWN", taiwan}},
                                   global)),
        sigma_mu_epsilon_(b.arguments.number("sigma_mu_epsilon", 0.0)),
        adjusted_(b.arguments.flag("apply_usa_adjustment", false)),
        backarc_(coefficients_of(nz_backarc::table, b)),
        pga_backarc_(coefficients_at(nz_backarc::table, {pga}, b.info.name)) {
    b.arguments.not_offered("ergodic", true);
    b.arguments.not_offered("usgs_basin_scaling", false);
    b.arguments.not_offered("ak23_bias_adj", false);
    for (const Imt& imt : imts()) regional_variance_.emplace_back(region_, imt);
    if (has_basin()) require(Needs::z2pt5);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constant = per_imt([&](const Coefficients& c) { return source(c, in); });
    const double pga_constant = source(pga_, in);
    const double near = c4_km * exp(a9 * (in.mag - 6));

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Real ln_r = log(r_rup + near);
      const auto path = [&](const Coefficients& c) {
        const double slope = c.a2[region_] + a3 * (in.mag - 7) + (slab_ ? c.a14 : 0.0);
        return slope * ln_r + c.a6[region_] * r_rup;
      };
      const auto backarc =
          nz_slab_ ? nz_backarc::Term(r_rup, sites[in.backarc]) : nz_backarc::Term(1.0, 0.0);

      const double ln_rock = log(vs_rock / pga_.vlin);
      Real ln_pga = pga_constant + path(pga_) + (pga_.a12[region_] + pga_.b * n) * ln_rock;
      if (nz_slab_) ln_pga += backarc.at(pga_backarc_);
      const Real pga_rock = exp(ln_pga);
      const Real ln_pga_soft = log(pga_rock + c_site);

      const Real vs30 = sites[in.vs30];
      const Real ln_vs30 = log(min(vs30, vs_rock));
      const Real ln_basin = has_basin() ? basin(vs30, sites[in.z2pt5]) : 0.0;
      const Real mu_distance = clamp(r_rup, 50.0, 500.0) * 0.01;
      const Real far = ramp(r_rup, 150, 450);
      const Real pga_variance =
          pga_.d1 + pga_.d2 * far + pga_regional_variance_(r_rup) - variance_amplification;
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        Real mean = constant[m] + path(c) + c.basin[region_] * ln_basin;
        if (nz_slab_) mean += backarc.at(backarc_[m]);
        if (sigma_mu_epsilon_ != 0)
          mean += sigma_mu_epsilon_ * (c.e1 + (c.e2 + c.e3 * mu_distance) * mu_distance);
        // Site term and its slope by the reference PGA
        const Real ln_ratio = ln_vs30 - log(c.vlin);
        const Mask nonlinear = ln_ratio < 0.0;
        const Real stiffness = c_site * exp(n * min(ln_ratio, 0.0));
        mean += c.a12[region_] * ln_ratio +
                c.b * select(nonlinear, log(pga_rock + stiffness) - ln_pga_soft, n * ln_ratio);
        const Real slope =
            c.b * pga_rock * (1.0 / (pga_rock + stiffness) - 1.0 / (pga_rock + c_site));

        const Real variance = c.d1 + c.d2 * far + regional_variance_[m](r_rup);
        const Real variance_rock = variance - variance_amplification;
        const Real phi = sqrt(variance + square(slope) * pga_variance +
                              2.0 * slope * c.rho_within * sqrt(pga_variance * variance_rock));
        const Real tau = tau_linear * sqrt(1.0 + square(slope) + 2.0 * slope * c.rho_between);
        sites.put(m, mean, between_within(tau, phi));
      }
    });
  }

 private:
  bool has_basin() const { return region_ == cascadia || region_ == japan; }

  /// Constant, magnitude and depth.
  double source(const Coefficients& c, const GmmInput& in) const {
    const double c1 = slab_ ? c1_slab[region_] : c.c1i;
    const double slope = slab_ ? a4 + a45 : a4;
    double sum = c.a1[region_] + slope * min(in.mag - c1, 0.0) + c.a13 * square(10 - in.mag);
    if (adjusted_) sum += c.adjustment[region_];
    if (slab_)
      sum += c.a10 + slope * (c1 - c1_slab[global]) +
             (in.ztor_km <= 50 ? c.a8 : c.a11) * (min(in.ztor_km, 200.0) - 50);
    return sum;
  }

  /// ln of the scaled basin depth. A depth that is lacking is that of the region's vs30.
  Real basin(Real vs30, Real z2pt5) const {
    const Real ln_reference_m = region_ == cascadia
                                    ? 8.52 - 0.88 * log(clamp(vs30, 200.0, 570.0) / 200.0)
                                    : 7.3 - 2.066 * log(clamp(vs30, 170.0, 800.0) / 170.0);
    // Beyond its end the relation of Cascadia is rounded to 7.6, that of Japan to 4.1.
    const Real ln_floor = region_ == cascadia ? select(vs30 >= 570.0, 7.6, ln_reference_m)
                                              : select(vs30 > 800.0, 4.1, ln_reference_m);
    const Real ratio = log((z2pt5 * 1000.0 + 50.0) / (exp(ln_floor) + 50.0));
    const Real known = region_ == cascadia ? max(ratio, 0.0) : max(ratio, -2.0);
    return select(z2pt5 < 0.0, 0.0, known);
  }

  Coefficients pga_;
  bool slab_, nz_slab_;
  Region region_;
  double sigma_mu_epsilon_;
  bool adjusted_;
  RegionalVariance pga_regional_variance_{region_, {pga}};
  std::vector<RegionalVariance> regional_variance_;
  std::vector<nz_backarc::Coefficients> backarc_;
  nz_backarc::Coefficients pga_backarc_;
};

}  // namespace

Entries abrahamson_gulerce_2020() {
  const ModelInfo interface {
    .name = "AbrahamsonGulerce2020SInter", .setting = "interface",
    .publication =
        "Abrahamson and Gulerce (2022), Summary of the Abrahamson and Gulerce NGA-SUB "
        "ground-motion model for subduction earthquakes, Earthquake Spectra 38(4), "
        "2638-2681, doi:10.1177/87552930221114374",
    .component = "RotD50", .region = "subduction zones worldwide",
    .needs = Needs::mag | Needs::vs30 | Needs::r_rup, .mag = {5, 9.5}, .distance_km = {0, 500},
    .vs30 = {150, 1500},
  };
  ModelInfo slab = interface;
  slab.name = "AbrahamsonGulerce2020SSlab";
  slab.setting = "slab";
  slab.needs = interface.needs | Needs::ztor;
  slab.mag = {5, 8};
  ModelInfo nz_interface = interface;
  nz_interface.name = "NZNSHM2022_AbrahamsonGulerce2020SInterNewZealand";
  nz_interface.region = "New Zealand";
  ModelInfo nz_slab = slab;
  nz_slab.name = "NZNSHM2022_AbrahamsonGulerce2020SSlabNewZealand";
  nz_slab.region = "New Zealand";
  nz_slab.needs = slab.needs | Needs::backarc;
  const Arguments::Values nz = {{"new_zealand", true}, {"region", "NZL"}};
  const Arguments::Values slab_nz = {{"slab", true}, {"new_zealand", true}, {"region", "NZL"}};
  return {entry<AbrahamsonGulerce2020>(interface, table),
          entry<AbrahamsonGulerce2020>(slab, table, {{"slab", true}}),
          entry<AbrahamsonGulerce2020>(nz_interface, table, nz),
          entry<AbrahamsonGulerce2020>(nz_slab, table, slab_nz)};
}

}  // namespace shakefield::gmm
