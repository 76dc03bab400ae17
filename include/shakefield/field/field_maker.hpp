// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "shakefield/core/array.hpp"
#include "shakefield/core/imt.hpp"
#include "shakefield/field/correlation.hpp"
#include "shakefield/field/dropped_sums.hpp"
#include "shakefield/field/reach.hpp"
#include "shakefield/field/reducer.hpp"
#include "shakefield/field/residuals.hpp"
#include "shakefield/gmm/model.hpp"
#include "shakefield/rupture/rupture.hpp"
#include "shakefield/site/site_collection.hpp"
#include "shakefield/site/tiling.hpp"

namespace shakefield::field {

/// What the fields of a job have in common.
struct FieldOptions {
  std::vector<core::Imt> imts;  ///< [M] in table order
  std::uint64_t seed = 42;
  Truncation between, within;
  std::vector<double>
      minimum_intensity;  ///< [M]; a row is dropped only if all IMTs are below. Empty: none
  std::vector<double> extreme_gmv;  ///< [M]; values above become exp(mean). Empty: none
  double minimum_distance_km = 0;   ///< distances handed to models are raised to it
  std::size_t num_realizations = 1;
  std::shared_ptr<const CorrelationModel> correlation;  ///< null: none
  /// See all values before minimum_intensity drops any; they must live as long as the maker.
  std::vector<Reducer*> reducers;
  bool makes_rows = true;  ///< false: the values serve the reducers only
};

/// One event of a rupture.
struct EventSpec {
  std::uint64_t id = 0;      ///< dense index in the tables
  std::uint32_t sample = 0;  ///< number among the samples of its rupture
  std::uint32_t realization = 0;
  std::uint16_t model = 0;  ///< index into the models given to FieldMaker
};

/// Rows of consecutive events for the sites of one rank, sorted by (event, site); layout as
/// GmfBatch of store.
struct FieldRows {
  std::vector<std::byte> rows;
  std::vector<std::uint32_t> rows_per_event;
  /// [events][M] largest tau over the sites in reach (0 if there are none; 0 for models of total
  /// sigma only).
  std::vector<float> max_tau;
};

/// What a rank made, for the sums that must agree over ranks.
struct FieldCounts {
  std::uint64_t values = 0;  ///< values generated (sites in reach x events x IMTs), stored or not
  std::uint64_t rows = 0;    ///< rows kept
  std::uint64_t pairs = 0;   ///< rupture-site pairs in reach

  FieldCounts& operator+=(const FieldCounts& other);
};

/// How often a model was computed outside the ranges that its publication states: of `pairs`
/// rupture-site pairs, those outside in each input. A range that is not stated counts nothing.
struct OutsideCounts {
  const gmm::ModelInfo* model = nullptr;
  std::uint64_t pairs = 0;
  std::uint64_t mag = 0, distance = 0, vs30 = 0;

  bool any() const { return mag + distance + vs30 > 0; }
  /// Of the same model.
  OutsideCounts& operator+=(const OutsideCounts& other);
};

/// Makes the ground-motion fields of ruptures at the sites of one rank. Local; one object a thread.
class FieldMaker {
 public:
  /// `own`: tiles of this rank. `models`: all models of the job, bound to options.imts. Throws
  /// Error{config} if a model needs a site parameter that the sites lack.
  FieldMaker(const site::SiteCollection& sites, const std::vector<site::Tile>& own,
             FieldOptions options,
             std::vector<std::shared_ptr<const gmm::GroundMotionModel>> models, Reach reach);
  ~FieldMaker();

  /// Appends the rows of one rupture's events (ids consecutive, samples ascending) and one entry to
  /// rows_per_event for each of them. `rupture_key`: key of its random streams.
  void make(const rupture::Rupture& rupture, std::uint64_t rupture_key,
            std::span<const EventSpec> events, FieldRows& out);

  /// Mean, sigma, tau, phi [M] and distances of one rupture at the own sites in reach, for tests
  /// and exports.
  struct Context {
    std::vector<std::uint32_t> sites;                        ///< [N] site ids in reach, ascending
    std::vector<double> r_rup;                               ///< [N] km
    std::vector<std::vector<double>> mean, sigma, tau, phi;  ///< [M][N]
  };
  Context context(const rupture::Rupture& rupture, std::size_t model) const;

  const FieldCounts& counts() const;
  const std::vector<std::uint32_t>& own_sites() const;  ///< ascending
  /// Hands over the sums of what minimum_intensity dropped, by position among own_sites() (empty if
  /// there is no minimum_intensity); nothing may be made any more.
  DroppedSums take_dropped();
  /// The same sums so far.
  const DroppedSums& dropped() const;
  /// [models] of this rank; their sums do not depend on ranks and tiles.
  const std::vector<OutsideCounts>& outside() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Layout of a row of /gmf_data/table: site u32, event u32, one f32 an IMT.
core::RowType row_type(std::span<const core::Imt> imts);

}  // namespace shakefield::field
