// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "disagg_parameters.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

class ParameterMaker {
 public:
  ParameterMaker(Settings& settings, core::Problems& problems)
      : s_(settings), problems_(problems) {}

  Parameters make() {
    p_.description = s_.text("description");
    p_.ses_seed = count("ses_seed");
    p_.random_seed = count("random_seed");
    p_.minimum_distance_km = s_.number_or("minimum_distance", 0);
    p_.export_dir = s_.text("export_dir");
    p_.tile_size = static_cast<std::size_t>(s_.number_or("tile_size", 0));
    p_.batch_mib = s_.number_or("batch_mib", p_.batch_mib);
    // "none" reads as nothing.
    if (std::string codec = s_.text("gmf_codec"); !codec.empty()) p_.gmf_codec = std::move(codec);
    p_.gmf_codec_level = static_cast<int>(s_.number_or("gmf_codec_level", p_.gmf_codec_level));
    p_.gmf_significant_bits = static_cast<int>(count("gmf_significant_bits"));
    set_writer();
    p_.ground_motion_fields = s_.flag("ground_motion_fields");
    set_mode();
    set_reducers();
    set_truncation();
    set_imts();
    set_reach();
    set_sources();
    set_tree();
    p_.minimum_intensity = per_imt("minimum_intensity", 1e-10);
    p_.extreme_gmv = per_imt("extreme_gmv", std::numeric_limits<double>::infinity());
    set_correlation();
    set_hazard();
    if (p_.mode != Mode::disaggregation && s_.given("rlz_index"))
      add("rlz_index",
          "rlz_index is not offered (it serves disaggregation only here), remove the line if the "
          "job is to run for all realizations",
          ErrorKind::unsupported);
    return std::move(p_);
  }

 private:
  void add(std::string_view key, const std::string& message, ErrorKind kind = ErrorKind::config) {
    problems_.add(kind, message, s_.place(key));
  }
  std::size_t count(std::string_view key) const {
    return static_cast<std::size_t>(s_.number_or(key, 0));
  }
  /// Whether a parameter that this mode needs is there; reports it if not.
  bool require(std::string_view key, std::string_view mode, std::string_view example) {
    if (s_.given(key)) return true;
    if (!s_.broken(key))
      add(key, fmt::format("{} is missing (calculation_mode = {} needs it), add {} = {}", key, mode,
                           key, example));
    return false;
  }

  void set_writer() {
    p_.gmf_writer = s_.text("gmf_writer");
    if (p_.gmf_writer == "mpi_io" && p_.gmf_codec != "none")
      add("gmf_writer",
          fmt::format("gmf_writer = mpi_io does not go with gmf_codec = {} (ranks write rows to "
                      "places that are known before, which packed chunks have not), give gmf_codec "
                      "= none or gmf_writer = single",
                      p_.gmf_codec));
  }

  void set_mode() {
    const std::string mode = s_.text("calculation_mode");
    if (mode == "event_based") p_.mode = Mode::event_based;
    if (mode == "classical") p_.mode = Mode::classical;
    if (mode == "disaggregation") p_.mode = Mode::disaggregation;
    if (mode == "scenario" && require("number_of_ground_motion_fields", mode, "100"))
      p_.number_of_ground_motion_fields = count("number_of_ground_motion_fields");
    if (mode != "scenario" && !mode.empty() && require("investigation_time", mode, "1"))
      p_.investigation_time_yr = s_.number_or("investigation_time", 1);
    p_.ses_per_logic_tree_path = count("ses_per_logic_tree_path");
    p_.hazard_curves_from_gmfs = p_.mode == Mode::event_based && s_.flag("hazard_curves_from_gmfs");
  }

  void set_reducers() {
    if (p_.mode != Mode::scenario && p_.mode != Mode::event_based) return;
    p_.reducers = {s_.flag("gmf_statistics"), s_.flag("gmf_maxima"), s_.flag("gmf_exceedances"),
                   count("gmf_top_events")};
  }

