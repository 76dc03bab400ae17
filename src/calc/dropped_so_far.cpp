// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "dropped_so_far.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "put_bytes.hpp"
#include "rank_rows.hpp"
#include "shakefield/calc/results.hpp"

namespace shakefield::calc {
namespace {

constexpr const char* path = "/progress/dropped";
constexpr std::size_t kinds = 3;  ///< numbers of a sum
/// Of the sites that are told at once: little beside the batches under way.
constexpr std::size_t block_bytes = std::size_t{1} << 19;

/// The sums of one site and realization, [M] of count, ln, ln².
core::RowType row_type(std::size_t imts) {
  core::RowType row;
  row.add("site", core::Scalar::u32)
      .add("realization", core::Scalar::u32)
      .add("sums", core::Scalar::i64, "1", kinds * imts);
  return row;
}

/// Rows of the sites [first, last) in which anything was dropped.
void collect(const DroppedView& view, std::size_t first, std::size_t last, std::size_t realizations,
             std::vector<std::byte>& rows) {
  auto site = std::ranges::lower_bound(view.sites, first);
  for (; site != view.sites.end() && *site < last; ++site)
    for (std::uint32_t r = 0; r < realizations; ++r) {
      const auto sums = view.sums->find(static_cast<std::size_t>(site - view.sites.begin()), r);
      if (std::ranges::all_of(sums, [](const auto& sum) { return sum.count == 0; })) continue;
      put(rows, *site);
      put(rows, r);
      put_all(rows, sums);
    }
}

}  // namespace

void write_dropped_so_far(const comm::Communicator& comm, store::File* file,
                          std::span<const DroppedView> views, DroppedShape shape) {
  static_assert(sizeof(field::DroppedSum) == kinds * sizeof(std::int64_t));
  const core::RowType row = row_type(shape.imts);
  const std::size_t block_sites =
      std::max<std::size_t>(1, block_bytes / (shape.realizations * row.bytes));
  write_rank_rows(comm, file, path, row, shape.sites, block_sites,
                  [&](std::size_t first, std::size_t last, std::vector<std::byte>& rows) {
                    for (const DroppedView& view : views)
                      collect(view, first, last, shape.realizations, rows);
                  });
}

DroppedPart read_dropped_so_far(const store::File& file, DroppedShape shape) {
  DroppedPart part;
  part.sites.resize(shape.sites);
  std::iota(part.sites.begin(), part.sites.end(), 0u);
  part.sums = field::DroppedSums(shape.sites, shape.realizations, shape.imts);
  std::vector<field::DroppedSum> sums(shape.imts);
  for_each_block(file, path, [&](const core::Array& block) {
    const std::size_t row_bytes = block.type().bytes;
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const std::byte* row = block.data() + i * row_bytes;
      std::uint32_t place[2];
      std::memcpy(place, row, sizeof place);
      std::memcpy(sums.data(), row + sizeof place, row_bytes - sizeof place);
      const auto to = part.sums.at(place[0], place[1]);
      for (std::size_t m = 0; m < sums.size(); ++m) to[m] += sums[m];
    }
  });
  return part;
}

}  // namespace shakefield::calc
