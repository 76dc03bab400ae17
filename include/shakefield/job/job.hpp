// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/job/event_set.hpp"
#include "shakefield/job/parameters.hpp"
#include "shakefield/job/rupture_list.hpp"
#include "shakefield/job/schema.hpp"
#include "shakefield/logictree/full_tree.hpp"
#include "shakefield/rupture/rupture.hpp"
#include "shakefield/site/site_collection.hpp"
#include "shakefield/source/source.hpp"
#include "shakefield/source/source_group.hpp"

namespace shakefield::job {

/// Tables that models of a job name, by the path of their file.
using ModelTables = std::map<std::filesystem::path, std::shared_ptr<gmm::TableFile>>;

/// Contents of the input files of a job: rank 0 reads each file once, the bytes are broadcast, and
/// every rank parses the same text.
class InputFiles {
 public:
  /// Text of a file; read from disk at the first call. The first file of all is the job. Throws
  /// Error{data} if missing or unreadable.
  const std::string& text(const std::filesystem::path& path);
  /// Checksum (core::Digest) of every file read so far, by path relative to the job's folder.
  std::map<std::string, std::string> checksums() const;
  /// Packs and unpacks all texts, for the broadcast; tables go by share_tables().
  std::vector<std::byte> pack() const;
  static InputFiles unpack(std::vector<std::byte> bytes);
  /// The job takes over the events of this result file (`--ruptures`), in the place of its sources
  /// or rupture; empty: it does not. Every rank opens it, and reads a part at a time.
  void take_events_from(std::filesystem::path path) { events_file_ = std::move(path); }
  const std::filesystem::path& events_file() const { return events_file_; }
  /// From now on a file that is not in memory is an Error{internal} (ranks other than root).
  void seal() { sealed_ = true; }
  /// A text that stands in a model file; after seal_model() the others are an Error{data}.
  void add_text(const std::filesystem::path& path, std::string text);
  void seal_model(const std::filesystem::path& model) { model_ = model; }
  /// What was read of a table takes the place of its text, and serves all models that name it.
  void add_table(const std::filesystem::path& path, std::shared_ptr<gmm::TableFile> table);
  ModelTables& tables() { return tables_; }
  /// Texts of tables stay, too.
  void keep_texts_of_tables() { keeps_texts_of_tables_ = true; }
  /// The files in memory.
  const std::map<std::filesystem::path, std::string>& texts() const { return texts_; }

 private:
  std::filesystem::path folder_;  ///< of the job
  std::filesystem::path model_;   ///< if the texts come from one
  std::map<std::filesystem::path, std::string> texts_;
  ModelTables tables_;
  std::map<std::filesystem::path, std::string> sums_;  ///< checksums of texts that are gone
  bool keeps_texts_of_tables_ = false;
  bool sealed_ = false;
  std::filesystem::path events_file_;
};

/// Sources of one file that the same branch sets of the logic tree alter, altered by the same
/// branches. A source-model path is made of one or several of these (SourcePath::models), and paths
/// share them: what is computed for a SourceModel serves every path that has it.
struct SourceModel {
  std::vector<source::SourcePtr> sources;   ///< in file order
  std::vector<source::SourceGroup> groups;  ///< in order; together they hold each source once
};

/// Which sources a rank holds, where it does not hold all. Event sets: each source is held by one
/// rank, which draws its ruptures. Curves: rank r holds those in reach of the sites site_begin[r]
/// to site_begin[r + 1], counted along the curve of site::make_tiles(); if that is empty, each rank
/// holds those in reach of any site.
struct SourceShare {
  std::vector<std::size_t> site_begin;  ///< [ranks + 1], or empty

  bool is_by_sites() const { return !site_begin.empty(); }
};

/// A source on one source-model path: event sets of different paths are drawn independently.
struct PathSource {
  std::uint32_t path = 0;   ///< number in FullTree::source_paths
  std::uint32_t model = 0;  ///< number in Job::source_models
  const source::Source* source = nullptr;
  std::uint64_t key = 0;  ///< of (id, logic-tree path, ordinal among equal ids of the path)
  source::GroupMember member = {};
};

/// One parameter that a job gives, and what becomes of it.
struct GivenParameter {
  std::string name;
  std::string value;  ///< normal form
  Status status = Status::used;
  std::string text;  ///< meaning; why, if it is ignored, unsupported or later
  core::InputPlace place;
  bool is_refused = false;  ///< unsupported, and not at the value that changes nothing
};

/// Everything that a calculation needs, checked.
struct Job {
  std::filesystem::path path;
  Parameters parameters;
  site::SiteCollection sites;
  std::optional<rupture::Rupture> rupture;  ///< scenario
  /// Ruptures of scenarios and event sets that are listed in a file, in the place of `rupture` or
  /// of sources.
  std::shared_ptr<const RuptureList> rupture_list;
  std::optional<EventSet> event_set;       ///< taken over from another run, in their place
  std::vector<SourceModel> source_models;  ///< distinct ones, see SourcePath::models
  std::optional<SourceShare> share;       ///< none: all sources are here; else those that this rank
                                          ///< does not hold are source::DistantSource
  logictree::FullTree tree;               ///< scenarios: region "*"
  std::vector<core::Problem> warnings;    ///< said once to the user
  std::vector<std::string> not_computed;  ///< what the job asks for and this version leaves out
                                          ///< ("hazard_curves_from_gmfs")
  std::string resolved;  ///< all parameters with their values as text, for the file
  std::map<std::string, std::string> checksums;
  std::vector<GivenParameter> given;  ///< in the job's order, for `shakefield check`
};

/// The sources of all source-model paths, path after path, in the order of SourcePath::models. The
/// job must live as long as the result.
std::vector<PathSource> path_sources(const Job& job);

/// A table of what becomes of each parameter of a job, one line each, used ones first.
std::string parameter_report(std::span<const GivenParameter> given);

/// Overrides from the command line: key, value.
using Overrides = std::vector<std::pair<std::string, std::string>>;

/// Reads and checks a job (job.ini, or YAML by the endings .yaml, .yml), or a model that
/// `shakefield convert` wrote (.h5, .hdf5). Throws one Error with all problems found. Local.
Job read_job(const std::filesystem::path& path, const Overrides& overrides, InputFiles& files);

/// What can be said of a job that is read, whether it can be run or not.
struct CheckedJob {
  std::vector<GivenParameter> given;
  std::optional<Job> job;
  std::optional<core::Error> error;  ///< with all problems, where there is no job
};
/// Reads as read_job() does. Throws only where there are no parameters: Error{data} for a file that
/// cannot be read, Error{config} for a text that is no job. Local.
CheckedJob check_job(const std::filesystem::path& path, const Overrides& overrides,
                     InputFiles& files);

/// The same on all ranks: root reads, the texts are broadcast, all parse. Models are read by each
/// rank; of classical and event-based calculations each one holds a part of the sources
/// (Job::share). `events`: see InputFiles::take_events_from. All ranks throw the same error.
/// Collective.
Job read_job(const comm::Communicator& comm, const std::filesystem::path& path,
             const Overrides& overrides, const std::filesystem::path& events = {});

}  // namespace shakefield::job
