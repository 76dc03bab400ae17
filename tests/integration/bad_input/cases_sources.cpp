// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "bad_case.hpp"

namespace bad_input {

namespace {

/// The event set with one change of a file.
BadCase broken(const std::string& name, const Edit& edit, const std::vector<std::string>& says,
               int status = 2) {
  return {name, status, run("event_based.ini"), {edit}, says};
}
BadCase broken_rupture(const std::string& name, const Edit& edit,
                       const std::vector<std::string>& says, int status = 2) {
  return {name, status, run("scenario.ini"), {edit}, says};
}

}  // namespace

std::vector<Kind> source_kinds() {
  // clang-format off
  return {
      {"LogicTree", {
          broken("Weights", {"source_tree.xml", "0.75", "0.7"}, {"source_tree.xml:4: the weights of branch set 'models' sum to 0.95", "correct them"}),
          broken("WeightsOfModels", {"gmm_tree.xml", "0.4<", "0.5<"}, {"gmm_tree.xml:4: the weights of branch set 'active' sum to 1.1"}),
          broken("WeightAboveOne", {"gmm_tree.xml", "1.0<", "1.5<"}, {"gmm_tree.xml:17: uncertaintyWeight = 1.5 is out of range (allowed: [0, 1])"}),
          broken("WeightMissing", {"gmm_tree.xml", "        <uncertaintyWeight>0.4</uncertaintyWeight>\n", ""}, {"gmm_tree.xml:9: the branch has no uncertaintyWeight"}),
          broken("RegionMissing", {"gmm_tree.xml", "\"Stable Shallow Crust\"", "\"Stable Crust\""},
                 {"event_based.ini:15: no ground-motion models for the tectonic region 'Stable Shallow Crust'", "applyToTectonicRegionType=\"Stable Shallow Crust\""}),
          broken("RegionTwice", {"gmm_tree.xml", "\"Stable Shallow Crust\"", "\"Active Shallow Crust\""},
                 {"gmm_tree.xml:14: the tectonic region 'Active Shallow Crust' has a second branch set"}),
          broken("BranchIdTwice", {"source_tree.xml", "branchID=\"fault\"", "branchID=\"all\""}, {"source_tree.xml:9: branchID 'all' is used twice", "rename one"}),
          broken("ModelTwice", {"gmm_tree.xml", "ChiouYoungs2014", "BooreEtAl2014"}, {"gmm_tree.xml:10: the model BooreEtAl2014 stands twice in its branch set"}),
          broken("FilesTwice", {"source_tree.xml", "fault.xml", "sources.xml"}, {"source_tree.xml:10: branch 'fault' has the same value as branch 'all'"}),
          broken("Uncertainty", {"source_tree.xml", "uncertaintyType=\"sourceModel\"", "uncertaintyType=\"maxMagGRRelative\""},
                 {"source_tree.xml:4: the first branch set is of type 'maxMagGRRelative'"}),
          broken("NoBranch", {"source_tree.xml", "", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\">\n<logicTree logicTreeID=\"l\"/>\n</nrml>\n"},
                 {"source_tree.xml:2: the logic tree has no logicTreeBranchSet"}),
      }},
      {"Distributions", {
          broken("NodalPlanes", {"sources.xml", "probability=\"0.7\"", "probability=\"0.6\""}, {"sources.xml:38: probabilities of the nodal plane distribution sum to 0.9", "correct them"}),
          broken("Depths", {"sources.xml", "probability=\"0.5\"", "probability=\"0.6\""}, {"sources.xml:42: probabilities of the hypocentral depth distribution sum to 1.1"}),
          broken("NegativeProbability", {"sources.xml", "probability=\"0.3\"", "probability=\"-0.3\""}, {"sources.xml:40: probability of nodalPlane = -0.3 is out of range"}),
          broken("Strike", {"sources.xml", "strike=\"90\"", "strike=\"400\""}, {"sources.xml:40: strike of nodalPlane = 400 is out of range (allowed: [0, 360])"}),
          broken("Dip", {"sources.xml", "dip=\"45\"", "dip=\"0\""}, {"sources.xml:40: dip = 0 is out of range (allowed: (0, 90])"}),
          broken("Rake", {"sources.xml", "rake=\"90\"", "rake=\"270\""}, {"sources.xml:40: rake = '270' is out of range"}),
          broken("NoPlane", {"sources.xml", "          <nodalPlane probability=\"1.0\" strike=\"0\" dip=\"90\" rake=\"0\"/>\n", ""}, {"sources.xml:58: probabilities of the nodal plane distribution sum to 0"}),
          broken("DepthBelowLayer", {"sources.xml", "depth=\"5\"", "depth=\"25\""}, {"sources.xml:23: source \"area\": hypocentral depth of 25 km (allowed: 0 to 15 km"}),
      }},
      {"MagnitudeFrequency", {
          broken("NegativeRate", {"sources.xml", "0.01 0.002", "0.01 -0.002"}, {"sources.xml:16: incremental distribution with rates 0.01 -0.002", "correct occurRates"}),
          broken("RatesOfZero", {"sources.xml", "0.01 0.002", "0 0"}, {"sources.xml:16: incremental distribution with rates 0 0"}),
          broken("BinOfZero", {"sources.xml", "binWidth=\"0.5\"", "binWidth=\"0\""}, {"sources.xml:16: incremental distribution with binWidth 0"}),
          broken("MaximumBelowMinimum", {"sources.xml", "maxMag=\"6.5\"", "maxMag=\"4.5\""}, {"sources.xml:37: Gutenberg-Richter distribution from magnitude 5 to 4.5"}),
          broken("NegativeB", {"sources.xml", "bValue=\"1.0\"", "bValue=\"-1.0\""}, {"sources.xml:37: bValue of truncGutenbergRichterMFD = -1.0 is out of range"}),
          broken("NoDistribution", {"fault.xml", "        <truncGutenbergRichterMFD aValue=\"3.0\" bValue=\"1.0\" minMag=\"6.0\" maxMag=\"7.0\"/>\n", ""},
                 {"fault.xml:5: complexFaultSource has 0 magnitude-frequency distributions"}),
          broken("AttributeMissing", {"fault.xml", " aValue=\"3.0\"", ""}, {"fault.xml:20: truncGutenbergRichterMFD has no attribute aValue"}),
          broken("OtherDistribution", {"sources.xml", "truncGutenbergRichterMFD", "paretoMFD"}, {"sources.xml:37: paretoMFD is not offered"}, 3),
      }},
      {"Geometry", {
          broken("TraceOfOnePoint", {"sources.xml", "10.0 45.0 10.4 45.1", "10.0 45.0"}, {"sources.xml:5: fault trace of 1 points"}),
          broken("TraceOfThreeNumbers", {"sources.xml", "10.0 45.0 10.4 45.1", "10.0 45.0 10.4"}, {"sources.xml:8: posList has 3 numbers"}),
          broken("LatitudeAndLongitudeSwapped", {"sources.xml", "10.3 45.3", "10.3 145.3"}, {"sources.xml:50: latitude 145.3 is out of range", "longitude first"}),
          broken("DepthsSwapped", {"sources.xml", "upperSeismoDepth>0<", "upperSeismoDepth>30<"}, {"sources.xml:5: fault from 30 to 20 km depth"}),
          broken("DipOfFault", {"sources.xml", "<dip>45<", "<dip>95<"}, {"sources.xml:10: dip = 95 is out of range (allowed: [0, 90])"}),
          broken("RingCrossesItself", {"sources.xml", "9.5 44.5 10.5 44.5 10.5 45.5 9.5 45.5", "9.5 44.5 10.5 45.5 10.5 44.5 9.5 45.5"}, {"sources.xml:28:"}),
          broken("RegionOfSource", {"sources.xml", "<areaSource id=\"area\"", "<areaSource id=\"area\" tectonicRegion=\"Volcanic\""},
                 {"sources.xml:23: source 'area' has the tectonic region 'Volcanic' and its group 'Stable Shallow Crust'"}),
          broken("MeshSpacings", {"event_based.ini", "complex_fault_mesh_spacing = 8", "complex_fault_mesh_spacing = 2"}, {"event_based.ini:11: complex_fault_mesh_spacing = 2 km is less than rupture_mesh_spacing = 4 km"}),
          broken("SourceId", {"sources.xml", "id=\"area\"", "id=\"an area\""}, {"sources.xml:23: source id 'an area' is not allowed", "rename the source"}),
          broken("ScalingRelation", {"sources.xml", "WC1994", "WC1995"}, {"sources.xml:14: magnitude scaling relation \"WC1995\" is not offered"}, 3),
          broken("OtherSource", {"sources.xml", "", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\">\n<sourceModel>\n<sourceGroup tectonicRegion=\"Stable Shallow Crust\">\n<slabSource id=\"m\"/>\n</sourceGroup>\n</sourceModel>\n</nrml>\n"},
                 {"sources.xml:4: 'slabSource' is no source that is known"}),
          broken("MeshTooCoarse", {"event_based.ini", "complex_fault_mesh_spacing = 8", "complex_fault_mesh_spacing = 200"}, {"fault.xml:5: fault gives a mesh of 1 x 2 nodes", "make the mesh spacing smaller"}),
          broken_rupture("RuptureWithoutGeometry", {"rupture.xml", "", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\">\n<simpleFaultRupture>\n<magnitude>6</magnitude>\n<rake>0</rake>\n<hypocenter lon=\"10\" lat=\"45\" depth=\"5\"/>\n</simpleFaultRupture>\n</nrml>\n"},
                 {"rupture.xml:2: simpleFaultRupture has no geometry"}),
          broken_rupture("HypocentreInTheAir", {"rupture.xml", "depth=\"6\"", "depth=\"-10\""}, {"rupture.xml:6: depth -10 km is out of range"}),
          broken_rupture("PlaneWithoutCorners", {"rupture.xml", "", R"(<nrml xmlns="http://openquake.org/xmlns/nrml/0.5">
  <multiPlanesRupture>
    <magnitude>6</magnitude><rake>0</rake><hypocenter lon="10" lat="45" depth="5"/>
    <planarSurface/>
    <planarSurface/>
  </multiPlanesRupture>
</nrml>
)"}, {"rupture.xml:4: planarSurface has no topLeft"}),
      }},
  };
  // clang-format on
}

}  // namespace bad_input
