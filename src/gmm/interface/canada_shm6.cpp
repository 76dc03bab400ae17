// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Kolaj, M., Halchuk, S., Adams, J., and Allen, T. I. (2020). Sixth Generation Seismic Hazard Model
// of Canada: input files to produce values proposed for the 2020 National Building Code of Canada.
// Geological Survey of Canada, Open File 8630. doi:10.4095/327322.
//
// Subduction models as that hazard model uses them: Abrahamson et al. (2016), Atkinson and Boore
// (2003), Atkinson and Macias (2009), García et al. (2005), Ghofrani and Atkinson (2014) and Zhao
// et al. (2006), made to give PGV and SA from 0.05 to 10 s, at all vs30. Component, region of
// origin and standard deviations: those of the model. Equations: found from values of the OpenQuake
// engine 3.26.2 and the report's description.
//  - PGV, where the model lacks it: a linear relation with ln SA at one period.
//  - SA beyond the model's periods: its value at the last one times the ratio by Abrahamson et al.
//    (2016). Standard deviations stay those of the last one.
//  - vs30 above 1100 m/s: towards the amplification of Atkinson and Boore (2006) between 760 and
//    2000 m/s, linear in ln(vs30), where that is the lower one. The site terms of Atkinson and
//    Macias, Ghofrani and Atkinson, and Zhao et al. go on to 2000 m/s within that limit.
//  - Atkinson and Macias (rock of 760 m/s) and García et al. (1100 m/s) have no site term: they get
//    that of Boore et al. (2014), up to 1100 m/s. From there on García et al. follow the higher one
//    of its linear part and of Atkinson and Boore's.
//  - slab: hypocentral depth of 30 km; García et al. take the distance to the hypocentre. That
//    engine gives Abrahamson et al. in the slab the break's magnitude of the interface; so it is
//    here.

#include <cmath>

#include "crust/boore_et_al_2014_table.hpp"
#include "model_base.hpp"
#include "shakefield/gmm/registry.hpp"

namespace shakefield::gmm {
namespace {

struct Amplification {
  double from_2000_to_760;
};
/// Atkinson and Boore (2006), Table 4.
constexpr Row<Amplification> ab06_table[] = {
    {pgv, {1.23}},  {pga, {0.891}}, {0.005, {0.791}}, {0.05, {0.791}},
    {0.1, {1.072}}, {0.2, {1.318}}, {0.3, {1.38}},    {0.5, {1.38}},
    {1, {1.288}},   {2, {1.23}},    {5, {1.148}},     {10, {1.072}},
};

/// Site term of Boore et al. (2014), ln relative to 760 m/s.
class BooreSite {
 public:
  BooreSite(const Imt& imt, std::string_view model)
      : c_(coefficients_at(bssa14::table, imt, model)),
        ln_vc_(std::log(c_.vc)),
        f2_rock_(std::exp(c_.f5 * 400)) {}

  /// Its Eq. 6.
  template <class T>
  T linear(T ln_vs30) const {
    return c_.c * (min(ln_vs30, T(ln_vc_)) - std::log(760.0));
  }
  /// Its Eq. 7 and 8. pga_760: in g.
  Real nonlinear(Real vs30, Real pga_760) const {
    const Real f2 = c_.f4 * (exp(c_.f5 * (min(vs30, 760.0) - 360.0)) - f2_rock_);
    return f2 * log((pga_760 + 0.1) / 0.1);
  }

 private:
  bssa14::Coefficients c_;
  double ln_vc_, f2_rock_;
};

/// What these models give.
constexpr Row<Amplification> imt_rows[] = {{pga, {}}, {pgv, {}}, {0.05, {}}, {10, {}}};

class CanadaShm6 final : public GroundMotionModel {
 public:
  explicit CanadaShm6(const Binding& b)
      : info_(b.info),
        slab_(b.info.setting == "slab"),
        hard_rock_(b.arguments.flag("hard_rock", true)),
        own_hard_rock_(b.arguments.flag("own_hard_rock", false)),
        point_distance_(b.arguments.flag("point_distance", false)),
        rock_vs30_(b.arguments.number("rock_vs30", 0)) {
    const bool has_pgv = b.arguments.flag("has_pgv", false);
    const double low = b.arguments.number("low_period", 0.05);
    const double high = b.arguments.number("high_period", 10);
    std::vector<Imt> inner, extension;
    for (std::size_t m = 0; m < b.imts.size(); ++m) {
      Imt imt = b.imts[m];
      if (imt.kind == sa && (imt.period_s < low || imt.period_s > high)) {
        const Imt last{sa, clamp(imt.period_s, low, high)};
        extended_.push_back(m);
        extension.push_back(imt);
        extension.push_back(last);
        imt = last;
      } else if (imt.kind == pgv && !has_pgv) {
        imt = {sa, slab_ ? 0.5 : 1.92};
        from_sa_.push_back(m);
      }
      inner.push_back(imt);
      if (rock_vs30_ > 0) boore_site_.emplace_back(imt, b.info.name);
      ln_ab06_.push_back(std::log(coefficients_at(ab06_table, imt, b.info.name).from_2000_to_760));
    }
    const ModelSpec model = ModelSpec::parse(b.arguments.text("model", ""));
    model_ = make_model(model, inner);
    if (rock_vs30_ > 0) pga_ = make_model(model, std::vector<Imt>{{pga}});
    if (!extension.empty())
      extension_ = make_model(
          {.name = slab_ ? "AbrahamsonEtAl2015SSlab" : "AbrahamsonEtAl2015SInter", .arguments = {}},
          extension);
  }

