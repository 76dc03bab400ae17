// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/field/field_maker.hpp"

namespace shakefield::field {

/// The N sites of one rank that are in reach of one rupture, ascending by site id. All columns are
/// padded to a multiple of 16 entries with valid numbers.
struct SiteColumns {
  std::size_t size = 0;                           ///< N, without the padding
  std::span<const std::uint32_t> id;              ///< site ids
  std::span<const std::uint32_t> own;             ///< position among the sites of the rank
  std::span<const std::uint32_t> key_lo, key_hi;  ///< words of the site keys
};

/// What one model says of these sites: [M][N] in natural logarithms (plain for MMI), IMT m at m *
/// stride.
struct MomentColumns {
  std::size_t stride = 0;  ///< multiple of 16, >= N
  std::span<const float> mean, tau, phi;
};

/// Turns moments into rows: residuals, exponential, thresholds, packing. The innermost loop of a
/// run, without any geometry: what the benchmark of the kernel measures. Local; one object a
/// thread.
class RowMaker {
 public:
  /// `num_own`: sites of the rank. `correlation`: null for independent residuals; its own sites are
  /// the rank's. Throws Error{config} if minimum_intensity or extreme_gmv has another length than
  /// imts, or if residuals truncated at 0 are to be correlated.
  RowMaker(const FieldOptions& options, std::size_t num_own,
           std::shared_ptr<const DenseCorrelation> correlation = nullptr);
  ~RowMaker();
  RowMaker(RowMaker&&) noexcept;

  /// Starts a rupture with `num_samples` samples; the columns stay the caller's and must live until
  /// the next call.
  void start(std::uint64_t rupture_key, const SiteColumns& sites, std::uint32_t num_samples);
  /// Shows the values of one event to the reducers and appends its rows, ascending by site; returns
  /// their number. Fast if samples ascend. Throws Error{unsupported} for an event id beyond 32
  /// bits.
  std::uint32_t append(const EventSpec& event, const MomentColumns& moments,
                       std::vector<std::byte>& rows);

  /// Hands over the sums of what minimum_intensity dropped (empty if there is no
  /// minimum_intensity); nothing may be appended any more.
  DroppedSums take_dropped();
  /// The same sums so far.
  const DroppedSums& dropped() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::field
