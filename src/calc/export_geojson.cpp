// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>

#include "export_hazard.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

void write_map(const Results& results, const HazardAxes& axes, std::size_t kind,
               const std::filesystem::path& path) {
  const SiteTable sites = results.sites();
  std::filesystem::path part = path;
  part += ".part";
  std::ofstream file(part);
  file << fmt::format(
      "{{\"type\": \"FeatureCollection\", \"kind\": \"{}\", \"investigation_time\": {},\n"
      "\"features\": [",
      axes.kinds[kind], shortest(results.header().investigation_time_yr));
  const char* separator = "\n";
  for_each_site(results, "/hazard/maps", [&](std::size_t site, std::span<const float> row) {
    file << separator
         << fmt::format(
                "{{\"type\": \"Feature\", \"geometry\": {{\"type\": \"Point\", \"coordinates\": "
                "[{:.5f}, {:.5f}]}}, \"properties\": {{\"site\": {}",
                sites.lon_deg[site], sites.lat_deg[site], site);
    for (std::size_t m = 0; m < axes.imts.size(); ++m)
      for (std::size_t p = 0; p < axes.poes.size(); ++p)
        file << fmt::format(", \"{}-{}\": {:.6e}", axes.imts[m], axes.poes[p],
                            row[(kind * axes.imts.size() + m) * axes.poes.size() + p]);
    file << "}}";
    separator = ",\n";
  });
  file << "\n]}\n";
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(part, path, error);
  core::validate(file && !error, core::ErrorKind::io,
                 "the file cannot be written (the disk may be full), choose another folder",
                 {path.string()});
}

}  // namespace

std::vector<std::filesystem::path> export_hmaps_geojson(const Results& results,
                                                        const std::filesystem::path& dir,
                                                        const ExportOptions&) {
  const HazardAxes axes(results);
  std::vector<std::filesystem::path> paths;
  for (const std::size_t k : exported_kinds(axes, true)) {
    paths.push_back(dir / (hazard_file_name("map", axes.kinds[k]) + ".geojson"));
    write_map(results, axes, k, paths.back());
  }
  return paths;
}

}  // namespace shakefield::calc
