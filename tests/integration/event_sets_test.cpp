// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Event sets that leave a run and come back: the same events on other sites (--ruptures), and
// tables of ruptures as the OpenQuake engine reads and writes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <span>
#include <tuple>

#include "job_runs.hpp"
#include "shakefield/calc/export.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/core/hash.hpp"
#include "shakefield/store/file.hpp"

namespace {

using namespace shakefield;
using testing::HasSubstr;

const std::filesystem::path data = job_runs::source_dir() / "tests/integration/event_sets";

/// A folder of root's that all ranks use.
class SharedFolder {
 public:
  explicit SharedFolder(const comm::Communicator& comm) {
    if (comm.is_root()) own_.emplace();
    const std::string name = own_ ? own_->path().string() : "";
    const auto bytes = std::as_bytes(std::span(name));
    std::vector<std::byte> shared(bytes.begin(), bytes.end());
    comm::broadcast(comm, shared);
    path_ = std::string(reinterpret_cast<const char*>(shared.data()), shared.size());
  }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::optional<ScratchFolder> own_;
  std::filesystem::path path_;
};

/// A job and the run whose events it takes over.
struct Source {
  std::string job;
  job::Overrides overrides = {};
  std::filesystem::path events = {};
};

void run(const comm::Communicator& comm, const Source& source,
         const std::filesystem::path& output) {
  job_runs::run(comm, job::read_job(comm, data / source.job, source.overrides, source.events),
                output);
}

/// Values by (event, longitude of the site).
std::map<std::pair<std::uint64_t, double>, std::vector<float>> fields(
    const std::filesystem::path& path) {
  const calc::Results results(path);
  const auto lon = results.sites().lon_deg;
  const std::size_t imts = results.gmf_layout().imts.size();
  std::map<std::pair<std::uint64_t, double>, std::vector<float>> values;
  results.for_each_block([&](const calc::GmfBlock& block) {
    for (std::size_t i = 0; i < block.size(); ++i)
      for (std::size_t m = 0; m < imts; ++m)
        values[{block.event(i), lon[block.site(i)]}].push_back(block.value(i, m));
  });
  return values;
}

std::string digest_of(const std::filesystem::path& path, std::string_view dataset) {
  const store::File file = store::File::open(path);
  core::Digest digest;
  const core::Array array = store::read_array(file, dataset);
  digest.add({array.data(), array.size_bytes()});
  return digest.hex();
}

class EventSetTest : public testing::TestWithParam<Source> {
 protected:
  const comm::Communicator world_ = comm::Communicator::world();
  const SharedFolder folder_{world_};
};

TEST_P(EventSetTest, TakenOverAtTheSameSitesGivesTheSameFile) {
  const auto first = folder_ / "first.h5", again = folder_ / "again.h5";
  run(world_, GetParam(), first);
  run(world_, {GetParam().job, GetParam().overrides, first}, again);
  comm::agree(world_, [&] {
    if (world_.is_root()) {
      EXPECT_EQ(calc::digest(again), calc::digest(first));
    }
  });
}

TEST_P(EventSetTest, TakenOverAtOtherSitesKeepsEventsAndTheFieldsOfCommonSites) {
  const auto first = folder_ / "first.h5", other = folder_ / "other.h5",
             third = folder_ / "third.h5";
  job::Overrides elsewhere = GetParam().overrides;
  elsewhere.emplace_back("sites", "0.5 0.3, 0.11 0.12, -0.31 0.2, 0.7 0.7");
  run(world_, GetParam(), first);
  run(world_, {GetParam().job, elsewhere, first}, other);
  run(world_, {GetParam().job, GetParam().overrides, other}, third);
  comm::agree(world_, [&] {
    if (!world_.is_root()) return;
    for (const char* table : {"/ruptures", "/rupture_geometry/points", "/rupture_geometry/index",
                              "/rupture_geometry/parts", "/events", "/realizations", "/sources"})
      EXPECT_EQ(digest_of(other, table), digest_of(first, table)) << table;
    const auto before = fields(first), after = fields(other);
    std::size_t common = 0;
    for (const auto& [key, values] : before) {
      if (key.second != 0.5) continue;
      ++common;
      ASSERT_TRUE(after.contains(key));
      EXPECT_EQ(after.at(key), values) << "event " << key.first;
    }
    EXPECT_GT(common, 10u);
    EXPECT_EQ(calc::digest(third), calc::digest(first)) << "back at the first sites";
  });
}

INSTANTIATE_TEST_SUITE_P(Jobs, EventSetTest,
                         testing::Values(Source{"event_based.ini"}, Source{"scenario.ini"}),
                         [](const auto& test) {
                           return test.param.job == "scenario.ini" ? "Listed" : "FromSources";
                         });

class ExchangeTest : public testing::Test {
 protected:
  const comm::Communicator world_ = comm::Communicator::world();
  const SharedFolder folder_{world_};
};

/// Lines of a CSV file behind its header, cut at commas outside quotes.
std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& path) {
  std::ifstream stream(path);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('#')) continue;
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') quoted = !quoted;
      if (c == ',' && !quoted)
        cells.emplace_back();
      else if (c != '\r')
        cells.back() += c;
    }
    rows.push_back(cells);
  }
  rows.erase(rows.begin());
  return rows;
}

