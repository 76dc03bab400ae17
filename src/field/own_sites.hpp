// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "shakefield/field/reach.hpp"
#include "shakefield/gmm/model.hpp"
#include "shakefield/rupture/rupture.hpp"
#include "shakefield/site/site_collection.hpp"
#include "shakefield/site/tiling.hpp"

namespace shakefield::field {

/// A site parameter that models may need: its bit, its name in jobs, its column of the models'
/// input.
struct SiteParameterKind {
  gmm::Needs need;
  std::string_view name;
  std::span<const double> gmm::GmmInput::*column;
};
inline constexpr std::array<SiteParameterKind, 7> site_parameter_kinds{{
    {gmm::Needs::vs30, "vs30", &gmm::GmmInput::vs30},
    {gmm::Needs::vs30measured, "vs30measured", &gmm::GmmInput::vs30measured},
    {gmm::Needs::z1pt0, "z1pt0", &gmm::GmmInput::z1pt0},
    {gmm::Needs::z2pt5, "z2pt5", &gmm::GmmInput::z2pt5},
    {gmm::Needs::backarc, "backarc", &gmm::GmmInput::backarc},
    {gmm::Needs::xvf, "xvf", &gmm::GmmInput::xvf},
    {gmm::Needs::region, "region", &gmm::GmmInput::region},
}};

/// Sites of one rank in reach of one rupture, ascending by site id, as columns padded to a multiple
/// of 16 (columns may be longer: their memory is used again for the next rupture).
struct SitesInReach {
  std::size_t size = 0;
  std::vector<std::uint32_t> own, id, key_lo, key_hi;
  std::vector<double> lon_deg, lat_deg, depth_km, x, y, z;
  std::vector<double> r_rup;  ///< km
  std::array<std::vector<double>, site_parameter_kinds.size()> parameters;

  geo::PointsView points() const;
};

/// The sites of one rank as columns, with the search for those in reach of a rupture. Scratch
/// memory inside: one object a thread.
class OwnSites {
 public:
  /// Keeps the parameters of `needs`; throws Error{config} if the sites lack one. A missing backarc
  /// is 0.
  OwnSites(const site::SiteCollection& sites, const std::vector<site::Tile>& tiles,
           gmm::Needs needs);

  const std::vector<std::uint32_t>& ids() const { return ids_; }  ///< ascending
  /// Sites of the zone with r_rup <= reach_km (none if reach_km is 0). Independent of the cut into
  /// tiles.
  void find(const rupture::Rupture& rupture, double reach_km, const Zone& zone,
            SitesInReach& found);

 private:
  struct TilePoints {
    geo::Vec3 centre;
    double radius_km;
    std::vector<std::uint32_t> own;
    geo::Points points;
  };

  void mark_in_reach(const rupture::Rupture& rupture, double reach_km, const Zone& zone);

  std::vector<std::uint32_t> ids_, key_lo_, key_hi_;
  geo::Points points_;
  std::array<std::vector<double>, site_parameter_kinds.size()> parameters_;  ///< empty: not needed
  std::vector<TilePoints> tiles_;

  std::vector<std::uint64_t> marks_;  ///< one bit an own site; all 0 between two calls
  std::vector<double> r_rup_;         ///< [own] valid where marked
  std::vector<double> tile_r_rup_;
};

}  // namespace shakefield::field
