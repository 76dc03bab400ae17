// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "rupture_geometry.hpp"

#include <fmt/format.h>

#include <cstring>

#include "put_bytes.hpp"
#include "rupture_bytes.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/rupture/multi_surface.hpp"

namespace shakefield::calc {
namespace {

using core::Attributes;
using core::RowType;
using core::Scalar;
using rupture::SurfaceKind;

constexpr std::string_view points_path = "/rupture_geometry/points",
                           index_path = "/rupture_geometry/index",
                           parts_path = "/rupture_geometry/parts";

RowType point_row() {
  RowType row;
  row.add("lon", Scalar::f64, "degrees")
      .add("lat", Scalar::f64, "degrees")
      .add("depth", Scalar::f64, "km");
  return row;
}

/// Where the nodes of a surface stand, and how they are laid out.
RowType& add_nodes(RowType& row) {
  return row.add("start", Scalar::u64)
      .add("stop", Scalar::u64)
      .add("rows", Scalar::u32)
      .add("cols", Scalar::u32)
      .add("kind", Scalar::u8);
}

RowType index_row() {
  RowType row;
  return add_nodes(row).add("first_part", Scalar::u64).add("parts", Scalar::u32);
}

RowType part_row() {
  RowType row;
  return add_nodes(row)
      .add("strike", Scalar::f64, "degrees")
      .add("dip", Scalar::f64, "degrees")
      .add("width", Scalar::f64, "km");
}

Attributes axis(const char* name) {
  return {{"axes", std::vector<std::string>{name}}};
}

void put_nodes(std::vector<std::byte>& row, const rupture::Surface& surface, std::uint64_t start,
               std::uint64_t stop) {
  const auto [rows, cols] = surface.shape();
  put(row, start);
  put(row, stop);
  put(row, static_cast<std::uint32_t>(rows));
  put(row, static_cast<std::uint32_t>(cols));
  put(row, static_cast<std::uint8_t>(surface.kind()));
}

/// Columns that say where surfaces stand.
struct NodesColumns {
  std::vector<std::int64_t> start, stop, rows, cols, kind;

  explicit NodesColumns(const core::Array& table)
      : start(table.column_i64("start")),
        stop(table.column_i64("stop")),
        rows(table.column_i64("rows")),
        cols(table.column_i64("cols")),
        kind(table.column_i64("kind")) {}
};

/// Columns of PlaneValues.
struct PlaneColumns {
  std::vector<double> strike, dip, width;

  explicit PlaneColumns(const core::Array& table)
      : strike(table.column_f64("strike")),
        dip(table.column_f64("dip")),
        width(table.column_f64("width")) {}
};

/// Nodes [first, first + size) of the file.
class Nodes {
 public:
  Nodes(const store::File& file, std::int64_t first, std::int64_t last)
      : file_(file), first_(first) {
    static_assert(sizeof(geo::Point) == 3 * sizeof(double));
    expect(first >= 0 && first <= last);
    const core::Array rows = store::read_rows(file, points_path, static_cast<std::uint64_t>(first),
                                              static_cast<std::uint64_t>(last - first));
    expect(rows.type().bytes == sizeof(geo::Point));
    nodes_.resize(rows.rows());
    if (!nodes_.empty()) std::memcpy(nodes_.data(), rows.data(), rows.size_bytes());
  }

  SurfacePtr surface(const NodesColumns& at, const PlaneColumns& planes, std::size_t i) const {
    const std::int64_t start = at.start[i] - first_, stop = at.stop[i] - first_;
    expect(start >= 0 && start < stop && stop <= static_cast<std::int64_t>(nodes_.size()) &&
           at.rows[i] * at.cols[i] == stop - start);
    std::vector<geo::Point> own(nodes_.begin() + start, nodes_.begin() + stop);
    SurfacePtr surface =
        surface_of_nodes(static_cast<SurfaceKind>(at.kind[i]), static_cast<std::size_t>(at.rows[i]),
                         static_cast<std::size_t>(at.cols[i]), std::move(own),
                         {planes.strike[i], planes.dip[i], planes.width[i]});
    expect(surface != nullptr);
    return surface;
  }

