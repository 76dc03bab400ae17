// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/exceedance_counts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <random>

#include "shakefield/field/row_maker.hpp"
#include "support.hpp"

namespace shakefield::field {
namespace {

using testing::ElementsAre;

constexpr std::size_t stride = 256;
const std::vector<std::vector<double>> levels{{0.1, 0.2, 0.4}, {5, 6, 7}};

/// Values of one event at some sites; `of` gives that of IMT m at position i.
template <class Of>
void add(Reducer& counts, std::uint32_t realization, const std::vector<std::uint32_t>& sites,
         Of&& of) {
  std::vector<float> values(levels.size() * stride, 1e9f);  // behind the sites, too
  for (std::size_t m = 0; m < levels.size(); ++m)
    for (std::size_t i = 0; i < sites.size(); ++i) values[m * stride + i] = of(m, i);
  counts.add({0, realization, sites, stride, values, {}});
}

std::vector<std::uint32_t> read(const ExceedanceCounts& counts, std::uint32_t site,
                                std::uint32_t realization) {
  std::vector<std::uint32_t> to(6, 77);
  counts.read(site, realization, to);
  return to;
}

TEST(ExceedanceCountsTest, AnEventCountsAtEveryLevelThatItReaches) {
  ExceedanceCounts counts(10, 2, levels);
  add(counts, 1, {4}, [](std::size_t m, std::size_t) { return m == 0 ? 0.25f : 6.5f; });
  add(counts, 1, {4}, [](std::size_t m, std::size_t) { return m == 0 ? 0.01f : 9.0f; });
  EXPECT_THAT(read(counts, 4, 1), ElementsAre(1, 1, 0, 2, 2, 1));
  EXPECT_THAT(read(counts, 4, 0), ElementsAre(0, 0, 0, 0, 0, 0));
  EXPECT_THAT(read(counts, 5, 1), ElementsAre(0, 0, 0, 0, 0, 0));
}

// 0.1 is no number of single precision: the nearest one, 0.100000001, is above it and reaches it.
TEST(ExceedanceCountsTest, AValueAtALevelReachesIt) {
  ExceedanceCounts counts(3, 1, levels);
  add(counts, 0, {0, 1, 2}, [](std::size_t m, std::size_t i) {
    const float at = m == 0 ? 0.1f : 6.0f;
    return i == 0 ? std::nextafter(at, 0.0f) : i == 1 ? at : std::nextafter(at, 10.0f);
  });
  EXPECT_THAT(read(counts, 0, 0), ElementsAre(0, 0, 0, 1, 0, 0));
  EXPECT_THAT(read(counts, 1, 0), ElementsAre(1, 0, 0, 1, 1, 0));
  EXPECT_THAT(read(counts, 2, 0), ElementsAre(1, 0, 0, 1, 1, 0));
}

TEST(ExceedanceCountsTest, PartsOfTheSitesAddUpToThePlainCounts) {
  constexpr std::uint32_t num_sites = 300, num_realizations = 3, num_parts = 4;
  std::vector<std::unique_ptr<ExceedanceCounts>> parts;
  for (std::uint32_t p = 0; p < num_parts; ++p)
    parts.push_back(std::make_unique<ExceedanceCounts>(num_sites, num_realizations, levels));
  std::map<std::array<std::uint32_t, 2>, std::vector<std::uint32_t>> expected;
  std::mt19937 random(20261123);
  std::lognormal_distribution<float> value(-2.0f, 1.0f);
  for (int event = 0; event < 400; ++event) {
    const auto realization = static_cast<std::uint32_t>(random() % num_realizations);
    std::vector<std::uint32_t> sites;
    for (std::uint32_t site = 0; site < num_sites && sites.size() < stride; ++site)
      if (random() % 5 == 0) sites.push_back(site);
    add(*parts[random() % num_parts], realization, sites, [&](std::size_t m, std::size_t i) {
      const float y = value(random) * (m == 0 ? 1.0f : 30.0f);
      auto& counts = expected[{sites[i], realization}];
      counts.resize(6);
      for (std::size_t l = 0; l < 3; ++l) counts[m * 3 + l] += double{y} >= levels[m][l] ? 1 : 0;
      return y;
    });
  }
  ExceedanceCounts all(num_sites, num_realizations, levels);
  for (const auto& part : parts)
    for (std::uint32_t site = 0; site < num_sites; ++site) {
      std::vector<std::byte> rows;
      part->append_rows(site, rows);
      ASSERT_EQ(rows.size() % all.row_type().bytes, 0u);
      all.add_rows(rows);
    }
  ASSERT_EQ(expected.size(), num_sites * num_realizations);
  for (const auto& [place, counts] : expected) EXPECT_EQ(read(all, place[0], place[1]), counts);
}

// Two sites, sigma 0: values are the medians 0.3 and 0.03, below the floor 0.1 the second one.
TEST(ExceedanceCountsTest, SeesValuesThatAreNotStored) {
  const std::vector<std::vector<double>> of_pga{{0.02, 0.2}};
  for (const bool makes_rows : {true, false}) {
    ExceedanceCounts counts(2, 1, of_pga);
    FieldOptions options;
    options.imts = {core::Imt::parse("PGA")};
    options.minimum_intensity = {0.1};
    options.reducers = {&counts};
    options.makes_rows = makes_rows;
    RowMaker maker(options, 2);
    const std::size_t padded = padded_size(2);
    const KeyColumns keys(2);
    std::vector<std::uint32_t> id(padded, 1);
    id[0] = 0;
    std::vector<float> mean(padded, std::log(0.03f)), zero(padded);
    mean[0] = std::log(0.3f);
    std::vector<std::byte> rows;
    maker.start(1, {2, id, id, keys.lo, keys.hi}, 1);
    EXPECT_EQ(maker.append({}, {padded, mean, zero, zero}, rows), makes_rows ? 1u : 0u);
    std::vector<std::uint32_t> reached(2);
    counts.read(0, 0, reached);
    EXPECT_THAT(reached, ElementsAre(1, 1));
    counts.read(1, 0, reached);
    EXPECT_THAT(reached, ElementsAre(1, 0));
  }
}

}  // namespace
}  // namespace shakefield::field
