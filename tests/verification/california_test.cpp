// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// The event set of examples/california against the rates of its sources, and the rates at which
// its fields exceed levels against the OpenQuake engine's integrals over the same sources.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>
#include <regex>
#include <sstream>

#include "csv_table.hpp"
#include "run_results.hpp"
#include "shakefield/store/digest.hpp"
#include "statistics.hpp"

namespace {

using namespace shakefield;
using statistics::Moments;

constexpr std::size_t num_seeds = 20, num_realizations = 4;
constexpr int first_seed = 42;  // that of the job
constexpr double years_per_realization = 2500,
                 effective_years = years_per_realization * num_realizations;

std::filesystem::path folder_of_job() {
  return job_runs::source_dir() / "examples/california";
}

job::Job read(job::Overrides overrides) {
  return run_results::read(folder_of_job() / "job_event_based.ini", overrides);
}

/// Truncated Gutenberg-Richter distributions of all sources in file order, read without the
/// program.
struct Mfd {
  double a, b, min_mag, max_mag;
};
std::vector<Mfd> distributions() {
  std::ifstream file(folder_of_job() / "source_model.xml");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::regex pattern(
      R"rx(aValue="([^"]+)" bValue="([^"]+)" minMag="([^"]+)" maxMag="([^"]+)")rx");
  std::vector<Mfd> found;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
    found.push_back(
        {std::stod((*it)[1]), std::stod((*it)[2]), std::stod((*it)[3]), std::stod((*it)[4])});
  return found;
}

/// Magnitude in hundredths: the middle of a bin of 0.1.
using Hundredths = int;

/// Events that the distributions expect in the effective time: a bin from m to m + 0.1 has the rate
/// 10^(a - b m) - 10^(a - b (m + 0.1)).
struct ExpectedEvents {
  std::map<Hundredths, double> by_magnitude;
  std::vector<double> by_source;
  double all = 0;

  ExpectedEvents() {
    for (const Mfd& mfd : distributions()) {
      double of_source = 0;
      for (int tenths = static_cast<int>(std::lround(mfd.min_mag * 10));
           tenths < std::lround(mfd.max_mag * 10); ++tenths) {
        const double low = tenths / 10.0, high = (tenths + 1) / 10.0;
        const double events = effective_years * (std::pow(10, mfd.a - mfd.b * low) -
                                                 std::pow(10, mfd.a - mfd.b * high));
        by_magnitude[tenths * 10 + 5] += events;
        of_source += events;
      }
      by_source.push_back(of_source);
      all += of_source;
    }
  }
};

/// Events of one seed, counted from the tables of the file.
struct CountedEvents {
  std::map<Hundredths, double> by_magnitude;
  std::vector<double> by_source, by_realization, by_decile;  ///< of the years of a realization
  double all = 0;

