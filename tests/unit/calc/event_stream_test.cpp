// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "event_stream.hpp"

#include <gtest/gtest.h>

#include <map>

#include "job_runs.hpp"
#include "mpi_test.hpp"

namespace {

using namespace shakefield;

job::Job california(const comm::Communicator& comm, const char* ses) {
  return job::read_job(comm, job_runs::source_dir() / "examples/california/job_event_based.ini",
                       {{"ses_per_logic_tree_path", ses}});
}

/// All ruptures of a stream, one line of facts each.
std::vector<std::vector<double>> all_ruptures(const comm::Communicator& comm, const job::Job& job) {
  const calc::ModelTable models = calc::model_table(job.tree);
  const auto stream = calc::make_event_based_stream(comm, job, models);
  std::vector<std::vector<double>> facts;
  std::vector<field::EventSpec> specs;
  for (auto section = stream->next(); !section.empty(); section = stream->next())
    for (const calc::RuptureEvents& r : section) {
      specs.clear();
      stream->describe(r, 0, r.occurrences, specs);
      std::vector<double> row{static_cast<double>(r.source), static_cast<double>(r.index),
                              static_cast<double>(r.first_event),
                              static_cast<double>(r.occurrences), r.rupture.mag};
      for (const field::EventSpec& e : specs) {
        row.push_back(e.realization);
        row.push_back(stream->time(r, e).year);
      }
      facts.push_back(std::move(row));
    }
  return facts;
}

TEST(EventStreamTest, IsTheSameOnAnyNumberOfRanks) {
  const comm::Communicator world = comm::Communicator::world(), alone;
  const auto together = all_ruptures(world, california(world, "100"));
  EXPECT_EQ(together, all_ruptures(alone, california(alone, "100")));
  EXPECT_GT(together.size(), 500u);
}

TEST(EventStreamTest, ASoughtStreamGoesOnWithTheSameSections) {
  const comm::Communicator world = comm::Communicator::world();
  const job::Job job = california(world, "3000");
  const calc::ModelTable models = calc::model_table(job.tree);
  const auto stream = calc::make_event_based_stream(world, job, models);
  int num_sections = 0;
  for (;; ++num_sections) {
    const auto sought = calc::make_event_based_stream(world, job, models);
    sought->seek(stream->mark());
    EXPECT_EQ(sought->fraction(), stream->fraction());
    const auto expected = stream->next(), section = sought->next();
    ASSERT_EQ(section.size(), expected.size());
    if (section.empty()) break;
    for (std::size_t i = 0; i < section.size(); ++i) {
      EXPECT_EQ(section[i].first_event, expected[i].first_event);
      EXPECT_EQ(section[i].key, expected[i].key);
      EXPECT_EQ(section[i].occurrences, expected[i].occurrences);
    }
  }
  EXPECT_GT(num_sections, 12);  // more than are drawn in one block
}

TEST(EventStreamTest, SectionsStaySmallHoweverManyYearsThereAre) {
  const comm::Communicator world = comm::Communicator::world();
  const job::Job job = california(world, "30000");
  const calc::ModelTable models = calc::model_table(job.tree);
  const auto stream = calc::make_event_based_stream(world, job, models);
  std::size_t num_ruptures = 0;
  for (auto section = stream->next(); !section.empty(); section = stream->next()) {
    EXPECT_LT(section.size(), 1024u);
    num_ruptures += section.size();
  }
  EXPECT_GT(num_ruptures, 30'000u);
}

TEST(EventStreamTest, EventsAreNumberedDenselyInOrder) {
  const comm::Communicator world = comm::Communicator::world();
  double next_event = 0, last_source = -1, last_index = -1;
  for (const auto& r : all_ruptures(world, california(world, "100"))) {
    EXPECT_EQ(r[2], next_event);
    next_event += r[3];
    EXPECT_TRUE(r[0] > last_source || (r[0] == last_source && r[1] > last_index));
    last_source = r[0];
    last_index = r[1];
  }
}

TEST(EventStreamTest, YearsLieInTheYearsOfTheirRealization) {
  const comm::Communicator world = comm::Communicator::world();
  constexpr double years = 100;  // investigation_time 1 x 100 sets
  for (const auto& r : all_ruptures(world, california(world, "100")))
    for (std::size_t i = 5; i + 1 < r.size(); i += 2) {
      EXPECT_GT(r[i + 1], r[i] * years);
      EXPECT_LE(r[i + 1], (r[i] + 1) * years);
    }
}

TEST(EventStreamTest, ScenarioRealizationsOwnContiguousBlocks) {
  const comm::Communicator alone;
  const job::Job job = job::read_job(alone, job_runs::source_dir() / "examples/hayward/job.ini",
                                     {{"number_of_ground_motion_fields", "7"}});
  const calc::ModelTable models = calc::model_table(job.tree);
  const auto stream = calc::make_scenario_stream(job, models);
  const auto section = stream->next();
  ASSERT_EQ(section.size(), 1u);
  EXPECT_TRUE(stream->next().empty());
  std::vector<field::EventSpec> specs;
  stream->describe(section[0], 0, section[0].occurrences, specs);
  ASSERT_EQ(specs.size(), 7u);
  for (std::size_t e = 0; e < specs.size(); ++e) {
    EXPECT_EQ(specs[e].id, e);
    EXPECT_EQ(specs[e].realization, 0u);
  }
}

TEST(EventStreamTest, ListedProbabilitiesHoldInEveryEventSet) {
  // Rupture 0 of source "np" occurs 0, 1 or 2 times in an event set: 0.8, 0.15, 0.05.
  const comm::Communicator world = comm::Communicator::world();
  const job::Job job =
      job::read_job(world, job_runs::source_dir() / "tests/unit/job/data/listed/job.ini", {});
  const calc::ModelTable models = calc::model_table(job.tree);
  const auto stream = calc::make_event_based_stream(world, job, models);
  std::map<std::uint32_t, int> events_in_set;
  for (auto section = stream->next(); !section.empty(); section = stream->next())
    for (const calc::RuptureEvents& r : section) {
      if (r.source != 1 || r.index != 0) continue;
      std::vector<field::EventSpec> specs;
      stream->describe(r, 0, r.occurrences, specs);
      for (const field::EventSpec& e : specs) {
        const calc::EventTime time = stream->time(r, e);
        EXPECT_EQ((time.year - 1) / 2, time.ses - 1);  // sets of 2 years, one realization
        ++events_in_set[time.ses];
      }
    }
  int twice = 0;
  for (const auto& [set, events] : events_in_set) {
    EXPECT_LE(events, 2);
    twice += events == 2;
  }
  // 500 sets: means 100 and 25, standard deviations 8.9 and 4.9.
  EXPECT_NEAR(static_cast<double>(events_in_set.size()), 100, 4 * 8.9);
  EXPECT_NEAR(twice, 25, 4 * 4.9);
}

}  // namespace
