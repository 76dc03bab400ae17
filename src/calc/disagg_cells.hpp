// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "classical_rates.hpp"
#include "disagg_setup.hpp"
#include "shakefield/hazard/sparse_bins.hpp"

namespace shakefield::calc {

/// Rates of exceedance of a site by target and bin, in investigation_time.
struct SiteCells {
  /// [DisaggTable] the numbers of a bin: mag_dist_eps [M * poes][eps], else [M * poes].
  std::vector<hazard::SparseBins> tables;

  SiteCells(std::size_t slots, std::size_t eps);
  void add(const SiteCells& others);
  std::size_t bytes() const;
};

/// The key of a bin: its target, and its place on up to three axes.
struct CellKey {
  std::uint32_t target = 0;  ///< < 2^20
  std::uint64_t place = 0;   ///< < 2^44

  static constexpr int place_bits = 44;
  std::uint64_t packed() const { return std::uint64_t{target} << place_bits | place; }
  static CellKey of(std::uint64_t packed) {
    return {static_cast<std::uint32_t>(packed >> place_bits),
            packed & ((std::uint64_t{1} << place_bits) - 1)};
  }
};
/// Places of bins in 16 bits an axis, of magnitudes in 12.
constexpr std::uint64_t mag_dist_place(std::size_t mag, std::size_t dist) {
  return std::uint64_t{mag} << 16 | dist;
}
constexpr std::uint64_t mag_lon_lat_place(std::size_t mag, std::size_t lon, std::size_t lat) {
  return std::uint64_t{mag} << 32 | std::uint64_t{lon} << 16 | lat;
}

/// Sums up rates by bin over ruptures at some sites, share by share of a HazardTree. A site's
/// numbers do not depend on the other sites. Local.
class DisaggCells {
 public:
  /// levels: [all sites][M * poes] in the unit of the measure, 0: none. Throws as
  /// field::ContextMaker does.
  DisaggCells(const DisaggSetup& setup, const std::vector<site::Tile>& own,
              std::span<const double> levels);
  ~DisaggCells();
  DisaggCells(DisaggCells&&) noexcept;

  const std::vector<std::uint32_t>& own_sites() const;
  /// [own sites]
  std::vector<SiteCells> compute(std::size_t share);
  std::uint64_t pairs() const;  ///< of ruptures and sites in reach, so far

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::calc