  void set_truncation() {
    const double level = s_.number_or("truncation_level", 3);
    for (const char* key : {"truncation_level_between", "truncation_level_within"})
      if (!s_.given(key) && s_.given("truncation_level")) s_.set(key, level);
    p_.truncation_between = s_.number_or("truncation_level_between", level);
    p_.truncation_within = s_.number_or("truncation_level_within", level);
  }

  void set_imts() {
    const std::string_view names_key = "intensity_measure_types",
                           levels_key = "intensity_measure_types_and_levels";
    std::vector<std::string> names = s_.texts(names_key);
    std::vector<std::vector<double>> levels;
    if (const auto* imtls = s_.value(levels_key).map()) {
      std::vector<std::string> with_levels;
      for (const auto& [name, values] : *imtls) {
        with_levels.push_back(name);
        auto& list = levels.emplace_back();
        for (const Value& level : *values.list()) list.push_back(*level.number());
      }
      auto a = names, b = with_levels;
      std::ranges::sort(a);
      std::ranges::sort(b);
      if (!names.empty() && a != b)
        add(names_key,
            fmt::format(
                "{} and {} name different intensity measures ({}; {}), remove one of the keys",
                names_key, levels_key, fmt::join(names, ", "), fmt::join(with_levels, ", ")));
      names = std::move(with_levels);
    }
    if (p_.mode == Mode::disaggregation && levels.empty())
      for (const auto& [name, level] : levels_by_iml_disagg(s_)) {
        names.push_back(name);
        levels.push_back({level});
      }
    if (integrates(p_.mode) || p_.hazard_curves_from_gmfs || p_.reducers.exceedances) {
      if (levels.empty() && !s_.broken(levels_key))
        add(levels_key,
            fmt::format("{0} is missing ({1} need levels), add {0} = {{\"PGA\": "
                        "logscale(0.005, 2.5, 20)}}",
                        levels_key, p_.reducers.exceedances ? "exceedances" : "hazard curves"));
    } else if (names.empty() && p_.makes_fields() && !s_.broken(names_key) &&
               !s_.broken(levels_key))
      add(names_key,
          fmt::format("{} is missing (fields need it), add {} = PGA", names_key, names_key));
    std::vector<core::Imt> imts;
    for (const std::string& name : names) {
      imts.push_back(core::Imt::parse(name));
      if (std::ranges::count(imts, imts.back()) > 1)
        add(levels.empty() ? names_key : levels_key,
            fmt::format("{} is given twice (each intensity measure once), remove one", name));
    }
    p_.imts = imts;
    core::sort_by_period(p_.imts);
    for (const core::Imt& imt : p_.imts)
      if (!levels.empty())
        p_.levels.push_back(
            levels[static_cast<std::size_t>(std::ranges::find(imts, imt) - imts.begin())]);
  }

  static field::Reach::Curve curve_of(const Value& value) {
    if (const double* km = value.number()) return field::Reach::constant(*km);
    if (value.text()) return field::Reach::magdist();
    field::Reach::Curve curve;
    for (const Value& pair : *value.list())
      curve.emplace_back(*(*pair.list())[0].number(), *(*pair.list())[1].number());
    return curve;
  }
  void set_reach() {
    const Value& value = s_.value("maximum_distance");
    if (!value.is_none()) p_.maximum_distance = reach_of(value);
  }
  static field::Reach reach_of(const Value& value) {
    const auto* by_region = value.map();
    if (!by_region) return {curve_of(value), {}};
    field::Reach::Curve fallback;
    std::map<std::string, field::Reach::Curve> curves;
    for (const auto& [region, curve] : *by_region) {
      if (region == "default")
        fallback = curve_of(curve);
      else
        curves[region] = curve_of(curve);
    }
    return {fallback, std::move(curves)};
  }

