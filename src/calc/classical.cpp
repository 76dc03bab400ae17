// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "classical.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <optional>

#include "classical_rates.hpp"
#include "hazard_results.hpp"
#include "outside_ranges.hpp"
#include "work.hpp"

namespace shakefield::calc {
namespace {

/// Sums of a rank, and results of all ranks on root, take about this much memory.
constexpr double sums_bytes = 512.0 * 1048576, results_bytes = 256.0 * 1048576;
/// With fewer sites a rank, the shares of the sources are dealt in place of tiles.
constexpr std::size_t few_sites = 16;
/// Tiles a rank, so that they can be dealt evenly.
constexpr std::size_t tiles_per_rank = 16;
constexpr std::size_t num_representatives = 400;

/// Ruptures that stand each for the same share of the enumeration.
std::vector<RuptureEvents> representatives(const HazardTree& tree) {
  std::vector<RuptureEvents> picked;
  const double step = static_cast<double>(tree.num_ruptures) / num_representatives;
  double ruptures_before = 0;
  for (const HazardUnit& unit : tree.units) {
    const auto& sources = tree.items[unit.item].sources;
    const auto count = static_cast<double>(unit.last - unit.first);
    while (picked.size() < num_representatives &&
           (static_cast<double>(picked.size()) + 0.5) * step < ruptures_before + count) {
      auto index =
          unit.first + static_cast<std::size_t>((static_cast<double>(picked.size()) + 0.5) * step -
                                                ruptures_before);
      std::size_t s = 0;
      while (index >= sources[s]->num_ruptures()) index -= sources[s++]->num_ruptures();
      picked.emplace_back().rupture = sources[s]->rupture(index);
    }
    ruptures_before += count;
  }
  return picked;
}

std::vector<std::byte> pack(const ShareRates& share) {
  const std::uint64_t columns = share.columns.size();
  std::vector<std::byte> bytes;
  for (const auto part :
       {std::as_bytes(std::span(&columns, 1)), std::as_bytes(std::span(share.columns)),
        std::as_bytes(std::span(share.rates))})
    bytes.insert(bytes.end(), part.begin(), part.end());
  return bytes;
}

ShareRates unpack_share(std::span<const std::byte> bytes) {
  std::uint64_t columns = 0;
  std::memcpy(&columns, bytes.data(), sizeof(columns));
  bytes = bytes.subspan(sizeof(columns));
  ShareRates share;
  share.columns.resize(columns);
  std::memcpy(share.columns.data(), bytes.data(), columns * sizeof(std::uint32_t));
  bytes = bytes.subspan(columns * sizeof(std::uint32_t));
  share.rates.resize(bytes.size() / sizeof(double));
  std::memcpy(share.rates.data(), bytes.data(), bytes.size());
  return share;
}

class ClassicalPhase {
 public:
  ClassicalPhase(const comm::Communicator& comm, const job::Job& job, const RunOptions& options,
                 store::File* file)
      : comm_(comm),
        job_(job),
        options_(options),
        file_(file),
        table_(model_table(job.tree)),
        models_(table_, job.parameters.imts),
        tree_(make_hazard_tree(job, table_)),
        exceedance_(job.parameters.imts, job.parameters.levels, job.parameters.truncation_within),
        rows_(job, tree_.combination, exceedance_.stride()) {
    const std::size_t ranks = num_ranks(), sites = job.sites.size();
    tiles_ = site::make_tiles(
        job.sites, job.share ? std::max<std::size_t>(sites / (ranks * tiles_per_rank), 1)
                             : std::clamp<std::size_t>(
                                   sites / (ranks * tiles_per_rank), 8,
                                   std::max<std::size_t>(job.parameters.tile_size, 8)));
    if (job.share)
      share_tiles();
    else
      work_ = estimate_work(tiles_, representatives(tree_), job.parameters.maximum_distance);
    summary_.ruptures = tree_.num_ruptures;
    summary_.work.assign(ranks, 0.0);
    for (const auto& model : models_.all) outside_.push_back({.model = &model->info()});
  }

  ClassicalSummary run() {
    const double cpu_before = core::process_cpu_seconds();
    std::optional<HazardWriter> writer;
    comm::agree(comm_, [&] {
      if (file_) writer.emplace(*file_, job_);
    });
    for (std::size_t first = 0; first < tiles_.size();) {
      const std::size_t last = end_of_round(first);
      const HazardRows rows = round(first, last);
      comm::agree(comm_, [&] {
        const auto timing = timers_.scope("write");
        if (writer) writer->write(rows);
      });
      first = last;
    }
    report_outside();
    fill_report(cpu_before);
    return std::move(summary_);
  }

