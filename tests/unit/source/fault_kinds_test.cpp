// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Kite faults, and faults with lists of hypocentres. Expected figures: the OpenQuake engine 3.26.2,
// run on the sources given here.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "shakefield/core/error.hpp"
#include "shakefield/source/fault_source.hpp"

namespace shakefield::source {
namespace {

using geo::Point;

void expect_hypocentre(const Source& source, std::size_t index, const Point& expected) {
  const Point hypocentre = source.rupture(index).hypocentre;
  EXPECT_NEAR(hypocentre.lon_deg, expected.lon_deg, 1e-9) << index;
  EXPECT_NEAR(hypocentre.lat_deg, expected.lat_deg, 1e-9) << index;
  EXPECT_NEAR(hypocentre.depth_km, expected.depth_km, 1e-8) << index;
}

double total_rate(const Source& source) {
  double sum = 0;
  source.for_each_rate(0, source.num_ruptures(),
                       [&](std::size_t, double, double rate) { sum += rate; });
  return sum;
}

FaultProperties thrust(const std::vector<double>& mags, double aspect_ratio) {
  FaultProperties p;
  for (const double mag : mags) p.bins.push_back({mag, 1e-3});
  p.aspect_ratio = AspectRatio::constant(aspect_ratio);
  p.rake_deg = 90;
  return p;
}

KiteFaultSource kite(const std::vector<double>& mags, double aspect_ratio, double spacing_km,
                     const FloatingSteps& steps) {
  const rupture::KiteGeometry profiles = {
      {{{10, 45, 1}, {10.05, 44.93, 8}, {10.1, 44.9, 15}},
       {{10.3, 45.1, 1}, {10.34, 45.02, 8}, {10.4, 45.0, 15}},
       {{10.7, 45.15, 1}, {10.72, 45.05, 8}, {10.75, 45.0, 15}}}};
  const double down_km = spacing_km / aspect_ratio;
  return {{"kite", "", ""},
          thrust(mags, aspect_ratio),
          rupture::kite_mesh(profiles, down_km, spacing_km),
          down_km,
          spacing_km,
          steps};
}

TEST(KiteFaultSourceTest, PositionsAreThoseOfThePeer) {
  const KiteFaultSource source = kite({5.6, 6.0, 6.4}, 1, 2, {});
  EXPECT_EQ(source.num_ruptures(), 198u + 158 + 81);
  EXPECT_EQ(source.rupture(0).surface->shape(), (std::pair<std::size_t, std::size_t>{4, 4}));
  EXPECT_EQ(source.rupture(198).surface->shape(), (std::pair<std::size_t, std::size_t>{5, 6}));
  EXPECT_EQ(source.rupture(356).surface->shape(), (std::pair<std::size_t, std::size_t>{8, 8}));
  expect_hypocentre(source, 0, {10.07416112527278, 44.9936546981074, 3.48088261591969});
  expect_hypocentre(source, 205, {10.152752924208356, 44.97281117123665, 7.147088848000841});
  expect_hypocentre(source, 436, {10.646817312858762, 45.03938684043212, 8.860671537674614});
  EXPECT_NEAR(total_rate(source), 3e-3, 1e-15);
}

TEST(KiteFaultSourceTest, StepsAreFractionsOfTheRupturesSize) {
  const KiteFaultSource half = kite({6, 6.4, 6.8}, 1.5, 3, {0.5, 0.5});
  EXPECT_EQ(half.num_ruptures(), 32u + 21 + 4);
  expect_hypocentre(half, 39, {10.340807658794684, 45.018909707169335, 8.242963381058834});
  const KiteFaultSource third = kite({6, 6.4}, 1.5, 2, {0.3, 0.3});
  EXPECT_EQ(third.num_ruptures(), 225u + 30);
  expect_hypocentre(third, 232, {10.269309118970789, 45.00559777226151, 7.430389056789022});
}

TEST(KiteFaultSourceTest, MagnitudesThatFitNowhereKeepTheirRate) {
  const KiteFaultSource source = kite({6.8}, 1, 2, {});  // the peer drops it
  EXPECT_GT(source.num_ruptures(), 0u);
  EXPECT_NEAR(total_rate(source), 1e-3, 1e-15);
}

TEST(KiteFaultSourceTest, RejectsMeshesTooCoarseForAMagnitude) {
  EXPECT_THROW(kite({4.0}, 1, 5, {}), core::Error);
}

std::shared_ptr<const FloatingSource> bent_fault() {
  const rupture::SimpleFaultGeometry fault{{{1, -0.2}, {1.4, 0}, {1.7, 0}}, 30, 5, 15};
  return std::make_shared<SimpleFaultSource>(SourceInfo{"fault", "", ""}, thrust({6, 6.6}, 1.5),
                                             fault, 2);
}

TEST(HypocentreSourceTest, PlacesAndSlipsShareTheRate) {
  const HypocentreSource source({"fault", "", ""}, bent_fault(), {{.25, .25, .3}, {.75, .6, .7}},
                                {.6, .4});
  EXPECT_EQ(source.num_ruptures(), 1576u);
  EXPECT_NEAR(source.rupture(0).occurrence_rate / 6.766917293233081e-07, 1, 1e-12);
  EXPECT_NEAR(source.rupture(1575).occurrence_rate / 2.1875e-06, 1, 1e-12);
  expect_hypocentre(source, 1, {1.0417626105092082, -0.28182084491201037, 6});
  expect_hypocentre(source, 2, {1.0943055084509603, -0.2726670009337622, 7});
  expect_hypocentre(source, 788, {1.1757731549116957, -0.30040158179651394, 11});
  expect_hypocentre(source, 1575, {1.705854546920487, -0.17972937798275415, 12});
  EXPECT_NEAR(total_rate(source), 2e-3, 1e-14);
}

TEST(HypocentreSourceTest, OnlyDepthsWithinARuptureCount) {
  const HypocentreSource source({"fault", "", ""}, bent_fault(),
                                {{.3, 7, {}}, {.5, 9, {}}, {.2, 12, {}}});
  EXPECT_EQ(source.num_ruptures(), 808u);
  expect_hypocentre(source, 1, {1.0706879961304174, -0.3187093701939598, 9});
  expect_hypocentre(source, 404, {1.4720295138248352, -0.17972928961125006, 12});
  EXPECT_NEAR(source.rupture(1).occurrence_rate / 2.349624060150376e-06, 1, 1e-12);
  EXPECT_NEAR(total_rate(source), 2e-3, 1e-14);
}

TEST(HypocentreSourceTest, FixedFractionsMoveTheHypocentreOnly) {
  const auto fault = bent_fault();
  const HypocentreSource source({"fault", "", ""}, fault, {{1, 9, 0.0}});
  EXPECT_EQ(source.num_ruptures(), fault->num_ruptures());
  EXPECT_EQ(source.rupture(0).hypocentre.depth_km, source.rupture(0).surface->parameters().ztor_km);
}

TEST(HypocentreSourceTest, AnyCutOfTheRangeGivesTheSameRates) {
  const HypocentreSource source({"fault", "", ""}, bent_fault(),
                                {{.3, 7, {}}, {.5, 9, {}}, {.2, 12, {}}});
  std::vector<double> rates;
  for (std::size_t first = 0; first < source.num_ruptures(); first += 7)
    source.for_each_rate(first, std::min(first + 7, source.num_ruptures()),
                         [&](std::size_t index, double, double rate) {
                           ASSERT_EQ(index, rates.size());
                           rates.push_back(rate);
                         });
  ASSERT_EQ(rates.size(), source.num_ruptures());
  for (std::size_t i = 0; i < rates.size(); i += 5)
    EXPECT_EQ(source.rupture(i).occurrence_rate, rates[i]);
}

TEST(HypocentreSourceTest, RejectsWeightsThatDoNotSumToOne) {
  EXPECT_THROW(HypocentreSource({"fault", "", ""}, bent_fault(), {{.5, .5, .9}}, {1}), core::Error);
  EXPECT_THROW(HypocentreSource({"fault", "", ""}, bent_fault(), {{.5, .5, 1}}, {.5}), core::Error);
}

}  // namespace
}  // namespace shakefield::source
