// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "classical_rates.hpp"
#include "hazard_tree.hpp"
#include "shakefield/hazard/bin_axis.hpp"
#include "shakefield/hazard/epsilon_bins.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::calc {

/// What rates are summed by. No kind of disaggregation has both distance and coordinates, so two
/// small tables replace one of all axes.
enum class DisaggTable : std::uint8_t { mag_dist_eps, mag_lon_lat, source };
inline constexpr std::size_t num_disagg_tables = 3;
inline constexpr std::array<std::string_view, num_disagg_tables> disagg_table_paths{
    "/disagg/mag_dist_eps", "/disagg/mag_lon_lat", "/disagg/source"};

/// The bins of a job.
struct DisaggAxes {
  hazard::BinAxis mag, dist;
  hazard::EpsilonBins eps;

  /// Of the point on a rupture that is nearest to a site.
  hazard::BinAxis longitudes(const geo::Point& site) const;
  hazard::BinAxis latitudes(const geo::Point& site) const;

  std::vector<double> lon_edges, lat_edges;  ///< given by the job; else empty
  double half_extent_deg = 0;                ///< of latitude
  std::size_t num_coordinate_bins = 1;
};
/// Reads the magnitudes of all ruptures. Throws Error{data} if none can reach a site.
DisaggAxes make_disagg_axes(const job::Job& job, const HazardTree& tree);

/// What a disaggregation sums up, and for whom: depends on the job only.
struct DisaggPlan {
  /// Rates of some columns of the tree are added up in one target, weighted.
  static constexpr std::uint32_t none = 0xffffffff;
  std::vector<std::uint32_t> target;         ///< [columns of the tree], or `none`
  std::vector<std::vector<double>> weights;  ///< [columns][M]
  std::vector<std::uint16_t> region;         ///< [targets] number in FullTree::regions
  bool by_realization = false;               ///< targets are columns, else regions
  bool has_mean = true;
  std::size_t num_realizations = 0;  ///< put out at each site
  std::array<bool, num_disagg_tables> has_table{};
  std::size_t num_poes = 1;          ///< levels a measure
  std::vector<std::string> sources;  ///< base ids, in order of first use; empty unless by source
  std::map<const source::Source*, std::uint32_t> source_number;

  std::size_t num_kinds() const { return num_realizations + (has_mean ? 1 : 0); }
};
DisaggPlan make_disagg_plan(const job::Job& job, const HazardTree& tree);

/// The tiles do not depend on the ranks: the rows of the file stand in their order.
inline constexpr std::size_t sites_per_disagg_tile = 16;

/// All that a disaggregation and its plan need of a job, which outlives it. The same on all ranks.
struct DisaggSetup {
  /// Throws as make_disagg_axes() does.
  explicit DisaggSetup(const job::Job& job);
  DisaggSetup(const DisaggSetup&) = delete;
  DisaggSetup& operator=(const DisaggSetup&) = delete;

  const job::Job& job;
  ModelTable table;
  ClassicalModels models;
  HazardTree tree;
  DisaggPlan plan;
  DisaggAxes axes;
  std::vector<site::Tile> tiles;
  std::vector<double> work;  ///< [tiles] estimated; sums to 1

  /// Levels of a site: M * poes.
  std::size_t num_slots() const { return job.parameters.imts.size() * plan.num_poes; }
};

}  // namespace shakefield::calc
