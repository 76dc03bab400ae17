// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "bad_case.hpp"

namespace bad_input {

namespace {

namespace fs = std::filesystem;

/// A device on which every write fails for want of space stands where the output is to go.
void let_the_disk_be_full(const fs::path& folder) {
  fs::create_symlink("/dev/full", folder / "out.h5");
}

void make_unwritable(const fs::path& path) {
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_exec);
}

/// Files of the ranks may not grow beyond 20 MiB: MPI's own are smaller, the results larger. (A
/// full disk in the middle of a run; a file system of that size could be mounted by root only.)
const Setting little_space{.shell = "ulimit -f $((20 * 2048))", .leaves_file = true};
/// Two million rows: 32 MB.
const std::vector<std::string> many_fields{"number_of_ground_motion_fields=400000", "batch_mib=2"};

}  // namespace

std::vector<Kind> output_kinds() {
  // clang-format off
  return {
      {"OutputFolderMissing", {
          {"OfScenario", 4, {"run", "scenario.ini", "-o", "results/out.h5"}, {}, {"cannot create results/out.h5", "the folder results does not exist", "make it"}},
          {"OfEventBased", 4, {"run", "event_based.ini", "-o", "a/b/out.h5"}, {}, {"cannot create a/b/out.h5", "does not exist"}},
          {"OfYamlWithOverwrite", 4, {"run", "scenario.yaml", "--overwrite", "-o", "../no-such-folder/out.h5"}, {}, {"cannot create ../no-such-folder/out.h5", "does not exist"}},
          {"IsAFile", 4, {"run", "scenario.ini", "-o", "sites.csv/out.h5"}, {}, {"cannot create sites.csv/out.h5", "sites.csv"}},
          {"OfTable", 4, {"gmm", "eval", "SadighEtAl1997", "table.csv", "-o", "results/values.csv"}, {{"table.csv", "", "mag,rake,vs30,rrup,PGA:mean\n6,0,800,10,0\n"}},
           {"cannot create results/values.csv"}},
          {"OfExportsIsAFile", 4, {"run", "scenario.ini", "-o", "out.h5", "--export-dir", "sites.csv"}, {}, {"sites.csv: the export folder cannot be made"}},
          {"OfExportsOfJobIsAFile", 4, run("scenario.ini", {"export_dir=sites.csv/exports"}), {}, {"sites.csv/exports: the export folder cannot be made"}},
      }},
      {"OutputFull", {
          {"FromTheStart", 4, {"run", "scenario.ini", "--overwrite", "-o", "out.h5"}, {}, {"cannot write out.h5 (No space left on device", "make room on the disk"}, 1, {.prepare = let_the_disk_be_full}},
          {"EventBasedFromTheStart", 4, {"run", "event_based.ini", "--overwrite", "-o", "out.h5"}, {}, {"cannot write out.h5 (No space left on device"}, 1, {.prepare = let_the_disk_be_full}},
          {"BeforeTheStart", 4, run("scenario.ini", {"number_of_ground_motion_fields=4000000000"}), {{"sites.csv", "", many_sites(5000)}},
           {"out.h5 will not fit its disk (it takes about ", " are free)", "minimum_intensity", "gmf_codec = zstd", "--force"}},
          {"WhileFieldsAreMade", 4, run("scenario.ini", many_fields), {}, {"of out.h5 (File too large", "make room on the disk"}, 1, little_space},
          {"WhileFieldsOfEventsAreMade", 4, run("event_based.ini", {"ses_per_logic_tree_path=200000", "batch_mib=2"}), {}, {"of out.h5 (File too large"}, 1, little_space},
          {"InOneBatch", 4, run("scenario.yaml", {many_fields[0], "batch_mib=1000"}), {}, {"of out.h5 (File too large"}, 1, little_space},
          {"WhileEventsAreDrawn", 4, run("event_based.ini", {"ground_motion_fields=false", "ses_per_logic_tree_path=3000000"}), {}, {"of out.h5 (File too large"}, 1, little_space},
          {"OfTable", 4, {"gmm", "eval", "SadighEtAl1997", "table.csv", "-o", "values.csv"}, {{"table.csv", "", "mag,rake,vs30,rrup,PGA:mean\n6,0,800,10,0\n"}},
           {"values.csv", "No space left on device"}, 1,
           {.prepare = [](const fs::path& folder) { fs::create_symlink("/dev/full", folder / "values.csv"); }}},
      }},
      {"OutputReadOnly", {
          {"Folder", 4, {"run", "scenario.ini", "-o", "results/out.h5"}, {}, {"cannot create results/out.h5 (Permission denied", "check the path"}, 1,
           {.prepare = [](const fs::path& folder) { fs::create_directory(folder / "results"); make_unwritable(folder / "results"); }, .obeys_permissions = true}},
          {"FolderOfEventBased", 4, {"run", "event_based.ini", "-o", "results/out.h5"}, {}, {"cannot create results/out.h5 (Permission denied"}, 1,
           {.prepare = [](const fs::path& folder) { fs::create_directory(folder / "results"); make_unwritable(folder / "results"); }, .obeys_permissions = true}},
          {"FileToOverwrite", 4, {"run", "scenario.ini", "--overwrite", "-o", "out.h5"}, {{"out.h5", "", "an older result"}}, {"cannot create out.h5 (Permission denied"}, 1,
           {.prepare = [](const fs::path& folder) { make_unwritable(folder / "out.h5"); }, .obeys_permissions = true}},
          {"SystemFolder", 4, {"run", "scenario.ini", "-o", "/proc/out.h5"}, {}, {"cannot create /proc/out.h5 ("}},
          {"FolderForExports", 4, {"run", "scenario.ini", "-o", "out.h5", "--export-dir", "exports"}, {}, {"exports", "Permission denied"}, 1,
           {.prepare = [](const fs::path& folder) { fs::create_directory(folder / "exports"); make_unwritable(folder / "exports"); }, .obeys_permissions = true}},
          {"Table", 4, {"gmm", "eval", "SadighEtAl1997", "table.csv", "-o", "values.csv"},
           {{"table.csv", "", "mag,rake,vs30,rrup,PGA:mean\n6,0,800,10,0\n"}, {"values.csv", "", "older values"}}, {"cannot create values.csv (Permission denied"}, 1,
           {.prepare = [](const fs::path& folder) { make_unwritable(folder / "values.csv"); }, .obeys_permissions = true}},
      }},
      {"OutputExists", {
          {"AResult", 2, run("scenario.ini"), {{"out.h5", "", "an older result"}}, {"out.h5 exists (a run would replace it), give --overwrite or another name"}},
          {"OfEventBased", 2, run("event_based.ini"), {{"out.h5", "", "an older result"}}, {"out.h5 exists"}},
          {"WithTheDefaultName", 2, {"run", "scenario.yaml"}, {{"scenario.h5", "", "an older result"}}, {"scenario.h5 exists"}},
          {"AFolder", 2, {"run", "scenario.ini", "-o", "out.h5"}, {}, {"out.h5 is a folder", "give the name of a file"}, 1,
           {.prepare = [](const fs::path& folder) { fs::create_directory(folder / "out.h5"); }}},
          {"AFolderToOverwrite", 2, {"run", "scenario.ini", "--overwrite", "-o", "."}, {}, {". is a folder"}},
          {"ALinkToNothing", 2, run("scenario.ini"), {}, {"out.h5 exists"}, 1,
           {.prepare = [](const fs::path& folder) { fs::create_symlink("elsewhere.h5", folder / "out.h5"); }}},
          {"KeptWhenTheJobIsWrong", 2, {"run", "scenario.ini", "--overwrite", "-o", "out.h5", "-p", "truncation_level=-1"}, {{"out.h5", "", "an older result"}},
           {"command line: truncation_level = -1 is out of range"}},
      }},
  };
  // clang-format on
}

}  // namespace bad_input