  explicit CountedEvents(int seed) {
    const ScratchFolder folder;
    job_runs::run({},
                  read({{"ses_seed", std::to_string(seed)},
                        {"ground_motion_fields", "false"},
                        {"region_grid_spacing", "100"}}),
                  folder / "run.h5");
    const calc::Results results(folder / "run.h5");
    const core::Array ruptures = store::read_array(results.file(), "/ruptures");
    const auto mag = ruptures.column_f64("mag");
    const auto source = ruptures.column_i64("source"),
               occurrences = ruptures.column_i64("occurrences");
    by_source.assign(results.num_rows("/sources"), 0.0);
    for (std::size_t i = 0; i < mag.size(); ++i) {
      by_magnitude[static_cast<Hundredths>(std::lround(mag[i] * 100))] +=
          static_cast<double>(occurrences[i]);
      by_source[source[i]] += static_cast<double>(occurrences[i]);
      all += static_cast<double>(occurrences[i]);
    }
    by_realization.assign(num_realizations, 0.0);
    by_decile.assign(10, 0.0);
    for (const calc::EventRow& event : results.events(0, results.num_rows("/events"))) {
      by_realization[event.realization] += 1;
      const double year = event.year - 1 - event.realization * years_per_realization;
      by_decile.at(static_cast<std::size_t>(year / years_per_realization * 10)) += 1;
    }
  }
};

const std::vector<CountedEvents>& counted() {
  static const std::vector<CountedEvents> all = [] {
    std::vector<CountedEvents> counts;
    for (std::size_t i = 0; i < num_seeds; ++i)
      counts.emplace_back(first_seed + static_cast<int>(i));
    return counts;
  }();
  return all;
}

/// p of the counts by magnitude of some seeds. Bins of less than 5 expected events join the next
/// lower one.
double p_by_magnitude(std::span<const CountedEvents> seeds) {
  const ExpectedEvents expected;
  std::vector<double> counts, means;
  for (const auto& [magnitude, events] : expected.by_magnitude) {
    const double mean = events * static_cast<double>(seeds.size());
    double count = 0;
    for (const CountedEvents& seed : seeds) {
      const auto found = seed.by_magnitude.find(magnitude);
      if (found != seed.by_magnitude.end()) count += found->second;
    }
    if (mean < 5 && !means.empty()) {
      means.back() += mean;
      counts.back() += count;
    } else {
      means.push_back(mean);
      counts.push_back(count);
    }
  }
  return statistics::chi_square_p(counts, means);
}

TEST(CaliforniaEventsTest, NumberOfEventsIsWithinThreeDeviations) {
  const ExpectedEvents expected;
  EXPECT_NEAR(expected.all, 23476, 1);
  EXPECT_NEAR(counted().front().all, 23476, 460);
  Moments events;
  double dispersion = 0;
  for (const CountedEvents& seed : counted()) {
    events.add(seed.all);
    dispersion += (seed.all - expected.all) * (seed.all - expected.all) / expected.all;
  }
  EXPECT_NEAR(events.mean(), expected.all, 3 * std::sqrt(expected.all / num_seeds));
  // The numbers of the seeds scatter as Poisson numbers do: not more, and not less.
  const double p = boost::math::gamma_q(num_seeds / 2.0, dispersion / 2);
  EXPECT_GT(p, 1e-3);
  EXPECT_LT(p, 1 - 1e-3);
  RecordProperty("events_of_first_seed", static_cast<int>(counted().front().all));
  RecordProperty("mean_events", std::to_string(events.mean()));
  RecordProperty("p", std::to_string(p));
}

TEST(CaliforniaEventsTest, MagnitudesOccurAtTheRatesOfTheirDistributions) {
  const ExpectedEvents expected;
  for (const CountedEvents& seed : counted()) {
    EXPECT_GT(p_by_magnitude(std::span(&seed, 1)), 1e-3);
    for (const auto& [magnitude, events] : seed.by_magnitude)
      EXPECT_TRUE(expected.by_magnitude.contains(magnitude)) << magnitude;
  }
  EXPECT_GT(p_by_magnitude(counted()), 1e-3) << "all seeds together";
  RecordProperty("p_of_first_seed", std::to_string(p_by_magnitude(std::span(counted()).first(1))));
  RecordProperty("p_of_all_seeds", std::to_string(p_by_magnitude(counted())));
}

TEST(CaliforniaEventsTest, SourcesOccurAtTheirRates) {
  const ExpectedEvents expected;
  std::vector<double> counts(expected.by_source.size(), 0.0), means = expected.by_source;
  for (double& mean : means) mean *= num_seeds;
  for (const CountedEvents& seed : counted()) {
    ASSERT_EQ(seed.by_source.size(), counts.size());
    for (std::size_t s = 0; s < counts.size(); ++s) counts[s] += seed.by_source[s];
  }
  const double p = statistics::chi_square_p(counts, means);
  EXPECT_GT(p, 1e-3);
  RecordProperty("p", std::to_string(p));
}

TEST(CaliforniaEventsTest, RealizationsAndYearsAreUniform) {
  std::vector<double> realizations(num_realizations, 0.0), deciles(10, 0.0);
  double all = 0;
  for (const CountedEvents& seed : counted()) {
    std::ranges::transform(realizations, seed.by_realization, realizations.begin(), std::plus{});
    std::ranges::transform(deciles, seed.by_decile, deciles.begin(), std::plus{});
    all += seed.all;
  }
  EXPECT_GT(statistics::chi_square_p(
                realizations, std::vector<double>(num_realizations, all / num_realizations), 1),
            1e-3);
  EXPECT_GT(statistics::chi_square_p(deciles, std::vector<double>(10, all / 10), 1), 1e-3);
}

TEST(CaliforniaEventsTest, TablesDoNotDependOnTheSites) {
  // The last region is out of reach of all ruptures.
  const std::vector<job::Overrides> sites{{{"region_grid_spacing", "100"}},
                                          {{"region_grid_spacing", "60"}},
                                          {{"region", "10 10, 10 11, 11 11, 11 10"}}};
  std::map<std::string, std::string> first;
  for (const job::Overrides& overrides : sites) {
    const ScratchFolder folder;
    const calc::RunSummary summary = job_runs::run({}, read(overrides), folder / "run.h5");
    if (&overrides == &sites.back()) {
      EXPECT_EQ(summary.values, 0u);
    }
    const calc::Results results(folder / "run.h5");
    for (const char* path : {"/sources", "/realizations", "/ruptures", "/rupture_geometry/points",
                             "/rupture_geometry/index", "/events"}) {
      const std::string digest = store::digest_of(results.file(), path);
      EXPECT_EQ(first.try_emplace(path, digest).first->second, digest) << path;
    }
  }
}

/// Expected exceedances of one IMT, from the engine's curves.
struct ExpectedCurves {
  std::vector<double> levels;
  std::vector<std::vector<double>> poe;          ///< [N][L] in 50 years
  std::vector<std::pair<double, double>> sites;  ///< lon, lat

