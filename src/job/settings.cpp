// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

namespace shakefield::job {
namespace {

using core::ErrorKind;

/// Names of older versions of the peer.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> old_names{
    {{"individual_curves", "individual_rlzs"},
     {"quantile_hazard_curves", "quantiles"},
     {"mean_hazard_curves", "mean"},
     {"max_hazard_curves", "max"},
     {"region_constraint", "region"}}};

std::string current_name(const std::string& name) {
  for (const auto& [old, current] : old_names)
    if (name == old) return std::string(current);
  return name;
}

Value default_value(const ParameterInfo& info) {
  if (info.default_ == "required" || info.default_ == "none" || info.default_.empty()) return {};
  return typed_value(info, std::string(info.default_));
}

/// Defaults of all parameters, converted once.
const Value& default_of(std::string_view name) {
  static const auto defaults = [] {
    std::map<std::string_view, Value> map;
    for (const ParameterInfo& info : schema()) map.emplace(info.name, default_value(info));
    return map;
  }();
  return defaults.at(name);
}

/// A value for a required parameter that is missing.
std::string_view example_of(std::string_view name) {
  return name == "calculation_mode" ? "scenario" : name == "maximum_distance" ? "200" : "3";
}

std::string unknown_name(std::string_view name) {
  std::vector<std::string_view> known;
  for (const ParameterInfo& info : schema()) known.push_back(info.name);
  return fmt::format("unknown parameter '{}' (nearest known name: {}), correct or remove it", name,
                     nearest_name(name, known));
}

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

/// Later overrides win over earlier ones and over the file.
RawJob with_overrides(RawJob job, const Overrides& overrides) {
  for (const auto& [key, value] : overrides) {
    const std::string name = current_name(lowered(trimmed(key)));
    std::erase_if(job, [&](const RawParameter& p) { return current_name(p.name) == name; });
    job.push_back({name, value, {"command line", 0}});
  }
  return job;
}

}  // namespace

Settings::Settings(const RawJob& raw, const Overrides& overrides, std::string job_file,
                   core::Problems& problems)
    : job_file_(std::move(job_file)) {
  for (const RawParameter& parameter : with_overrides(raw, overrides)) add(parameter, problems);
  for (const ParameterInfo& info : schema())
    if (info.default_ == "required" && !given(info.name) && !broken(info.name))
      problems.add(ErrorKind::config,
                   fmt::format("{} is missing (every job needs it), add a line {} = {}", info.name,
                               info.name, example_of(info.name)),
                   {job_file_, 0});
  for (GivenParameter& given : given_)
    if (const auto change = special(given.name)) {
      given.status = change->status;
      given.text = change->text;
    }
  report_ignored(problems);
}

bool Settings::integrates() const {
  return text("calculation_mode") == "classical" || is_disaggregation();
}

bool Settings::is_disaggregation() const {
  return text("calculation_mode") == "disaggregation";
}

bool Settings::has_curves_from_fields() const {
  return text("calculation_mode") == "event_based" && flag("hazard_curves_from_gmfs");
}

std::optional<Settings::Special> Settings::special(std::string_view name) const {
  if (name == "hazard_curves_from_gmfs" && text("calculation_mode") != "event_based")
    return Special{Status::ignored, "Serves calculation_mode = event_based only."};
  if (!is_disaggregation() &&
      is_any_of(name, {"poes_disagg", "iml_disagg", "mag_bin_width", "distance_bin_width",
                       "coordinate_bin_width", "num_epsilon_bins", "disagg_bin_edges",
                       "disagg_outputs", "epsilon_star", "num_rlzs_disagg", "disagg_by_src"}))
    return Special{Status::ignored, "Serves calculation_mode = disaggregation only."};
  if (integrates()) {
    if (is_any_of(name, {"gmf_statistics", "gmf_maxima", "gmf_exceedances", "gmf_top_events"}))
      return Special{Status::ignored, "Serves ground-motion fields only."};
    return std::nullopt;
  }
  if (is_any_of(name, {"use_rates", "pointsource_distance", "ps_grid_spacing", "max_sites_disagg"}))
    return Special{Status::ignored, "Serves calculation_mode = classical and disaggregation only."};
  if (has_curves_from_fields()) return std::nullopt;
  constexpr std::string_view why =
      "Serves hazard curves only: calculation_mode = classical and disaggregation make them, and "
      "event_based with hazard_curves_from_gmfs.";
  if (is_any_of(name, {"hazard_maps", "uniform_hazard_spectra", "poes", "quantiles"}))
    return Special{Status::later, why};
  if (is_any_of(name, {"mean", "std", "max", "individual_rlzs", "return_periods"}))
    return Special{Status::ignored, why};
  return std::nullopt;
}

