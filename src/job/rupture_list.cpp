// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/job/rupture_list.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "csv.hpp"
#include "shakefield/core/units.hpp"
#include "shakefield/geo/point.hpp"
#include "shakefield/rupture/builders.hpp"
#include "shakefield/rupture/mesh_surface.hpp"
#include "shakefield/rupture/multi_surface.hpp"
#include "shakefield/rupture/planar_surface.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;
using rupture::SurfaceKind;
using SurfacePtr = std::shared_ptr<const rupture::Surface>;

/// The columns that the engine writes; `seed` and `multiplicity` change nothing.
enum Column { seed, mag, rake, lon, lat, dep, multiplicity, trt, kind, mesh, extra };
constexpr std::array<std::string_view, 11> column_names{
    "seed", "mag", "rake", "lon", "lat", "dep", "multiplicity", "trt", "kind", "mesh", "extra"};
constexpr std::size_t most_problems = 20;
constexpr double largest_magnitude = 11, deepest_km = 1000;

[[noreturn]] void fail(const std::string& message) {
  throw core::Error(ErrorKind::data, message);
}

/// Nodes of one part of a surface.
struct Part {
  std::size_t rows = 0, cols = 0;
  std::vector<geo::Point> nodes;
};

/// Reads the column `mesh`: a list of parts, each three tables (longitudes, latitudes, depths) of
/// rows of numbers. NaN stands for a node that is not there.
class MeshReader {
 public:
  explicit MeshReader(std::string_view text) : text_(text) {}

  std::vector<Part> read() {
    std::vector<Part> parts;
    each([&] { parts.push_back(part()); });
    if (!text_.empty()) fail("mesh goes on behind its end (one list is expected), correct it");
    if (parts.empty()) fail("mesh is empty (at least one surface is expected), correct it");
    return parts;
  }

 private:
  Part part() {
    Part p;
    std::size_t table = 0;
    each([&] {
      std::size_t row = 0, node = 0;
      each([&] {
        std::size_t col = 0;
        each([&] {
          put(p, table, node++, number());
          ++col;
        });
        if (table == 0 && row == 0) p.cols = col;
        expect(col == p.cols);
        ++row;
      });
      if (table == 0) p.rows = row;
      expect(row == p.rows && table < 3);
      ++table;
    });
    expect(table == 3 && !p.nodes.empty());
    return p;
  }
  static void put(Part& p, std::size_t table, std::size_t node, double x) {
    if (table == 0) p.nodes.emplace_back();
    expect(node < p.nodes.size());
    const double limit = table == 0 ? 180 : table == 1 ? 90 : deepest_km;
    if (std::abs(x) > limit)
      fail(fmt::format("mesh has a {} of {} (allowed: [-{}, {}]), correct it",
                       table == 0   ? "longitude"
                       : table == 1 ? "latitude"
                                    : "depth",
                       x, limit, limit));
    (table == 0   ? p.nodes[node].lon_deg
     : table == 1 ? p.nodes[node].lat_deg
                  : p.nodes[node].depth_km) = x;
  }
  static void expect(bool condition) {
    if (!condition)
      fail(
          "mesh is no list of [longitudes, latitudes, depths] with as many rows and columns of "
          "each, correct it");
  }

