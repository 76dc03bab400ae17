// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/job/rupture_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shakefield::job {
namespace {

using rupture::SurfaceKind;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string header =
    "#,,,,,,,,,,\"trts=['Stable', 'Active'], ses_seed=24\"\r\n"
    "seed,mag,rake,lon,lat,dep,multiplicity,trt,kind,mesh,extra\r\n";
const std::string plane_mesh =
    "\"[[[[10.0, 10.2, 10.0, 10.2]], [[45.0, 45.0, 44.9, 44.9]], [[1.0, 1.0, 12.0, 12.0]]]]\"";

std::string row(const std::string& start, const std::string& kind, const std::string& mesh) {
  return start + ",Active,ParametricProbabilisticRupture " + kind + ',' + mesh +
         ",\"{\"\"occurrence_rate\"\": 0.006}\"\r\n";
}
std::string good_row(const std::string& kind, const std::string& mesh) {
  return row("24,6.5,90,10.1,44.95,6.5,1", kind, mesh);
}

struct Read {
  core::Problems problems;
  RuptureList list;

  explicit Read(const std::string& text) : list(text, "ruptures.csv", problems) {}
  std::string errors() const {
    std::string text;
    for (const core::Problem& p : problems.errors()) text += p.text() + '\n';
    return text;
  }
};

TEST(RuptureListTest, ReadsAPlane) {
  const Read read(header + good_row("PlanarSurface", plane_mesh));
  ASSERT_EQ(read.errors(), "");
  EXPECT_THAT(read.list.regions(), ElementsAre("Active", "Stable"));
  ASSERT_EQ(read.list.size(), 1u);
  const rupture::Rupture r = read.list.rupture(0);
  EXPECT_EQ(r.mag, 6.5);
  EXPECT_EQ(r.rake_deg, 90);
  EXPECT_EQ(r.hypocentre, (geo::Point{10.1, 44.95, 6.5}));
  EXPECT_EQ(r.tectonic_region, "Active");
  EXPECT_EQ(r.occurrence_rate, 0.006);
  EXPECT_EQ(r.surface->kind(), SurfaceKind::planar);
  // 0.1 degrees of latitude are 11.12 km, so that the dip is atan(11 / 11.12).
  EXPECT_NEAR(r.surface->parameters().dip_deg, 44.69, 0.02);
  EXPECT_NEAR(r.surface->parameters().strike_deg, 90, 0.1);
  EXPECT_EQ(r.surface->parameters().ztor_km, 1);
}

TEST(RuptureListTest, ReadsEveryKindOfSurface) {
  const std::string mesh =
      "\"[[[[10, 10.1], [10, 10.1]], [[45, 45], [44.9, 44.9]], [[1, 1], [9, 9]]]]\"";
  const std::string with_gap =
      "\"[[[[10, 10.1, NaN], [10, 10.1, 10.2]], [[45, 45, NaN], [44.9, 44.9, 44.9]], [[1, 1, "
      "NaN], [9, 9, 9]]]]\"";
  const std::string nodes = "\"[[[[10, 10.1, 10.2]], [[45, 45, 44.9]], [[20, 20, 25]]]]\"";
  const std::string two_planes =
      "\"[[[[10, 10.2, 10, 10.2]], [[45, 45, 44.9, 44.9]], [[1, 1, 12, 12]]], "
      "[[[10.3, 10.5, 10.3, 10.5]], [[45, 45, 44.9, 44.9]], [[1, 1, 12, 12]]]]\"";
  const Read read(header + good_row("SimpleFaultSurface", mesh) +
                  good_row("ComplexFaultSurface", mesh) + good_row("KiteSurface", with_gap) +
                  good_row("GriddedSurface", nodes) + good_row("MultiSurface", two_planes));
  ASSERT_EQ(read.errors(), "");
  std::vector<SurfaceKind> kinds;
  for (std::size_t i = 0; i < read.list.size(); ++i)
    kinds.push_back(read.list.rupture(i).surface->kind());
  EXPECT_THAT(kinds, ElementsAre(SurfaceKind::simple_fault, SurfaceKind::complex_fault,
                                 SurfaceKind::kite, SurfaceKind::gridded, SurfaceKind::multi));
  EXPECT_EQ(read.list.rupture(4).surface->parts().size(), 2u);
  EXPECT_THAT(read.list.gridded_regions(), ElementsAre("Active"));
}

TEST(RuptureListTest, SaysThatMultiplicityIsPassedOver) {
  const Read read(header + row("24,6.5,90,10.1,44.95,6.5,3", "PlanarSurface", plane_mesh) +
                  good_row("PlanarSurface", plane_mesh));
  ASSERT_EQ(read.problems.warnings().size(), 1u);
  EXPECT_THAT(read.problems.warnings()[0].text(),
              testing::AllOf(HasSubstr("1 of 2 ruptures"), HasSubstr("--ruptures")));
}

struct BadCase {
  const char* name;
  std::string text, message;
};

class BadRuptureListTest : public testing::TestWithParam<BadCase> {};

TEST_P(BadRuptureListTest, IsToldWithItsLine) {
  const Read read(GetParam().text);
  EXPECT_THAT(read.errors(), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BadRuptureListTest,
    testing::Values(
        BadCase{"Empty", "", "ruptures.csv: the file is no list of ruptures"},
        BadCase{"OtherColumns", "lon,lat\n1,2\n", "ruptures.csv:1: the file is no list"},
        BadCase{"NoRows", header, "ruptures.csv: the file lists no rupture"},
        BadCase{"FewFields", header + "24,6.5\r\n", "ruptures.csv:3: the line has 2 fields"},
        BadCase{"Magnitude", header + row("24,x,90,10.1,44.95,6.5,1", "PlanarSurface", plane_mesh),
                "ruptures.csv:3: mag = x (a number in [0, 11]"},
        BadCase{"Latitude", header + row("24,6,90,10.1,95,6.5,1", "PlanarSurface", plane_mesh),
                "ruptures.csv:3: lat = 95"},
        BadCase{"Surface", header + good_row("FlyingSurface", plane_mesh),
                "ruptures.csv:3: kind names the surface 'FlyingSurface'"},
        BadCase{"OpenMesh", header + good_row("PlanarSurface", "\"[[[[10, 10.2\""),
                "mesh has its end too early"},
        BadCase{"MeshOfTwoTables",
                header + good_row("GriddedSurface", "\"[[[[10, 11]], [[45, 45]]]]\""),
                "mesh is no list of [longitudes, latitudes, depths]"},
        BadCase{"UnequalTables",
                header + good_row("GriddedSurface", "\"[[[[10, 11]], [[45]], [[1, 1]]]]\""),
                "mesh is no list of [longitudes, latitudes, depths]"},
        BadCase{"Word", header + good_row("GriddedSurface", "\"[[[[ten]], [[45]], [[1]]]]\""),
                "mesh has 'ten'"},
        BadCase{"FarNorth", header + good_row("GriddedSurface", "\"[[[[10]], [[95]], [[1]]]]\""),
                "mesh has a latitude of 95"},
        BadCase{"ThreeCorners",
                header + good_row("PlanarSurface", "\"[[[[1, 2, 3]], [[1, 2, 3]], [[1, 2, 3]]]]\""),
                "mesh of a plane is 1 x 3"},
        BadCase{"FlatPlane",
                header + good_row("PlanarSurface",
                                  "\"[[[[1, 2, 1, 2]], [[1, 1, 0, 0]], [[5, 5, 5, 5]]]]\""),
                "reaches from 5 to 5 km"},
        BadCase{"OneRow",
                header + good_row("SimpleFaultSurface", "\"[[[[1, 2]], [[1, 2]], [[1, 2]]]]\""),
                "mesh of a fault is 1 x 2 nodes"},
        BadCase{"MissingCorner",
                header + good_row("PlanarSurface",
                                  "\"[[[[1, 2, 1, NaN]], [[1, 1, 0, 0]], [[1, 1, 9, 9]]]]\""),
                "no number at a corner of a plane"},
        BadCase{"MissingNode",
                header + good_row("SimpleFaultSurface",
                                  "\"[[[[1, NaN], [1, 2]], [[1, 1], [0, 0]], [[1, 1], [9, 9]]]]\""),
                "kites only may lack nodes"}),
    [](const auto& test) { return test.param.name; });

TEST(RuptureListTest, StopsAfterTwentyProblems) {
  std::string text = header;
  for (int i = 0; i < 30; ++i) text += "24,6.5\r\n";
  EXPECT_EQ(Read(text).problems.errors().size(), 21u);
}

}  // namespace
}  // namespace shakefield::job
