// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "nrml_rupture.hpp"
#include "nrml_source.hpp"
#include "nrml_text.hpp"
#include "nrml_tree.hpp"
#include "xml.hpp"

namespace shakefield::job {
namespace {

using testing::HasSubstr;

constexpr const char* plane =
    "<planarSurface>\n<topLeft lon='0' lat='0' depth='0'/>\n<topRight lon='0' lat='0.1' "
    "depth='0'/>\n"
    "<bottomLeft lon='0.05' lat='0' depth='10'/>\n<bottomRight lon='0.05' lat='0.1' "
    "depth='10'/>\n</planarSurface>\n";

std::string rupture(const std::string& kind, const std::string& geometry,
                    const std::string& rake = "90") {
  return "<" + kind + ">\n<magnitude>6</magnitude>\n<rake>" + rake +
         "</rake>\n<hypocenter lon='0.025' lat='0.05' depth='5'/>\n" + geometry + "</" + kind + ">";
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const core::Error& e) {
    return e.what();
  }
  return "no error";
}

TEST(XmlTest, NamesTheLineOfMalformedXml) {
  EXPECT_THAT(message_of([] { XmlFile("a.xml", "<nrml>\n<b>\n</nrml>\n"); }),
              HasSubstr("a.xml:3: the file is no well-formed XML"));
}

TEST(XmlTest, KnowsTheVersions) {
  EXPECT_EQ(nrml("", "0.4").minor_version(), 4);
  EXPECT_EQ(nrml("").minor_version(), 5);
  EXPECT_THAT(message_of([] { nrml("", "0.6"); }), HasSubstr("NRML version"));
  EXPECT_THAT(message_of([] { XmlFile("a.xml", "<html/>"); }), HasSubstr("'html'"));
}

TEST(NrmlRuptureTest, ReadsEveryKindThatIsOffered) {
  core::Problems problems;
  const MeshSpacings spacings{2, 2};
  const auto planar = read_rupture(nrml(rupture("singlePlaneRupture", plane)), spacings, problems);
  EXPECT_EQ(planar.surface->kind(), rupture::SurfaceKind::planar);
  EXPECT_EQ(planar.mag, 6);
  const auto simple =
      read_rupture(nrml(rupture("simpleFaultRupture",
                                "<simpleFaultGeometry><gml:LineString><gml:posList>0.025 0 0.025 "
                                "0.1</gml:posList></gml:LineString><dip>90</dip>"
                                "<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>10</"
                                "lowerSeismoDepth></simpleFaultGeometry>")),
                   spacings, problems);
  EXPECT_EQ(simple.surface->kind(), rupture::SurfaceKind::simple_fault);
  const auto complex =
      read_rupture(nrml(rupture("complexFaultRupture",
                                "<complexFaultGeometry><faultTopEdge><gml:LineString><gml:posList>"
                                "0 0 0 0 0.1 0</gml:posList></gml:LineString>"
                                "</faultTopEdge><faultBottomEdge><gml:LineString><gml:posList>0.05 "
                                "0 10 0.05 0.1 10</gml:posList></gml:LineString>"
                                "</faultBottomEdge></complexFaultGeometry>")),
                   spacings, problems);
  EXPECT_EQ(complex.surface->kind(), rupture::SurfaceKind::complex_fault);
  const auto gridded = read_rupture(
      nrml(rupture(
          "griddedRupture",
          "<griddedSurface><gml:posList>0 0 5 0 0.1 5 0.1 0 6</gml:posList></griddedSurface>")),
      spacings, problems);
  EXPECT_EQ(gridded.surface->kind(), rupture::SurfaceKind::gridded);
  EXPECT_TRUE(problems.errors().empty());
  EXPECT_TRUE(problems.warnings().empty());
}

TEST(NrmlRuptureTest, ReadsSeveralPlanesAndKites) {
  core::Problems problems;
  const auto planes =
      read_rupture(nrml(rupture("multiPlanesRupture", std::string(plane) + plane)), {}, problems);
  EXPECT_EQ(planes.surface->kind(), rupture::SurfaceKind::multi);
  EXPECT_EQ(planes.surface->parts().size(), 2u);
  const std::string line = "<profile><gml:LineString><gml:posList>";
  const auto kite = read_rupture(
      nrml(rupture("multiPlanesRupture",
                   "<kiteSurface>" + line + "0 0.05 0 0 0.04 10</gml:posList></gml:LineString>" +
                       "</profile>" + line + "0.1 0.05 0 0.1 0.04 10</gml:posList>" +
                       "</gml:LineString></profile></kiteSurface>")),
      {2, 2}, problems);
  EXPECT_EQ(kite.surface->kind(), rupture::SurfaceKind::kite);
  EXPECT_TRUE(problems.errors().empty());
}

TEST(NrmlRuptureTest, MovesAHypocentreOffTheSurfaceWithAWarning) {
  core::Problems problems;
  std::string far = rupture("singlePlaneRupture", plane);
  far.replace(far.find("lon='0.025'"), 11, "lon='0.925'");
  const auto r = read_rupture(nrml(far), {}, problems);
  EXPECT_NEAR(r.hypocentre.lon_deg, 0.025, 1e-6);
  ASSERT_EQ(problems.warnings().size(), 1u);
  EXPECT_THAT(problems.warnings()[0].text(),
              HasSubstr("model.xml:6: the hypocentre (0.925, 0.05, 5 km)"));
}

TEST(NrmlRuptureTest, RefusesWhatIsWrongOrNotOffered) {
  const auto error = [](const std::string& text) {
    return message_of([&] {
      core::Problems problems;
      read_rupture(nrml(text), {}, problems);
    });
  };
  EXPECT_THAT(error(rupture("multiPlanesRupture", std::string(plane) + "<kiteSurface/>")),
              HasSubstr("planarSurface and kiteSurface are mixed"));
  EXPECT_THAT(error(rupture("magicRupture", plane)),
              HasSubstr("model.xml:3: 'magicRupture' is no rupture"));
  EXPECT_THAT(error(rupture("singlePlaneRupture", "")), HasSubstr("has no geometry"));
  EXPECT_THAT(error(rupture("singlePlaneRupture", plane, "270")),
              HasSubstr("model.xml:5: rake = '270' is out of range"));
  EXPECT_THAT(error(""), HasSubstr("holds no rupture"));
  std::string no_mag = rupture("singlePlaneRupture", plane);
  no_mag.replace(no_mag.find("<magnitude>6</magnitude>"), 24, "");
  EXPECT_THAT(error(no_mag), HasSubstr("singlePlaneRupture has no magnitude"));
}

TEST(RuptureDictTest, TakesDefaultsAndRefusesUnknownKeys) {
  const auto map = [](const char* text) { return *parse_literal(text).map(); };
  const auto r = rupture_from_map(
      map("{'lon': 1.0, 'lat': -1.2, 'dep': 10, 'mag': 5, 'rake': 0, 'strike': 45}"));
  EXPECT_EQ(r.surface->parameters().dip_deg, 90);
  EXPECT_NEAR(r.surface->parameters().strike_deg, 45, 0.1);
  EXPECT_EQ(r.tectonic_region, "*");
  // Wells & Coppersmith (1994), strike slip: width = 10^(-0.76 + 0.27 M)
  EXPECT_NEAR(r.surface->parameters().width_km, std::pow(10, -0.76 + 0.27 * 5), 1e-6);
  EXPECT_THAT(
      message_of([&] { rupture_from_map(map("{'lon': 1, 'lat': 2, 'dep': 3, 'mag': 5}")); }),
      HasSubstr("rake is missing"));
  EXPECT_THAT(
      message_of([&] {
        rupture_from_map(map("{'lon': 1, 'lat': 2, 'dep': 3, 'mag': 5, 'rake': 0, 'dips': 4}"));
      }),
      HasSubstr("unknown key 'dips'"));
  EXPECT_THAT(message_of([&] {
                rupture_from_map(map("{'lon': 1, 'lat': 92, 'dep': 3, 'mag': 5, 'rake': 0}"));
              }),
              HasSubstr("lat = 92"));
}

std::string point_source(const std::string& id, const std::string& mfd, const std::string& planes,
                         const std::string& msr = "WC1994") {
  return "<pointSource id='" + id +
         "' name='p'>\n<pointGeometry><gml:Point><gml:pos>1, "
         "2</gml:pos></gml:Point><upperSeismoDepth>0</upperSeismoDepth>"
         "<lowerSeismoDepth>20</lowerSeismoDepth></pointGeometry>\n<magScaleRel>" +
         msr + "</magScaleRel><ruptAspectRatio>1</ruptAspectRatio>\n" + mfd + "\n<nodalPlaneDist>" +
         planes +
         "</nodalPlaneDist>\n<hypoDepthDist><hypoDepth probability='1' "
         "depth='10'/></hypoDepthDist>\n</pointSource>\n";
}
constexpr const char* gr =
    "<truncGutenbergRichterMFD aValue='3' bValue='1' minMag='5' maxMag='6'/>";
constexpr const char* one_plane = "<nodalPlane probability='1' strike='0' dip='90' rake='0'/>";

std::string group(const std::string& sources,
                  const std::string& attributes = "tectonicRegion='Stable'") {
  return "<sourceModel>\n<sourceGroup " + attributes + ">\n" + sources +
         "</sourceGroup>\n</sourceModel>";
}

core::Problems problems_of_sources(const std::string& text) {
  core::Problems problems;
  read_source_model(nrml(text), {}, problems);
  return problems;
}

TEST(NrmlSourceTest, ReadsAPointSource) {
  core::Problems problems;
  const SourceList list =
      read_source_model(nrml(group(point_source("p-1", gr, one_plane))), {}, problems);
  problems.throw_if_any();
  ASSERT_EQ(list.sources.size(), 1u);
  const auto source = make_source(list.sources[0], 0.5);
  EXPECT_EQ(source->tectonic_region(), "Stable");
  EXPECT_EQ(source->num_ruptures(), 2u);
  double rate = 0;
  source->for_each_rate(0, 2, [&](std::size_t, double, double r) { rate += r; });
  EXPECT_NEAR(rate, std::pow(10, 3 - 5.0) - std::pow(10, 3 - 6.0), 1e-12);
}

TEST(NrmlSourceTest, GoesOnAfterABadSource) {
  const auto problems = problems_of_sources(group(
      point_source("a", gr, "<nodalPlane probability='0.5' strike='0' dip='90' rake='0'/>") +
      point_source("b", std::string(gr) + gr, one_plane) + "<kiteFaultSource id='k' name='k'/>" +
      point_source("d", gr, one_plane, "NoSuchRelation") + point_source("e f", gr, one_plane)));
  ASSERT_EQ(problems.errors().size(), 5u);
  EXPECT_THAT(problems.errors()[0].message, HasSubstr("0.5"));
  EXPECT_GT(problems.errors()[0].place.line, 4);
  EXPECT_THAT(problems.errors()[1].message, HasSubstr("2 magnitude-frequency distributions"));
  EXPECT_THAT(problems.errors()[2].message, HasSubstr("kiteFaultSource has no kiteSurface"));
  EXPECT_THAT(problems.errors()[3].message, HasSubstr("NoSuchRelation"));
  EXPECT_THAT(problems.errors()[4].message, HasSubstr("source id 'e f' is not allowed"));
}

TEST(NrmlSourceTest, ChecksGroups) {
  EXPECT_THAT(
      problems_of_sources("<sourceModel>" + point_source("a", gr, one_plane) + "</sourceModel>")
          .errors()
          .at(0)
          .message,
      HasSubstr("outside of a sourceGroup"));
  EXPECT_THAT(problems_of_sources("<sourceModel/>").errors().at(0).message,
              HasSubstr("holds no source"));
  EXPECT_EQ(problems_of_sources(
                group(point_source("a", gr, one_plane) + point_source("a", gr, one_plane)))
                .warnings()
                .size(),
            1u);
}

TEST(NrmlSourceTest, NamesKindsOfDistributionsNotOffered) {
  EXPECT_THAT(problems_of_sources(group(point_source("a", "<paretoMFD/>", one_plane)))
                  .errors()
                  .at(0)
                  .message,
              HasSubstr("paretoMFD is not offered"));
}

std::string tree(const std::string& type, const std::string& branches,
                 const std::string& attributes = "") {
  return "<logicTreeBranchSet uncertaintyType='" + type + "' branchSetID='s' " + attributes + ">" +
         branches + "</logicTreeBranchSet>\n";
}
std::string branch(const std::string& id, const std::string& model, const std::string& weight) {
  return "<logicTreeBranch branchID='" + id + "'><uncertaintyModel>" + model +
         "</uncertaintyModel><uncertaintyWeight>" + weight +
         "</uncertaintyWeight></logicTreeBranch>\n";
}
std::string first_problem(const std::string& sets, bool gmms) {
  core::Problems problems;
  const XmlFile file = nrml("<logicTree>" + sets + "</logicTree>");
  if (gmms)
    read_gmm_tree(file, problems);
  else
    read_source_tree(file, {}, problems);
  return problems.empty() ? "no problem" : problems.errors()[0].message;
}

TEST(NrmlTreeTest, ChecksWeightsAndIds) {
  EXPECT_EQ(first_problem(tree("sourceModel",
                               branch("a", "a.xml", "0.5") + branch("b", "b.xml", "0.50000001")),
                          false),
            "no problem");
  EXPECT_THAT(
      first_problem(tree("sourceModel", branch("a", "a.xml", "0.5") + branch("b", "b.xml", "0.4")),
                    false),
      HasSubstr("sum to 0.9"));
  EXPECT_THAT(
      first_problem(tree("sourceModel", branch("a", "a.xml", "0.5") + branch("a", "b.xml", "0.5")),
                    false),
      HasSubstr("'a' is used twice"));
  EXPECT_THAT(
      first_problem(tree("sourceModel", branch("a", "a.xml", "0.5") + branch("b", "a.xml", "0.5")),
                    false),
      HasSubstr("same value"));
  EXPECT_THAT(first_problem(tree("sourceModel", branch("a", "/a.xml", "1")), false),
              HasSubstr("absolute path"));
}

TEST(NrmlTreeTest, NamesUnknownUncertainties) {
  const std::string sources = tree("sourceModel", branch("a", "a.xml", "1"));
  EXPECT_THAT(first_problem(sources + tree("noSuchRelative", branch("b", "0.1", "1")), false),
              HasSubstr("'noSuchRelative' is unknown"));
  EXPECT_THAT(first_problem(tree("bGRRelative", branch("b", "0.1", "1")), false),
              HasSubstr("sourceModel is expected"));
}

TEST(NrmlTreeTest, ReadsModelsWithArguments) {
  core::Problems problems;
  const XmlFile file = nrml("<logicTree>" +
                            tree("gmpeModel",
                                 "<logicTreeBranch branchID='a'><uncertaintyModel region='JPN' "
                                 "x='1.5' y='[1, 2]'>Model</uncertaintyModel>"
                                 "<uncertaintyWeight>0.5</uncertaintyWeight></logicTreeBranch>" +
                                     branch("b", "\n  [Other]\n  z = true\n", "0.5"),
                                 "applyToTectonicRegionType='Stable'") +
                            "</logicTree>");
  const auto placed = read_gmm_tree(file, problems);
  problems.throw_if_any();
  const auto& branches = placed.tree.sets.at(0).branches;
  EXPECT_EQ(branches[0].model,
            (gmm::ModelSpec{
                "Model",
                {{"region", std::string("JPN")}, {"x", 1.5}, {"y", std::vector<double>{1, 2}}}}));
  EXPECT_EQ(branches[1].model, (gmm::ModelSpec{"Other", {{"z", true}}}));
  EXPECT_EQ(placed.places[0][0].line, 3);
}

TEST(NrmlTreeTest, ChecksGroundMotionSets) {
  const std::string attributes = "applyToTectonicRegionType='Stable'";
  EXPECT_THAT(first_problem(tree("sourceModel", branch("a", "M", "1"), attributes), true),
              HasSubstr("'sourceModel' does not belong"));
  EXPECT_THAT(first_problem(tree("gmpeModel", branch("a", "M", "1")), true),
              HasSubstr("applyToTectonicRegionType"));
  EXPECT_THAT(
      first_problem(
          tree("gmpeModel", branch("a", "M", "0.5") + branch("b", "M", "0.5"), attributes), true),
      HasSubstr("stands twice"));
  const std::string set = tree("gmpeModel", branch("a", "M", "1"), attributes);
  EXPECT_THAT(first_problem(set + set, true), HasSubstr("second branch set"));
}

}  // namespace
}  // namespace shakefield::job