  /// Visits the items of a list.
  template <class Item>
  void each(const Item& item) {
    take('[');
    if (accept(']')) return;
    do item();
    while (accept(','));
    take(']');
  }
  double number() {
    skip_blanks();
    const std::string_view word =
        text_.substr(0, std::min(text_.find_first_of(",[] "), text_.size()));
    double x = 0;
    if (!parse_number(word, x) || std::isinf(x))
      fail(fmt::format("mesh has '{}' (a number is expected), correct it", word.substr(0, 20)));
    text_.remove_prefix(word.size());
    return x;
  }
  void skip_blanks() {
    text_.remove_prefix(std::min(text_.find_first_not_of(" \t"), text_.size()));
  }
  bool accept(char c) {
    skip_blanks();
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  void take(char c) {
    if (!accept(c))
      fail(fmt::format("mesh has {} ('{}' is expected), correct it",
                       text_.empty() ? std::string("its end too early")
                                     : fmt::format("'{}'", text_.substr(0, 20)),
                       c));
  }

  std::string_view text_;
};

bool is_missing(const geo::Point& p) {
  return std::isnan(p.lon_deg) || std::isnan(p.lat_deg) || std::isnan(p.depth_km);
}

/// Not PlanarSurface::from_corners: five decimals of a degree leave small planes as no rectangles.
SurfacePtr planar(const Part& p) {
  if (p.rows != 1 || p.cols != 4)
    fail(
        fmt::format("mesh of a plane is {} x {} (1 x 4 corners are expected: top left, top right, "
                    "bottom left, bottom right), correct it",
                    p.rows, p.cols));
  if (std::ranges::any_of(p.nodes, is_missing))
    fail("mesh has no number at a corner of a plane (kites only may lack nodes), correct it");
  const rupture::PlanarCorners corners{p.nodes[0], p.nodes[1], p.nodes[2], p.nodes[3]};
  const double height_km = corners.bottom_left.depth_km - corners.top_left.depth_km;
  const double width_km = geo::distance_km(corners.top_left, corners.bottom_left);
  if (!(height_km > 0))
    fail(fmt::format("a plane reaches from {} to {} km (its bottom must lie deeper), correct mesh",
                     corners.top_left.depth_km, corners.bottom_left.depth_km));
  if (!(geo::distance_km(corners.top_left, corners.top_right) > 0))
    fail("left and right corner of a plane are the same point (its length is 0), correct mesh");
  const double dip_deg = core::to_degrees(std::asin(std::min(1.0, height_km / width_km)));
  return std::make_shared<rupture::PlanarSurface>(
      corners, geo::azimuth_deg(corners.top_left, corners.top_right), dip_deg, width_km);
}

SurfacePtr meshed(Part part, SurfaceKind kind) {
  const bool may_miss = kind == SurfaceKind::kite;
  if (!may_miss && std::ranges::any_of(part.nodes, is_missing))
    fail("mesh has no number at a node (kites only may lack nodes), correct it");
  if (may_miss && std::ranges::all_of(part.nodes, is_missing))
    fail("mesh has no node (numbers are expected), correct it");
  if (kind == SurfaceKind::gridded) return rupture::make_gridded_surface(std::move(part.nodes));
  if (part.rows < 2 || part.cols < 2)
    fail(fmt::format("mesh of a fault is {} x {} nodes (2 x 2 at least), correct it", part.rows,
                     part.cols));
  return std::make_shared<rupture::MeshSurface>(
      geo::Mesh(part.rows, part.cols, std::move(part.nodes)), kind);
}

SurfacePtr surface_of(std::string_view name, std::vector<Part> parts) {
  if (name == "MultiSurface") {
    std::vector<SurfacePtr> surfaces;
    for (Part& part : parts)
      surfaces.push_back(part.rows == 1 ? planar(part)
                                        : meshed(std::move(part), SurfaceKind::kite));
    return std::make_shared<rupture::MultiSurface>(std::move(surfaces));
  }
  if (parts.size() > 1)
    fail(fmt::format("mesh has {} parts (a {} has one), correct mesh or kind", parts.size(), name));
  constexpr std::array<std::pair<std::string_view, SurfaceKind>, 4> meshes{
      {{"SimpleFaultSurface", SurfaceKind::simple_fault},
       {"ComplexFaultSurface", SurfaceKind::complex_fault},
       {"KiteSurface", SurfaceKind::kite},
       {"GriddedSurface", SurfaceKind::gridded}}};
  if (name == "PlanarSurface") return planar(parts.front());
  const auto* const found =
      std::ranges::find(meshes, name, &std::pair<std::string_view, SurfaceKind>::first);
  if (found == meshes.end())
    fail(
        fmt::format("kind names the surface '{}' (PlanarSurface, SimpleFaultSurface, "
                    "ComplexFaultSurface, KiteSurface, GriddedSurface, MultiSurface are "
                    "understood), correct it",
                    name));
  return meshed(std::move(parts.front()), found->second);
}

double number(const CsvRow& row, Column column, double low, double high) {
  const std::string_view text = row.fields[column];
  double x = 0;
  if (!parse_number(text, x) || !(x >= low && x <= high))
    fail(fmt::format("{} = {} (a number in [{}, {}] is expected), correct it", column_names[column],
                     text, low, high));
  return x;
}

/// The annual rate in the column `extra`; 0 if it gives none, or no number.
double rate_of(std::string_view text) {
  constexpr std::string_view key = "occurrence_rate";
  const auto at = text.find(key);
  if (at == std::string_view::npos) return 0;
  text.remove_prefix(at + key.size());
  text.remove_prefix(std::min(text.find_first_not_of("\": "), text.size()));
  double rate = 0;
  const bool is_number = parse_number(text.substr(0, text.find_first_of(",} ")), rate);
  return is_number && rate > 0 && std::isfinite(rate) ? rate : 0;
}

rupture::Rupture read_row(const CsvRow& row) {
  if (row.fields.size() != column_names.size())
    fail(fmt::format("the line has {} fields ({} are expected: {}), correct it", row.fields.size(),
                     column_names.size(), fmt::join(column_names, ", ")));
  rupture::Rupture r;
  r.mag = number(row, mag, 0, largest_magnitude);
  r.rake_deg = number(row, rake, -180, 180);
  r.hypocentre = {number(row, lon, -180, 180), number(row, lat, -90, 90),
                  number(row, dep, -10, deepest_km)};
  r.tectonic_region = row.fields[trt];
  if (r.tectonic_region.empty()) fail("trt is empty (a tectonic region is expected), give one");
  r.occurrence_rate = rate_of(row.fields[extra]);
  const std::vector<std::string> names = split_at_blanks(row.fields[kind]);
  if (names.size() != 2)
    fail(
        fmt::format("kind = '{}' (two names are expected, of the rupture and of its surface: "
                    "ParametricProbabilisticRupture PlanarSurface), correct it",
                    row.fields[kind]));
  r.surface = surface_of(names[1], MeshReader(row.fields[mesh]).read());
  return r;
}

/// Names in the list `trts=['…', …]` of the comment in the first line.
std::set<std::string> regions_of_comment(std::string_view text) {
  std::set<std::string> regions;
  std::string_view line = text.substr(0, text.find('\n'));
  const auto begin = line.find("trts=[");
  if (!line.starts_with('#') || begin == std::string_view::npos) return regions;
  line.remove_prefix(begin + 6);
  line = line.substr(0, line.find(']'));
  while (true) {
    const auto open = line.find_first_of("'\"");
    if (open == std::string_view::npos) return regions;
    const auto close = line.find(line[open], open + 1);
    if (close == std::string_view::npos) return regions;
    if (close > open + 1) regions.emplace(line.substr(open + 1, close - open - 1));
    line.remove_prefix(close + 1);
  }
}

}  // namespace

