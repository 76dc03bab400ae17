// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Whole jobs at the poles and across the date line. The Earth is a sphere, so a job that is turned
// as a whole has the same distances, and its median fields are the same values.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <numbers>
#include <random>

#include "run_results.hpp"
#include "shakefield/gmm/registry.hpp"
#include "statistics.hpp"

namespace {

using namespace shakefield;

struct Vector {
  double x, y, z;
};
Vector operator-(const Vector& a, const Vector& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
double dot(const Vector& a, const Vector& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

constexpr double degree = std::numbers::pi / 180, earth_km = 6371;

/// A place around (0 E, 0 N): km to the east and north as angles on the sphere, and depth.
struct Local {
  double east_km, north_km, depth_km;
};

/// Where the neighbourhood of (0 E, 0 N) is turned to: columns are the images of the axes.
struct Placement {
  const char* name;
  std::array<Vector, 3> axes;
};
std::ostream& operator<<(std::ostream& out, const Placement& p) {
  return out << p.name;
}

const Placement placements[] = {
    {"Origin", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"DateLine", {{{-1, 0, 0}, {0, -1, 0}, {0, 0, 1}}}},
    {"NorthPole", {{{0, 0, 1}, {0, 1, 0}, {-1, 0, 0}}}},
    {"SouthPole", {{{0, 0, -1}, {0, 1, 0}, {1, 0, 0}}}},
};

Vector cartesian(const Local& p, const Placement& placement) {
  const double lon = p.east_km / earth_km, lat = p.north_km / earth_km, r = earth_km - p.depth_km;
  const Vector at{r * std::cos(lat) * std::cos(lon), r * std::cos(lat) * std::sin(lon),
                  r * std::sin(lat)};
  const auto& [a, b, c] = placement.axes;
  return {a.x * at.x + b.x * at.y + c.x * at.z, a.y * at.x + b.y * at.y + c.y * at.z,
          a.z * at.x + b.z * at.y + c.z * at.z};
}

geo::Point geographic(const Local& p, const Placement& placement) {
  const Vector v = cartesian(p, placement);
  return {std::atan2(v.y, v.x) / degree, std::asin(v.z / std::sqrt(dot(v, v))) / degree,
          p.depth_km};
}

/// Sites within 150 km of the origin, none nearer to the fault than 3 km: there the rounding of
/// sites to 1e-5 degrees would count.
const std::vector<Local>& sites() {
  static const std::vector<Local> all = [] {
    std::mt19937 random(20261123);
    std::uniform_real_distribution<double> offset(-100, 100);
    std::vector<Local> made;
    while (made.size() < 200) {
      const Local p{offset(random), offset(random), 0};
      if (std::abs(p.east_km) > 10 || std::abs(p.north_km) > 16) made.push_back(p);
    }
    return made;
  }();
  return all;
}

/// A rectangle 20 km long and 10 km wide that dips 60 degrees to the east, from 2 km depth.
constexpr double dip = 60 * degree, width_km = 10, half_length_km = 10, top_km = 2;
const Local top_left{-2, -half_length_km, top_km}, top_right{-2, half_length_km, top_km},
    bottom_left{-2 + width_km * std::cos(dip), -half_length_km, top_km + width_km*std::sin(dip)},
    bottom_right{-2 + width_km * std::cos(dip), half_length_km, top_km + width_km*std::sin(dip)};

std::string corner(const char* name, const geo::Point& p) {
  return fmt::format("<{} lon=\"{:.12f}\" lat=\"{:.12f}\" depth=\"{:.9f}\"/>\n", name, p.lon_deg,
                     p.lat_deg, p.depth_km);
}

std::string plane(const Placement& at) {
  return "<planarSurface>\n" + corner("topLeft", geographic(top_left, at)) +
         corner("topRight", geographic(top_right, at)) +
         corner("bottomLeft", geographic(bottom_left, at)) +
         corner("bottomRight", geographic(bottom_right, at)) + "</planarSurface>\n";
}

/// The same rectangle, upright below its upper edge, as a trace.
std::string trace(const Placement& at) {
  const geo::Point a = geographic({-2, -half_length_km, 0}, at),
                   b = geographic({-2, half_length_km, 0}, at);
  return fmt::format(
      "<simpleFaultGeometry><gml:LineString><gml:posList>{:.12f} {:.12f} {:.12f} {:.12f}"
      "</gml:posList></gml:LineString><dip>90</dip><upperSeismoDepth>{}</upperSeismoDepth>"
      "<lowerSeismoDepth>{}</lowerSeismoDepth></simpleFaultGeometry>\n",
      a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg, top_km, top_km + width_km);
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

constexpr const char* nrml =
    "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\" "
    "xmlns:gml=\"http://www.opengis.net/gml\">\n";

/// Natural logarithms of the medians of PGA at the sites, by a scenario of one model.
std::vector<double> medians(const std::string& kind, const std::string& surface,
                            const Local& hypocentre, const Placement& at, const char* model) {
  const ScratchFolder folder;
  write(folder / "rupture.xml",
        fmt::format("{}<{}><magnitude>6.5</magnitude><rake>90</rake>\n{}{}</{}></nrml>\n", nrml,
                    kind, corner("hypocenter", geographic(hypocentre, at)), surface, kind));
  std::string list;
  for (const Local& site : sites()) {
    const geo::Point p = geographic(site, at);
    list += fmt::format("{}{:.9f} {:.9f}", list.empty() ? "" : ", ", p.lon_deg, p.lat_deg);
  }
  write(folder / "job.ini",
        fmt::format("[general]\ncalculation_mode = scenario\nsites = {}\n"
                    "reference_vs30_type = measured\nreference_vs30_value = 760\n"
                    "reference_depth_to_1pt0km_per_sec = 48\n"
                    "reference_depth_to_2pt5km_per_sec = 0.607\n"
                    "rupture_model_file = rupture.xml\nrupture_mesh_spacing = 1\n"
                    "gsim = {}\nintensity_measure_types = PGA\ntruncation_level = 0\n"
                    "maximum_distance = 300\nnumber_of_ground_motion_fields = 1\n",
                    list, model));
  const job::Job job = run_results::read(folder / "job.ini");
  job_runs::run({}, job, folder / "run.h5");
  const run_results::DenseFields fields{calc::Results(folder / "run.h5")};
  std::vector<double> ln;
  for (const Local& site : sites()) {
    // Site ids follow longitude and latitude: find the site again by its place.
    const geo::Point wanted = geographic(site, at);
    const auto& points = job.sites.points();
    const auto nearest = std::ranges::min_element(
        points, {}, [&](const geo::Point& p) { return geo::chord_km(p, wanted); });
    EXPECT_LT(geo::chord_km(*nearest, wanted), 0.002);
    ln.push_back(fields.at(0, 0, nearest - points.begin()));
  }
  return ln;
}

std::vector<double> planar_medians(const Placement& at, const char* model) {
  return medians("singlePlaneRupture", plane(at), {0, 0, top_km + 4}, at, model);
}

class PlacementTest : public testing::TestWithParam<Placement> {
 protected:
  void TearDown() override { RecordProperty("largest_difference", largest_.text()); }

  void expect_equal(const std::vector<double>& found, const std::vector<double>& expected,
                    const char* model) {
    for (std::size_t i = 0; i < sites().size(); ++i) {
      EXPECT_NEAR(found[i], expected[i], 1e-3)
          << model << " at " << sites()[i].east_km << ", " << sites()[i].north_km << " km";
      largest_.add(std::abs(found[i] - expected[i]));
    }
  }

 private:
  statistics::Largest largest_;
};

// r_rup to the rectangle from coordinates in space, then the model alone.
TEST_P(PlacementTest, ClosestDistancesAreThoseInSpace) {
  const Placement& at = GetParam();
  const Vector origin = cartesian(top_left, at);
  const Vector along = cartesian(top_right, at) - origin,
               down = cartesian(bottom_left, at) - origin;
  std::vector<double> r_rup;
  for (const Local& site : sites()) {
    const Vector to = cartesian(site, at) - origin;
    const double s = std::clamp(dot(to, along) / dot(along, along), 0.0, 1.0),
                 t = std::clamp(dot(to, down) / dot(down, down), 0.0, 1.0);
    const Vector off{to.x - s * along.x - t * down.x, to.y - s * along.y - t * down.y,
                     to.z - s * along.z - t * down.z};
    r_rup.push_back(std::sqrt(dot(off, off)));
  }
  const std::size_t n = r_rup.size(), stride = gmm::GmmOutput::stride_for(n);
  r_rup.resize(stride, r_rup.back());
  const std::vector<core::Imt> imts{core::Imt::parse("PGA")};
  const auto model = gmm::make_model(gmm::ModelSpec::parse("SadighEtAl1997"), imts);
  const std::vector<double> vs30(stride, 760.0);
  std::vector<double> mean(stride), sigma(stride), tau(stride), phi(stride);
  gmm::GmmInput in;
  in.mag = 6.5;
  in.rake_deg = 90;
  in.size = n;
  in.vs30 = vs30;
  in.r_rup = r_rup;
  model->evaluate(in, {stride, mean, sigma, tau, phi});
  expect_equal(planar_medians(at, "SadighEtAl1997"), mean, "SadighEtAl1997");
}

// r_jb (Boore), r_rup, r_jb and r_x (Chiou and Youngs).
TEST_P(PlacementTest, TurnedPlanesHaveTheSameMedians) {
  for (const char* model : {"BooreEtAl2014", "ChiouYoungs2014"})
    expect_equal(planar_medians(GetParam(), model), planar_medians(placements[0], model), model);
}

TEST_P(PlacementTest, TurnedMeshesHaveTheSameMedians) {
  for (const char* model : {"SadighEtAl1997", "BooreEtAl2014", "ChiouYoungs2014"}) {
    const auto run = [&](const Placement& at) {
      return medians("simpleFaultRupture", trace(at), {-2, 0, top_km + 4}, at, model);
    };
    expect_equal(run(GetParam()), run(placements[0]), model);
  }
}

INSTANTIATE_TEST_SUITE_P(Places, PlacementTest, testing::ValuesIn(placements),
                         [](const testing::TestParamInfo<Placement>& instance) {
                           return instance.param.name;
                         });

/// An event-based job about a meridian: an area, a point and a fault, and a grid of sites that go
/// across it.
class MeridianJob {
 public:
  explicit MeridianJob(double meridian_deg) : meridian_(meridian_deg) {
    write(folder_ / "model.xml",
          fmt::format(R"({0}<sourceModel name="m">
<sourceGroup name="g" tectonicRegion="Active Shallow Crust">
<areaSource id="a" name="a" tectonicRegion="Active Shallow Crust"><areaGeometry><gml:Polygon>
<gml:exterior><gml:LinearRing><gml:posList>{1}</gml:posList></gml:LinearRing></gml:exterior>
</gml:Polygon><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>15</lowerSeismoDepth>
</areaGeometry>{2}</areaSource>
<pointSource id="p" name="p" tectonicRegion="Active Shallow Crust"><pointGeometry><gml:Point>
<gml:pos>{3}</gml:pos></gml:Point><upperSeismoDepth>0</upperSeismoDepth>
<lowerSeismoDepth>15</lowerSeismoDepth></pointGeometry>{2}</pointSource>
<simpleFaultSource id="f" name="f" tectonicRegion="Active Shallow Crust"><simpleFaultGeometry>
<gml:LineString><gml:posList>{4}</gml:posList></gml:LineString><dip>60</dip>
<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>12</lowerSeismoDepth>
</simpleFaultGeometry><magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>
<truncGutenbergRichterMFD aValue="3.5" bValue="1" minMag="6" maxMag="7"/><rake>90</rake>
</simpleFaultSource></sourceGroup></sourceModel></nrml>
)",
                      nrml, list({{-0.6, -0.5}, {-0.6, 0.4}, {0.7, 0.3}}), properties,
                      list({{0.01, 0.6}}), list({{-0.4, -0.7}, {0.1, -0.6}, {0.5, -0.3}})));
    write(folder_ / "sources.xml",
          std::string(nrml) +
              R"(<logicTree logicTreeID="t"><logicTreeBranchSet uncertaintyType="sourceModel"
branchSetID="s"><logicTreeBranch branchID="b"><uncertaintyModel>model.xml</uncertaintyModel>
<uncertaintyWeight>1</uncertaintyWeight></logicTreeBranch></logicTreeBranchSet></logicTree></nrml>
)");
    write(folder_ / "job.ini",
          fmt::format("[general]\ncalculation_mode = event_based\nregion = {}\n"
                      "region_grid_spacing = 15\n"
                      "reference_vs30_type = measured\nreference_vs30_value = 760\n"
                      "reference_depth_to_1pt0km_per_sec = 48\n"
                      "reference_depth_to_2pt5km_per_sec = 0.607\n"
                      "source_model_logic_tree_file = sources.xml\ngsim = ChiouYoungs2014\n"
                      "rupture_mesh_spacing = 2\narea_source_discretization = 20\n"
                      "width_of_mfd_bin = 0.2\nintensity_measure_types = PGA\n"
                      "truncation_level = 0\nmaximum_distance = 60\ninvestigation_time = 1\n"
                      "ses_per_logic_tree_path = 3000\ntile_size = 32\n",
                      list({{-1, -1}, {-1, 1}, {1, 1}, {1, -1}}, ", ")));
    const job::Job job = run_results::read(folder_ / "job.ini");
    job_runs::run({}, job, folder_ / "run.h5");
    const calc::Results results(folder_ / "run.h5");
    for (const geo::Point& site : job.sites.points())
      sites.push_back({geo::normalized_lon(site.lon_deg - meridian_), site.lat_deg, 0});
    results.for_each_block([&](const calc::GmfBlock& block) {
      for (std::size_t row = 0; row < block.size(); ++row)
        ln[{block.event(row), block.site(row)}] = std::log(block.value(row, 0));
    });
    events = results.num_rows("/events");
  }

  std::uint64_t events = 0;
  std::vector<geo::Point> sites;  ///< with longitudes from the meridian
  std::map<std::pair<std::uint64_t, std::size_t>, double> ln;  ///< by event and site

 private:
  static constexpr const char* properties =
      R"(<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1</ruptAspectRatio>
<truncGutenbergRichterMFD aValue="4.5" bValue="1" minMag="5" maxMag="6.6"/>
<nodalPlaneDist><nodalPlane probability="0.5" strike="30" dip="60" rake="90"/>
<nodalPlane probability="0.5" strike="270" dip="90" rake="0"/></nodalPlaneDist>
<hypoDepthDist><hypoDepth depth="8" probability="1"/></hypoDepthDist>)";

  std::string list(const std::vector<std::pair<double, double>>& points,
                   const char* separator = " ") const {
    std::string text;
    for (const auto& [east, lat] : points)
      text += fmt::format("{}{:.6f} {:.6f}", text.empty() ? "" : separator,
                          geo::normalized_lon(meridian_ + east), lat);
    return text;
  }

  double meridian_;
  const ScratchFolder folder_;
};

TEST(MeridianTest, EventBasedJobIsTheSameAcrossTheDateLine) {
  const MeridianJob here(20), there(180);
  statistics::Largest largest;
  EXPECT_GT(here.events, 1000u);
  EXPECT_EQ(there.events, here.events);
  ASSERT_EQ(there.sites.size(), here.sites.size());
  EXPECT_GT(here.ln.size(), 20000u);
  ASSERT_EQ(there.ln.size(), here.ln.size());
  for (std::size_t n = 0; n < here.sites.size(); ++n) {
    // Site ids follow the longitude, so the numbers differ; the places do not.
    const auto other = std::ranges::min_element(
        there.sites, {}, [&](const geo::Point& p) { return geo::chord_km(p, here.sites[n]); });
    ASSERT_LT(geo::chord_km(*other, here.sites[n]), 0.003);
    for (std::uint64_t event = 0; event < here.events; ++event) {
      const auto a = here.ln.find({event, n}),
                 b = there.ln.find({event, other - there.sites.begin()});
      ASSERT_EQ(a == here.ln.end(), b == there.ln.end()) << "event " << event << ", site " << n;
      if (a == here.ln.end()) continue;
      EXPECT_NEAR(a->second, b->second, 1e-3);
      largest.add(std::abs(a->second - b->second));
    }
  }
  RecordProperty("largest_difference", largest.text());
}

}  // namespace
