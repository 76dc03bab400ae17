// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "export_kinds.hpp"
#include "rupture_geometry.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

using rupture::SurfaceKind;

constexpr std::uint64_t ruptures_per_block = 1024;

/// The engine's names of kinds of surface, by the number of SurfaceKind.
std::string_view surface_name(SurfaceKind kind) {
  switch (kind) {
    case SurfaceKind::planar:
      return "PlanarSurface";
    case SurfaceKind::simple_fault:
      return "SimpleFaultSurface";
    case SurfaceKind::complex_fault:
      return "ComplexFaultSurface";
    case SurfaceKind::gridded:
      return "GriddedSurface";
    case SurfaceKind::kite:
      return "KiteSurface";
    case SurfaceKind::multi:
      return "MultiSurface";
  }
  return "";
}

/// A coordinate with five decimals at most, as the engine rounds them.
std::string rounded_text(double x) {
  constexpr double decimals = 1e5;
  return std::isnan(x) ? "NaN" : shortest(std::nearbyint(x * decimals) / decimals);
}

/// Tables of longitudes, latitudes and depths of a surface that has no parts: its rows of nodes; in
/// one row the corners of planes, and the nodes of gridded surfaces.
std::string part_text(const rupture::Surface& surface) {
  const std::vector<geo::Point> nodes = surface.nodes();
  const bool is_one_row =
      surface.kind() == SurfaceKind::planar || surface.kind() == SurfaceKind::gridded;
  const std::size_t cols = is_one_row ? nodes.size() : surface.shape().second;
  std::string text = "[";
  for (double geo::Point::*column :
       {&geo::Point::lon_deg, &geo::Point::lat_deg, &geo::Point::depth_km}) {
    text += text.size() > 1 ? ", [" : "[";
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (i % cols == 0) text += i > 0 ? "], [" : "[";
      if (i % cols > 0) text += ", ";
      text += rounded_text(nodes[i].*column);
    }
    text += "]]";
  }
  return text + "]";
}

std::string mesh_text(const rupture::Surface& surface) {
  if (surface.parts().empty()) return fmt::format("[{}]", part_text(surface));
  std::string text;
  for (const SurfacePtr& part : surface.parts())
    text += (text.empty() ? "[" : ", ") + part_text(*part);
  return text + "]";
}

/// A list of texts as Python writes it.
std::string list_text(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    const char quote = name.find('\'') == std::string::npos ? '\'' : '"';
    text += fmt::format("{}{}{}{}", text.empty() ? "" : ", ", quote, name, quote);
  }
  return "[" + text + "]";
}

}  // namespace

void export_rupture_model(const Results& results, const std::filesystem::path& path,
                          const ExportOptions&) {
  constexpr std::string_view table = "/ruptures";
  constexpr int digits = 6;
  const std::vector<std::string> regions = results.regions(table);
  const auto ses_seed = static_cast<std::uint64_t>(results.header().ses_seed);
  CsvFile csv(path);
  // The engine reads the regions from this line, so that it is written with --plain, too.
  csv.cell("#");
  for (int i = 0; i < 9; ++i) csv.cell("");
  csv.text(fmt::format("trts={}, ses_seed={}", list_text(regions), ses_seed));
  csv.end_line();
  for (const char* column :
       {"seed", "mag", "rake", "lon", "lat", "dep", "multiplicity", "trt", "kind", "mesh", "extra"})
    csv.text(column);
  csv.end_line();

  const std::uint64_t count = results.num_rows(table);
  for (std::uint64_t first = 0; first < count; first += ruptures_per_block) {
    const core::Array rows =
        store::read_rows(results.file(), table, first, std::min(ruptures_per_block, count - first));
    const auto region = rows.column_i64("region"), occurrences = rows.column_i64("occurrences");
    const auto mag = rows.column_f64("mag"), rake = rows.column_f64("rake"),
               lon = rows.column_f64("hypo_lon"), lat = rows.column_f64("hypo_lat"),
               depth = rows.column_f64("hypo_depth"), rate = rows.column_f64("occurrence_rate");
    const std::vector<SurfacePtr> surfaces = read_surfaces(results.file(), first, rows);
    for (std::size_t i = 0; i < surfaces.size(); ++i) {
      // The engine's seeds of ruptures have 32 bits.
      csv.integer(static_cast<std::uint32_t>(ses_seed + first + i));
      csv.scientific(mag[i], digits).scientific(rake[i], digits);
      csv.fixed5(lon[i]).fixed5(lat[i]).scientific(depth[i], digits).integer(occurrences[i]);
      csv.text(region_name(regions, region[i], results));
      csv.text(fmt::format("ParametricProbabilisticRupture {}", surface_name(surfaces[i]->kind())));
      csv.text(mesh_text(*surfaces[i]));
      csv.text(fmt::format("{{\"occurrence_rate\": {}}}", rate[i] > 0 ? shortest(rate[i]) : "NaN"));
      csv.end_line();
    }
  }
  csv.finish();
}

}  // namespace shakefield::calc
