// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Whole disaggregations: the same bits for any number of ranks, and bins that add up to the curves.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "job_runs.hpp"
#include "shakefield/calc/export.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/comm/communicator.hpp"

namespace {

using namespace shakefield;

constexpr const char* job_text = R"ini([general]
calculation_mode = disaggregation
source_model_logic_tree_file = trees/sources.xml
gsim_logic_tree_file = trees/gmms.xml
intensity_measure_types_and_levels = {"PGA": [0.02, 0.05, 0.1, 0.2], "SA(1.0)": [0.01, 0.02, 0.05, 0.1]}
truncation_level = 3
maximum_distance = 150
investigation_time = 50
rupture_mesh_spacing = 5
width_of_mfd_bin = 0.5
area_source_discretization = 40
reference_vs30_value = 600
reference_depth_to_1pt0km_per_sec = -999
individual_rlzs = true
iml_disagg = {"PGA": 0.05, "SA(1.0)": 0.02}
mag_bin_width = 0.5
distance_bin_width = 20
coordinate_bin_width = 0.3
num_epsilon_bins = 4
)ini";

/// Two exclusive sources, two exclusive ruptures, and an independent rupture of which probabilities
/// of occurrence are given.
constexpr const char* dependent_sources = R"xml(<?xml version="1.0" encoding="utf-8"?>
<nrml xmlns="http://openquake.org/xmlns/nrml/0.5" xmlns:gml="http://www.opengis.net/gml">
<sourceModel investigation_time="50">
<sourceGroup tectonicRegion="Stable" src_interdep="mutex" srcs_weights="0.25 0.75" grp_probability="0.8">
<nonParametricSeismicSource id="a" name="a">@0.9 0.1@10.1@</nonParametricSeismicSource>
<nonParametricSeismicSource id="b" name="b">@0.7 0.3@10.4@</nonParametricSeismicSource>
</sourceGroup>
<sourceGroup tectonicRegion="Stable" rup_interdep="mutex">
<nonParametricSeismicSource id="c" name="c" rup_weights="0.4 0.6">@0.8 0.2@10.2@ @0.6 0.4@10.9@</nonParametricSeismicSource>
</sourceGroup>
<sourceGroup tectonicRegion="Active Shallow Crust">
<nonParametricSeismicSource id="d:1" name="d">@0.5 0.3 0.2@10.6@</nonParametricSeismicSource>
</sourceGroup>
</sourceModel></nrml>
)xml";

/// Puts a rupture in the place of each "@probabilities@longitude@".
std::string with_ruptures(std::string text) {
  for (std::size_t begin; (begin = text.find('@')) != std::string::npos;) {
    const std::size_t middle = text.find('@', begin + 1), end = text.find('@', middle + 1);
    const std::string probs = text.substr(begin + 1, middle - begin - 1),
                      lon = text.substr(middle + 1, end - middle - 1);
    text.replace(begin, end - begin + 1,
                 "<griddedRupture probs_occur='" + probs +
                     "'><magnitude>6.7</magnitude><rake>0</rake><hypocenter lon='" + lon +
                     "' lat='45' depth='8'/><griddedSurface><gml:posList>" + lon + " 45 5 " + lon +
                     " 45.1 8</gml:posList></griddedSurface></griddedRupture>");
  }
  return text;
}

class DisaggregationRunTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy(job_runs::source_dir() / "tests/unit/job/data/trees", folder_ / "trees");
    std::ofstream(folder_ / "job.ini") << job_text;
    std::ofstream(folder_ / "trees/dependent.xml") << with_ruptures(dependent_sources);
  }

  calc::Results run(const comm::Communicator& comm, job::Overrides overrides,
                    const std::string& name = "run.h5") const {
    overrides.emplace_back("tile_size", "64");
    const auto given = [&](const char* key) {
      return std::ranges::any_of(overrides, [&](const auto& o) { return o.first == key; });
    };
    if (!given("region")) overrides.emplace_back("sites", "10 45, 10.4 45.2, 11.6 44.6");
    job_runs::run(comm, job::read_job(comm, folder_ / "job.ini", overrides), folder_ / name);
    return calc::Results(folder_ / name);
  }
  calc::Results run_alone(const job::Overrides& overrides) const {
    return run(comm::Communicator(), overrides);
  }
  static bool is_root() { return comm::Communicator::world().is_root(); }

  const ScratchFolder folder_;
};

