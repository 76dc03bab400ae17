// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "schema_tables.hpp"

namespace shakefield::job {
namespace {

using enum Status;

constexpr ParameterInfo rows[] = {
    {"mean", "hazard", "bool", "", "true", "", used,
     "Mean of hazard curves over the realizations."},
    {"std", "hazard", "bool", "", "false", "", used,
     "Standard deviation of hazard curves over the realizations."},
    {"quantiles", "hazard", "floats", "1", "none", "[0, 1]", used,
     "Weighted quantiles of hazard curves over the realizations."},
    {"max", "hazard", "bool", "", "false", "", used,
     "Largest of the hazard curves of all realizations, whatever their weights."},
    {"individual_rlzs", "hazard", "bool", "", "false", "", used,
     "Hazard curves of each realization, too."},
    {"use_rates", "hazard", "bool", "", "false", "", used,
     "Statistics are of rates of exceedance, not of probabilities."},
    {"poes", "hazard", "floats", "1", "none", "[0, 1]", used,
     "Probabilities of exceedance of maps and spectra, inside (0, 1)."},
    {"return_periods", "hazard", "floats", "yr", "none", "> 0", used,
     "Return periods of maps and spectra; poes say the same as probabilities."},
    {"hazard_maps", "hazard", "bool", "", "false", "", used,
     "Exports hazard maps at all poes in one file; maps by return period are made wherever poes "
     "are "
     "given."},
    {"uniform_hazard_spectra", "hazard", "bool", "", "false", "", used,
     "Uniform hazard spectra at the poes."},
    {"tiling", "hazard", "bool", "", "false", "", ignored, "Work is always dealt in tiles."},
    {"disagg_by_src", "hazard", "bool", "", "false", "", used,
     "Disaggregation by source, too; needs points that are not gathered (ps_grid_spacing). Ignored "
     "in classical calculations."},
    {"hazard_curves_csv", "hazard", "any", "", "none", "", unsupported,
     "Hazard curves from a file are not offered."},
    {"hazard_calculation_id", "hazard", "any", "", "none", "", unsupported,
     "Continuing another calculation is not offered."},
    {"postproc_func", "hazard", "any", "", "none", "", unsupported,
     "Post-processing functions of the peer are not offered."},
    {"postproc_args", "hazard", "any", "", "none", "", ignored,
     "Serves post-processing functions only."},
    {"asce_version", "hazard", "any", "", "none", "", ignored, "Serves design spectra only."},
    {"poes_disagg", "disaggregation", "floats", "1", "none", "[0, 1]", used,
     "Probabilities of exceedance, inside (0, 1), at whose levels of the mean curve the hazard is "
     "disaggregated; the poes of maps are the same. This or iml_disagg."},
    {"iml_disagg", "disaggregation", "per_imt", "IMT", "none", "> 0", used,
     "Levels at which the hazard is disaggregated, by measure; without "
     "intensity_measure_types_and_levels they are the levels of the curves, too."},
    {"mag_bin_width", "disaggregation", "float", "1", "1", "[0.01, 10]", used,
     "Width of the bins of magnitude."},
    {"distance_bin_width", "disaggregation", "float", "km", "none", "[0.5, 40000]", used,
     "Width of the bins of the rupture distance; required, unless disagg_bin_edges has dist."},
    {"coordinate_bin_width", "disaggregation", "float", "degrees", "100", "[0.01, 360]", used,
     "Half the width, about, of the bins of longitude and latitude of the closest point of a "
     "rupture."},
    {"num_epsilon_bins", "disaggregation", "int", "", "1", "[1, 1000]", used,
     "Number of bins of epsilon from -truncation_level to truncation_level."},
    {"disagg_bin_edges", "disaggregation", "dict", "", "none", "", used,
     "Edges in the place of widths, ascending: {\"mag\": [5, 6, 7]}; axes mag, dist, eps, and for "
     "one site lon, lat."},
    {"disagg_outputs", "disaggregation", "names", "", "none",
     "of Mag, Dist, Mag_Dist, Mag_Dist_Eps, Lon_Lat, Mag_Lon_Lat, TRT, TRT_Mag, TRT_Lon_Lat, "
     "TRT_Mag_Dist, TRT_Mag_Dist_Eps",
     used, "What to disaggregate by; all, if it is not given."},
    {"epsilon_star", "disaggregation", "bool", "", "false", "", used,
     "The whole probability of a rupture belongs to the epsilon that reaches the level exactly."},
    {"num_rlzs_disagg", "disaggregation", "int", "", "0", ">= 0", used,
     "Disaggregates this number of realizations, at each site those with the curves closest to the "
     "mean (whose curves are kept, as individual_rlzs does); 0: all."},
    {"rlz_index", "disaggregation", "floats", "", "none", ">= 0", used,
     "Numbers of the realizations to disaggregate, in the place of num_rlzs_disagg."},
    {"max_sites_disagg", "disaggregation", "int", "", "10", ">= 1", used,
     "Up to this number of sites all of them are near or far together (pointsource_distance)."},
    {"imt_ref", "disaggregation", "any", "", "none", "", ignored,
     "Serves conditional spectra only."},
};

}  // namespace

std::span<const ParameterInfo> hazard_parameters() {
  return rows;
}

}  // namespace shakefield::job
