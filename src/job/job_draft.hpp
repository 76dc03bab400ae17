// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "nrml_geometry.hpp"
#include "nrml_tree.hpp"
#include "settings.hpp"
#include "shakefield/job/job.hpp"
#include "xml.hpp"

namespace shakefield::job {

class ModelFile;

/// A job while its parts are read, one after the other: each reader takes what it needs from here,
/// and puts here what it found, and what was wrong. Local.
struct JobDraft {
  /// Reads the parameters. `from_model`: where the job and its files come from, if not from texts.
  /// Throws Error{config} where there is nothing to read on with.
  JobDraft(const std::filesystem::path& path, const Overrides& overrides, InputFiles& input_files,
           ModelFile* from_model);

  InputFiles& files;
  ModelFile* model;
  std::filesystem::path folder;  ///< of the job
  core::Problems problems;
  Settings settings;
  Job job;
  std::vector<std::string> regions;  ///< of the sources; "*" for scenarios
  PlacedSourceTree source_tree;

  /// Runs `work`; what it throws goes to the problems.
  template <class Work>
  void collect(Work&& work) {
    try {
      work();
    } catch (const core::Error& e) {
      problems.add(e);
    }
  }
  /// A problem at the place of a parameter.
  void add(std::string_view key, const std::string& message,
           core::ErrorKind kind = core::ErrorKind::config) {
    problems.add(kind, message, settings.place(key));
  }
  /// Which one of two parameters is given; empty, and a problem, if none is or both are.
  std::string one_of(const std::string& a, const std::string& b, std::string_view why);
  /// The file that a parameter names.
  XmlFile read_xml_of(std::string_view key);

  MeshSpacings spacings() const;
  /// Whether events come from the file of another run: sources and ruptures are not read then.
  bool takes_events() const { return !files.events_file().empty(); }
  /// maximum_distance must say something of each of these regions.
  void check_reach(const std::vector<std::string>& of_regions);
};

/// Throws all problems, those of the input before what is not offered: the first one decides the
/// exit status.
void throw_sorted(const core::Problems& found);

}  // namespace shakefield::job
