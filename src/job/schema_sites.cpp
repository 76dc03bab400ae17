// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "schema_tables.hpp"

namespace shakefield::job {
namespace {

using enum Status;

constexpr ParameterInfo rows[] = {
    {"sites", "sites", "points", "degrees", "none", "", used,
     "Points \"lon lat [depth], …\"; sorted by longitude and latitude."},
    {"sites_csv", "sites", "file", "", "none", "", used,
     "CSV of points: lon,lat[,depth] without a header (sorted), or with a header of site "
     "parameters (order kept)."},
    {"site_model_file", "sites", "files", "", "none", "", used,
     "CSV with a header: lon, lat and site parameters. Alone it gives the sites."},
    {"site_model_csv", "sites", "files", "", "none", "", used, "Another name of site_model_file."},
    {"region", "sites", "points", "degrees", "none", "", used,
     "Vertices \"lon lat, …\" of a polygon that is filled with a grid of sites."},
    {"region_grid_spacing", "sites", "float", "km", "none", "[0.001, 1000]", used,
     "Spacing of the grid of a region."},
    {"reference_vs30_value", "sites", "float", "m/s", "none", "> 0", used,
     "vs30 of sites that have none of their own."},
    {"reference_vs30_type", "sites", "choice", "", "inferred", "one of measured, inferred", used,
     "Whether vs30 was measured, for sites that do not say."},
    {"reference_depth_to_1pt0km_per_sec", "sites", "depth", "m", "none", "", used,
     "z1pt0 of sites that have none of their own; -999 = the model's own relation."},
    {"reference_depth_to_2pt5km_per_sec", "sites", "depth", "km", "none", "", used,
     "z2pt5 of sites that have none of their own; -999 = the model's own relation."},
    {"override_vs30", "sites", "floats", "m/s", "none", "> 0", used,
     "One vs30 for all sites, whatever the site model says."},
    {"reference_depth_to_1pt4km_per_sec", "sites", "float", "m", "none", "", ignored,
     "No ground-motion model that is offered uses z1pt4."},
    {"horiz_comp_to_geom_mean", "sites", "bool", "", "false", "", unsupported,
     "The conversion of horizontal components is not offered."},
    {"site_class", "sites", "any", "", "none", "", unsupported,
     "Site classes are not offered; give vs30."},
    {"site_labels", "sites", "any", "", "none", "", ignored,
     "Labels of sites do not change a number."},
    {"siteid", "sites", "any", "", "none", "", unsupported,
     "Selecting sites by number is not offered; cut the site file."},
    {"tile_spec", "sites", "any", "", "none", "", unsupported,
     "Computing one tile of the sites is not offered; cut the site file."},
    {"vs30_tolerance", "sites", "int", "m/s", "0", ">= 0", ignored,
     "Serves the amplification of curves only."},
    {"prefer_global_site_params", "sites", "bool", "", "none", "", unsupported,
     "Reference values in the place of the site model: remove the site model."},
    {"exposure_file", "sites", "any", "", "none", "", unsupported,
     "Sites from an exposure are not offered; write a site model CSV."},
    {"countries", "sites", "any", "", "none", "", unsupported,
     "Sites of countries are not offered; give a site model CSV."},
    {"amplification_file", "sites", "any", "", "none", "", unsupported,
     "Site amplification by tables is not offered."},
    {"amplification_csv", "sites", "any", "", "none", "", unsupported,
     "Site amplification by tables is not offered."},
    {"amplification_method", "sites", "any", "", "none", "", ignored,
     "Serves amplification tables only."},
    {"soil_intensities", "sites", "any", "", "none", "", ignored,
     "Serves amplification tables only."},
};

}  // namespace

std::span<const ParameterInfo> site_parameters() {
  return rows;
}

}  // namespace shakefield::job
