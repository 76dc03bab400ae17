// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/listed_source.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "shakefield/core/error.hpp"
#include "shakefield/rupture/builders.hpp"

namespace shakefield::source {
namespace {

std::shared_ptr<const rupture::Surface> section(double lon_deg) {
  return rupture::make_simple_fault_surface({{{lon_deg, 40}, {lon_deg + 0.2, 40}}, 60, 0, 10}, 2);
}

std::shared_ptr<const Sections> three_sections() {
  return std::make_shared<Sections>(Sections{section(10), section(10.2), section(10.4)});
}

const SectionRuptures two_ruptures = {{6.5, 7}, {90, 80}, {1, 0, 1, 2}, {0, 1, 4}};

TEST(OccurrenceTableTest, MeanAndInferredRatesDivideByTheTime) {
  const OccurrenceTable table({.9, .08, .02, .5, .5, 0}, 3, 50);
  EXPECT_EQ(table.size(), 2u);
  EXPECT_NEAR(table.mean_rate(0), .12 / 50, 1e-17);
  EXPECT_NEAR(table.inferred_rate(0), -std::log(.9) / 50, 1e-17);
  EXPECT_EQ(OccurrenceTable({1, 0}, 2, 1).inferred_rate(0), 1e-30);
}

TEST(OccurrenceTableTest, RejectsProbabilitiesThatDoNotSumToOne) {
  EXPECT_THROW(OccurrenceTable({.9, .2}, 2, 1), core::Error);
  EXPECT_THROW(OccurrenceTable({1.1, -.1}, 2, 1), core::Error);
  EXPECT_THROW(OccurrenceTable({1, 0, 1}, 2, 1), core::Error);
  EXPECT_THROW(OccurrenceTable({1, 0}, 2, 0), core::Error);
}

TEST(NonParametricSourceTest, RupturesAreAsListed) {
  const NonParametricSource source(
      {"np", "", "slab"},
      {{6.5, 90, {10.1, 40, 5}, section(10)}, {7.5, -90, {10.5, 40, 6}, section(10.4)}},
      {{.9, .1, .7, .3}, 2, 1}, {.25, .75});
  EXPECT_EQ(source.num_ruptures(), 2u);
  EXPECT_EQ(source.max_mag(), 7.5);
  const rupture::Rupture second = source.rupture(1);
  EXPECT_EQ(second.rake_deg, -90);
  EXPECT_EQ(second.hypocentre.depth_km, 6);
  EXPECT_EQ(second.tectonic_region, "slab");
  EXPECT_EQ(source.probs_occur(1)[1], .3);
  EXPECT_EQ(source.rupture_weights()[1], .75);
}

TEST(MultiFaultSourceTest, RupturesAreTheirSections) {
  const auto sections = three_sections();
  const MultiFaultSource source({"mf", "", ""}, sections, two_ruptures,
                                OccurrenceTable({.9, .1, .7, .3}, 2, 50));
  ASSERT_EQ(source.num_ruptures(), 2u);
  EXPECT_EQ(source.rupture(0).surface->parts().size(), 1u);
  EXPECT_EQ(source.rupture(0).surface->parts()[0], (*sections)[1]);
  EXPECT_EQ(source.rupture(1).surface->parts().size(), 3u);
  EXPECT_NEAR(source.rupture(1).surface->area_km2(), 3 * (*sections)[0]->area_km2(), 1);
  EXPECT_EQ(source.probs_occur(0)[1], .1);
  EXPECT_NEAR(source.rupture(1).hypocentre.lon_deg, 10.3, 0.01);  // middle of the central section
}

TEST(MultiFaultSourceTest, InferredRatesMakeItPoissonian) {
  const MultiFaultSource source({"mf", "", ""}, three_sections(), two_ruptures,
                                OccurrenceTable({.9, .1, .7, .3}, 2, 50),
                                MultiFaultSource::Rates::inferred);
  EXPECT_TRUE(source.probs_occur(0).empty());
  EXPECT_NEAR(source.rupture(0).occurrence_rate, -std::log(.9) / 50, 1e-17);
}

TEST(MultiFaultSourceTest, BoundHoldsItsRuptures) {
  const MultiFaultSource source({"mf", "", ""}, three_sections(), two_ruptures,
                                OccurrenceTable({.9, .1, .7, .3}, 2, 50));
  const rupture::BoundingSphere bound = source.bound();
  for (const geo::Point& node : source.rupture(1).surface->nodes()) {
    const geo::Vec3 v = geo::to_cartesian(node);
    EXPECT_LE(std::hypot(v.x - bound.centre.x, v.y - bound.centre.y, v.z - bound.centre.z),
              bound.radius_km + 1e-9);
  }
}

TEST(MultiFaultSourceTest, RejectsSectionsThatDoNotExist) {
  const OccurrenceTable probs({.9, .1, .7, .3}, 2, 50);
  EXPECT_THROW(MultiFaultSource({"mf", "", ""}, three_sections(),
                                {{6.5, 7}, {90, 80}, {1, 3}, {0, 1, 2}}, probs),
               core::Error);
  EXPECT_THROW(MultiFaultSource({"mf", "", ""}, three_sections(),
                                {{6.5, 7}, {90, 80}, {1}, {0, 1, 1}}, probs),
               core::Error);
}

}  // namespace
}  // namespace shakefield::source
