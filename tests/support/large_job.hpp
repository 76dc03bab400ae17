// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>

/// A classical job of so many sources that its model file has several chunks of them.
namespace test_jobs {

inline constexpr std::size_t points_across = 90, sites_across = 12;

inline std::string large_source_model() {
  std::string text =
      "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><sourceModel>"
      "<sourceGroup tectonicRegion=\"Active Shallow Crust\">";
  for (std::size_t i = 0; i < points_across * points_across; ++i)
    text += fmt::format(
        "<pointSource id=\"p{}\" name=\"\"><pointGeometry><Point><pos>{} {}</pos></Point>"
        "<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>20</lowerSeismoDepth>"
        "</pointGeometry><magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1</ruptAspectRatio>"
        "<truncGutenbergRichterMFD aValue=\"1\" bValue=\"1\" minMag=\"5\" maxMag=\"{}\"/>"
        "<nodalPlaneDist><nodalPlane probability=\"0.5\" strike=\"0\" dip=\"90\" rake=\"0\"/>"
        "<nodalPlane probability=\"0.5\" strike=\"90\" dip=\"90\" rake=\"0\"/></nodalPlaneDist>"
        "<hypoDepthDist><hypoDepth probability=\"1\" depth=\"10\"/></hypoDepthDist></pointSource>",
        i, 0.25 * static_cast<double>(i % points_across),
        0.25 * static_cast<double>(i / points_across), 6 + 0.5 * static_cast<double>(i % 3));
  return text + "</sourceGroup></sourceModel></nrml>";
}

inline std::string sites_of_large_job() {
  std::string text;
  for (std::size_t i = 0; i < sites_across * sites_across; ++i)
    text += fmt::format("{},{}\n", 1.8 * static_cast<double>(i % sites_across),
                        1.8 * static_cast<double>(i / sites_across));
  return text;
}

/// Two paths, of which one alters all sources.
inline std::string tree_of_large_job() {
  const auto branches = [](const char* set, const char* type, const char* first,
                           const char* second) {
    std::string text =
        fmt::format("<logicTreeBranchSet branchSetID=\"{}\" uncertaintyType=\"{}\">", set, type);
    for (const char* value : {first, second})
      if (value)
        text += fmt::format(
            "<logicTreeBranch branchID=\"{}-{}\"><uncertaintyModel>{}</uncertaintyModel>"
            "<uncertaintyWeight>{}</uncertaintyWeight></logicTreeBranch>",
            set, value == first ? 1 : 2, value, second ? 0.5 : 1);
    return text + "</logicTreeBranchSet>";
  };
  return "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><logicTree logicTreeID=\"lt\">" +
         branches("files", "sourceModel", "sources.xml", nullptr) +
         branches("b", "bGRRelative", "0", "0.1") + "</logicTree></nrml>";
}

/// Writes job.ini and its inputs into a folder.
inline void write_large_job(const std::filesystem::path& folder) {
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(folder / name) << text;
  };
  write("sources.xml", large_source_model());
  write("sites.csv", sites_of_large_job());
  write("tree.xml", tree_of_large_job());
  write("job.ini",
        "[general]\ndescription = parts\ncalculation_mode = classical\nsites_csv = sites.csv\n"
        "reference_vs30_value = 600\nreference_depth_to_1pt0km_per_sec = 100\n"
        "reference_depth_to_2pt5km_per_sec = 2\nrupture_mesh_spacing = 5\n"
        "width_of_mfd_bin = 0.5\nsource_model_logic_tree_file = tree.xml\ngsim = SadighEtAl1997\n"
        "investigation_time = 50\ntruncation_level = 3\nmaximum_distance = 100\n"
        "intensity_measure_types_and_levels = {\"PGA\": [0.1, 0.2]}\n");
}

}  // namespace test_jobs