  void expect(bool condition) const {
    core::validate(condition, core::ErrorKind::data,
                   "the tables of /rupture_geometry contradict each other (the file is damaged), "
                   "make it anew",
                   {file_.path().string()});
  }

 private:
  const store::File& file_;
  std::int64_t first_;
  std::vector<geo::Point> nodes_;
};

}  // namespace

GeometryBytes geometry_bytes() {
  return {index_row().bytes, point_row().bytes};
}

GeometryWriter::GeometryWriter(store::File& file, std::size_t chunk_bytes, store::Start start,
                               const store::CodecChoice& codec)
    : points_(file, points_path, point_row(), axis("point"), chunk_bytes, start, codec),
      index_(file, index_path, index_row(), axis("rupture"), chunk_bytes, start, codec),
      parts_(file, parts_path, part_row(), axis("part"), chunk_bytes, start, codec) {}

void GeometryWriter::add(std::span<const RuptureEvents> section) {
  std::vector<std::byte> points, index, parts;
  std::uint64_t next_point = points_.size(), next_part = parts_.size();
  for (const RuptureEvents& r : section) {
    const rupture::Surface& surface = *r.rupture.surface;
    const std::uint64_t first_point = next_point, first_part = next_part;
    const std::vector<geo::Point> nodes = surface.nodes();
    const auto bytes =
        std::as_bytes(std::span(nodes));  // Point is lon, lat, depth: the row as it is
    points.insert(points.end(), bytes.begin(), bytes.end());
    for (const SurfacePtr& part : surface.parts()) {
      const auto [rows, cols] = part->shape();
      put_nodes(parts, *part, next_point, next_point + rows * cols);
      next_point += rows * cols;
      const rupture::SurfaceParameters p = part->parameters();
      for (const double value : {p.strike_deg, p.dip_deg, p.width_km}) put(parts, value);
      ++next_part;
    }
    next_point = first_point + nodes.size();
    put_nodes(index, surface, first_point, next_point);
    put(index, first_part);
    put(index, static_cast<std::uint32_t>(next_part - first_part));
  }
  points_.append(points);
  index_.append(index);
  parts_.append(parts);
}

void GeometryWriter::checkpoint() {
  for (store::TableWriter* table : {&points_, &index_, &parts_}) table->checkpoint();
}

void GeometryWriter::finish() {
  for (store::TableWriter* table : {&points_, &index_, &parts_}) table->finish();
}

std::vector<SurfacePtr> read_surfaces(const store::File& file, std::uint64_t first,
                                      const core::Array& ruptures) {
  const std::size_t count = ruptures.rows();
  std::vector<SurfacePtr> surfaces;
  if (count == 0) return surfaces;
  const core::Array index = store::read_rows(file, index_path, first, count);
  const NodesColumns at(index);
  const PlaneColumns planes(ruptures);
  const Nodes nodes(file, at.start.front(), at.stop.back());
  constexpr auto multi = static_cast<std::int64_t>(SurfaceKind::multi);
  const bool knows_parts = index.type().has("first_part");
  std::vector<std::int64_t> first_part(count), num_parts(count);
  if (knows_parts) {
    first_part = index.column_i64("first_part");
    num_parts = index.column_i64("parts");
  }
  surfaces.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (at.kind[i] != multi) {
      surfaces.push_back(nodes.surface(at, planes, i));
      continue;
    }
    core::validate(knows_parts, core::ErrorKind::data,
                   fmt::format("rupture {} has a surface of several parts (a version before 1.1 of "
                               "the format did not keep them), make the file anew",
                               first + i),
                   {file.path().string()});
    nodes.expect(num_parts[i] > 0 && first_part[i] >= 0);
    const core::Array rows =
        store::read_rows(file, parts_path, static_cast<std::uint64_t>(first_part[i]),
                         static_cast<std::uint64_t>(num_parts[i]));
    const NodesColumns part_at(rows);
    const PlaneColumns part_planes(rows);
    std::vector<SurfacePtr> parts;
    for (std::size_t part = 0; part < rows.rows(); ++part)
      parts.push_back(nodes.surface(part_at, part_planes, part));
    surfaces.push_back(std::make_shared<rupture::MultiSurface>(std::move(parts)));
  }
  return surfaces;
}

}  // namespace shakefield::calc
