// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/field_maker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include <cmath>
#include <cstring>
#include <map>
#include <random>

#include "shakefield/core/error.hpp"
#include "support.hpp"

namespace shakefield::field {
namespace {

/// A surface of one point.
class PointSurface final : public rupture::Surface {
 public:
  explicit PointSurface(const geo::Point& point)
      : point_(point), centre_(geo::to_cartesian(point)) {}
  rupture::SurfaceKind kind() const override { return rupture::SurfaceKind::planar; }
  rupture::SurfaceParameters parameters() const override {
    return {30, 60, 1, point_.depth_km, point_.depth_km + 1};
  }
  rupture::BoundingSphere bound() const override { return {centre_, 0}; }
  geo::Point middle() const override { return point_; }
  std::vector<geo::Point> nodes() const override { return {point_}; }
  std::pair<std::size_t, std::size_t> shape() const override { return {1, 1}; }
  void distances(const geo::PointsView& sites, rupture::DistanceSet wanted,
                 const rupture::DistanceColumns& out) const override {
    for (std::size_t i = 0; i < sites.x.size(); ++i) {
      if (rupture::contains(wanted, rupture::Distance::r_rup))
        out.r_rup[i] =
            std::hypot(sites.x[i] - centre_.x, sites.y[i] - centre_.y, sites.z[i] - centre_.z);
      if (rupture::contains(wanted, rupture::Distance::r_jb))
        out.r_jb[i] = geo::arc_km(point_, {sites.lon_deg[i], sites.lat_deg[i], 0});
    }
  }
  void nearest_points(const geo::PointsView& sites, std::span<geo::Point> out) const override {
    std::fill_n(out.begin(), sites.size, point_);
  }

 private:
  geo::Point point_;
  geo::Vec3 centre_;
};

/// mean = mag - ln(r_rup + 10) - 0.3 ln(vs30 / 760) - m, tau = 0.3 + r_jb / 1000, phi = 0.5.
class PlainModel final : public gmm::GroundMotionModel {
 public:
  PlainModel(std::size_t num_imts, gmm::StdDefined std_defined) : num_imts_(num_imts) {
    info_.name = "Plain";
    info_.needs = gmm::Needs::mag | gmm::Needs::vs30 | gmm::Needs::r_rup | gmm::Needs::r_jb;
    info_.std_defined = std_defined;
  }
  const gmm::ModelInfo& info() const override { return info_; }
  void evaluate(const gmm::GmmInput& in, const gmm::GmmOutput& out) const override {
    const bool total = info_.std_defined == gmm::StdDefined::total_only;
    for (std::size_t m = 0; m < num_imts_; ++m)
      for (std::size_t i = 0; i < in.size; ++i) {
        const std::size_t at = m * out.stride + i;
        out.mean[at] = in.mag - std::log(in.r_rup[i] + 10) - 0.3 * std::log(in.vs30[i] / 760) -
                       static_cast<double>(m);
        out.tau[at] = total ? 0 : 0.3 + in.r_jb[i] / 1000;
        out.phi[at] = total ? 0 : 0.5;
        out.sigma[at] = total ? 0.7 : std::hypot(out.tau[at], out.phi[at]);
      }
  }

