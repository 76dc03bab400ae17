// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace shakefield::job {
namespace {

/// A fixture that is broken in one place, and what must be said of it.
struct BadInput {
  const char* job;
  const char* file;
  const char* from;
  const char* to;
  int status;
  const char* message;  ///< part of the text, with file and line where there is one
};

// clang-format off
const BadInput bad_inputs[] = {
    // parameters
    {"scenario.ini", "scenario.ini", "maximum_distance", "maximum_distanse", 2, "unknown parameter 'maximum_distanse' (nearest known name: maximum_distance)"},
    {"scenario.yaml", "scenario.yaml", "ses_seed", "sess_seed", 2, "scenario.yaml:5: unknown parameter 'sess_seed'"},
    {"scenario.ini", "scenario.ini", "truncation_level = 3", "truncation_level = three", 2, "scenario.ini:22: truncation_level = 'three' is no number"},
    {"scenario.ini", "scenario.ini", "truncation_level = 3", "truncation_level = nan", 2, "truncation_level = nan is out of range (allowed: finite, >= 0)"},
    {"scenario.ini", "scenario.ini", "truncation_level = 3", "truncation_level =", 2, "truncation_level is empty"},
    {"scenario.ini", "scenario.ini", "fields = 10", "fields = 0", 2, "number_of_ground_motion_fields = 0 is out of range (allowed: >= 1)"},
    {"scenario.ini", "scenario.ini", "fields = 10", "fields = 2.5", 2, "no whole number"},
    {"scenario.ini", "scenario.ini", "number_of_ground_motion_fields = 10", "", 2, "number_of_ground_motion_fields is missing (calculation_mode = scenario needs it)"},
    {"scenario.ini", "scenario.ini", "calculation_mode = scenario", "calculation_mode = scenaro", 2, "calculation_mode = 'scenaro' is not known"},
    {"scenario.ini", "scenario.ini", "calculation_mode = scenario", "calculation_mode = preclassical", 3, "calculation_mode = preclassical is not offered"},
    {"scenario.ini", "scenario.ini", "calculation_mode = scenario", "calculation_mode = ebrisk", 3, "calculation_mode = ebrisk is not offered"},
    {"scenario.ini", "scenario.ini", "hazard_maps = true", "hazard_maps = maybe", 2, "neither true nor false"},
    {"scenario.ini", "scenario.ini", "hazard_maps = true", "maximum_rupture_depth = 5", 3, "maximum_rupture_depth = 5 is not offered"},
    {"scenario.ini", "scenario.ini", "[5, 100], [7, 300]", "[7, 100], [5, 300]", 2, "magnitude 5 is not above the one before it"},
    {"scenario.ini", "scenario.ini", "\"default\": [[5, 100], [7, 300]], ", "", 2, "says nothing of the tectonic region '*'"},
    {"scenario.ini", "scenario.ini", "\"Volcanic\": \"magdist\"}", "\"Volcanic\": \"magdist\"", 2, "the value ends too early"},
    {"scenario.ini", "scenario.ini", "ses_seed = 7", "ses_seed = 7\nses_seed = 8", 2, "scenario.ini:6: 'ses_seed' is given twice (first in line 5)"},
    {"scenario.ini", "scenario.ini", "[general]", "general", 2, "scenario.ini:2: 'general' is no line of a job.ini"},
    {"scenario.yaml", "scenario.yaml", "PGV: [1, 10, 100]", "PGV: [1, 10, 100", 2, "this is not YAML"},
    {"scenario.yaml", "scenario.yaml", "\nhazard_maps: true", "\nhazard_maps: true\nhazard_maps: false", 2, "'hazard_maps' is given twice"},
    // intensity measures and models
    {"scenario.ini", "scenario.ini", "\"PGV\": [1, 10, 100]", "\"PGW\": [1, 10, 100]", 2, "unknown intensity measure type 'PGW'"},
    {"scenario.ini", "scenario.ini", "\"PGV\": [1, 10, 100]", "\"PGV\": [1, 10]", 2, "the numbers must be equal"},
    {"scenario.ini", "scenario.ini", "\"PGV\": [1, 10, 100]", "\"PGV\": [1, 1, 100]", 2, "not ascending (1 after 1)"},
    {"scenario.ini", "scenario.ini", "\"PGV\": [1, 10, 100]", "\"SA(0.3)\": [1, 10, 100]", 2, "SA(0.3) is given twice"},
    {"scenario.ini", "scenario.ini", "\"PGV\": [1, 10, 100]", "\"MMI\": [1, 10, 100]", 2, "MMI"},
    {"scenario.ini", "scenario.ini", "BooreEtAl2014", "BoreEtAl2014", 3, "'BoreEtAl2014' is not available (nearest name: BooreEtAl2014)"},
    {"scenario.ini", "scenario.ini", "gsim = BooreEtAl2014", "gsim = [BooreEtAl2014]\n  nonsense = 3", 2, "nonsense"},
    {"scenario.ini", "scenario.ini", "gsim = BooreEtAl2014", "", 2, "gsim_logic_tree_file is missing (fields need ground-motion models)"},
    {"event_based.ini", "trees/gmms.xml", "[BooreEtAl2014]", "[BooreEtAl2041]", 3, "gmms.xml:9: ground-motion model 'BooreEtAl2041' is not available"},
    {"event_based.ini", "trees/gmms.xml", "TectonicRegionType=\"Stable\"", "TectonicRegionType=\"Other\"", 2, "no ground-motion models for the tectonic region 'Stable'"},
    {"event_based.ini", "event_based.ini", "truncation_level = 3", "truncation_level = 3\nmax_potential_paths = 3", 2, "the logic tree has 4 paths"},
    // correlation
    {"scenario.ini", "scenario.ini", "JB2009", "JB2010", 2, "ground_motion_correlation_model = JB2010 is not known"},
    {"scenario.ini", "scenario.ini", "JB2009", "HM2018", 3, "HM2018 is not offered yet"},
    {"scenario.ini", "scenario.ini", "{\"vs30_clustering\": True}", "", 2, "vs30_clustering is missing"},
    {"scenario.ini", "scenario.ini", "{\"vs30_clustering\": True}", "{\"clustering\": True}", 2, "JB2009 has no argument 'clustering'"},
    {"scenario.ini", "scenario.ini", "truncation_level = 3", "truncation_level = 0", 2, "correlated fields with a truncation of 0"},
    // sites
    {"scenario.ini", "scenario.ini", "sites = 10.3 45.1, 10.1 45.2 0.5,\n        10.0 44.9", "sites =", 2, "the job has no sites"},
    {"scenario.ini", "scenario.ini", "10.3 45.1,", "10.3 145.1,", 2, "(10.3, 145.1) is no place on the Earth"},
    {"scenario.ini", "scenario.ini", "10.3 45.1,", "10.3,", 2, "is no point"},
    {"scenario.ini", "scenario.ini", "10.3 45.1,", "10.0 44.9,", 2, "the site (10, 44.9) is given twice"},
    {"scenario.ini", "scenario.ini", "reference_vs30_value = 500", "", 2, "the sites have no vs30 (needed by BooreEtAl2014), give reference_vs30_value"},
    {"scenario.ini", "scenario.ini", "gsim = BooreEtAl2014", "gsim = CampbellBozorgnia2014", 2, "the sites have no z2pt5 (needed by CampbellBozorgnia2014), give reference_depth_to_2pt5km_per_sec"},
    {"scenario.ini", "scenario.ini", "per_sec = -999", "per_sec = -1", 2, "reference_depth_to_1pt0km_per_sec = -1 is out of range"},
    {"event_based.ini", "sites.csv", "10.0,45.0", "10.2,45.10000001", 2, "sites.csv:2: the site (10.2, 45.1) is given twice (first in"},
    {"event_based.ini", "sites.csv", "10.0,45.0", "10.0,nan", 2, "sites.csv:2: lat = 'nan' is no number"},
    {"event_based.ini", "sites.csv", "10.2,45.1\n10.0,45.0\n10.1,44.95\n", "", 2, "holds no site"},
    {"event_based.ini", "sites.csv", "10.0,45.0", "20.0,45.0", 2, "farther than 8 km from the site model"},
    {"event_based.ini", "site_model.csv", "custom_site_id", "custom_id", 2, "site_model.csv:2: unknown column 'custom_id'"},
    {"event_based.ini", "site_model.csv", "400,1,100", "-400,1,100", 2, "site_model.csv:3: vs30 = -400 is out of range"},
    {"scenario.ini", "scenario.ini", "sites = 10.3 45.1, 10.1 45.2 0.5,\n        10.0 44.9", "region = 10 45, 11 45, 11 46, 10 46\nregion_grid_spacing = 0.001", 2, "a grid of 0.001 km has about"},
    {"scenario.ini", "scenario.ini", "sites = 10.3 45.1, 10.1 45.2 0.5,\n        10.0 44.9", "region = 10 45, 11 45, 11 46, 10 46", 2, "region_grid_spacing is missing"},
    {"scenario.ini", "scenario.ini", "sites = 10.3 45.1, 10.1 45.2 0.5,\n        10.0 44.9", "region = 10 45, 11 45\nregion_grid_spacing = 10", 2, "region: "},
    {"scenario.ini", "scenario.ini", "[geometry]", "[geometry]\nsites_csv = sites.csv", 2, "the sites are given in 2 ways: sites, sites_csv"},
    {"event_based.ini", "trees/area.xml", "maxMag=\"6.5\"", "maxMag=\"1e308\"", 2, "area.xml:12: maxMag of truncGutenbergRichterMFD = 1e308 is out of range"},
    // files
    {"event_based.ini", "event_based.ini", "sites.csv", "no_sites.csv", 2, "event_based.ini:3: cannot read '"},
    {"event_based.ini", "event_based.ini", "sites.csv", "/etc/sites.csv", 2, "absolute path"},
    {"event_based.ini", "event_based.ini", "sites.csv", "trees", 2, "(it is a folder or a device)"},
    {"event_based.ini", "trees/sources.xml", "faults.xml", "fault.xml", 2, "sources.xml:6: cannot read '"},
    {"scenario.ini", "scenario.ini", "rupture_model.xml", "missing.xml", 2, "scenario.ini:17: cannot read '"},
    // NRML
    {"scenario.ini", "rupture_model.xml", "</magnitude>", "</magnitud>", 2, "rupture_model.xml:4: the file is no well-formed XML"},
    {"scenario.ini", "rupture_model.xml", "<magnitude>6.5<", "<magnitude>big<", 2, "rupture_model.xml:4: magnitude = 'big' is no number"},
    {"scenario.ini", "rupture_model.xml", "10.0 45.0 10.2 45.0", "10.0 45.0 10.2", 2, "rupture_model.xml:8: posList has 3 numbers"},
    {"scenario.ini", "rupture_model.xml", "10.0 45.0 10.2 45.0", "10.0 NaN 10.2 45.0", 2, "rupture_model.xml:8: posList = 'NaN' is no number"},
    {"scenario.ini", "rupture_model.xml", "nrml/0.5", "nrml/0.9", 2, "NRML version"},
    {"scenario.ini", "rupture_model.xml", "<dip>90<", "<dip>0<", 2, "dip"},
    {"event_based.ini", "trees/sources.xml", "0.25<", "0.2<", 2, "sources.xml:5: the weights of branch set 'bs' sum to 0.95"},
    {"event_based.ini", "trees/faults.xml", "<rake>90</rake>", "<rake>900</rake>", 2, "faults.xml:12: rake = '900'"},
    {"event_based.ini", "trees/faults.xml", "<simpleFaultSource", "<multiPointSource", 2, "faults.xml:13: the file is no well-formed XML"},
    {"event_based.ini", "trees/faults.xml", "0.01 0.0 0.001", "0.0 0.0", 2, "faults.xml:11"},
    {"event_based.ini", "trees/area.xml", "probability=\"0.5\" depth=\"5\"", "probability=\"0.4\" depth=\"5\"", 2, "area.xml:14"},
    {"event_based.ini", "trees/area.xml", "9.0 44.0 9.0 46.0 11.0 46.0 11.0 44.0 9.0 44.0", "9.0 44.0 11.0 46.0 11.0 44.0 9.0 46.0", 2, "area.xml:7"},
    {"event_based.ini", "trees/area.xml", "upperSeismoDepth>0<", "upperSeismoDepth>30<", 2, "area.xml"},
};
// clang-format on

/// Shown by GoogleTest when a case fails.
void PrintTo(const BadInput& bad, std::ostream* out) {
  *out << bad.file << ": " << bad.to;
}

class BadInputTest : public testing::TestWithParam<BadInput> {};

TEST_P(BadInputTest, IsReportedWithItsPlace) {
  const BadInput& bad = GetParam();
  const BrokenJob job;
  ASSERT_TRUE(job.replace(bad.file, bad.from, bad.to)) << "the fixture does not hold " << bad.from;
  const auto error = job.error(bad.job);
  ASSERT_TRUE(error) << "no error for " << bad.to;
  EXPECT_EQ(core::exit_status(error->kind()), bad.status) << error->what();
  EXPECT_THAT(error->what(), testing::HasSubstr(bad.message));
}

INSTANTIATE_TEST_SUITE_P(AllKinds, BadInputTest, testing::ValuesIn(bad_inputs));

TEST(BadInputTest, TellsProblemsOfAllFilesAtOnce) {
  const BrokenJob job;
  ASSERT_TRUE(job.replace("event_based.ini", "truncation_level = 3", "truncation_level = -3"));
  ASSERT_TRUE(job.replace("trees/gmms.xml", "0.6", "0.5"));
  ASSERT_TRUE(job.replace("trees/faults.xml", "<rake>90</rake>", "<rake>900</rake>"));
  ASSERT_TRUE(job.replace("sites.csv", "10.2,45.1", "10.2,95.1"));
  const auto error = job.error("event_based.ini");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->problems().size(), 4u) << error->what();
}

TEST(BadInputTest, NamesAMissingJob) {
  const BrokenJob job;
  const auto error = job.error("absent.ini");
  ASSERT_TRUE(error);
  EXPECT_EQ(core::exit_status(error->kind()), 2);
  EXPECT_THAT(error->what(), testing::HasSubstr("absent.ini' (there is no such file)"));
}

}  // namespace
}  // namespace shakefield::job
