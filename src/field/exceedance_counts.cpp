// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/exceedance_counts.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "simd_math.hpp"

namespace shakefield::field {
namespace {

/// Fields are single precision, levels are double.
float smallest_that_reaches(double level) {
  const auto nearest = static_cast<float>(level);
  return nearest < level ? std::nextafter(nearest, std::numeric_limits<float>::infinity())
                         : nearest;
}

}  // namespace

ExceedanceCounts::ExceedanceCounts(std::size_t num_sites, std::size_t num_realizations,
                                   const std::vector<std::vector<double>>& levels)
    : num_levels_(levels.front().size()),
      bins_(num_sites, num_realizations, levels.size() * num_levels_) {
  for (const std::vector<double>& of_imt : levels)
    for (const double level : of_imt) floors_.push_back(smallest_that_reaches(level));
}

void ExceedanceCounts::find_highest(const FieldValues& v) {
  namespace hn = simd::hn;
  const std::size_t num_imts = floors_.size() / num_levels_;
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
  const std::size_t num_imts = floors_.size() / num_levels_;
  for (std::size_t i = 0; i < v.sites.size(); ++i) {
    std::uint32_t any = 0;
    for (std::size_t m = 0; m < num_imts; ++m) any |= highest_[m * v.stride + i];
    if (any == 0) continue;
    const std::span<std::uint32_t> to = bins_.at(v.sites[i], v.realization);
    for (std::size_t m = 0; m < num_imts; ++m)
      if (const std::uint32_t reached = highest_[m * v.stride + i]; reached > 0)
        ++to[m * num_levels_ + reached - 1];
  }
}

void ExceedanceCounts::read(std::uint32_t site, std::uint32_t realization,
                            std::span<std::uint32_t> to) const {
  std::ranges::fill(to, 0u);
  std::ranges::copy(bins_.find(site, realization), to.begin());
  // An event that reaches a level reaches all lower ones.
  for (std::size_t b = bins_.block_size() - 1; b-- > 0;)
    if ((b + 1) % num_levels_ != 0) to[b] += to[b + 1];
}

core::RowType ExceedanceCounts::row_type() const {
  core::RowType row;
  row.add("site", core::Scalar::u32)
      .add("realization", core::Scalar::u32)
      .add("counts", core::Scalar::u32, "1", bins_.block_size());
  return row;
}

void ExceedanceCounts::append_rows(std::uint32_t site, std::vector<std::byte>& rows) const {
  bins_.append_rows(site, rows);
}

void ExceedanceCounts::add_rows(std::span<const std::byte> rows) {
  bins_.add_rows(rows, std::plus<>());
}

}  // namespace shakefield::field
