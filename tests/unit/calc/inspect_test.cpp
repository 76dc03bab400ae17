// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/inspect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "export_result_file.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

using test::Folder;
using test::ResultFile;
using testing::HasSubstr;

std::string digest_of(const ResultFile& content) {
  const Folder folder;
  content.write(folder / "out.h5");
  return digest(folder / "out.h5");
}

TEST(DigestTest, LeavesOutRanksAndTimes) {
  ResultFile other;
  other.ranks = 5;
  EXPECT_EQ(digest_of({}), digest_of(other));
}

TEST(DigestTest, ChangesWithEveryValue) {
  std::vector<ResultFile> changed(12);
  changed[0].rows[3].values[1] = 12345.679F;
  changed[1].rows[0].site = 1;
  changed[2].rows[1].event = 1;
  changed[3].events[2].year = 51;
  changed[4].weights = {0.7499, 0.2501};
  changed[5].sites[2].lat = 89.50001;
  changed[6].first_magnitude = 5.51;
  changed[7].first_epsilon = 0.8492256F;
  changed[8].dropped = std::vector<test::Dropped>(12);
  changed[9].dropped = changed[8].dropped;
  changed[9].dropped[11].count = 1;
  changed[10].rows.pop_back();
  changed[11].imts[1] = "SA(0.4)";
  std::set<std::string> digests{digest_of({})};
  for (const ResultFile& content : changed) digests.insert(digest_of(content));
  EXPECT_EQ(digests.size(), changed.size() + 1);
}

TEST(DigestTest, RefusesAnIncompleteFile) {
  ResultFile content;
  content.complete = false;
  EXPECT_THROW(digest_of(content), core::Error);
}

TEST(DescribeTest, TellsWhatIsInAFileAndHowItWasMade) {
  const Folder folder;
  ResultFile().write(folder / "out.h5");
  const std::string text = describe(folder / "out.h5");
  for (const char* part :
       {"format 1.0", "complete", "event_based: made up", "shakefield 0.1.0", "abc1234", "42",
        "PGA (g), SA(0.3) (g)", "4 rows of 16 bytes, 64 bytes", "source_model.xml 0123", "12.2 s",
        "/gmf_data/table", "site u32, event u32, PGA f32", "calculation_mode = event_based"})
    EXPECT_THAT(text, HasSubstr(part));
}

TEST(DescribeTest, SaysThatAFileIsNotComplete) {
  const Folder folder;
  ResultFile content;
  content.complete = false;
  content.write(folder / "out.h5");
  EXPECT_THAT(describe(folder / "out.h5"), HasSubstr("NOT COMPLETE"));
}

TEST(ResultsTest, RefusesAnotherFormatAndOtherFiles) {
  const Folder folder;
  ResultFile content;
  content.format_major = 2;
  content.write(folder / "new.h5");
  EXPECT_THROW(Results(folder / "new.h5"), core::Error);
  store::File::create(folder / "foreign.h5").close();
  EXPECT_THROW(Results(folder / "foreign.h5"), core::Error);
}

TEST(ResultsTest, FindsTheRowsOfAnEvent) {
  const Folder folder;
  ResultFile().write(folder / "out.h5");
  const Results results(folder / "out.h5");
  EXPECT_EQ(results.rows_of_event(1).size(), 0U);
  const GmfBlock rows = results.rows_of_event(2);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.site(1), 1U);
  EXPECT_EQ(rows.event(1), 2U);
  EXPECT_EQ(rows.value(1, 0), 0.25F);
  EXPECT_THROW(results.rows_of_event(3), core::Error);
}

TEST(ResultsTest, ReadsEventsInRanges) {
  const Folder folder;
  ResultFile().write(folder / "out.h5");
  const Results results(folder / "out.h5");
  const std::vector<EventRow> events = results.events(1, 2);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[1].id, 2U);
  EXPECT_EQ(events[1].rupture, 1U);
  EXPECT_EQ(events[1].year, 50U);
  EXPECT_EQ(events[1].ses, 2U);
  EXPECT_EQ(results.num_rows("/gmf_data/table"), 4U);
  EXPECT_EQ(results.num_rows("/none"), 0U);
}

}  // namespace
}  // namespace shakefield::calc
