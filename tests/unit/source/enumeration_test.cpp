// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Sources cut into ruptures as the OpenQuake engine 3.26.2 does: number, rates, geometry and
// distances of the ruptures of reference/ruptures. The sources are those of the engine's demos,
// given here by their figures.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "../rupture/reference_table.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/source/fault_source.hpp"
#include "shakefield/source/point_source.hpp"

namespace shakefield::source {
namespace {

using geo::Point;
using test::ReferenceTable;

void expect_same_summary(const Source& source, const std::string& demo) {
  struct Sum {
    std::size_t count = 0;
    double rate = 0;
  };
  std::map<int, Sum> by_mag;
  source.for_each_rate(0, source.num_ruptures(), [&](std::size_t, double mag, double rate) {
    Sum& sum = by_mag[static_cast<int>(std::lround(mag * 1000))];
    ++sum.count;
    sum.rate += rate;
  });
  const ReferenceTable t(*test::reference_dir() / "reference/ruptures" / (demo + "_summary.csv"));
  EXPECT_EQ(by_mag.size(), t.size());
  for (std::size_t i = 0; i < t.size(); ++i) {
    const Sum& sum = by_mag[static_cast<int>(std::lround(t(i, "mag") * 1000))];
    EXPECT_EQ(static_cast<double>(sum.count), t(i, "num_ruptures")) << "magnitude " << t(i, "mag");
    EXPECT_NEAR(sum.rate / t(i, "annual_rate"), 1, 1e-8) << "magnitude " << t(i, "mag");
  }
}

void expect_same_ruptures(const Source& source, const std::string& demo) {
  const auto path = *test::reference_dir() / "reference/ruptures" / (demo + ".csv");
  const std::vector<Point> sites = test::sites_of(path);
  const ReferenceTable t(path);
  ASSERT_GT(t.size(), 0u);
  for (std::size_t i = 0; i < t.size(); ++i) {
    const auto index = static_cast<std::size_t>(t(i, "index"));
    ASSERT_LT(index, source.num_ruptures());
    SCOPED_TRACE(testing::Message() << demo << ", rupture " << index);
    test::expect_same_rupture(source.rupture(index), t, i, sites, 1e-3);
  }
}

void expect_same(const Source& source, const std::string& demo) {
  expect_same_summary(source, demo);
  expect_same_ruptures(source, demo);
}

MagnitudeBins gr(double a, double b, double min_mag, double max_mag, double width) {
  return magnitude_bins(TruncatedGr{a, b, min_mag, max_mag}, width);
}

const rupture::SimpleFaultGeometry simple_fault = {{{1, -0.2}, {1.4, 0}, {1.7, 0}}, 30, 5, 15};
const rupture::ComplexFaultGeometry complex_fault = {
    {{{0.6, -1.4, 2}, {1.0, -1.3, 5}, {1.5, -1.0, 8}},
     {{0.65, -1.55, 4}, {1.1, -1.4, 10}, {1.5, -1.2, 20}},
     {{0.65, -1.7, 8}, {1.2, -1.6, 15}, {1.5, -1.7, 35}}}};

PointProperties point_properties() {
  PointProperties p;
  p.bins = gr(3, 1, 5, 7, 0.1);
  p.aspect_ratio = AspectRatio::constant(1.5);
  p.lower_depth_km = 10;
  p.nodal_planes = {{.1, 45, 30, 0},  {.1, 45, 30, 90}, {.1, 60, 30, 0},
                    {.2, 60, 30, 90}, {.2, 30, 30, 0},  {.3, 30, 30, 90}};
  p.hypo_depths = {{.4, 4}, {.4, 8}, {.2, 2}};
  return p;
}

TEST(PointSourceTest, RupturesAreThoseOfThePeer) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  expect_same(PointSource({"2", "point", "crust"}, point_properties(), {{179.5, 0}}),
              "PointSourceClassicalPSHA");
}

TEST(PointSourceTest, HypocentreMovesWithThePlaneIfAsked) {
  PointProperties p = point_properties();
  const PointSource kept({"2", "point", "crust"}, p, {{10, 0}});
  p.shift_hypo = true;
  const PointSource shifted({"2", "point", "crust"}, p, {{10, 0}});
  const std::size_t largest = kept.num_ruptures() - 1;  // depth 2 km, cut by the layer
  EXPECT_EQ(kept.rupture(largest).hypocentre.depth_km, 2);
  EXPECT_NEAR(shifted.rupture(largest).hypocentre.depth_km, 5, 1e-12);
  EXPECT_EQ(kept.rupture(largest).surface->nodes(), shifted.rupture(largest).surface->nodes());
}

TEST(PointSourceTest, AnyCutOfTheRangeGivesTheSameRates) {
  const PointSource source({"2", "point", "crust"}, point_properties(), {{10, 0}, {11, 0}});
  std::vector<double> whole, cut;
  const auto into = [](std::vector<double>& list) {
    return [&list](std::size_t index, double, double rate) {
      EXPECT_EQ(index, list.size());
      list.push_back(rate);
    };
  };
  source.for_each_rate(0, source.num_ruptures(), into(whole));
  for (std::size_t first = 0; first < source.num_ruptures(); first += 7)
    source.for_each_rate(first, std::min(first + 7, source.num_ruptures()), into(cut));
  EXPECT_EQ(whole, cut);
  for (std::size_t i = 0; i < whole.size(); i += 13)
    EXPECT_EQ(source.rupture(i).occurrence_rate, whole[i]);
}

TEST(PointSourceTest, PointsWithTheirOwnBinsAreThoseOfSourcesOfOnePoint) {
  const PointProperties p = point_properties();
  const std::vector<Point> points = {{10, 0}, {11, 0.5}};
  const std::vector<MagnitudeBins> bins = {gr(3, 1, 5, 7, 0.1), gr(2, 0.8, 5.5, 6, 0.25)};
  const PointSource both({"2", "points", "crust"}, p, points, bins);
  std::size_t index = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    PointProperties own = p;
    own.bins = bins[k];
    const PointSource one({"2", "point", "crust"}, own, {points[k]});
    one.for_each_rate(0, one.num_ruptures(), [&](std::size_t i, double mag, double rate) {
      const rupture::Rupture ours = both.rupture(index++), theirs = one.rupture(i);
      ASSERT_EQ(ours.mag, mag);
      ASSERT_EQ(ours.occurrence_rate, rate);
      ASSERT_EQ(ours.surface->nodes(), theirs.surface->nodes());
    });
  }
  EXPECT_EQ(both.num_ruptures(), index);
  EXPECT_THROW(PointSource({"2", "points", "crust"}, p, {{10, 0}, {11, 0}, {12, 0}}, bins),
               core::Error);
}