 private:
  std::size_t num_ranks() const { return static_cast<std::size_t>(comm_.size()); }

  /// Where each rank has the sources of its own sites only, it is given these, which were dealt by
  /// work already.
  void share_tiles() {
    const std::vector<std::size_t>& begin = job_.share->site_begin;
    std::size_t sites = 0;
    for (const site::Tile& tile : tiles_) {
      const auto rank =
          static_cast<std::size_t>(std::ranges::upper_bound(begin, sites) - begin.begin()) - 1;
      owner_.push_back(rank);
      work_.push_back(static_cast<double>(tile.sites.size()) /
                      static_cast<double>(num_ranks() * (begin[rank + 1] - begin[rank])));
      sites += tile.sites.size();
    }
  }

  Deal deal_round(std::size_t first, std::size_t last) const {
    const std::vector<double> work(work_.begin() + static_cast<std::ptrdiff_t>(first),
                                   work_.begin() + static_cast<std::ptrdiff_t>(last));
    if (owner_.empty()) return deal(work, num_ranks(), 0);
    const double total = std::accumulate(work.begin(), work.end(), 0.0);
    Deal dealt{std::vector<std::vector<std::size_t>>(num_ranks()),
               std::vector<double>(num_ranks(), 0.0)};
    for (std::size_t t = 0; t < work.size(); ++t) {
      dealt.tiles[owner_[first + t]].push_back(t);
      dealt.work[owner_[first + t]] += work[t] / total;
    }
    return dealt;
  }

  /// Tiles [first, result) whose sums fit into the memory of the ranks.
  std::size_t end_of_round(std::size_t first) const {
    const double ranks = static_cast<double>(num_ranks());
    const double site_sums = 2.0 * sizeof(double) * static_cast<double>(exceedance_.values()) *
                             static_cast<double>(tree_.num_columns);
    const double most = std::min(ranks * sums_bytes / site_sums,
                                 results_bytes / static_cast<double>(rows_.bytes_per_site()));
    std::size_t last = first + 1;
    for (auto sites = static_cast<double>(tiles_[first].sites.size()); last < tiles_.size(); ++last)
      if ((sites += static_cast<double>(tiles_[last].sites.size())) > most) break;
    return last;
  }

  std::vector<site::Tile> tiles_of(const std::vector<std::size_t>& numbers,
                                   std::size_t first) const {
    std::vector<site::Tile> own;
    own.reserve(numbers.size());
    for (const std::size_t t : numbers) own.push_back(tiles_[first + t]);
    return own;
  }

  /// Results of some tiles, on root.
  HazardRows round(std::size_t first, std::size_t last) {
    std::size_t sites = 0;
    for (std::size_t t = first; t < last; ++t) sites += tiles_[t].sites.size();
    const bool by_shares = num_ranks() > 1 && owner_.empty() && sites < few_sites * num_ranks();
    HazardRows own;
    comm::agree(comm_, [&] {
      if (!by_shares) own = dealt_by_tiles(first, last);
    });
    if (by_shares) own = dealt_by_shares(first, last);
    HazardRows all;
    for (const std::vector<std::byte>& bytes : comm::gather(comm_, own.pack())) all.unpack(bytes);
    return all;
  }

  /// Each rank makes the curves of its own tiles.
  HazardRows dealt_by_tiles(std::size_t first, std::size_t last) {
    const Deal dealt = deal_round(first, last);
    const auto rank = static_cast<std::size_t>(comm_.rank());
    const double of_round = std::accumulate(work_.begin() + static_cast<std::ptrdiff_t>(first),
                                            work_.begin() + static_cast<std::ptrdiff_t>(last), 0.0);
    for (std::size_t r = 0; r < num_ranks(); ++r) summary_.work[r] += of_round * dealt.work[r];
    const std::vector<site::Tile> own = tiles_of(dealt.tiles[rank], first);
    if (own.empty()) return {};
    ClassicalRates rates(job_, tree_, models_, own);
    Sums sums(*this, rates);
    for (std::size_t s = 0; s < tree_.num_shares(); ++s) {
      sums.add(compute(rates, s));
      report(first, last, s + 1);
    }
    count(rates);
    return sums.finish();
  }

