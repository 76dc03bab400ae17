// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/ln_sums.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "shakefield/field/fixed_point.hpp"

namespace shakefield::field {

LnSums::LnSums(std::size_t num_sites, std::size_t num_realizations, std::size_t num_imts)
    : num_imts_(num_imts), sums_(num_sites, num_realizations, 1 + 2 * num_imts) {}

void LnSums::add(const FieldValues& v) {
  for (std::size_t i = 0; i < v.sites.size(); ++i) {
    std::int64_t* sum = sums_.at(v.sites[i], v.realization).data();
    *sum++ += 1;
    for (std::size_t m = 0; m < num_imts_; ++m) {
      const double ln = v.logs[m * v.stride + i];
      *sum++ += to_fixed_point(ln);
      *sum++ += to_fixed_point(ln * ln);
    }
  }
}

LnMoments LnSums::moments(std::uint32_t site, std::uint32_t realization, std::size_t imt) const {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const std::span<const std::int64_t> sums = sums_.find(site, realization);
  if (sums.empty()) return {0, none, none};
  const auto n = static_cast<double>(sums[0]);
  const double ln = from_fixed_point(sums[1 + 2 * imt]);
  const double ln2 = from_fixed_point(sums[2 + 2 * imt]);
  const double squares = std::max(ln2 - ln * ln / n, 0.0);  // of the deviations
  return {sums[0], ln / n, n > 1 ? std::sqrt(squares / (n - 1)) : none};
}

core::RowType LnSums::row_type() const {
  core::RowType row;
  row.add("site", core::Scalar::u32)
      .add("realization", core::Scalar::u32)
      .add("count", core::Scalar::i64)
      .add("sums", core::Scalar::i64, "1", 2 * num_imts_);
  return row;
}

void LnSums::append_rows(std::uint32_t site, std::vector<std::byte>& rows) const {
  sums_.append_rows(site, rows);
}

void LnSums::add_rows(std::span<const std::byte> rows) {
  sums_.add_rows(rows, std::plus<>());
}

}  // namespace shakefield::field
