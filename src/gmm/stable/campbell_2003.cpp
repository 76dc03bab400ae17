// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Campbell, K. W. (2003). Prediction of strong ground motion using the hybrid empirical method and
// its use in the development of ground-motion (attenuation) relations in eastern North America.
// Bulletin of the Seismological Society of America 93(3), 1012-1033. doi:10.1785/0120020002.
//
// Component: geometric mean. Ranges: Mw 5 to 8.2, r_rup below 1000 km. Region: eastern North
// America, hard rock (vs30 2800 m/s). Standard deviation: total sigma, aleatory.
// Equations: the publication, and nshmp-haz (USGS, public domain). Coefficients: Table 6 as
// corrected by the erratum (2004), figures read from the tables of the OpenQuake engine 3.26.2 by a
// script.
// MwNSHMP2008: coefficients for vs30 760 m/s and the limits of the US maps of 2008. SHARE: the
// adjustments of share_adjustment.hpp.

#include "nshmp_ceus.hpp"
#include "share_adjustment.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13;
};

constexpr Row<Coefficients> table[] = {
    {pga,
     {0.0305, 0.633, -0.0427, -1.591, -0.00428, 0.000483, 0.683, 0.416, 1.14, -0.873, 1.03, -0.086,
      0.414}},
    {0.02,
     {1.3535, 0.63, -0.0404, -1.787, -0.00388, 0.000497, 1.02, 0.363, 0.851, -0.715, 1.03, -0.086,
      0.414}},
    {0.03,
     {1.186, 0.622, -0.0362, -1.691, -0.00367, 0.000501, 0.922, 0.376, 0.759, -0.922, 1.03, -0.086,
      0.414}},
    {0.05,
     {0.3736, 0.616, -0.0353, -1.469, -0.00378, 0.0005, 0.63, 0.423, 0.771, -1.239, 1.042, -0.0838,
      0.443}},
    {0.075,
     {-0.0395, 0.615, -0.0353, -1.383, -0.00421, 0.000486, 0.491, 0.463, 0.955, -1.349, 1.052,
      -0.0838, 0.453}},
    {0.1,
     {-0.1475, 0.613, -0.0353, -1.369, -0.00454, 0.00046, 0.484, 0.467, 1.096, -1.284, 1.059,
      -0.0838, 0.46}},
    {0.15,
     {-0.1901, 0.616, -0.0478, -1.368, -0.00473, 0.000393, 0.461, 0.478, 1.239, -1.079, 1.068,
      -0.0838, 0.469}},
    {0.2,
     {-0.4328, 0.617, -0.0586, -1.32, -0.0046, 0.000337, 0.399, 0.493, 1.25, -0.928, 1.077, -0.0838,
      0.478}},
    {0.3,
     {-0.6906, 0.609, -0.0786, -1.28, -0.00414, 0.000263, 0.349, 0.502, 1.241, -0.753, 1.081,
      -0.0838, 0.482}},
    {0.5,
     {-0.5907, 0.534, -0.1379, -1.216, -0.00341, 0.000194, 0.318, 0.503, 1.166, -0.606, 1.098,
      -0.0824, 0.508}},
    {0.75,
     {-0.5429, 0.48, -0.1806, -1.184, -0.00288, 0.00016, 0.304, 0.504, 1.11, -0.526, 1.105, -0.0806,
      0.528}},
    {1,
     {-0.6104, 0.451, -0.209, -1.158, -0.00255, 0.000141, 0.299, 0.503, 1.067, -0.482, 1.11,
      -0.0793, 0.543}},
    {1.5,
     {-0.9666, 0.441, -0.2405, -1.135, -0.00213, 0.000119, 0.304, 0.5, 1.029, -0.438, 1.099,
      -0.0771, 0.547}},
    {2,
     {-1.4306, 0.459, -0.2552, -1.124, -0.00187, 0.000103, 0.31, 0.499, 1.015, -0.417, 1.093,
      -0.0758, 0.551}},
    {3,
     {-2.2331, 0.492, -0.2646, -1.121, -0.00154, 8.4e-05, 0.31, 0.499, 1.014, -0.393, 1.09, -0.0737,
      0.562}},
    {4,
     {-2.7975, 0.507, -0.2738, -1.119, -0.00135, 7.4e-05, 0.294, 0.506, 1.018, -0.386, 1.092,
      -0.0722, 0.575}},
};
constexpr Row<Coefficients> nshmp_table[] = {
    {pga,
     {0.4492, 0.633, -0.0427, -1.591, -0.00428, 0.000483, 0.683, 0.416, 1.14, -0.873, 1.03, -0.086,
      0.414}},
    {0.1,
     {0.4064, 0.613, -0.0353, -1.369, -0.00454, 0.00046, 0.484, 0.467, 1.096, -1.284, 1.059,
      -0.0838, 0.46}},
    {0.2,
     {0.1325, 0.617, -0.0586, -1.32, -0.0046, 0.000337, 0.399, 0.493, 1.25, -0.928, 1.077, -0.0838,
      0.478}},
    {0.3,
     {-0.1483, 0.609, -0.0786, -1.28, -0.00414, 0.000263, 0.349, 0.502, 1.241, -0.753, 1.081,
      -0.0838, 0.482}},
    {0.5,
     {-0.1333, 0.534, -0.1379, -1.216, -0.00341, 0.000194, 0.318, 0.503, 1.116, -0.606, 1.098,
      -0.0824, 0.508}},
    {1,
     {-0.3177, 0.451, -0.209, -1.158, -0.00255, 0.000141, 0.299, 0.503, 1.067, -0.482, 1.11,
      -0.0793, 0.543}},
    {2,
     {-1.2483, 0.459, -0.2552, -1.124, -0.00187, 0.000103, 0.31, 0.499, 1.015, -0.417, 1.093,
      -0.0758, 0.551}},
};