void Settings::add(const RawParameter& raw, core::Problems& problems) {
  const std::string name = current_name(raw.name);
  const ParameterInfo* info = find_parameter(name);
  if (!info) {
    problems.add(ErrorKind::config, unknown_name(raw.name), raw.place);
    return;
  }
  if (entries_.contains(name)) {
    problems.add(ErrorKind::config,
                 fmt::format("'{}' is given by two names (also in {}), remove one of them", name,
                             place(name).text()),
                 raw.place);
    return;
  }
  Entry& entry = entries_[name];
  entry.place = raw.place;
  try {
    entry.value = typed_value(*info, raw.value);
  } catch (const core::Error& e) {
    entry.broken = true;
    problems.add(e.kind(), e.problems().front().message, raw.place);
    return;
  }
  const bool harmless = entry.value.is_none() || to_text(entry.value) == to_text(default_of(name));
  const bool is_refused = info->status == Status::unsupported && !harmless;
  given_.push_back(
      {name, to_text(entry.value), info->status, std::string(info->text), raw.place, is_refused});
  if (is_refused)
    problems.add(
        ErrorKind::unsupported,
        fmt::format("{} = {} is not offered ({}), remove the line if the job is to run without it",
                    name, to_text(entry.value), info->text),
        raw.place);
}

void Settings::report_ignored(core::Problems& problems) const {
  std::vector<std::string> ignored;
  for (const GivenParameter& p : given_)
    if (p.status == Status::ignored && !p.value.empty()) ignored.push_back(p.name);
  if (!ignored.empty())
    problems.warn(
        fmt::format("ignored: {} (no number here depends on them; `shakefield check` tells why)",
                    fmt::join(ignored, ", ")),
        {job_file_, 0});
}

bool Settings::given(std::string_view name) const {
  const auto it = entries_.find(name);
  return it != entries_.end() && !it->second.value.is_none();
}

bool Settings::broken(std::string_view name) const {
  const auto it = entries_.find(name);
  return it != entries_.end() && it->second.broken;
}

const Value& Settings::value(std::string_view name) const {
  const auto it = entries_.find(name);
  return it != entries_.end() && !it->second.value.is_none() ? it->second.value : default_of(name);
}

std::optional<double> Settings::number(std::string_view name) const {
  const double* x = value(name).number();
  return x ? std::optional(*x) : std::nullopt;
}

std::vector<double> Settings::numbers(std::string_view name) const {
  std::vector<double> numbers;
  if (const auto* list = value(name).list())
    for (const Value& item : *list) numbers.push_back(*item.number());
  return numbers;
}

bool Settings::flag(std::string_view name) const {
  const bool* x = value(name).boolean();
  return x && *x;
}

std::string Settings::text(std::string_view name) const {
  return to_text(value(name));
}

std::vector<std::string> Settings::texts(std::string_view name) const {
  std::vector<std::string> texts;
  if (const auto* list = value(name).list())
    for (const Value& item : *list) texts.push_back(to_text(item));
  return texts;
}

core::InputPlace Settings::place(std::string_view name) const {
  const auto it = entries_.find(name);
  return it != entries_.end() ? it->second.place : core::InputPlace{job_file_, 0};
}

void Settings::set(std::string_view name, Value value) {
  auto it = entries_.find(name);
  if (it == entries_.end()) it = entries_.emplace(name, Entry{{}, {job_file_, 0}, false}).first;
  it->second.value = std::move(value);
}

std::string Settings::resolved() const {
  std::vector<std::string> lines;
  for (const ParameterInfo& info : schema())
    if (const Value& v = value(info.name); info.status == Status::used && !v.is_none())
      lines.push_back(fmt::format("{} = {}\n", info.name, to_text(v)));
  std::ranges::sort(lines);
  return fmt::format("{}", fmt::join(lines, ""));
}

std::vector<std::string> Settings::not_computed() const {
  std::vector<std::string> products;
  for (const ParameterInfo& info : schema()) {
    const auto change = special(info.name);
    if ((change ? change->status : info.status) == Status::later && flag(info.name))
      products.emplace_back(info.name);
  }
  return products;
}

}  // namespace shakefield::job
