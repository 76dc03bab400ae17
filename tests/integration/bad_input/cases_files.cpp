// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "bad_case.hpp"

namespace bad_input {

std::vector<Kind> file_kinds() {
  // clang-format off
  return {
      {"MissingFile", {
          {"Job", 2, run("absent.ini"), {}, {"cannot read 'absent.ini' (there is no such file)", "correct the path"}},
          {"JobIsAFolder", 2, run("."), {}, {"cannot read '.' (it is a folder or a device)"}},
          {"Rupture", 2, run("scenario.ini"), {{"scenario.ini", "rupture.xml", "quake.xml"}},
           {"scenario.ini:13: cannot read 'quake.xml' (there is no such file)"}},
          {"RuptureOfYaml", 2, run("scenario.yaml"), {{"scenario.yaml", "rupture.xml", "quake.xml"}},
           {"scenario.yaml:8: cannot read 'quake.xml' (there is no such file)"}},
          {"Sites", 2, run("scenario.ini"), {{"scenario.ini", "sites.csv", "no/sites.csv"}},
           {"scenario.ini:7: cannot read 'no/sites.csv' (there is no such file)"}},
          {"SiteModel", 2, run("event_based.ini"), {{"event_based.ini", "site_model.csv", "vs30.csv"}},
           {"event_based.ini:7: cannot read 'vs30.csv' (there is no such file)"}},
          {"GmmTree", 2, run("event_based.ini"), {{"event_based.ini", "gmm_tree.xml", "gmms.xml"}},
           {"event_based.ini:15: cannot read 'gmms.xml' (there is no such file)"}},
          {"SourceModel", 2, run("event_based.ini"), {{"source_tree.xml", "fault.xml", "faults.xml"}},
           {"source_tree.xml:10: cannot read 'faults.xml' (there is no such file)"}},
          {"AbsolutePath", 2, run("scenario.ini"), {{"scenario.ini", "sites.csv", "/sites.csv"}},
           {"scenario.ini:7: sites_csv = /sites.csv is an absolute path", "make it relative"}},
          {"Unreadable", 2, run("scenario.ini"), {},
           {"scenario.ini:7: cannot read 'sites.csv' (Permission denied)", "check its permissions"}, 1,
           {.prepare = [](const std::filesystem::path& folder) {
              std::filesystem::permissions(folder / "sites.csv", std::filesystem::perms::none);
            }, .obeys_permissions = true}},
          {"Table", 2, {"gmm", "eval", "BooreEtAl2014", "absent.csv", "-o", "values.csv"}, {},
           {"cannot read 'absent.csv' (there is no such file)"}},
          {"Result", 2, {"export", "absent.h5"}, {}, {"cannot open absent.h5 (there is no such file)"}},
      }},
      {"MalformedXml", {
          {"WrongEndTag", 2, run("scenario.ini"), {{"rupture.xml", "</magnitude>", "</mag>"}},
           {"rupture.xml:4: the file is no well-formed XML"}},
          {"CutShort", 2, run("scenario.ini"), {{"rupture.xml", "</simpleFaultRupture>\n</nrml>\n", ""}},
           {"rupture.xml:15: the file is no well-formed XML"}},
          {"Empty", 2, run("scenario.ini"), {{"rupture.xml", "", ""}}, {"rupture.xml"}},
          {"AttributeWithoutQuotes", 2, run("event_based.ini"), {{"sources.xml", "probability=\"0.7\"", "probability=0.7"}},
           {"sources.xml:39: the file is no well-formed XML"}},
          {"NotNrml", 2, run("event_based.ini"), {{"gmm_tree.xml", "", "<html>\n</html>\n"}},
           {"gmm_tree.xml:1: the root element is 'html'", "nrml"}},
          {"OldNrml", 2, run("event_based.ini"), {{"source_tree.xml", "nrml/0.5", "nrml/0.3"}},
           {"source_tree.xml:2: the NRML version of 'http://openquake.org/xmlns/nrml/0.3' is not understood"}},
          {"ElementMissing", 2, run("scenario.ini"), {{"rupture.xml", "<rake>90</rake>", ""}},
           {"rupture.xml:3: simpleFaultRupture has no rake", "add the element"}},
          {"NotXml", 2, run("event_based.ini"), {{"fault.xml", "", "id,lon,lat\n1,10,45\n"}}, {"fault.xml"}},
      }},
      {"MalformedYaml", {
          {"OpenList", 2, run("scenario.yaml"), {{"scenario.yaml", "SA(0.3)]", "SA(0.3)"}},
           {"scenario.yaml:12: this is not YAML", "correct the line"}},
          {"Tab", 2, run("scenario.yaml"), {{"scenario.yaml", "  ses_seed", "\tses_seed"}},
           {"scenario.yaml:4: this is not YAML"}},
          {"NotAMap", 2, run("scenario.yaml"), {{"scenario.yaml", "", "- scenario\n- PGA\n"}},
           {"scenario.yaml:1: the job is not a map"}},
          {"KeyTwice", 2, run("scenario.yaml"), {{"scenario.yaml", "truncation_level: 3", "truncation_level: 3\ntruncation_level: 2"}},
           {"scenario.yaml:13: 'truncation_level' is given twice (first in line 12)", "remove one of them"}},
          {"Empty", 2, run("scenario.yaml"), {{"scenario.yaml", "", "\n"}}, {"scenario.yaml:1: the job is not a map"}},
          {"Indentation", 2, run("scenario.yaml"), {{"scenario.yaml", "gsim:", "   gsim:"}},
           {"scenario.yaml:10: this is not YAML"}},
          {"KeyIsAList", 2, run("scenario.yaml"), {{"scenario.yaml", "ses_seed: 7", "? [ses, seed]\n  : 7"}},
           {"scenario.yaml:4: a key is not a text"}},
      }},
      {"MalformedIni", {
          {"NoEqualsSign", 2, run("scenario.ini"), {{"scenario.ini", "truncation_level = 3", "truncation_level 3"}},
           {"scenario.ini:19: 'truncation_level 3' is no line of a job.ini", "add the '='"}, 2},
          {"NoSection", 2, run("scenario.ini"), {{"scenario.ini", "[general]\n", ""}},
           {"scenario.ini:1: 'description' stands before the first section", "[general]"}},
          {"KeyTwice", 2, run("scenario.ini"), {{"scenario.ini", "ses_seed = 7", "ses_seed = 7\nses_seed = 8"}},
           {"scenario.ini:5: 'ses_seed' is given twice (first in line 4)", "remove one of them"}},
          {"OpenSection", 2, run("scenario.ini"), {{"scenario.ini", "[sites]", "[sites"}},
           {"scenario.ini:6: '[sites' is no line of a job.ini"}},
          {"OpenDictionary", 2, run("scenario.ini"),
           {{"scenario.ini", "maximum_distance = 200", "maximum_distance = {\"default\": 200"}},
           {"scenario.ini:20: maximum_distance: the value ends too early", "Python literal"}},
          {"Empty", 2, run("scenario.ini"), {{"scenario.ini", "", ""}},
           {"scenario.ini: the job is empty", "add lines such as calculation_mode = scenario"}},
          {"Binary", 2, run("scenario.ini"), {{"scenario.ini", "", std::string("\x89HDF\r\n\x1a\n\0\0\0", 11)}},
           {"scenario.ini: the job is no text", "give a job.ini or job.yaml"}},
          {"KeysMissing", 2, run("scenario.ini"), {{"scenario.ini", "", "[general]\ndescription = nothing else\n"}},
           {"scenario.ini: calculation_mode is missing (every job needs it), add a line calculation_mode = scenario",
            "scenario.ini: truncation_level is missing", "scenario.ini: maximum_distance is missing", "intensity_measure_types is missing"}, 4},
      }},
  };
  // clang-format on
}

}  // namespace bad_input
