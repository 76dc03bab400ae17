// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "disaggregation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <optional>

#include "classical_tiles.hpp"
#include "commit_clock.hpp"
#include "disagg_results.hpp"
#include "put_bytes.hpp"
#include "stopwatch.hpp"
#include "work.hpp"

namespace shakefield::calc {
namespace {

/// A run that is killed or asked to stop loses a round at most.
constexpr double longest_round_s = 30;
/// With fewer sites a rank, the shares of the sources are dealt in place of tiles.
constexpr std::size_t few_sites = 4;

template <class T>
void broadcast(const comm::Communicator& comm, std::vector<T>& values) {
  std::vector<std::byte> bytes(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  comm::broadcast(comm, bytes);
  values.resize(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
}

std::vector<std::byte> pack(const std::vector<SiteCells>& cells) {
  std::vector<std::byte> bytes;
  for (const SiteCells& site : cells)
    for (const hazard::SparseBins& table : site.tables) {
      const std::vector<std::uint64_t> keys = table.keys();
      put_counted(bytes, keys);
      for (const std::uint64_t key : keys) put_all(bytes, table.find(key));
    }
  return bytes;
}

/// Adds what pack() made to the cells of the same sites.
void add_packed(std::span<const std::byte> bytes, std::vector<SiteCells>& cells) {
  for (SiteCells& site : cells)
    for (hazard::SparseBins& table : site.tables) {
      std::vector<std::uint64_t> keys;
      bytes = take_counted(bytes, keys);
      std::vector<double> values(table.width());
      for (const std::uint64_t key : keys) {
        std::memcpy(values.data(), bytes.data(), values.size() * sizeof(double));
        bytes = bytes.subspan(values.size() * sizeof(double));
        const std::span<double> to = table.at(key);
        for (std::size_t v = 0; v < values.size(); ++v) to[v] += values[v];
      }
    }
}

class DisaggPhase {
 public:
  DisaggPhase(const comm::Communicator& comm, const job::Job& job, const RunOptions& options,
              store::File* file, const Position& start, RankReport& own)
      : comm_(comm),
        job_(job),
        options_(options),
        file_(file),
        own_(own),
        setup_(job),
        maker_(setup_),
        position_(start),
        clock_(options.commit_interval_s) {}

  void run() {
    const double cpu_before = core::process_cpu_seconds();
    std::optional<DisaggWriter> writer;
    comm::agree(comm_, [&] {
      if (!file_) return;
      kept_ = *read_checkpoint(*file_);  // of the curves, or of an earlier session
      choices_ = choose(*file_, job_, setup_.plan);
      writer.emplace(*file_, job_, setup_.plan, setup_.axes, choices_,
                     position_.bin_sites > 0 ? store::Start::resume : store::Start::anew);
      warn_of_no_levels();
    });
    broadcast(comm_, choices_.levels);
    broadcast(comm_, choices_.realizations);
    for (std::size_t first = first_tile(); first < setup_.tiles.size();) {
      const std::size_t last = end_of_round(first);
      const Stopwatch watch;
      const DisaggRows rows = round(first, last);
      seconds_per_tile_ = watch.seconds() / static_cast<double>(last - first);
      comm::agree(comm_, [&] {
        const auto timing = timers_.scope("write");
        if (writer) writer->write(in_order(rows, first, last));
      });
      for (; first < last; ++first) position_.bin_sites += setup_.tiles[first].sites.size();
      if (first < setup_.tiles.size()) meet(writer);
    }
    comm::agree(comm_, [&] {
      if (writer) writer->finish();
    });
    own_.fields_s += timers_.seconds("bins");
    own_.write_s += timers_.seconds("write");
    own_.commit_s += timers_.seconds("commit");
    own_.busy_s += core::process_cpu_seconds() - cpu_before;
  }

 private:
  std::size_t num_ranks() const { return static_cast<std::size_t>(comm_.size()); }

  void warn_of_no_levels() const {
    const auto none = std::ranges::count(choices_.levels, 0.0);
    if (none > 0 && job_.parameters.disagg.levels.empty())
      options_.log.warning(
          fmt::format("{} of {} levels are not disaggregated (the mean curve begins below the "
                      "probability there), lower the first level or the poe",
                      none, choices_.levels.size()));
  }

  /// The first one that has no bins.
  std::size_t first_tile() const {
    std::size_t tile = 0;
    for (std::size_t sites = 0; sites < position_.bin_sites; ++tile)
      sites += setup_.tiles[tile].sites.size();
    return tile;
  }

  /// Tiles [first, result) whose bins fit into memory and that are made before long, as far as
  /// earlier rounds tell: the first one has a tile a rank.
  std::size_t end_of_round(std::size_t first) const {
    const double bytes = comm::largest(comm_, bytes_per_site_);
    const double seconds = comm::largest(comm_, seconds_per_tile_);
    const double fit = bytes > 0 ? disagg_bins_bytes / (bytes * sites_per_disagg_tile) : 1;
    const double a_rank =
        std::min(fit, longest_round_s / std::max(seconds * static_cast<double>(num_ranks()), 1e-6));
    const double tiles = std::max(std::floor(a_rank), 1.0) * static_cast<double>(num_ranks());
    return tiles < static_cast<double>(setup_.tiles.size() - first)
               ? first + static_cast<std::size_t>(tiles)
               : setup_.tiles.size();
  }

  DisaggRows round(std::size_t first, std::size_t last) {
    std::size_t sites = 0;
    for (std::size_t t = first; t < last; ++t) sites += setup_.tiles[t].sites.size();
    const bool by_shares = num_ranks() > 1 && sites < few_sites * num_ranks();
    DisaggRows own;
    comm::agree(comm_, [&] {
      if (!by_shares) own = dealt_by_tiles(first, last);
    });
    if (by_shares) own = dealt_by_shares(first, last);
    DisaggRows all;
    for (const std::vector<std::byte>& bytes : comm::gather(comm_, own.pack())) all.unpack(bytes);
    return all;
  }

  /// Each rank makes all bins of its own tiles.
  DisaggRows dealt_by_tiles(std::size_t first, std::size_t last) {
    const Deal dealt = deal({setup_.work.begin() + static_cast<std::ptrdiff_t>(first),
                             setup_.work.begin() + static_cast<std::ptrdiff_t>(last)},
                            num_ranks(), 0);
    std::vector<site::Tile> own;
    for (const std::size_t t : dealt.tiles[static_cast<std::size_t>(comm_.rank())])
      own.push_back(setup_.tiles[first + t]);
    if (own.empty()) return {};
    DisaggCells cells = cells_of(own);
    std::vector<SiteCells> sums = empty_cells(cells);
    for (std::size_t s = 0; s < setup_.tree.num_shares(); ++s) {
      const std::vector<SiteCells> share = compute(cells, s);
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i].add(share[i]);
      report(first, last, s + 1);
    }
    own_.pairs += cells.pairs();
    return rows_of(cells, sums);
  }

  /// Each rank makes shares of the bins at all sites; root adds them up in the order of the shares.
  DisaggRows dealt_by_shares(std::size_t first, std::size_t last) {
    std::optional<DisaggCells> cells;
    std::vector<std::vector<std::byte>> own(setup_.tree.num_shares());
    comm::agree(comm_, [&] {
      cells.emplace(cells_of({setup_.tiles.begin() + static_cast<std::ptrdiff_t>(first),
                              setup_.tiles.begin() + static_cast<std::ptrdiff_t>(last)}));
      for (std::size_t s = 0; s < own.size(); ++s) {
        if (s % num_ranks() != static_cast<std::size_t>(comm_.rank())) continue;
        own[s] = pack(compute(*cells, s));
        report(first, last, s + 1);
      }
    });
    own_.pairs += cells->pairs();
    std::vector<SiteCells> sums = empty_cells(*cells);
    for (std::size_t s = 0; s < own.size(); ++s) {
      const auto parts = comm::gather(comm_, own[s]);
      if (comm_.is_root()) add_packed(parts[s % num_ranks()], sums);
    }
    return comm_.is_root() ? rows_of(*cells, sums) : DisaggRows{};
  }

  DisaggCells cells_of(const std::vector<site::Tile>& own) const {
    return {setup_, own, choices_.levels};
  }
  std::vector<SiteCells> empty_cells(const DisaggCells& cells) const {
    return {cells.own_sites().size(), SiteCells(setup_.num_slots(), setup_.axes.eps.size())};
  }
  std::vector<SiteCells> compute(DisaggCells& cells, std::size_t share) {
    const auto timing = timers_.scope("bins");
    return cells.compute(share);
  }

  DisaggRows rows_of(const DisaggCells& cells, const std::vector<SiteCells>& sums) {
    DisaggRows rows;
    double bytes = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const std::uint32_t site = cells.own_sites()[i];
      bytes += static_cast<double>(sums[i].bytes());
      maker_.add(site, sums[i],
                 std::span(choices_.realizations)
                     .subspan(site * setup_.plan.num_realizations, setup_.plan.num_realizations),
                 rows);
    }
    // Twice: the bins of a share stand beside their sums, and rows beside both.
    bytes_per_site_ = std::max(bytes_per_site_, 3 * bytes / static_cast<double>(sums.size()));
    return rows;
  }

  /// Rows of all sites of a round by tile and site, whoever made them.
  DisaggRows in_order(const DisaggRows& rows, std::size_t first, std::size_t last) const {
    const std::size_t cells = setup_.num_slots() * setup_.plan.num_kinds();
    std::map<std::uint32_t, std::size_t> place;
    for (std::size_t i = 0; i < rows.sites.size(); ++i) place[rows.sites[i]] = i;
    DisaggRows ordered;
    for (std::size_t t = first; t < last; ++t)
      ordered.sites.insert(ordered.sites.end(), setup_.tiles[t].sites.begin(),
                           setup_.tiles[t].sites.end());
    for (std::size_t t = 0; t < num_disagg_tables; ++t) {
      if (!setup_.plan.has_table[t]) continue;
      const DisaggRows::Table& from = rows.tables[t];
      DisaggRows::Table& to = ordered.tables[t];
      std::vector<std::uint64_t> begin(rows.sites.size() + 1, 0);  // rows before each site
      for (std::size_t i = 0; i < rows.sites.size(); ++i)
        begin[i + 1] = std::accumulate(
            from.counts.begin() + static_cast<std::ptrdiff_t>(i * cells),
            from.counts.begin() + static_cast<std::ptrdiff_t>((i + 1) * cells), begin[i]);
      const std::size_t row_bytes = begin.back() == 0 ? 0 : from.rows.size() / begin.back();
      for (const std::uint32_t site : ordered.sites) {
        const std::size_t i = place.at(site);
        const auto counts = std::span(from.counts).subspan(i * cells, cells);
        const auto bytes = std::span(from.rows).subspan(begin[i] * row_bytes,
                                                        (begin[i + 1] - begin[i]) * row_bytes);
        to.counts.insert(to.counts.end(), counts.begin(), counts.end());
        to.rows.insert(to.rows.end(), bytes.begin(), bytes.end());
      }
    }
    return ordered;
  }

  void report(std::size_t first, std::size_t last, std::size_t shares) const {
    if (!comm_.is_root()) return;
    const double share =
        static_cast<double>(shares) / static_cast<double>(setup_.tree.num_shares());
    const double tiles = static_cast<double>(first) + share * static_cast<double>(last - first);
    options_.progress.report({"disaggregation", tiles / static_cast<double>(setup_.tiles.size()), 1,
                              "sources and sites"});
  }

  /// Between rounds: commits when it is time, and when a rank was asked to stop.
  void meet(std::optional<DisaggWriter>& writer) {
    position_.num_sites = position_.sites = job_.sites.size();
    position_.round_sites = position_.shares = 0;
    const double share =
        static_cast<double>(position_.bin_sites) / static_cast<double>(position_.num_sites);
    position_.fraction = curves_share + (1 - curves_share) * share;
    const bool must_stop = comm::largest(comm_, options_.must_stop() ? 1.0 : 0.0) > 0;
    comm::agree(comm_, [&] {
      if (!file_ || !(must_stop || clock_.is_due(file_->held_bytes()))) return;
      const auto timing = timers_.scope("commit");
      clock_.begin();
      writer->checkpoint();
      Checkpoint checkpoint = kept_;
      checkpoint.position = position_;
      checkpoint.position.elapsed_s = kept_.position.elapsed_s + since_start_.seconds();
      commit_checkpoint(*file_, checkpoint);
      clock_.end();
    });
    if (must_stop)
      throw comm::AgreedError(stopped_by_signal(position_, job_.path, options_.output));
  }

  const comm::Communicator& comm_;
  const job::Job& job_;
  const RunOptions& options_;
  store::File* file_;
  RankReport& own_;
  DisaggSetup setup_;
  DisaggRowMaker maker_;
  DisaggChoices choices_;        ///< poes on root only
  double bytes_per_site_ = 0;    ///< largest of this rank's rounds
  double seconds_per_tile_ = 0;  ///< of the last round, all ranks at work
  Position position_;            ///< behind the last round
  Checkpoint kept_;              ///< root only: what the file had when the bins began
  CommitClock clock_;
  Stopwatch since_start_;
  core::Timers timers_;
};

}  // namespace

void run_disaggregation(const comm::Communicator& comm, const job::Job& job,
                        const RunOptions& options, store::File* file, const Position& start,
                        RankReport& own) {
  std::optional<DisaggPhase> phase;
  comm::agree(comm, [&] { phase.emplace(comm, job, options, file, start, own); });
  phase->run();
}

}  // namespace shakefield::calc
