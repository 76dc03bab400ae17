// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/maxima.hpp"

#include <algorithm>
#include <bit>

namespace shakefield::field {
namespace {

constexpr std::uint32_t sign = 0x80000000u;

/// Ascends with the value (IEEE 754: the bits of numbers of one sign do), then descends with the
/// event. Never 0.
std::uint64_t rank_of(float value, std::uint32_t event) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t ordered = bits & sign ? ~bits : bits | sign;
  return std::uint64_t{ordered} << 32 | std::uint32_t{~event};
}

Maxima::Maximum maximum_of(std::uint64_t rank) {
  const auto ordered = static_cast<std::uint32_t>(rank >> 32);
  return {std::bit_cast<float>(ordered & sign ? ordered & ~sign : ~ordered),
          ~static_cast<std::uint32_t>(rank)};
}

constexpr auto larger = [](std::uint64_t a, std::uint64_t b) { return std::max(a, b); };

}  // namespace

Maxima::Maxima(std::size_t num_sites, std::size_t num_realizations, std::size_t num_imts)
    : ranks_(num_sites, num_realizations, num_imts) {}

void Maxima::add(const FieldValues& v) {
  for (std::size_t i = 0; i < v.sites.size(); ++i) {
    const std::span<std::uint64_t> ranks = ranks_.at(v.sites[i], v.realization);
    for (std::size_t m = 0; m < ranks.size(); ++m)
      ranks[m] = larger(ranks[m], rank_of(v.values[m * v.stride + i], v.event));
  }
}

std::optional<Maxima::Maximum> Maxima::find(std::uint32_t site, std::uint32_t realization,
                                            std::size_t imt) const {
  const std::span<const std::uint64_t> ranks = ranks_.find(site, realization);
  if (ranks.empty()) return std::nullopt;
  return maximum_of(ranks[imt]);
}

core::RowType Maxima::row_type() const {
  core::RowType row;
  row.add("site", core::Scalar::u32)
      .add("realization", core::Scalar::u32)
      .add("maxima", core::Scalar::u64, "1", ranks_.block_size());
  return row;
}

void Maxima::append_rows(std::uint32_t site, std::vector<std::byte>& rows) const {
  ranks_.append_rows(site, rows);
}

void Maxima::add_rows(std::span<const std::byte> rows) {
  ranks_.add_rows(rows, larger);
}

}  // namespace shakefield::field
