// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Classical curves with equivalent distances (reqv_hdf5), from the job's text to the file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <numeric>

#include "job_runs.hpp"
#include "shakefield/store/file.hpp"

namespace {

using namespace shakefield;
using testing::HasSubstr;

constexpr const char* source_model = R"(<?xml version="1.0" encoding="utf-8"?>
<nrml xmlns="http://openquake.org/xmlns/nrml/0.5" xmlns:gml="http://www.opengis.net/gml">
<sourceModel name="one point">
<sourceGroup name="a" tectonicRegion="Active Shallow Crust">
<pointSource id="pt" name="pt">
 <pointGeometry><gml:Point><gml:pos>0.2 0.1</gml:pos></gml:Point>
  <upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>12</lowerSeismoDepth></pointGeometry>
 <magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>
 <incrementalMFD minMag="6.1" binWidth="0.5"><occurRates>0.01 0.004</occurRates></incrementalMFD>
 <nodalPlaneDist><nodalPlane probability="0.6" strike="30" dip="60" rake="90"/>
  <nodalPlane probability="0.4" strike="210" dip="90" rake="0"/></nodalPlaneDist>
 <hypoDepthDist><hypoDepth probability="0.5" depth="6"/><hypoDepth probability="0.5" depth="9"/>
 </hypoDepthDist>
</pointSource></sourceGroup></sourceModel></nrml>
)";

constexpr const char* gmm_tree = R"(<?xml version="1.0" encoding="utf-8"?>
<nrml xmlns="http://openquake.org/xmlns/nrml/0.5"><logicTree logicTreeID="lt">
<logicTreeBranchSet uncertaintyType="gmpeModel" branchSetID="bs1"
 applyToTectonicRegionType="Active Shallow Crust">
<logicTreeBranch branchID="b1"><uncertaintyModel>SadighEtAl1997</uncertaintyModel>
<uncertaintyWeight>0.5</uncertaintyWeight></logicTreeBranch>
<logicTreeBranch branchID="b2"><uncertaintyModel>BooreAtkinson2008</uncertaintyModel>
<uncertaintyWeight>0.5</uncertaintyWeight></logicTreeBranch>
</logicTreeBranchSet></logicTree></nrml>
)";

constexpr const char* job_text = R"_([general]
calculation_mode = classical
sites = 0.1 0.1, 0.5 0.3, -0.3 0.2
width_of_mfd_bin = 1
reference_vs30_type = measured
reference_vs30_value = 600
source_model_file = source_model.xml
gsim_logic_tree_file = gmm_tree.xml
investigation_time = 50
intensity_measure_types_and_levels = {"PGA": [0.02, 0.05, 0.1, 0.2], "SA(1.0)": [0.02, 0.05, 0.1, 0.2]}
truncation_level = 3
maximum_distance = 300
mean = false
individual_rlzs = true
)_";

const std::string with_table = "reqv_hdf5 = {'Active Shallow Crust': 'table.hdf5'}\n";