/// Medians by (rupture, realization, site, measure) of a file whose fields have no residuals.
std::map<std::tuple<std::uint64_t, std::uint32_t, std::uint32_t, std::size_t>, float> medians(
    const std::filesystem::path& path) {
  const calc::Results results(path);
  const auto events = results.events(0, results.num_rows("/events"));
  std::map<std::tuple<std::uint64_t, std::uint32_t, std::uint32_t, std::size_t>, float> values;
  results.for_each_block([&](const calc::GmfBlock& block) {
    for (std::size_t i = 0; i < block.size(); ++i)
      for (std::size_t m = 0; m < results.gmf_layout().imts.size(); ++m) {
        const calc::EventRow& event = events.at(block.event(i));
        values[{event.rupture, event.realization, block.site(i), m}] = block.value(i, m);
      }
  });
  return values;
}

TEST_F(ExchangeTest, MediansOfListedRupturesAreThoseOfTheEngine) {
  const auto output = folder_ / "out.h5";
  run(world_, {"scenario.ini", {{"truncation_level", "0"}}}, output);
  comm::agree(world_, [&] {
    if (!world_.is_root()) return;
    // 19 ruptures, 2 realizations, 2 fields each
    EXPECT_EQ(calc::Results(output).num_rows("/events"), 76u);
    const auto own = medians(output);
    const auto expected = rows_of(data / "peer_fields.csv");
    ASSERT_EQ(own.size(), 2 * expected.size());
    for (const auto& row : expected)
      for (const std::size_t m : {0U, 1U}) {
        const float value =
            own.at({std::stoul(row[0]), static_cast<std::uint32_t>(std::stoul(row[1])),
                    static_cast<std::uint32_t>(std::stoul(row[2])), m});
        const double peer = std::stod(row[3 + m]);
        EXPECT_NEAR(std::log(value / peer), 0, 1e-3) << row[0] << ' ' << row[1] << ' ' << row[2];
      }
  });
}

TEST_F(ExchangeTest, ListedRupturesOfAnEventSetHaveOneEventEach) {
  const auto output = folder_ / "out.h5";
  run(world_,
      {"scenario.ini",
       {{"calculation_mode", "event_based"},
        {"investigation_time", "50"},
        {"truncation_level", "0"}}},
      output);
  comm::agree(world_, [&] {
    if (!world_.is_root()) return;
    const calc::Results results(output);
    const auto events = results.events(0, results.num_rows("/events"));
    EXPECT_EQ(events.size(), 19u);
    for (const calc::EventRow& event : events) {
      EXPECT_EQ(event.rupture, event.id);
      EXPECT_LT(event.realization, 2u);
      EXPECT_GE(event.year, 1u);
    }
  });
}

