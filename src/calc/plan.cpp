// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/plan.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <future>
#include <thread>

#include "commit_clock.hpp"
#include "event_tables.hpp"
#include "field_setup.hpp"
#include "plan_calibration.hpp"
#include "plan_classical.hpp"
#include "plan_sample.hpp"
#include "reduction.hpp"
#include "source_rows.hpp"
#include "stopwatch.hpp"
#include "work.hpp"

namespace shakefield::calc {
namespace {

constexpr double mib = 1048576.0;

/// Memory of this process now.
double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double program = 0, resident = 0;
  file >> program >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// Mean number of points that a rupture's geometry has.
double points_per_rupture(const std::vector<RuptureEvents>& representatives) {
  double points = 0, ruptures = 0;
  for (const RuptureEvents& r : representatives) {
    const auto [rows, cols] = r.rupture.surface->shape();
    const double share = 1.0 / r.occurrences;  // each stands for events, not for ruptures
    points += share * static_cast<double>(rows * cols);
    ruptures += share;
  }
  return ruptures > 0 ? points / ruptures : 0;
}

/// All that is in the file beside the rows. Its tables are packed where the rows are.
double other_bytes(const job::Job& job, const Plan& plan, double points, double packed_share) {
  constexpr double header_bytes = 50e3;  // of HDF5, texts
  constexpr double site_bytes = 72, dropped_bytes = 24, source_bytes = 16;
  const TableBytes table = table_bytes(job);
  const job::Parameters& p = job.parameters;
  double bytes = plan.events * static_cast<double>(table.event) +
                 plan.ruptures * (static_cast<double>(table.rupture) +
                                  points * static_cast<double>(table.point));
  if (p.ground_motion_fields) bytes += plan.events * 2 * sizeof(std::uint64_t);  // the index
  if (p.gmf_codec != "none") bytes *= packed_share;
  const auto sites = static_cast<double>(job.sites.size());
  const auto realizations = static_cast<double>(job.tree.realizations.size());
  if (p.ground_motion_fields && !p.minimum_intensity.empty())
    bytes += sites * realizations * static_cast<double>(p.imts.size()) * dropped_bytes;
  const auto sources = static_cast<double>(source_rows(job).ids.size());
  return bytes + header_bytes + sites * site_bytes + sources * source_bytes +
         file_bytes_of_reductions(job, plan.events);
}

/// What the busiest rank takes beyond what it has once the job is read.
double more_memory(const job::Job& job, const PlanOptions& options, double points) {
  const job::Parameters& p = job.parameters;
  const double ranks = options.ranks;
  const auto imts = static_cast<double>(p.imts.size());
  constexpr double section_ruptures = 1024, rupture_bytes = 1500;
  constexpr double node_bytes = 2.5 * sizeof(geo::Point);  // in the surface and in the table
  double bytes = 6 * mib;                                  // libraries at work: HDF5, messages
  if (p.mode == job::Mode::event_based)
    bytes += section_ruptures * (rupture_bytes + points * node_bytes);
  if (!p.makes_fields()) return bytes;
  // Alone a rank has one batch at a time; together they have some under way, in shared memory, and
  // packed chunks.
  if (p.ground_motion_fields) {
    const auto shared = static_cast<double>(storage_of(job, options.ranks).shared_batch_bytes);
    const double batch = p.batch_bytes(options.ranks) / ranks;
    bytes +=
        ranks == 1 ? 2.5 * batch : 3 * batch + store::most_batches_under_way * shared + 8 * mib;
  }
  const auto sites = static_cast<double>(job.sites.size());
  const auto tile_sites = static_cast<double>(p.tile_sites(job.sites.size()));
  const double own_sites = std::min(sites, 1.2 * sites / ranks + tile_sites);
  constexpr double site_bytes = 200, site_imt_bytes = 40;  // columns of distances and moments
  bytes += own_sites * (site_bytes + site_imt_bytes * imts);
  if (!p.correlation_model.empty())
    bytes += sites * (2 * sites + 0.5 * own_sites * imts) * sizeof(double);
  if (p.ground_motion_fields && !p.minimum_intensity.empty())
    bytes += own_sites * static_cast<double>(job.tree.realizations.size()) * imts *
             sizeof(field::DroppedSum);
  return bytes + memory_of_reductions(job, own_sites);
}

/// Ranks share all but what each does for itself, and root's writing; where there is any they wait
/// for each other for about a fifth of the time (docs/performance.md).
double wall_seconds(const PlanSeconds& s, int ranks, double imbalance) {
  const double shared = s.fields + s.pack + s.write;
  if (ranks == 1) return s.prepare + s.draw + shared;
  constexpr double meeting_s = 0.04;
  const double waiting = s.write > 0 ? 1.2 : 1.05;
  return meeting_s + s.prepare + s.draw + waiting * std::max(s.write, imbalance * shared / ranks);
}

/// From bounding spheres, with a margin for what their shares of tiles miss.
double most_rows_per_event(const std::vector<site::Tile>& tiles,
                           const std::vector<RuptureEvents>& representatives,
                           const job::Parameters& p) {
  constexpr double margin = 1.5;
  double sites = 0, all = 0;
  for (const site::Tile& tile : tiles) all += static_cast<double>(tile.sites.size());
  for (const RuptureEvents& r : representatives)
    sites += std::min(all, margin * sites_in_reach(tiles, r.rupture, p.maximum_distance));
  return sites / static_cast<double>(representatives.size());
}

/// Times the fields of other ranks, each at its own tiles, while this thread times those at all
/// sites: ranks share the machine, and each looks at every rupture. One a core at most.
std::vector<std::future<FieldSample>> sample_as_other_ranks(
    const job::Job& job, const PlanOptions& options, const EventStream& stream,
    const ModelTable& models, const std::vector<RuptureEvents>& representatives,
    const std::vector<site::Tile>& tiles, const Deal& dealt) {
  const int cores = std::max(2, static_cast<int>(std::thread::hardware_concurrency()));
  std::vector<std::future<FieldSample>> samples;
  for (int rank = 1; rank < std::min(options.ranks, cores); ++rank) {
    std::vector<site::Tile> own;
    for (const std::size_t t : dealt.tiles[static_cast<std::size_t>(rank)]) own.push_back(tiles[t]);
    samples.push_back(std::async(std::launch::async, [&, own = std::move(own)] {
      return sample_fields(job, stream, models, own, representatives,
                           {SampleFor::times, options.calibration_s, options.ranks});
    }));
  }
  return samples;
}

/// How often several ranks deal their tiles anew while they learn what writing costs, as seen on
/// short and long runs; each time a rank prepares its sites and the rupture at hand once more.
double expected_deals(const job::Parameters& p, int ranks, double row_bytes) {
  if (ranks == 1 || !p.correlation_model.empty()) return 0;
  constexpr double first_check = 4, usual = 3;
  const double batches = row_bytes / p.batch_bytes(ranks);
  return batches < first_check ? 0
                               : std::min(usual, 1 + std::floor(std::log2(batches / first_check)));
}

/// Adds what a sample of fields tells. Returns the estimated work of the busiest rank by the mean.
double plan_fields(const job::Job& job, const PlanOptions& options, const EventStream& stream,
                   const ModelTable& models, const std::vector<RuptureEvents>& representatives,
                   Plan& plan) {
  constexpr double shortest_sample_s = 0.02;
  constexpr std::size_t quick_bytes = std::size_t{1} << 20;
  const bool calibrates = options.calibration_s > 0;
  const job::Parameters& p = job.parameters;
  const std::vector<site::Tile> tiles = site::make_tiles(job.sites, p.tile_sites(job.sites.size()));
  const core::RowType row = field::row_type(p.imts);
  if (!calibrates) {
    plan.pairs = plan.events * most_rows_per_event(tiles, representatives, p);
    plan.rows = p.ground_motion_fields ? plan.pairs : 0;
    const double most_bytes = plan.file_bytes + plan.rows * static_cast<double>(row.bytes);
    if (plan.rows == 0 || most_bytes <= options.plenty_bytes) {
      plan.file_bytes = most_bytes;
      return 1;
    }
  }
  constexpr double no_writing = 0;  // it is shared out when it is known
  const Deal dealt = deal(estimate_work(tiles, representatives, p.maximum_distance),
                          static_cast<std::size_t>(options.ranks), no_writing);
  std::vector<std::future<FieldSample>> others;
  if (calibrates)
    others = sample_as_other_ranks(job, options, stream, models, representatives, tiles, dealt);
  const FieldSample sample =
      sample_fields(job, stream, models, tiles, representatives,
                    {calibrates ? SampleFor::times : SampleFor::counts,
                     calibrates ? options.calibration_s : shortest_sample_s, options.ranks});
  plan.pairs = plan.events * sample.pairs_per_event;
  plan.rows = plan.events * sample.rows_per_event;
  plan.sample_events = static_cast<double>(sample.num_events);
  plan.sample_rows = static_cast<double>(sample.num_rows);

  std::span<const std::byte> rows = sample.rows;
  if (!calibrates) rows = rows.first(std::min(rows.size(), quick_bytes / row.bytes * row.bytes));
  if (!rows.empty())
    plan.packed_share = static_cast<double>(store::packed_bytes(rows, row, storage_of(job, 1))) /
                        static_cast<double>(rows.size());
  const double row_bytes = plan.rows * static_cast<double>(row.bytes);
  const double packed_bytes = row_bytes * plan.packed_share;
  plan.file_bytes += packed_bytes;
  if (!calibrates) return 1;

  const double imbalance = *std::ranges::max_element(dealt.work) * options.ranks;
  plan.seconds.prepare += sample.prepare_s;
  double rank_s = others.empty() ? sample.seconds_per_event : 0;  // for an event
  for (std::future<FieldSample>& other : others)
    rank_s += other.get().seconds_per_event / static_cast<double>(others.size());
  plan.seconds.fields = plan.events * rank_s * options.ranks +
                        expected_deals(p, options.ranks, row_bytes) * sample.begin_s;
  if (rows.empty()) return imbalance;
  const WritingSpeed speed = measure_writing(job, options.output, sample);
  // Rows of several ranks are copied into shared memory, and merged into a chunk: both in the
  // cache.
  const double copies = options.ranks > 1 ? 0.3 : 0;
  plan.seconds.pack = row_bytes * (speed.pack_s + copies * speed.copy_s);
  plan.seconds.write = packed_bytes * speed.write_s;
  if (is_worth_waiting_for_disk(wall_seconds(plan.seconds, options.ranks, imbalance)))
    plan.seconds.write = packed_bytes * speed.disk_s;
  return imbalance;
}

}  // namespace

Plan plan(const job::Job& job, const PlanOptions& options) {
  if (job::integrates(job.parameters.mode)) {
    const double taken_bytes = resident_bytes();
    Plan plan = plan_classical(job, options);
    plan.memory_bytes = taken_bytes + plan.more_memory_bytes;
    return plan;
  }
  const bool calibrates = options.calibration_s > 0;
  const double taken_bytes = resident_bytes();
  const Stopwatch preparing;
  const ModelTable models = model_table(job.tree);
  const comm::Communicator alone;
  const auto stream = make_event_stream(options.planners ? *options.planners : alone, job, models);
  const std::vector<RuptureEvents> representatives =
      stream->representatives(calibrates ? 2000 : 500);
  const EventStream::Expected expected = stream->expected();

  Plan plan;
  plan.ruptures = expected.ruptures;
  plan.events = expected.events;
  if (calibrates) plan.seconds.prepare = preparing.seconds();
  const double points = points_per_rupture(representatives);
  plan.more_memory_bytes = more_memory(job, options, points);
  plan.memory_bytes = taken_bytes + plan.more_memory_bytes;
  constexpr double usual_packed_share = 0.25;  // of the tables of California
  DrawingCost drawing{.packed_share = usual_packed_share};
  if (calibrates) drawing = measure_drawing(job, options.output, *stream);
  plan.seconds.draw = drawing.seconds;
  plan.file_bytes = other_bytes(job, plan, points, drawing.packed_share);
  double imbalance = 1;
  if (job.parameters.makes_fields() && !representatives.empty())
    imbalance = plan_fields(job, options, *stream, models, representatives, plan);
  if (!calibrates) return plan;
  plan.seconds.prepare += measure_beginning(job, options.output);
  plan.wall_s = wall_seconds(plan.seconds, options.ranks, imbalance);
  return plan;
}

}  // namespace shakefield::calc
