// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "shakefield/geo/point.hpp"
#include "shakefield/rupture/rupture.hpp"

namespace shakefield::test {

/// A CSV table with one header line; lines that start with # are skipped.
class ReferenceTable {
 public:
  explicit ReferenceTable(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::string line;
    while (std::getline(in, line)) {
      if (line.empty() || line[0] == '#') continue;
      std::vector<std::string> fields;
      std::stringstream stream(line);
      for (std::string field; std::getline(stream, field, ',');) fields.push_back(field);
      if (columns_.empty())
        for (std::size_t i = 0; i < fields.size(); ++i) columns_[fields[i]] = i;
      else
        rows_.push_back(std::move(fields));
    }
  }

  std::size_t size() const { return rows_.size(); }
  const std::string& text(std::size_t row, const std::string& column) const {
    return rows_[row].at(columns_.at(column));
  }
  double operator()(std::size_t row, const std::string& column) const {
    return std::stod(text(row, column));
  }

 private:
  std::map<std::string, std::size_t> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// The shared folder with reference data and cases, if SHAKEFIELD_REFERENCE_DIR names it.
inline std::optional<std::filesystem::path> reference_dir() {
  const char* dir = std::getenv("SHAKEFIELD_REFERENCE_DIR");
  if (dir == nullptr || *dir == 0) return std::nullopt;
  return std::filesystem::path(dir);
}

#define SHAKEFIELD_REQUIRE_REFERENCE()      \
  if (!::shakefield::test::reference_dir()) \
  GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set (it names the folder of reference data)"

/// Tolerance of distances against the peer, whose own ones are rounded to single precision: 1e-3
/// relative + 0.01 km.
inline double distance_tolerance(double km) {
  return 0.01 + 1e-3 * std::abs(km);
}

/// All distances of a rupture or surface to a list of sites, as plain vectors.
struct DistanceTable {
  std::vector<double> r_rup, r_jb, r_x, r_y0, r_hypo, r_epi, azimuth;

  DistanceTable(const rupture::Rupture& rupture, const std::vector<geo::Point>& sites,
                rupture::DistanceSet wanted = 127) {
    const geo::Points points(sites);
    const std::size_t padded = points.view().x.size();
    for (auto* column : {&r_rup, &r_jb, &r_x, &r_y0, &r_hypo, &r_epi, &azimuth})
      column->resize(padded);
    rupture::distances(rupture, points.view(), wanted,
                       {r_rup, r_jb, r_x, r_y0, r_hypo, r_epi, azimuth});
    for (auto* column : {&r_rup, &r_jb, &r_x, &r_y0, &r_hypo, &r_epi, &azimuth})
      column->resize(sites.size());
  }
};

/// The three sites in the first line of a table of reference/ruptures: "# sites (lon lat): x y; x
/// y; x y; rupture_mesh_spacing ...".
inline std::vector<geo::Point> sites_of(const std::filesystem::path& table) {
  std::ifstream in(table);
  std::string line;
  std::getline(in, line);
  std::stringstream stream(line.substr(line.find(':') + 1));
  std::vector<geo::Point> sites(3);
  char semicolon = 0;
  for (geo::Point& site : sites) stream >> site.lon_deg >> site.lat_deg >> semicolon;
  return sites;
}

/// Compares a rupture with a row of a table of reference/ruptures. The peer measures the width of
/// planes between their corners, which lie closer together at depth: hence `width_tolerance`,
/// relative.
inline void expect_same_rupture(const rupture::Rupture& rupture, const ReferenceTable& t,
                                std::size_t row, const std::vector<geo::Point>& sites,
                                double width_tolerance) {
  EXPECT_NEAR(rupture.mag, t(row, "mag"), 1e-4);
  EXPECT_NEAR(rupture.occurrence_rate / t(row, "occurrence_rate"), 1, 1e-7);
  EXPECT_EQ(rupture.rake_deg, t(row, "rake"));
  EXPECT_NEAR(rupture.hypocentre.lon_deg, t(row, "hypo_lon"), 1.1e-6);
  EXPECT_NEAR(rupture.hypocentre.lat_deg, t(row, "hypo_lat"), 1.1e-6);
  EXPECT_NEAR(rupture.hypocentre.depth_km, t(row, "hypo_depth"), 1.1e-4);
  const rupture::SurfaceParameters p = rupture.surface->parameters();
  EXPECT_NEAR(p.strike_deg, t(row, "strike"), 2e-4);
  EXPECT_NEAR(p.dip_deg, t(row, "dip"), 2e-4);
  EXPECT_NEAR(p.ztor_km, t(row, "ztor"), 1e-3);
  EXPECT_NEAR(p.width_km, t(row, "width"), width_tolerance * t(row, "width"));
  const DistanceTable d(rupture, sites);
  for (std::size_t s = 0; s < sites.size(); ++s) {
    const auto expect_near = [&](double ours, const std::string& column) {
      const double peer = t(row, column + std::to_string(s));
      EXPECT_NEAR(ours, peer, distance_tolerance(peer)) << column << s;
    };
    expect_near(d.r_rup[s], "rrup_");
    expect_near(d.r_jb[s], "rjb_");
    expect_near(d.r_x[s], "rx_");
    expect_near(d.r_y0[s], "ry0_");
  }
}

/// The nearest points of a surface are where r_rup says.
inline void expect_nearest_points(const rupture::Surface& surface,
                                  const std::vector<geo::Point>& sites) {
  const geo::Points columns{std::span(sites)};
  const geo::PointsView view = columns.view();
  std::vector<geo::Point> nearest(sites.size());
  surface.nearest_points(view, nearest);
  std::vector<double> r_rup(view.x.size());
  rupture::DistanceColumns out;
  out.r_rup = r_rup;
  surface.distances(view, static_cast<rupture::DistanceSet>(rupture::Distance::r_rup), out);
  for (std::size_t i = 0; i < sites.size(); ++i)
    EXPECT_NEAR(geo::chord_km(sites[i], nearest[i]), r_rup[i], 1e-5) << i;
}

}  // namespace shakefield::test