 private:
  std::size_t num_imts_;
  gmm::ModelInfo info_;
};

const std::vector<core::Imt> imts{core::Imt::parse("PGV"), core::Imt::parse("PGA"),
                                  core::Imt::parse("SA(1.0)")};

site::SiteCollection lattice(std::size_t side) {
  std::vector<geo::Point> points;
  site::SiteParameters parameters;
  std::mt19937 random(4);
  for (std::size_t i = 0; i < side * side; ++i) {
    points.push_back({-122 + 0.03 * static_cast<double>(i % side),
                      37 + 0.03 * static_cast<double>(i / side), 0});
    parameters.vs30.push_back(200 + static_cast<double>(random() % 1000));
  }
  return site::SiteCollection(points, parameters);
}

rupture::Rupture rupture_at(double lon_deg, double lat_deg, double mag = 6.5) {
  rupture::Rupture rupture;
  rupture.mag = mag;
  rupture.hypocentre = {lon_deg, lat_deg, 8};
  rupture.tectonic_region = "Active Shallow Crust";
  rupture.surface = std::make_shared<PointSurface>(rupture.hypocentre);
  return rupture;
}

std::vector<std::shared_ptr<const gmm::GroundMotionModel>> two_models() {
  return {std::make_shared<PlainModel>(imts.size(), gmm::StdDefined::between_within_total),
          std::make_shared<PlainModel>(imts.size(), gmm::StdDefined::total_only)};
}

FieldOptions plain_options() {
  FieldOptions options;
  options.imts = imts;
  options.num_realizations = 2;
  return options;
}

/// Three ruptures with ten events between them; the models take turns unless `one_model`.
void make_all(FieldMaker& maker, FieldRows& rows, bool one_model = false) {
  const std::size_t num_events[] = {5, 1, 4};
  const double lons[] = {-121.9, -121.2, -121.5};
  std::uint64_t id = 0;
  for (std::size_t r = 0; r < 3; ++r) {
    std::vector<EventSpec> events;
    for (std::uint32_t sample = 0; sample < num_events[r]; ++sample, ++id)
      events.push_back(
          {id, sample, sample % 2, static_cast<std::uint16_t>(one_model ? 0 : sample % 2)});
    maker.make(rupture_at(lons[r], 37.3), 1000 + r, events, rows);
  }
}

using RowMap = std::map<std::pair<std::uint32_t, std::uint32_t>, std::array<float, 3>>;

/// Rows by (event, site); checks their order and rows_per_event.
RowMap map_of(const FieldRows& rows) {
  RowMap map;
  std::vector<std::uint32_t> per_event(rows.rows_per_event.size());
  for (std::size_t at = 0; at < rows.rows.size(); at += 20) {
    std::uint32_t site, event;
    std::array<float, 3> values;
    std::memcpy(&site, &rows.rows[at], 4);
    std::memcpy(&event, &rows.rows[at + 4], 4);
    std::memcpy(values.data(), &rows.rows[at + 8], 12);
    if (!map.empty()) {
      EXPECT_LT(map.rbegin()->first, std::make_pair(event, site));
    }
    map[{event, site}] = values;
    ++per_event.at(event);
  }
  EXPECT_EQ(per_event, rows.rows_per_event);
  return map;
}

TEST(FieldMakerTest, RowsDoNotDependOnTilesAndOwners) {
  FieldOptions options = plain_options();
  options.minimum_intensity = {1.0, 0.5, 0.2};
  for (const bool correlated : {false, true}) {
    const site::SiteCollection sites = lattice(correlated ? 24 : 40);
    if (correlated) options.correlation = make_jb2009(false);
    auto models = two_models();
    if (correlated) models.resize(1);
    FieldMaker whole(sites, site::make_tiles(sites, 100000), options, models, Reach(60));
    FieldRows rows;
    make_all(whole, rows, correlated);
    const RowMap expected = map_of(rows);
    ASSERT_GT(expected.size(), 500u);
    for (const std::size_t tile_size : {64u, 256u, 1000u}) {
      std::vector<std::vector<site::Tile>> owners(3);
      const auto tiles = site::make_tiles(sites, tile_size);
      for (std::size_t t = 0; t < tiles.size(); ++t) owners[t % 3].push_back(tiles[t]);
      RowMap merged;
      FieldCounts counts;
      for (const std::vector<site::Tile>& own : owners) {
        FieldMaker maker(sites, own, options, models, Reach(60));
        FieldRows part;
        make_all(maker, part, correlated);
        merged.merge(map_of(part));
        counts.values += maker.counts().values;
        counts.rows += maker.counts().rows;
        counts.pairs += maker.counts().pairs;
      }
      EXPECT_EQ(merged, expected) << "tiles of " << tile_size;
      EXPECT_EQ(counts.values, whole.counts().values);
      EXPECT_EQ(counts.rows, whole.counts().rows);
      EXPECT_EQ(counts.pairs, whole.counts().pairs);
    }
  }
}

TEST(FieldMakerTest, ASubsetOfTheSitesGivesItsRows) {
  const site::SiteCollection sites = lattice(30);
  std::vector<geo::Point> points;
  site::SiteParameters parameters;
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t i = 0; i < sites.size(); i += 11) {
    chosen.push_back(i);
    points.push_back(sites.points()[i]);
    parameters.vs30.push_back(sites.parameters().vs30[i]);
  }
  const site::SiteCollection few(points, parameters);
  FieldRows all_rows, few_rows;
  FieldMaker all(sites, site::make_tiles(sites), plain_options(), two_models(), Reach(80));
  FieldMaker some(few, site::make_tiles(few), plain_options(), two_models(), Reach(80));
  make_all(all, all_rows);
  make_all(some, few_rows);
  const RowMap of_all = map_of(all_rows), of_few = map_of(few_rows);
  ASSERT_GT(of_few.size(), 100u);
  for (const auto& [key, values] : of_few)
    EXPECT_EQ(values, of_all.at({key.first, chosen[key.second]}));
}

TEST(FieldMakerTest, KeepsExactlyTheSitesInReach) {
  const site::SiteCollection sites = lattice(40);
  FieldMaker maker(sites, site::make_tiles(sites, 100), plain_options(), two_models(),
                   Reach({{5, 20}, {7, 60}}, {}));
  const rupture::Rupture rupture = rupture_at(-121.6, 37.4, 6);
  const FieldMaker::Context context = maker.context(rupture, 0);
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < sites.size(); ++i)
    if (geo::chord_km(sites.points()[i], rupture.hypocentre) <= 40) expected.push_back(i);
  EXPECT_EQ(context.sites, expected);
  EXPECT_TRUE(maker.context(rupture_at(-121.6, 37.4, 7.5), 0).sites.empty());
}

