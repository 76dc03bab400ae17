// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "bad_case.hpp"

namespace bad_input {

namespace {

/// The scenario with its sites in the job file.
Edit sites_line(const std::string& text) {
  return {"scenario.ini", "sites_csv = sites.csv", text};
}

}  // namespace

std::string many_sites(int n) {
  std::string text;
  for (int i = 0; i < n; ++i)
    text += std::to_string(9 + i / 10000.) + "," + std::to_string(45 + i % 7 / 100.) + "\n";
  return text;
}

std::vector<Kind> site_kinds() {
  // clang-format off
  return {
      {"EmptySiteList", {
          {"List", 2, run("scenario.ini"), {sites_line("sites =")}, {"scenario.ini:7: the job has no sites", "add one of these"}},
          {"ListOfYaml", 2, run("scenario.yaml"), {{"scenario.yaml", "[[10.0, 45.0], [10.1, 45.0], [10.2, 45.0], [10.0, 45.1], [10.1, 45.1]]", "[]"}},
           {"scenario.yaml:5: the list of sites is empty"}},
          {"NoKey", 2, run("scenario.ini"), {sites_line("")}, {"scenario.ini: the job has no sites"}},
          {"Csv", 2, run("scenario.ini"), {{"sites.csv", "", "\n# nothing\n"}}, {"sites.csv: the file holds no site"}},
          {"CsvWithAHeaderOnly", 2, run("scenario.ini"), {{"sites.csv", "", "lon,lat\n"}}, {"sites.csv: the file holds a header and no site"}},
          {"SiteModelWithAHeaderOnly", 2, run("event_based.ini"), {{"site_model.csv", "", "lon,lat,vs30,z1pt0\n"}},
           {"site_model.csv: the file holds a header and no site"}},
          {"RegionWithoutVertices", 2, run("scenario.yaml"), {{"scenario.yaml", "sites: [[10.0, 45.0], [10.1, 45.0], [10.2, 45.0], [10.0, 45.1], [10.1, 45.1]]", "region: []\nregion_grid_spacing: 10"}},
           {"scenario.yaml:5: region"}},
          {"RegionOfTwoPoints", 2, run("scenario.ini"), {sites_line("region = 10 45, 11 45\nregion_grid_spacing = 10")}, {"scenario.ini:7: region"}},
      }},
      {"DuplicatedSites", {
          {"List", 2, run("scenario.ini"), {sites_line("sites = 10.0 45.0, 10.1 45.0, 10.0 45.0")},
           {"scenario.ini:7: the site (10, 45) is given twice", "remove one"}},
          {"ListOfYaml", 2, run("scenario.yaml"), {{"scenario.yaml", "[10.2, 45.0]", "[10.1, 45.0]"}},
           {"scenario.yaml:5: the site (10.1, 45) is given twice"}},
          {"Csv", 2, run("scenario.ini"), {{"sites.csv", "10.1,45.1", "10.0,45.0"}},
           {"sites.csv:5: the site (10, 45) is given twice (first in sites.csv:1"}},
          {"CsvRounded", 2, run("scenario.ini"), {{"sites.csv", "10.1,45.1", "10.000001,44.999999"}},
           {"sites.csv:5: the site (10, 45) is given twice"}},
          {"AcrossTheDateLine", 2, run("scenario.ini"), {{"sites.csv", "", "180,10\n-180,10\n"}},
           {"sites.csv:", "is given twice", "remove one"}},
          {"SiteModel", 2, run("event_based.ini"), {{"site_model.csv", "10.2,45.0,500", "10.0,45.0,500"}},
           {"site_model.csv:4: the site (10, 45) is given twice (first in site_model.csv:2"}},
          {"Depth", 2, run("scenario.ini"), {{"sites.csv", "", "10,45,0.5\n10,45,0.50001\n10,45,1\n"}},
           {"sites.csv:2: the site (10, 45) is given twice (first in sites.csv:1"}},
      }},
      {"SiteFile", {
          {"FieldMissing", 2, run("scenario.ini"), {{"sites.csv", "10.2,45.0", "10.2"}}, {"sites.csv:3: the line has 1 fields"}},
          {"ColumnMissing", 2, run("event_based.ini"), {{"site_model.csv", "lon,lat", "lon,depth"}}, {"site_model.csv:1: the column 'lat' is missing"}},
          {"TwoWays", 2, run("scenario.ini"), {sites_line("sites_csv = sites.csv\nsites = 10 45")}, {"the sites are given in 2 ways", "keep one"}},
          {"FarFromSiteModel", 2, run("event_based.ini"), {{"event_based.ini", "site_model_file", "sites = 20 45\nsite_model_file"}},
           {"event_based.ini:8: 1 of 1 sites are farther than 8 km from the site model (first: (20, 45)"}},
      }},
  };
  // clang-format on
}

}  // namespace bad_input
