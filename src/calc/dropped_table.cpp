// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "dropped_table.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "shakefield/field/fixed_point.hpp"
#include "shakefield/store/array_blocks.hpp"

namespace shakefield::calc {
namespace {

constexpr const char* path = "/gmf_data/dropped";
/// Numbers of a sum: count, ln, ln².
constexpr std::size_t kinds = 3;

core::RowType row_type() {
  core::RowType row;
  row.add("count", core::Scalar::i64)
      .add("sum_ln", core::Scalar::f64)
      .add("sum_ln2", core::Scalar::f64);
  return row;
}

/// Adds the sums of sites [first, last) to values [last - first][R][M][3].
void collect(const DroppedPart& part, std::size_t first, std::size_t last,
             const DroppedShape& shape, std::vector<std::int64_t>& values) {
  auto site = std::ranges::lower_bound(part.sites, first);
  for (; site != part.sites.end() && *site < last; ++site) {
    const auto own = static_cast<std::size_t>(site - part.sites.begin());
    for (std::size_t r = 0; r < shape.realizations; ++r) {
      std::size_t to = ((*site - first) * shape.realizations + r) * shape.imts * kinds;
      for (const field::DroppedSum& sum : part.sums.find(own, r)) {
        values[to++] += sum.count;
        values[to++] += sum.ln;
        values[to++] += sum.ln2;
      }
    }
  }
}

core::Array table_rows(const std::vector<std::int64_t>& values, std::size_t sites,
                       const DroppedShape& shape) {
  core::Array array(row_type(), {sites, shape.realizations, shape.imts});
  std::vector<std::int64_t> count(array.rows());
  std::vector<double> sum_ln(array.rows()), sum_ln2(array.rows());
  for (std::size_t i = 0; i < count.size(); ++i) {
    count[i] = values[i * kinds];
    sum_ln[i] = field::from_fixed_point(values[i * kinds + 1]);
    sum_ln2[i] = field::from_fixed_point(values[i * kinds + 2]);
  }
  array.set_column("count", std::span<const std::int64_t>(count));
  array.set_column("sum_ln", std::span<const double>(sum_ln));
  array.set_column("sum_ln2", std::span<const double>(sum_ln2));
  return array;
}

/// `to` has all sites of `part`.
void add_sums(DroppedPart& to, const DroppedPart& part, const DroppedShape& shape) {
  for (std::size_t i = 0; i < part.sites.size(); ++i) {
    const auto at = std::ranges::lower_bound(to.sites, part.sites[i]) - to.sites.begin();
    for (std::size_t r = 0; r < shape.realizations; ++r) {
      const std::span<const field::DroppedSum> more = part.sums.find(i, r);
      if (more.empty()) continue;
      const std::span<field::DroppedSum> sums = to.sums.at(static_cast<std::size_t>(at), r);
      for (std::size_t m = 0; m < shape.imts; ++m) sums[m] += more[m];
    }
  }
}

}  // namespace

void add(DroppedPart& sum, DroppedPart part, DroppedShape shape) {
  if (sum.sites.empty()) std::swap(sum, part);
  if (part.sites.empty()) return;
  if (!std::ranges::includes(sum.sites, part.sites)) {
    DroppedPart both;
    std::ranges::set_union(sum.sites, part.sites, std::back_inserter(both.sites));
    both.sums = field::DroppedSums(both.sites.size(), shape.realizations, shape.imts);
    add_sums(both, sum, shape);
    sum = std::move(both);
  }
  add_sums(sum, part, shape);
}

void write_dropped(const comm::Communicator& comm, store::File* file,
                   std::span<const DroppedPart> parts, DroppedShape shape,
                   std::size_t block_bytes) {
  comm::agree(comm, [&] {
    if (file)
      store::make_array(*file, path, row_type(), {shape.sites, shape.realizations, shape.imts},
                        {{"axes", std::vector<std::string>{"site", "realization", "imt"}}});
  });
  const std::size_t values_per_site = shape.realizations * shape.imts * kinds;
  const std::size_t block_sites =
      std::max<std::size_t>(1, block_bytes / (values_per_site * sizeof(std::int64_t)));
  std::vector<std::int64_t> values;
  for (std::size_t first = 0; first < shape.sites; first += block_sites) {
    const std::size_t last = std::min(first + block_sites, shape.sites);
    values.assign((last - first) * values_per_site, 0);
    for (const DroppedPart& part : parts) collect(part, first, last, shape, values);
    comm::reduce_sum(comm, values);
    comm::agree(comm, [&] {
      if (file) store::write_rows(*file, path, first, table_rows(values, last - first, shape));
    });
  }
}

}  // namespace shakefield::calc
