// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Kinds of sources, distributions and groups as NRML writes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "nrml_source.hpp"
#include "nrml_text.hpp"
#include "shakefield/source/point_source.hpp"
#include "support.hpp"

namespace shakefield::job {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string model(const std::string& sources, const std::string& group_attributes = "") {
  return "<sourceModel investigation_time='2'>\n<sourceGroup tectonicRegion='Crust' " +
         group_attributes + ">\n" + sources + "</sourceGroup></sourceModel>";
}

SourceList read_list(const std::string& text, const SourceOptions& options = {}) {
  core::Problems problems;
  SourceList list = read_source_model(nrml(text), options, problems);
  problems.throw_if_any();
  return list;
}
source::SourcePtr read_one(const std::string& source, const SourceOptions& options = {}) {
  return make_source(read_list(model(source), options).sources.at(0), 0.5);
}
std::string problem_of(const std::string& text, const SourceOptions& options = {}) {
  core::Problems problems;
  read_source_model(nrml(text), options, problems);
  return problems.empty() ? "no problem" : problems.errors().front().message;
}

double total_rate(const source::Source& s) {
  double sum = 0;
  s.for_each_rate(0, s.num_ruptures(), [&](std::size_t, double, double rate) { sum += rate; });
  return sum;
}

const std::string scaling =
    "<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>";
const std::string distributions =
    "<nodalPlaneDist><nodalPlane probability='1' strike='0' dip='90' rake='0'/></nodalPlaneDist>"
    "<hypoDepthDist><hypoDepth probability='1' depth='10'/></hypoDepthDist>";

std::string multi_point(const std::string& mfd) {
  return "<multiPointSource id='m' name='m'><multiPointGeometry><gml:posList>36.2469 -8.6 36.1 "
         "-8.7</gml:posList><upperSeismoDepth>0</upperSeismoDepth>"
         "<lowerSeismoDepth>20</lowerSeismoDepth></multiPointGeometry>" +
         scaling + mfd + distributions + "</multiPointSource>";
}
std::string point(const std::string& mfd, const std::string& attributes = "id='p'") {
  return "<pointSource name='p' " + attributes +
         "><pointGeometry><gml:Point><gml:pos>10 45</gml:pos></gml:Point><upperSeismoDepth>0"
         "</upperSeismoDepth><lowerSeismoDepth>20</lowerSeismoDepth></pointGeometry>" +
         scaling + mfd + distributions + "</pointSource>";
}
const std::string gr = "<truncGutenbergRichterMFD aValue='3' bValue='1' minMag='5' maxMag='6'/>";

TEST(MultiPointSourceTest, PointsHaveTheirOwnDistributionsInSinglePrecisionPlaces) {
  const auto s = read_one(
      multi_point("<multiMFD kind='truncGutenbergRichterMFD' size='2'><min_mag>5</min_mag>"
                  "<max_mag>6 5.5</max_mag><a_val>3 2</a_val><b_val>1</b_val></multiMFD>"));
  EXPECT_EQ(s->num_ruptures(), 2u + 1);  // bins of 0.5
  EXPECT_NEAR(total_rate(*s), 1e-2 - 1e-3 + 1e-3 - std::pow(10, -3.5), 1e-15);
  EXPECT_DOUBLE_EQ(s->rupture(0).hypocentre.lon_deg, 36.246898651123047);
}

TEST(MultiPointSourceTest, ListsAreCutByLengths) {
  const auto incremental =
      read_one(multi_point("<multiMFD kind='incrementalMFD' size='2'><min_mag>5</min_mag>"
                           "<bin_width>0.1</bin_width><occurRates>.1 .2 .3</occurRates>"
                           "<lengths>1 2</lengths></multiMFD>"));
  EXPECT_EQ(incremental->num_ruptures(), 3u);
  EXPECT_NEAR(incremental->rupture(2).mag, 5.1, 1e-12);
  EXPECT_NEAR(incremental->rupture(2).occurrence_rate, .3, 1e-15);
  const auto arbitrary =
      read_one(multi_point("<multiMFD kind='arbitraryMFD' size='2'><magnitudes>5 6 7</magnitudes>"
                           "<occurRates>.1 .2 .3</occurRates><lengths>2 1</lengths></multiMFD>"));
  EXPECT_EQ(arbitrary->rupture(1).mag, 6);
  EXPECT_EQ(arbitrary->rupture(2).mag, 7);
}

TEST(MultiPointSourceTest, RefusesListsOfTheWrongLength) {
  const auto problem = [](const std::string& mfd) { return problem_of(model(multi_point(mfd))); };
  EXPECT_THAT(problem("<multiMFD kind='arbitraryMFD' size='3'/>"), HasSubstr("the size 3"));
  EXPECT_THAT(problem("<multiMFD kind='truncGutenbergRichterMFD' size='2'><min_mag>5 5 5</min_mag>"
                      "<max_mag>6</max_mag><a_val>3</a_val><b_val>1</b_val></multiMFD>"),
              HasSubstr("min_mag has 3 numbers (1 or 2 are expected"));
  EXPECT_THAT(problem("<multiMFD kind='arbitraryMFD' size='2'><magnitudes>5 6</magnitudes>"
                      "<occurRates>.1 .2</occurRates><lengths>2 1</lengths></multiMFD>"),
              HasSubstr("lengths sum to 3"));
  EXPECT_THAT(problem("<multiMFD kind='YoungsCoppersmithMFD' size='2'/>"),
              HasSubstr("kind YoungsCoppersmithMFD is not offered"));
}

TEST(DistributionsTest, EveryKindIsRead) {
  const auto bins = [](const std::string& mfd) { return read_one(point(mfd))->num_ruptures(); };
  EXPECT_EQ(bins("<arbitraryMFD><occurRates>.1 .2</occurRates><magnitudes>5 6</magnitudes>"
                 "</arbitraryMFD>"),
            2u);
  EXPECT_EQ(bins("<taperedGutenbergRichterMFD aValue='3' bValue='1' minMag='5' maxMag='7' "
                 "cornerMag='6'/>"),
            4u);
  EXPECT_EQ(bins("<YoungsCoppersmithMFD minMag='5' bValue='1' characteristicMag='7' "
                 "characteristicRate='0.001' binWidth='0.25'/>"),
            9u);
  EXPECT_EQ(bins("<YoungsCoppersmithMFD minMag='5' bValue='1' characteristicMag='7' "
                 "totalMomentRate='1e17' binWidth='0.25'/>"),
            9u);
  EXPECT_EQ(bins("<alternativeCharacteristicMFD minMag='5' maxMag='7' bGR='1' bAC='.2' gamma='.7' "
                 "deltaMagAC='.5' totalRate='.05'/>"),
            4u);
  EXPECT_EQ(bins("<alternativeCharacteristicMFD minMag='5' maxMag='7' bGR='1' bAC='.2' "
                 "deltaMagAC='.5' refMagGR='5' rateRefGR='.1' refMagAC='6.5' rateRefAC='.01'/>"),
            4u);
}

TEST(DistributionsTest, SlipRatesNeedAFault) {
  const std::string slip =
      "<truncGutenbergRichterMFD slipRate='5' rigidity='32' bValue='1' minMag='6' maxMag='7'/>";
  const std::string fault =
      "<simpleFaultSource id='f' name='f'><simpleFaultGeometry><gml:LineString><gml:posList>10 45 "
      "10.5 45</gml:posList></gml:LineString><dip>90</dip><upperSeismoDepth>0</upperSeismoDepth>"
      "<lowerSeismoDepth>10</lowerSeismoDepth></simpleFaultGeometry>" +
      scaling + slip + "<rake>0</rake></simpleFaultSource>";
  // 39.3 km x 10 km slip 5 mm a year: about 6.3e16 N m a year.
  double moment = 0;
  const auto s = read_one(fault);
  s->for_each_rate(0, s->num_ruptures(), [&](std::size_t, double mag, double rate) {
    moment += rate * std::pow(10, 1.5 * mag + 9.1);
  });
  EXPECT_GT(moment, 0.5 * 6.3e16);
  EXPECT_LT(moment, 1.5 * 6.3e16);
  EXPECT_THROW(read_one(point(slip)), core::Error);
}

std::string simple_fault(const std::string& extra) {
  return "<simpleFaultSource id='f' name='f'><simpleFaultGeometry><gml:LineString><gml:posList>10 "
         "45 10.5 45</gml:posList></gml:LineString><dip>60</dip><upperSeismoDepth>0"
         "</upperSeismoDepth><lowerSeismoDepth>10</lowerSeismoDepth></simpleFaultGeometry>" +
         scaling +
         "<arbitraryMFD><occurRates>.01</occurRates><magnitudes>6</magnitudes>"
         "</arbitraryMFD><rake>0</rake>" +
         extra + "</simpleFaultSource>";
}

TEST(FaultHypocentresTest, ListsMultiplyTheRupturesAndKeepTheRate) {
  const auto plain = read_one(simple_fault(""));
  const auto listed = read_one(simple_fault(
      "<hypoList><hypo alongStrike='.25' downDip='.5' weight='.4'/><hypo alongStrike='.75' "
      "downDip='.5' weight='.6'/></hypoList><slipList><slip weight='.5'>0</slip><slip "
      "weight='.5'>90</slip></slipList>"));
  EXPECT_EQ(listed->num_ruptures(), 4 * plain->num_ruptures());
  EXPECT_NEAR(total_rate(*listed), total_rate(*plain), 1e-14);
  EXPECT_NE(listed->rupture(0).hypocentre, listed->rupture(2).hypocentre);
  const auto deep = read_one(simple_fault(
      "<hypoDepthDist><hypoDepth probability='1' depth='5' fixedDipFrac='1'/></hypoDepthDist>"));
  EXPECT_NEAR(deep->rupture(0).hypocentre.depth_km, deep->rupture(0).surface->parameters().zbot_km,
              1e-9);
  EXPECT_THAT(problem_of(model(simple_fault("<slipList><slip weight='1'>0</slip></slipList>"))),
              HasSubstr("hypoList and slipList go together"));
}

const std::string profiles =
    "<profile><gml:LineString><gml:posList>10 45 0 10.05 44.9 12</gml:posList></gml:LineString>"
    "</profile><profile><gml:LineString><gml:posList>10.4 45 0 10.45 44.9 12</gml:posList>"
    "</gml:LineString></profile>";

TEST(KiteFaultSourceTest, ReadsProfilesOrASimpleFault) {
  SourceOptions options;
  options.spacings = {2, 2};
  const std::string rest =
      scaling +
      "<arbitraryMFD><occurRates>.01</occurRates><magnitudes>6</magnitudes></arbitraryMFD>"
      "<rake>90</rake></kiteFaultSource>";
  const auto kite = read_one(
      "<kiteFaultSource id='k' name='k'><kiteSurface>" + profiles + "</kiteSurface>" + rest,
      options);
  EXPECT_EQ(kite->rupture(0).surface->kind(), rupture::SurfaceKind::kite);
  EXPECT_NEAR(total_rate(*kite), 0.01, 1e-15);
  const std::string simple =
      "<kiteFaultSource id='k' name='k'><simpleFaultGeometry><gml:LineString><gml:posList>10 45 "
      "10.4 45</gml:posList></gml:LineString><dip>90</dip><upperSeismoDepth>0</upperSeismoDepth>"
      "<lowerSeismoDepth>12</lowerSeismoDepth></simpleFaultGeometry>" +
      rest;
  EXPECT_NEAR(read_one(simple, options)->rupture(0).surface->parameters().dip_deg, 89.9, 0.05);
  const std::size_t everywhere = read_one(simple, options)->num_ruptures();
  options.kite_steps = {0.5, 0.5};
  EXPECT_LT(read_one(simple, options)->num_ruptures(), everywhere);
}

std::string sections(const std::string& last_id = "s2") {
  const auto one = [](const std::string& id, const std::string& lon, const std::string& end) {
    return "<section id='" + id + "'><planarSurface><topLeft lon='" + lon +
           "' lat='45' depth='0'/><topRight lon='" + end +
           "' lat='45' depth='0'/><bottomLeft lon='" + lon +
           "' lat='45' depth='10'/><bottomRight lon='" + end +
           "' lat='45' depth='10'/></planarSurface></section>\n";
  };
  return "<geometryModel name='g'>\n" + one("s1", "10", "10.1") + one(last_id, "10.1", "10.2") +
         "</geometryModel>";
}
const std::string multi_fault =
    "<multiFaultSource id='mf' name='mf'><multiPlanesRupture probs_occur='0.9 0.1'><magnitude>6.501"
    "</magnitude><sectionIndexes indexes='s2'/><rake>0</rake></multiPlanesRupture>"
    "<multiPlanesRupture probs_occur='0.8 0.2'><magnitude>6.9</magnitude><sectionIndexes "
    "indexes='s1,s2'/><rake>10</rake></multiPlanesRupture></multiFaultSource>";

TEST(MultiFaultSourceTest, RupturesAreMadeOfTheSectionsOfAnotherFile) {
  core::Problems problems;
  SectionMap map;
  read_sections(nrml(sections()), {}, map, problems);
  problems.throw_if_any();
  ASSERT_EQ(map.size(), 2u);
  SourceOptions options;
  options.sections = std::make_shared<const SectionMap>(map);
  const auto s = read_one(multi_fault, options);
  ASSERT_EQ(s->num_ruptures(), 2u);
  EXPECT_EQ(s->rupture(0).mag, 6.5);  // two decimals
  EXPECT_EQ(s->rupture(1).surface->parts().size(), 2u);
  EXPECT_THAT(std::vector<double>(s->probs_occur(1).begin(), s->probs_occur(1).end()),
              ElementsAre(0.8, 0.2));
  options.infer_occur_rates = true;
  EXPECT_NEAR(read_one(multi_fault, options)->rupture(0).occurrence_rate, -std::log(0.9) / 2,
              1e-15);
}

TEST(MultiFaultSourceTest, NamesSectionsThatAreNotThere) {
  EXPECT_THAT(problem_of(model(multi_fault)), HasSubstr("has no sections"));
  core::Problems problems;
  SectionMap map;
  read_sections(nrml(sections("other")), {}, map, problems);
  SourceOptions options;
  options.sections = std::make_shared<const SectionMap>(map);
  EXPECT_THAT(problem_of(model(multi_fault), options), HasSubstr("there is no section 's2'"));
  read_sections(nrml(sections("s3")), {}, map, problems);
  EXPECT_THAT(problems.errors().at(0).message, HasSubstr("the section 's1' is there twice"));
}

TEST(MultiFaultSourceTest, AFileOfSectionsHoldsNoSources) {
  EXPECT_TRUE(read_list(sections()).sources.empty());
}

std::string non_parametric(const std::string& probs, const std::string& attributes = "") {
  const std::string inside =
      "<magnitude>7</magnitude><rake>-90</rake><hypocenter lon='10' lat='45' depth='5'/>";
  return "<nonParametricSeismicSource id='n' name='n' " + attributes +
         "><griddedRupture probs_occur='0.9 0.1'>" + inside +
         "<griddedSurface><gml:posList>10 45 5 10.1 45 5</gml:posList></griddedSurface>"
         "</griddedRupture><multiPlanesRupture probs_occur='" +
         probs + "'>" + inside + "<kiteSurface>" + profiles + "</kiteSurface><kiteSurface>" +
         profiles + "</kiteSurface></multiPlanesRupture></nonParametricSeismicSource>";
}

TEST(NonParametricSourceTest, RupturesAreListedWithTheirProbabilities) {
  const auto s = read_one(non_parametric("0.7 0.3", "rup_weights='.25 .75'"));
  ASSERT_EQ(s->num_ruptures(), 2u);
  EXPECT_EQ(s->rupture(0).surface->kind(), rupture::SurfaceKind::gridded);
  EXPECT_EQ(s->rupture(1).surface->parts().size(), 2u);
  EXPECT_EQ(s->probs_occur(1)[1], 0.3);
  EXPECT_EQ(s->rupture_weights()[1], 0.75);
  EXPECT_NEAR(s->rupture(1).occurrence_rate, 0.3 / 2, 1e-15);  // investigation_time='2'
}

TEST(NonParametricSourceTest, RefusesWrongProbabilitiesAndTimes) {
  EXPECT_THAT(problem_of(model(non_parametric("0.7 0.2 0.1"))), HasSubstr("has 3 numbers"));
  EXPECT_THAT(problem_of(model(non_parametric("0.7 0.2"))), HasSubstr("sum to 0.9"));
  EXPECT_THAT(problem_of(model(non_parametric("0.7 1.3"))), HasSubstr("'1.3' in probs_occur"));
  SourceOptions options;
  options.investigation_time_yr = 50;
  EXPECT_THAT(problem_of(model(non_parametric("0.7 0.3")), options),
              HasSubstr("differs from that of the job, 50"));
  std::string without_time = model(non_parametric("0.7 0.3"));
  without_time.erase(without_time.find(" investigation_time='2'"), 23);
  EXPECT_THAT(problem_of(without_time), HasSubstr("needs the attribute investigation_time"));
}

TEST(SourceGroupTest, DependenceAndLawsAreRead) {
  using source::Interdependence;
  using Kind = source::TemporalModel::Kind;
  const SourceList mutex = read_list(
      model(point(gr) + point(gr, "id='q'"),
            "src_interdep='mutex' srcs_weights='0.25 0.75' grp_probability='0.5' tom='FatedTOM'"));
  ASSERT_EQ(mutex.groups.size(), 1u);
  EXPECT_EQ(mutex.groups[0].sources, Interdependence::mutually_exclusive);
  EXPECT_THAT(mutex.groups[0].source_weights, ElementsAre(0.25, 0.75));
  EXPECT_EQ(mutex.groups[0].probability, 0.5);
  EXPECT_FALSE(mutex.groups[0].is_plain());
  EXPECT_EQ(mutex.sources[0].info.temporal_model.kind, Kind::fated);
  const SourceList cluster =
      read_list(model(point(gr), "cluster='true' tom='ClusterPoissonTOM' occurrence_rate='0.01'"));
  EXPECT_TRUE(cluster.groups[0].is_cluster);
  EXPECT_EQ(cluster.groups[0].cluster_rate, 0.01);
  const SourceList negative =
      read_list(model(point(gr, "id='p' tom='NegativeBinomialTOM' mu='1' alpha='0.3'")));
  EXPECT_EQ(negative.sources[0].info.temporal_model.kind, Kind::negative_binomial);
  EXPECT_EQ(negative.sources[0].info.temporal_model.alpha, 0.3);
  EXPECT_TRUE(negative.groups[0].is_plain());
}

TEST(SourceGroupTest, RefusesWrongWeightsAndNames) {
  const auto problem = [](const std::string& attributes) {
    return problem_of(model(point(gr), attributes));
  };
  EXPECT_THAT(problem("src_interdep='maybe'"), HasSubstr("src_interdep = 'maybe' is not known"));
  EXPECT_THAT(problem("src_interdep='mutex'"), HasSubstr("srcs_weights"));
  EXPECT_THAT(problem("src_interdep='mutex' srcs_weights='.5 .5'"),
              HasSubstr("srcs_weights has 2 numbers for 1 sources"));
  EXPECT_THAT(problem("src_interdep='mutex' srcs_weights='.9'"), HasSubstr("srcs_weights sum to"));
  EXPECT_THAT(problem("cluster='true'"), HasSubstr("needs the attribute tom"));
  EXPECT_THAT(problem("tom='HawkesTOM'"), HasSubstr("tom = 'HawkesTOM' is not known"));
}

TEST(SourceGroupTest, DiscardedRegionsAreLeftOut) {
  SourceOptions options;
  options.discarded_regions = {"Crust"};
  const SourceList list = read_list(model(point(gr)), options);
  EXPECT_TRUE(list.sources.empty());
  EXPECT_TRUE(list.groups.empty());
}

// data/listed/sources.hdf5: the layout that the engine writes, by h5py, with texts of any length.
TEST(CompanionFileTest, RupturesAreReadFromTheHdf5FileBesideTheModel) {
  const Job job = read(data_folder() / "listed/job.ini");
  ASSERT_EQ(job.source_models.size(), 1u);
  ASSERT_EQ(job.source_models[0].sources.size(), 2u);
  const source::Source& multi = *job.source_models[0].sources[0];
  ASSERT_EQ(multi.num_ruptures(), 3u);
  EXPECT_EQ(multi.rupture(2).mag, 7.24);
  EXPECT_EQ(multi.rupture(2).surface->parts().size(), 3u);
  EXPECT_EQ(multi.probs_occur(1)[1], 0.05);
  const source::Source& listed = *job.source_models[0].sources[1];
  ASSERT_EQ(listed.num_ruptures(), 2u);
  EXPECT_EQ(listed.rupture(0).surface->nodes().size(), 3u);
  EXPECT_EQ(listed.rupture(1).hypocentre.depth_km, 9);
  EXPECT_EQ(listed.probs_occur(0)[2], 0.05);
}

TEST(CompanionFileTest, InferredRatesAreAParameterOfTheJob) {
  const Job job = read(data_folder() / "listed/job.ini", {{"infer_occur_rates", "true"}});
  const source::Source& multi = *job.source_models[0].sources[0];
  EXPECT_TRUE(multi.probs_occur(0).empty());
  EXPECT_NEAR(multi.rupture(0).occurrence_rate, -std::log(0.9) / 2, 1e-15);
}

TEST(CompanionFileTest, AMissingFileIsNamed) {
  const BrokenJob broken;
  std::filesystem::remove(broken / "listed/sources.hdf5");
  const auto error = broken.error("listed/job.ini");
  ASSERT_TRUE(error);
  EXPECT_THAT(error->what(), HasSubstr("sources.hdf5"));
}

}  // namespace
}  // namespace shakefield::job
