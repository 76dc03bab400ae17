// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "schema_tables.hpp"

namespace shakefield::job {
namespace {

using enum Status;

constexpr ParameterInfo rows[] = {
    {"rupture_model_file", "scenario", "file", "", "none", "", used,
     "The rupture (NRML), or a table of ruptures (.csv), which event-based jobs may give in the "
     "place of sources."},
    {"rupture_dict", "scenario", "dict", "", "none", "", used,
     "The rupture as a dictionary: lon, lat, dep, mag, rake; strike 0, dip 90; msr and "
     "aspect_ratio 2."},
    {"number_of_ground_motion_fields", "scenario", "int", "", "none", ">= 1", used,
     "Fields of each ground-motion model; required by scenarios."},
    {"tectonic_region_type", "scenario", "text", "", "*", "", used,
     "Tectonic region of the rupture, where maximum_distance depends on it."},
    {"rupture_id", "scenario", "any", "", "none", "", unsupported,
     "Ruptures of another calculation are not offered."},
    {"station_data_file", "scenario", "any", "", "none", "", unsupported,
     "Conditioning on stations is not offered yet."},
    {"maximum_distance_stations", "scenario", "any", "km", "none", "", ignored,
     "Serves conditioning on stations only."},
    {"with_betw_ratio", "scenario", "any", "", "none", "", unsupported,
     "Splitting total standard deviations is not offered."},
    {"shakemap_id", "scenario", "any", "", "none", "", unsupported,
     "Fields from a ShakeMap are not offered."},
    {"shakemap_uri", "scenario", "any", "", "none", "", unsupported,
     "Fields from a ShakeMap are not offered."},
    {"spatial_correlation", "scenario", "any", "", "none", "", ignored, "Serves ShakeMaps only."},
    {"cross_correlation", "scenario", "any", "", "none", "", ignored, "Serves ShakeMaps only."},
    {"cholesky_limit", "scenario", "any", "", "none", "", ignored, "Serves ShakeMaps only."},
    {"correlation_cutoff", "scenario", "any", "", "none", "", ignored, "Serves ShakeMaps only."},
    {"truncated_mvn", "scenario", "bool", "", "false", "", unsupported,
     "Truncated multivariate residuals of stations are not offered."},
    {"investigation_time", "event based", "float", "yr", "none", "> 0", used,
     "Years of one stochastic event set, or that probabilities of exceedance are for; required."},
    {"ses_per_logic_tree_path", "event based", "int", "", "1", ">= 1", used,
     "Stochastic event sets of each logic-tree path."},
    {"ground_motion_fields", "ground-motion fields", "bool", "", "true", "", used,
     "Store ground-motion fields; hazard curves from fields and gmf_statistics, gmf_maxima, "
     "gmf_exceedances and gmf_top_events need no stored ones."},
    {"minimum_intensity", "ground-motion fields", "per_imt", "IMT", "none", ">= 0", used,
     "Rows with all intensities below are not stored: a number, or a dictionary by intensity "
     "measure type with a \"default\"."},
    {"extreme_gmv", "ground-motion fields", "per_imt", "IMT", "none", "> 0", used,
     "Values above are replaced by the median: a number, or a dictionary by intensity measure "
     "type."},
    {"ground_motion_correlation_model", "ground-motion fields", "text", "", "none", "", used,
     "Spatial correlation of within-event residuals: JB2009 (up to 2,000 sites), or nothing."},
    {"ground_motion_correlation_params", "ground-motion fields", "dict", "", "none", "", used,
     "Arguments of the correlation model: {\"vs30_clustering\": True} for JB2009."},
    {"max_sites_correl", "ground-motion fields", "int", "", "1200", "", ignored,
     "The limit of correlated fields here is 2,000 sites."},
    {"gmf_max_gb", "ground-motion fields", "float", "GB", "0.01", "", ignored,
     "Averages are computed for any size."},
    {"mea_tau_phi", "ground-motion fields", "bool", "", "false", "", later,
     "Storing mean, tau and phi is not offered yet."},
    {"hazard_curves_from_gmfs", "ground-motion fields", "bool", "", "false", "", used,
     "Hazard curves, statistics, maps and spectra from the fields of event_based, with their "
     "Monte-Carlo errors."},
    {"compare_with_classical", "ground-motion fields", "bool", "", "false", "", later,
     "Classical curves beside those from fields are not computed yet."},
    {"secondary_perils", "ground-motion fields", "any", "", "none", "", unsupported,
     "Secondary perils are not offered."},
    {"sec_peril_params", "ground-motion fields", "any", "", "none", "", ignored,
     "Serves secondary perils only."},
    {"gmfs_file", "ground-motion fields", "any", "", "none", "", unsupported,
     "Fields from a file are not offered."},
    {"gmfs_csv", "ground-motion fields", "any", "", "none", "", unsupported,
     "Fields from a file are not offered."},
};

}  // namespace

std::span<const ParameterInfo> field_parameters() {
  return rows;
}

}  // namespace shakefield::job
