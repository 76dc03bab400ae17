// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Site term of the Canadian hazard model of 2015 on any model for rock:
// Atkinson, G. M., and Adams, J. (2013). Ground motion prediction equations for application to the
// 2015 Canadian national seismic hazard maps. Canadian Journal of Civil Engineering 40, 988-998.
// doi:10.1139/cjce-2012-0544. Below 760 m/s it is the term of Boore and Atkinson (2008); above, the
// same up to 1999 m/s, or (NRCan15SiteTermLinear) the factors of Atkinson, G. M., and Boore, D. M.
// (2011), Modifications to existing ground-motion prediction equations in light of new data,
// Bulletin of the Seismological Society of America 101(3), 1121-1135, doi:10.1785/0120100270.
// Coefficients: figures read from the tables of the OpenQuake engine 3.26.2 by a script.
//
// The engine takes the motion of each IMT on rock for the PGA that the nonlinear part is defined
// with (in PGA it agrees with the publication, in SA(0.2) it is lower by 0.05 to 0.4 ln units below
// 500 m/s). Here it is PGA; rock_motion = "IMT" gives the engine's values.

#include "nrcan15.hpp"

#include "crust/boore_atkinson_2008_site.hpp"

namespace shakefield::gmm {
namespace nrcan15 {
namespace {

constexpr double reference_vs30 = 760, highest_vs30_soil = 1999, highest_vs30_factors = 2000;

struct HardRockFactor {
  double c;  ///< motion at 760 m/s over that at 2000 m/s
};
constexpr Row<HardRockFactor> hard_rock_table[] = {
    {pgv, {1.23}}, {pga, {0.891}}, {0.05, {0.891}}, {0.1, {1.072}}, {0.2, {1.318}}, {0.3, {1.38}},
    {0.5, {1.38}}, {1, {1.288}},   {2, {1.23}},     {5, {1.148}},   {10, {1.072}}};

class SiteTerm final : public GroundMotionModel {
 public:
  SiteTerm(const ModelSpec& inner, std::span<const Imt> imts, HardRock hard_rock,
           RockMotion rock_motion, std::string_view name)
      : num_imts_(imts.size()), hard_rock_(hard_rock) {
    // The rock motion that drives each IMT: one more row, PGA, or its own.
    std::vector<Imt> inner_imts(imts.begin(), imts.end());
    const auto known = std::ranges::find(inner_imts, Imt{pga, 0});
    const auto pga_row = static_cast<std::size_t>(known - inner_imts.begin());
    if (rock_motion == RockMotion::pga && pga_row == num_imts_) inner_imts.push_back({pga, 0});
    num_inner_ = inner_imts.size();
    inner_ = make_model(inner, inner_imts);
    info_ = decorated(inner_->info(), name);
    const bool meant_for_rock = info_.reference_vs30 >= 760 && info_.reference_vs30 <= 800;
    core::validate(contains(info_.needs, Needs::vs30) || meant_for_rock, core::ErrorKind::config,
                   fmt::format("{} cannot take the site term of {} (it neither uses vs30 nor is "
                               "meant for rock of 760 to 800 m/s), choose another model",
                               inner.name, name));
    info_.needs = info_.needs | Needs::vs30;
    info_.vs30 = {};
    for (std::size_t m = 0; m < num_imts_; ++m) {
      driver_.push_back(rock_motion == RockMotion::pga ? pga_row : m);
      soil_.push_back(coefficients_at(ba08::site_table, imts[m], name));
      if (hard_rock == HardRock::factors)
        ln_factor_.push_back(std::log(coefficients_at(hard_rock_table, imts[m], name).c));
    }
  }

  const ModelInfo& info() const override { return info_; }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    GmmInput rock = in;
    const std::vector<double> rock_vs30(in.vs30.size(), reference_vs30);
    rock.vs30 = rock_vs30;
    Scratch scratch(num_inner_, in.size);
    const GmmOutput inner = scratch.output();
    inner_->evaluate(rock, inner);
    for_each_site(in, out, [&](const Sites& sites) {
      const Real vs30 = sites[in.vs30];
      const Real soil_vs30 =
          min(vs30, hard_rock_ == HardRock::factors ? reference_vs30 : highest_vs30_soil);
      const Real hardness =
          ramp(log(vs30), std::log(reference_vs30), std::log(highest_vs30_factors));
      std::size_t driven_by = num_inner_;
      ba08::SiteAmplification soil(soil_vs30, 0.0);
      for (std::size_t m = 0; m < num_imts_; ++m) {
        if (driver_[m] != driven_by) {
          driven_by = driver_[m];
          soil = {soil_vs30, Moments::load(inner, driven_by, sites.first()).mean};
        }
        const Moments x = Moments::load(inner, m, sites.first());
        Real mean = x.mean + soil(soil_[m]);
        if (hard_rock_ == HardRock::factors) mean -= ln_factor_[m] * hardness;
        sites.put(m, mean, x.sd);
      }
    });
  }

 private:
  std::unique_ptr<const GroundMotionModel> inner_;
  std::size_t num_imts_, num_inner_ = 0;
  HardRock hard_rock_;
  ModelInfo info_;
  std::vector<std::size_t> driver_;           ///< [M] row of the inner model
  std::vector<ba08::SiteCoefficients> soil_;  ///< [M]
  std::vector<double> ln_factor_;             ///< [M] with HardRock::factors
};

}  // namespace

std::unique_ptr<const GroundMotionModel> with_site_term(const ModelSpec& inner,
                                                        std::span<const Imt> imts,
                                                        HardRock hard_rock, RockMotion rock_motion,
                                                        std::string_view name) {
  return std::make_unique<const SiteTerm>(inner, imts, hard_rock, rock_motion, name);
}

RockMotion rock_motion_of(const Arguments& arguments, std::string_view name) {
  return arguments.choice(name, {{"PGA", RockMotion::pga}, {"IMT", RockMotion::imt}},
                          RockMotion::pga);
}

namespace {

constexpr std::string_view own_arguments[] = {"rock_motion"};

Entry site_term_entry(std::string name, std::string about, HardRock hard_rock) {
  return decorator_entry(std::move(name), std::move(about),
                         [hard_rock](const ModelSpec& spec, std::span<const Imt> imts) {
                           const Arguments arguments(spec.name,
                                                     only(spec, own_arguments).arguments);
                           return with_site_term(model_named(spec, own_arguments), imts, hard_rock,
                                                 rock_motion_of(arguments), spec.name);
                         });
}

}  // namespace
}  // namespace nrcan15

Entries nrcan15_site_term() {
  return {nrcan15::site_term_entry(
              "NRCan15SiteTerm",
              "gmpe_name: puts the site term of Boore and Atkinson (2008), as used by Atkinson and "
              "Adams (2013), on a model for rock.",
              nrcan15::HardRock::as_soil),
          nrcan15::site_term_entry(
              "NRCan15SiteTermLinear",
              "gmpe_name: the same below 760 m/s; above, the factors of Atkinson and Boore (2011).",
              nrcan15::HardRock::factors)};
}

}  // namespace shakefield::gmm
