// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "job_draft.hpp"
#include "nrml_source.hpp"
#include "shakefield/comm/communicator.hpp"
#include "source_models.hpp"
#include "source_share.hpp"

namespace shakefield::job {

/// Reads the source models of a job and their logic tree: descriptions first, and sources when the
/// paths of the tree are known.
class SourceReader {
 public:
  /// `in_parts`: read() takes only what names the sources of a model file, and read_own() those
  /// that a rank needs. The draft must outlive the reader.
  SourceReader(JobDraft& draft, bool in_parts);

  /// The tree, the descriptions of the sources, and the regions of the draft. Local.
  void read();
  /// The sources of all paths; without paths, as far as they can be made, for their problems.
  /// Local.
  void make();
  /// The sources that a rank needs, if they are read in parts. Throws all problems. Collective.
  void read_own(const comm::Communicator& comm);

  /// Where the sources that were made break.
  SourceExtents extents() const;

 private:
  struct BranchFiles;
  struct BranchSections;
  SourceOptions source_options();
  void read_equivalent_distances_into(SourceOptions& options);
  void check_equivalent_distances(const SourceOptions& options);
  BranchSections read_branch_sections(const BranchFiles& branch);
  void read_source_file(const std::string& name, const BranchFiles& branch,
                        const std::vector<std::string>& section_files, SourceOptions options);
  /// Reads the files of sources again, for those that are wanted now.
  void describe_again();

  JobDraft& draft_;
  SourceFiles source_files_;
  std::map<std::string, std::vector<std::string>> section_files_;  ///< by source file
  Origins origins_;

  struct SourceFile {
    std::filesystem::path path;
    SourceOptions options;
  };
  bool in_parts_;
  std::map<std::string, SourceFile> in_parts_files_;
  core::Problems of_headers_;  ///< told again with the sources
};

}  // namespace shakefield::job
