// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/gmm/table_io.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "shakefield/core/error.hpp"
#include "shakefield/gmm/registry.hpp"

namespace shakefield::gmm {
namespace {

struct RuptureColumn {
  std::string_view name;
  Needs needs;
  double GmmInput::*member;
};
constexpr RuptureColumn rupture_columns[] = {
    {"mag", Needs::mag, &GmmInput::mag},
    {"rake", Needs::rake, &GmmInput::rake_deg},
    {"dip", Needs::dip, &GmmInput::dip_deg},
    {"strike", Needs::strike, &GmmInput::strike_deg},
    {"ztor", Needs::ztor, &GmmInput::ztor_km},
    {"width", Needs::width, &GmmInput::width_km},
    {"hypo_depth", Needs::hypo_depth, &GmmInput::hypo_depth_km},
    {"hypo_lon", Needs::hypo_lon_lat, &GmmInput::hypo_lon_deg},
    {"hypo_lat", Needs::hypo_lon_lat, &GmmInput::hypo_lat_deg},
};

struct SiteColumn {
  std::string_view name;
  Needs needs;
  std::span<const double> GmmInput::*member;
};
constexpr SiteColumn site_columns[] = {
    {"vs30", Needs::vs30, &GmmInput::vs30},
    {"vs30measured", Needs::vs30measured, &GmmInput::vs30measured},
    {"z1pt0", Needs::z1pt0, &GmmInput::z1pt0},
    {"z1pt4", Needs::z1pt4, &GmmInput::z1pt4},
    {"z2pt5", Needs::z2pt5, &GmmInput::z2pt5},
    {"backarc", Needs::backarc, &GmmInput::backarc},
    {"xvf", Needs::xvf, &GmmInput::xvf},
    {"region", Needs::region, &GmmInput::region},
    {"lon", Needs::lon_lat, &GmmInput::lon_deg},
    {"lat", Needs::lon_lat, &GmmInput::lat_deg},
    {"rrup", Needs::r_rup, &GmmInput::r_rup},
    {"rjb", Needs::r_jb, &GmmInput::r_jb},
    {"rx", Needs::r_x, &GmmInput::r_x},
    {"ry0", Needs::r_y0, &GmmInput::r_y0},
    {"rhypo", Needs::r_hypo, &GmmInput::r_hypo},
    {"repi", Needs::r_epi, &GmmInput::r_epi},
    {"rvolc", Needs::r_volc, &GmmInput::r_volc},
    {"azimuth", Needs::azimuth, &GmmInput::azimuth},
};

std::vector<std::string_view> cells_of(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::vector<std::string_view> cells;
  for (;;) {
    const auto comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

/// Where the figures of one CSV column go.
struct Target {
  bool is_input;
  std::size_t index;
  std::vector<double> ValueTable::Result::*member;
};

Target target_of(std::string_view name, ValueTable& table, const core::InputPlace& place) {
  const auto colon = name.find(':');
  if (colon == std::string_view::npos) {
    table.inputs.push_back({std::string(name), {}});
    return {true, table.inputs.size() - 1, nullptr};
  }
  const core::Imt imt = core::Imt::parse(name.substr(0, colon));
  const std::string_view what = name.substr(colon + 1);
  const auto member = what == "mean"    ? &ValueTable::Result::mean
                      : what == "sigma" ? &ValueTable::Result::sigma
                      : what == "tau"   ? &ValueTable::Result::tau
                                        : &ValueTable::Result::phi;
  core::validate(
      what == "phi" || member != &ValueTable::Result::phi, core::ErrorKind::data,
      fmt::format("unknown column '{}' (expected {}:mean, :sigma, :tau or :phi), rename it", name,
                  imt.name()),
      place);
  auto it = std::ranges::find(table.results, imt, &ValueTable::Result::imt);
  if (it == table.results.end()) it = table.results.insert(it, {imt, {}, {}, {}, {}});
  return {false, static_cast<std::size_t>(it - table.results.begin()), member};
}

const ValueTable::Column* find(const ValueTable& table, std::string_view name) {
  const auto it = std::ranges::find(table.inputs, name, &ValueTable::Column::name);
  return it == table.inputs.end() ? nullptr : &*it;
}

void require_columns(const GroundMotionModel& model, const ValueTable& table) {
  std::string missing;
  const auto check = [&](const auto& column) {
    if (contains(model.info().needs, column.needs) && !find(table, column.name))
      missing += (missing.empty() ? "" : ", ") + std::string(column.name);
  };
  std::ranges::for_each(rupture_columns, check);
  std::ranges::for_each(site_columns, check);
  core::validate(missing.empty(), core::ErrorKind::data,
                 fmt::format("the table lacks the columns {} (model {} needs them), add them",
                             missing, model.info().name));
}

/// Evaluates rows [first, last), which share one rupture.
void evaluate_batch(const GroundMotionModel& model, ValueTable& table, std::size_t first,
                    std::size_t last) {
  GmmInput in;
  in.size = last - first;
  const std::size_t stride = GmmOutput::stride_for(in.size);
  for (const RuptureColumn& column : rupture_columns)
    if (const auto* from = find(table, column.name)) in.*column.member = from->values[first];

  std::vector<std::vector<double>> columns;
  columns.reserve(std::size(site_columns));
  for (const SiteColumn& column : site_columns) {
    const auto* from = find(table, column.name);
    if (!from) continue;
    auto& values = columns.emplace_back(from->values.begin() + first, from->values.begin() + last);
    values.resize(stride, values.back());
    in.*column.member = values;
  }

  const std::size_t count = table.results.size() * stride;
  std::vector<double> mean(count), sigma(count), tau(count), phi(count);
  model.evaluate(in, {stride, mean, sigma, tau, phi});
  for (std::size_t m = 0; m < table.results.size(); ++m) {
    ValueTable::Result& result = table.results[m];
    const auto append = [&](const std::vector<double>& from, std::vector<double>& to) {
      to.insert(to.end(), from.begin() + m * stride, from.begin() + m * stride + in.size);
    };
    append(mean, result.mean);
    append(sigma, result.sigma);
    append(tau, result.tau);
    append(phi, result.phi);
  }
}

/// All kinds of the model; SA at common periods inside its range.
std::vector<core::Imt> usual_imts(const ModelInfo& info) {
  std::vector<core::Imt> imts;
  for (const core::ImtKind kind : info.imts) {
    if (kind != core::ImtKind::sa) {
      imts.push_back({kind, 0});
      continue;
    }
    for (const double period : {0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0})
      if (period >= info.period_s.low && period <= info.period_s.high)
        imts.push_back({kind, period});
  }
  return imts;
}

}  // namespace

std::vector<core::Imt> ValueTable::imts() const {
  std::vector<core::Imt> list;
  for (const Result& result : results) list.push_back(result.imt);
  return list;
}

ValueTable read_value_table(std::istream& in, const std::string& source) {
  ValueTable table;
  std::string line;
  core::InputPlace place{source, 1};
  core::validate(static_cast<bool>(std::getline(in, line)), core::ErrorKind::data,
                 "the table is empty (no header line), give a file with input columns", place);
  std::vector<Target> targets;
  for (const std::string_view name : cells_of(line))
    targets.push_back(target_of(name, table, place));

  while (std::getline(in, line)) {
    ++place.line;
    if (line.empty() || line == "\r") continue;
    const auto cells = cells_of(line);
    core::validate(cells.size() == targets.size(), core::ErrorKind::data,
                   fmt::format("the row has {} cells (the header has {}), correct it", cells.size(),
                               targets.size()),
                   place);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      double x = 0;
      const auto [end, status] =
          std::from_chars(cells[i].data(), cells[i].data() + cells[i].size(), x);
      const Target& to = targets[i];
      const bool is_number = status == std::errc{} && end == cells[i].data() + cells[i].size();
      core::validate(is_number && (std::isfinite(x) || !to.is_input), core::ErrorKind::data,
                     fmt::format("'{}' is no number (input columns hold finite numbers), correct "
                                 "the cell",
                                 cells[i]),
                     place);
      (to.is_input ? table.inputs[to.index].values : table.results[to.index].*to.member)
          .push_back(x);
    }
  }
  return table;
}

void write_value_table(std::ostream& out, const ValueTable& table) {
  std::string header;
  for (const auto& column : table.inputs) header += (header.empty() ? "" : ",") + column.name;
  for (const auto& result : table.results)
    header += fmt::format(",{0}:mean,{0}:sigma,{0}:tau,{0}:phi", result.imt.name());
  out << header << '\n';
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string line;
    for (const auto& column : table.inputs)
      line += fmt::format("{}{}", line.empty() ? "" : ",", column.values[row]);
    for (const auto& r : table.results)
      line += fmt::format(",{:.7g},{:.7g},{:.7g},{:.7g}", r.mean[row], r.sigma[row], r.tau[row],
                          r.phi[row]);
    out << line << '\n';
  }
}

void evaluate(const GroundMotionModel& model, ValueTable& table) {
  require_columns(model, table);
  for (auto& result : table.results) result = {result.imt, {}, {}, {}, {}};

  std::vector<const std::vector<double>*> rupture;
  for (const RuptureColumn& column : rupture_columns)
    if (const auto* from = find(table, column.name)) rupture.push_back(&from->values);
  const auto same_rupture = [&](std::size_t a, std::size_t b) {
    return std::ranges::all_of(rupture,
                               [&](const auto* values) { return (*values)[a] == (*values)[b]; });
  };
  for (std::size_t first = 0, last = 0; first < table.rows(); first = last) {
    while (last < table.rows() && same_rupture(first, last)) ++last;
    evaluate_batch(model, table, first, last);
  }
}

void evaluate_table(const ModelSpec& spec, std::istream& in, std::ostream& out,
                    const std::string& source) {
  ValueTable table = read_value_table(in, source);
  if (table.results.empty())
    for (const core::Imt& imt : usual_imts(make_model(spec, {})->info()))
      table.results.push_back({imt, {}, {}, {}, {}});
  evaluate(*make_model(spec, table.imts()), table);
  write_value_table(out, table);
}

}  // namespace shakefield::gmm
