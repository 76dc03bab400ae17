// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "resume.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <map>
#include <set>
#include <sstream>

#include "shakefield/core/error.hpp"
#include "shakefield/core/version.hpp"

namespace shakefield::calc {
namespace {

using Texts = std::map<std::string, std::string>;

/// "name = value" lines by name, without those that change no number.
Texts parameters_of(const std::string& resolved) {
  static constexpr std::array<std::string_view, 3> free_to_differ{"batch_mib", "export_dir",
                                                                  "tile_size"};
  Texts parameters;
  std::istringstream lines(resolved);
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find(" = ");
    if (equals != std::string::npos) parameters[line.substr(0, equals)] = line.substr(equals + 3);
  }
  for (const std::string_view name : free_to_differ) parameters.erase(std::string(name));
  return parameters;
}

/// Checksums by file, as the header lists them.
Texts checksums_of(const std::vector<std::string>& inputs) {
  Texts checksums;
  for (const std::string& input : inputs) {
    const auto blank = input.rfind(' ');
    if (blank != std::string::npos) checksums[input.substr(0, blank)] = input.substr(blank + 1);
  }
  return checksums;
}

std::set<std::string> names_of(const Texts& a, const Texts& b) {
  std::set<std::string> names;
  for (const Texts* texts : {&a, &b})
    for (const auto& [name, text] : *texts) names.insert(name);
  return names;
}

std::string text_of(const Texts& texts, const std::string& name) {
  const auto found = texts.find(name);
  return found == texts.end() ? "none" : found->second;
}

}  // namespace

bool makes_commits(const job::Parameters& p) {
  return p.gmf_writer != "mpi_io" || !p.ground_motion_fields || job::integrates(p.mode);
}

void expect_same_run(const ResultHeader& before, const job::Job& job,
                     const std::filesystem::path& file) {
  std::vector<std::string> differences;
  const auto compare = [&](std::string_view what, std::string_view then, std::string_view now) {
    if (then != now) differences.push_back(fmt::format("{} was {}, is {}", what, then, now));
  };
  const core::BuildInfo& build = core::build_info();
  compare("the version of shakefield", before.version, build.version);
  compare("its commit", before.commit, build.commit);
  compare("its compiler", before.compiler, build.compiler);
  compare("its binary target", before.arch, build.arch);

  const Texts old_parameters = parameters_of(before.job), parameters = parameters_of(job.resolved);
  for (const std::string& name : names_of(old_parameters, parameters))
    compare(name, text_of(old_parameters, name), text_of(parameters, name));

  // The job file itself is its parameters, which were compared.
  const std::string job_file = job.path.filename().string();
  const Texts old_checksums = checksums_of(before.input_checksums);
  const Texts checksums(job.checksums.begin(), job.checksums.end());
  for (const std::string& name : names_of(old_checksums, checksums)) {
    if (name == job_file || text_of(old_checksums, name) == text_of(checksums, name)) continue;
    differences.push_back(!checksums.contains(name)       ? name + " is no longer read"
                          : !old_checksums.contains(name) ? name + " was not read"
                                                          : name + " has changed");
  }
  core::validate(differences.empty(), core::ErrorKind::config,
                 fmt::format("{} cannot be gone on with ({}), undo this, or run the job again with "
                             "--overwrite or another output",
                             file.string(), fmt::join(differences, "; ")));
}

}  // namespace shakefield::calc
