// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "shakefield/core/error.hpp"
#include "shakefield/gmm/registry.hpp"
#include "shakefield/gmm/table_io.hpp"

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
