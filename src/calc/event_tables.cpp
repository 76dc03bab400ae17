// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "event_tables.hpp"

#include <algorithm>

#include "shakefield/logictree/realization_table.hpp"
#include "shakefield/store/protocol.hpp"

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

RowType point_row() {
  RowType row;
  row.add("lon", Scalar::f64, "degrees")
      .add("lat", Scalar::f64, "degrees")
      .add("depth", Scalar::f64, "km");
  return row;
}

RowType geometry_row() {
  RowType row;
  row.add("start", Scalar::u64)
      .add("stop", Scalar::u64)
      .add("rows", Scalar::u32)
      .add("cols", Scalar::u32)
      .add("kind", Scalar::u8);
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

template <class T>
void put(std::vector<std::byte>& row, const T& value) {
  const auto bytes = std::as_bytes(std::span(&value, 1));
  row.insert(row.end(), bytes.begin(), bytes.end());
}

}  // namespace

EventTables::EventTables(store::File& file, const job::Job& job, store::Start start)
    : ruptures_(file, "/ruptures", rupture_row(), rupture_attributes(job), chunk_bytes, start,
                codec_of(job)),
      points_(file, "/rupture_geometry/points", point_row(), axis("point"), chunk_bytes, start,
              codec_of(job)),
      geometry_(file, "/rupture_geometry/index", geometry_row(), axis("rupture"), chunk_bytes,
                start, codec_of(job)),
      events_(file, "/events", event_row(), axis("event"), chunk_bytes, start, codec_of(job)),
      num_imts_(job.parameters.imts.size()) {
  if (job.parameters.ground_motion_fields)
    residuals_.emplace(file, "/gmf_data/sigma_epsilon", residual_row(job.parameters.imts),
                       axis("event"), chunk_bytes, start, codec_of(job));
}

void EventTables::add_ruptures(std::span<const RuptureEvents> section) {
  std::vector<std::byte> rows, points, geometry;
  std::uint64_t next_point = points_.size();
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

    const std::vector<geo::Point> nodes = r.rupture.surface->nodes();
    const auto [mesh_rows, mesh_cols] = r.rupture.surface->shape();
    const auto bytes =
        std::as_bytes(std::span(nodes));  // Point is lon, lat, depth: the row as it is
    points.insert(points.end(), bytes.begin(), bytes.end());
    put(geometry, next_point);
    next_point += nodes.size();
    put(geometry, next_point);
    put(geometry, static_cast<std::uint32_t>(mesh_rows));
    put(geometry, static_cast<std::uint32_t>(mesh_cols));
    put(geometry, static_cast<std::uint8_t>(r.rupture.surface->kind()));
  }
  static_assert(sizeof(geo::Point) == 3 * sizeof(double));
  ruptures_.append(rows);
  points_.append(points);
  geometry_.append(geometry);
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
  for (store::TableWriter* table : {&ruptures_, &points_, &geometry_, &events_})
    table->checkpoint();
  if (residuals_) residuals_->checkpoint();
}

void EventTables::finish() {
  flush();
  for (store::TableWriter* table : {&ruptures_, &points_, &geometry_, &events_}) table->finish();
  if (residuals_) residuals_->finish();
}

TableBytes table_bytes(const job::Job& job) {
  const job::Parameters& p = job.parameters;
  return {rupture_row().bytes + geometry_row().bytes, point_row().bytes,
          event_row().bytes + (p.ground_motion_fields ? residual_row(p.imts).bytes : 0)};
}

void write_inputs(store::File& file, const job::Job& job) {
  store::write(file, "/sites", job.sites);

  const logictree::FullTree& tree = job.tree;
  std::vector<std::string> ids;
  std::vector<std::uint16_t> regions;
  std::vector<std::uint64_t> keys;
  for (const job::PathSource& row : job::path_sources(job)) {
    ids.push_back(row.source->id());
    const auto region = std::ranges::lower_bound(tree.regions, row.source->tectonic_region());
    regions.push_back(static_cast<std::uint16_t>(region - tree.regions.begin()));
    keys.push_back(row.key);
  }
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
