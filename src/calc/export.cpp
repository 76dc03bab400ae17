// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/export.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <iterator>
#include <system_error>

#include "export_kinds.hpp"
#include "reduced_paths.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/core/hash.hpp"
#include "shakefield/core/version.hpp"

namespace shakefield::calc {
namespace {

using core::Error;
using core::ErrorKind;

struct Kind {
  std::string_view name;
  std::string_view file_name;
  std::string_view dataset;  ///< without which there is nothing to export
  ExportWriter write;
  bool by_default = true;
  ExportFilesWriter write_files = nullptr;  ///< in place of `write`: several files of other names
};

constexpr std::array<Kind, 4> disagg_kinds{
    {{"disagg", "", "/disagg/levels", nullptr, true, export_disagg},
     {"disagg-rlzs", "", "/disagg/levels", nullptr, false, export_disagg_rlzs},
     {"disagg-rlzs-traditional", "", "/disagg/levels", nullptr, false, export_disagg_traditional},
     {"mean_rates_by_src", "", "/disagg/source", nullptr, true, export_rates_by_source}}};

constexpr std::array<Kind, 4> hazard_kinds{
    {{"hcurves", "", "/hazard/curves", nullptr, true, export_hcurves},
     {"hmaps", "", "/hazard/maps", nullptr, true, export_hmaps},
     {"uhs", "", "/hazard/uhs", nullptr, true, export_uhs},
     {"hmaps-geojson", "", "/hazard/maps", nullptr, false, export_hmaps_geojson}}};

constexpr std::array<Kind, 14> kinds{
    {{"gmf-data", "gmf-data.csv", "/gmf_data/table", export_gmf_data},
     {"sitemesh", "sitemesh.csv", "/sites", export_sitemesh},
     {"events", "events.csv", "/events", export_events},
     {"ruptures", "ruptures.csv", "/ruptures", export_ruptures},
     {"rupture-model", "rupture_model.csv", "/rupture_geometry/index", export_rupture_model, false},
     {"realizations", "realizations.csv", "/realizations", export_realizations},
     {"avg_gmf", "avg_gmf.csv", "/gmf_data/table", export_avg_gmf},
     {"sigma_epsilon", "sigma_epsilon.csv", "/gmf_data/sigma_epsilon", export_sigma_epsilon},
     {"gmf-statistics", "gmf_statistics.csv", reduced::count, export_gmf_statistics},
     {"gmf-maxima", "gmf_maxima.csv", reduced::maximum, export_gmf_maxima},
     {"gmf-exceedances", "gmf_exceedances.csv", reduced::exceedances, export_gmf_exceedances},
     {"gmf-top-events", "gmf_top_events.csv", reduced::top_event, export_gmf_top_events},
     {"gmf-hdf5", "gmf-data.hdf5", "/gmf_data/table", export_gmf_hdf5, false},
     {"hdf5", "result.h5", "/sites", export_hdf5, false}}};

std::vector<const Kind*> all_kinds() {
  std::vector<const Kind*> all;
  all.reserve(kinds.size() + hazard_kinds.size());
  for (const Kind& kind : kinds) all.push_back(&kind);
  for (const Kind& kind : hazard_kinds) all.push_back(&kind);
  for (const Kind& kind : disagg_kinds) all.push_back(&kind);
  return all;
}

const Kind& kind_of(std::string_view name) {
  const auto all = all_kinds();
  const auto found = std::ranges::find(all, name, &Kind::name);
  if (found != all.end()) return **found;
  throw Error(ErrorKind::config, fmt::format("unknown export '{}' (known: {}), check the spelling",
                                             name, fmt::join(export_names(), ", ")));
}

std::vector<const Kind*> chosen_kinds(const Results& results,
                                      const std::vector<std::string>& what) {
  std::vector<const Kind*> chosen;
  if (what.empty()) {
    for (const Kind* kind : all_kinds())
      if (kind->by_default && results.has(kind->dataset)) chosen.push_back(kind);
    return chosen;
  }
  for (const std::string& name : what) {
    const Kind& kind = kind_of(name);
    core::validate(results.has(kind.dataset), ErrorKind::config,
                   fmt::format("'{}' cannot be exported (the file has no {}), leave it out or run "
                               "a job that computes it",
                               name, kind.dataset),
                   {results.file().path().string()});
    chosen.push_back(&kind);
  }
  return chosen;
}

/// One number for all input files, as the peer has one.
std::uint32_t input_checksum(const ResultHeader& header) {
  return static_cast<std::uint32_t>(
      core::hash_text(fmt::format("{}", fmt::join(header.input_checksums, "\n"))));
}

}  // namespace

std::vector<std::string> export_names() {
  std::vector<std::string> names;
  names.reserve(std::size(kinds));
  for (const Kind* kind : all_kinds()) names.emplace_back(kind->name);
  return names;
}

void make_export_folder(const std::filesystem::path& dir) {
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  core::validate(
      !error, ErrorKind::io,
      fmt::format("the export folder cannot be made ({}), choose another one", error.message()),
      {dir.string()});
  if (::access(dir.c_str(), W_OK) != 0)
    throw Error(ErrorKind::io,
                fmt::format("the export folder cannot be written into ({}), choose another one",
                            std::generic_category().message(errno)),
                {dir.string()});
}

std::vector<std::filesystem::path> export_results(const std::filesystem::path& file,
                                                  const std::filesystem::path& dir,
                                                  const ExportOptions& options) {
  const Results results(file);
  results.require_complete();
  const std::vector<const Kind*> chosen = chosen_kinds(results, options.what);
  make_export_folder(dir);
  std::vector<std::filesystem::path> paths;
  for (const Kind* kind : chosen) {
    if (kind->write_files) {
      std::ranges::move(kind->write_files(results, dir, options), std::back_inserter(paths));
      continue;
    }
    paths.push_back(dir / kind->file_name);
    kind->write(results, paths.back(), options);
  }
  return paths;
}

void begin_csv(CsvFile& csv, const Results& results, const std::vector<std::string>& columns,
               const ExportOptions& options, std::string_view facts) {
  if (!options.plain) {
    csv.cell("#");
    for (std::size_t i = 2; i < columns.size(); ++i) csv.cell("");
    csv.cell(fmt::format("\"generated_by='shakefield {}', checksum={}{}\"",
                         core::build_info().version, input_checksum(results.header()), facts));
    csv.end_line();
  }
  for (const std::string& column : columns) csv.text(column);
  csv.end_line();
}

SiteNames site_names(const SiteTable& sites) {
  SiteNames names;
  names.column = sites.custom_ids.empty() ? "site_id" : "custom_site_id";
  names.cells.reserve(sites.lon_deg.size());
  for (std::size_t i = 0; i < sites.lon_deg.size(); ++i)
    names.cells.push_back(sites.custom_ids.empty() ? fmt::format("{}", i)
                                                   : csv_cell(sites.custom_ids[i]));
  return names;
}

}  // namespace shakefield::calc
