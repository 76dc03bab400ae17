// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "commands.hpp"
#include "job_options.hpp"
#include "terminal.hpp"

namespace shakefield::drivers {
namespace {

void check(const comm::Communicator& comm, const JobArguments& arguments) {
  comm::agree(comm, [&] {
    if (!comm.is_root()) return;
    if (job::is_model_name(arguments.path)) job::check_model(arguments.path);
    job::InputFiles files;
    files.take_events_from(arguments.ruptures);
    const job::CheckedJob checked = job::check_job(arguments.path, overrides(arguments), files);
    print(stdout, "{}", job::parameter_report(checked.given));
    if (checked.error) throw *checked.error;
    const job::Job& job = *checked.job;
    for (const core::Problem& warning : job.warnings)
      print(stdout, "warning: {}\n", warning.text());
    for (const std::string& name : job.not_computed)
      print(stdout, "warning: {} is not computed by this version\n", name);
    std::size_t sources = 0;
    for (const job::SourceModel& model : job.source_models) sources += model.sources.size();
    print(stdout, "ok: {} sites, {} source{}, {} realization{}\n", job.sites.size(), sources,
          sources == 1 ? "" : "s", job.tree.realizations.size(),
          job.tree.realizations.size() == 1 ? "" : "s");
  });
}

}  // namespace

void add_check(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<JobArguments>();
  CLI::App* check_app = app.add_subcommand(
      "check", "Read a job and report every problem and what each parameter does");
  add_job_options(*check_app, *arguments);
  check_app->callback([arguments, &chosen] {
    chosen = [arguments](const comm::Communicator& comm) { check(comm, *arguments); };
  });
}

}  // namespace shakefield::drivers
