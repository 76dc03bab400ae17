// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "schema_tables.hpp"

namespace shakefield::job {
namespace {

using enum Status;

constexpr ParameterInfo rows[] = {
    {"calculation_mode", "general", "mode", "", "required",
     "one of scenario, event_based, classical, disaggregation", used, "What to compute."},
    {"description", "general", "text", "", "no description", "", used,
     "A title, kept in the file."},
    {"ses_seed", "general", "int", "", "42", ">= 0", used,
     "Seed of ruptures, events and ground-motion fields."},
    {"random_seed", "general", "int", "", "42", ">= 0", used,
     "Seed of the sampling of logic trees, and of nothing else."},
    {"truncation_level", "general", "float", "1", "required", ">= 0", used,
     "Standard deviations at which residuals are cut; 0 = medians only."},
    {"truncation_level_between", "general", "float", "1", "none", ">= 0", used,
     "The same for between-event residuals only; default truncation_level."},
    {"truncation_level_within", "general", "float", "1", "none", ">= 0", used,
     "The same for within-event residuals only; default truncation_level."},
    {"maximum_distance", "general", "reach", "km", "required", ">= 0", used,
     "Sites farther from a rupture get no values: a number, a list [[magnitude, km], …], "
     "'magdist', or a dictionary of these by tectonic region with a \"default\"."},
    {"minimum_distance", "general", "float", "km", "0", ">= 0", used,
     "Distances handed to ground-motion models are raised to it."},
    {"intensity_measure_types", "general", "imts", "", "none", "", used,
     "Names of intensity measure types: for example PGA, SA(0.3)."},
    {"intensity_measure_types_and_levels", "general", "imtls", "", "none", "> 0", used,
     "Dictionary of ascending levels by intensity measure type; logscale(a, b, n) and linscale(a, "
     "b, n) may be used."},
    {"export_dir", "general", "text", "", "", "", used,
     "Folder for CSV files; the command line's --export-dir overrides it."},
    {"exports", "general", "any", "", "none", "", ignored,
     "The command line's --exports chooses the formats."},
    {"tile_size", "shakefield", "int", "sites", "none", "[16, 1000000]", used,
     "Sites in a tile, the unit of work that is dealt to ranks; by default 16 to 128, for 256 "
     "tiles. No number depends on it."},
    {"batch_mib", "shakefield", "float", "MiB", "none", "[0.001, 65536]", used,
     "Estimated size of the rows of one batch of events, all ranks together; by default 0.5 for "
     "each rank, with a gmf_codec 2. No number depends on it."},
    {"gmf_codec", "shakefield", "choice", "", "none", "one of none, deflate, zstd", used,
     "How chunks of fields are compressed. Every reader of HDF5 knows deflate; zstd needs a plugin "
     "(Python: import hdf5plugin)."},
    {"gmf_codec_level", "shakefield", "int", "", "1", "[-7, 19]", used,
     "Level of the codec: deflate 1 to 12, zstd -7 to 19; higher is smaller and slower."},
    {"gmf_significant_bits", "shakefield", "int", "bits", "24", "[7, 24]", used,
     "Fields are rounded to so many significant bits (24: as computed); the relative error is at "
     "most 2^-bits. 13 bits make files far smaller when compressed."},
    {"gmf_writer", "shakefield", "choice", "", "single", "one of single, mpi_io", used,
     "Who writes fields: rank 0 alone, or all ranks in collective MPI-IO calls (for parallel file "
     "systems; the same rows). mpi_io takes no gmf_codec, and makes no commits: a run that is "
     "killed cannot be gone on with."},
    {"gmf_statistics", "shakefield", "bool", "", "false", "", used,
     "Number of events that reach each site, mean and standard deviation of ln of their values, by "
     "realization and measure; from all values, also those below minimum_intensity."},
    {"gmf_maxima", "shakefield", "bool", "", "false", "", used,
     "The largest value at each site, by realization and measure, and its event."},
    {"gmf_exceedances", "shakefield", "bool", "", "false", "", used,
     "Number of events that reach each level of intensity_measure_types_and_levels at each site, "
     "by realization."},
    {"gmf_top_events", "shakefield", "int", "events", "0", "[0, 1000000]", used,
     "So many events with the largest mean value over all sites (0 where a site is out of reach), "
     "for each measure."},
};

}  // namespace

std::span<const ParameterInfo> general_parameters() {
  return rows;
}

}  // namespace shakefield::job
