// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// The single writer under mpirun, fed by a null generator: rows that were made before the clock
// starts. `write` goes through the sink into /gmf_data/table; `write_raw` sends the same bytes from
// the same ranks in blocks of the same size, and root write()s them as they come. The product's aim
// is write >= 80 % of write_raw. `discard` merges without a file; `merge` is the merge alone, on
// one rank. Files stand in the system's temporary folder (TMPDIR).
//
// Google Benchmark runs on root only; the other ranks do what root orders, so that numbers of
// iterations need no agreement.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <system_error>
#include <vector>

#include "benchmark_program.hpp"
#include "packing_plan.hpp"
#include "row_merger.hpp"
#include "scratch_folder.hpp"
#include "shakefield/comm/stream.hpp"
#include "shakefield/core/timer.hpp"
#include "shakefield/store/gmf_sink.hpp"

namespace shakefield::store {
namespace {

constexpr std::uint32_t num_sites = 32768;
constexpr std::uint64_t batch_events = 8;  ///< 5 MB of rows, as in a run
constexpr int raw_tag = 100;
constexpr std::size_t block_bytes = std::size_t{1} << 20;
constexpr std::size_t blocks_per_rank = 2;
constexpr std::size_t batches_under_way = 2;

core::RowType row_type() {
  core::RowType row;
  row.add("site", core::Scalar::u32).add("event", core::Scalar::u32);
  for (const char* imt : {"PGA", "SA(0.3)", "SA(1.0)"}) row.add(imt, core::Scalar::f32, "g");
  return row;
}
const std::size_t row_bytes = row_type().bytes;

enum class Work : std::uint64_t { stop, write, write_raw, discard };

/// What all ranks are to do: rows of `events` events, batch_events at a time. Sites are dealt in
/// turn to the ranks that make rows, `run` neighbours at a time (a tile of 256 sites of a regular
/// grid is about 16 wide; a list of sites may interleave one by one). `root` = 1: root makes rows,
/// too.
struct Order {
  Work work = Work::stop;
  std::uint64_t root = 1, run = 1, events = 0;

  bool same_rows(const Order& other) const {
    return root == other.root && run == other.run && events == other.events;
  }
};

/// Number among `makers` of the one that makes the rows of a site; run 0: as good as at random.
std::size_t maker_of(std::uint32_t site, std::size_t run, std::size_t makers) {
  if (run == 0) return (site * 2654435761u >> 16) % makers;
  return site / run % makers;
}

/// Rows of `events` events at the sites of one maker.
GmfBatch make_rows(std::uint32_t events, std::size_t run, std::size_t maker, std::size_t makers) {
  GmfBatch batch;
  for (std::uint32_t event = 0; event < events; ++event) {
    std::uint32_t count = 0;
    for (std::uint32_t site = 0; site < num_sites; ++site) {
      if (maker_of(site, run, makers) != maker) continue;
      const struct {
        std::uint32_t site, event;
        float values[3];
      } row{site, event, {0.1f, 0.2f, 0.3f}};
      const auto bytes = std::as_bytes(std::span(&row, 1));
      batch.rows.insert(batch.rows.end(), bytes.begin(), bytes.end());
      ++count;
    }
    batch.rows_per_event.push_back(count);
  }
  return batch;
}

/// Rows of one event and maker at the sites before `site`.
std::size_t rows_before(std::uint32_t site, std::size_t run, std::size_t maker,
                        std::size_t makers) {
  std::size_t rows = 0;
  for (std::uint32_t s = 0; s < site; ++s) rows += maker_of(s, run, makers) == maker;
  return rows;
}

void write_all(int file, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0) throw std::system_error(errno, std::generic_category(), "write");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

/// One rank's part of the benchmarks of the writer.
class Rank {
 public:
  explicit Rank(const comm::Communicator& world) : world_(world) {}

