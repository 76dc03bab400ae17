// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// The 24 cases with curves of the PEER verification of hazard codes (Hale, Abrahamson and Bozorgnia
// 2018, PEER 2018/03) against the curves that the U.S. Geological Survey publishes with nshmp-haz.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <ostream>

#include "csv_table.hpp"
#include "peer_sources.hpp"
#include "run_results.hpp"

namespace {

using namespace shakefield;

struct Case {
  const char* name;
  bool has_sigma = true;
  /// Sites (in the order of the file) that a difference of definition keeps from comparison.
  std::vector<std::size_t> other_definition = {};
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

/// Part of a level by which a curve without sigma may be shifted where it falls.
constexpr double level_shift = 0.01;
constexpr double least_rate = 1e-6;

double rate(double annual_probability) {
  return -std::log1p(-annual_probability);
}

class PeerTest : public testing::TestWithParam<Case> {
 protected:
  PeerTest()
      : expected_(job_runs::source_dir() / "tests/verification/data/peer" /
                  (std::string(GetParam().name) + ".csv")) {
    for (std::size_t c = 3; c < expected_.names().size(); ++c)
      levels_.push_back(expected_.names()[c]);
  }

  /// Runs the job with each of its levels between one a little lower and one a little higher.
  void run() {
    std::string list;
    for (const std::string& level : levels_)
      for (const double factor : {1 - level_shift, 1.0, 1 + level_shift})
        list += fmt::format("{}{:.17g}", list.empty() ? "" : ", ", factor * std::stod(level));
    std::filesystem::copy(job_runs::source_dir() / "tests/verification/peer", folder_.path());
    peer_sources::write_fault1_areas(folder_);
    peer_sources::write_fault5_triangle(folder_);
    peer_sources::write_area1_volume(folder_, folder_ / "area1_5km.xml");
    const job::Job job =
        run_results::read(folder_ / (std::string(GetParam().name) + ".ini"),
                          {{"intensity_measure_types_and_levels", "{'PGA': [" + list + "]}"}});
    job_runs::run({}, job, folder_ / "run.h5");
    const calc::Results results(folder_ / "run.h5");
    const core::Array curves = store::read_array(results.file(), "/hazard/curves");
    const auto values = curves.values<float>();
    poes_.assign(values.begin(), values.end());
    for (const geo::Point& p : job.sites.points()) sites_.push_back(p);
  }

  /// Rates at a level and, before and after it, at its neighbours.
  std::array<double, 3> rates(std::size_t row, std::size_t level) const {
    const auto at = std::ranges::find_if(sites_, [&](const geo::Point& p) {
      return std::abs(p.lon_deg - expected_(row, "lon")) < 1e-5 &&
             std::abs(p.lat_deg - expected_(row, "lat")) < 1e-5;
    });
    EXPECT_NE(at, sites_.end()) << expected_.text(row, "name");
    const std::size_t first =
        (static_cast<std::size_t>(at - sites_.begin()) * levels_.size() + level) * 3;
    return {rate(poes_.at(first)), rate(poes_.at(first + 1)), rate(poes_.at(first + 2))};
  }

  const ScratchFolder folder_;
  const CsvTable expected_;
  std::vector<std::string> levels_;
  std::vector<geo::Point> sites_;
  std::vector<float> poes_;
};

TEST_P(PeerTest, RatesAreThoseOfTheReport) {
  run();
  const Case& c = GetParam();
  const double tolerance = c.has_sigma ? 0.05 : 0.01;
  std::size_t compared = 0, falling = 0;
  double largest = 0, largest_falling = 0;
  for (std::size_t row = 0; row < expected_.rows(); ++row) {
    if (std::ranges::find(c.other_definition, row) != c.other_definition.end()) continue;
    for (std::size_t l = 0; l < levels_.size(); ++l) {
      const auto [below, found, above] = rates(row, l);
      const double theirs = rate(expected_(row, levels_[l]));
      if (theirs < least_rate && (c.has_sigma || found < least_rate)) continue;
      const double difference =
          theirs > 0 ? std::abs(found / theirs - 1) : std::numeric_limits<double>::infinity();
      const std::string where = expected_.text(row, "name") + " at " + levels_[l] + " g";
      ++compared;
      if (!c.has_sigma && above < (1 - tolerance) * below) {
        ++falling;
        largest_falling = std::max(largest_falling, difference);
        EXPECT_LE(theirs, (1 + tolerance) * below) << where;
        EXPECT_GE(theirs, (1 - tolerance) * above) << where;
      } else {
        largest = std::max(largest, difference);
        EXPECT_LE(difference, tolerance) << where << ": " << found << " for " << theirs;
      }
    }
  }
  EXPECT_GT(compared, falling);
  RecordProperty("rates", static_cast<int>(compared - falling));
  RecordProperty("largest_difference", std::to_string(largest));
  RecordProperty("rates_where_the_curve_falls", static_cast<int>(falling));
  RecordProperty("largest_difference_there", std::to_string(largest_falling));
}

std::string name_of(const testing::TestParamInfo<Case>& instance) {
  return instance.param.name;
}

INSTANTIATE_TEST_SUITE_P(Set1, PeerTest,
                         testing::Values(Case{"set1_case1", false}, Case{"set1_case2", false},
                                         Case{"set1_case3", false}, Case{"set1_case4", false},
                                         Case{"set1_case5", false}, Case{"set1_case6", false},
                                         Case{"set1_case7", false}, Case{"set1_case8a"},
                                         Case{"set1_case8b"}, Case{"set1_case8c"},
                                         Case{"set1_case10"}, Case{"set1_case11"}),
                         name_of);

// Abrahamson et al. (2014) give their hanging-wall term with and without r_y0; the engine and
// shakefield have the first form, the published curves of case 3a the second. Both are 1 above the
// rupture, so that only sites 4 to 6 differ: see verification/peer_hanging_wall.
INSTANTIATE_TEST_SUITE_P(Set2, PeerTest,
                         testing::Values(Case{"set2_case2a"}, Case{"set2_case2b"},
                                         Case{"set2_case2c"}, Case{"set2_case2d"},
                                         Case{"set2_case3a", false, {3, 4, 5}},
                                         Case{"set2_case3b", false}, Case{"set2_case3c", false},
                                         Case{"set2_case3d", false}, Case{"set2_case4a", false},
                                         Case{"set2_case4b", false}, Case{"set2_case5a"},
                                         Case{"set2_case5b"}),
                         name_of);

}  // namespace
