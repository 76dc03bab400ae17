// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "disagg_parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace shakefield::job {
namespace {

constexpr std::array<std::string_view, 5> axes{"mag", "dist", "lon", "lat", "eps"};

class DisaggMaker {
 public:
  DisaggMaker(const Settings& settings, Parameters& parameters, core::Problems& problems)
      : s_(settings), p_(parameters), d_(parameters.disagg), problems_(problems) {}

  void make() {
    set_levels();
    set_bins();
    set_outputs();
    set_realizations();
    d_.by_source = s_.flag("disagg_by_src");
    if (d_.by_source && p_.hazard.ps_grid_spacing_km > 0)
      add("disagg_by_src",
          fmt::format("disagg_by_src with ps_grid_spacing = {} km is contradictory (gathered "
                      "points have no source of their own), remove one of them",
                      p_.hazard.ps_grid_spacing_km));
  }

 private:
  void add(std::string_view key, const std::string& message) {
    problems_.add(core::ErrorKind::config, message, s_.place(key));
  }

  void set_levels() {
    const bool by_poes = s_.given("poes_disagg"), by_levels = s_.given("iml_disagg");
    if (s_.broken("poes_disagg") || s_.broken("iml_disagg")) return;
    if (by_poes == by_levels) {
      const std::string_view key = by_poes ? "iml_disagg" : "poes_disagg";
      return add(key, by_poes ? "poes_disagg and iml_disagg are both given (one says at which "
                                "levels to disaggregate), remove one"
                              : "poes_disagg is missing (a disaggregation needs it or "
                                "iml_disagg), add poes_disagg = 0.1");
    }
    by_poes ? set_poes() : check_levels();
  }
  void set_poes() {
    const std::vector<double> poes = s_.numbers("poes_disagg");
    for (const double poe : poes)
      if (poe <= 0 || poe >= 1)
        add("poes_disagg", fmt::format("poes_disagg has {} (a probability inside (0, 1) is "
                                       "expected), correct it",
                                       poe));
    if (!p_.hazard.poes.empty() && p_.hazard.poes != poes)
      add("poes_disagg",
          fmt::format("poes_disagg and the poes of maps differ ({}; {}), remove one of them",
                      fmt::join(poes, ", "), fmt::join(p_.hazard.poes, ", ")));
    p_.hazard.poes = poes;
    if (!p_.hazard.mean)
      add("mean",
          "mean = false with poes_disagg is contradictory (levels are those of the mean "
          "curve), remove it or give iml_disagg");
  }
  void check_levels() {
    d_.levels.assign(p_.imts.size(), 0.0);
    if (!s_.value("iml_disagg").map())
      return add("iml_disagg",
                 "iml_disagg is no dictionary (levels by measure are expected), "
                 "write iml_disagg = {\"PGA\": 0.2}");
    for (const auto& [name, level] : levels_by_iml_disagg(s_)) {
      const auto imt = std::ranges::find(p_.imts, name, &core::Imt::name);
      if (imt == p_.imts.end()) {
        add("iml_disagg", fmt::format("iml_disagg names {} (the job has no levels of it), remove "
                                      "it or add levels",
                                      name));
        continue;
      }
      const auto m = static_cast<std::size_t>(imt - p_.imts.begin());
      d_.levels[m] = level;
      const std::vector<double>& levels = p_.levels[m];
      if (level < levels.front() || level > levels.back())
        add("iml_disagg",
            fmt::format("iml_disagg = {} of {} is outside its levels ([{}, {}]), correct it or "
                        "add levels",
                        level, name, levels.front(), levels.back()));
    }
  }