TEST_F(ExchangeTest, AnExportedEventSetIsReadBack) {
  const auto first = folder_ / "first.h5", again = folder_ / "again.h5";
  const job::Overrides medians_only{{"truncation_level", "0"}};
  run(world_, {"event_based.ini", medians_only}, first);
  comm::agree(world_, [&] {
    if (!world_.is_root()) return;
    for (const char* name : {"scenario.ini", "gmm_tree.xml"})
      std::filesystem::copy_file(data / name, folder_ / name);
    calc::ExportOptions options;
    options.what = {"rupture-model"};
    calc::export_results(first, folder_.path(), options);
  });
  const job::Job job =
      job::read_job(world_, folder_ / "scenario.ini",
                    {{"truncation_level", "0"}, {"rupture_model_file", "rupture_model.csv"}});
  job_runs::run(world_, job, again);
  comm::agree(world_, [&] {
    if (!world_.is_root()) return;
    EXPECT_EQ(calc::Results(again).num_rows("/ruptures"),
              calc::Results(first).num_rows("/ruptures"));
    const auto before = medians(first), after = medians(again);
    for (const auto& [key, value] : before) {
      ASSERT_TRUE(after.contains(key));
      // Coordinates have five decimals of a degree: 1 m.
      EXPECT_NEAR(std::log(after.at(key) / value), 0, 1e-3) << "rupture " << std::get<0>(key);
    }
    EXPECT_GT(before.size(), 50u);
    const auto rows = rows_of(folder_ / "rupture_model.csv");
    EXPECT_EQ(rows.size(), calc::Results(first).num_rows("/ruptures"));
    std::uint64_t events = 0;
    for (const auto& row : rows) events += std::stoul(row.at(6));
    EXPECT_EQ(events, calc::Results(first).num_rows("/events"));
  });
}

TEST_F(ExchangeTest, EventsOfAnotherCalculationAreRefused) {
  const auto first = folder_ / "first.h5";
  run(world_, {"event_based.ini", {{"ground_motion_fields", "false"}}}, first);
  const auto message = [&](const Source& source) -> std::string {
    try {
      job::read_job(world_, data / source.job, source.overrides, source.events);
    } catch (const core::Error& e) {
      return e.what();
    }
    return "";
  };
  EXPECT_THAT(message({"event_based.ini", {{"ses_seed", "25"}}, first}),
              HasSubstr("ses_seed = 25 (the events of"));
  EXPECT_THAT(message({"event_based.ini", {{"investigation_time", "10"}}, first}),
              HasSubstr("investigation_time = 10"));
  EXPECT_THAT(message({"scenario.ini", {}, first}), HasSubstr("calculation_mode = scenario"));
  EXPECT_THAT(
      message({"event_based.ini", {{"gsim_logic_tree_file", ""}, {"gsim", "ToroEtAl2002"}}, first}),
      HasSubstr("the events have the model SadighEtAl1997"));
  EXPECT_THAT(message({"event_based.ini", {}, folder_ / "missing.h5"}), HasSubstr("missing.h5"));
  EXPECT_THAT(message({"event_based.ini", {}, data / "model.xml"}), HasSubstr("model.xml"));
}

TEST(SourceSelectionTest, TakesSourcesByTheBeginningOfTheirIdsAndByTheirKind) {
  const auto ids = [](const job::Overrides& overrides) {
    job::InputFiles files;
    const job::Job job = job::read_job(data / "event_based.ini", overrides, files);
    std::vector<std::string> found;
    for (const job::PathSource& row : job::path_sources(job)) found.push_back(row.source->id());
    return found;
  };
  using testing::ElementsAre;
  EXPECT_THAT(ids({{"source_id", "c"}}), ElementsAre("cp", "cx"));
  EXPECT_THAT(ids({{"source_id", "sf, cp"}}), ElementsAre("sf", "cp"));
  EXPECT_THAT(ids({{"source_nodes", "pointSource complexFaultSource"}}), ElementsAre("pt", "cx"));
  EXPECT_THAT(ids({{"source_id", "c"}, {"source_nodes", "complexFaultSource"}}), ElementsAre("cx"));
  try {
    ids({{"source_id", "zz"}});
    ADD_FAILURE() << "no source has such an id";
  } catch (const core::Error& e) {
    EXPECT_THAT(e.what(), HasSubstr("leave no source"));
  }
}

}  // namespace
