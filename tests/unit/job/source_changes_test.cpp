// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "source_changes.hpp"
#include "nrml_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "nrml_source.hpp"

namespace shakefield::job {
namespace {

using source::TruncatedGr;
using testing::HasSubstr;

constexpr const char* gr =
    "<truncGutenbergRichterMFD aValue='3.5' bValue='0.9' minMag='5' maxMag='6.5'/>";
constexpr const char* gr_of_fault =
    "<truncGutenbergRichterMFD aValue='3.5' bValue='0.9' minMag='6' maxMag='6.5'/>";
constexpr const char* rates =
    "<incrementalMFD minMag='5.5' binWidth='0.2'><occurRates>0.01 0.005 "
    "0.002</occurRates></incrementalMFD>";
constexpr const char* scaling =
    "<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>";
constexpr const char* depths =
    "<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>20</lowerSeismoDepth>";
constexpr const char* distributions =
    "<nodalPlaneDist><nodalPlane probability='1' strike='0' dip='90' "
    "rake='0'/></nodalPlaneDist><hypoDepthDist><hypoDepth probability='1' "
    "depth='10'/></hypoDepthDist>";

std::string simple_geometry(const std::string& end = "10.5 45.3", const std::string& dip = "60",
                            const std::string& attributes = "") {
  return "<simpleFaultGeometry " + attributes + "><gml:LineString><gml:posList>10.0 45.2 " + end +
         "</gml:posList></gml:LineString><dip>" + dip +
         "</dip><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>12</lowerSeismoDepth>"
         "</simpleFaultGeometry>";
}
std::string complex_geometry(const std::string& bottom = "15", const std::string& attributes = "") {
  return "<complexFaultGeometry " + attributes +
         "><faultTopEdge><gml:LineString><gml:posList>10.0 45.2 1 10.5 45.3 "
         "1</gml:posList></gml:LineString></faultTopEdge><faultBottomEdge><gml:LineString>"
         "<gml:posList>10.0 45.1 " +
         bottom + " 10.5 45.2 " + bottom +
         "</gml:posList></gml:LineString></faultBottomEdge></complexFaultGeometry>";
}
std::string area_geometry(const std::string& corner, const std::string& own_depths = depths) {
  return "<areaGeometry discretization='10'><gml:Polygon><gml:exterior><gml:LinearRing>"
         "<gml:posList>10.0 45.0 " +
         corner + " 45.0 " + corner + " 45.5 10.0 45.5</gml:posList></gml:LinearRing>" +
         "</gml:exterior></gml:Polygon>" + own_depths + "</areaGeometry>";
}

/// The sources that the engine was asked about, in its spacings: 2 km simple, 3 km complex.
SourceDescription description(const std::string& id) {
  const std::map<std::string, std::string> elements{
      {"P", std::string("<pointSource id='P'><pointGeometry><gml:Point><gml:pos>10.1 "
                        "45.0</gml:pos></gml:Point>") +
                depths + "</pointGeometry>" + scaling + gr + distributions + "</pointSource>"},
      {"R", "<areaSource id='R'>" + area_geometry("10.5") + scaling + gr + distributions +
                "</areaSource>"},
      {"S", "<simpleFaultSource id='S'>" + simple_geometry() + scaling + gr_of_fault +
                "<rake>90</rake></simpleFaultSource>"},
      {"X", "<complexFaultSource id='X'>" + complex_geometry() + scaling + gr_of_fault +
                "<rake>90</rake></complexFaultSource>"},
      {"A", std::string("<pointSource id='A'><pointGeometry><gml:Point><gml:pos>10.1 "
                        "45.0</gml:pos></gml:Point>") +
                depths + "</pointGeometry>" + scaling +
                "<alternativeCharacteristicMFD minMag='5' maxMag='7.5' bGR='1' bAC='0.8' "
                "gamma='0.6' deltaMagAC='0.5' totalRate='0.01'/>" +
                distributions + "</pointSource>"},
      {"M",
       std::string("<multiPointSource id='M'><multiPointGeometry><gml:posList>10.1 45.0 10.3 "
                   "45.1</gml:posList>") +
           depths + "</multiPointGeometry>" + scaling +
           "<multiMFD kind='truncGutenbergRichterMFD' size='2'><min_mag>5</min_mag>"
           "<max_mag>6.5 6.1</max_mag><a_val>3.5 3.0</a_val><b_val>0.9 1.0</b_val></multiMFD>" +
           distributions + "</multiPointSource>"},
      {"H", std::string("<characteristicFaultSource id='H'>") + rates + "<rake>90</rake><surface>" +
                simple_geometry() + "</surface></characteristicFaultSource>"}};
  core::Problems problems;
  SourceOptions options;
  options.spacings = {2, 3};
  SourceList list =
      read_source_model(nrml("<sourceModel><sourceGroup tectonicRegion='Active Shallow Crust'>" +
                             elements.at(id) + "</sourceGroup></sourceModel>"),
                        options, problems);
  problems.throw_if_any();
  return list.sources.at(0);
}

/// The source after a branch of this type and value.
SourceDescription changed(const std::string& id, const std::string& type,
                          const std::string& value) {
  const XmlFile file = nrml("<uncertaintyModel>" + value + "</uncertaintyModel>");
  core::Problems problems;
  SourceOptions options;
  options.spacings = {2, 3};
  SourceDescription source = description(id);
  read_source_change(type, file.root().child("uncertaintyModel"), options, problems)(source);
  problems.throw_if_any();
  return source;
}

TruncatedGr gr_of(const SourceDescription& source) {
  return std::visit(
      [](const auto& content) {
        if constexpr (requires { content.mfd.mfd; }) return std::get<TruncatedGr>(content.mfd.mfd);
        return TruncatedGr{};
      },
      source.content);
}
std::size_t ruptures_of(const SourceDescription& source) {
  return make_source(source, 0.2)->num_ruptures();
}
std::string refusal(const std::string& id, const std::string& type, const std::string& value) {
  try {
    changed(id, type, value);
  } catch (const core::Error& e) {
    EXPECT_EQ(e.kind(), core::ErrorKind::data);
    return e.what();
  }
  return "";
}

// All figures: composite source models of the OpenQuake engine 3.26.2, width_of_mfd_bin = 0.2.

TEST(SourceChangesTest, ReplaceParametersOfGutenbergRichter) {
  EXPECT_EQ(gr_of(changed("P", "maxMagGRAbsolute", "7.25")).max_mag, 7.25);
  EXPECT_EQ(ruptures_of(changed("P", "maxMagGRAbsolute", "7.25")), 11u);
  EXPECT_EQ(gr_of(changed("P", "bGRAbsolute", "1.25")).b, 1.25);
  EXPECT_EQ(gr_of(changed("P", "bGRAbsolute", "1.25")).a, 3.5);
  const TruncatedGr ab = gr_of(changed("P", "abGRAbsolute", "3.1 1.25"));
  EXPECT_EQ(ab.a, 3.1);
  EXPECT_EQ(ab.b, 1.25);
  const TruncatedGr all = gr_of(changed("P", "abMaxMagAbsolute", "3.3 0.8 7.2"));
  EXPECT_EQ(all.max_mag, 7.2);
  EXPECT_EQ(ruptures_of(changed("P", "abMaxMagAbsolute", "3.3 0.8 7.2")), 11u);
}

TEST(SourceChangesTest, BalanceRelativeSlopesAndMagnitudes) {
  EXPECT_NEAR(gr_of(changed("P", "bGRRelative", "0.1")).a, 4.051663376040608, 1e-12);
  EXPECT_NEAR(gr_of(changed("S", "bGRRelative", "+0.1")).a, 4.08186328244642, 1e-12);
  EXPECT_NEAR(gr_of(changed("X", "bGRRelative", "-0.1")).a, 2.9230633233296466, 1e-12);
  const TruncatedGr balanced = gr_of(changed("P", "maxMagGRRelative", "0.25"));
  EXPECT_NEAR(balanced.a, 3.3321060883135876, 1e-12);
  EXPECT_EQ(balanced.max_mag, 6.75);
  const TruncatedGr as_it_is = gr_of(changed("P", "maxMagGRRelativeNoMoBalance", "-0.1"));
  EXPECT_EQ(as_it_is.a, 3.5);
  EXPECT_EQ(as_it_is.max_mag, 6.4);
}

TEST(SourceChangesTest, ChangeTheDistributionsOfAllPoints) {
  const auto mfds = [](const SourceDescription& source) {
    std::vector<TruncatedGr> all;
    for (const source::Mfd& mfd : std::get<MultiPointDescription>(source.content).mfds)
      all.push_back(std::get<TruncatedGr>(mfd));
    return all;
  };
  const auto steeper = mfds(changed("M", "bGRRelative", "0.1"));
  EXPECT_NEAR(steeper.at(0).a, 4.051663376040608, 1e-12);
  EXPECT_NEAR(steeper.at(1).a, 3.5238333333919987, 1e-12);
  const auto larger = mfds(changed("M", "maxMagGRRelative", "0.25"));
  EXPECT_NEAR(larger.at(1).a, 2.8343373331663084, 1e-12);
  EXPECT_EQ(larger.at(1).max_mag, 6.1 + 0.25);
  EXPECT_EQ(mfds(changed("M", "maxMagGRAbsolute", "6.9")).at(1).max_mag, 6.9);
}

TEST(SourceChangesTest, ChangeDistributionsOfTwoZones) {
  const auto mfd = [](const SourceDescription& source) {
    return std::get<source::AlternativeCharacteristicMfd>(
        std::get<PointDescription>(source.content).mfd.mfd);
  };
  EXPECT_NEAR(mfd(changed("A", "bGRRelative", "0.1")).total_rate, 0.0118379985843488, 1e-15);
  EXPECT_NEAR(mfd(changed("A", "bACRelative", "0.1")).total_rate, 0.010002097417875076, 1e-15);
  EXPECT_NEAR(mfd(changed("A", "maxMagAndDeltaMagACRelative", "0.25 0.1")).total_rate,
              0.008340292255963265, 1e-15);
  const auto kept = mfd(changed("A", "maxMagAndDeltaMagACRelativeNoMoBalance", "0.25 0.1"));
  EXPECT_EQ(kept.total_rate, 0.01);
  EXPECT_EQ(kept.max_mag, 7.75);
  EXPECT_EQ(kept.delta_mag, 0.6);
  EXPECT_EQ(mfd(changed("A", "bACAbsolute", "0.9")).b_ac, 0.9);
  EXPECT_EQ(mfd(changed("A", "bGRAbsolute", "1.2")).total_rate, 0.01);
  EXPECT_EQ(mfd(changed("A", "maxMagGRAbsolute", "7.9")).total_rate, 0.01);
  EXPECT_THAT(refusal("A", "maxMagGRRelative", "0.25"), HasSubstr("no truncGutenbergRichterMFD"));
}

TEST(SourceChangesTest, ComputeActivityFromSlip) {
  EXPECT_NEAR(gr_of(changed("S", "truncatedGRFromSlipAbsolute",
                            "<faultActivityData slipRate='1.5' rigidity='32'/>"))
                  .a,
              3.2637758996777304, 1e-9);
  EXPECT_NEAR(
      gr_of(changed("S", "truncatedGRFromSlipAbsolute",
                    "<faultActivityData slipRate='2.5' rigidity='32' constant_term='9.05'/>"))
          .a,
      3.5356246492940877, 1e-9);
  EXPECT_NEAR(gr_of(changed("X", "truncatedGRFromSlipAbsolute",
                            "<faultActivityData slipRate='1.5' rigidity='32'/>"))
                  .a,
              3.3602233835771926, 1e-9);
}

TEST(SourceChangesTest, RecomputeTheLargestMagnitudeFromTheArea) {
  EXPECT_NEAR(gr_of(changed("S", "recomputeMmax", "0")).max_mag, 6.812763881333968, 1e-9);
  EXPECT_NEAR(gr_of(changed("S", "recomputeMmax", "1")).max_mag, 7.062763881333968, 1e-9);
  EXPECT_EQ(ruptures_of(changed("S", "recomputeMmax", "1")), 132u);
}

TEST(SourceChangesTest, ReplaceListedRates) {
  std::string other = rates;
  other.replace(other.find("0.002"), 5, "0.003");
  const SourceDescription source = changed("H", "incrementalMFDAbsolute", other);
  const auto& mfd = std::get<CharacteristicDescription>(source.content).mfd.mfd;
  EXPECT_EQ(std::get<source::IncrementalMfd>(mfd).rates, (std::vector<double>{0.01, 0.005, 0.003}));
}

TEST(SourceChangesTest, ChangeTheShapeOfFaults) {
  EXPECT_EQ(ruptures_of(description("S")), 123u);
  EXPECT_EQ(ruptures_of(description("X")), 110u);
  EXPECT_EQ(ruptures_of(changed("S", "simpleFaultDipRelative", "10")), 82u);
  EXPECT_EQ(ruptures_of(changed("S", "simpleFaultDipAbsolute", "40")), 203u);
  EXPECT_EQ(ruptures_of(changed("S", "setLowerSeismDepthAbsolute", "10")), 82u);
  EXPECT_EQ(ruptures_of(changed("S", "setLowerSeismDepthAbsolute", "14")), 163u);
  EXPECT_EQ(ruptures_of(changed("S", "simpleFaultGeometryAbsolute",
                                simple_geometry("10.4 45.25", "60", "spacing='2'"))),
            87u);
  EXPECT_EQ(ruptures_of(changed("S", "simpleFaultGeometryAbsolute",
                                simple_geometry("10.5 45.3", "50", "spacing='2'"))),
            163u);
  EXPECT_EQ(ruptures_of(changed("X", "complexFaultGeometryAbsolute",
                                complex_geometry("12", "spacing='2'"))),
            160u);
  EXPECT_EQ(ruptures_of(changed("X", "complexFaultGeometryAbsolute",
                                complex_geometry("13", "spacing='2'"))),
            175u);
}

TEST(SourceChangesTest, ReplaceTheSurfaceOfACharacteristicFault) {
  const auto area = [](const SourceDescription& source) {
    return std::get<CharacteristicDescription>(source.content).surface->area_km2();
  };
  const SourceDescription finer =
      changed("H", "characteristicFaultGeometryAbsolute",
              "<surface>" + simple_geometry("10.5 45.3", "45", "spacing='1'") + "</surface>");
  // width 12 / sin(dip)
  EXPECT_NEAR(area(finer) / area(description("H")), std::sin(std::acos(-1) / 3) / std::sqrt(0.5),
              0.05);
}

TEST(SourceChangesTest, ReplaceAnArea) {
  const SourceDescription source =
      changed("R", "areaSourceGeometryAbsolute",
              area_geometry("10.3",
                            "<upperSeismoDepth>2</upperSeismoDepth><lowerSeismoDepth>12</"
                            "lowerSeismoDepth>"));
  EXPECT_LT(ruptures_of(source), ruptures_of(description("R")));
  // the engine passes over these depths (docs/differences.md)
  EXPECT_EQ(std::get<AreaDescription>(source.content).properties.lower_depth_km, 12);
}

TEST(SourceChangesTest, ChangeLayersRatiosAndRelations) {
  const auto properties = [](const SourceDescription& source) {
    return std::get<AreaDescription>(source.content).properties;
  };
  EXPECT_EQ(properties(changed("R", "setLowerSeismDepthAbsolute", "15")).lower_depth_km, 15);
  EXPECT_EQ(properties(changed("R", "setLowerSeismDepthRelative", "-2")).lower_depth_km, 18);
  EXPECT_EQ(properties(changed("R", "setUpperSeismDepthAbsolute", "2")).upper_depth_km, 2);
  EXPECT_EQ(properties(changed("R", "setUpperSeismDepthRelative", "1")).upper_depth_km, 1);
  EXPECT_EQ(properties(changed("R", "setAspectRatioAbsolute", "2")).aspect_ratio.at(6), 2);
  EXPECT_EQ(properties(changed("R", "setAspectRatioRelative", "0.1")).aspect_ratio.at(6), 1.6);
  EXPECT_EQ(properties(changed("R", "setMSRAbsolute", "PeerMSR")).scaling.name(), "PeerMSR");
  EXPECT_EQ(ruptures_of(changed("S", "setMSRAbsolute", "PeerMSR")), 76u);
  EXPECT_EQ(ruptures_of(changed("S", "setMSRAbsolute", "Leonard2014_SCR")), 126u);
}

// The engine refuses all of these.
TEST(SourceChangesTest, RefuseWhatASourceDoesNotHave) {
  EXPECT_THAT(refusal("H", "bGRRelative", "0.1"),
              HasSubstr("the source has no truncGutenbergRichterMFD that could be changed"));
  EXPECT_THAT(refusal("P", "incrementalMFDAbsolute", rates), HasSubstr("no incrementalMFD"));
  EXPECT_THAT(refusal("X", "recomputeMmax", "0"), HasSubstr("no simpleFaultGeometry"));
  EXPECT_THAT(refusal("S", "setUpperSeismDepthAbsolute", "1"), HasSubstr("no upperSeismoDepth"));
  EXPECT_THAT(refusal("X", "setLowerSeismDepthRelative", "1"), HasSubstr("no lowerSeismoDepth"));
  EXPECT_THAT(refusal("H", "setMSRAbsolute", "PeerMSR"), HasSubstr("no magScaleRel"));
}

TEST(SourceChangesTest, RefuseWrongValues) {
  EXPECT_THAT(refusal("P", "bGRRelative", "0.1 0.2"), HasSubstr("'0.1 0.2' is no value"));
  EXPECT_THAT(refusal("P", "abGRAbsolute", "4"), HasSubstr("2 numbers are expected"));
  EXPECT_THAT(refusal("S", "simpleFaultDipRelative", "40"), HasSubstr("the dip becomes 100"));
  EXPECT_THAT(refusal("R", "setAspectRatioRelative", "-2"), HasSubstr("aspect ratio becomes -0.5"));
  EXPECT_THAT(refusal("R", "setAspectRatioAbsolute", "-2"), HasSubstr("model.xml:3"));
}

TEST(SourceFilterTest, SelectsByIdRegionOrType) {
  const SourceDescription source = description("S");
  EXPECT_TRUE((SourceFilter{}.matches(source)));
  EXPECT_TRUE((SourceFilter{{"A", "S"}, "", ""}.matches(source)));
  EXPECT_FALSE((SourceFilter{{"A"}, "", ""}.matches(source)));
  EXPECT_TRUE((SourceFilter{{}, "Active Shallow Crust", ""}.matches(source)));
  EXPECT_FALSE((SourceFilter{{}, "Active", ""}.matches(source)));
  EXPECT_TRUE((SourceFilter{{}, "", "simpleFault"}.matches(source)));
  EXPECT_FALSE((SourceFilter{{}, "", "area"}.matches(source)));
}

}  // namespace
}  // namespace shakefield::job
