// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "plan_calibration.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "event_tables.hpp"
#include "field_setup.hpp"
#include "header.hpp"
#include "shakefield/store/gmf_sink.hpp"
#include "shakefield/store/packing.hpp"
#include "stopwatch.hpp"

namespace shakefield::calc {
namespace {

/// Of one rupture: scenarios may have billions.
constexpr std::uint32_t most_events_of_rupture = 10000;

/// A result file that goes away at the end of its life, and with it all that may lie beside it.
class ScratchFile {
 public:
  explicit ScratchFile(const std::filesystem::path& output)
      : path_(fmt::format("{}.plan-{}", output.string(), getpid())),
        file_(store::File::create(path_, true, store::Writing::in_commits)) {}
  ~ScratchFile() {
    try {
      file_.close();
    } catch (const core::Error&) {  // nobody wants the file
    }
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  store::File& file() { return file_; }

 private:
  std::filesystem::path path_;
  store::File file_;
};

}  // namespace

WritingSpeed measure_writing(const job::Job& job, const std::filesystem::path& output,
                             const FieldSample& sample) {
  constexpr double longest_s = 1;
  constexpr double most_bytes = 512 << 20;  // the first ones are faster than those that follow
  ScratchFile scratch(output);
  const core::RowType row = field::row_type(job.parameters.imts);
  const store::GmfStorage storage = storage_of(job, 1);
  const auto sink =
      store::make_single_writer({}, &scratch.file(), row, {}, store::Start::anew, storage);
  const double sample_bytes = static_cast<double>(sample.rows.size());
  const double packed_share =
      static_cast<double>(store::packed_bytes(sample.rows, row, storage)) / sample_bytes;
  scratch.file().wait_for_disk(false);
  double bytes = 0, seconds = 0, copy_s = 0;
  while (bytes == 0 || (seconds < longest_s && bytes < most_bytes)) {
    const Stopwatch copying;
    store::GmfBatch batch{sample.rows, sample.rows_per_sample_event};
    copy_s += copying.seconds();
    const Stopwatch writing;
    sink->write(std::move(batch));
    seconds += writing.seconds();
    bytes += sample_bytes;
  }
  const Stopwatch ending;
  sink->finish();
  scratch.file().commit();
  seconds += ending.seconds();
  const Stopwatch syncing;
  scratch.file().wait_for_disk(true);
  store::write_attributes(scratch.file(), "/", {{"complete", std::int64_t{0}}});
  scratch.file().commit();
  const double sync_s = syncing.seconds();

  const double pack_s = std::min(sink->cost().pack_s, seconds), packed = bytes * packed_share;
  return {pack_s / bytes, copy_s / bytes, (seconds - pack_s) / packed,
          (seconds - pack_s + sync_s) / packed};
}

double measure_beginning(const job::Job& job, const std::filesystem::path& output) {
  const Stopwatch watch;
  ScratchFile scratch(output);
  write_header(scratch.file(), job, 1);
  write_inputs(scratch.file(), job);
  scratch.file().wait_for_disk(false);
  scratch.file().commit();
  return watch.seconds();
}

DrawingCost measure_drawing(const job::Job& job, const std::filesystem::path& output,
                            EventStream& stream) {
  constexpr std::uint64_t num_sections = 4;
  constexpr double longest_s = 0.3;
  ScratchFile scratch(output);
  EventTables tables(scratch.file(), job, store::Start::anew);
  std::vector<field::EventSpec> specs;
  double seconds = 0, drawn = 0;
  std::uint64_t num_units = 0;
  for (std::uint64_t i = 0; i < num_sections && seconds < longest_s && drawn < 1; ++i) {
    if (i > 0) stream.seek({num_units * i / num_sections, tables.num_events()});
    const double before = stream.fraction();
    const Stopwatch watch;
    const std::vector<RuptureEvents> section = stream.next();
    tables.add_ruptures(section);
    for (const RuptureEvents& rupture : section) {
      specs.clear();
      stream.describe(rupture, 0, std::min(rupture.occurrences, most_events_of_rupture), specs);
      for (const field::EventSpec& event : specs)
        tables.add_event(event, 0, stream.time(rupture, event));
    }
    tables.flush();
    seconds += watch.seconds();
    drawn += stream.fraction() - before;
    if (i == 0)
      num_units = static_cast<std::uint64_t>(static_cast<double>(stream.mark().unit) /
                                             std::max(stream.fraction(), 1e-9));
  }
  tables.finish();
  double stored_bytes = 0, row_bytes = 0;
  for (const char* path :
       {"/ruptures", "/rupture_geometry/points", "/rupture_geometry/index", "/events"}) {
    stored_bytes += static_cast<double>(store::packing_of(scratch.file(), path).stored_bytes);
    row_bytes += static_cast<double>(store::shape(scratch.file(), path).at(0) *
                                     store::row_type(scratch.file(), path).bytes);
  }
  DrawingCost cost;
  if (drawn > 0) cost.seconds = seconds / drawn;
  if (row_bytes > 0) cost.packed_share = stored_bytes / row_bytes;
  return cost;
}

}  // namespace shakefield::calc