// Adjustments for Europe.
constexpr Row<share::Coefficients> share_table[] = {
    {pga, {1.22, 0.735106}},     {0.02, {1.192, 0.474275}},    {0.03, {1.178, 0.423049}},
    {0.05, {1.15, 0.550323}},    {0.075, {1.115, 0.730061}},   {0.1, {1.08, 0.888509}},
    {0.15, {1.15, 1.094622}},    {0.2, {1.19, 1.197291}},      {0.3, {1.23, 1.288309}},
    {0.5, {1.23, 1.311421}},     {0.75, {1.199444, 1.298212}}, {1, {1.196667, 1.265762}},
    {1.5, {1.191111, 1.197583}}, {2, {1.14, 1.215779}},        {3, {1.14, 1.215779}},
    {4, {1.14, 1.215779}},
};

/// Arguments: `nshmp`, `share`.
class Campbell2003 final : public ModelBase<Coefficients> {
 public:
  explicit Campbell2003(const Binding& b) : Campbell2003(b, b.arguments.flag("nshmp", false)) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constant = per_imt([&](const Coefficients& c) {
      return c.c1 + c.c2 * in.mag + c.c3 * square(8.5 - in.mag);  // Eq. 31
    });
    const auto near = per_imt([&](const Coefficients& c) { return c.c7 * exp(c.c8 * in.mag); });
    std::vector<double> shift(size(), 0.0);
    for (std::size_t m = 0; m < share_.size(); ++m)
      shift[m] = share::adjustment(share_[m], in.rake_deg);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_rup = sites[in.r_rup];
      const Real ln_r = log(max(r_rup, 1.0));
      const Real beyond_70 = max(ln_r - std::log(70.0), 0.0);
      const Real beyond_130 = max(ln_r - std::log(130.0), 0.0);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // Eq. 30, 32 to 34
        Real mean = constant[m] + c.c4 * 0.5 * log(square(r_rup) + square(near[m])) +
                    (c.c5 + c.c6 * in.mag) * r_rup + c.c9 * beyond_70 + c.c10 * beyond_130;
        if (nshmp_) mean = min(mean, nshmp_ceus::limit(imts()[m]));
        // Eq. 35
        const double sigma = in.mag < 7.16 ? c.c11 + c.c12 * in.mag : c.c13;
        sites.put(m, mean + shift[m], total_only(sigma));
      }
    });
  }

 private:
  Campbell2003(const Binding& b, bool nshmp)
      : ModelBase(b, nshmp ? std::span<const Row<Coefficients>>(nshmp_table) : table),
        nshmp_(nshmp) {
    if (b.arguments.flag("share", false)) share_ = coefficients_of(share_table, b);
  }

  bool nshmp_;
  std::vector<share::Coefficients> share_;
};

}  // namespace

Entries campbell_2003() {
  const ModelInfo info{
      .name = "Campbell2003",
      .setting = "stable",
      .publication =
          "Campbell (2003), Prediction of strong ground motion using the hybrid "
          "empirical method and its use in the development of ground-motion "
          "(attenuation) relations in eastern North America, Bulletin of the "
          "Seismological Society of America 93(3), 1012-1033, doi:10.1785/0120020002",
      .component = "geometric mean",
      .region = "eastern North America",
      .needs = Needs::mag | Needs::r_rup,
      .std_defined = StdDefined::total_only,
      .mag = {5, 8.2},
      .distance_km = {0, 1000},
      .reference_vs30 = 2800};
  ModelInfo nshmp = info;
  nshmp.name = "Campbell2003MwNSHMP2008";
  nshmp.reference_vs30 = 760;
  ModelInfo share = info;
  share.name = "Campbell2003SHARE";
  share.reference_vs30 = 800;
  share.needs = info.needs | Needs::rake;
  return {entry<Campbell2003>(info, table),
          entry<Campbell2003>(nshmp, nshmp_table, {{"nshmp", true}}),
          entry<Campbell2003>(share, table, {{"share", true}})};
}

}  // namespace shakefield::gmm
