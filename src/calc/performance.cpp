// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "performance.hpp"

#include <algorithm>
#include <cstring>

namespace shakefield::calc {

RankReport report_of(const comm::Communicator& comm, FieldPhase& phase) {
  const field::FieldCounts counts = phase.counts();
  const store::GmfSink::Cost cost = phase.sink_cost();
  const core::Timers& timers = phase.timers();
  RankReport own;
  own.values = counts.values;
  own.rows = counts.rows;
  own.pairs = counts.pairs;
  if (!phase.deal().work.empty())
    own.estimated_work = phase.deal().work[static_cast<std::size_t>(comm.rank())];
  own.prepare_s = timers.seconds("prepare");
  own.draw_s = timers.seconds("draw events");
  own.tables_s = timers.seconds("write tables");
  own.fields_s = timers.seconds("fields");
  own.send_s = timers.seconds("send and write");
  own.wait_s = cost.wait_s;
  own.merge_s = cost.merge_s;
  own.pack_s = cost.pack_s;
  own.write_s = cost.write_s;
  own.sending_s = std::max(0.0, own.send_s - own.wait_s - own.merge_s - own.pack_s - own.write_s);
  own.commit_s = timers.seconds("commit");
  own.busy_s = timers.seconds("busy");
  return own;
}

std::vector<RankReport> gather_performance(const comm::Communicator& comm, RankReport own) {
  own.cpu_s = core::process_cpu_seconds();
  own.peak_memory_mib = core::peak_memory_mib();
  std::vector<RankReport> reports;
  for (const std::vector<std::byte>& bytes :
       comm::gather(comm, std::as_bytes(std::span(&own, 1)))) {
    RankReport report;
    std::memcpy(&report, bytes.data(), sizeof(report));
    reports.push_back(report);
  }
  return reports;
}

void write_performance(store::File& file, const std::vector<RankReport>& reports, double seconds) {
  core::RowType row;
  for (const char* name : {"values", "rows", "pairs"}) row.add(name, core::Scalar::u64);
  row.add("estimated_work", core::Scalar::f64);
  for (const char* name : {"prepare", "draw_events", "write_tables", "fields", "send_and_write",
                           "wait", "merge", "pack", "send", "write", "commit", "busy_cpu", "cpu"})
    row.add(name, core::Scalar::f64, "s");
  row.add("peak_memory", core::Scalar::f64, "MiB");
  core::Array array(row, {reports.size()});
  static_assert(sizeof(RankReport) == 18 * sizeof(double));
  std::memcpy(array.data(), reports.data(), array.size_bytes());
  double busiest = 0, sum = 0;
  for (const RankReport& r : reports) {
    busiest = std::max(busiest, r.busy_s);
    sum += r.busy_s;
  }
  const double imbalance = sum > 0 ? busiest * static_cast<double>(reports.size()) / sum : 1;
  store::write_array(file, "/performance/ranks", array,
                     {{"axes", std::vector<std::string>{"rank"}},
                      {"wall_time_s", seconds},
                      {"imbalance", imbalance}});
}

}  // namespace shakefield::calc
