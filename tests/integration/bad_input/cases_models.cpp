// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "bad_case.hpp"

namespace bad_input {

namespace {

/// Replaces the model of the scenario.
Edit model(const std::string& text) {
  return {"scenario.ini", "gsim = BooreEtAl2014", "gsim = " + text};
}

const std::string correlated = "ground_motion_correlation_model=JB2009";
const std::string not_clustered = "ground_motion_correlation_params={\"vs30_clustering\": False}";

/// The event-based job as a classical one with these levels; its own list of measures must go.
std::vector<std::string> classical(const std::string& levels) {
  return {"calculation_mode=classical", "intensity_measure_types_and_levels=" + levels};
}
const Edit no_measures{"event_based.ini", "intensity_measure_types = PGA, SA(0.3)\n", ""};

}  // namespace

std::vector<Kind> model_kinds() {
  // clang-format off
  return {
      {"UnknownModel", {
          {"OfScenario", 3, run("scenario.ini"), {model("BoreEtAl2014")},
           {"scenario.ini:15: ground-motion model 'BoreEtAl2014' is not available (nearest name: BooreEtAl2014)", "shakefield gmm list"}},
          {"OfYaml", 3, run("scenario.yaml"), {{"scenario.yaml", "BooreEtAl2014", "ChiouYoungs2015"}},
           {"scenario.yaml:10: ground-motion model 'ChiouYoungs2015' is not available (nearest name: ChiouYoungs2014)"}},
          {"OfTree", 3, run("event_based.ini"), {{"gmm_tree.xml", "ToroEtAl2002", "ToroEtAl2003"}},
           {"gmm_tree.xml:16: ground-motion model 'ToroEtAl2003' is not available (nearest name: ToroEtAl2002)"}},
          {"OfCommandLine", 3, run("scenario.ini", {"gsim=Sadigh97"}), {},
           {"command line: ground-motion model 'Sadigh97' is not available"}},
          {"OfEval", 3, {"gmm", "eval", "BSSA14", "table.csv", "-o", "values.csv"}, {{"table.csv", "", "mag,PGA:mean\n6,0\n"}},
           {"ground-motion model 'BSSA14' is not available"}},
          {"WithoutBrackets", 2, run("scenario.ini"), {model("BooreEtAl2014(region=1)")},
           {"scenario.ini:15:", "'BooreEtAl2014(region=1)'", "is not understood"}},
      }},
      {"UnknownImt", {
          {"OfIni", 2, run("scenario.ini"), {{"scenario.ini", "PGA, SA(0.3)", "PGA, PHA"}},
           {"scenario.ini:18: unknown intensity measure type 'PHA' (known: PGA", "check the spelling"}},
          {"OfYaml", 2, run("scenario.yaml"), {{"scenario.yaml", "SA(0.3)", "SA"}},
           {"scenario.yaml:11: unknown intensity measure type 'SA'"}},
          {"PeriodIsNoNumber", 2, run("event_based.ini"), {{"event_based.ini", "SA(0.3)", "SA(0.3s)"}},
           {"event_based.ini:20: 'SA(0.3s)' is not a spectral acceleration"}},
          {"PeriodOfZero", 2, run("event_based.ini"), {{"event_based.ini", "SA(0.3)", "SA(0)"}},
           {"event_based.ini:20: 'SA(0)' is not a spectral acceleration"}},
          {"NotOfModel", 2, run("scenario.ini", {"intensity_measure_types=PGA, MMI"}), {}, {"MMI", "BooreEtAl2014"}},
          {"OfThreshold", 2, run("scenario.ini", {"minimum_intensity={\"PHA\": 0.1}"}), {},
           {"command line: unknown intensity measure type 'PHA'"}},
          {"Twice", 2, run("scenario.ini", {"intensity_measure_types=PGA, SA(0.3), SA(0.30)"}), {},
           {"SA(0.3) is given twice"}},
          {"None", 2, run("scenario.ini", {"intensity_measure_types="}), {}, {"intensity_measure_types is missing"}},
      }},
      {"MeasureNotOfModel", {
          {"PeriodOfClassical", 2, run("event_based.ini", classical("{'PGA': [0.1, 0.2], 'SA(5.0)': [0.1, 0.2]}")), {no_measures},
           {"gmm_tree.xml:16: model ToroEtAl2002 does not give SA(5.0) (it gives PGA, SA(0.03) to SA(4.0)), choose another model or intensity measure type"}},
          {"PeriodOfEventBased", 2, run("event_based.ini", {"intensity_measure_types=PGA, SA(5.0)"}), {},
           {"gmm_tree.xml:16: model ToroEtAl2002 does not give SA(5.0) (it gives PGA, SA(0.03) to SA(4.0))"}},
          {"PeriodOfAllModels", 2, run("event_based.ini", classical("{'SA(0.001)': [0.1, 0.2]}")), {no_measures},
           {"gmm_tree.xml:6: model BooreEtAl2014 does not give SA(0.001)", "gmm_tree.xml:10: model ChiouYoungs2014 does not give SA(0.001)",
            "gmm_tree.xml:16: model ToroEtAl2002 does not give SA(0.001)"}, 3},
          {"PeriodChecked", 2, {"check", "scenario.ini", "-p", "intensity_measure_types=SA(20)"}, {},
           {"scenario.ini:15: model BooreEtAl2014 does not give SA(20.0)", "SA(0.01) to SA(10.0)"}},
          {"VelocityOfClassical", 2, run("event_based.ini", classical("{'PGV': [1, 2]}")), {no_measures},
           {"gmm_tree.xml:16: model ToroEtAl2002 does not give PGV (it gives PGA, SA(0.03) to SA(4.0))"}},
          {"VelocityOfEventBased", 2, run("event_based.ini", {"intensity_measure_types=PGA, PGV"}), {},
           {"gmm_tree.xml:16: model ToroEtAl2002 does not give PGV"}},
      }},
      {"ModelArgument", {
          {"Unknown", 2, run("scenario.ini"), {model("[BooreEtAl2014]\n  nonsense = 3")},
           {"scenario.ini:15: unknown argument 'nonsense' of model BooreEtAl2014", "check the spelling"}},
          {"Value", 2, run("scenario.ini"), {model("[BooreEtAl2014]\n  region = \"MARS\"")},
           {"scenario.ini:15: argument region = \"MARS\" of model BooreEtAl2014 is not possible"}},
          {"Type", 2, run("event_based.ini"), {{"gmm_tree.xml", "BooreEtAl2014", "[BooreEtAl2014]\n          region = 3"}},
           {"gmm_tree.xml:6: argument region = 3 of model BooreEtAl2014 is not possible"}},
          {"OfAttribute", 2, run("event_based.ini"), {{"gmm_tree.xml", "<uncertaintyModel>Toro", "<uncertaintyModel colour=\"red\">Toro"}},
           {"gmm_tree.xml:16: unknown argument 'colour' of model ToroEtAl2002"}},
          {"NoValue", 2, run("scenario.ini"), {model("[BooreEtAl2014]\n  region =")}, {"scenario.ini:15: 'region ='"}},
          {"SiteParameterMissing", 2, run("scenario.ini"), {model("CampbellBozorgnia2014"), {"scenario.ini", "reference_depth_to_2pt5km_per_sec = 1\n", ""}},
           {"the sites have no z2pt5 (needed by CampbellBozorgnia2014)", "reference_depth_to_2pt5km_per_sec"}},
      }},
      {"Correlation", {
          {"SitesOfFile", 3, run("scenario.ini", {correlated, not_clustered}), {{"sites.csv", "", many_sites(2001)}},
           {"correlated fields at 2001 sites are not offered yet (at most 2000 sites)", "use fewer sites"}},
          {"SitesOfRegion", 3, run("scenario.yaml", {correlated, not_clustered}),
           {{"scenario.yaml", "sites: [[10.0, 45.0], [10.1, 45.0], [10.2, 45.0], [10.0, 45.1], [10.1, 45.1]]",
             "region: [[9, 44], [11, 44], [11, 46], [9, 46]]\nregion_grid_spacing: 4"}},
           {"correlated fields at", "are not offered yet (at most 2000 sites)", "a larger region_grid_spacing"}},
          {"SitesOfEventBased", 3, run("event_based.ini", {correlated, not_clustered, "reference_vs30_value=500", "reference_depth_to_1pt0km_per_sec=100"}),
           {{"event_based.ini", "site_model_file = site_model.csv", "sites_csv = sites.csv"}, {"sites.csv", "", many_sites(3000)}, {"gmm_tree.xml", "ToroEtAl2002", "BooreAtkinson2008"}},
           {"correlated fields at 3000 sites are not offered yet"}},
          {"TotalSigma", 2, run("scenario.ini", {correlated, not_clustered}), {model("SadighEtAl1997")},
           {"scenario.ini:15: SadighEtAl1997 gives total standard deviations only", "choose another model"}},
          {"TotalSigmaOfTree", 2, run("event_based.ini", {correlated, not_clustered}), {{"gmm_tree.xml", "ToroEtAl2002", "SadighEtAl1997"}},
           {"gmm_tree.xml:16: SadighEtAl1997 gives total standard deviations only"}},
          {"UnknownModel", 2, run("scenario.ini", {"ground_motion_correlation_model=JB2010"}), {},
           {"ground_motion_correlation_model = JB2010 is not known (JB2009 is)"}},
          {"LaterModel", 3, run("scenario.ini", {"ground_motion_correlation_model=HM2018"}), {},
           {"ground_motion_correlation_model = HM2018 is not offered yet"}},
          {"ClusteringNotGiven", 2, run("scenario.ini", {correlated}), {}, {"vs30_clustering is missing"}},
          {"NothingToCorrelate", 2, run("scenario.ini", {correlated, not_clustered, "truncation_level=0"}), {},
           {"correlated fields with a truncation of 0 are contradictory"}},
      }},
      {"GriddedSurface", {
          {"Scenario", 3, run("scenario.ini"), {{"scenario.ini", "rupture.xml", "gridded.xml"}, model("ChiouYoungs2014")},
           {"scenario.ini:15: ChiouYoungs2014 needs the distances r_x or r_y0 (the surface of the rupture is gridded and has none)", "choose another model"}},
          {"Yaml", 3, run("scenario.yaml", {"reference_depth_to_2pt5km_per_sec=1"}), {{"scenario.yaml", "rupture.xml", "gridded.xml"}, {"scenario.yaml", "BooreEtAl2014", "CampbellBozorgnia2014"}},
           {"scenario.yaml:10: CampbellBozorgnia2014 needs the distances r_x"}},
          {"OneOfATree", 3, run("scenario.ini"),
           {{"scenario.ini", "rupture.xml", "gridded.xml"}, {"scenario.ini", "gsim = BooreEtAl2014", "gsim_logic_tree_file = gmm_tree.xml"},
            {"gmm_tree.xml", "    <logicTreeBranchSet uncertaintyType=\"gmpeModel\" branchSetID=\"stable\" applyToTectonicRegionType=\"Stable Shallow Crust\">\n"
             "      <logicTreeBranch branchID=\"s1\">\n        <uncertaintyModel>ToroEtAl2002</uncertaintyModel>\n"
             "        <uncertaintyWeight>1.0</uncertaintyWeight>\n      </logicTreeBranch>\n    </logicTreeBranchSet>\n", ""}},
           {"gmm_tree.xml:10: ChiouYoungs2014 needs the distances r_x"}},
          {"SourceOfAnEventSet", 3, run("event_based.ini"),
           {{"fault.xml", "", R"(<?xml version="1.0" encoding="utf-8"?>
<nrml xmlns="http://openquake.org/xmlns/nrml/0.5" xmlns:gml="http://www.opengis.net/gml">
  <sourceModel name="a gridded surface">
    <sourceGroup name="active" tectonicRegion="Active Shallow Crust">
      <characteristicFaultSource id="gridded" name="a gridded surface">
        <incrementalMFD minMag="7.0" binWidth="0.1"><occurRates>0.01</occurRates></incrementalMFD>
        <rake>90</rake>
        <surface>
          <griddedSurface>
            <gml:posList>10.0 45.0 5 10.1 45.0 5 10.0 45.1 8 10.1 45.1 8</gml:posList>
          </griddedSurface>
        </surface>
      </characteristicFaultSource>
    </sourceGroup>
  </sourceModel>
</nrml>
)"}},
           {"gmm_tree.xml:10: ChiouYoungs2014 needs the distances r_x or r_y0 (the surface of source 'gridded' is gridded"}},
      }},
  };
  // clang-format on
}

}  // namespace bad_input
