// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Ameri, G., Drouet, S., Traversa, P., Bindi, D., and Cotton, F. (2017). Toward an empirical ground
// motion prediction equation for France: accounting for regional differences in the source stress
// parameter. Bulletin of Earthquake Engineering 15(11), 4681-4717. doi:10.1007/s10518-017-0171-1.
//
// Component: geometric mean. Ranges: Mw 3 to 7.4, r_jb below 200 km, Eurocode 8 site classes by
// vs30. Region: France and its neighbours. Standard deviations: tau (by magnitude) and phi. Without
// the term of the stress parameter.
// Equations: the publication. Coefficients: its Table 2, figures read from the tables of the
// OpenQuake engine 3.26.2 by a script.
// The unit is taken as g = 981 cm/s², as the engine does (0.0003 in ln).

#include "ec8_site_class.hpp"
#include "fault_style.hpp"
#include "gravity.hpp"
#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

// log10, cm/s².
struct Coefficients {
  double a, c1, c2, h;    // distance
  double b1, b2, b3;      // magnitude
  double e1, e2, e3, e4;  // site classes A to D
  double f1, f2, f3;      // style: normal, reverse, strike-slip
  double tau_small, tau_large, phi;
};

constexpr Row<Coefficients> table[] = {
    {pga,
     {3.57937, -1.4864, 0.231465, 6.65758, -0.0240888, -0.0631411, 0, 0, 0.167762, 0.249286,
      0.223014, -0.0382253, 0.013243, 0, 0.29973, 0.177908, 0.303741}},
    {0.01,
     {3.5972, -1.49427, 0.234091, 6.79747, -0.0222199, -0.0600105, 0, 0, 0.160126, 0.24238,
      0.218539, -0.0347956, 0.0177128, 0, 0.29973, 0.177908, 0.305812}},
    {0.02,
     {3.63617, -1.50665, 0.234304, 6.60957, -0.00818666, -0.0545415, 0, 0, 0.149801, 0.231588,
      0.212933, -0.0317685, 0.0190783, 0, 0.311915, 0.186848, 0.307893}},
    {0.03,
     {3.69185, -1.54706, 0.253029, 6.83552, -0.0212604, -0.0434654, 0, 0, 0.13237, 0.210271,
      0.193703, -0.0248664, 0.037243, 0, 0.305421, 0.189678, 0.318609}},
    {0.04,
     {3.74843, -1.57163, 0.254487, 6.84157, -0.023062, -0.0368002, 0, 0, 0.13248, 0.198745,
      0.160215, -0.0186509, 0.0384935, 0, 0.328821, 0.194362, 0.32813}},
    {0.05,
     {3.8254, -1.59374, 0.244296, 6.97997, -0.0265193, -0.038679, 0, 0, 0.135848, 0.191212,
      0.142625, -0.0172171, 0.0385044, 0, 0.339281, 0.199864, 0.331423}},
    {0.075,
     {4.02576, -1.62183, 0.195296, 7.29363, -0.00942327, -0.0570317, 0, 0, 0.163595, 0.202134,
      0.142641, -0.0238157, 0.0230891, 0, 0.331247, 0.214309, 0.327946}},
    {0.1,
     {4.12894, -1.62321, 0.163216, 7.62694, -0.00570805, -0.0775024, 0, 0, 0.200864, 0.232295,
      0.173399, -0.0222679, 0.0115192, 0, 0.309358, 0.210499, 0.321737}},
    {0.15,
     {4.14147, -1.55679, 0.137411, 7.59936, -0.00140059, -0.103665, 0, 0, 0.230128, 0.261189,
      0.229835, -0.0312945, -0.0134991, 0, 0.292712, 0.199181, 0.315332}},
    {0.2,
     {4.03038, -1.4505, 0.122409, 6.71189, 0.0251505, -0.117975, 0, 0, 0.222592, 0.282414, 0.254405,
      -0.0375677, -0.0132365, 0, 0.272432, 0.192531, 0.301156}},
    {0.26,
     {3.89003, -1.35644, 0.112647, 6.06462, 0.058444, -0.12719, 0, 0, 0.22463, 0.318629, 0.280155,
      -0.0438534, -0.0228273, 0, 0.241235, 0.179662, 0.294844}},
    {0.3,
     {3.79547, -1.29433, 0.105082, 5.40797, 0.0826731, -0.132525, 0, 0, 0.21436, 0.330943, 0.293392,
      -0.052228, -0.0249144, 0, 0.237312, 0.17156, 0.292807}},
    {0.36,
     {3.65477, -1.21655, 0.102617, 4.6578, 0.123373, -0.13208, 0, 0, 0.218341, 0.357137, 0.336488,
      -0.0545282, -0.0369904, 0, 0.216497, 0.167742, 0.295097}},
    {0.4,
     {3.57828, -1.18611, 0.105263, 4.45728, 0.136293, -0.13249, 0, 0, 0.225607, 0.373643, 0.36356,
      -0.0575379, -0.0445194, 0, 0.209183, 0.161301, 0.299473}},
    {0.46,
     {3.50977, -1.15887, 0.108003, 4.24293, 0.159692, -0.131675, 0, 0, 0.225533, 0.392129, 0.408201,
      -0.068798, -0.0588553, 0, 0.204619, 0.162074, 0.301986}},
    {0.5,
     {3.4641, -1.13335, 0.106464, 3.92775, 0.184071, -0.130586, 0, 0, 0.223114, 0.401878, 0.437158,
      -0.0755826, -0.0659854, 0, 0.203503, 0.162521, 0.302362}},
    {0.6,
     {3.35334, -1.09668, 0.110251, 3.67158, 0.215812, -0.129838, 0, 0, 0.221907, 0.414504, 0.504533,
      -0.075854, -0.075577, 0, 0.200595, 0.162803, 0.301045}},
    {0.7,
     {3.24798, -1.06758, 0.110992, 3.36202, 0.2287, -0.132434, 0, 0, 0.217418, 0.421098, 0.561574,
      -0.0780016, -0.0913044, 0, 0.202465, 0.165952, 0.304429}},
    {0.8,
     {3.13832, -1.03218, 0.118672, 3.15358, 0.247122, -0.13043, 0, 0, 0.207333, 0.424843, 0.594304,
      -0.0776178, -0.100387, 0, 0.198534, 0.157879, 0.304259}},
    {0.9,
     {3.07595, -1.00932, 0.116383, 3.16122, 0.277383, -0.130108, 0, 0, 0.20214, 0.432693, 0.633541,
      -0.0793058, -0.106253, 0, 0.187191, 0.155639, 0.300318}},
    {1,
     {3.01481, -0.990675, 0.114962, 3.04105, 0.313627, -0.125759, 0, 0, 0.203179, 0.434754, 0.64753,
      -0.0734174, -0.10704, 0, 0.184987, 0.154404, 0.297212}},
    {1.3,
     {2.8491, -0.954153, 0.131841, 3.03741, 0.362253, -0.118367, 0, 0, 0.189662, 0.417724, 0.679776,
      -0.0769343, -0.111787, 0, 0.183978, 0.183978, 0.295022}},
    {1.5,
     {2.79803, -0.949676, 0.128459, 2.97213, 0.417589, -0.111117, 0, 0, 0.190107, 0.414214,
      0.719585, -0.0766813, -0.101168, 0, 0.184155, 0.184155, 0.295306}},
    {1.8,
     {2.77959, -0.966699, 0.125038, 3.65762, 0.480496, -0.102423, 0, 0, 0.176816, 0.39028, 0.674517,
      -0.0860793, -0.103835, 0, 0.184885, 0.184885, 0.296476}},
    {2,
     {2.75262, -0.973361, 0.124103, 3.78649, 0.505881, -0.100896, 0, 0, 0.169768, 0.385618, 0.6598,
      -0.0959682, -0.1124, 0, 0.185435, 0.185435, 0.297357}},
    {2.6,
     {2.5907, -0.964381, 0.143781, 3.87901, 0.541547, -0.0930562, 0, 0, 0.140212, 0.33995, 0.604624,
      -0.081575, -0.104082, 0, 0.210376, 0.210376, 0.293109}},
    {3,
     {2.50167, -0.950629, 0.164955, 4.11679, 0.599563, -0.0673578, 0, 0, 0.124967, 0.321712,
      0.607734, -0.0900985, -0.114396, 0, 0.212859, 0.212859, 0.283812}},
};
constexpr double reference_mag = 5.5, hinge_mag = 6.75;
const double ln_unit = std::log(981.0);

