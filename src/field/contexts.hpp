// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "own_sites.hpp"
#include "padding.hpp"
#include "shakefield/gmm/model.hpp"
#include "shakefield/rupture/rupture.hpp"

namespace shakefield::field {

/// A distance that models may need, and where it stands.
struct DistanceKind {
  gmm::Needs need;
  rupture::Distance distance;
  std::span<double> rupture::DistanceColumns::*filled;
  std::span<const double> gmm::GmmInput::*read;
};
inline constexpr std::array<DistanceKind, 7> distance_kinds{{
    {gmm::Needs::r_rup, rupture::Distance::r_rup, &rupture::DistanceColumns::r_rup,
     &gmm::GmmInput::r_rup},
    {gmm::Needs::r_jb, rupture::Distance::r_jb, &rupture::DistanceColumns::r_jb,
     &gmm::GmmInput::r_jb},
    {gmm::Needs::r_x, rupture::Distance::r_x, &rupture::DistanceColumns::r_x, &gmm::GmmInput::r_x},
    {gmm::Needs::r_y0, rupture::Distance::r_y0, &rupture::DistanceColumns::r_y0,
     &gmm::GmmInput::r_y0},
    {gmm::Needs::r_hypo, rupture::Distance::r_hypo, &rupture::DistanceColumns::r_hypo,
     &gmm::GmmInput::r_hypo},
    {gmm::Needs::r_epi, rupture::Distance::r_epi, &rupture::DistanceColumns::r_epi,
     &gmm::GmmInput::r_epi},
    {gmm::Needs::azimuth, rupture::Distance::azimuth, &rupture::DistanceColumns::azimuth,
     &gmm::GmmInput::azimuth},
}};

using Models = std::vector<std::shared_ptr<const gmm::GroundMotionModel>>;

/// What any of the models needs.
gmm::Needs needs_of(const Models& models);
/// Throws Error{unsupported} for a distance that no rupture gives.
void check_distances(const gmm::ModelInfo& info);

/// The sites of a rank in reach of one rupture at a time, their distances, and what models say of
/// them. Memory is used again for the next rupture.
class Contexts {
 public:
  /// Sites that a model sees at a time: inputs and results stay in the first- and second-level
  /// cache.
  static constexpr std::size_t block_sites = 256;
  /// From one IMT to the next in a block; no power of two, which would share cache sets.
  static constexpr std::size_t block_stride = gmm::GmmOutput::stride_for(block_sites);

  Contexts(const site::SiteCollection& all, const std::vector<site::Tile>& tiles, gmm::Needs needs,
           std::size_t num_imts, double minimum_distance_km);

  OwnSites own;
  SitesInReach sites;                         ///< of the rupture that find() was given
  std::vector<double> mean, sigma, tau, phi;  ///< [M][block_stride] of the last block

  /// Fills `sites`.
  void find(const rupture::Rupture& rupture, double reach_km, const Zone& zone = {});
  /// Fills the distance columns for the sites in reach, at least one.
  void compute_distances(const rupture::Rupture& rupture, gmm::Needs needs);

  /// Calls take(begin, inputs) after the model has filled mean, sigma, tau and phi for a block of
  /// sites. compute_distances must have been called with its needs.
  template <class Take>
  void evaluate(const gmm::GroundMotionModel& model, const rupture::Rupture& rupture, Take&& take) {
    const gmm::Needs needs = model.info().needs;
    gmm::GmmInput in = rupture_input(rupture);
    for (std::size_t begin = 0; begin < sites.size; begin += block_sites) {
      in.size = std::min(block_sites, sites.size - begin);
      const auto part = [&](const std::vector<double>& column) {
        return std::span<const double>(column).subspan(begin, padded(in.size));
      };
      for (std::size_t p = 0; p < site_parameter_kinds.size(); ++p)
        if (gmm::contains(needs, site_parameter_kinds[p].need))
          in.*site_parameter_kinds[p].column = part(sites.parameters[p]);
      for (std::size_t d = 0; d < distance_kinds.size(); ++d)
        if (gmm::contains(needs, distance_kinds[d].need))
          in.*distance_kinds[d].read = part(distances_[d]);
      in.lon_deg = part(sites.lon_deg);
      in.lat_deg = part(sites.lat_deg);
      model.evaluate(in, {block_stride, mean, sigma, tau, phi});
      take(begin, in);
    }
  }

 private:
  static gmm::GmmInput rupture_input(const rupture::Rupture& rupture);

  double minimum_distance_km_;
  std::array<std::vector<double>, distance_kinds.size()> distances_;
};

}  // namespace shakefield::field
