// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "event_tables.hpp"

#include <algorithm>

#include "put_bytes.hpp"
#include "shakefield/logictree/realization_table.hpp"
#include "shakefield/store/protocol.hpp"
#include "source_rows.hpp"

namespace shakefield::calc {
namespace {

using core::Attributes;
using core::RowType;
using core::Scalar;

RowType rupture_row() {
  RowType row;
  row.add("id", Scalar::u64)
      .add("source", Scalar::u32)
      .add("index", Scalar::u64)
      .add("mag", Scalar::f64)
      .add("rake", Scalar::f64, "degrees")
      .add("strike", Scalar::f64, "degrees")
      .add("dip", Scalar::f64, "degrees")
      .add("ztor", Scalar::f64, "km")
      .add("width", Scalar::f64, "km")
      .add("hypo_lon", Scalar::f64, "degrees")
      .add("hypo_lat", Scalar::f64, "degrees")
      .add("hypo_depth", Scalar::f64, "km")
      .add("occurrences", Scalar::u32)
      .add("occurrence_rate", Scalar::f64, "1/year")
      .add("region", Scalar::u16)
      .add("first_event", Scalar::u64);
  return row;
}

RowType event_row() {
  RowType row;
  row.add("id", Scalar::u64)
      .add("rupture", Scalar::u64)
      .add("realization", Scalar::u32)
      .add("year", Scalar::u32, "year")
      .add("ses", Scalar::u32);
  return row;
}

RowType residual_row(const std::vector<core::Imt>& imts) {
  RowType row;
  row.add("event", Scalar::u64).add("realization", Scalar::u32);
  for (const core::Imt& imt : imts) row.add("sig_inter_" + imt.name(), Scalar::f32);
  for (const core::Imt& imt : imts) row.add("eps_inter_" + imt.name(), Scalar::f32);
  return row;
}

/// Chunks of these tables: small, so that a small run leaves a small file.
constexpr std::size_t chunk_bytes = std::size_t{1} << 16;

Attributes axis(const char* name) {
  return {{"axes", std::vector<std::string>{name}}};
}

Attributes rupture_attributes(const job::Job& job) {
  Attributes attributes = axis("rupture");
  attributes["regions"] = job.tree.regions;
  return attributes;
}

/// Where fields are packed these tables are, too, for every reader of HDF5.
store::CodecChoice codec_of(const job::Job& job) {
  return {job.parameters.gmf_codec == "none" ? store::CodecKind::none : store::CodecKind::deflate};
}

}  // namespace

EventTables::EventTables(store::File& file, const job::Job& job, store::Start start)
    : ruptures_(file, "/ruptures", rupture_row(), rupture_attributes(job), chunk_bytes, start,
                codec_of(job)),
      geometry_(file, chunk_bytes, start, codec_of(job)),
      events_(file, "/events", event_row(), axis("event"), chunk_bytes, start, codec_of(job)),
      num_imts_(job.parameters.imts.size()) {
  if (job.parameters.ground_motion_fields)
    residuals_.emplace(file, "/gmf_data/sigma_epsilon", residual_row(job.parameters.imts),
                       axis("event"), chunk_bytes, start, codec_of(job));
}

void EventTables::add_ruptures(std::span<const RuptureEvents> section) {
  std::vector<std::byte> rows;
  std::uint64_t id = ruptures_.size();
  for (const RuptureEvents& r : section) {
    const rupture::SurfaceParameters s = r.rupture.surface->parameters();
    put(rows, id++);
    put(rows, r.source);
    put(rows, r.index);
    put(rows, r.rupture.mag);
    for (const double value : {r.rupture.rake_deg, s.strike_deg, s.dip_deg, s.ztor_km, s.width_km,
                               r.rupture.hypocentre.lon_deg, r.rupture.hypocentre.lat_deg,
                               r.rupture.hypocentre.depth_km})
      put(rows, value);
    put(rows, r.occurrences);
    put(rows, r.rupture.occurrence_rate);
    put(rows, r.region);
    put(rows, r.first_event);
  }
  ruptures_.append(rows);
  geometry_.add(section);
}

void EventTables::add_event(const field::EventSpec& event, std::uint64_t rupture_id,
                            EventTime time) {
  put(event_rows_, event.id);
  put(event_rows_, rupture_id);
  put(event_rows_, event.realization);
  put(event_rows_, time.year);
  put(event_rows_, time.ses);
}

void EventTables::add_residuals(const field::EventSpec& event, std::span<const float> tau,
                                std::span<const float> eta) {
  put(residual_rows_, event.id);
  put(residual_rows_, event.realization);
  for (std::size_t m = 0; m < num_imts_; ++m) put(residual_rows_, tau[m]);
  for (std::size_t m = 0; m < num_imts_; ++m) put(residual_rows_, eta[m]);
}

void EventTables::flush() {
  events_.append(event_rows_);
  event_rows_.clear();
  if (residuals_) residuals_->append(residual_rows_);
  residual_rows_.clear();
}

void EventTables::checkpoint() {
  flush();
  for (store::TableWriter* table : {&ruptures_, &events_}) table->checkpoint();
  geometry_.checkpoint();
  if (residuals_) residuals_->checkpoint();
}

void EventTables::finish() {
  flush();
  for (store::TableWriter* table : {&ruptures_, &events_}) table->finish();
  geometry_.finish();
  if (residuals_) residuals_->finish();
}

TableBytes table_bytes(const job::Job& job) {
  const job::Parameters& p = job.parameters;
  const GeometryBytes geometry = geometry_bytes();
  return {rupture_row().bytes + geometry.index, geometry.point,
          event_row().bytes + (p.ground_motion_fields ? residual_row(p.imts).bytes : 0)};
}

void write_inputs(store::File& file, const job::Job& job) {
  store::write(file, "/sites", job.sites);

  const logictree::FullTree& tree = job.tree;
  const auto [ids, regions, keys] = source_rows(job);
  std::size_t longest = 1;
  for (const std::string& id : ids) longest = std::max(longest, id.size());
  RowType row;
  row.add("id", Scalar::bytes, "1", longest).add("region", Scalar::u16).add("key", Scalar::u64);
  core::Array sources(row, {ids.size()});
  sources.set_column("id", std::span<const std::string>(ids));
  sources.set_column("region", std::span<const std::uint16_t>(regions));
  sources.set_column("key", std::span<const std::uint64_t>(keys));
  Attributes attributes = axis("source");
  attributes["regions"] = tree.regions;
  store::write_array(file, "/sources", sources, attributes);

  store::write(file, "/realizations", logictree::make_realization_table(tree));
}

}  // namespace shakefield::calc
