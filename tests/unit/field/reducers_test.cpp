// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Reducers against plain sums in double precision, whatever the order and the cut of the values.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>

#include "shakefield/field/event_sums.hpp"
#include "shakefield/field/fixed_point.hpp"
#include "shakefield/field/ln_sums.hpp"
#include "shakefield/field/maxima.hpp"

namespace shakefield::field {
namespace {

using testing::ElementsAre;

constexpr std::size_t stride = 16, num_imts = 2;
constexpr std::uint32_t num_sites = 40, num_realizations = 3, num_events = 200;

/// Values of one event at up to 16 sites.
struct Chunk {
  std::uint32_t event = 0, realization = 0;
  std::vector<std::uint32_t> sites;
  std::vector<float> values, logs;  ///< [M][stride]

  void show(Reducer& reducer) const {
    reducer.add({event, realization, sites, stride, values, logs});
  }
};

Chunk chunk(std::uint32_t event, std::uint32_t realization, std::vector<std::uint32_t> sites,
            const std::vector<std::vector<float>>& values) {
  Chunk c{event, realization, std::move(sites), std::vector<float>(num_imts * stride, 1e9f),
          std::vector<float>(num_imts * stride, 1e9f)};
  for (std::size_t m = 0; m < num_imts; ++m)
    for (std::size_t i = 0; i < c.sites.size(); ++i) {
      c.values[m * stride + i] = values[m][i];
      c.logs[m * stride + i] = std::log(values[m][i]);
    }
  return c;
}

/// Events at random sites, each cut into chunks.
std::vector<Chunk> random_chunks() {
  std::mt19937 random(20261123);
  std::lognormal_distribution<float> value(-3.0f, 1.5f);
  std::vector<Chunk> chunks;
  for (std::uint32_t event = 0; event < num_events; ++event) {
    const auto realization = static_cast<std::uint32_t>(random() % num_realizations);
    for (std::uint32_t first = 0; first < num_sites; first += 10) {
      std::vector<std::uint32_t> sites;
      for (std::uint32_t site = first; site < first + 10; ++site)
        if (random() % 3 == 0) sites.push_back(site);
      std::vector<std::vector<float>> values(num_imts, std::vector<float>(sites.size()));
      for (auto& of_imt : values) std::ranges::generate(of_imt, [&] { return value(random); });
      chunks.push_back(chunk(event, realization, sites, values));
    }
  }
  return chunks;
}

/// [site][realization][M] values with their events.
using Place = std::array<std::uint32_t, 3>;
std::map<Place, std::vector<std::pair<float, std::uint32_t>>> by_place(
    const std::vector<Chunk>& chunks) {
  std::map<Place, std::vector<std::pair<float, std::uint32_t>>> all;
  for (const Chunk& c : chunks)
    for (std::size_t i = 0; i < c.sites.size(); ++i)
      for (std::uint32_t m = 0; m < num_imts; ++m)
        all[{c.sites[i], c.realization, m}].emplace_back(c.values[m * stride + i], c.event);
  return all;
}

/// One object that has seen all, and one that four others were merged into, each of which has seen
/// a part in another order.
template <class Sums>
std::pair<Sums, Sums> whole_and_merged(std::vector<Chunk> chunks) {
  const auto make = [] { return Sums(num_sites, num_realizations, num_imts); };
  std::pair<Sums, Sums> both{make(), make()};
  for (const Chunk& c : chunks) c.show(both.first);
  std::mt19937 random(7);
  std::ranges::shuffle(chunks, random);
  std::vector<Sums> parts;
  for (int p = 0; p < 4; ++p) parts.push_back(make());
  for (const Chunk& c : chunks) c.show(parts[random() % parts.size()]);
  for (const Sums& part : parts)
    for (std::uint32_t site = 0; site < num_sites; ++site) {
      std::vector<std::byte> rows;
      part.append_rows(site, rows);
      EXPECT_EQ(rows.size() % part.row_type().bytes, 0u);
      both.second.add_rows(rows);
    }
  return both;
}

TEST(LnSumsTest, MomentsAreThoseOfTheLogarithms) {
  LnSums sums(3, 1, num_imts);
  // ln: 0 and 1, 2 and 4; at site 2 one value only.
  const auto e = [](double power) { return static_cast<float>(std::exp(power)); };
  chunk(0, 0, {0, 2}, {{e(0), e(3)}, {e(2), e(5)}}).show(sums);
  chunk(1, 0, {0}, {{e(1)}, {e(4)}}).show(sums);
  EXPECT_EQ(sums.moments(0, 0, 0).count, 2);
  EXPECT_NEAR(sums.moments(0, 0, 0).mean, 0.5, 1e-6);
  EXPECT_NEAR(sums.moments(0, 0, 0).sd, std::sqrt(0.5), 1e-6);
  EXPECT_NEAR(sums.moments(0, 0, 1).mean, 3, 1e-6);
  EXPECT_NEAR(sums.moments(0, 0, 1).sd, std::sqrt(2.0), 1e-6);
  EXPECT_EQ(sums.moments(2, 0, 0).count, 1);
  EXPECT_NEAR(sums.moments(2, 0, 0).mean, 3, 1e-6);
  EXPECT_TRUE(std::isnan(sums.moments(2, 0, 0).sd));
  EXPECT_EQ(sums.moments(1, 0, 0).count, 0);
  EXPECT_TRUE(std::isnan(sums.moments(1, 0, 0).mean));
}

TEST(LnSumsTest, PartsInAnyOrderMergeToTheSameBits) {
  const std::vector<Chunk> chunks = random_chunks();
  const auto [whole, merged] = whole_and_merged<LnSums>(chunks);
  for (const auto& [place, values] : by_place(chunks)) {
    const LnMoments a = whole.moments(place[0], place[1], place[2]);
    const LnMoments b = merged.moments(place[0], place[1], place[2]);
    EXPECT_EQ(a.count, static_cast<std::int64_t>(values.size()));
    EXPECT_EQ(b.count, a.count);
    EXPECT_EQ(b.mean, a.mean);
    if (values.size() < 2) continue;
    EXPECT_EQ(b.sd, a.sd);
    double sum = 0, squares = 0;
    for (const auto& [value, event] : values) sum += std::log(value);
    const double mean = sum / static_cast<double>(values.size());
    for (const auto& [value, event] : values) squares += std::pow(std::log(value) - mean, 2);
    EXPECT_NEAR(a.mean, mean, 1e-6);
    EXPECT_NEAR(a.sd, std::sqrt(squares / static_cast<double>(values.size() - 1)), 1e-6);
  }
}

TEST(MaximaTest, EqualValuesGiveTheLowestEvent) {
  Maxima maxima(2, 1, num_imts);
  chunk(5, 0, {1}, {{0.5f}, {0.1f}}).show(maxima);
  chunk(3, 0, {1}, {{0.5f}, {0.3f}}).show(maxima);
  chunk(9, 0, {1}, {{0.5f}, {0.2f}}).show(maxima);
  EXPECT_EQ(maxima.find(1, 0, 0)->value, 0.5f);
  EXPECT_EQ(maxima.find(1, 0, 0)->event, 3u);
  EXPECT_EQ(maxima.find(1, 0, 1)->value, 0.3f);
  EXPECT_FALSE(maxima.find(0, 0, 0));
}

// Macroseismic intensities of weak shaking are below 0.
TEST(MaximaTest, OrdersNegativeValuesToo) {
  Maxima maxima(1, 1, num_imts);
  chunk(0, 0, {0}, {{-2.5f}, {-1.0f}}).show(maxima);
  chunk(1, 0, {0}, {{-0.5f}, {0.0f}}).show(maxima);
  chunk(2, 0, {0}, {{-1.5f}, {-0.0f}}).show(maxima);
  EXPECT_EQ(maxima.find(0, 0, 0)->value, -0.5f);
  EXPECT_EQ(maxima.find(0, 0, 0)->event, 1u);
  EXPECT_EQ(maxima.find(0, 0, 1)->event, 1u);
}

TEST(MaximaTest, PartsInAnyOrderMergeToTheMaxima) {
  const std::vector<Chunk> chunks = random_chunks();
  const auto [whole, merged] = whole_and_merged<Maxima>(chunks);
  for (const auto& [place, values] : by_place(chunks)) {
    const auto [value, event] =
        *std::ranges::max_element(values, {}, [](const auto& v) { return v.first; });
    for (const Maxima* maxima : {&whole, &merged}) {
      EXPECT_EQ(maxima->find(place[0], place[1], place[2])->value, value);
      EXPECT_EQ(maxima->find(place[0], place[1], place[2])->event, event);
    }
  }
}

TEST(EventSumsTest, AddUpTheValuesOfEachEvent) {
  EventSums sums(num_imts, 10);
  chunk(10, 0, {0, 1}, {{0.25f, 0.5f}, {2.0f, 4.0f}}).show(sums);
  chunk(12, 0, {7}, {{1.0f}, {8.0f}}).show(sums);
  chunk(10, 0, {5}, {{0.125f}, {1.0f}}).show(sums);
  std::vector<double> found;
  for (const std::int64_t sum : sums.sums(14)) found.push_back(from_fixed_point(sum));
  EXPECT_THAT(found, ElementsAre(0.875, 7, 0, 0, 1, 8, 0, 0));
  sums.restart(14);
  EXPECT_THAT(sums.sums(15), ElementsAre(0, 0));
}

TEST(EventSumsTest, DoNotDependOnTheOrder) {
  std::vector<Chunk> chunks = random_chunks();
  EventSums ascending(num_imts), shuffled(num_imts);
  for (const Chunk& c : chunks) c.show(ascending);
  std::mt19937 random(7);
  std::ranges::shuffle(chunks, random);
  for (const Chunk& c : chunks) c.show(shuffled);
  const auto a = ascending.sums(num_events), b = shuffled.sums(num_events);
  EXPECT_TRUE(std::ranges::equal(a, b));
  std::vector<double> plain(num_events * num_imts);
  for (const Chunk& c : chunks)
    for (std::size_t m = 0; m < num_imts; ++m)
      plain[c.event * num_imts + m] =
          std::accumulate(&c.values[m * stride], &c.values[m * stride] + c.sites.size(),
                          plain[c.event * num_imts + m]);
  for (std::size_t i = 0; i < plain.size(); ++i)
    EXPECT_NEAR(from_fixed_point(a[i]), plain[i], 1e-6);
}

TEST(EventSumsTest, ValuesBeyondAllReasonStayFinite) {
  EventSums sums(num_imts);
  const float infinite = std::numeric_limits<float>::infinity();
  chunk(0, 0, {0}, {{infinite}, {1e30f}}).show(sums);
  EXPECT_EQ(from_fixed_point(sums.sums(1)[0]), 0x1p20);
  EXPECT_EQ(from_fixed_point(sums.sums(1)[1]), 0x1p20);
}

}  // namespace
}  // namespace shakefield::field
