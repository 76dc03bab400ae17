// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "schema_tables.hpp"

namespace shakefield::job {
namespace {

using enum Status;

constexpr ParameterInfo rows[] = {
    {"hazard_maps", "hazard", "bool", "", "false", "", later, "Hazard maps are not computed yet."},
    {"uniform_hazard_spectra", "hazard", "bool", "", "false", "", later,
     "Uniform hazard spectra are not computed yet."},
    {"poes", "hazard", "floats", "1", "none", "[0, 1]", later,
     "Probabilities of exceedance of maps and spectra, which are not computed yet."},
    {"quantiles", "hazard", "floats", "1", "none", "[0, 1]", later,
     "Quantiles of hazard curves, which are not computed yet."},
    {"mean", "hazard", "bool", "", "true", "", ignored, "Serves statistics of hazard curves only."},
    {"max", "hazard", "bool", "", "false", "", ignored, "Serves statistics of hazard curves only."},
    {"std", "hazard", "bool", "", "false", "", ignored, "Serves statistics of hazard curves only."},
    {"individual_rlzs", "hazard", "bool", "", "false", "", ignored,
     "Serves statistics of hazard curves only."},
    {"return_periods", "hazard", "floats", "yr", "none", "> 0", ignored,
     "Serves loss curves and maps only."},
    {"tiling", "hazard", "bool", "", "false", "", ignored, "Work is always dealt in tiles."},
    {"disagg_by_src", "hazard", "bool", "", "false", "", ignored, "Serves hazard curves only."},
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
    {"max_sites_disagg", "disaggregation", "int", "", "10", ">= 1", ignored,
     "Serves disaggregation only."},
    {"imt_ref", "disaggregation", "any", "", "none", "", ignored,
     "Serves conditional spectra only."},
};

}  // namespace

std::span<const ParameterInfo> hazard_parameters() {
  return rows;
}

}  // namespace shakefield::job
