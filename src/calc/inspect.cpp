// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/inspect.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

#include "checkpoint.hpp"
#include "grouped.hpp"
#include "reduced_paths.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/core/array.hpp"
#include "shakefield/core/hash.hpp"
#include "shakefield/core/imt.hpp"
#include "shakefield/store/digest.hpp"
#include "shakefield/store/packing.hpp"

namespace shakefield::calc {
namespace {

/// What the digest runs over, in this order; a dataset that the file lacks is passed over.
constexpr std::array<std::string_view, 44> digested{"/sites",
                                                    "/sources",
                                                    "/realizations",
                                                    "/ruptures",
                                                    "/rupture_geometry/points",
                                                    "/rupture_geometry/index",
                                                    "/rupture_geometry/parts",
                                                    "/events",
                                                    "/gmf_data/table",
                                                    "/gmf_data/index",
                                                    "/gmf_data/sigma_epsilon",
                                                    "/gmf_data/dropped",
                                                    "/hazard/axes/kind",
                                                    "/hazard/axes/imt",
                                                    "/hazard/axes/level",
                                                    "/hazard/axes/poe",
                                                    "/hazard/curves",
                                                    "/hazard/maps",
                                                    "/disagg/axes/mag",
                                                    "/disagg/axes/dist",
                                                    "/disagg/axes/eps",
                                                    "/disagg/axes/lon",
                                                    "/disagg/axes/lat",
                                                    "/disagg/axes/trt",
                                                    "/disagg/axes/output",
                                                    "/disagg/axes/imt",
                                                    "/disagg/axes/source",
                                                    "/disagg/levels",
                                                    "/disagg/poes",
                                                    "/disagg/mag_dist_eps",
                                                    "/disagg/mag_dist_eps_index",
                                                    "/disagg/mag_lon_lat",
                                                    "/disagg/mag_lon_lat_index",
                                                    "/disagg/source",
                                                    "/disagg/source_index",
                                                    reduced::count,
                                                    reduced::mean_ln,
                                                    reduced::sd_ln,
                                                    reduced::maximum,
                                                    reduced::maximum_event,
                                                    reduced::exceedances,
                                                    reduced::level,
                                                    reduced::top_event,
                                                    reduced::top_mean};

std::string_view scalar_name(core::Scalar type) {
  switch (type) {
    case core::Scalar::u8:
      return "u8";
    case core::Scalar::u16:
      return "u16";
    case core::Scalar::u32:
      return "u32";
    case core::Scalar::u64:
      return "u64";
    case core::Scalar::i32:
      return "i32";
    case core::Scalar::i64:
      return "i64";
    case core::Scalar::f32:
      return "f32";
    case core::Scalar::f64:
      return "f64";
    case core::Scalar::bytes:
      return "text";
  }
  return "";
}

/// "site u32, event u32, PGA f32"; a length follows in brackets.
std::string row_text(const core::RowType& row) {
  std::string text;
  for (const core::Member& m : row.members) {
    if (!text.empty()) text += ", ";
    if (!m.name.empty()) text += m.name + ' ';
    text += scalar_name(m.type);
    if (m.count > 1 || m.type == core::Scalar::bytes) text += fmt::format("[{}]", m.count);
  }
  return text;
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  return fmt::format("{}", fmt::join(shape, " x "));
}

std::string size_text(double bytes) {
  static constexpr std::array<std::string_view, 5> units{"bytes", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  for (; bytes >= 1024 && unit + 1 < units.size(); ++unit) bytes /= 1024;
  return unit == 0 ? fmt::format("{} bytes", bytes) : fmt::format("{:.1f} {}", bytes, units[unit]);
}

std::string imts_text(const std::vector<std::string>& imts) {
  std::string text;
  for (const std::string& imt : imts)
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", imt, core::Imt::parse(imt).unit());
  return text;
}

/// The size on disk, and how readers undo the packing.
std::string packing_text(const store::Packing& packing) {
  std::string size = size_text(static_cast<double>(packing.stored_bytes));
  if (packing.filters.empty()) return size;
  if (packing.filters.back().id != store::zstd_filter_id)
    return size + ", deflated (any HDF5 library reads it)";
  return size + fmt::format(
                    ", Zstandard (HDF5 filter {}); Python reads it after `import hdf5plugin`, "
                    "other programs with that plugin in HDF5_PLUGIN_PATH; without: shakefield "
                    "export FILE hdf5",
                    store::zstd_filter_id);
}

class Lines {
 public:
  void add(std::string_view label, std::string_view value) {
    if (!value.empty()) text_ += fmt::format("  {:<14}{}\n", label, value);
  }
  void add_text(std::string_view text) { (text_ += text) += '\n'; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string state_text(const Results& results) {
  if (!results.header().complete && !results.has("/progress"))
    return "NOT COMPLETE: the run stopped before its end";
  const std::optional<Checkpoint> checkpoint = read_checkpoint(results.file());
  if (!checkpoint) return "complete";
  return fmt::format(
      "NOT COMPLETE: stopped after {}; go on with `shakefield run JOB --resume -o {}`",
      progress_text(checkpoint->position), results.file().path().string());
}

void describe_origin(const ResultHeader& h, Lines& lines) {
  lines.add("calculation",
            h.calculation_mode + (h.description.empty() ? "" : ": " + h.description));
  lines.add("made by", fmt::format("{} {} (commit {}, {}, {}), ranks: {}", h.program, h.version,
                                   h.commit, h.compiler, h.arch, h.ranks));
  lines.add("seed", fmt::format("{}", h.ses_seed));
  for (const std::string& input : h.input_checksums) lines.add("input", input);
}

void describe_content(const Results& results, Lines& lines) {
  const ResultHeader& h = results.header();
  lines.add("IMTs", imts_text(h.imts));
  if (h.calculation_mode == "event_based")
    lines.add("time",
              fmt::format("investigation time {} years, {} event sets a path, {} years in all",
                          h.investigation_time_yr, h.ses_per_logic_tree_path, h.effective_time_yr));
  for (const std::string_view name : {"sites", "sources", "ruptures", "realizations", "events"})
    lines.add(name, grouped(results.num_rows(fmt::format("/{}", name))));
  if (!results.has("/gmf_data/table")) return;
  const std::uint64_t rows = results.num_rows("/gmf_data/table");
  const std::size_t row_bytes = results.gmf_layout().row_bytes;
  lines.add("fields",
            fmt::format("{} rows of {} bytes, {}", grouped(rows), row_bytes,
                        size_text(static_cast<double>(rows) * static_cast<double>(row_bytes))));
  lines.add("stored as", packing_text(store::packing_of(results.file(), "/gmf_data/table")));
}

void describe_performance(const Results& results, Lines& lines) {
  if (!results.has("/performance/ranks")) return;
  const core::Attributes a = store::read_attributes(results.file(), "/performance/ranks");
  const auto seconds = a.find("wall_time_s");
  if (seconds == a.end()) return;
  if (const auto* value = std::get_if<double>(&seconds->second))
    lines.add("run time", fmt::format("{:.1f} s", *value));
}

void describe_datasets(const store::File& file, const std::string& group, Lines& lines) {
  for (const std::string& name : store::children(file, group.empty() ? "/" : group)) {
    const std::string path = fmt::format("{}/{}", group, name);
    if (store::is_group(file, path)) {
      describe_datasets(file, path, lines);
      continue;
    }
    lines.add_text(fmt::format("  {:<28}[{}] {}", path, shape_text(store::shape(file, path)),
                               row_text(store::row_type(file, path))));
  }
}

void add_text(core::Digest& digest, std::string_view text) {
  const auto size = static_cast<std::uint64_t>(text.size());
  digest.add(std::as_bytes(std::span(&size, 1)));
  digest.add(std::as_bytes(std::span(text)));
}

}  // namespace

std::string describe(const std::filesystem::path& file) {
  const Results results(file);
  const ResultHeader& h = results.header();
  Lines lines;
  lines.add_text(fmt::format("{}: {} results, format {}.{}, {}", file.string(), h.program,
                             h.format_major, h.format_minor,
                             size_text(static_cast<double>(std::filesystem::file_size(file)))));
  lines.add("state", state_text(results));
  describe_origin(h, lines);
  describe_content(results, lines);
  describe_performance(results, lines);
  lines.add_text("datasets:");
  describe_datasets(results.file(), "", lines);
  lines.add_text("job:");
  lines.add_text(h.job);
  return lines.take();
}

std::string digest(const std::filesystem::path& file) {
  const Results results(file);
  results.require_complete();
  core::Digest digest;
  for (const std::string_view path : digested) {
    if (!results.has(path)) continue;
    const std::vector<std::size_t> shape = store::shape(results.file(), path);
    add_text(digest, path);
    add_text(digest, row_text(store::row_type(results.file(), path)));
    add_text(digest, shape_text(shape));
    for (const std::string& region : results.regions(path)) add_text(digest, region);
    add_text(digest, store::digest_of(results.file(), path));
  }
  return digest.hex();
}

}  // namespace shakefield::calc
