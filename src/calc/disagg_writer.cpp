// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "disagg_results.hpp"
#include "shakefield/store/array_blocks.hpp"

namespace shakefield::calc {
namespace {

using core::RowType;
using core::Scalar;
using Names = std::vector<std::string>;

/// As append_row() writes them.
RowType row_type_of(std::size_t table) {
  RowType row;
  switch (static_cast<DisaggTable>(table)) {
    case DisaggTable::mag_dist_eps:
      for (const char* axis : {"trt", "mag", "dist", "eps"}) row.add(axis, Scalar::u16);
      break;
    case DisaggTable::mag_lon_lat:
      for (const char* axis : {"trt", "mag", "lon", "lat"}) row.add(axis, Scalar::u16);
      break;
    case DisaggTable::source:
      row.add("source", Scalar::u32);
      break;
  }
  return row.add("rate", Scalar::f32);
}

RowType index_type() {
  RowType row;
  return row.add("realization", Scalar::i64).add("start", Scalar::u64).add("stop", Scalar::u64);
}

std::string index_path(std::size_t table) {
  return std::string(disagg_table_paths[table]) + "_index";
}

void write_edges(store::File& file, const char* name, const std::vector<double>& edges,
                 const char* unit) {
  store::write_array(file, std::string("/disagg/axes/") + name,
                     core::Array::of(std::span<const double>(edges)),
                     {{"axes", Names{std::string(name) + "_edge"}}, {"units", std::string(unit)}});
}

void write_names(store::File& file, const std::string& path, const Names& names, const char* axis) {
  std::size_t longest = 1;
  for (const std::string& name : names) longest = std::max(longest, name.size());
  core::Array array(RowType::plain(Scalar::bytes, longest), {names.size()});
  array.set_column("", std::span<const std::string>(names));
  store::write_array(file, path, array, {{"axes", Names{axis}}, {"units", std::string("1")}});
}

}  // namespace

struct DisaggWriter::Impl {
  store::File& file;
  const job::Job& job;
  const DisaggPlan& plan;
  const DisaggChoices& choices;
  std::array<std::optional<store::TableWriter>, num_disagg_tables> tables;

  std::size_t num_imts() const { return job.parameters.imts.size(); }
  std::vector<std::size_t> shape(std::size_t sites) const {
    return {sites, num_imts(), plan.num_poes, plan.num_kinds()};
  }

  void write_axes(const DisaggAxes& axes) {
    write_edges(file, "mag", axes.mag.edges(), "1");
    write_edges(file, "dist", axes.dist.edges(), "km");
    write_edges(file, "eps", axes.eps.edges(), "1");
    write_names(file, "/disagg/axes/trt", job.tree.regions, "trt");
    write_names(file, "/disagg/axes/output", job.parameters.disagg.outputs, "output");
    Names imts;
    for (const core::Imt& imt : job.parameters.imts) imts.push_back(imt.name());
    write_names(file, "/disagg/axes/imt", imts, "imt");
    if (job.parameters.disagg.by_source)
      write_names(file, "/disagg/axes/source", plan.sources, "source");
    std::vector<double> lon, lat;
    for (const geo::Point& site : job.sites.points()) {
      const auto of_lon = axes.longitudes(site), of_lat = axes.latitudes(site);
      lon.insert(lon.end(), of_lon.edges().begin(), of_lon.edges().end());
      lat.insert(lat.end(), of_lat.edges().begin(), of_lat.edges().end());
    }
    for (const auto& [name, edges] : {std::pair("lon", &lon), std::pair("lat", &lat)})
      store::write_array(file, std::string("/disagg/axes/") + name,
                         core::Array::of(std::span<const double>(*edges),
                                         {job.sites.size(), edges->size() / job.sites.size()}),
                         {{"axes", Names{"site", std::string(name) + "_edge"}},
                          {"units", std::string("degrees")}});
  }

  void write_levels() {
    Names units;
    for (const core::Imt& imt : job.parameters.imts) units.emplace_back(imt.unit());
    const std::vector<std::size_t> shape{job.sites.size(), num_imts(), plan.num_poes};
    const Names axes{"site", "imt", "poe"};
    store::write_array(file, "/disagg/levels",
                       core::Array::of(std::span<const double>(choices.levels), shape),
                       {{"axes", axes}, {"units", units}});
    store::write_array(file, "/disagg/poes",
                       core::Array::of(std::span<const double>(choices.poes), shape),
                       {{"axes", axes}, {"units", std::string("1")}});
  }
};

DisaggWriter::DisaggWriter(store::File& file, const job::Job& job, const DisaggPlan& plan,
                           const DisaggAxes& axes, const DisaggChoices& choices, store::Start start)
    : impl_(std::make_unique<Impl>(Impl{file, job, plan, choices, {}})) {
  constexpr std::size_t chunk_bytes = std::size_t{1} << 20;
  const bool is_new = start == store::Start::anew;
  if (is_new) impl_->write_axes(axes);
  if (is_new) impl_->write_levels();
  for (std::size_t t = 0; t < num_disagg_tables; ++t) {
    if (!plan.has_table[t]) continue;
    impl_->tables[t].emplace(file, disagg_table_paths[t], row_type_of(t),
                             core::Attributes{{"axes", Names{"row"}}}, chunk_bytes, start);
    if (!is_new) continue;
    store::make_array(file, index_path(t), index_type(), impl_->shape(job.sites.size()),
                      {{"axes", Names{"site", "imt", "poe", "kind"}}});
  }
}
DisaggWriter::~DisaggWriter() = default;

void DisaggWriter::write(const DisaggRows& rows) {
  const DisaggPlan& plan = impl_->plan;
  const std::size_t kinds = plan.num_kinds(), cells = impl_->num_imts() * plan.num_poes * kinds;
  for (std::size_t t = 0; t < num_disagg_tables; ++t) {
    if (!plan.has_table[t]) continue;
    store::TableWriter& table = *impl_->tables[t];
    std::uint64_t at = table.size();
    for (std::size_t i = 0; i < rows.sites.size(); ++i) {
      std::vector<std::int64_t> realization;
      std::vector<std::uint64_t> start, stop;
      const std::uint32_t* const chosen =
          impl_->choices.realizations.data() + rows.sites[i] * plan.num_realizations;
      for (std::size_t c = 0; c < cells; ++c) {
        const std::size_t kind = c % kinds, first = plan.has_mean ? 1 : 0;
        realization.push_back(kind < first ? std::int64_t{-1} : std::int64_t{chosen[kind - first]});
        start.push_back(at);
        at += rows.tables[t].counts[i * cells + c];
        stop.push_back(at);
      }
      core::Array block(index_type(), impl_->shape(1));
      block.set_column("realization", std::span<const std::int64_t>(realization));
      block.set_column("start", std::span<const std::uint64_t>(start));
      block.set_column("stop", std::span<const std::uint64_t>(stop));
      store::write_rows(impl_->file, index_path(t), rows.sites[i], block);
    }
    table.append(rows.tables[t].rows);
  }
}

void DisaggWriter::checkpoint() {
  for (auto& table : impl_->tables)
    if (table) table->checkpoint();
}

void DisaggWriter::finish() {
  for (auto& table : impl_->tables)
    if (table) table->finish();
}

}  // namespace shakefield::calc
