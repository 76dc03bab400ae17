// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Random numbers that must have nothing to do with each other, in the file that a whole run writes:
// residuals, choices of realizations, years. n independent pairs have a correlation with a standard
// error of 1/sqrt(n); each check asks for less than 4 of them, from at least 100,000 pairs. (The
// OpenQuake engine 3.26.2 has 0.82 between the realization and the residual at its first site.)
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <optional>

#include "run_results.hpp"
#include "statistics.hpp"

namespace {

using namespace shakefield;
using statistics::Correlation;
using statistics::Largest;

constexpr std::size_t num_sites = 12, num_imts = 3, num_realizations = 4;
constexpr double years_per_realization = 17500;

/// Two area sources in two tectonic regions, two models for each: about 140,000 events of 1,500
/// ruptures in 4 realizations.
void write_job(const std::filesystem::path& folder) {
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(folder / name) << "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\" "
                                    "xmlns:gml=\"http://www.opengis.net/gml\">\n"
                                 << text << "</nrml>\n";
  };
  const auto source = [](const std::string& id, const std::string& region, const char* corners) {
    return "<sourceGroup name=\"" + id + "\" tectonicRegion=\"" + region +
           "\">\n<areaSource id=\"" + id + "\" name=\"" + id + "\" tectonicRegion=\"" + region +
           "\">\n<areaGeometry><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>" + corners +
           R"(</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>
<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>15</lowerSeismoDepth></areaGeometry>
<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1</ruptAspectRatio>
<truncGutenbergRichterMFD aValue="5" bValue="1" minMag="5" maxMag="6.6"/>
<nodalPlaneDist><nodalPlane probability="0.5" strike="30" dip="60" rake="90"/>
<nodalPlane probability="0.5" strike="270" dip="90" rake="0"/></nodalPlaneDist>
<hypoDepthDist><hypoDepth depth="8" probability="1"/></hypoDepthDist></areaSource></sourceGroup>
)";
  };
  write("model.xml", "<sourceModel name=\"m\">\n" +
                         source("a", "Active Shallow Crust", "0 0 0 0.6 0.6 0.6 0.6 0") +
                         source("b", "Stable Continental Crust", "1 0 1 0.6 1.6 0.6 1.6 0") +
                         "</sourceModel>\n");
  write("sources.xml", R"(<logicTree logicTreeID="s"><logicTreeBranchSet
uncertaintyType="sourceModel" branchSetID="s"><logicTreeBranch branchID="b">
<uncertaintyModel>model.xml</uncertaintyModel><uncertaintyWeight>1</uncertaintyWeight>
</logicTreeBranch></logicTreeBranchSet></logicTree>
)");
  const auto models = [](const char* id, const char* region) {
    return std::string("<logicTreeBranchSet uncertaintyType=\"gmpeModel\" branchSetID=\"") + id +
           "\" applyToTectonicRegionType=\"" + region + R"(">
<logicTreeBranch branchID="old"><uncertaintyModel>BooreAtkinson2008</uncertaintyModel>
<uncertaintyWeight>0.3</uncertaintyWeight></logicTreeBranch>
<logicTreeBranch branchID="new"><uncertaintyModel>BooreEtAl2014</uncertaintyModel>
<uncertaintyWeight>0.7</uncertaintyWeight></logicTreeBranch></logicTreeBranchSet>
)";
  };
  write("gmms.xml", "<logicTree logicTreeID=\"g\">\n" + models("a", "Active Shallow Crust") +
                        models("b", "Stable Continental Crust") + "</logicTree>\n");
  // A row of neighbours 1 km apart, then one site far from them.
  std::string sites = "0.3 -0.5";
  for (std::size_t i = 1; i < num_sites; ++i)
    sites += ", " + std::to_string(0.8 + 0.009 * static_cast<double>(i)) + " 0.3";
  std::ofstream(folder / "job.ini")
      << "[general]\ncalculation_mode = event_based\nsites = " << sites << R"(