class AmeriEtAl2017 final : public ModelBase<Coefficients> {
 public:
  explicit AmeriEtAl2017(const Binding& b)
      : ModelBase(b, table), ln_factor_(std::log(b.arguments.number("adjustment_factor", 1.0))) {
    // Only the engine's variant with a stress drop uses it; this one takes it without effect.
    b.arguments.number("norm_stress_drop", 0.1);
  }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const auto constants =
        per_imt([&](const Coefficients& c) { return constant(c, in) + ln_factor_ - ln_unit; });
    const auto deviations = per_imt([&](const Coefficients& c) {
      const double tau = c.tau_small + (c.tau_large - c.tau_small) * ramp(in.mag, 4.0, 5.0);
      return between_within(ln10 * tau, ln10 * c.phi);
    });

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r_jb_squared = square(sites[in.r_jb]);
      const Ec8SiteClass site(sites[in.vs30]);
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        // geometric spreading from the reference distance of 1 km on
        const double slope = c.c1 + c.c2 * (in.mag - reference_mag);
        sites.put(m,
                  constants[m] + slope * log(sqrt(r_jb_squared + square(c.h))) +
                      ln10 * site(c.e1, c.e2, c.e3, c.e4),
                  deviations[m]);
      }
    });
  }

 private:
  /// Magnitude and style, ln.
  static double constant(const Coefficients& c, const GmmInput& in) {
    const FaultStyle fault = fault_style(in.rake_deg);
    const double style = fault == FaultStyle::normal    ? c.f1
                         : fault == FaultStyle::reverse ? c.f2
                                                        : c.f3;
    const double dm = in.mag - hinge_mag;
    return ln10 * (c.a + (dm <= 0 ? c.b1 * dm + c.b2 * square(dm) : c.b3 * dm) + style);
  }

  double ln_factor_;
};

}  // namespace

Entries ameri_et_al_2017() {
  return {entry<AmeriEtAl2017>(
      {.name = "AmeriEtAl2017Rjb",
       .setting = "crust",
       .publication = "Ameri, Drouet, Traversa, Bindi and Cotton (2017), Toward an empirical "
                      "ground motion prediction equation for France: accounting for regional "
                      "differences in the source stress parameter, Bulletin of Earthquake "
                      "Engineering 15(11), 4681-4717, doi:10.1007/s10518-017-0171-1",
       .component = "geometric mean",
       .region = "France",
       .needs = Needs::mag | Needs::rake | Needs::vs30 | Needs::r_jb,
       .mag = {3, 7.4},
       .distance_km = {0, 200}},
      table)};
}

}  // namespace shakefield::gmm
