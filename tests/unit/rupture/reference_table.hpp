// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

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