  explicit ExpectedCurves(const std::string& imt) {
    const CsvTable table(job_runs::source_dir() / "tests/verification/data/california" /
                         ("hazard_curve-mean-" + imt + ".csv"));
    for (const std::string& name : table.names())
      if (name.starts_with("poe-")) levels.push_back(std::stod(name.substr(4)));
    const std::size_t first = table.names().size() - levels.size();
    for (const auto& row : table.cells()) {
      sites.emplace_back(std::stod(row[0]), std::stod(row[1]));
      auto& curve = poe.emplace_back();
      for (std::size_t l = 0; l < levels.size(); ++l) curve.push_back(std::stod(row[first + l]));
    }
  }
  /// In the effective time of one seed.
  double exceedances(std::size_t site, std::size_t level) const {
    constexpr double curve_years = 50;
    return -std::log1p(-poe[site][level]) / curve_years * effective_years;
  }
};

/// Numbers of values at or above each level, [M][N * L].
std::vector<std::vector<double>> count_exceedances(const calc::Results& results,
                                                   const std::vector<ExpectedCurves>& curves) {
  const std::size_t num_sites = results.num_rows("/sites");
  std::vector<std::vector<double>> counts;
  for (const ExpectedCurves& c : curves) counts.emplace_back(num_sites * c.levels.size(), 0.0);
  results.for_each_block([&](const calc::GmfBlock& block) {
    for (std::size_t m = 0; m < curves.size(); ++m) {
      const std::vector<double>& levels = curves[m].levels;
      for (std::size_t row = 0; row < block.size(); ++row) {
        const auto above = std::ranges::upper_bound(levels, block.value(row, m)) - levels.begin();
        if (above > 0) counts[m][block.site(row) * levels.size() + above - 1] += 1;
      }
    }
  });
  for (std::size_t m = 0; m < curves.size(); ++m) {
    const std::size_t n = curves[m].levels.size();
    for (std::size_t site = 0; site < num_sites; ++site)
      for (std::size_t l = n - 1; l-- > 0;) counts[m][site * n + l] += counts[m][site * n + l + 1];
  }
  return counts;
}

// Sites share events, so points are not independent of each other; but each has its own standard
// error, from the spread between seeds (19 degrees of freedom: 8e-4 of the points beyond 4 of
// them).
TEST(CaliforniaFieldsTest, ExceedanceRatesConvergeToTheIntegrals) {
  const ScratchFolder folder;
  std::vector<ExpectedCurves> curves;
  std::vector<double> floors;
  std::vector<std::vector<Moments>> moments;  // [M][N * L]
  for (std::size_t i = 0; i < num_seeds; ++i) {
    const job::Job job = read({{"truncation_level", "99"},
                               {"region_grid_spacing", "20"},
                               {"ses_seed", std::to_string(first_seed + static_cast<int>(i))}});
    job_runs::run({}, job, folder / "run.h5");
    const calc::Results results(folder / "run.h5");
    if (curves.empty()) {
      floors = results.header().minimum_intensity;
      for (const std::string& imt : results.gmf_layout().imts) {
        curves.emplace_back(imt);
        ASSERT_EQ(curves.back().sites.size(), job.sites.size());
        moments.emplace_back(job.sites.size() * curves.back().levels.size());
      }
      for (std::size_t n = 0; n < job.sites.size(); ++n) {
        EXPECT_NEAR(job.sites.points()[n].lon_deg, curves[0].sites[n].first, 1e-9);
        EXPECT_NEAR(job.sites.points()[n].lat_deg, curves[0].sites[n].second, 1e-9);
      }
    }
    const auto counts = count_exceedances(results, curves);
    for (std::size_t m = 0; m < curves.size(); ++m)
      for (std::size_t j = 0; j < counts[m].size(); ++j) moments[m][j].add(counts[m][j]);
  }

  std::size_t points = 0, outliers = 0;
  Moments errors;
  for (std::size_t m = 0; m < curves.size(); ++m)
    for (std::size_t n = 0; n < curves[m].sites.size(); ++n)
      for (std::size_t l = 0; l < curves[m].levels.size(); ++l) {
        const double expected = curves[m].exceedances(n, l);
        if (curves[m].levels[l] < floors[m] || curves[m].poe[n][l] >= 0.99 || expected < 10)
          continue;
        const Moments& found = moments[m][n * curves[m].levels.size() + l];
        const double z = (found.mean() - expected) / found.standard_error();
        ++points;
        outliers += std::abs(z) > 4;
        errors.add(z);
      }
  RecordProperty("points", static_cast<int>(points));
  RecordProperty("outliers", static_cast<int>(outliers));
  RecordProperty("mean_error", std::to_string(errors.mean()));
  RecordProperty("sd_of_errors", std::to_string(errors.sd()));
  EXPECT_GT(points, 10000u);
  EXPECT_LT(static_cast<double>(outliers), 0.01 * static_cast<double>(points))
      << "mean error " << errors.mean() << ", deviation " << errors.sd();
}

}  // namespace