  const ModelInfo& info() const override { return info_; }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    GmmInput x = in;
    x.hypo_depth_km = 30;
    const std::size_t padded =
        (in.size + GmmInput::padding - 1) / GmmInput::padding * GmmInput::padding;
    std::vector<double> vs30(in.vs30.begin(), in.vs30.begin() + padded);
    if (hard_rock_)
      for (double& v : vs30) v = min(v, 1100.0);
    x.vs30 = vs30;
    if (rock_vs30_ > 0 && slab_) x.r_rup = in.r_hypo;
    model_->evaluate(x, out);
    if (rock_vs30_ > 0)
      add_boore_site(in, x, out);
    else if (hard_rock_)
      add_hard_rock(in, x, out);
    if (extension_) extend(in, x, out);
    for (const std::size_t m : from_sa_)
      for (std::size_t i = 0; i < padded; ++i) {
        double& mean = out.mean[m * out.stride + i];
        mean = slab_ ? 3.937 + 0.995 * mean : 4.835 + 0.897 * mean;
      }
  }

 private:
  struct Values {
    Values(const GroundMotionModel& model, const GmmInput& in, std::size_t imts, std::size_t width)
        : stride(width), mean(imts * width), sigma(mean), tau(mean), phi(mean) {
      model.evaluate(in, {stride, mean, sigma, tau, phi});
    }
    std::size_t stride;
    std::vector<double> mean, sigma, tau, phi;
  };

  void add_hard_rock(const GmmInput& in, GmmInput x, const GmmOutput& out) const {
    const std::size_t padded = x.vs30.size();
    std::vector<double> weight(padded);
    bool any_hard = false;
    for (std::size_t i = 0; i < padded; ++i) {
      weight[i] = ramp(std::log(in.vs30[i]), std::log(1100.0), std::log(2000.0));
      any_hard |= weight[i] > 0;
    }
    if (!any_hard) return;
    const auto at = [&](double vs30) {
      const std::vector<double> same(padded, vs30);
      x.vs30 = same;
      return Values(*model_, x, ln_ab06_.size(), padded).mean;
    };
    const std::vector<double> rock = at(760);
    const std::vector<double> hard = own_hard_rock_ ? at(2000) : std::vector<double>{};
    for (std::size_t m = 0; m < ln_ab06_.size(); ++m)
      for (std::size_t i = 0; i < padded; ++i) {
        if (weight[i] <= 0) continue;
        double& mean = out.mean[m * out.stride + i];
        double limit = rock[m * padded + i] - ln_ab06_[m];
        if (own_hard_rock_) limit = max(limit, hard[m * padded + i]);
        mean -= weight[i] * max(mean - limit, 0.0);
      }
  }

  void add_boore_site(const GmmInput& in, const GmmInput& x, const GmmOutput& out) const {
    const double ln_1100 = std::log(1100.0), ln_2000 = std::log(2000.0), ln_760 = std::log(760.0);
    const double ln_rock = std::log(rock_vs30_);
    const Values rock_pga(*pga_, x, 1, x.vs30.size());
    const double ln_pga_to_760 = -BooreSite({pga}, info_.name).linear(ln_rock);
    for_each_site(in, out, [&](const Sites& sites) {
      const Real ln_vs30 = min(log(sites[in.vs30]), ln_2000), vs30 = sites[x.vs30];
      const Real ln_soft = min(ln_vs30, ln_1100), ln_hard = max(ln_vs30, ln_1100) - ln_1100;
      const Real pga_760 = exp(sites[std::span<const double>(rock_pga.mean)] + ln_pga_to_760);
      for (std::size_t m = 0; m < boore_site_.size(); ++m) {
        const BooreSite& site = boore_site_[m];
        const Real at_1100 = site.linear(ln_soft) - site.linear(ln_rock);
        Real term = at_1100 + site.nonlinear(vs30, pga_760);
        if (slab_)
          term += max(site.linear(ln_vs30) - site.linear(ln_soft),
                      -ln_ab06_[m] / (ln_2000 - ln_760) * ln_hard);
        else
          term -= ln_hard / (ln_2000 - ln_1100) *
                  max(at_1100 - max(-ln_ab06_[m], site.linear(ln_2000)), 0.0);
        Real mean = sites[out.mean.subspan(m * out.stride)];
        mean += term;
        mean.store(&out.mean[m * out.stride + sites.first()]);
      }
    });
  }