reference_vs30_type = measured
reference_vs30_value = 760
reference_depth_to_1pt0km_per_sec = 48
source_model_logic_tree_file = sources.xml
gsim_logic_tree_file = gmms.xml
rupture_mesh_spacing = 2
area_source_discretization = 10
width_of_mfd_bin = 0.2
intensity_measure_types = PGA, PGV, SA(1.0)
truncation_level = 3
maximum_distance = 1000
investigation_time = 1
ses_per_logic_tree_path = )"
      << static_cast<int>(years_per_realization) << "\n";
}

/// All random numbers of one run, as the file shows them.
struct Draws {
  std::vector<calc::EventRow> events;
  std::vector<std::vector<double>> eta;  ///< [M][events]
  /// [M][sites][events] within-event terms phi * epsilon; the models' phi are positive, so
  /// correlations with 0 stay 0 whatever phi is.
  std::vector<std::vector<std::vector<float>>> within;
  std::vector<double> year;  ///< [events] inside the realization, 0 …

  Draws() {
    const ScratchFolder folder;
    write_job(folder.path());
    const auto run = [&](const char* truncation) {
      job_runs::run({}, run_results::read(folder / "job.ini", {{"truncation_level", truncation}}),
                    folder / (std::string(truncation) + ".h5"));
      return calc::Results(folder / (std::string(truncation) + ".h5"));
    };
    // Events do not depend on the truncation; at 0 the fields are the medians.
    const calc::Results results = run("3");
    const run_results::DenseFields fields(results), medians(run("0"));
    const run_results::EventTerms terms(results);
    events = results.events(0, fields.events);
    eta = terms.eta;
    for (std::size_t m = 0; m < num_imts; ++m) {
      auto& of_imt = within.emplace_back(num_sites, std::vector<float>(fields.events));
      for (std::size_t e = 0; e < fields.events; ++e)
        for (std::size_t n = 0; n < num_sites; ++n)
          of_imt[n][e] = static_cast<float>(fields.at(m, e, n) - medians.at(m, e, n) -
                                            terms.tau[m][e] * eta[m][e]);
    }
    for (const calc::EventRow& event : events)
      year.push_back(event.year - 1 - event.realization * years_per_realization);
  }
};

const Draws& draws() {
  static const Draws run;
  return run;
}

/// Of all checks: |correlation| in standard errors, and their number.
Largest largest;
int checks = 0;

void expect_independent(const Correlation& pairs, const std::string& what) {
  ASSERT_GE(pairs.size(), 100000u) << what;
  const double errors = std::abs(pairs.value()) * std::sqrt(static_cast<double>(pairs.size()));
  EXPECT_LT(errors, 4) << what;
  largest.add(errors);
  ++checks;
}

/// Two columns over the events.
template <class A, class B>
void expect_independent(const A& a, const B& b, const std::string& what) {
  Correlation pairs;
  for (std::size_t e = 0; e < a.size(); ++e) pairs.add(a[e], b[e]);
  expect_independent(pairs, what);
}

/// A column against itself `lag` samples later, inside each rupture.
template <class A>
void expect_independent_samples(const A& a, const std::string& what) {
  for (const std::size_t lag : {1u, 2u, 3u, 4u, 5u}) {
    Correlation pairs;
    for (std::size_t e = lag; e < a.size(); ++e)
      if (draws().events[e].rupture == draws().events[e - lag].rupture) pairs.add(a[e - lag], a[e]);
    expect_independent(pairs, what + ", lag " + std::to_string(lag));
  }
}

/// A column's k-th event of a rupture against the k-th one of the next rupture.
template <class A>
void expect_independent_ruptures(const A& a, const std::string& what) {
  std::vector<std::size_t> first{0};
  for (std::size_t e = 1; e < a.size(); ++e)
    if (draws().events[e].rupture != draws().events[e - 1].rupture) first.push_back(e);
  first.push_back(a.size());
  Correlation pairs;
  for (std::size_t u = 0; u + 2 < first.size(); ++u)
    for (std::size_t k = 0; first[u] + k < first[u + 1] && first[u + 1] + k < first[u + 2]; ++k)
      pairs.add(a[first[u] + k], a[first[u + 1] + k]);
  expect_independent(pairs, what);
}

