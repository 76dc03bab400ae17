// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/curve_agreement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "job_runs.hpp"

namespace shakefield::calc {
namespace {

/// California with four realizations as event sets and as classical calculation.
class CurveAgreementTest : public testing::Test {
 protected:
  std::filesystem::path run(const char* name, const char* job, job::Overrides more) const {
    const std::filesystem::path output = folder_ / name;
    job::Overrides overrides{
        {"region_grid_spacing", "120"},
        {"minimum_magnitude", "5.0"},
        {"investigation_time", "50"},
        {"mean", "true"},
        {"intensity_measure_types_and_levels",
         R"_({"PGA": [0.02, 0.05, 0.1], "SA(0.2)": [0.02, 0.1, 0.2], "SA(1.0)": [0.01, 0.03, 0.1]})_"}};
    overrides.insert(overrides.end(), more.begin(), more.end());
    const comm::Communicator alone;
    job_runs::run(
        alone,
        job::read_job(alone, job_runs::source_dir() / "examples/california" / job, overrides),
        output);
    return output;
  }
  std::filesystem::path classical(job::Overrides more = {}) const {
    return run("classical.h5", "job_classical.ini", std::move(more));
  }
  std::filesystem::path fields(job::Overrides more = {}) const {
    more.insert(more.begin(), {{"ses_per_logic_tree_path", "60"},
                               {"hazard_curves_from_gmfs", "true"},
                               {"minimum_intensity", ""},
                               {"ground_motion_fields", "false"}});
    return run("fields.h5", "job_event_based.ini", std::move(more));
  }
  static std::string problem(const std::filesystem::path& fields,
                             const std::filesystem::path& classical) {
    try {
      compare_curves(fields, classical);
      return "none";
    } catch (const core::Error& error) {
      return error.what();
    }
  }

  const ScratchFolder folder_;
};

// Monte-Carlo errors need no tolerance of their own: rms about 1, whatever the number of events.
TEST_F(CurveAgreementTest, ChanceExplainsMeansAndRealizations) {
  const auto expected = classical({{"individual_rlzs", "true"}});
  for (const char* individual : {"false", "true"})
    for (const CurveAgreement& a :
         compare_curves(fields({{"individual_rlzs", individual}}), expected)) {
      EXPECT_GT(a.points, 20u) << a.imt;
      EXPECT_TRUE(a.is_chance()) << a.imt << ": " << a.rms_error;
      EXPECT_GT(a.rms_error, 0.3) << a.imt;
      EXPECT_LT(a.rms_error, 2) << a.imt;
      EXPECT_LE(a.inside_two, a.inside_four);
    }
}

TEST_F(CurveAgreementTest, StoredFieldsGiveTheSameNumbersAsCurvesOfTheRun) {
  const auto expected = classical({{"individual_rlzs", "true"}});
  const auto made = compare_curves(fields({{"individual_rlzs", "true"}}), expected);
  const auto counted = compare_curves(
      fields({{"hazard_curves_from_gmfs", "false"}, {"ground_motion_fields", "true"}}), expected);
  ASSERT_EQ(made.size(), counted.size());
  for (std::size_t m = 0; m < made.size(); ++m) {
    EXPECT_EQ(made[m].points, counted[m].points);
    EXPECT_EQ(made[m].inside_two, counted[m].inside_two);
    EXPECT_NEAR(made[m].rms_error, counted[m].rms_error, 1e-4);
  }
}

TEST_F(CurveAgreementTest, OtherHazardIsMoreThanChance) {
  const auto twice = classical({{"individual_rlzs", "true"}, {"reference_vs30_value", "250"}});
  for (const CurveAgreement& a : compare_curves(fields({{"individual_rlzs", "true"}}), twice))
    EXPECT_FALSE(a.is_chance()) << a.imt << ": " << a.rms_error;
}

TEST_F(CurveAgreementTest, FilesOfOtherJobsAreToldApart) {
  const auto events = fields();
  EXPECT_THAT(problem(classical(), events), testing::HasSubstr("give the event-based file first"));
  EXPECT_THAT(problem(events, classical({{"region_grid_spacing", "200"}})),
              testing::HasSubstr("run both jobs with the same sites"));
  EXPECT_THAT(problem(events, classical({{"investigation_time", "1"}})),
              testing::HasSubstr("its probabilities are for 50 years (classical: 1)"));
  EXPECT_THAT(
      problem(
          events,
          classical(
              {{"intensity_measure_types_and_levels",
                R"_({"PGA": [0.02, 0.05, 0.2], "SA(0.2)": [0.02, 0.1, 0.2], "SA(1.0)": [0.01, 0.03, 0.1]})_"}})),
      testing::HasSubstr("are of other measures or levels"));
  EXPECT_THAT(problem(events, classical({{"mean", "false"}, {"quantiles", "0.5"}})),
              testing::HasSubstr("has no curve of a kind that the classical file has"));
}

TEST(IsChanceTest, NeedsNearlyAllPointsInsideFourErrorsAndNoOffsetOfThree) {
  EXPECT_TRUE((CurveAgreement{"PGA", 1000, 800, 990, 0.5, 2.9}.is_chance()));
  EXPECT_FALSE((CurveAgreement{"PGA", 1000, 900, 989, 0, 1}.is_chance()));
  EXPECT_FALSE((CurveAgreement{"PGA", 1000, 0, 1000, 3.1, 3.1}.is_chance()));
  EXPECT_TRUE(CurveAgreement{}.is_chance());
}

}  // namespace
}  // namespace shakefield::calc