struct RuptureList::Rows {
  std::string text;
  std::vector<CsvRow> rows;  ///< their fields point into the text
  std::vector<std::string> regions;
  std::set<std::string> gridded_regions;
};

RuptureList::RuptureList(std::string text, const std::string& file, core::Problems& problems) {
  auto made = std::make_unique<Rows>();
  made->text = std::move(text);
  std::vector<CsvRow> lines = read_csv(made->text);
  std::set<std::string> regions = regions_of_comment(made->text);
  const bool has_header = !lines.empty() && std::ranges::equal(lines.front().fields, column_names);
  if (!has_header) {
    problems.add(ErrorKind::data,
                 fmt::format("the file is no list of ruptures (its columns must be {}), export one "
                             "with `shakefield export OUT.h5 rupture-model`",
                             fmt::join(column_names, ",")),
                 {file, lines.empty() ? 0 : lines.front().line});
    lines.clear();
  } else if (lines.size() == 1) {
    problems.add(ErrorKind::data, "the file lists no rupture (one at least is expected), add lines",
                 {file, 0});
  }
  std::size_t found = 0, repeated = 0;
  for (std::size_t i = 1; i < lines.size() && found < most_problems; ++i) {
    try {
      const rupture::Rupture r = read_row(lines[i]);
      regions.insert(r.tectonic_region);
      if (r.surface->kind() == SurfaceKind::gridded)
        made->gridded_regions.insert(r.tectonic_region);
      repeated += lines[i].fields[multiplicity] != "1";
      made->rows.push_back(std::move(lines[i]));
    } catch (const core::Error& e) {
      ++found;
      problems.add(ErrorKind::data, e.problems().front().message, {file, lines[i].line});
    }
  }
  if (found == most_problems)
    problems.add(ErrorKind::data, "reading stopped after 20 problems in this file", {file, 0});
  if (repeated > 0)
    problems.warn(
        fmt::format("the column multiplicity is passed over, as the engine does ({} of {} "
                    "ruptures have another one than 1); for all events of an event set "
                    "of ours use `shakefield run --ruptures OUT.h5`",
                    repeated, made->rows.size()),
        {file, 0});
  made->regions.assign(regions.begin(), regions.end());
  rows_ = std::move(made);
}

RuptureList::~RuptureList() = default;

std::size_t RuptureList::size() const {
  return rows_->rows.size();
}

rupture::Rupture RuptureList::rupture(std::size_t row) const {
  return read_row(rows_->rows[row]);
}

const std::vector<std::string>& RuptureList::regions() const {
  return rows_->regions;
}

const std::set<std::string>& RuptureList::gridded_regions() const {
  return rows_->gridded_regions;
}

}  // namespace shakefield::job
