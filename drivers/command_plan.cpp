// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <thread>

#include "commands.hpp"
#include "job_options.hpp"
#include "shakefield/calc/plan.hpp"
#include "terminal.hpp"

namespace shakefield::drivers {
namespace {

struct PlanArguments {
  JobArguments job;
  std::string output;
  int ranks = 1;
};

constexpr double mib = 1048576.0;

std::string seconds_text(double seconds) {
  if (seconds < 10) return fmt::format("{:.2f} s", seconds);
  if (seconds < 100) return fmt::format("{:.1f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

void line(const char* name, const std::string& text) {
  print(stdout, "{:<10} {}\n", name, text);
}

void warn_of_cores(int ranks) {
  const auto cores = static_cast<int>(std::thread::hardware_concurrency());
  if (ranks > cores)
    print(stdout,
          "This machine has {} cores: the time holds for {} cores of this kind, one for each "
          "rank.\n",
          cores, ranks);
}

void tell_memory(const calc::Plan& plan, const calc::Room& room) {
  line("memory", fmt::format("about {:.0f} MiB for each rank ({:.0f} MiB are free on this node)",
                             plan.memory_bytes / mib, room.memory_bytes / mib));
}

void tell_classical(const calc::Plan& plan, const PlanArguments& arguments, job::Mode mode,
                    const calc::Room& room, const std::filesystem::path& output) {
  line("pairs", fmt::format("about {:.3g} of ruptures and sites in reach", plan.pairs));
  line("file", fmt::format("about {:.1f} MiB ({:.0f} MiB are free for {})", plan.file_bytes / mib,
                           room.disk_bytes / mib, output.string()));
  tell_memory(plan, room);
  line("time",
       fmt::format("about {} on {} rank{} ({} {} of all ranks, writing {}; preparing {} on each)",
                   seconds_text(plan.wall_s), arguments.ranks, arguments.ranks == 1 ? "" : "s",
                   mode == job::Mode::classical ? "curves" : "curves and bins",
                   seconds_text(plan.seconds.fields), seconds_text(plan.seconds.write),
                   seconds_text(plan.seconds.prepare)));
  warn_of_cores(arguments.ranks);
}

void tell(const calc::Plan& plan, const PlanArguments& arguments, const job::Job& job,
          const calc::Room& room, const std::filesystem::path& output) {
  const auto count = [](double number) { return fmt::format("about {:.0f}", number); };
  const job::Parameters& p = job.parameters;
  line("ruptures", count(plan.ruptures));
  if (job::integrates(p.mode)) return tell_classical(plan, arguments, p.mode, room, output);
  line("events", count(plan.events));
  line("rows", fmt::format("{} ({:.0f} % of the sites in reach; {:.0f} rows of {:.0f} events "
                           "were made to see it)",
                           count(plan.rows), plan.pairs > 0 ? 100 * plan.rows / plan.pairs : 100,
                           plan.sample_rows, plan.sample_events));
  line("file", fmt::format("about {:.1f} MiB (gmf_codec = {} packs the sample to {:.0f} %; {:.0f} "
                           "MiB are free for {})",
                           plan.file_bytes / mib, p.gmf_codec.empty() ? "none" : p.gmf_codec,
                           100 * plan.packed_share, room.disk_bytes / mib, output.string()));
  tell_memory(plan, room);
  const calc::PlanSeconds& s = plan.seconds;
  line("time",
       fmt::format("about {} on {} rank{} (work of all ranks: fields {}, packing {}, "
                   "writing {}, drawing events {}; preparing {} on each)",
                   seconds_text(plan.wall_s), arguments.ranks, arguments.ranks == 1 ? "" : "s",
                   seconds_text(s.fields), seconds_text(s.pack), seconds_text(s.write),
                   seconds_text(s.draw), seconds_text(s.prepare)));
  warn_of_cores(arguments.ranks);
}

void plan(const PlanArguments& arguments) {
  constexpr double calibration_s = 1;
  job::InputFiles files;
  files.take_events_from(arguments.job.ruptures);
  const job::Job job = job::read_job(arguments.job.path, overrides(arguments.job), files);
  for (const core::Problem& warning : job.warnings)
    print(stderr, "shakefield: warning: {}\n", warning.text());
  const std::filesystem::path output = output_path(arguments.job, arguments.output);
  const calc::Plan plan =
      calc::plan(job, {.output = output, .ranks = arguments.ranks, .calibration_s = calibration_s});
  const calc::Room room = calc::room_for(output);
  tell(plan, arguments, job, room, output);
  try {
    calc::expect_room(plan, room, output, arguments.ranks);
  } catch (const core::Error& error) {
    print(stderr, "shakefield: warning: {}\n", error.what());
  }
}

}  // namespace

void add_plan(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<PlanArguments>();
  CLI::App* plan_app = app.add_subcommand(
      "plan", "Say what a run will make and need: events, rows, bytes, memory, time");
  add_job_options(*plan_app, arguments->job);
  plan_app->add_option("-n,--ranks", arguments->ranks, "Ranks of the run (default 1)")
      ->check(CLI::PositiveNumber);
  plan_app->add_option("-o,--output", arguments->output,
                       "HDF5 file that the run will write (default as in run): its disk is tried "
                       "with a small file");
  plan_app->callback([arguments, &chosen] { chosen = on_root([arguments] { plan(*arguments); }); });
}

}  // namespace shakefield::drivers