  void set_bins() {
    d_.mag_bin_width = s_.number_or("mag_bin_width", d_.mag_bin_width);
    d_.coordinate_bin_width_deg = s_.number_or("coordinate_bin_width", d_.coordinate_bin_width_deg);
    d_.num_epsilon_bins = static_cast<std::size_t>(s_.number_or("num_epsilon_bins", 1));
    d_.epsilon_star = s_.flag("epsilon_star");
    d_.distance_bin_width_km = s_.number_or("distance_bin_width", 0);
    bool has_distances = s_.given("distance_bin_width");
    if (const auto* edges = s_.value("disagg_bin_edges").map())
      for (const auto& [axis, values] : *edges) {
        set_edges(axis, values);
        has_distances = has_distances || axis == "dist";
      }
    if (!has_distances && !s_.broken("distance_bin_width") && !s_.broken("disagg_bin_edges"))
      add("distance_bin_width",
          "distance_bin_width is missing (a disaggregation needs bins of distance), add "
          "distance_bin_width = 10");
  }
  void set_edges(const std::string& axis, const Value& values) {
    if (std::ranges::find(axes, axis) == axes.end())
      return add("disagg_bin_edges", fmt::format("disagg_bin_edges has the unknown axis '{}' "
                                                 "(known: {}), correct it",
                                                 axis, fmt::join(axes, ", ")));
    std::vector<double> edges;
    if (const auto* list = values.list())
      for (const Value& value : *list)
        edges.push_back(value.number() ? *value.number() : std::nan(""));
    const auto is_ascending = [&] {
      for (std::size_t i = 0; i + 1 < edges.size(); ++i)
        if (!(edges[i] < edges[i + 1])) return false;
      return true;
    };
    constexpr std::size_t most = 4000;
    if (edges.size() < 2 || edges.size() > most || !is_ascending())
      return add("disagg_bin_edges",
                 fmt::format("disagg_bin_edges: {} = {} are no edges of bins (2 to {} ascending "
                             "numbers are expected), correct them",
                             axis, to_text(values), most));
    d_.edges[axis] = std::move(edges);
  }

  void set_outputs() {
    const std::vector<std::string> asked = s_.texts("disagg_outputs");
    for (const std::string& name : asked)
      if (std::ranges::find(disagg_kinds, name) == disagg_kinds.end())
        add("disagg_outputs", fmt::format("disagg_outputs has the unknown name '{}' (known: {}), "
                                          "correct the spelling",
                                          name, fmt::join(disagg_kinds, ", ")));
    for (const std::string_view kind : disagg_kinds)
      if (asked.empty() || std::ranges::find(asked, kind) != asked.end())
        d_.outputs.emplace_back(kind);
  }

  void set_realizations() {
    d_.num_rlzs = static_cast<std::size_t>(s_.number_or("num_rlzs_disagg", 0));
    for (const double r : s_.numbers("rlz_index")) {
      if (r != std::floor(r) || r > 1e9)
        add("rlz_index",
            fmt::format("rlz_index has {} (whole numbers are expected), correct it", r));
      else
        d_.rlz_index.push_back(static_cast<std::uint32_t>(r));
    }
    if (!d_.rlz_index.empty() && d_.num_rlzs > 0)
      add("num_rlzs_disagg",
          "rlz_index and num_rlzs_disagg are both given (one chooses realizations), remove one");
    std::vector<std::uint32_t> sorted = d_.rlz_index;
    std::ranges::sort(sorted);
    if (std::ranges::adjacent_find(sorted) != sorted.end())
      add("rlz_index", "rlz_index has a number twice (each realization once), remove one");
    // The realizations that are closest are found by their curves.
    if (d_.num_rlzs > 0) p_.hazard.individual_rlzs = true;
  }

  const Settings& s_;
  Parameters& p_;
  DisaggParameters& d_;
  core::Problems& problems_;
};

}  // namespace

std::vector<std::pair<std::string, double>> levels_by_iml_disagg(const Settings& settings) {
  std::vector<std::pair<std::string, double>> levels;
  if (const auto* map = settings.value("iml_disagg").map())
    for (const auto& [name, level] : *map) levels.emplace_back(name, *level.number());
  return levels;
}

void set_disaggregation(const Settings& settings, Parameters& parameters,
                        core::Problems& problems) {
  DisaggMaker(settings, parameters, problems).make();
}

}  // namespace shakefield::job
