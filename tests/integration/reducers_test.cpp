// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// What runs make of fields while they exist: against the stored fields of the same job, and for any
// number of ranks, tiles and batches, with and without stored fields.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <tuple>

#include "job_runs.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/comm/communicator.hpp"

namespace {

using namespace shakefield;

const job::Overrides all_reducers{{"gmf_statistics", "true"},
                                  {"gmf_maxima", "true"},
                                  {"gmf_exceedances", "true"},
                                  {"gmf_top_events", "25"}};

struct Case {
  const char* name;
  const char* path;  ///< below the checkout
  job::Overrides overrides;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

const Case cases[] = {
    {"Scenario",
     "examples/hayward/job.ini",
     {{"number_of_ground_motion_fields", "100"},
      {"intensity_measure_types_and_levels",
       R"_({"PGA": [0.05, 0.3], "SA(0.3)": [0.1, 0.6], "SA(1.0)": [0.02, 0.5]})_"}}},
    {"Correlated",
     "examples/hayward/job_correlated.ini",
     {{"number_of_ground_motion_fields", "40"},
      {"intensity_measure_types_and_levels",
       R"_({"PGA": [0.05, 0.1, 0.3], "SA(0.3)": [0.1, 0.3, 0.6], "SA(1.0)": [0.02, 0.1, 0.5]})_"}}},
    // Four realizations at a few sites, so that some ranks have none.
    {"EventBased",
     "tests/integration/bad_input/base/event_based.ini",
     {{"ses_per_logic_tree_path", "2000"},
      {"intensity_measure_types_and_levels",
       R"_({"PGA": [0.01, 0.05, 0.2], "SA(0.3)": [0.01, 0.05, 0.2]})_"}}},
    // Sites out of reach of most events. The job's own floor would keep values out of the table.
    {"California",
     "examples/california/job_event_based.ini",
     {{"ses_per_logic_tree_path", "40"},
      {"minimum_intensity", "0"},
      {"intensity_measure_types_and_levels",
       R"_({"PGA": [0.001, 0.1], "SA(0.2)": [0.002, 0.1], "SA(1.0)": [0.001, 0.1]})_"}}}};

const char* const reduced[] = {
    "/reduced/statistics/count",  "/reduced/statistics/mean_ln", "/reduced/statistics/sd_ln",
    "/reduced/maxima/value",      "/reduced/maxima/event",       "/reduced/exceedances/count",
    "/reduced/exceedances/level", "/reduced/top_events/event",   "/reduced/top_events/mean"};

/// Plain numbers of one site, realization and IMT.
struct Plain {
  std::vector<double> lns;
  double largest = -1;
  std::uint64_t event = 0;
  std::vector<std::uint64_t> counts;  ///< [L]
};

using Place = std::tuple<std::uint64_t, std::uint64_t, std::size_t>;

class ReducersTest : public testing::TestWithParam<Case> {
 protected:
  job::Job read(const comm::Communicator& comm, const job::Overrides& more) const {
    job::Overrides overrides = GetParam().overrides;
    overrides.insert(overrides.end(), all_reducers.begin(), all_reducers.end());
    overrides.insert(overrides.end(), more.begin(), more.end());
    return job::read_job(comm, job_runs::source_dir() / GetParam().path, overrides);
  }

  /// All datasets, byte by byte; only on ranks that write.
  std::vector<core::Array> arrays(const comm::Communicator& comm, const job::Overrides& more) {
    job_runs::run(comm, read(comm, more), folder_ / "run.h5");
    std::vector<core::Array> all;
    if (!comm.is_root()) return all;
    const calc::Results results(folder_ / "run.h5");
    for (const char* path : reduced) all.push_back(store::read_array(results.file(), path));
    return all;
  }

  static void expect_same(const std::vector<core::Array>& a, const std::vector<core::Array>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].shape(), b[i].shape()) << reduced[i];
      ASSERT_EQ(a[i].size_bytes(), b[i].size_bytes()) << reduced[i];
      EXPECT_EQ(std::memcmp(a[i].data(), b[i].data(), a[i].size_bytes()), 0) << reduced[i];
    }
  }

  const comm::Communicator alone_;
  const comm::Communicator world_ = comm::Communicator::world();
  ScratchFolder folder_;
};