  void set_sources() {
    p_.rupture_mesh_spacing_km = s_.number_or("rupture_mesh_spacing", 5);
    if (!s_.given("complex_fault_mesh_spacing"))
      s_.set("complex_fault_mesh_spacing", p_.rupture_mesh_spacing_km);
    p_.complex_fault_mesh_spacing_km = *s_.number("complex_fault_mesh_spacing");
    if (p_.complex_fault_mesh_spacing_km < p_.rupture_mesh_spacing_km)
      add("complex_fault_mesh_spacing",
          fmt::format("complex_fault_mesh_spacing = {} km is less than rupture_mesh_spacing = {} "
                      "km (at least as much is required), "
                      "raise it",
                      p_.complex_fault_mesh_spacing_km, p_.rupture_mesh_spacing_km));
    p_.area_source_discretization_km = s_.number("area_source_discretization");
    p_.width_of_mfd_bin = s_.number_or("width_of_mfd_bin", 1);
    p_.shift_hypo = s_.flag("shift_hypo");
    const Value& minimum = s_.value("minimum_magnitude");
    if (const double* mag = minimum.number()) p_.minimum_magnitude["default"] = *mag;
    if (const auto* map = minimum.map())
      for (const auto& [region, mag] : *map) p_.minimum_magnitude[region] = *mag.number();
    p_.minimum_magnitude.emplace("default", 0);
  }

  void set_tree() {
    p_.number_of_logic_tree_samples = count("number_of_logic_tree_samples");
    p_.max_potential_paths = count("max_potential_paths");
    using enum logictree::SamplingMethod;
    const std::map<std::string, logictree::SamplingMethod> methods{{"early_weights", early_weights},
                                                                   {"late_weights", late_weights},
                                                                   {"early_latin", early_latin},
                                                                   {"late_latin", late_latin}};
    p_.sampling_method = methods.at(s_.text("sampling_method"));
  }

  /// [M] values of a number or a dictionary with a default; empty if not given.
  std::vector<double> per_imt(std::string_view key, double otherwise) {
    const Value& value = s_.value(key);
    if (const double* x = value.number()) return std::vector<double>(p_.imts.size(), *x);
    const auto* map = value.map();
    if (!map || map->empty()) return {};
    for (const auto& [name, x] : *map)
      if (name == "default") otherwise = *x.number();
    std::vector<double> values(p_.imts.size(), otherwise);
    for (const auto& [name, x] : *map) {
      if (name == "default") continue;
      const auto imt = std::ranges::find(p_.imts, core::Imt::parse(name));
      if (imt != p_.imts.end())
        values[static_cast<std::size_t>(imt - p_.imts.begin())] = *x.number();
      else
        problems_.warn(
            fmt::format("{} names {} (the job does not compute it), the entry has no effect", key,
                        name),
            s_.place(key));
    }
    return values;
  }