/// The rows of one site, measure and kind.
struct Bins {
  std::map<std::vector<std::int64_t>, double> rates;  ///< by the bins of all axes
  std::int64_t realization = 0;

  double sum() const {
    double sum = 0;
    for (const auto& [bins, rate] : rates) sum += rate;
    return sum;
  }
  /// Sums over all axes but the first ones.
  std::map<std::vector<std::int64_t>, double> of_first(std::size_t axes) const {
    std::map<std::vector<std::int64_t>, double> sums;
    for (const auto& [bins, rate] : rates)
      sums[{bins.begin(), bins.begin() + static_cast<std::ptrdiff_t>(axes)}] += rate;
    return sums;
  }
};

/// All of a table: [sites * M][kinds], one level a measure.
std::vector<std::vector<Bins>> read(const calc::Results& results, const std::string& table) {
  const core::Array index = store::read_array(results.file(), "/disagg/" + table + "_index");
  const core::Array rows = store::read_array(results.file(), "/disagg/" + table);
  const auto start = index.column_i64("start"), stop = index.column_i64("stop"),
             realization = index.column_i64("realization");
  const std::vector<double> rates = rows.column_f64("rate");
  std::vector<std::vector<std::int64_t>> axes;
  for (const core::Member& member : rows.type().members)
    if (member.name != "rate") axes.push_back(rows.column_i64(member.name));
  const std::size_t kinds = index.shape()[3];
  std::vector<std::vector<Bins>> all(start.size() / kinds);
  for (std::size_t i = 0; i < start.size(); ++i) {
    Bins& bins = all[i / kinds].emplace_back();
    bins.realization = realization[i];
    for (auto r = static_cast<std::size_t>(start[i]); r < static_cast<std::size_t>(stop[i]); ++r) {
      std::vector<std::int64_t> key;
      for (const auto& axis : axes) key.push_back(axis[r]);
      EXPECT_TRUE(bins.rates.emplace(key, rates[r]).second) << "a bin has one row";
      EXPECT_GE(rates[r], 1e-12f);
    }
  }
  return all;
}

/// Probability of a kind of curve at the level that is disaggregated: the second one.
double poe(const calc::Results& results, std::size_t site, std::size_t imt, std::size_t kind) {
  const core::Array array = store::read_array(results.file(), "/hazard/curves");
  const auto& shape = array.shape();
  return double{array.values<float>()[((site * shape[1] + kind) * shape[2] + imt) * shape[3] + 1]};
}

TEST_F(DisaggregationRunTest, NumbersDependNeitherOnRanksNorOnTiles) {
  const auto world = comm::Communicator::world();
  std::string folder = folder_.path().string();
  comm::broadcast(world, folder);  // a job is in one folder for all ranks
  // The first has few sites: ranks share their sources.
  const job::Overrides few{},
      many{{"region", "9.2 44.5, 10.8 44.5, 10.8 45.6, 9.2 45.6"}, {"region_grid_spacing", "25"}};
  for (const job::Overrides& sites : {few, many}) {
    job_runs::run(
        world,
        [&] {
          job::Overrides overrides = sites;
          overrides.emplace_back("disagg_by_src", "true");
          if (sites.empty()) overrides.emplace_back("sites", "10 45, 10.4 45.2, 11.6 44.6");
          return job::read_job(world, std::filesystem::path(folder) / "job.ini", overrides);
        }(),
        folder_ / "all.h5");
    if (!is_root()) continue;
    job::Overrides overrides = sites;
    overrides.emplace_back("disagg_by_src", "true");
    const calc::Results alone = run(comm::Communicator(), overrides);
    EXPECT_EQ(calc::digest(folder_ / "all.h5"), calc::digest(folder_ / "run.h5"));
    EXPECT_GT(alone.num_rows("/disagg/mag_dist_eps"), 0u);
  }
}

