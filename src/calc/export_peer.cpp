// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstring>
#include <limits>
#include <system_error>

#include "export_kinds.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

using core::Scalar;

/// One member of structured rows as a plain array.
core::Array column_of(const core::Array& rows, const core::Member& member) {
  core::Array column(core::RowType::plain(member.type, member.count), {rows.rows()});
  for (std::size_t i = 0; i < rows.rows(); ++i)
    std::memcpy(column.data() + i * member.bytes(),
                rows.data() + i * rows.type().bytes + member.offset, member.bytes());
  return column;
}

core::Attributes units_of(const std::string& units) {
  return {{"units", units}};
}

/// The peer finds columns by the attribute __pdcolumns__ and the class to build by __pyclass__. It
/// takes them as str, which h5py makes of texts of variable length only.
void write_sites(store::File& out, const Results& results) {
  const core::Array sites = store::read_array(results.file(), "/sites");
  std::vector<std::uint32_t> ids(sites.rows());
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<std::uint32_t>(i);
  store::write_array(out, "/sitecol/sids", core::Array::of(std::span<const std::uint32_t>(ids)));
  std::string columns = "sids";
  for (const core::Member& member : sites.type().members) {
    if (member.name == "key") continue;  // of our random streams
    store::write_array(out, "/sitecol/" + member.name, column_of(sites, member),
                       units_of(member.units));
    columns += ' ' + member.name;
  }
  store::write_variable_text(out, "/sitecol", "__pdcolumns__", columns);
  store::write_variable_text(out, "/sitecol", "__pyclass__",
                             "openquake.hazardlib.site.SiteCollection");
}

/// The three kinds of column of /gmf_data, each a dataset that grows.
class PeerColumns {
 public:
  PeerColumns(store::File& out, const Results& results) : imts_(results.gmf_layout().imts) {
    const core::RowType id = core::RowType::plain(Scalar::u32),
                        value = core::RowType::plain(Scalar::f32);
    writers_.emplace_back(out, "/gmf_data/sid", id, core::Attributes{});
    writers_.emplace_back(out, "/gmf_data/eid", id, core::Attributes{});
    for (const std::string& imt : imts_)
      writers_.emplace_back(out, "/gmf_data/" + imt, value, core::Attributes{});
  }

  void append(const GmfBlock& block) {
    std::vector<std::uint32_t> ids(block.size());
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = block.site(i);
    writers_[0].append(std::as_bytes(std::span(ids)));
    for (std::size_t i = 0; i < ids.size(); ++i)
      ids[i] = static_cast<std::uint32_t>(block.event(i));
    writers_[1].append(std::as_bytes(std::span(ids)));
    std::vector<float> values(block.size());
    for (std::size_t m = 0; m < imts_.size(); ++m) {
      for (std::size_t i = 0; i < values.size(); ++i) values[i] = block.value(i, m);
      writers_[2 + m].append(std::as_bytes(std::span(values)));
    }
  }

  void finish() {
    for (store::TableWriter& writer : writers_) writer.finish();
  }

 private:
  std::vector<std::string> imts_;
  std::vector<store::TableWriter> writers_;
};

void write_gmf_attributes(store::File& out, const Results& results) {
  const ResultHeader& header = results.header();
  const bool in_time = header.calculation_mode == "event_based";
  const std::string imts = fmt::format("{}", fmt::join(results.gmf_layout().imts, " "));
  store::write_attributes(out, "/gmf_data",
                          {{"num_events", static_cast<std::int64_t>(results.num_rows("/events"))},
                           {"investigation_time", in_time ? header.investigation_time_yr : 0.0},
                           {"effective_time", in_time ? header.effective_time_yr : 0.0}});
  store::write_variable_text(out, "/gmf_data", "__pdcolumns__", "sid eid " + imts);
  store::write_variable_text(out, "/gmf_data", "imts", imts);
}

}  // namespace

void export_gmf_hdf5(const Results& results, const std::filesystem::path& path,
                     const ExportOptions&) {
  core::validate(results.num_rows("/events") <= std::numeric_limits<std::uint32_t>::max(),
                 core::ErrorKind::unsupported,
                 "more events than the peer's layout can number (ids of 32 bits), export CSV files",
                 {results.file().path().string()});
  write_hdf5_file(results, path, [&](store::File& out) {
    write_sites(out, results);
    PeerColumns columns(out, results);
    results.for_each_block([&](const GmfBlock& block) { columns.append(block); });
    columns.finish();
    write_gmf_attributes(out, results);
  });
}

}  // namespace shakefield::calc
