// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "classical.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "classical_rates.hpp"
#include "classical_tiles.hpp"
#include "commit_clock.hpp"
#include "hazard_results.hpp"
#include "outside_ranges.hpp"
#include "put_bytes.hpp"
#include "rate_sums.hpp"
#include "stopwatch.hpp"
#include "work.hpp"

namespace shakefield::calc {
namespace {

constexpr double mib = 1048576;
/// Sums of all ranks up to this size are kept in commits: root holds them for a moment.
constexpr double kept_bytes = 256 * mib;
/// With fewer sites a rank, the shares of the sources are dealt in place of tiles.
constexpr std::size_t few_sites = 16;

std::vector<std::byte> pack(const ShareRates& share) {
  std::vector<std::byte> bytes;
  put_counted(bytes, share.columns);
  put_counted(bytes, share.rates);
  return bytes;
}

ShareRates unpack_share(std::span<const std::byte> bytes) {
  ShareRates share;
  take_counted(take_counted(bytes, share.columns), share.rates);
  return share;
}

class ClassicalPhase {
 public:
  ClassicalPhase(const comm::Communicator& comm, const job::Job& job, const RunOptions& options,
                 store::File* file, const Checkpoint& start)
      : comm_(comm),
        job_(job),
        options_(options),
        file_(file),
        start_(start.position),
        table_(model_table(job.tree)),
        models_(table_, job.parameters.imts),
        tree_(make_hazard_tree(job, table_)),
        exceedance_(job.parameters.imts, job.parameters.levels, job.parameters.truncation_within),
        rows_(job, tree_.combination, exceedance_.stride()),
        done_sites_(start_.sites),
        clock_(options.commit_interval_s) {
    tiles_ = classical_tiles(job, num_ranks(), {start_.sites, start_.sites + start_.round_sites});
    if (job.share && job.share->is_by_sites())
      share_tiles();
    else if (job.share)  // no rank knows all sources: all sites count the same
      for (const site::Tile& tile : tiles_)
        work_.push_back(static_cast<double>(tile.sites.size()) /
                        static_cast<double>(job.sites.size()));
    else
      work_ = estimate_work(tiles_, representatives_of(tree_), job.parameters.maximum_distance);
    summary_.ruptures = tree_.num_ruptures;
    summary_.work.assign(num_ranks(), 0.0);
    for (const auto& model : models_.all) outside_.push_back({.model = &model->info()});
    if (comm.is_root()) {  // what earlier sessions counted
      for (const field::FieldCounts& counts : start.counts) pairs_ += counts.pairs;
      add(outside_, start.outside);
    }
  }

  ClassicalSummary run() {
    const double cpu_before = core::process_cpu_seconds();
    const bool resumes = start_.sessions > 1;
    std::optional<HazardWriter> writer;
    comm::agree(comm_, [&] {
      const store::Start how = resumes ? store::Start::resume : store::Start::anew;
      if (file_) writer.emplace(*file_, job_, how);
    });
    if (!resumes) commit(nullptr);  // so that there is something to go on with from now on
    for (std::size_t first = first_tile(); first < tiles_.size();) {
      const std::size_t last = end_of_round(first);
      const HazardRows rows = round(first, last);
      comm::agree(comm_, [&] {
        const auto timing = timers_.scope("write");
        if (file_) remove_rates_so_far(*file_);
        if (writer) writer->write(rows);
      });
      done_sites_ += sites_of(first, last);
      first = last;
      if (first < tiles_.size()) meet(nullptr);
    }
    const bool bins_follow = job_.parameters.mode == job::Mode::disaggregation;
    if (bins_follow && start_.sites < done_sites_) commit(nullptr);
    report_outside();
    fill_report(cpu_before);
    return std::move(summary_);
  }

 private:
  /// The sites at work: rates of this rank's own sites, or of its own shares at all sites.
  struct Round {
    std::size_t first, last;  ///< tiles
    bool by_shares;
    std::size_t shares = 0;                    ///< that the sums run over
    std::optional<ClassicalRates> rates = {};  ///< none on ranks without sites
    std::optional<RateSums> sums = {};         ///< if by shares, of sites on root only
  };

  std::size_t num_ranks() const { return static_cast<std::size_t>(comm_.size()); }

  std::size_t sites_of(std::size_t first, std::size_t last) const {
    std::size_t sites = 0;
    for (std::size_t t = first; t < last; ++t) sites += tiles_[t].sites.size();
    return sites;
  }

  double work_of(std::size_t first, std::size_t last) const {
    return std::accumulate(work_.begin() + static_cast<std::ptrdiff_t>(first),
                           work_.begin() + static_cast<std::ptrdiff_t>(last), 0.0);
  }

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
    const double total = work_of(first, last);
    Deal dealt{std::vector<std::vector<std::size_t>>(num_ranks()),
               std::vector<double>(num_ranks(), 0.0)};
    for (std::size_t t = 0; t < work.size(); ++t) {
      dealt.tiles[owner_[first + t]].push_back(t);
      dealt.work[owner_[first + t]] += work[t] / total;
    }
    return dealt;
  }

