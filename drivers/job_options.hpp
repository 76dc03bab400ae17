// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "shakefield/job/job.hpp"
#include "shakefield/job/model.hpp"

namespace shakefield::drivers {

/// JOB, -p key=value and --ruptures FILE, shared by the subcommands that read a job.
struct JobArguments {
  std::string path;
  std::vector<std::string> overrides;
  std::string ruptures;  ///< result file whose events the job takes over
};

inline void add_job_options(CLI::App& app, JobArguments& arguments) {
  app.add_option("JOB", arguments.path,
                 "job.ini, job.yaml, or a model (.h5) of `shakefield convert`")
      ->required();
  app.add_option("-p,--param", arguments.overrides,
                 "Override a parameter: key=value (may be repeated)")
      ->allow_extra_args(false);
  app.add_option(
      "--ruptures", arguments.ruptures,
      "Result file (.h5) whose ruptures and events are taken over: the same events at the "
      "job's sites");
}

/// The file that a run writes: the job's name with the ending .h5 (of a model: _results.h5), in the
/// current folder, unless one is given.
inline std::filesystem::path output_path(const JobArguments& job, const std::string& given) {
  if (!given.empty()) return given;
  const char* const ending = job::is_model_name(job.path) ? "_results.h5" : ".h5";
  return std::filesystem::path(job.path).stem().string() + ending;
}

/// Throws Error{config} for an override without '='.
inline job::Overrides overrides(const JobArguments& arguments) {
  job::Overrides result;
  for (const std::string& text : arguments.overrides) {
    const auto equals = text.find('=');
    core::validate(equals != std::string::npos && equals > 0, core::ErrorKind::config,
                   "'-p " + text + "' is not an override (there is no '='), write -p key=value");
    result.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return result;
}

}  // namespace shakefield::drivers