/// 1 for the events of one realization.
std::vector<double> is_of(std::uint32_t realization) {
  std::vector<double> is;
  for (const calc::EventRow& event : draws().events) is.push_back(event.realization == realization);
  return is;
}

std::string name(std::size_t m, std::size_t n) {
  return "measure " + std::to_string(m) + ", site " + std::to_string(n);
}

class IndependenceTest : public testing::Test {
 protected:
  static void TearDownTestSuite() {
    RecordProperty("largest_in_standard_errors", largest.text());
    RecordProperty("checks", checks);
  }
};

TEST_F(IndependenceTest, ResidualsAndRealizations) {
  for (std::uint32_t r = 0; r < num_realizations; ++r) {
    const std::vector<double> is = is_of(r);
    for (std::size_t m = 0; m < num_imts; ++m) {
      expect_independent(draws().eta[m], is, "event term " + std::to_string(m));
      for (std::size_t n = 0; n < num_sites; ++n)
        expect_independent(draws().within[m][n], is, name(m, n));
    }
  }
}

TEST_F(IndependenceTest, ResidualsAndYears) {
  for (std::size_t m = 0; m < num_imts; ++m) {
    expect_independent(draws().eta[m], draws().year, "event term " + std::to_string(m));
    for (std::size_t n = 0; n < num_sites; ++n)
      expect_independent(draws().within[m][n], draws().year, name(m, n));
  }
}

TEST_F(IndependenceTest, YearsAndRealizations) {
  for (std::uint32_t r = 0; r < num_realizations; ++r)
    expect_independent(draws().year, is_of(r), "realization " + std::to_string(r));
}

TEST_F(IndependenceTest, Sites) {
  for (std::size_t m = 0; m < num_imts; ++m)
    for (std::size_t n = 0; n < num_sites; ++n)
      for (std::size_t other = 0; other < n; ++other)
        expect_independent(draws().within[m][n], draws().within[m][other],
                           name(m, n) + " and " + std::to_string(other));
}

TEST_F(IndependenceTest, Measures) {
  for (std::size_t m = 0; m < num_imts; ++m)
    for (std::size_t other = 0; other < m; ++other) {
      expect_independent(draws().eta[m], draws().eta[other], "event terms");
      for (std::size_t n = 0; n < num_sites; ++n)
        expect_independent(draws().within[m][n], draws().within[other][n],
                           name(m, n) + " and measure " + std::to_string(other));
    }
}

TEST_F(IndependenceTest, BetweenAndWithinTerms) {
  for (std::size_t m = 0; m < num_imts; ++m)
    for (std::size_t other = 0; other < num_imts; ++other)
      for (std::size_t n = 0; n < num_sites; ++n)
        expect_independent(draws().eta[m], draws().within[other][n],
                           "event term " + std::to_string(m) + " and " + name(other, n));
}

TEST_F(IndependenceTest, SamplesOfOneRupture) {
  expect_independent_samples(draws().year, "years");
  for (std::uint32_t r = 0; r < num_realizations; ++r)
    expect_independent_samples(is_of(r), "realization " + std::to_string(r));
  for (std::size_t m = 0; m < num_imts; ++m) {
    expect_independent_samples(draws().eta[m], "event terms");
    for (std::size_t n = 0; n < num_sites; ++n)
      expect_independent_samples(draws().within[m][n], name(m, n));
  }
}

TEST_F(IndependenceTest, EventsOfDifferentRuptures) {
  expect_independent_ruptures(draws().year, "years");
  for (std::uint32_t r = 0; r < num_realizations; ++r)
    expect_independent_ruptures(is_of(r), "realization " + std::to_string(r));
  for (std::size_t m = 0; m < num_imts; ++m) {
    expect_independent_ruptures(draws().eta[m], "event terms");
    for (std::size_t n = 0; n < num_sites; ++n)
      expect_independent_ruptures(draws().within[m][n], name(m, n));
  }
}

}  // namespace