  /// The first one that has no results.
  std::size_t first_tile() const {
    std::size_t tile = 0;
    for (std::size_t sites = 0; sites < start_.sites; ++tile) sites += tiles_[tile].sites.size();
    return tile;
  }

  /// Whether an earlier session was at the round that is next.
  bool goes_on_with_round() const {
    return owner_.empty() && start_.round_sites > 0 && done_sites_ == start_.sites;
  }

  /// Tiles [first, result) whose sums fit into the memory of the ranks; those that an earlier
  /// session was at.
  std::size_t end_of_round(std::size_t first) const {
    const double ranks = static_cast<double>(num_ranks());
    const double most =
        goes_on_with_round()
            ? static_cast<double>(start_.round_sites)
            : std::min(ranks * options_.sums_mib * mib / (2 * site_bytes()),
                       largest_round_bytes / static_cast<double>(rows_.bytes_per_site()));
    std::size_t last = first + 1;
    for (auto sites = static_cast<double>(tiles_[first].sites.size()); last < tiles_.size(); ++last)
      if ((sites += static_cast<double>(tiles_[last].sites.size())) > most) break;
    return last;
  }

  /// Of the sums at one site.
  double site_bytes() const {
    return sizeof(double) * static_cast<double>(exceedance_.values()) *
           static_cast<double>(tree_.num_columns);
  }

  /// Results of some tiles, on root.
  HazardRows round(std::size_t first, std::size_t last) {
    Round round{.first = first,
                .last = last,
                .by_shares = num_ranks() > 1 && owner_.empty() &&
                             sites_of(first, last) < few_sites * num_ranks()};
    comm::agree(comm_, [&] { begin(round); });
    if (goes_on_with_round()) {
      read_rates_so_far(comm_, file_, *round.sums);
      round.shares = start_.shares;
    }
    // Ranks with sources of their own have shares of their own: they meet behind the round only.
    stretch_ = owner_.empty() ? 1 : tree_.num_shares();
    for (watch_ = {}; round.shares < tree_.num_shares();) {
      const std::size_t end = std::min(round.shares + stretch_, tree_.num_shares());
      add_shares(round, end);
      if (round.shares < tree_.num_shares()) meet(&round);
    }
    if (round.rates) count(*round.rates);
    HazardRows own;
    comm::agree(comm_, [&] { own = finish(round); });
    HazardRows all;
    for (const std::vector<std::byte>& bytes : comm::gather(comm_, own.pack())) all.unpack(bytes);
    return all;
  }

  /// Deals the tiles or the shares of a round.
  void begin(Round& round) {
    const auto rank = static_cast<std::size_t>(comm_.rank());
    const double of_round = work_of(round.first, round.last);
    std::vector<site::Tile> own;
    if (round.by_shares) {
      own.assign(tiles_.begin() + static_cast<std::ptrdiff_t>(round.first),
                 tiles_.begin() + static_cast<std::ptrdiff_t>(round.last));
      for (double& work : summary_.work) work += of_round / static_cast<double>(num_ranks());
    } else {
      const Deal dealt = deal_round(round.first, round.last);
      for (std::size_t r = 0; r < num_ranks(); ++r) summary_.work[r] += of_round * dealt.work[r];
      for (const std::size_t t : dealt.tiles[rank]) own.push_back(tiles_[round.first + t]);
    }
    if (!own.empty()) round.rates.emplace(job_, tree_, models_, own);
    std::vector<std::uint32_t> sites;
    if (round.rates && (!round.by_shares || comm_.is_root())) sites = round.rates->own_sites();
    round.sums.emplace(std::move(sites), tree_.num_columns, exceedance_.values());
  }

  /// Adds the shares up to `end` to the sums, in their order.
  void add_shares(Round& round, std::size_t end) {
    std::vector<std::vector<std::byte>> own(end);
    comm::agree(comm_, [&] {
      for (std::size_t s = round.shares; s < end; ++s) {
        if (!round.by_shares) {
          if (round.rates) round.sums->add(compute(*round.rates, s));
        } else if (s % num_ranks() == static_cast<std::size_t>(comm_.rank())) {
          own[s] = pack(compute(*round.rates, s));
        }
        report(round, s + 1);
      }
    });
    for (; round.shares < end; ++round.shares) {
      if (!round.by_shares) continue;
      const auto parts = comm::gather(comm_, own[round.shares]);
      if (comm_.is_root()) round.sums->add(unpack_share(parts[round.shares % num_ranks()]));
    }
  }

  ShareRates compute(ClassicalRates& rates, std::size_t share) {
    const auto timing = timers_.scope("rates");
    return rates.compute(share);
  }

  /// Curves of the sums that this rank has.
  HazardRows finish(const Round& round) {
    const auto timing = timers_.scope("curves");
    HazardRows rows;
    const RateSums& sums = *round.sums;
    for (std::size_t i = 0; i < sums.sites().size(); ++i)
      rows_.add(sums.sites()[i], sums.of_site(i), sums.column_stride(), rows);
    return rows;
  }

