// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/results.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "header.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

using core::Attributes;
using core::Error;
using core::ErrorKind;
using core::Scalar;

constexpr std::string_view table_path = "/gmf_data/table";
constexpr std::string_view index_path = "/gmf_data/index";

/// Takes the attribute if it is there, whether it stands as one value or as a list.
void take(const Attributes& attributes, std::string_view name, std::string& to) {
  const auto found = attributes.find(name);
  if (found == attributes.end()) return;
  if (const auto* text = std::get_if<std::string>(&found->second)) to = *text;
}

void take(const Attributes& attributes, std::string_view name, std::vector<std::string>& to) {
  const auto found = attributes.find(name);
  if (found == attributes.end()) return;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&found->second)) to = *texts;
  if (const auto* text = std::get_if<std::string>(&found->second)) to = {*text};
}

template <class Number>
void take_numbers(const Attributes& attributes, std::string_view name, std::vector<Number>& to) {
  const auto found = attributes.find(name);
  if (found == attributes.end()) return;
  std::visit(
      [&](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_arithmetic_v<Value>)
          to = {static_cast<Number>(value)};
        else if constexpr (!std::is_same_v<Value, std::string> &&
                           !std::is_same_v<Value, std::vector<std::string>>)
          for (const auto& v : value) to.push_back(static_cast<Number>(v));
      },
      found->second);
}

template <class Number>
void take(const Attributes& attributes, std::string_view name, Number& to) {
  std::vector<Number> numbers;
  take_numbers(attributes, name, numbers);
  if (!numbers.empty()) to = numbers.front();
}

ResultHeader read_header(const store::File& file) {
  const Attributes a = store::read_attributes(file, "/");
  std::vector<std::int64_t> version;
  take_numbers(a, "format_version", version);
  core::validate(version.size() == 2, ErrorKind::data,
                 "not a result file of shakefield (the root has no attribute format_version), "
                 "give a file that `shakefield run` wrote",
                 {file.path().string()});
  core::validate(version[0] == format_major, ErrorKind::data,
                 fmt::format("format version {}.{} cannot be read (this program reads {}.x), "
                             "use the version of shakefield that wrote the file",
                             version[0], version[1], format_major),
                 {file.path().string()});
  ResultHeader h;
  h.format_major = version[0];
  h.format_minor = version[1];
  take(a, "program", h.program);
  take(a, "version", h.version);
  take(a, "commit", h.commit);
  take(a, "compiler", h.compiler);
  take(a, "arch", h.arch);
  take(a, "job", h.job);
  take(a, "description", h.description);
  take(a, "calculation_mode", h.calculation_mode);
  take(a, "input_checksums", h.input_checksums);
  take(a, "imts", h.imts);
  take_numbers(a, "minimum_intensity", h.minimum_intensity);
  take(a, "ses_seed", h.ses_seed);
  take(a, "ranks", h.ranks);
  take(a, "ses_per_logic_tree_path", h.ses_per_logic_tree_path);
  take(a, "num_realizations", h.num_realizations);
  take(a, "investigation_time", h.investigation_time_yr);
  take(a, "effective_time", h.effective_time_yr);
  std::int64_t complete = 0;
  take(a, "complete", complete);
  h.complete = complete == 1;
  return h;
}

GmfLayout read_layout(const store::File& file) {
  const core::RowType row = store::row_type(file, table_path);
  const auto require = [&](const core::Member& m, bool fits) -> const core::Member& {
    core::validate(
        fits && m.count == 1, ErrorKind::data,
        fmt::format("column '{}' of {} has another type than its format says", m.name, table_path),
        {file.path().string()});
    return m;
  };
  GmfLayout layout;
  layout.row_bytes = row.bytes;
  const core::Member& site = row.member("site");
  layout.site_offset = require(site, site.type == Scalar::u32).offset;
  const core::Member& event = row.member("event");
  layout.wide_event = event.type == Scalar::u64;
  layout.event_offset = require(event, layout.wide_event || event.type == Scalar::u32).offset;
  for (const core::Member& m : row.members) {
    if (m.name == "site" || m.name == "event") continue;
    layout.imts.push_back(m.name);
    layout.value_offsets.push_back(require(m, m.type == Scalar::f32).offset);
  }
  return layout;
}

}  // namespace

Results::Results(const std::filesystem::path& path)
    : file_(store::File::open(path)), header_(read_header(file_)) {}