TEST_P(ReducersTest, SayWhatTheStoredFieldsSay) {
  const job::Job job = read(world_, {});
  job_runs::run(world_, job, folder_ / "run.h5");
  if (!world_.is_root()) return;
  const calc::Results results(folder_ / "run.h5");
  const std::vector<calc::EventRow> events = results.events(0, results.num_rows("/events"));
  const std::vector<std::vector<double>>& levels = job.parameters.levels;
  const std::size_t num_imts = job.parameters.imts.size(), num_levels = levels.front().size();
  std::map<Place, Plain> places;
  std::vector<double> event_sums(events.size() * num_imts);
  results.for_each_block([&](const calc::GmfBlock& block) {
    for (std::size_t i = 0; i < block.size(); ++i)
      for (std::size_t m = 0; m < num_imts; ++m) {
        const double value = block.value(i, m);
        Plain& plain = places[{block.site(i), events[block.event(i)].realization, m}];
        plain.lns.push_back(std::log(value));
        if (value > plain.largest) {
          plain.largest = value;
          plain.event = block.event(i);
        }
        plain.counts.resize(num_levels);
        for (std::size_t l = 0; l < num_levels; ++l) plain.counts[l] += value >= levels[m][l];
        event_sums[block.event(i) * num_imts + m] += value;
      }
  });
  const auto values = [&](const char* path) {
    return store::read_array(results.file(), path).column_f64("");
  };
  const auto count = values(reduced[0]), mean = values(reduced[1]), sd = values(reduced[2]),
             maximum = values(reduced[3]), event = values(reduced[4]),
             exceedances = values(reduced[5]);
  const std::size_t num_realizations = job.tree.realizations.size();
  ASSERT_EQ(mean.size(), job.sites.size() * num_realizations * num_imts);
  std::size_t compared = 0;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const std::size_t place = i / num_imts;
    const auto found =
        places.find({place / num_realizations, place % num_realizations, i % num_imts});
    if (found == places.end()) {
      EXPECT_EQ(count[place], 0);
      EXPECT_TRUE(std::isnan(mean[i]) && std::isnan(sd[i]) && std::isnan(maximum[i]));
      EXPECT_EQ(event[i], std::numeric_limits<std::uint32_t>::max());
      continue;
    }
    const Plain& plain = found->second;
    const auto n = static_cast<double>(plain.lns.size());
    EXPECT_EQ(count[place], n);
    double sum = 0, squares = 0;
    for (const double ln : plain.lns) sum += ln;
    for (const double ln : plain.lns) squares += std::pow(ln - sum / n, 2);
    // Values are stored in single precision: 6e-8 of a value, so of its logarithm.
    EXPECT_NEAR(mean[i], sum / n, 1e-6);
    if (n > 1) {
      EXPECT_NEAR(sd[i] * sd[i], squares / (n - 1), 1e-6);
    }
    EXPECT_EQ(maximum[i], plain.largest);
    EXPECT_EQ(event[i], plain.event);
    for (std::size_t l = 0; l < num_levels; ++l)
      EXPECT_EQ(exceedances[i * num_levels + l], plain.counts[l]);
    ++compared;
  }
  EXPECT_GT(compared, 5u);

  const auto top = values(reduced[7]), top_means = values(reduced[8]);
  const std::size_t num_top = std::min<std::size_t>(25, events.size());
  ASSERT_EQ(top.size(), num_imts * num_top);
  const auto sites = static_cast<double>(job.sites.size());
  for (std::size_t m = 0; m < num_imts; ++m) {
    std::vector<double> means;
    for (std::size_t e = 0; e < events.size(); ++e)
      means.push_back(event_sums[e * num_imts + m] / sites);
    for (std::size_t k = 0; k < num_top; ++k) {
      const std::size_t i = m * num_top + k;
      EXPECT_NEAR(top_means[i], means[static_cast<std::size_t>(top[i])],
                  1e-7 + 1e-7 * top_means[i]);
    }
    std::ranges::sort(means, std::greater<>());
    for (std::size_t k = 0; k < num_top; ++k)
      EXPECT_NEAR(top_means[m * num_top + k], means[k], 1e-7 + 1e-7 * means[k]);
  }
}

TEST_P(ReducersTest, BytesDoNotDependOnRanksTilesBatchesOrWhatIsStored) {
  std::vector<core::Array> expected;
  if (world_.is_root()) expected = arrays(alone_, {{"batch_mib", "64"}});
  for (const char* tile_size : {"16", "1000"})
    for (const char* batch_mib : {"0.01", "64"})
      for (const char* stored : {"true", "false"})
        expect_same(arrays(world_, {{"tile_size", tile_size},
                                    {"batch_mib", batch_mib},
                                    {"ground_motion_fields", stored}}),
                    expected);
}

// All values count, stored or not.
TEST_P(ReducersTest, DoNotDependOnMinimumIntensity) {
  expect_same(arrays(world_, {{"minimum_intensity", "0.1"}}), arrays(world_, {}));
}

TEST_P(ReducersTest, LeaveNothingElseIfFieldsAreNotStored) {
  arrays(world_, {{"ground_motion_fields", "false"}});
  if (!world_.is_root()) return;
  const calc::Results results(folder_ / "run.h5");
  EXPECT_FALSE(results.has("/gmf_data"));
  EXPECT_FALSE(results.has("/progress"));
}

INSTANTIATE_TEST_SUITE_P(Jobs, ReducersTest, testing::ValuesIn(cases),
                         [](const testing::TestParamInfo<Case>& test) { return test.param.name; });

}  // namespace
