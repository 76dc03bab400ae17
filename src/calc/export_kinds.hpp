// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "export_csv.hpp"
#include "shakefield/calc/export.hpp"
#include "shakefield/calc/results.hpp"

namespace shakefield::calc {

/// Writers of one file each; all stream and take the path of the file.
using ExportWriter = void (*)(const Results&, const std::filesystem::path&, const ExportOptions&);

void export_gmf_data(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_sitemesh(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_events(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_ruptures(const Results&, const std::filesystem::path&, const ExportOptions&);
/// The ruptures with their surfaces, as the engine reads them in the place of a source model.
void export_rupture_model(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_realizations(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_sigma_epsilon(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_avg_gmf(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_gmf_statistics(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_gmf_maxima(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_gmf_exceedances(const Results&, const std::filesystem::path&, const ExportOptions&);
void export_gmf_top_events(const Results&, const std::filesystem::path&, const ExportOptions&);
/// Fields and sites in the layout of the OpenQuake engine's datastore: /gmf_data with one column an
/// IMT, sid and eid, and /sitecol. Throws Error{unsupported} if there are more than 2^32 events.
void export_gmf_hdf5(const Results&, const std::filesystem::path&, const ExportOptions&);
/// The whole file again, for readers without the filter of Zstandard.
void export_hdf5(const Results&, const std::filesystem::path&, const ExportOptions&);

/// Makes an HDF5 file from results that has its name only once it is whole. Throws Error{config}
/// if it is the file of the results.
void write_hdf5_file(const Results& results, const std::filesystem::path& path,
                     const std::function<void(store::File&)>& fill);

/// Writers of several files into a folder; return their paths.
using ExportFilesWriter = std::vector<std::filesystem::path> (*)(const Results&,
                                                                 const std::filesystem::path&,
                                                                 const ExportOptions&);

std::vector<std::filesystem::path> export_hcurves(const Results&, const std::filesystem::path&,
                                                  const ExportOptions&);
std::vector<std::filesystem::path> export_hmaps(const Results&, const std::filesystem::path&,
                                                const ExportOptions&);
std::vector<std::filesystem::path> export_uhs(const Results&, const std::filesystem::path&,
                                              const ExportOptions&);
std::vector<std::filesystem::path> export_hmaps_geojson(const Results&,
                                                        const std::filesystem::path&,
                                                        const ExportOptions&);

/// Files of one kind and site each: of the mean, or of the realization if there is only one; of all
/// realizations; the same as shares of the whole rate.
std::vector<std::filesystem::path> export_disagg(const Results&, const std::filesystem::path&,
                                                 const ExportOptions&);
std::vector<std::filesystem::path> export_disagg_rlzs(const Results&, const std::filesystem::path&,
                                                      const ExportOptions&);
std::vector<std::filesystem::path> export_disagg_traditional(const Results&,
                                                             const std::filesystem::path&,
                                                             const ExportOptions&);
/// Annual rates of exceedance by source, a file for each site.
std::vector<std::filesystem::path> export_rates_by_source(const Results&,
                                                          const std::filesystem::path&,
                                                          const ExportOptions&);

/// Line 1 (unless plain) and the line of column names. `facts` follow the standing ones: ",
/// key=value".
void begin_csv(CsvFile& csv, const Results& results, const std::vector<std::string>& columns,
               const ExportOptions& options, std::string_view facts = {});

/// Name of a tectonic region by its number in a table. Throws Error{data} if there is none.
std::string region_name(const std::vector<std::string>& regions, std::int64_t number,
                        const Results& results);

/// How exports name the sites: the column's name and [N] cells, ready for CsvFile::cell.
struct SiteNames {
  std::string column;  ///< "custom_site_id", or "site_id" if the file has none
  std::vector<std::string> cells;
};
SiteNames site_names(const SiteTable& sites);

}  // namespace shakefield::calc
