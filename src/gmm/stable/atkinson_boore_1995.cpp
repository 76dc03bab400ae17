// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Atkinson, G. M., and Boore, D. M. (1995). Ground-motion relations for eastern North America.
// Bulletin of the Seismological Society of America 85(1), 17-30. As the Geological Survey of Canada
// used it in its fourth generation hazard model: Adams, J., and Halchuk, S. (2003). Fourth
// generation seismic hazard maps of Canada: values for over 650 Canadian localities intended for
// the 2005 National Building Code of Canada. Geological Survey of Canada Open File 4459.
// doi:10.4095/214223. AtkinsonBoore1995GSCBest: its central model.
//
// Component: random horizontal. Ranges: Mw 4 to 7.25, r_hypo 10 to 500 km, hard rock. Region:
// eastern North America. Standard deviation: sigma. The magnitude of a job is taken to be mN
// (mblg), which the survey converts to Mw after Sonley and Atkinson (2005, up to 5.5) and Atkinson
// and Boore (1987, above). Equations: Adams and Halchuk (2003), reconstructed from values of the
// OpenQuake engine 3.26.2. Coefficients: figures read from that engine's tables by a script.

#include "model_base.hpp"

namespace shakefield::gmm {
namespace {

struct Coefficients {
  double c1, c2, c3, c4, c5, c6, c7, c8;
};

constexpr Row<Coefficients> table[] = {
    {pga, {-1.329, 1.272, -0.0824, -2.556, 0.1722, -1.96, 0.1746, -0.004535}},
    {0.1, {-2.907, 1.522, -0.08528, -2.052, 0.12484, -1.4224, 0.07965, -0.004309}},
    {0.2, {-5.487, 1.932, -0.1029, -1.818, 0.09797, -1.076, 0.06075, -0.003325}},
    {0.3, {-7.567, 2.284, -0.1193, -1.734, 0.08814, -0.9551, 0.04392, -0.00257}},
    {0.5, {-9.476, 2.503, -0.1231, -1.631, 0.0761, -1.049, 0.06224, -0.001959}},
    {1, {-11.134, 2.47, -0.10569, -1.52, 0.06165, -0.9106, 0.05248, -0.001497}},
    {2, {-13.21, 2.945, -0.1567, -1.864, 0.1162, -0.7653, 0.02729, -0.0009921}},
};

class AtkinsonBoore1995 final : public ModelBase<Coefficients> {
 public:
  explicit AtkinsonBoore1995(const Binding& b) : ModelBase(b, table) {}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const double mag =
        in.mag <= 5.5 ? 0.98 * in.mag - 0.39 : 2.715 - 0.277 * in.mag + 0.127 * square(in.mag);

    for_each_site(in, out, [&](const Sites& sites) {
      const Real r = max(sites[in.r_hypo], 10);
      const Real ln_near = log(min(r, 70)), ln_far = log(max(r / 130, 1));
      for (std::size_t m = 0; m < size(); ++m) {
        const Coefficients& c = coefficients()[m];
        const Real mean = c.c1 + c.c2 * mag + c.c3 * square(mag) + (c.c4 + c.c5 * mag) * ln_near +
                          (c.c6 + c.c7 * mag) * ln_far + c.c8 * r;
        sites.put(m, mean, total_only(0.69));
      }
    });
  }
};

}  // namespace

Entries atkinson_boore_1995() {
  return {entry<AtkinsonBoore1995>(
      {.name = "AtkinsonBoore1995GSCBest",
       .setting = "stable",
       .publication =
           "Atkinson and Boore (1995), Ground-motion relations for eastern North America, Bulletin "
           "of the Seismological Society of America 85(1), 17-30, as in Adams and Halchuk (2003), "
           "doi:10.4095/214223",
       .component = "random horizontal",
       .region = "eastern North America",
       .needs = Needs::mag | Needs::r_hypo,
       .std_defined = StdDefined::total_only,
       .mag = {4, 7.25},
       .distance_km = {10, 500}},
      table)};
}

}  // namespace shakefield::gmm