void Results::require_complete() const {
  core::validate(
      header_.complete, ErrorKind::data,
      "the file is not complete (the run that wrote it stopped before its end), go on with it by "
      "`shakefield run JOB --resume`",
      {file_.path().string()});
}

std::uint64_t Results::num_rows(std::string_view path) const {
  if (!has(path)) return 0;
  const std::vector<std::size_t> shape = store::shape(file_, path);
  return shape.empty() ? 0 : shape.front();
}

SiteTable Results::sites() const {
  const core::Array array = store::read_array(file_, "/sites");
  SiteTable sites{array.column_f64("lon"), array.column_f64("lat"), array.column_f64("depth"), {}};
  if (array.type().has("custom_site_id")) sites.custom_ids = array.column_text("custom_site_id");
  return sites;
}

RealizationTable Results::realizations() const {
  const core::Array array = store::read_array(file_, "/realizations");
  return {array.column_i64("id"), array.column_text("branch_path"), array.column_text("models"),
          array.column_f64("weight")};
}

std::vector<EventRow> Results::events(std::uint64_t first, std::uint64_t count) const {
  const core::Array array = store::read_rows(file_, "/events", first, count);
  const auto id = array.column_i64("id"), rupture = array.column_i64("rupture"),
             realization = array.column_i64("realization"), year = array.column_i64("year"),
             ses = array.column_i64("ses");
  std::vector<EventRow> rows(id.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = {static_cast<std::uint64_t>(id[i]), static_cast<std::uint64_t>(rupture[i]),
               static_cast<std::uint32_t>(realization[i]), static_cast<std::uint32_t>(year[i]),
               static_cast<std::uint32_t>(ses[i])};
  return rows;
}

std::vector<std::string> Results::regions(std::string_view path) const {
  std::vector<std::string> regions;
  take(store::read_attributes(file_, path), "regions", regions);
  return regions;
}

const GmfLayout& Results::gmf_layout() const {
  if (layout_.row_bytes == 0) layout_ = read_layout(file_);
  return layout_;
}

GmfBlock Results::rows_of_event(std::uint64_t event) const {
  const std::uint64_t num_events = num_rows(index_path);
  core::validate(
      event < num_events, ErrorKind::data,
      fmt::format("there is no event {} (the index has {} events), ask for a smaller number", event,
                  num_events),
      {file_.path().string()});
  const core::Array slice = store::read_rows(file_, index_path, event, 1);
  const auto start = static_cast<std::uint64_t>(slice.column_i64("start").front());
  const auto stop = static_cast<std::uint64_t>(slice.column_i64("stop").front());
  const GmfLayout& layout = gmf_layout();
  return {store::read_rows(file_, table_path, start, stop - start), layout};
}

void Results::for_each_block(const std::function<void(const GmfBlock&)>& visit) const {
  const GmfLayout& layout = gmf_layout();
  const std::uint64_t rows = num_rows(table_path);
  const std::uint64_t step = rows_per_block(layout.row_bytes);
  const std::uint64_t num_sites = num_rows("/sites");
  for (std::uint64_t first = 0; first < rows; first += step) {
    const GmfBlock block(store::read_rows(file_, table_path, first, std::min(step, rows - first)),
                         layout);
    for (std::size_t i = 0; i < block.size(); ++i)
      if (block.site(i) >= num_sites)
        throw Error(
            ErrorKind::data,
            fmt::format("row {} of {} is of site {} (the file has {} sites), the file is damaged",
                        first + i, table_path, block.site(i), num_sites),
            {file_.path().string()});
    visit(block);
  }
}

std::uint64_t rows_per_block(std::size_t row_bytes) {
  constexpr std::size_t chunk_bytes = std::size_t{1} << 20;
  constexpr std::size_t chunks = 4;
  return std::max<std::uint64_t>(chunks * (chunk_bytes / std::max<std::size_t>(row_bytes, 1)), 1);
}

void for_each_block(const store::File& file, std::string_view path,
                    const std::function<void(const core::Array&)>& visit) {
  const std::vector<std::size_t> shape = store::shape(file, path);
  std::size_t row_bytes = store::row_type(file, path).bytes;
  for (std::size_t axis = 1; axis < shape.size(); ++axis) row_bytes *= shape[axis];
  const std::uint64_t rows = shape.empty() ? 0 : shape.front();
  const std::uint64_t step = rows_per_block(row_bytes);
  for (std::uint64_t first = 0; first < rows; first += step)
    visit(store::read_rows(file, path, first, std::min(step, rows - first)));
}

}  // namespace shakefield::calc