  /// Ranks meet when the next commit is due, as far as root can foresee it: between two meetings
  /// nobody waits for anybody. `round`: the one at work, null between rounds.
  void meet(const Round* round) {
    const double stretch_s = watch_.seconds();
    clock_.begin();
    const bool must_stop = comm::largest(comm_, options_.must_stop() ? 1.0 : 0.0) > 0;
    std::uint64_t is_due = must_stop || (file_ && clock_.is_due(file_->held_bytes()));
    comm::broadcast(comm_, is_due);
    if (is_due) commit(round);
    if (must_stop)
      throw comm::AgreedError(stopped_by_signal(position(round), job_.path, options_.output));
    std::uint64_t next = 1;
    if (clock_.seconds_left() > 0)
      next = static_cast<std::uint64_t>(clock_.seconds_left() * static_cast<double>(stretch_) /
                                        std::max(stretch_s, 1e-6)) +
             1;
    comm::broadcast(comm_, next);
    stretch_ = std::min<std::size_t>(next, tree_.num_shares());
    watch_ = {};
  }

  /// Large sums are not kept: a run that is killed begins their round again.
  bool keeps_sums(const Round* round) const {
    return round &&
           static_cast<double>(sites_of(round->first, round->last)) * site_bytes() <= kept_bytes;
  }

  Position position(const Round* round) const {
    Position p = start_;
    std::size_t tile = 0;
    for (std::size_t sites = 0; sites < done_sites_; ++tile) sites += tiles_[tile].sites.size();
    p.num_sites = job_.sites.size();
    p.sites = done_sites_;
    p.round_sites = p.shares = 0;
    p.fraction = work_of(0, tile);
    if (keeps_sums(round)) {
      p.round_sites = sites_of(round->first, round->last);
      p.shares = round->shares;
      p.fraction += work_of(round->first, round->last) * static_cast<double>(p.shares) /
                    static_cast<double>(tree_.num_shares());
    }
    if (job_.parameters.mode == job::Mode::disaggregation) p.fraction *= curves_share;
    p.elapsed_s += since_start_.seconds();
    return p;
  }

  /// Brings all that was made so far into the file, and what is needed to go on behind it.
  void commit(const Round* round) {
    const auto timing = timers_.scope("commit");
    if (keeps_sums(round)) write_rates_so_far(comm_, file_, *round->sums);
    field::FieldCounts own;
    own.pairs = pairs_;
    std::vector<field::OutsideCounts> outside = outside_;
    if (keeps_sums(round) && round->rates) {
      own.pairs += round->rates->pairs();
      add(outside, round->rates->outside());
    }
    own.values = own.pairs * job_.parameters.imts.size();
    const Checkpoint checkpoint{position(round), counts_of_ranks(comm_, own),
                                sum_over_ranks(comm_, std::move(outside))};
    comm::agree(comm_, [&] {
      if (!file_) return;
      commit_checkpoint(*file_, checkpoint);
    });
    clock_.end();
  }

  void report(const Round& round, std::size_t shares) const {
    if (!comm_.is_root()) return;
    const double share = static_cast<double>(shares) / static_cast<double>(tree_.num_shares());
    options_.progress.report({"hazard curves",
                              work_of(0, round.first) + share * work_of(round.first, round.last), 1,
                              "sources and sites"});
  }

  void count(const ClassicalRates& rates) {
    pairs_ += rates.pairs();
    add(outside_, rates.outside());
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
    own.pairs = pairs_;
    own.values = own.pairs * job_.parameters.imts.size();
    own.estimated_work = summary_.work[static_cast<std::size_t>(comm_.rank())];
    own.fields_s = timers_.seconds("rates") + timers_.seconds("curves");
    own.write_s = timers_.seconds("write");
    own.commit_s = timers_.seconds("commit");
    own.busy_s = core::process_cpu_seconds() - cpu_before;
  }

  const comm::Communicator& comm_;
  const job::Job& job_;
  const RunOptions& options_;
  store::File* file_;
  Position start_;
  ModelTable table_;
  ClassicalModels models_;
  HazardTree tree_;
  hazard::Exceedance exceedance_;
  HazardRowMaker rows_;
  std::vector<site::Tile> tiles_;
  std::vector<double> work_;        ///< [tiles] estimated; sums to 1
  std::vector<std::size_t> owner_;  ///< [tiles] rank; empty: tiles are dealt
  std::size_t done_sites_;          ///< that have their results
  std::uint64_t pairs_ = 0;
  std::vector<field::OutsideCounts> outside_;  ///< [ClassicalModels::all]
  CommitClock clock_;
  std::size_t stretch_ = 1;        ///< shares until the ranks meet
  Stopwatch watch_, since_start_;  ///< since they met; of this session
  core::Timers timers_;
  ClassicalSummary summary_;
};

}  // namespace

ClassicalSummary run_classical(const comm::Communicator& comm, const job::Job& job,
                               const RunOptions& options, store::File* file,
                               const Checkpoint& start) {
  std::optional<ClassicalPhase> phase;
  comm::agree(comm, [&] { phase.emplace(comm, job, options, file, start); });
  return phase->run();
}

}  // namespace shakefield::calc
