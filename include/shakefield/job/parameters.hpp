// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shakefield/core/imt.hpp"
#include "shakefield/field/reach.hpp"
#include "shakefield/geo/point.hpp"
#include "shakefield/gmm/model.hpp"
#include "shakefield/logictree/full_tree.hpp"

namespace shakefield::job {

enum class Mode { scenario, event_based, classical, disaggregation };
/// Whether hazard curves are integrals over ruptures.
constexpr bool integrates(Mode mode) {
  return mode == Mode::classical || mode == Mode::disaggregation;
}

/// What is made of hazard curves.
struct HazardParameters {
  bool mean = true, std = false, max = false;
  std::vector<double> quantiles;  ///< [0, 1], in the order of the job
  bool individual_rlzs = false;
  bool use_rates = false;    ///< statistics of rates instead of probabilities
  std::vector<double> poes;  ///< inside (0, 1), in the order of the job, return periods included
  bool hazard_maps = false;
  bool uniform_hazard_spectra = false;
  field::Reach pointsource_distance{100};
  double ps_grid_spacing_km = 0;  ///< 0: points are not gathered
  std::size_t max_sites_disagg = 10;
};

/// What is computed of all fields while they exist, whether they are stored or not.
struct ReducerParameters {
  bool statistics = false, maxima = false, exceedances = false;
  std::size_t top_events = 0;  ///< how many

  bool any() const { return statistics || maxima || exceedances || top_events > 0; }
};

/// What a disaggregation is asked for.
struct DisaggParameters {
  /// [M] levels by iml_disagg, 0 where a measure has none; empty: at HazardParameters::poes of the
  /// mean curve.
  std::vector<double> levels;
  double mag_bin_width = 1, distance_bin_width_km = 0, coordinate_bin_width_deg = 100;
  std::size_t num_epsilon_bins = 1;
  bool epsilon_star = false;
  /// Edges in the place of widths, by the names "mag", "dist", "lon", "lat", "eps".
  std::map<std::string, std::vector<double>> edges;
  std::vector<std::string> outputs;      ///< of disagg_kinds, in their order
  std::vector<std::uint32_t> rlz_index;  ///< realizations; empty: by num_rlzs
  std::size_t num_rlzs = 0;              ///< closest to the mean; 0: all
  bool by_source = false;
};
/// Names of what a disaggregation can put out, as the peer has them: axes joined by "_".
inline constexpr std::array<std::string_view, 11> disagg_kinds{
    "Mag", "Dist",    "Mag_Dist",    "Mag_Dist_Eps", "Lon_Lat",         "Mag_Lon_Lat",
    "TRT", "TRT_Mag", "TRT_Lon_Lat", "TRT_Mag_Dist", "TRT_Mag_Dist_Eps"};

/// The parameters of a job after reading, with types, units and defaults: one field for each "used"
/// row of the schema that the calculators read. Files are paths relative to the job's folder.
struct Parameters {
  std::string description;
  Mode mode = Mode::scenario;
  std::uint64_t ses_seed = 42;
  std::uint64_t random_seed = 42;

  std::vector<core::Imt> imts;  ///< sorted by period
  /// Levels of intensity_measure_types_and_levels, in the order of imts; empty if only names are
  /// given.
  std::vector<std::vector<double>> levels;

  double truncation_between = 3, truncation_within = 3;
  field::Reach maximum_distance;
  double minimum_distance_km = 0;
  std::map<std::string, double>
      minimum_magnitude;                  ///< by tectonic region; "default" holds for the others
  std::vector<double> minimum_intensity;  ///< [M] or empty
  std::vector<double> extreme_gmv;        ///< [M] or empty

  double rupture_mesh_spacing_km = 5;
  double complex_fault_mesh_spacing_km = 5;
  std::optional<double> area_source_discretization_km;
  double width_of_mfd_bin = 1.0;
  bool shift_hypo = false;

  std::size_t number_of_logic_tree_samples = 0;
  logictree::SamplingMethod sampling_method = logictree::SamplingMethod::early_weights;
  std::size_t max_potential_paths = 15000;

  std::size_t number_of_ground_motion_fields = 0;  ///< scenario
  double investigation_time_yr = 1;                ///< event based, classical
  std::size_t ses_per_logic_tree_path = 1;

  bool ground_motion_fields = true;
  bool hazard_curves_from_gmfs = false;  ///< event based
  std::string correlation_model;         ///< "", "JB2009"
  bool vs30_clustering = false;

  HazardParameters hazard;
  ReducerParameters reducers;
  /// Whether there are fields at all: event sets can be drawn without any.
  bool makes_fields() const {
    return ground_motion_fields || hazard_curves_from_gmfs || reducers.any();
  }
  DisaggParameters disagg;

  // of shakefield only
  std::size_t tile_size = 0;       ///< sites a tile; 0: tile_sites()
  double batch_mib = 0;            ///< estimated MiB of rows a batch of events; 0: batch_bytes()
  std::string gmf_codec = "none";  ///< "none", "deflate", "zstd"
  int gmf_codec_level = 1;
  int gmf_significant_bits = 24;
  std::string gmf_writer = "single";  ///< "single", "mpi_io" (without a codec only)
  std::string export_dir;

  /// Sites a tile: by default so few that each rank has some near any rupture, but no more than
  /// some hundred tiles, which all ruptures are compared with, unless they become too large.
  std::size_t tile_sites(std::size_t num_sites) const {
    constexpr std::size_t usual_tiles = 256, smallest = 16;
    return tile_size > 0 ? tile_size
                         : std::clamp(num_sites / usual_tiles, smallest, largest_usual_tile);
  }
  static constexpr std::size_t largest_usual_tile = 128;

  /// Estimated size of the rows of a batch of events, all ranks together: by default so small that
  /// memory stays flat, or enough to fill chunks on all ranks that pack (docs/performance.md).
  double batch_bytes(int ranks) const {
    const double default_mib = ranks * (gmf_codec == "none" ? 0.5 : 2);
    return (batch_mib > 0 ? batch_mib : default_mib) * 1048576;
  }
};

}  // namespace shakefield::job
