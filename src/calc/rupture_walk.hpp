// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "hazard_tree.hpp"
#include "shakefield/field/reach.hpp"
#include "shakefield/hazard/source_group_sums.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/source/point_families.hpp"

namespace shakefield::calc {

/// A rupture, and where it counts.
struct RuptureStep {
  const source::Source& source;
  std::size_t index = 0;     ///< in the enumeration of the source
  rupture::Rupture rupture;  ///< its magnitude rounded as models get it
  double reach_km = 0;       ///< > 0
  field::Zone zone = {};

  /// Whether it adds rate x time x probability to a rate of exceedance.
  bool is_poisson() const;
  /// Probability that it exceeds nothing in the time, given that of one occurrence.
  double non_exceedance(double time_yr, double poe) const;
};

/// Goes through the ruptures of a job as integrals over them want it: those of too small a
/// magnitude and those that reach no site left out, points by families (docs/definitions/hazard.md,
/// section 1.1). Depends neither on ranks nor on the cut into tiles. Local.
class RuptureWalk {
 public:
  using Visit = std::function<void(const RuptureStep&)>;

  /// `own`: tiles of the sites that count.
  RuptureWalk(const job::Job& job, const std::vector<site::Tile>& own) : job_(job), tiles_(own) {}

  /// Goes through a share of the sources in order: visit(step, item) for ruptures that count one by
  /// one, visit_group(item) for groups that must be taken as a whole.
  void visit_share(const HazardTree& tree, std::size_t share,
                   const std::function<void(const RuptureStep&, const HazardItem&)>& visit,
                   const std::function<void(const HazardItem&)>& visit_group) const;
  /// All ruptures of a source in a group that cannot be treated one by one.
  void visit_member(const source::Source& source, const Visit& visit) const;
  /// Whether a source may reach any of the sites.
  bool may_reach(const source::Source& source) const;

 private:
  void visit_unit(const HazardUnit& unit, const HazardItem& item, const Visit& visit) const;
  void step(const source::Source& source, std::size_t index, rupture::Rupture rupture,
            double reach_km, const field::Zone& zone, const Visit& visit) const;
  void visit_families(const source::PointFamilies& source, const HazardUnit& unit,
                      const Visit& visit) const;
  field::Zone near_zone(const source::PointFamilies& source,
                        const source::PointFamilies::Family& family, double reach) const;
  double minimum_magnitude(const std::string& region) const;

  const job::Job& job_;
  std::vector<site::Tile> tiles_;
};

/// How the sources of a group depend on each other in the time.
hazard::GroupLaw law_of(const source::SourceGroup& group, double time_yr);

}  // namespace shakefield::calc