TEST(PointSourceTest, RejectsADepthOutsideTheLayer) {
  PointProperties p = point_properties();
  p.hypo_depths = {{1, 11}};
  EXPECT_THROW(PointSource({"2", "point", "crust"}, p, {{10, 0}}), core::Error);
}

TEST(AreaSourceTest, RupturesAreThoseOfThePeer) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  PointProperties p;
  p.bins = gr(4.5, 1, 5, 6.5, 0.2);
  p.lower_depth_km = 10;
  p.nodal_planes = {{1, 0, 90, 0}};
  p.hypo_depths = {{1, 5}};
  const geo::Polygon area({{-0.5, -0.5}, {-0.3, -0.1}, {0.1, 0.2}, {0.3, -0.8}});
  expect_same(AreaSource({"1", "area", "crust"}, p, area, 10), "AreaSourceClassicalPSHA");
}

TEST(SimpleFaultSourceTest, RupturesAreThoseOfThePeer) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  FaultProperties p;
  p.bins = gr(4.2, 0.9, 6.5, 7.0, 0.1);
  p.aspect_ratio = AspectRatio::constant(2);
  p.rake_deg = 90;
  expect_same(SimpleFaultSource({"3", "fault", "crust"}, p, simple_fault, 2),
              "SimpleFaultSourceClassicalPSHA");
}

TEST(SimpleFaultSourceTest, RejectsRupturesSmallerThanACell) {
  FaultProperties p;
  p.bins = gr(4.2, 0.9, 4.0, 7.0, 0.1);
  p.aspect_ratio = AspectRatio::constant(2);
  p.rake_deg = 90;
  EXPECT_THROW(SimpleFaultSource({"3", "fault", "crust"}, p, simple_fault, 5), core::Error);
}

TEST(ComplexFaultSourceTest, RupturesAreThoseOfThePeer) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  FaultProperties p;
  p.bins = gr(4.5, 1, 6.5, 7.5, 0.1);
  p.aspect_ratio = AspectRatio::constant(2);
  p.rake_deg = -90;
  expect_same(ComplexFaultSource({"1", "fault", "crust"}, p, complex_fault, 2),
              "ComplexFaultSourceClassicalPSHA");
}

TEST(CharacteristicFaultSourceTest, SimpleSurfaceIsThatOfThePeer) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  expect_same(CharacteristicFaultSource({"6", "fault", "crust"}, {{7, 4e-3}}, 0,
                                        rupture::make_simple_fault_surface(simple_fault, 2)),
              "CharacteristicFaultSourceCase2ClassicalPSHA");
}

TEST(CharacteristicFaultSourceTest, ComplexSurfaceIsThatOfThePeer) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  expect_same(CharacteristicFaultSource({"1", "fault", "crust"}, {{8, 2.5e-3}}, 90,
                                        rupture::make_complex_fault_surface(complex_fault, 5)),
              "CharacteristicFaultSourceCase3ClassicalPSHA");
}

TEST(SourceTest, BoundHoldsEveryRupture) {
  FaultProperties fault;
  fault.bins = gr(4.5, 1, 6.5, 7.5, 0.1);
  fault.aspect_ratio = AspectRatio::constant(2);
  PointProperties steep = point_properties();
  steep.nodal_planes = {{.5, 10, 5, 90}, {.5, 200, 90, -90}};
  const std::vector<SourcePtr> sources = {
      std::make_shared<PointSource>(SourceInfo{"1", "", ""}, steep,
                                    std::vector<Point>{{10, 60}, {12, 61}}),
      std::make_shared<SimpleFaultSource>(SourceInfo{"2", "", ""}, fault, simple_fault, 2),
      std::make_shared<ComplexFaultSource>(SourceInfo{"3", "", ""}, fault, complex_fault, 4)};
  for (const SourcePtr& source : sources) {
    const rupture::BoundingSphere bound = source->bound();
    for (std::size_t i = 0; i < source->num_ruptures(); i += 5)
      for (const Point& node : source->rupture(i).surface->nodes()) {
        const geo::Vec3 v = geo::to_cartesian(node);
        ASSERT_LE(std::hypot(v.x - bound.centre.x, v.y - bound.centre.y, v.z - bound.centre.z),
                  bound.radius_km + 1e-9);
      }
  }
}

}  // namespace
}  // namespace shakefield::source