  /// Each rank makes shares of the sums at all sites; root adds them up in the order of the shares.
  HazardRows dealt_by_shares(std::size_t first, std::size_t last) {
    std::vector<std::size_t> numbers(last - first);
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    std::optional<ClassicalRates> rates;
    std::vector<std::vector<std::byte>> own(tree_.num_shares());
    comm::agree(comm_, [&] {
      rates.emplace(job_, tree_, models_, tiles_of(numbers, first));
      for (std::size_t s = 0; s < own.size(); ++s) {
        if (s % num_ranks() != static_cast<std::size_t>(comm_.rank())) continue;
        own[s] = pack(compute(*rates, s));
        report(first, last, s + 1);
      }
    });
    for (double& work : summary_.work) work = 1 / static_cast<double>(num_ranks());
    count(*rates);
    Sums sums(*this, *rates);
    for (std::size_t s = 0; s < own.size(); ++s) {
      const auto parts = comm::gather(comm_, own[s]);
      if (comm_.is_root()) sums.add(unpack_share(parts[s % num_ranks()]));
    }
    return comm_.is_root() ? sums.finish() : HazardRows{};
  }

  ShareRates compute(ClassicalRates& rates, std::size_t share) {
    const auto timing = timers_.scope("rates");
    return rates.compute(share);
  }

  /// Sums over shares at the sites of one ClassicalRates.
  class Sums {
   public:
    Sums(ClassicalPhase& phase, const ClassicalRates& rates)
        : phase_(phase),
          rates_(rates),
          column_size_(rates.own_sites().size() * phase.exceedance_.values()) {}

    void add(const ShareRates& share) {
      if (sums_.empty()) sums_.assign(phase_.tree_.num_columns * column_size_, 0.0);
      for (std::size_t c = 0; c < share.columns.size(); ++c) {
        const double* const from = &share.rates[c * column_size_];
        double* const to = &sums_[share.columns[c] * column_size_];
        for (std::size_t v = 0; v < column_size_; ++v) to[v] += from[v];
      }
    }

    HazardRows finish() const {
      const auto timing = phase_.timers_.scope("curves");
      HazardRows rows;
      const std::size_t values = phase_.exceedance_.values();
      for (std::size_t i = 0; i < rates_.own_sites().size(); ++i)
        phase_.rows_.add(rates_.own_sites()[i], std::span(sums_).subspan(i * values), column_size_,
                         rows);
      return rows;
    }

   private:
    ClassicalPhase& phase_;
    const ClassicalRates& rates_;
    std::size_t column_size_;
    std::vector<double> sums_;  ///< [columns][own sites][M][levels]
  };

  void report(std::size_t first, std::size_t last, std::size_t shares) const {
    if (!comm_.is_root()) return;
    const double share = static_cast<double>(shares) / static_cast<double>(tree_.num_shares());
    const double tiles = static_cast<double>(first) + share * static_cast<double>(last - first);
    options_.progress.report(
        {"hazard curves", tiles / static_cast<double>(tiles_.size()), 1, "sources and sites"});
  }

  void count(const ClassicalRates& rates) {
    summary_.own.pairs += rates.pairs();
    for (std::size_t m = 0; m < outside_.size(); ++m) {
      const field::OutsideCounts& more = rates.outside()[m];
      outside_[m].pairs += more.pairs;
      outside_[m].mag += more.mag;
      outside_[m].distance += more.distance;
      outside_[m].vs30 += more.vs30;
    }
  }

  void report_outside() {
    const auto outside = sum_over_ranks(comm_, outside_);
    if (comm_.is_root()) say_outside(outside, options_.log);
    comm::agree(comm_, [&] {
      if (file_ && !outside.empty()) write_outside(*file_, outside);
    });
  }

  void fill_report(double cpu_before) {
    RankReport& own = summary_.own;
    own.values = own.pairs * job_.parameters.imts.size();
    own.estimated_work = summary_.work[static_cast<std::size_t>(comm_.rank())];
    own.fields_s = timers_.seconds("rates") + timers_.seconds("curves");
    own.write_s = timers_.seconds("write");
    own.busy_s = core::process_cpu_seconds() - cpu_before;
  }

  const comm::Communicator& comm_;
  const job::Job& job_;
  const RunOptions& options_;
  store::File* file_;
  ModelTable table_;
  ClassicalModels models_;
  HazardTree tree_;
  hazard::Exceedance exceedance_;
  HazardRowMaker rows_;
  std::vector<site::Tile> tiles_;
  std::vector<double> work_;                   ///< [tiles] estimated; sums to 1
  std::vector<std::size_t> owner_;             ///< [tiles] rank; empty: tiles are dealt
  std::vector<field::OutsideCounts> outside_;  ///< [ClassicalModels::all]
  core::Timers timers_;
  ClassicalSummary summary_;
};

}  // namespace

ClassicalSummary run_classical(const comm::Communicator& comm, const job::Job& job,
                               const RunOptions& options, store::File* file) {
  std::optional<ClassicalPhase> phase;
  comm::agree(comm, [&] { phase.emplace(comm, job, options, file); });
  return phase->run();
}

}  // namespace shakefield::calc
