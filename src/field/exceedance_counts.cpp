// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/exceedance_counts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "simd_math.hpp"

namespace shakefield::field {
namespace {

constexpr std::size_t blocks_per_page = 256;

/// Fields are single precision, levels are double.
float smallest_that_reaches(double level) {
  const auto nearest = static_cast<float>(level);
  return nearest < level ? std::nextafter(nearest, std::numeric_limits<float>::infinity())
                         : nearest;
}

}  // namespace

ExceedanceCounts::ExceedanceCounts(std::size_t num_sites, std::size_t num_realizations,
                                   const std::vector<std::vector<double>>& levels)
    : num_realizations_(num_realizations), num_levels_(levels.front().size()), slots_(num_sites) {
  for (const std::vector<double>& of_imt : levels)
    for (const double level : of_imt) floors_.push_back(smallest_that_reaches(level));
}

std::span<std::uint32_t> ExceedanceCounts::bins(std::uint32_t site, std::uint32_t realization) {
  std::uint32_t& slot = slots_[site];
  if (slot == 0) {
    blocks_.resize(blocks_.size() + num_realizations_);
    slot = static_cast<std::uint32_t>(blocks_.size() / num_realizations_);
  }
  std::uint32_t& block = blocks_[(slot - 1) * num_realizations_ + realization];
  if (block == 0) {
    if (num_blocks_ % blocks_per_page == 0)
      pages_.push_back(std::make_unique<std::uint32_t[]>(blocks_per_page * num_bins()));
    block = static_cast<std::uint32_t>(++num_blocks_);
  }
  const std::size_t number = block - 1;
  return {&pages_[number / blocks_per_page][number % blocks_per_page * num_bins()], num_bins()};
}

std::span<const std::uint32_t> ExceedanceCounts::find(std::uint32_t site,
                                                      std::uint32_t realization) const {
  const std::uint32_t slot = slots_[site];
  const std::uint32_t block = slot == 0 ? 0 : blocks_[(slot - 1) * num_realizations_ + realization];
  if (block == 0) return {};
  const std::size_t number = block - 1;
  return {&pages_[number / blocks_per_page][number % blocks_per_page * num_bins()], num_bins()};
}

void ExceedanceCounts::find_highest(const FieldValues& v) {
  namespace hn = simd::hn;
  const std::size_t num_imts = num_bins() / num_levels_;
  if (highest_.size() < num_imts * v.stride) highest_.resize(num_imts * v.stride);
  const auto one = hn::Set(simd::words, 1u);
  for (std::size_t m = 0; m < num_imts; ++m) {
    const float* const floors = &floors_[m * num_levels_];
    for (std::size_t i = 0; i < v.sites.size(); i += simd::lanes) {
      const auto value = hn::LoadU(simd::floats, &v.values[m * v.stride + i]);
      auto reached = hn::Zero(simd::words);
      for (std::size_t l = 0; l < num_levels_; ++l) {
        const auto reaches = hn::Ge(value, hn::Set(simd::floats, floors[l]));
        reached = hn::Add(reached, hn::IfThenElseZero(hn::RebindMask(simd::words, reaches), one));
      }
      hn::StoreU(reached, simd::words, &highest_[m * v.stride + i]);
    }
  }
}

void ExceedanceCounts::add(const FieldValues& v) {
  find_highest(v);
  const std::size_t num_imts = num_bins() / num_levels_;
  for (std::size_t i = 0; i < v.sites.size(); ++i) {
    std::uint32_t any = 0;
    for (std::size_t m = 0; m < num_imts; ++m) any |= highest_[m * v.stride + i];
    if (any == 0) continue;
    const std::span<std::uint32_t> to = bins(v.sites[i], v.realization);
    for (std::size_t m = 0; m < num_imts; ++m)
      if (const std::uint32_t reached = highest_[m * v.stride + i]; reached > 0)
        ++to[m * num_levels_ + reached - 1];
  }
}

void ExceedanceCounts::read(std::uint32_t site, std::uint32_t realization,
                            std::span<std::uint32_t> to) const {
  std::ranges::fill(to, 0u);
  std::ranges::copy(find(site, realization), to.begin());
  // An event that reaches a level reaches all lower ones.
  for (std::size_t b = num_bins() - 1; b-- > 0;)
    if ((b + 1) % num_levels_ != 0) to[b] += to[b + 1];
}

std::size_t ExceedanceCounts::row_bytes() const {
  return (2 + num_bins()) * sizeof(std::uint32_t);
}

void ExceedanceCounts::append_rows(std::uint32_t site, std::vector<std::byte>& rows) const {
  if (slots_[site] == 0) return;
  for (std::uint32_t r = 0; r < num_realizations_; ++r) {
    const auto found = std::as_bytes(find(site, r));
    if (found.empty()) continue;
    const std::array place{site, r};
    const auto head = std::as_bytes(std::span(place));
    rows.insert(rows.end(), head.begin(), head.end());
    rows.insert(rows.end(), found.begin(), found.end());
  }
}

void ExceedanceCounts::add_rows(std::span<const std::byte> rows) {
  std::vector<std::uint32_t> row(2 + num_bins());
  for (; !rows.empty(); rows = rows.subspan(row_bytes())) {
    std::memcpy(row.data(), rows.data(), row_bytes());
    const std::span<std::uint32_t> to = bins(row[0], row[1]);
    for (std::size_t b = 0; b < to.size(); ++b) to[b] += row[2 + b];
  }
}

}  // namespace shakefield::field