TEST(FieldMakerTest, ContextHoldsWhatTheModelSays) {
  const site::SiteCollection sites = lattice(40);
  const FieldMaker maker(sites, site::make_tiles(sites), plain_options(), two_models(),
                         Reach(1000));
  const FieldMaker::Context context = maker.context(rupture_at(-121.6, 37.4), 0);
  ASSERT_EQ(context.sites.size(), 1600u);
  for (std::size_t i = 0; i < 1600; i += 13)
    for (std::size_t m = 0; m < imts.size(); ++m) {
      const double vs30 = sites.parameters().vs30[i];
      EXPECT_NEAR(context.mean[m][i],
                  6.5 - std::log(context.r_rup[i] + 10) - 0.3 * std::log(vs30 / 760) -
                      static_cast<double>(m),
                  1e-12);
      EXPECT_NEAR(context.tau[m][i], 0.3 + geo::arc_km({-121.6, 37.4, 0}, sites.points()[i]) / 1000,
                  1e-9);
      EXPECT_EQ(context.phi[m][i], 0.5);
    }
}

TEST(FieldMakerTest, DistancesAreRaisedToTheMinimum) {
  const site::SiteCollection sites = lattice(10);
  FieldOptions options = plain_options();
  options.minimum_distance_km = 25;
  const FieldMaker maker(sites, site::make_tiles(sites), options, two_models(), Reach(1000));
  const FieldMaker::Context context = maker.context(rupture_at(-121.9, 37.1), 0);
  for (std::size_t i = 0; i < context.sites.size(); ++i) {
    const double vs30 = sites.parameters().vs30[context.sites[i]];
    const double r_rup = std::max(context.r_rup[i], 25.0);
    EXPECT_NEAR(context.mean[0][i], 6.5 - std::log(r_rup + 10) - 0.3 * std::log(vs30 / 760), 1e-12);
  }
}

TEST(FieldMakerTest, TotalSigmaGoesWithTheWithinTerm) {
  const site::SiteCollection sites = lattice(30);
  FieldOptions options = plain_options();
  options.between = {0};  // the between term must not matter for the second model
  FieldMaker without(sites, site::make_tiles(sites), options, two_models(), Reach(200));
  FieldMaker with(sites, site::make_tiles(sites), plain_options(), two_models(), Reach(200));
  const std::vector<EventSpec> events{{0, 0, 0, 1}};
  FieldRows a, b;
  without.make(rupture_at(-121.6, 37.4), 7, events, a);
  with.make(rupture_at(-121.6, 37.4), 7, events, b);
  EXPECT_EQ(a.rows, b.rows);
  EXPECT_THAT(b.max_tau, testing::ElementsAre(0, 0, 0));
  const FieldMaker::Context context = with.context(rupture_at(-121.6, 37.4), 1);
  const RowMap rows = map_of(b);
  double squares = 0;
  for (std::size_t i = 0; i < context.sites.size(); ++i)
    squares +=
        std::pow((std::log(rows.at({0, context.sites[i]})[0]) - context.mean[0][i]) / 0.7, 2);
  const double n = static_cast<double>(context.sites.size());
  EXPECT_NEAR(std::sqrt(squares / n), truncated_sd({3}), 4 / std::sqrt(2 * n));
}

