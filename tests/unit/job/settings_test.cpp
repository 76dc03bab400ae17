// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shakefield::job {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* minimal =
    "[general]\ncalculation_mode = scenario\ntruncation_level = 3\nmaximum_distance = 200\n";

Settings settings_of(const std::string& lines, core::Problems& problems,
                     const Overrides& overrides = {}) {
  return {read_ini(minimal + lines, "job.ini", problems), overrides, "job.ini", problems};
}

/// The value of one parameter in normal form.
std::string normal(const std::string& name, const std::string& value) {
  core::Problems problems;
  const Settings s = settings_of(name + " = " + value + "\n", problems);
  problems.throw_if_any();
  return s.text(name);
}

TEST(SettingsTest, BringsValuesIntoNormalForm) {
  EXPECT_EQ(normal("intensity_measure_types", "SA(0.10) PGA,  PGV"),
            "[\"SA(0.1)\", \"PGA\", \"PGV\"]");
  EXPECT_EQ(normal("quantiles", "[0.1, 0.5] 0.9"), "[0.1, 0.5, 0.9]");
  EXPECT_EQ(normal("ground_motion_fields", "False"), "false");
  EXPECT_EQ(normal("hazard_maps", "1"), "true");
  EXPECT_EQ(normal("sites", "1 2, -3.5 4 1"), "[[1, 2], [-3.5, 4, 1]]");
  EXPECT_EQ(normal("minimum_intensity", "0.05"), "0.05");
  EXPECT_EQ(normal("minimum_intensity", "{'SA(1)': 0.1}"), "{\"SA(1.0)\": 0.1}");
  EXPECT_EQ(normal("source_model_file", "a.xml  b.xml"), "[\"a.xml\", \"b.xml\"]");
  EXPECT_EQ(normal("ses_seed", "42"), "42");
}

TEST(SettingsTest, KnowsDefaultsAndPlaces) {
  core::Problems problems;
  const Settings s = settings_of("ses_seed = 9\n", problems);
  EXPECT_EQ(s.number("random_seed"), 42);
  EXPECT_FALSE(s.given("random_seed"));
  EXPECT_EQ(s.place("ses_seed").line, 5);
  EXPECT_EQ(s.place("random_seed").text(), "job.ini");
}

TEST(SettingsTest, LetsTheCommandLineWin) {
  core::Problems problems;
  const Settings s =
      settings_of("ses_seed = 9\n", problems,
                  {{"ses_seed", "10"}, {"SES_SEED", "11"}, {"truncation_level", "oops"}});
  EXPECT_EQ(s.number("ses_seed"), 11);
  ASSERT_EQ(problems.errors().size(), 1u);
  EXPECT_THAT(problems.errors()[0].text(),
              HasSubstr("command line: truncation_level = 'oops' is no number"));
}

TEST(SettingsTest, TranslatesOldNames) {
  core::Problems problems;
  const Settings s = settings_of(
      "quantile_hazard_curves = 0.5\nregion = 0 0\nregion_constraint = 1 1\n", problems);
  EXPECT_TRUE(s.given("quantiles"));
  ASSERT_EQ(problems.errors().size(), 1u);
  EXPECT_THAT(problems.errors()[0].message, HasSubstr("two names"));
}

TEST(SettingsTest, ReportsAllProblemsAtOnce) {
  core::Problems problems;
  settings_of(
      "maximun_distance = 3\nses_seed = -1\nmaximum_rupture_depth = a\nsampling_method = "
      "late_weight\ninvestigation_time =\n",
      problems);
  std::vector<std::string> texts;
  for (const core::Problem& p : problems.errors()) texts.push_back(p.text());
  EXPECT_THAT(texts,
              ElementsAre(HasSubstr("job.ini:5: unknown parameter 'maximun_distance' (nearest "
                                    "known name: maximum_distance)"),
                          HasSubstr("job.ini:6: ses_seed = -1 is out of range (allowed: >= 0)"),
                          HasSubstr("job.ini:7: maximum_rupture_depth = a is not offered"),
                          HasSubstr("job.ini:8: sampling_method = 'late_weight'"),
                          HasSubstr("job.ini:9: investigation_time is empty")));
  EXPECT_EQ(problems.errors()[2].kind, core::ErrorKind::unsupported);
}

TEST(SettingsTest, MissesWhatEveryJobNeeds) {
  core::Problems problems;
  const Settings s({}, {}, "job.ini", problems);
  std::vector<std::string> texts;
  for (const core::Problem& p : problems.errors()) texts.push_back(p.message);
  EXPECT_THAT(texts, ElementsAre(HasSubstr("calculation_mode is missing"),
                                 HasSubstr("truncation_level is missing"),
                                 HasSubstr("maximum_distance is missing")));
}

TEST(SettingsTest, LetsUnsupportedKeysPassAtTheirDefault) {
  core::Problems problems;
  settings_of("horiz_comp_to_geom_mean = false\nmaximum_rupture_depth =\n", problems);
  EXPECT_TRUE(problems.empty());
  settings_of("horiz_comp_to_geom_mean = true\n", problems);
  ASSERT_EQ(problems.errors().size(), 1u);
  EXPECT_EQ(problems.errors()[0].kind, core::ErrorKind::unsupported);
}

TEST(SettingsTest, WarnsOnceOfIgnoredKeys) {
  core::Problems problems;
  const Settings s = settings_of(
      "calculation_mode = scenario\nconcurrent_tasks = 4\npointsource_distance = 50\nhazard_maps = "
      "true\n",
      problems);
  ASSERT_EQ(problems.warnings().size(), 1u);
  EXPECT_THAT(problems.warnings()[0].message, HasSubstr("concurrent_tasks, pointsource_distance"));
  EXPECT_THAT(s.not_computed(), ElementsAre("hazard_maps"));
}

TEST(SettingsTest, CurvesFromFieldsServeEventBasedCalculationsOnly) {
  const std::string curves = "hazard_curves_from_gmfs = true\nhazard_maps = true\nstd = true\n";
  core::Problems none, problems;
  const Settings event_based = settings_of(curves, none, {{"calculation_mode", "event_based"}});
  EXPECT_TRUE(event_based.not_computed().empty());
  EXPECT_TRUE(none.warnings().empty());
  const Settings scenario = settings_of(curves, problems, {{"calculation_mode", "scenario"}});
  EXPECT_THAT(scenario.not_computed(), ElementsAre("hazard_maps"));
  ASSERT_EQ(problems.warnings().size(), 1u);
  EXPECT_THAT(problems.warnings()[0].message, HasSubstr("hazard_curves_from_gmfs, std"));
}

}  // namespace
}  // namespace shakefield::job
