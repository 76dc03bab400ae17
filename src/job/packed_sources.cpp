// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "packed_sources.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "model_format.hpp"
#include "shakefield/geo/point.hpp"
#include "shakefield/site/curve.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

/// Small, so that a rank reads little that it does not want.
constexpr std::size_t table_chunk_bytes = std::size_t{64} << 10;
constexpr store::CodecChoice codec{store::CodecKind::deflate, 4};

store::TableWriter make_table(store::File& file, const std::string& path,
                              const core::RowType& row) {
  return {file, path, row, {}, table_chunk_bytes, store::Start::anew, codec};
}

template <class T>
std::span<const std::byte> part_of(const T& values, std::size_t first, std::size_t last) {
  return std::as_bytes(std::span(values.data() + first, last - first));
}

/// A sphere around the ruptures of some sources.
rupture::BoundingSphere sphere_of(std::span<const std::uint32_t> sources,
                                  const std::vector<SourceExtent>& extents) {
  rupture::BoundingSphere all;
  for (const std::uint32_t s : sources) {
    const geo::Vec3& c = extents[s].bound.centre;
    const auto share = 1 / static_cast<double>(sources.size());
    all.centre = {all.centre.x + share * c.x, all.centre.y + share * c.y,
                  all.centre.z + share * c.z};
  }
  for (const std::uint32_t s : sources) {
    const auto& [c, radius_km] = extents[s].bound;
    all.radius_km = std::max(
        all.radius_km,
        radius_km + std::hypot(c.x - all.centre.x, c.y - all.centre.y, c.z - all.centre.z));
  }
  return all;
}

std::vector<std::uint32_t> order_of(const std::vector<SourceExtent>& extents) {
  std::vector<geo::Point> centres;
  centres.reserve(extents.size());
  for (const SourceExtent& extent : extents)
    centres.push_back(geo::to_geographic(extent.bound.centre));
  return site::along_curve(centres);
}

}  // namespace

std::uint16_t Distinct::number(const std::string& text) {
  const auto [known, is_new] =
      numbers_.try_emplace(text, static_cast<std::uint16_t>(texts_.size()));
  if (is_new) texts_.push_back(text);
  core::validate(texts_.size() <= std::numeric_limits<std::uint16_t>::max(), core::ErrorKind::data,
                 "a source model has more than 65535 tectonic regions, use fewer");
  return known->second;
}

core::Array texts_array(const std::vector<std::string>& texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  core::Array array(core::RowType::plain(core::Scalar::bytes, longest), {texts.size()});
  array.set_column("", texts);
  return array;
}

void PackedSources::take(pugi::xml_node source_model) {
  bool has_groups = false;
  for (const pugi::xml_node child : source_model.children())
    if (without_prefix(child.name()) == "sourceGroup") {
      has_groups = true;
      take_children(child);
    }
  if (!has_groups) take_children(source_model);  // NRML 0.4
}

void PackedSources::take_children(pugi::xml_node parent) {
  const std::size_t first = size();
  const std::string region(trimmed(parent.attribute("tectonicRegion").value()));
  for (const pugi::xml_node child : parent.children())
    if (child.type() == pugi::node_element) add(child, region);
  parent.remove_children();
  pugi::xml_node place = parent.append_child(std::string(stored_sources_element).c_str());
  place.append_attribute("first") = first;
  place.append_attribute("last") = size();
}

void PackedSources::add(pugi::xml_node source, const std::string& group_region) {
  shape_.push_back(pack(source, shapes_, values_));
  starts_.push_back({values_.numbers.size(), values_.counts.size(), values_.bytes.size()});
  ids_.emplace_back(trimmed(source.attribute("id").value()));
  kind_.push_back(kinds_.number(std::string(without_prefix(source.name()))));
  const std::string own(trimmed(source.attribute("tectonicRegion").value()));
  region_.push_back(regions_.number(own.empty() ? group_region : own));
}

void PackedSources::write(store::File& file, const std::string& group,
                          const std::vector<SourceExtent>& extents) const {
  std::vector<SourceExtent> all = extents;
  all.resize(size(), {whole_earth()});
  const std::vector<std::uint32_t> order = order_of(all);
  std::vector<StoredChunk> chunks;
  StoredChunk next{};
  for (std::size_t first = 0; first < size(); first += sources_per_chunk) {
    const auto own = std::span(order).subspan(first, std::min(sources_per_chunk, size() - first));
    const rupture::BoundingSphere sphere = sphere_of(own, all);
    next.x_km = sphere.centre.x;
    next.y_km = sphere.centre.y;
    next.z_km = sphere.centre.z;
    next.radius_km = sphere.radius_km;
    next.is_dependent =
        std::ranges::any_of(own, [&](std::uint32_t s) { return all[s].is_dependent; }) ? 1 : 0;
    chunks.push_back(next);
    for (const std::uint32_t s : own) {
      ++next.row;
      next.numbers += starts_[s + 1].numbers - starts_[s].numbers;
      next.counts += starts_[s + 1].counts - starts_[s].counts;
      next.bytes += starts_[s + 1].bytes - starts_[s].bytes;
    }
  }
  chunks.push_back({next.row, next.numbers, next.counts, next.bytes, 0, 0, 0, 0, 0});
  store::write_array(file, group + "/chunks", to_table(std::span<const StoredChunk>(chunks)));
  write_headers(file, group);
  write_values(file, group, order);
}

void PackedSources::write_headers(store::File& file, const std::string& group) const {
  std::size_t longest = 1;
  for (const std::string& id : ids_) longest = std::max(longest, id.size());
  core::RowType row;
  row.add("id", core::Scalar::bytes, "", longest);
  row.add("kind", core::Scalar::u16).add("region", core::Scalar::u16);
  core::Array headers(row, {size()});
  headers.set_column("id", ids_);
  headers.set_column<std::uint16_t>("kind", kind_);
  headers.set_column<std::uint16_t>("region", region_);
  store::TableWriter table = make_table(file, group + "/headers", row);
  table.append(headers);
  table.finish();
  store::write_array(file, group + "/kinds", texts_array(kinds_.texts()));
  store::write_array(file, group + "/regions", texts_array(regions_.texts()));
}

void PackedSources::write_values(store::File& file, const std::string& group,
                                 const std::vector<std::uint32_t>& order) const {
  using core::RowType;
  using core::Scalar;
  store::TableWriter rows = make_table(file, group + "/rows",
                                       row_type_of(std::type_identity<StoredSourceRow>{})),
                     numbers = make_table(file, group + "/numbers", RowType::plain(Scalar::f64)),
                     counts = make_table(file, group + "/counts", RowType::plain(Scalar::u32)),
                     bytes = make_table(file, group + "/bytes", RowType::plain(Scalar::u8));
  for (const std::uint32_t s : order) {
    const Start &from = starts_[s], &to = starts_[s + 1];
    const StoredSourceRow row{s, shape_[s], static_cast<std::uint32_t>(to.numbers - from.numbers),
                              static_cast<std::uint32_t>(to.counts - from.counts),
                              static_cast<std::uint32_t>(to.bytes - from.bytes)};
    rows.append(std::as_bytes(std::span(&row, 1)));
    numbers.append(part_of(values_.numbers, from.numbers, to.numbers));
    counts.append(part_of(values_.counts, from.counts, to.counts));
    bytes.append(part_of(values_.bytes, from.bytes, to.bytes));
  }
  for (store::TableWriter* table : {&rows, &numbers, &counts, &bytes}) table->finish();
}

}  // namespace shakefield::job
