// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/job/job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "support.hpp"

namespace shakefield::job {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> names(const std::vector<core::Imt>& imts) {
  std::vector<std::string> texts;
  for (const core::Imt& imt : imts) texts.push_back(imt.name());
  return texts;
}

TEST(JobTest, ReadsEveryParameterOfAScenario) {
  const Job job = read(data_folder() / "scenario.ini");
  const Parameters& p = job.parameters;
  EXPECT_EQ(p.mode, Mode::scenario);
  EXPECT_EQ(p.ses_seed, 7u);
  EXPECT_THAT(names(p.imts), ElementsAre("PGV", "PGA", "SA(0.3)"));  // by period, file order kept
  EXPECT_THAT(p.levels.at(0), ElementsAre(1, 10, 100));
  EXPECT_THAT(p.levels.at(1), ElementsAre(1e-10, 0.1, 1));
  EXPECT_EQ(p.truncation_between, 2);
  EXPECT_EQ(p.truncation_within, 3);
  EXPECT_EQ(p.maximum_distance.km("Active", 6), 200);
  EXPECT_EQ(p.maximum_distance.km("Active", 4.9), 0);
  EXPECT_EQ(p.maximum_distance.km("Stable", 6), 250);
  EXPECT_EQ(p.maximum_distance.km("Volcanic", 8), 375);
  EXPECT_EQ(p.minimum_magnitude.at("Volcanic"), 5);
  EXPECT_EQ(p.minimum_magnitude.at("default"), 4);
  EXPECT_THAT(p.minimum_intensity, ElementsAre(0.1, 0.001, 0.001));
  EXPECT_EQ(p.extreme_gmv.at(1), 3);
  EXPECT_TRUE(std::isinf(p.extreme_gmv.at(0)));
  EXPECT_EQ(p.complex_fault_mesh_spacing_km, 2);
  EXPECT_EQ(p.number_of_ground_motion_fields, 10u);
  EXPECT_EQ(p.correlation_model, "JB2009");
  EXPECT_TRUE(p.vs30_clustering);
  ASSERT_TRUE(job.rupture);
  EXPECT_EQ(job.rupture->mag, 6.5);
  EXPECT_THAT(job.not_computed, ElementsAre("hazard_maps"));
  ASSERT_EQ(job.warnings.size(), 1u);
}

TEST(JobTest, SortsTheListOfSites) {
  const Job job = read(data_folder() / "scenario.ini");
  EXPECT_THAT(job.sites.points(),
              ElementsAre(geo::Point{10.0, 44.9, 0}, geo::Point{10.1, 45.2, 0.5},
                          geo::Point{10.3, 45.1, 0}));
  EXPECT_THAT(job.sites.parameters().vs30, ElementsAre(500, 500, 500));
  EXPECT_THAT(job.sites.parameters().vs30measured, ElementsAre(1, 1, 1));
  EXPECT_TRUE(job.sites.parameters().z2pt5.empty());
}

TEST(JobTest, MeansTheSameInIniAndYaml) {
  const Job ini = read(data_folder() / "scenario.ini"),
            yaml = read(data_folder() / "scenario.yaml");
  EXPECT_EQ(ini.resolved, yaml.resolved);
  EXPECT_EQ(ini.sites.keys(), yaml.sites.keys());
  EXPECT_EQ(ini.parameters.levels, yaml.parameters.levels);
  EXPECT_EQ(ini.parameters.minimum_intensity, yaml.parameters.minimum_intensity);
  EXPECT_EQ(ini.not_computed, yaml.not_computed);
}

TEST(JobTest, ResolvesOverridesAndDefaults) {
  const Job job =
      read(data_folder() / "scenario.ini", {{"truncation_level", "0.5"}, {"ses_seed", "99"}});
  EXPECT_THAT(job.resolved, HasSubstr("\nses_seed = 99\n"));
  EXPECT_THAT(job.resolved,
              HasSubstr("\ntruncation_level_between = 2\ntruncation_level_within = 0.5\n"));
  EXPECT_THAT(job.resolved, HasSubstr("\nrandom_seed = 42\n"));
  EXPECT_EQ(job.parameters.truncation_within, 0.5);
}

TEST(JobTest, PacksFieldsOnlyIfAskedTo) {
  const auto codec = [](const Overrides& overrides) {
    return read(data_folder() / "scenario.ini", overrides).parameters.gmf_codec;
  };
  EXPECT_EQ(codec({}), "none");
  EXPECT_EQ(codec({{"gmf_codec", "none"}}), "none");
  EXPECT_EQ(codec({{"gmf_codec", "zstd"}}), "zstd");
}

TEST(JobTest, PackedChunksHaveOneWriter) {
  const auto writer = [](const Overrides& overrides) {
    return read(data_folder() / "scenario.ini", overrides).parameters.gmf_writer;
  };
  EXPECT_EQ(writer({}), "single");
  EXPECT_EQ(writer({{"gmf_writer", "mpi_io"}}), "mpi_io");
  EXPECT_THROW(writer({{"gmf_writer", "mpi_io"}, {"gmf_codec", "zstd"}}), core::Error);
}

TEST(JobTest, ReadsSourcesOfEveryBranch) {
  const Job job = read(data_folder() / "event_based.ini");
  ASSERT_EQ(job.tree.source_paths.size(), 2u);
  EXPECT_EQ(job.tree.source_paths[0].branch_id, "b1");
  EXPECT_EQ(job.tree.source_paths[1].branch_id, "b2");
  // the file that both branches name is one model, read once
  ASSERT_EQ(job.source_models.size(), 2u);
  EXPECT_THAT(job.tree.source_paths[0].models, ElementsAre(0));
  EXPECT_THAT(job.tree.source_paths[1].models, ElementsAre(1, 0));
  const auto sources = path_sources(job);
  ASSERT_EQ(sources.size(), 4u);
  EXPECT_EQ(sources[3].source->id(), "a1");
  EXPECT_EQ(sources[3].source, sources[0].source);
  std::set<std::uint64_t> keys;
  for (const PathSource& row : sources) keys.insert(row.key);
  EXPECT_EQ(keys.size(), 4u);
  EXPECT_THAT(job.tree.regions, ElementsAre("Active Shallow Crust", "Stable"));
  ASSERT_EQ(job.tree.realizations.size(), 4u);
  EXPECT_EQ(job.tree.realizations[0].branch_path, "B~AA");
  EXPECT_EQ(job.tree.gmm_sets[0].branches[1].model.text(), "[BooreEtAl2014]\nregion = \"JPN\"");
}

TEST(JobTest, SamplesTheTree) {
  const Job job = read(data_folder() / "event_based.ini",
                       {{"number_of_logic_tree_samples", "20"}, {"random_seed", "3"}});
  EXPECT_EQ(job.tree.realizations.size(), 20u);
  EXPECT_EQ(job.source_models.size(), 2u);
  EXPECT_EQ(std::accumulate(job.tree.source_paths.begin(), job.tree.source_paths.end(), 0u,
                            [](unsigned sum, const auto& path) { return sum + path.samples; }),
            20u);
}

TEST(JobTest, TakesSiteParametersFromTheNearestPointOfTheModel) {
  const Job job = read(data_folder() / "event_based.ini");  // sites without a header are sorted
  EXPECT_THAT(job.sites.parameters().vs30, ElementsAre(400, 760, 600));
  EXPECT_THAT(job.sites.parameters().z1pt0, ElementsAre(100, 50, -999));
}

TEST(JobTest, TakesTheSitesOfASiteModelInFileOrder) {
  const Job job = read(data_folder() / "event_based.ini", {{"sites_csv", ""}});
  EXPECT_THAT(job.sites.parameters().vs30, ElementsAre(400, 600, 760));
  EXPECT_THAT(job.sites.custom_ids(), ElementsAre("here", "there", "near"));
}

TEST(JobTest, OverridesVs30) {
  const Job job = read(data_folder() / "event_based.ini", {{"override_vs30", "300"}});
  EXPECT_THAT(job.sites.parameters().vs30, ElementsAre(300, 300, 300));
}

TEST(JobTest, TakesOneModelForAllRegions) {
  const Job job = read(data_folder() / "event_based.ini",
                       {{"gsim_logic_tree_file", ""}, {"gsim", "BooreAtkinson2008"}});
  EXPECT_EQ(job.tree.realizations.size(), 2u);
  EXPECT_EQ(job.tree.realizations[0].branch_path, "B~AA");
}

TEST(JobTest, TakesASourceModelFileForOnePath) {
  const Job job = read(data_folder() / "event_based.ini",
                       {{"source_model_logic_tree_file", ""},
                        {"source_model_file", "trees/faults.xml trees/area.xml"}});
  ASSERT_EQ(job.tree.source_paths.size(), 1u);
  EXPECT_EQ(job.tree.source_paths[0].branch_id, "br0");
  EXPECT_EQ(path_sources(job).size(), 3u);
}

TEST(JobTest, TakesARuptureDictInYaml) {
  const BrokenJob job;
  ASSERT_TRUE(job.replace("scenario.yaml", "rupture_model_file: rupture_model.xml",
                          "rupture_dict: {lon: 10.1, lat: 45, dep: 8, mag: 6, rake: 90, dip: 45}"));
  const Job read_back = read(job / "scenario.yaml");
  EXPECT_EQ(read_back.rupture->mag, 6);
  EXPECT_NEAR(read_back.rupture->surface->parameters().dip_deg, 45, 1e-6);
}

TEST(JobTest, FillsARegionWithAGrid) {
  const Job job =
      read(data_folder() / "scenario.ini", {{"sites", ""},
                                            {"region", "10 45, 10 45.2, 10.2 45.2, 10.2 45"},
                                            {"region_grid_spacing", "10"}});
  EXPECT_GT(job.sites.size(), 4u);
  EXPECT_TRUE(std::ranges::is_sorted(
      job.sites.points(), {}, [](const geo::Point& p) { return std::pair(p.lon_deg, p.lat_deg); }));
}

TEST(ParameterReportTest, TellsWhatBecomesOfEachParameter) {
  const std::string report = parameter_report(read(data_folder() / "scenario.ini").given);
  EXPECT_THAT(report, HasSubstr("used    ses_seed"));
  EXPECT_THAT(report, HasSubstr("ignored concurrent_tasks"));
  EXPECT_THAT(report, HasSubstr("later   hazard_maps"));
}

TEST(CheckJobTest, TellsParametersOfAJobThatCannotBeRun) {
  InputFiles files;
  const CheckedJob checked =
      check_job(data_folder() / "scenario.ini", {{"postproc_func", "other.main"}}, files);
  EXPECT_FALSE(checked.job.has_value());
  ASSERT_TRUE(checked.error.has_value());
  EXPECT_EQ(checked.error->kind(), core::ErrorKind::unsupported);
  const std::string report = parameter_report(checked.given);
  EXPECT_THAT(report, HasSubstr("used        ses_seed"));
  EXPECT_THAT(report, HasSubstr("unsupported postproc_func"));
}

}  // namespace
}  // namespace shakefield::job
