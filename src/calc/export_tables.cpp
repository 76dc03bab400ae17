// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "export_kinds.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

constexpr std::uint64_t event_rows_per_block = 1 << 16;

/// Text id of a source by its row in /sources; the number itself where the file lists no sources
/// (scenarios).
std::string source_name(const std::vector<std::string>& ids, std::int64_t row) {
  const auto i = static_cast<std::size_t>(row);
  return i < ids.size() ? ids[i] : fmt::format("{}", row);
}

}  // namespace

std::string region_name(const std::vector<std::string>& regions, std::int64_t number,
                        const Results& results) {
  const auto i = static_cast<std::size_t>(number);
  core::validate(
      i < regions.size(), core::ErrorKind::data,
      fmt::format("/ruptures has region {} (its attribute regions lists {}), the file is damaged",
                  number, regions.size()),
      {results.file().path().string()});
  return regions[i];
}

void export_sitemesh(const Results& results, const std::filesystem::path& path,
                     const ExportOptions& options) {
  const SiteTable sites = results.sites();
  const SiteNames names = site_names(sites);
  CsvFile csv(path);
  begin_csv(csv, results, {names.column, "lon", "lat"}, options);
  for (std::size_t i = 0; i < sites.lon_deg.size(); ++i) {
    csv.cell(names.cells[i]).fixed5(sites.lon_deg[i]).fixed5(sites.lat_deg[i]);
    csv.end_line();
  }
  csv.finish();
}

void export_events(const Results& results, const std::filesystem::path& path,
                   const ExportOptions& options) {
  CsvFile csv(path);
  begin_csv(csv, results, {"event_id", "rup_id", "rlz_id", "year", "ses_id"}, options);
  const std::uint64_t rows = results.num_rows("/events");
  for (std::uint64_t first = 0; first < rows; first += event_rows_per_block)
    for (const EventRow& e : results.events(first, std::min(event_rows_per_block, rows - first))) {
      csv.integer(e.id).integer(e.rupture).integer(e.realization).integer(e.year).integer(e.ses);
      csv.end_line();
    }
  csv.finish();
}

void export_ruptures(const Results& results, const std::filesystem::path& path,
                     const ExportOptions& options) {
  const ResultHeader& header = results.header();
  std::string facts;
  if (header.calculation_mode == "event_based")
    facts = fmt::format(", investigation_time={}, ses_per_logic_tree_path={}",
                        shortest(header.investigation_time_yr), header.ses_per_logic_tree_path);
  CsvFile csv(path);
  begin_csv(csv, results,
            {"rup_id", "source_id", "multiplicity", "mag", "centroid_lon", "centroid_lat",
             "centroid_depth", "trt", "strike", "dip", "rake"},
            options, facts);

  std::vector<std::string> source_ids;
  if (results.num_rows("/sources") > 0)
    source_ids = store::read_array(results.file(), "/sources").column_text("id");
  const std::vector<std::string> regions = results.regions("/ruptures");
  constexpr int digits = 6;
  for_each_block(results.file(), "/ruptures", [&](const core::Array& block) {
    const auto id = block.column_i64("id"), source = block.column_i64("source"),
               occurrences = block.column_i64("occurrences"), region = block.column_i64("region");
    const auto mag = block.column_f64("mag"), lon = block.column_f64("hypo_lon"),
               lat = block.column_f64("hypo_lat"), depth = block.column_f64("hypo_depth"),
               strike = block.column_f64("strike"), dip = block.column_f64("dip"),
               rake = block.column_f64("rake");
    for (std::size_t i = 0; i < id.size(); ++i) {
      csv.integer(id[i]).text(source_name(source_ids, source[i])).integer(occurrences[i]);
      for (const double value : {mag[i], lon[i], lat[i], depth[i]}) csv.scientific(value, digits);
      csv.text(region_name(regions, region[i], results));
      for (const double value : {strike[i], dip[i], rake[i]}) csv.scientific(value, digits);
      csv.end_line();
    }
  });
  csv.finish();
}

void export_realizations(const Results& results, const std::filesystem::path& path,
                         const ExportOptions& options) {
  const RealizationTable table = results.realizations();
  CsvFile csv(path);
  begin_csv(csv, results, {"rlz_id", "branch_path", "weight"}, options);
  for (std::size_t r = 0; r < table.ids.size(); ++r) {
    // The peer writes this one number with a small e.
    csv.integer(table.ids[r])
        .text(table.branch_paths[r])
        // the peer keeps weights in single precision
        .cell(fmt::format("{:.7e}", static_cast<float>(table.weights[r])));
    csv.end_line();
  }
  csv.finish();
}

void export_sigma_epsilon(const Results& results, const std::filesystem::path& path,
                          const ExportOptions& options) {
  constexpr std::string_view dataset = "/gmf_data/sigma_epsilon";
  constexpr int digits = 6;
  std::vector<std::string> columns{"event_id", "rlz_id"}, residuals;
  for (const core::Member& m : store::row_type(results.file(), dataset).members)
    if (m.type == core::Scalar::f32) residuals.push_back(m.name);
  columns.insert(columns.end(), residuals.begin(), residuals.end());

  CsvFile csv(path);
  begin_csv(csv, results, columns, options);
  for_each_block(results.file(), dataset, [&](const core::Array& block) {
    const auto event = block.column_i64("event"), realization = block.column_i64("realization");
    std::vector<std::vector<double>> values;
    values.reserve(residuals.size());
    for (const std::string& name : residuals) values.push_back(block.column_f64(name));
    for (std::size_t i = 0; i < event.size(); ++i) {
      csv.integer(event[i]).integer(realization[i]);
      for (const std::vector<double>& column : values) csv.scientific(column[i], digits);
      csv.end_line();
    }
  });
  csv.finish();
}

}  // namespace shakefield::calc
