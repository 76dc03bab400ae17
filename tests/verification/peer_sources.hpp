// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

#include "scratch_folder.hpp"

/// Source models of PEER 2018/03 that are long lists: written by the test, beside the jobs.
namespace peer_sources {

constexpr double degree = std::numbers::pi / 180, earth_km = 6371;

inline void write_model(const ScratchFolder& folder, const std::string& name,
                        const std::string& sources) {
  std::ofstream(folder / name)
      << "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\" "
         "xmlns:gml=\"http://www.opengis.net/gml\">\n<sourceModel name=\"PEER\" "
         "investigation_time=\"1\">"
         "<sourceGroup name=\"PEER\" tectonicRegion=\"Active Shallow Crust\">\n"
      << sources << "</sourceGroup></sourceModel></nrml>\n";
}

/// A rectangle of the vertical Fault 1, its corner `along_km` south of the northern end.
inline std::string fault1_rupture(double along_km, double top_km, double length_km, double width_km,
                                  double yearly_rate) {
  const auto corner = [&](const char* name, double along, double depth) {
    return fmt::format("<{} lon=\"-122\" lat=\"{:.9f}\" depth=\"{:.6f}\"/>", name,
                       38.2248 - along / earth_km / degree, depth);
  };
  const double far = along_km + length_km, bottom = top_km + width_km;
  const double p = -std::expm1(-yearly_rate);
  return fmt::format("<singlePlaneRupture probs_occur=\"{:.17g} {:.17g}\"><magnitude>6</magnitude>",
                     1 - p, p) +
         "<rake>0</rake>" + corner("hypocenter", along_km + length_km / 2, top_km + width_km / 2) +
         "<planarSurface>" + corner("topLeft", along_km, top_km) + corner("topRight", far, top_km) +
         corner("bottomLeft", along_km, bottom) + corner("bottomRight", far, bottom) +
         "</planarSurface></singlePlaneRupture>\n";
}

/// Set 1 Case 3: log10 of the area in km2 is normal about magnitude - 4 with a deviation of 0.25,
/// cut at two deviations; length twice the width, both limited by the fault.
inline void write_fault1_areas(const ScratchFolder& folder) {
  constexpr double rate = 0.016042517, fault_km = 0.2248 * degree * earth_km, fault_width_km = 12;
  constexpr double step_km = 0.1;
  constexpr int half = 10;  // 21 areas, as in the published curves
  const auto density = [](int i) { return std::exp(-0.5 * std::pow(2.0 * i / half, 2)); };
  double sum = 0;
  for (int i = -half; i <= half; ++i) sum += density(i);
  std::string text = "<nonParametricSeismicSource id=\"F1\" name=\"Fault 1\">\n";
  for (int i = -half; i <= half; ++i) {
    const double area_km2 = std::pow(10, 2 + 0.25 * 2 * i / half);
    const double width = std::min(std::sqrt(area_km2 / 2), fault_width_km);
    const double length = std::min(area_km2 / width, fault_km);
    const double free_along = fault_km - length, free_down = fault_width_km - width;
    const int along = std::max(1, static_cast<int>(free_along / step_km));
    const int down = std::max(1, static_cast<int>(free_down / step_km));
    for (int a = 0; a < along; ++a)
      for (int d = 0; d < down; ++d)
        text += fault1_rupture((a + 0.5) / along * free_along, (d + 0.5) / down * free_down, length,
                               width, rate * density(i) / sum / (along * down));
  }
  write_model(folder, "fault1_areas.xml", text + "</nonParametricSeismicSource>\n");
}

/// Set 2 Case 4b: Fault 5 in rows one rupture high, whose rates follow the depth of their middle: a
/// triangle that rises from 0 km to 10 km and falls to 30 km.
inline void write_fault5_triangle(const ScratchFolder& folder) {
  constexpr double rate = 0.040106292, fault_width_km = 30, peak_km = 10;
  constexpr int rows = 200;
  const double width = std::sqrt(50.0);  // 100 km2, twice as long as wide
  const auto top = [&](int row) { return (row + 0.5) / rows * (fault_width_km - width); };
  const auto density = [&](int row) {
    const double middle = top(row) + width / 2;
    return std::min(middle / peak_km, (fault_width_km - middle) / (fault_width_km - peak_km));
  };
  double sum = 0;
  for (int row = 0; row < rows; ++row) sum += density(row);
  std::string text;
  for (int row = 0; row < rows; ++row)
    text += fmt::format(
        "<simpleFaultSource id=\"{}\" name=\"Fault 5\"><simpleFaultGeometry><gml:LineString>"
        "<gml:posList>-65 0.1124 -65 -0.1124</gml:posList></gml:LineString><dip>90</dip>"
        "<upperSeismoDepth>{:.6f}</upperSeismoDepth><lowerSeismoDepth>{:.6f}</lowerSeismoDepth>"
        "</simpleFaultGeometry><magScaleRel>PeerMSR</magScaleRel>"
        "<ruptAspectRatio>2</ruptAspectRatio><incrementalMFD minMag=\"6\" binWidth=\"0.1\">"
        "<occurRates>{:.12g}</occurRates></incrementalMFD><rake>0</rake></simpleFaultSource>\n",
        row, top(row), top(row) + width, rate * density(row) / sum);
  write_model(folder, "fault5_triangle.xml", text);
}

/// Whether a place lies in a polygon of longitudes and latitudes in turn: even-odd rule.
inline bool contains(const std::vector<double>& border, double lon, double lat) {
  bool inside = false;
  for (std::size_t i = 0, j = border.size() - 2; i < border.size(); j = i, i += 2) {
    const double lon_i = border[i], lat_i = border[i + 1], lon_j = border[j], lat_j = border[j + 1];
    if ((lat_i > lat) != (lat_j > lat) &&
        lon < lon_i + (lat - lat_i) / (lat_j - lat_i) * (lon_j - lon_i))
      inside = !inside;
  }
  return inside;
}

/// The numbers of the first posList of a source model.
inline std::vector<double> read_border(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  const std::string tag = "<gml:posList>";
  std::istringstream numbers(text.str().substr(text.str().find(tag) + tag.size()));
  return {std::istream_iterator<double>(numbers), {}};
}

/// Set 1 Case 11: Area 1 at six depths. The published curves are of points at all multiples of 0.02
/// degrees, and near the border that counts.
inline void write_area1_volume(const ScratchFolder& folder, const std::filesystem::path& area1) {
  const std::vector<double> border = read_border(area1);
  std::string points;
  int count = 0;
  for (int lon = -6200; lon <= -6000; ++lon)
    for (int lat = 1800; lat <= 2000; ++lat) {
      if (!contains(border, 0.02 * lon, 0.02 * lat)) continue;
      points += fmt::format("{:.2f} {:.2f} ", 0.02 * lon, 0.02 * lat);
      ++count;
    }
  // 0.0395 earthquakes a year of magnitudes 5 to 6.5, b = 0.9; multi-point sources count for each.
  const double a_value = 3.116442934 - std::log10(count);
  write_model(
      folder, "area1_volume.xml",
      "<multiPointSource id=\"A1\" name=\"Area 1\"><multiPointGeometry><gml:posList>" + points +
          "</gml:posList><upperSeismoDepth>0</upperSeismoDepth>"
          "<lowerSeismoDepth>30</lowerSeismoDepth></multiPointGeometry>"
          "<magScaleRel>PointMSR</magScaleRel><ruptAspectRatio>1</ruptAspectRatio>"
          "<multiMFD kind=\"truncGutenbergRichterMFD\" size=\"" +
          std::to_string(count) + "\"><min_mag>5</min_mag><max_mag>6.5</max_mag>" +
          fmt::format("<a_val>{:.12g}</a_val>", a_value) +
          "<b_val>0.9</b_val></multiMFD><nodalPlaneDist><nodalPlane probability=\"1\" "
          "strike=\"0\" dip=\"90\" rake=\"0\"/></nodalPlaneDist><hypoDepthDist>"
          "<hypoDepth probability=\"0.1667\" depth=\"5\"/>"
          "<hypoDepth probability=\"0.1666\" depth=\"6\"/>"
          "<hypoDepth probability=\"0.1667\" depth=\"7\"/>"
          "<hypoDepth probability=\"0.1667\" depth=\"8\"/>"
          "<hypoDepth probability=\"0.1666\" depth=\"9\"/>"
          "<hypoDepth probability=\"0.1667\" depth=\"10\"/></hypoDepthDist></multiPointSource>\n");
}

}  // namespace peer_sources
