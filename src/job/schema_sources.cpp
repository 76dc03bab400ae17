// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "schema_tables.hpp"

namespace shakefield::job {
namespace {

using enum Status;

constexpr ParameterInfo rows[] = {
    {"rupture_mesh_spacing", "erf", "float", "km", "5", "[0.01, 1000]", used,
     "Distance between the nodes of simple faults."},
    {"complex_fault_mesh_spacing", "erf", "float", "km", "none", "[0.01, 1000]", used,
     "Distance between the nodes of complex faults; at least rupture_mesh_spacing, which is the "
     "default."},
    {"area_source_discretization", "erf", "float", "km", "none", "[0.1, 1000]", used,
     "Distance between the points of area sources that do not give their own."},
    {"width_of_mfd_bin", "erf", "float", "1", "1", "[0.001, 10]", used,
     "Width of the magnitude bins of continuous distributions."},
    {"shift_hypo", "erf", "bool", "", "false", "", used,
     "Hypocentres of point sources move with planes that are shifted into the seismogenic layer."},
    {"minimum_magnitude", "erf", "per_region", "1", "0", ">= 0", used,
     "Ruptures below it are left out: a number, or a dictionary by tectonic region with a "
     "\"default\"."},
    {"floating_x_step", "erf", "float", "1", "0", "[0, 1]", used,
     "Step of kite-fault ruptures along strike as a fraction of their length; 0: every node."},
    {"floating_y_step", "erf", "float", "1", "0", "[0, 1]", used,
     "Step of kite-fault ruptures down dip as a fraction of their width; 0: every node."},
    {"pointsource_distance", "erf", "reach", "km", "100", ">= 0", used,
     "Classical, disaggregation: beyond it, all nodal planes and depths of a point source are one "
     "rupture of their "
     "mean; forms as maximum_distance. 10000 and above: never."},
    {"ps_grid_spacing", "erf", "float", "km", "0", ">= 0", used,
     "Classical, disaggregation: points in one cell of a grid of this spacing are one point beyond "
     "pointsource_distance, which is then 40 km by default; 0: each by itself."},
    {"infer_occur_rates", "erf", "bool", "", "false", "", used,
     "Multi-fault sources: annual rates from the probability of no occurrence, in the place of the "
     "probabilities."},
    {"maximum_rupture_depth", "erf", "any", "km", "none", "", unsupported,
     "Leaving out deep ruptures is not offered."},
    {"source_id", "erf", "names", "", "none", "", used,
     "Beginnings of the ids of the sources to take; the others are left out."},
    {"source_nodes", "erf", "names", "", "none", "", used,
     "Kinds of sources to take, by the names of their elements (areaSource simpleFaultSource); the "
     "others are left out."},
    {"discard_trts", "erf", "text", "", "none", "", used,
     "Tectonic regions whose sources are left out, separated by commas."},
    {"keep_trt", "erf", "any", "", "none", "", unsupported,
     "Leaving out tectonic regions is not offered; cut the source model."},
    {"reqv_ignore_sources", "erf", "names", "", "none", "", used,
     "Ids of sources that keep their planes and depths in spite of reqv_hdf5."},
    {"reqv_hdf5", "erf", "dict", "", "none", "", used,
     "Classical: tables of equivalent distances (HDF5) by tectonic region. Point, multi-point and "
     "area sources are points then, of their mean planes and depths."},
    {"split_sources", "erf", "bool", "", "true", "", ignored,
     "How sources are split does not change a number here."},
    {"source_model_file", "logic tree", "files", "", "none", "", used,
     "Source model files that make one path, in the place of a source-model logic tree."},
    {"source_model_logic_tree_file", "logic tree", "file", "", "none", "", used,
     "Source-model logic tree (NRML)."},
    {"gsim_logic_tree_file", "logic tree", "file", "", "none", "", used,
     "Ground-motion logic tree (NRML)."},
    {"gsim", "logic tree", "text", "", "none", "", used,
     "One ground-motion model for all sources, in the place of a logic tree."},
    {"number_of_logic_tree_samples", "logic tree", "int", "", "0", ">= 0", used,
     "Paths to sample; 0 = all paths."},
    {"sampling_method", "logic tree", "choice", "", "early_weights",
     "one of early_weights, late_weights, early_latin, late_latin", used, "How paths are sampled."},
    {"max_potential_paths", "logic tree", "int", "", "15000", ">= 1", used,
     "Most paths of a full enumeration."},
    {"collapse_gsim_logic_tree", "logic tree", "any", "", "none", "", unsupported,
     "Collapsing branches of the ground-motion tree is not offered."},
    {"collect_rlzs", "logic tree", "bool", "", "none", "", unsupported,
     "Collecting all events in one realization is not offered."},
    {"smlt_branch", "logic tree", "any", "", "none", "", unsupported,
     "Computing one branch only is not offered; cut the logic tree."},
    {"oversampling", "logic tree", "any", "", "tolerate", "", ignored,
     "More samples than paths are always allowed."},
};

}  // namespace

std::span<const ParameterInfo> source_parameters() {
  return rows;
}

}  // namespace shakefield::job