class EquivalentDistancesTest : public testing::Test {
 protected:
  EquivalentDistancesTest() {
    write("source_model.xml", source_model);
    write("gmm_tree.xml", gmm_tree);
    // r_jb = r_epi / 2 + 4 + 2 (mag - 6)
    std::vector<double> r_epi(60), mags{6, 6.5, 7}, r_jb;
    for (std::size_t i = 0; i < r_epi.size(); ++i) {
      r_epi[i] = 2.5 + 5.0 * static_cast<double>(i);
      for (const double mag : mags) r_jb.push_back(r_epi[i] / 2 + 4 + 2 * (mag - 6));
    }
    store::File file = store::File::create(folder_ / "table.hdf5");
    const auto put = [&](const char* path, const std::vector<double>& values,
                         std::vector<std::size_t> shape) {
      store::write_array(file, path, core::Array::of(std::span<const double>(values), shape));
    };
    put("/default/repi", r_epi, {60});
    put("/default/mags", mags, {3});
    put("/default/reqv", r_jb, {60, 3});
    file.close();
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  job::Job read(const std::string& more) const {
    write("job.ini", job_text + more);
    job::InputFiles files;
    return job::read_job(folder_ / "job.ini", {}, files);
  }
  std::string message(const std::string& more) const {
    try {
      read(more);
    } catch (const core::Error& e) {
      return e.what();
    }
    return "";
  }
  /// [sites, realizations, measures, levels]
  std::vector<double> curves(const std::string& more) const {
    const auto output = folder_ / "out.h5";
    job_runs::run(comm::Communicator(), read(more), output);
    const core::Array curves = store::read_array(store::File::open(output), "/hazard/curves");
    EXPECT_EQ(curves.shape(), (std::vector<std::size_t>{3, 2, 2, 4}));
    const auto values = curves.values<float>();
    return {values.begin(), values.end()};
  }

  const ScratchFolder folder_;
};

// From the ground-motion models of the OpenQuake engine 3.26.2 at the distances of the table (its
// own classical calculator reads such tables and does not use them): r_epi = 56.698, 11.119, 40.092
// km, strike 102, dip 72, rake 54, depth 7.5 km, probabilities summed as docs/definitions/hazard.md
// says.
TEST_F(EquivalentDistancesTest, CurvesAreThoseOfTheTable) {
  constexpr double expected[3][2][2][4] = {
      {{{0.5029215, 0.4621474, 0.2877754, 0.0611401}, {0.4987284, 0.4372071, 0.2892291, 0.1048764}},
       {{0.5006189, 0.4209848, 0.212035, 0.0381403}, {0.4723991, 0.2998173, 0.1105793, 0.017457}}},
      {{{0.5034147, 0.5030455, 0.4857428, 0.3647947}, {0.5034147, 0.4992227, 0.4659542, 0.3493399}},
       {{0.5034147, 0.4974381, 0.4333834, 0.2299236},
        {0.5020253, 0.4616559, 0.3277881, 0.1301134}}},
      {{{0.5034147, 0.4873714, 0.3753849, 0.1315208}, {0.5019726, 0.4682741, 0.3575277, 0.1693217}},
       {{0.5026146, 0.4555254, 0.2803669, 0.069901},
        {0.4859747, 0.3505714, 0.1558005, 0.0312195}}}};
  const std::vector<double> found = curves(with_table);
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_NEAR(found[i], (&expected[0][0][0][0])[i], 2e-6) << i;
}

TEST_F(EquivalentDistancesTest, SourcesThatAreIgnoredKeepTheirPlanes) {
  const std::vector<double> without = curves("");
  EXPECT_EQ(curves(with_table + "reqv_ignore_sources = pt\n"), without);
  EXPECT_NE(curves(with_table), without);
}

TEST_F(EquivalentDistancesTest, ArePassedOverInEventSets) {
  const job::Job job = read(with_table + "ses_per_logic_tree_path = 1\n");
  job::InputFiles files;
  const job::Job events =
      job::read_job(folder_ / "job.ini", {{"calculation_mode", "event_based"}}, files);
  std::string warnings;
  for (const core::Problem& warning : events.warnings) warnings += warning.text();
  EXPECT_THAT(warnings, HasSubstr("reqv_hdf5 is passed over"));
  EXPECT_EQ(job.source_models.at(0).sources.at(0)->num_ruptures(), 2u);
  EXPECT_EQ(events.source_models.at(0).sources.at(0)->num_ruptures(), 8u);
}

TEST_F(EquivalentDistancesTest, WrongTablesAreTold) {
  EXPECT_THAT(message("reqv_hdf5 = {'Active Shallow Crust': 'none.hdf5'}\n"),
              HasSubstr("job.ini:15: cannot read"));
  EXPECT_THAT(message("reqv_hdf5 = {'Active Shallow Crust': 'gmm_tree.xml'}\n"),
              HasSubstr("gmm_tree.xml"));
  EXPECT_THAT(message(with_table + "reqv_ignore_sources = px\n"),
              HasSubstr("names the source 'px' (no source model has it)"));
  store::File file = store::File::create(folder_ / "short.hdf5");
  const std::vector<double> two{1, 2};
  store::write_array(file, "/default/repi", core::Array::of(std::span<const double>(two)));
  store::write_array(file, "/default/mags", core::Array::of(std::span<const double>(two)));
  file.close();
  EXPECT_THAT(message("reqv_hdf5 = {'Active Shallow Crust': 'short.hdf5'}\n"),
              HasSubstr("the file has no /default/reqv"));
}

}  // namespace
