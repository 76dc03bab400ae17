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
    {"disagg_by_src", "hazard", "bool", "", "false", "", ignored,
     "Rates by source are not computed yet; no curve depends on it."},
    {"hazard_curves_csv", "hazard", "any", "", "none", "", unsupported,
     "Hazard curves from a file are not offered."},
    {"hazard_calculation_id", "hazard", "any", "", "none", "", unsupported,
     "Continuing another calculation is not offered."},
    {"postproc_func", "hazard", "any", "", "none", "", unsupported,
     "Post-processing functions of the peer are not offered."},
    {"postproc_args", "hazard", "any", "", "none", "", ignored,
     "Serves post-processing functions only."},
    {"asce_version", "hazard", "any", "", "none", "", ignored, "Serves design spectra only."},
    {"iml_disagg", "disaggregation", "any", "", "none", "", ignored, "Serves disaggregation only."},
    {"poes_disagg", "disaggregation", "floats", "1", "none", "[0, 1]", ignored,
     "Serves disaggregation only."},
    {"mag_bin_width", "disaggregation", "float", "1", "1", "> 0", ignored,
     "Serves disaggregation only."},
    {"distance_bin_width", "disaggregation", "float", "km", "none", "> 0", ignored,
     "Serves disaggregation only."},
    {"coordinate_bin_width", "disaggregation", "float", "degrees", "100", "> 0", ignored,
     "Serves disaggregation only."},
    {"num_epsilon_bins", "disaggregation", "int", "", "1", ">= 1", ignored,
     "Serves disaggregation only."},
    {"disagg_bin_edges", "disaggregation", "any", "", "none", "", ignored,
     "Serves disaggregation only."},
    {"disagg_outputs", "disaggregation", "any", "", "none", "", ignored,
     "Serves disaggregation only."},
    {"epsilon_star", "disaggregation", "bool", "", "false", "", ignored,
     "Serves disaggregation only."},
    {"num_rlzs_disagg", "disaggregation", "int", "", "0", ">= 0", ignored,
     "Serves disaggregation only."},
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