  void extend(const GmmInput& in, GmmInput x, const GmmOutput& out) const {
    const std::size_t padded = x.vs30.size();
    x.vs30 = in.vs30;
    if (!point_distance_) x.r_hypo = in.r_rup;
    const Values ratio(*extension_, x, 2 * extended_.size(), padded);
    for (std::size_t k = 0; k < extended_.size(); ++k)
      for (std::size_t i = 0; i < padded; ++i)
        out.mean[extended_[k] * out.stride + i] +=
            ratio.mean[2 * k * padded + i] - ratio.mean[(2 * k + 1) * padded + i];
  }

  ModelInfo info_;
  bool slab_, hard_rock_, own_hard_rock_, point_distance_;
  double rock_vs30_;  ///< of a model without site term; 0: it has one
  std::unique_ptr<const GroundMotionModel> model_, extension_, pga_;
  std::vector<BooreSite> boore_site_;            ///< [M] where rock_vs30_
  std::vector<std::size_t> extended_, from_sa_;  ///< IMTs
  std::vector<double> ln_ab06_;                  ///< [M]
};

Entry shm6(const char* name, const char* setting, Needs needs, const char* model,
           Arguments::Values presets, StdDefined std_defined = StdDefined::between_within_total) {
  presets.emplace("model", model);
  return entry<CanadaShm6>(
      {.name = name,
       .setting = setting,
       .publication =
           "Kolaj, Halchuk, Adams and Allen (2020), Sixth Generation Seismic Hazard Model "
           "of Canada, Geological Survey of Canada, Open File 8630, doi:10.4095/327322",
       .component = "geometric mean",
       .region = "Cascadia",
       .needs = Needs::mag | Needs::vs30 | needs,
       .std_defined = std_defined,
       .mag = {5, 9}},
      imt_rows, presets);
}

}  // namespace

Entries canada_shm6() {
  return {
      shm6("CanadaSHM6_Interface_AbrahamsonEtAl2015SInter", "interface",
           Needs::backarc | Needs::r_rup, "AbrahamsonEtAl2015SInter", {{"hard_rock", false}}),
      shm6("CanadaSHM6_InSlab_AbrahamsonEtAl2015SSlab30", "slab", Needs::backarc | Needs::r_hypo,
           "[AbrahamsonEtAl2015SSlab]\ninterface_delta_c1 = true",
           {{"hard_rock", false}, {"point_distance", true}}),
      shm6("CanadaSHM6_Interface_AtkinsonMacias2009", "interface", Needs::r_rup,
           "AtkinsonMacias2009", {{"rock_vs30", 760.0}}, StdDefined::total_only),
      shm6("CanadaSHM6_InSlab_GarciaEtAl2005SSlab30", "slab", Needs::backarc | Needs::r_hypo,
           "GarciaEtAl2005SSlab",
           {{"rock_vs30", 1100.0},
            {"has_pgv", true},
            {"point_distance", true},
            {"high_period", 5.0}}),
      shm6("CanadaSHM6_InSlab_AtkinsonBoore2003SSlabCascadia30", "slab",
           Needs::backarc | Needs::r_rup,
           "[AtkinsonBoore2003SSlab]\nregion = \"cascadia\"\nsmooth_site = true",
           {{"high_period", 3.0}}),
      shm6("CanadaSHM6_Interface_GhofraniAtkinson2014Cascadia", "interface",
           Needs::backarc | Needs::r_rup, "[GhofraniAtkinson2014]\nregion = \"cascadia\"",
           {{"has_pgv", true},
            {"own_hard_rock", true},
            {"low_period", 0.07},
            {"high_period", 9.09}}),
      shm6("CanadaSHM6_Interface_ZhaoEtAl2006SInterCascadia", "interface",
           Needs::backarc | Needs::r_rup,
           "[ZhaoEtAl2006SInter]\nregion = \"cascadia\"\nsmooth_site = true",
           {{"own_hard_rock", true}, {"high_period", 5.0}}),
      shm6("CanadaSHM6_InSlab_ZhaoEtAl2006SSlabCascadia30", "slab", Needs::backarc | Needs::r_rup,
           "[ZhaoEtAl2006SSlab]\nregion = \"cascadia\"\nsmooth_site = true",
           {{"own_hard_rock", true}, {"high_period", 5.0}}),
  };
}

}  // namespace shakefield::gmm