TEST_F(DisaggregationRunTest, BinsAddUpToTheCurves) {
  if (!is_root()) return;
  const calc::Results results = run_alone({{"disagg_by_src", "true"}});
  const std::vector<double> weights = results.realizations().weights;
  for (const char* table : {"mag_dist_eps", "mag_lon_lat", "source"}) {
    const auto all = read(results, table);
    ASSERT_EQ(all.size(), 3u * 2);
    for (std::size_t i = 0; i < all.size(); ++i) {
      ASSERT_EQ(all[i].size(), 1 + weights.size());
      double mean = 0;
      for (std::size_t r = 0; r < weights.size(); ++r) {
        const Bins& bins = all[i][1 + r];
        EXPECT_EQ(bins.realization, static_cast<std::int64_t>(r));
        const double expected = poe(results, i / 2, i % 2, 1 + r);
        EXPECT_GT(expected, 0);
        EXPECT_NEAR(-std::expm1(-bins.sum()), expected, 2e-6 * expected) << table << i << " " << r;
        mean += weights[r] * bins.sum();
      }
      EXPECT_EQ(all[i][0].realization, -1);
      EXPECT_NEAR(all[i][0].sum(), mean, 1e-6 * mean);
    }
  }
}

TEST_F(DisaggregationRunTest, TablesHaveTheSameSumsByRegionAndMagnitude) {
  if (!is_root()) return;
  const calc::Results results = run_alone({});
  const auto by_distance = read(results, "mag_dist_eps"), by_place = read(results, "mag_lon_lat");
  for (std::size_t i = 0; i < by_distance.size(); ++i)
    for (std::size_t k = 0; k < by_distance[i].size(); ++k) {
      const auto a = by_distance[i][k].of_first(2), b = by_place[i][k].of_first(2);
      EXPECT_GT(a.size(), 2u);
      ASSERT_EQ(a.size(), b.size());
      for (const auto& [bins, rate] : a) EXPECT_NEAR(rate, b.at(bins), 1e-6 * rate + 1e-10);
    }
}

TEST_F(DisaggregationRunTest, MeanAloneIsTheSameAsBesideRealizations) {
  if (!is_root()) return;
  const auto beside = read(run_alone({}), "mag_dist_eps");
  const auto alone = read(run_alone({{"individual_rlzs", "false"}}), "mag_dist_eps");
  for (std::size_t i = 0; i < beside.size(); ++i) {
    ASSERT_EQ(alone[i].size(), 1u);
    for (const auto& [bins, rate] : beside[i][0].rates)
      if (rate > 1e-11) {
        EXPECT_NEAR(alone[i][0].rates.at(bins), rate, 1e-6 * rate);
      }
  }
}

TEST_F(DisaggregationRunTest, ChoosesRealizations) {
  if (!is_root()) return;
  const auto all = read(run_alone({}), "mag_dist_eps");
  const auto one = read(run_alone({{"rlz_index", "2"}}), "mag_dist_eps");
  const auto two = read(run_alone({{"num_rlzs_disagg", "2"}}), "mag_dist_eps");
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_EQ(one[i].size(), 1u) << "no mean of one";
    EXPECT_EQ(one[i][0].realization, 2);
    EXPECT_EQ(one[i][0].rates, all[i][3].rates);
    ASSERT_EQ(two[i].size(), 3u);
    for (const std::size_t k : {1, 2})
      EXPECT_EQ(two[i][k].rates, all[i][1 + static_cast<std::size_t>(two[i][k].realization)].rates);
  }
}

