// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Petersen, M. D., et al. (2014). Documentation for the 2014 update of the United States national
// seismic hazard maps. U.S. Geological Survey Open-File Report 2014-1091. doi:10.3133/ofr20141091.
// Additional epistemic uncertainty of the NGA-West2 models, after Rezaeian, S., et al. (2015). The
// 2014 USGS seismic hazard maps: Overview of ground-motion models. Earthquake Spectra 31(S1),
// S61-S84. doi:10.1193/090513EQS240M.
//
// Each model three times: Lower (weight 0.185), Mean (0.63), which is the model unchanged, and
// Upper (0.185). Figures: nshmp-haz (USGS, public domain), and answers of the OpenQuake
// engine 3.26.2 at the limits of the classes.

#include "model_base.hpp"

namespace shakefield::gmm {

Entries abrahamson_et_al_2014();
Entries boore_et_al_2014();
Entries campbell_bozorgnia_2014();
Entries chiou_youngs_2014();
Entries idriss_2014();

namespace {

/// ln units, for r_rup below 10 km, below 30 km, and beyond.
struct Adjustment {
  double near, middle, far;
};
constexpr Adjustment adjustment(double mag) {
  return mag < 6   ? Adjustment{0.37, 0.22, 0.22}
         : mag < 7 ? Adjustment{0.25, 0.23, 0.23}
                   : Adjustment{0.40, 0.36, 0.33};
}

class Nshmp2014 final : public GroundMotionModel {
 public:
  /// `sign`: -1 lower, 0 mean, 1 upper.
  Nshmp2014(const ModelInfo& info, std::unique_ptr<const GroundMotionModel> model, std::size_t imts,
            double sign)
      : info_(info), model_(std::move(model)), num_imts_(imts), sign_(sign) {}

  const ModelInfo& info() const override { return info_; }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    model_->evaluate(in, out);
    if (sign_ == 0) return;
    const Adjustment add = adjustment(in.mag);
    for (std::size_t first = 0; first < in.size; first += lanes) {
      const Real r_rup = Real::load(&in.r_rup[first]);
      const Real change =
          sign_ * select(r_rup < 10.0, add.near, select(r_rup < 30.0, add.middle, add.far));
      for (std::size_t m = 0; m < num_imts_; ++m) {
        double* mean = &out.mean[m * out.stride + first];
        (Real::load(mean) + change).store(mean);
      }
    }
  }

 private:
  ModelInfo info_;
  std::unique_ptr<const GroundMotionModel> model_;
  std::size_t num_imts_;
  double sign_;
};

Entry variant(const Entry& base, std::string_view suffix, double sign) {
  ModelInfo info = base.info;
  info.name += suffix;
  info.publication += "; epistemic terms of Petersen et al. (2014), doi:10.3133/ofr20141091";
  info.region = "western United States";
  if (sign != 0) info.needs = info.needs | Needs::r_rup;
  return {info, [info, make = base.make, sign](const ModelSpec& spec, std::span<const Imt> imts) {
            return std::make_unique<const Nshmp2014>(info, make(spec, imts), imts.size(), sign);
          }};
}

}  // namespace

Entries nshmp_2014() {
  Entries all;
  for (const Entries& models : {abrahamson_et_al_2014(), boore_et_al_2014(),
                                campbell_bozorgnia_2014(), chiou_youngs_2014(), idriss_2014()}) {
    // The first entry of a publication is the model itself.
    all.push_back(variant(models.front(), "NSHMPLower", -1));
    all.push_back(variant(models.front(), "NSHMPMean", 0));
    all.push_back(variant(models.front(), "NSHMPUpper", 1));
  }
  return all;
}

}  // namespace shakefield::gmm
