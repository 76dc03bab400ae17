// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/job/schema.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "settings.hpp"
#include "support.hpp"

namespace shakefield::job {
namespace {

TEST(SchemaTest, NamesEveryParameterOnce) {
  std::set<std::string_view> names;
  for (const ParameterInfo& p : schema()) {
    EXPECT_TRUE(names.insert(p.name).second) << p.name;
    EXPECT_EQ(lowered(p.name), p.name);
    EXPECT_TRUE(p.text.ends_with('.')) << p.name;
    EXPECT_EQ(find_parameter(p.name), &p);
  }
  EXPECT_EQ(find_parameter("no_such_parameter"), nullptr);
}

TEST(SchemaTest, KnowsTheTypesAndItsDefaultsFitThem) {
  for (const ParameterInfo& p : schema()) {
    if (p.default_ == "required" || p.default_ == "none" || p.default_.empty()) continue;
    EXPECT_NO_THROW(typed_value(p, std::string(p.default_))) << p.name;
  }
}

TEST(SchemaTest, KnowsTheParametersOfThePeersDemos) {
  // Keys of all job.ini files of the OpenQuake engine's hazard demos.
  for (const char* name : {"calculation_mode",
                           "description",
                           "truncation_level",
                           "maximum_distance",
                           "reference_vs30_value",
                           "reference_vs30_type",
                           "reference_depth_to_1pt0km_per_sec",
                           "reference_depth_to_2pt5km_per_sec",
                           "width_of_mfd_bin",
                           "source_model_logic_tree_file",
                           "number_of_logic_tree_samples",
                           "investigation_time",
                           "intensity_measure_types_and_levels",
                           "gsim_logic_tree_file",
                           "poes",
                           "rupture_mesh_spacing",
                           "random_seed",
                           "area_source_discretization",
                           "hazard_maps",
                           "region_grid_spacing",
                           "region",
                           "uniform_hazard_spectra",
                           "sites",
                           "quantiles",
                           "ses_seed",
                           "pointsource_distance",
                           "number_of_ground_motion_fields",
                           "intensity_measure_types",
                           "individual_rlzs",
                           "gsim",
                           "ground_motion_correlation_params",
                           "ground_motion_correlation_model",
                           "complex_fault_mesh_spacing",
                           "rupture_model_file",
                           "mean",
                           "split_sources",
                           "site_model_csv",
                           "ses_per_logic_tree_path",
                           "sampling_method",
                           "rupture_dict",
                           "ps_grid_spacing",
                           "postproc_func",
                           "poes_disagg",
                           "num_epsilon_bins",
                           "minimum_magnitude",
                           "minimum_intensity",
                           "max",
                           "mag_bin_width",
                           "hazard_curves_from_gmfs",
                           "ground_motion_fields",
                           "distance_bin_width",
                           "disagg_by_src",
                           "coordinate_bin_width",
                           "concurrent_tasks"})
    EXPECT_NE(find_parameter(name), nullptr) << name;
}

TEST(SchemaTest, MakesTheManualPageOfTheProject) {
  std::ifstream file(data_folder() / "../../../../docs/parameters.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(page, manual_page()) << "docs/parameters.md is old: write manual_page() into it";
}

}  // namespace
}  // namespace shakefield::job
