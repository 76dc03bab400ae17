// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/field/field_maker.hpp"
#include "shakefield/field/reach.hpp"
#include "shakefield/gmm/model.hpp"
#include "shakefield/rupture/rupture.hpp"
#include "shakefield/site/site_collection.hpp"
#include "shakefield/site/tiling.hpp"

namespace shakefield::field {

/// What one model says of some sites in reach of a rupture. Columns are the maker's and hold until
/// its next call.
struct ContextBlock {
  std::span<const std::uint32_t> own;   ///< [N] positions among the own sites, ascending
  std::size_t stride = 0;               ///< IMT m of a moment stands at m * stride
  std::span<const double> mean, sigma;  ///< [M][N] ln of the IMT's unit (MMI: plain)
};

/// Mean and standard deviation of ruptures at the sites of one rank: what integrals over ruptures
/// need, without events. Local; one object a thread.
class ContextMaker {
 public:
  /// `own`: tiles of this rank; `models`: bound to `num_imts` IMTs; parts of mixtures are models of
  /// their own. Distances handed to models are raised to minimum_distance_km. Throws Error{config}
  /// if a model needs a site parameter that the sites lack, Error{unsupported} for the distance
  /// r_volc.
  ContextMaker(const site::SiteCollection& sites, const std::vector<site::Tile>& own,
               std::vector<std::shared_ptr<const gmm::GroundMotionModel>> models,
               std::size_t num_imts, double minimum_distance_km);
  ~ContextMaker();
  ContextMaker(ContextMaker&&) noexcept;

  const std::vector<std::uint32_t>& own_sites() const;  ///< ids, ascending
  /// Turns to a rupture: finds the own sites of the zone with r_rup <= reach_km and their distances
  /// for these models. Returns the number of sites.
  std::size_t turn_to(const rupture::Rupture& rupture, double reach_km, const Zone& zone,
                      std::span<const std::size_t> models);
  /// Evaluates one of the models that turn_to was given, block of sites by block.
  void evaluate(std::size_t model, const std::function<void(const ContextBlock&)>& take);

  /// The sites in reach, as the blocks of evaluate() have them one after the other: their r_rup in
  /// km (not raised to minimum_distance_km), [N]; valid until the next rupture.
  std::span<const double> r_rup_km() const;
  /// The points of the surface that are nearest to them, [N].
  std::vector<geo::Point> nearest_points() const;

  /// [models] how often each one was evaluated outside of its published ranges.
  const std::vector<OutsideCounts>& outside() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::field