// With all ruptures in one bin this bin is the curve, whatever the ruptures' dependence.
TEST_F(DisaggregationRunTest, GroupsAndListedProbabilitiesGiveTheirCurves) {
  if (!is_root()) return;
  const job::Overrides dependent{{"source_model_logic_tree_file", ""},
                                 {"source_model_file", "trees/dependent.xml"},
                                 {"num_epsilon_bins", "1"},
                                 {"disagg_by_src", "true"}};
  job::Overrides one_bin = dependent;
  one_bin.insert(one_bin.end(), {{"mag_bin_width", "10"}, {"distance_bin_width", "500"}});
  const calc::Results results = run_alone(one_bin);
  const auto whole = read(results, "mag_dist_eps");
  for (std::size_t i = 0; i < whole.size(); ++i)
    for (std::size_t k = 1; k < whole[i].size(); ++k) {
      const double expected = poe(results, i / 2, i % 2, k);
      EXPECT_GT(expected, 1e-3);
      EXPECT_NEAR(-std::expm1(-whole[i][k].sum()), expected, 2e-6 * expected);
    }
  const calc::Results fine = run(comm::Communicator(), dependent, "fine.h5");
  const auto bins = read(fine, "mag_dist_eps"), sources = read(fine, "source");
  for (std::size_t i = 0; i < bins.size(); ++i)
    for (std::size_t k = 0; k < bins[i].size(); ++k) {
      // Exclusive ruptures in different bins count as if they were independent there.
      EXPECT_NEAR(bins[i][k].sum(), whole[i][k].sum(), 0.1 * whole[i][k].sum());
      EXPECT_EQ(sources[i][k].rates.size(), 4u);
    }
  const auto names = store::read_array(fine.file(), "/disagg/axes/source").column_text("");
  EXPECT_EQ(names, (std::vector<std::string>{"a", "b", "c", "d"})) << "base ids";
}

TEST_F(DisaggregationRunTest, LevelsAreThoseOfTheMeanCurve) {
  if (!is_root()) return;
  const calc::Results results =
      run_alone({{"iml_disagg", ""}, {"poes_disagg", "0.05 0.01"}, {"mean", "true"}});
  const core::Array maps = store::read_array(results.file(), "/hazard/maps"),
                    levels = store::read_array(results.file(), "/disagg/levels");
  ASSERT_EQ(levels.shape(), (std::vector<std::size_t>{3, 2, 2}));
  const std::size_t kinds = maps.shape()[1];
  for (std::size_t site = 0; site < 3; ++site)
    for (std::size_t v = 0; v < 4; ++v)
      EXPECT_EQ(levels.values<double>()[site * 4 + v],
                double{maps.values<float>()[site * kinds * 4 + v]});
}

TEST_F(DisaggregationRunTest, ExportsHaveTheNamesAndColumnsOfTheEngine) {
  if (!is_root()) return;
  run_alone({{"disagg_by_src", "true"}, {"disagg_outputs", "TRT_Mag Lon_Lat"}});
  const auto line = [&](const char* name) {
    std::ifstream file(folder_ / "csv" / name);
    std::string text;
    while (std::getline(file, text) && text.starts_with('#')) {
    }
    return text;
  };
  calc::export_results(folder_ / "run.h5", folder_ / "csv");
  calc::export_results(folder_ / "run.h5", folder_ / "csv",
                       {.what = {"disagg-rlzs", "disagg-rlzs-traditional"}});
  EXPECT_EQ(line("TRT_Mag-mean-0.csv"), "imt,iml,poe,trt,mag,mean\r");
  EXPECT_EQ(line("Lon_Lat-2.csv"), "imt,iml,poe,lon,lat,rlz0,rlz1,rlz2,rlz3\r");
  EXPECT_EQ(line("TRT_Mag-traditional-1.csv"), "imt,iml,poe,trt,mag,rlz0,rlz1,rlz2,rlz3\r");
  EXPECT_EQ(line("mean_rates_by_src-1.csv"), "source_id,imt,iml,afoe\r");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "csv/Mag-mean-0.csv")) << "not asked for";
}

}  // namespace