TEST(FieldMakerTest, LargestTauIsGivenForEachEvent) {
  const site::SiteCollection sites = lattice(20);
  FieldMaker maker(sites, site::make_tiles(sites), plain_options(), two_models(), Reach(100));
  const rupture::Rupture rupture = rupture_at(-121.7, 37.2);
  const std::vector<EventSpec> events{{0, 0, 0, 0}, {1, 1, 0, 1}, {2, 2, 0, 0}};
  FieldRows rows;
  maker.make(rupture, 7, events, rows);
  const FieldMaker::Context context = maker.context(rupture, 0);
  ASSERT_EQ(rows.max_tau.size(), 9u);
  const double largest = *std::max_element(context.tau[2].begin(), context.tau[2].end());
  EXPECT_FLOAT_EQ(rows.max_tau[2], static_cast<float>(largest));
  EXPECT_EQ(rows.max_tau[5], 0.0f);
  EXPECT_EQ(rows.max_tau[8], rows.max_tau[2]);
}

TEST(FieldMakerTest, RuptureOutOfReachLeavesEmptyEvents) {
  const site::SiteCollection sites = lattice(10);
  FieldMaker maker(sites, site::make_tiles(sites), plain_options(), two_models(), Reach(50));
  FieldRows rows;
  maker.make(rupture_at(0, 0), 7, std::vector<EventSpec>{{0, 0, 0, 0}, {1, 1, 0, 1}}, rows);
  EXPECT_TRUE(rows.rows.empty());
  EXPECT_THAT(rows.rows_per_event, testing::ElementsAre(0, 0));
  EXPECT_EQ(rows.max_tau.size(), 6u);
  EXPECT_EQ(maker.counts().values, 0u);
}

TEST(FieldMakerTest, DroppedAndKeptRowsMakeTheWhole) {
  const site::SiteCollection sites = lattice(30);
  FieldOptions options = plain_options();
  FieldMaker all(sites, site::make_tiles(sites), options, two_models(), Reach(100));
  options.minimum_intensity = {12, 6, 3};
  FieldMaker some(sites, site::make_tiles(sites), options, two_models(), Reach(100));
  FieldRows all_rows, some_rows;
  make_all(all, all_rows);
  make_all(some, some_rows);
  double ln_all = 0, ln_some = 0;
  for (const auto& [key, values] : map_of(all_rows)) ln_all += std::log(values[1]);
  const RowMap kept = map_of(some_rows);
  for (const auto& [key, values] : kept) ln_some += std::log(values[1]);
  const DroppedSums dropped = some.take_dropped();
  std::int64_t count = 0;
  for (std::size_t site = 0; site < sites.size(); ++site)
    for (std::size_t realization = 0; realization < 2; ++realization) {
      const std::span<const DroppedSum> sums = dropped.find(site, realization);
      if (sums.empty()) continue;
      count += sums[1].count;
      ln_some += static_cast<double>(sums[1].ln) * 0x1p-24;
    }
  EXPECT_GT(count, 100);
  EXPECT_GT(kept.size(), 100u);
  EXPECT_EQ(static_cast<std::uint64_t>(count) + kept.size(), all.counts().rows);
  EXPECT_EQ(some.counts().values, all.counts().values);
  EXPECT_NEAR(ln_some, ln_all, 1e-5 * static_cast<double>(all.counts().rows));
}

TEST(FieldMakerTest, RejectsWhatCannotBeComputed) {
  const site::SiteCollection bare({{0, 0, 0}, {1, 0, 0}}, {});
  try {
    FieldMaker(bare, site::make_tiles(bare), plain_options(), two_models(), Reach());
    FAIL() << "sites without vs30 were taken";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::config);
    EXPECT_THAT(error.what(), testing::HasSubstr("vs30"));
  }
  const site::SiteCollection sites = lattice(5);
  FieldOptions options = plain_options();
  options.correlation = make_jb2009(false);
  EXPECT_THROW(FieldMaker(sites, site::make_tiles(sites), options, two_models(), Reach()),
               core::Error);
  options.within = {0};
  EXPECT_THROW(FieldMaker(sites, site::make_tiles(sites), options, {two_models()[0]}, Reach()),
               core::Error);
}

}  // namespace
}  // namespace shakefield::field