  void set_hazard() {
    HazardParameters& h = p_.hazard;
    h.mean = s_.flag("mean");
    h.std = s_.flag("std");
    h.max = s_.flag("max");
    h.individual_rlzs = s_.flag("individual_rlzs");
    h.use_rates = integrates(p_.mode) && s_.flag("use_rates");
    h.hazard_maps = s_.flag("hazard_maps");
    h.uniform_hazard_spectra = s_.flag("uniform_hazard_spectra");
    h.quantiles = s_.numbers("quantiles");
    h.max_sites_disagg = count("max_sites_disagg");
    if (integrates(p_.mode)) h.ps_grid_spacing_km = s_.number_or("ps_grid_spacing", 0);
    if (h.ps_grid_spacing_km > 0 && !s_.given("pointsource_distance"))
      s_.set("pointsource_distance", 40.0);
    h.pointsource_distance = reach_of(s_.value("pointsource_distance"));
    if (!integrates(p_.mode) && !p_.hazard_curves_from_gmfs) return;
    set_poes();
    if (p_.mode == Mode::disaggregation) set_disaggregation(s_, p_, problems_);
    if (!h.mean && !h.std && !h.max && h.quantiles.empty() && !h.individual_rlzs)
      add("mean",
          "mean = false leaves no hazard curves to write (std, max, quantiles and individual_rlzs "
          "are off, too), turn one of them on");
    const auto is_spectral = [](const core::Imt& imt) {
      return imt.kind == core::ImtKind::pga || imt.kind == core::ImtKind::sa;
    };
    if (h.uniform_hazard_spectra && !p_.imts.empty() && std::ranges::none_of(p_.imts, is_spectral))
      add("uniform_hazard_spectra",
          "uniform_hazard_spectra = true needs PGA or SA (the job has levels of neither), add one "
          "or turn it off");
  }
  void set_poes() {
    HazardParameters& h = p_.hazard;
    h.poes = s_.numbers("poes");
    const std::vector<double> periods = s_.numbers("return_periods");
    if (!h.poes.empty() && !periods.empty())
      add("return_periods",
          "poes and return_periods are both given (one says the other), remove one");
    for (const double poe : h.poes)
      if (poe <= 0 || poe >= 1)
        add("poes", fmt::format("poes has {} (a probability inside (0, 1) is expected: a certain "
                                "or impossible one has no level), correct it",
                                poe));
    for (const double years : periods)
      h.poes.push_back(-std::expm1(-p_.investigation_time_yr / years));
    const bool asked = h.hazard_maps || h.uniform_hazard_spectra;
    if (asked && h.poes.empty() && !s_.broken("poes") && !s_.broken("return_periods"))
      add(h.hazard_maps ? "hazard_maps" : "uniform_hazard_spectra",
          fmt::format("poes is missing ({} need it), add poes = 0.1 0.02",
                      h.hazard_maps ? "hazard_maps" : "uniform_hazard_spectra"));
  }

  void set_correlation() {
    const std::string_view model_key = "ground_motion_correlation_model",
                           params_key = "ground_motion_correlation_params";
    p_.correlation_model = s_.text(model_key);
    if (p_.correlation_model.empty()) return;
    if (p_.correlation_model == "HM2018")
      return add(
          model_key,
          "ground_motion_correlation_model = HM2018 is not offered yet (JB2009 is), choose JB2009",
          ErrorKind::unsupported);
    if (p_.correlation_model != "JB2009")
      return add(
          model_key,
          fmt::format(
              "ground_motion_correlation_model = {} is not known (JB2009 is), correct the spelling",
              p_.correlation_model));
    if (p_.truncation_within <= 1e-9)
      add(model_key,
          "correlated fields with a truncation of 0 are contradictory (all within-event residuals "
          "are 0), raise "
          "truncation_level or remove the correlation model");
    if (s_.broken(params_key)) return;
    const auto* params = s_.value(params_key).map();
    for (const auto& [key, value] : params ? *params : Value::Map{}) {
      if (key != "vs30_clustering") {
        add(params_key,
            fmt::format("JB2009 has no argument '{}' (vs30_clustering is the only one), remove it",
                        key));
        continue;
      }
      const std::string text = lowered(to_text(value));
      if (text != "true" && text != "false")
        return add(params_key,
                   fmt::format("vs30_clustering = {} is neither True nor False, correct it",
                               to_text(value)));
      p_.vs30_clustering = text == "true";
      s_.set(params_key, Value::Map{{"vs30_clustering", p_.vs30_clustering}});
      return;
    }
    add(params_key,
        "vs30_clustering is missing (JB2009 has two forms), add ground_motion_correlation_params = "
        "{\"vs30_clustering\": False}");
  }

  Settings& s_;
  core::Problems& problems_;
  Parameters p_;
};

}  // namespace

Parameters make_parameters(Settings& settings, core::Problems& problems) {
  return ParameterMaker(settings, problems).make();
}

}  // namespace shakefield::job