  /// Does what root orders. Returns the seconds that it took (root: from the meeting of all ranks
  /// to the closed file). Collective.
  double run(const Order& order) {
    prepare(order);
    comm::barrier(world_);
    const auto start = std::chrono::steady_clock::now();
    const double cpu_before = core::process_cpu_seconds();
    if (order.work == Work::write_raw) {
      write_raw();
    } else {
      write(order.work == Work::write);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    cpu_s_ = core::process_cpu_seconds() - cpu_before;
    all_cpu_s_ = comm::sum(world_, cpu_s_);
    std::filesystem::remove(path_);
    return seconds.count();
  }

  GmfSink::Cost cost() const {
    return sink_ ? sink_->cost() : GmfSink::Cost{};
  }                                                ///< of the last run
  double cpu_s() const { return cpu_s_; }          ///< of this rank, in the last run
  double all_cpu_s() const { return all_cpu_s_; }  ///< of all ranks
  std::size_t bytes_of_run() const { return bytes_of_run_; }

 private:
  /// Makes the rows of the order, unless they are at hand from the last one.
  void prepare(const Order& order) {
    const auto rank = static_cast<std::size_t>(world_.rank());
    const std::size_t idle = order.root ? 0 : 1;  // ranks that make nothing
    const std::size_t makers = static_cast<std::size_t>(world_.size()) - idle;
    if (!order.same_rows(rows_at_hand_)) {
      const std::size_t num_batches = order.events / batch_events;
      // An idle rank asks for the rows of a maker that does not exist.
      batch_ = make_rows(batch_events, order.run, rank < idle ? makers : rank - idle, makers);
      batches_.assign(num_batches, batch_);
      const std::vector<std::uint64_t> bytes =
          comm::all_gather(world_, std::uint64_t{batch_.rows.size()});
      bytes_of_rank_.assign(bytes.begin(), bytes.end());
      bytes_of_run_ = std::size_t{num_sites} * row_bytes * order.events;
      rows_at_hand_ = order;
    }
    // The sink of the last run has emptied the batches, and holds two of them to this moment: their
    // memory is not given back while the clock runs.
    sink_.reset();
    for (GmfBatch& batch : batches_)
      if (batch.rows_per_event.empty()) batch = batch_;
  }

  void write(bool into_file) {
    if (into_file && world_.is_root()) file_ = File::create(path_);
    GmfStorage storage;
    storage.num_sites = num_sites;
    storage.shared_batch_bytes = std::size_t{num_sites} * row_bytes * batch_events;
    sink_ = into_file ? make_single_writer(world_, file_ ? &*file_ : nullptr, row_type(), {},
                                           Start::anew, storage)
                      : make_null_sink(world_, row_type(), storage);
    for (GmfBatch& batch : batches_) batch = sink_->write(std::move(batch));
    sink_->finish();
    if (into_file && file_) file_->close();
  }

  void write_raw() {
    if (!world_.is_root()) {
      comm::SpanSender sender(world_, raw_tag, block_bytes);
      std::vector<std::uint64_t> tickets;
      for (const GmfBatch& batch : batches_) {
        if (tickets.size() >= batches_under_way)
          sender.wait(tickets[tickets.size() - batches_under_way]);
        tickets.push_back(sender.send(batch.rows));
      }
      sender.wait(tickets.back());
      return;
    }
    comm::BlockReceiver receiver(world_, raw_tag, block_bytes, blocks_per_rank);
    const int file = ::open(path_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
    if (file < 0) throw std::system_error(errno, std::generic_category(), path_.string());
    for (const GmfBatch& batch : batches_) {
      std::vector<std::size_t> to_come = bytes_of_rank_;
      for (std::span<const std::byte> own = batch.rows; !own.empty();) {
        const auto now = own.first(std::min(block_bytes, own.size()));
        write_all(file, now);
        own = own.subspan(now.size());
      }
      to_come[0] = 0;
      for (bool more = true; more;) {
        more = false;
        for (int rank = 1; rank < world_.size(); ++rank) {
          std::size_t& left = to_come[static_cast<std::size_t>(rank)];
          if (left == 0) continue;
          const std::span<const std::byte> received = receiver.next(rank);
          write_all(file, received);
          left -= received.size();
          more = true;
        }
      }
    }
    ::close(file);
  }

  comm::Communicator world_;
  ScratchFolder folder_;
  std::filesystem::path path_ = folder_ / "rows";
  Order rows_at_hand_;
  GmfBatch batch_;                          ///< one batch of this rank
  std::vector<GmfBatch> batches_;           ///< copies of it, one for each batch
  std::vector<std::size_t> bytes_of_rank_;  ///< [ranks] of one batch
  std::size_t bytes_of_run_ = 0;
  double cpu_s_ = 0, all_cpu_s_ = 0;
  std::optional<File> file_;
  std::unique_ptr<GmfSink> sink_;
};

/// Tells root's order to the other ranks. Collective.
void agree_on(const comm::Communicator& world, Order& order) {
  std::vector<std::byte> bytes(sizeof order);
  std::memcpy(bytes.data(), &order, sizeof order);
  comm::broadcast(world, bytes);
  std::memcpy(&order, bytes.data(), sizeof order);
}

void count(benchmark::State& state, std::size_t bytes_per_iteration) {
  const auto bytes = state.iterations() * static_cast<std::int64_t>(bytes_per_iteration);
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(bytes / static_cast<std::int64_t>(row_bytes));
}

void bench_store_sink(benchmark::State& state, Rank& rank, const comm::Communicator& world,
                      Work work) {
  Order order{work, static_cast<std::uint64_t>(state.range(1)),
              static_cast<std::uint64_t>(state.range(2)),
              static_cast<std::uint64_t>(state.range(3))};
  GmfSink::Cost sum;
  double cpu_s = 0, all_cpu_s = 0;
  for (auto _ : state) {
    agree_on(world, order);
    state.SetIterationTime(rank.run(order));
    cpu_s += rank.cpu_s();
    all_cpu_s += rank.all_cpu_s();
    const GmfSink::Cost cost = rank.cost();
    sum.wait_s += cost.wait_s;
    sum.merge_s += cost.merge_s;
    sum.write_s += cost.write_s;
  }
  count(state, rank.bytes_of_run());
  using benchmark::Counter;
  state.counters["cpu_s"] = Counter(cpu_s, Counter::kAvgIterations);
  state.counters["all_cpu_s"] = Counter(all_cpu_s, Counter::kAvgIterations);
  if (work == Work::write_raw) return;
  state.counters["wait_s"] = Counter(sum.wait_s, Counter::kAvgIterations);
  state.counters["merge_s"] = Counter(sum.merge_s, Counter::kAvgIterations);
  state.counters["write_s"] = Counter(sum.write_s, Counter::kAvgIterations);
}

/// One chunk of a table, filled again and again.
class Chunk final : public RowTarget {
 public:
  std::span<std::byte> reserve(std::size_t max_rows) override {
    return std::span(bytes_).subspan(used_, std::min(bytes_.size() - used_, max_rows * row_bytes));
  }
  void commit(std::size_t rows) override {
    used_ += rows * row_bytes;
    if (used_ == bytes_.size()) used_ = 0;
  }
  void append(std::span<const std::byte> rows) override {
    while (!rows.empty()) {
      const std::span<std::byte> room = reserve(rows.size() / row_bytes);
      std::memcpy(room.data(), rows.data(), room.size());
      commit(room.size() / row_bytes);
      rows = rows.subspan(room.size());
    }
  }

 private:
  std::vector<std::byte> bytes_ =
      std::vector<std::byte>((std::size_t{1} << 20) / row_bytes * row_bytes);
  std::size_t used_ = 0;
};

void bench_store_merge(benchmark::State& state) {
  const auto lists = static_cast<std::size_t>(state.range(0));
  const auto run = static_cast<std::size_t>(state.range(1));
  std::vector<GmfBatch> rows;
  for (std::size_t i = 0; i < lists; ++i) rows.push_back(make_rows(1, run, i, lists));
  Chunk chunk;
  RowMerger merger(row_bytes, chunk);
  std::vector<std::vector<std::span<const std::byte>>> slices;  // [slices][lists]
  for (std::uint32_t first = 0; first < num_sites; first += slice_sites) {
    auto& slice = slices.emplace_back();
    for (std::size_t i = 0; i < lists; ++i) {
      const std::size_t before = rows_before(first, run, i, lists);
      const std::size_t behind = rows_before(first + slice_sites, run, i, lists);
      slice.push_back(std::span<const std::byte>(rows[i].rows)
                          .subspan(before * row_bytes, (behind - before) * row_bytes));
    }
  }
  for (auto _ : state) {
    for (const auto& slice : slices) merger.merge(slice);
    benchmark::ClobberMemory();
  }
  count(state, num_sites * row_bytes);
}

/// Root makes rows in one half of the benchmarks only (alone it has to), the senders in all.
void register_all(Rank& rank, const comm::Communicator& world) {
  const int senders = world.size() - 1;
  const bool alone = senders == 0;
  if (alone)
    benchmark::RegisterBenchmark("bench_store_merge", bench_store_merge)
        ->ArgNames({"lists", "run"})
        ->ArgsProduct({{2, 3, 8}, {0, 1, 16}});
  const struct {
    const char* name;
    Work work;
  } works[] = {{"bench_store_write", Work::write},
               {"bench_store_write_raw", Work::write_raw},
               {"bench_store_discard", Work::discard}};
  for (const auto& [name, work] : works) {
    if (alone && work == Work::discard) continue;  // nothing to merge
    benchmark::RegisterBenchmark(name,
                                 [&rank, &world, work = work](benchmark::State& state) {
                                   bench_store_sink(state, rank, world, work);
                                 })
        ->ArgNames({"senders", "root", "run", "events"})
        ->ArgsProduct({{senders},
                       alone ? std::vector<std::int64_t>{1} : std::vector<std::int64_t>{0, 1},
                       alone ? std::vector<std::int64_t>{1} : std::vector<std::int64_t>{1, 16},
                       {40, 800}})
        ->UseManualTime();
  }
}

int run_writers(int argc, char** argv) {
  const comm::Environment environment(argc, argv);
  const comm::Communicator world = comm::Communicator::world();
  Rank rank(world);
  Order order;
  if (!world.is_root()) {
    for (agree_on(world, order); order.work != Work::stop; agree_on(world, order)) rank.run(order);
    return 0;
  }
  register_all(rank, world);
  const int status = run_benchmarks(argc, argv);
  agree_on(world, order);
  return status;
}

}  // namespace
}  // namespace shakefield::store

int main(int argc, char** argv) {
  return shakefield::store::run_writers(argc, argv);
}
