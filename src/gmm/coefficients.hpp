// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "shakefield/core/imt.hpp"
#include "shakefield/gmm/model.hpp"

namespace shakefield::gmm {

/// The IMT of a table row: a kind (`pga`) or a period of SA in s (`0.2`).
struct Label {
  core::ImtKind kind;
  double period_s = 0;

  constexpr Label(core::ImtKind imt_kind) : kind(imt_kind) {}
  constexpr Label(double period) : kind(core::ImtKind::sa), period_s(period) {}
  constexpr Label(core::Imt imt) : kind(imt.kind), period_s(imt.period_s) {}
  constexpr bool operator==(const Label&) const = default;
};

/// One row of a coefficient table: `{pga, {1.0, 2.0}}`, `{0.05, {1.1, 2.2}}`. C is an aggregate of
/// doubles only.
template <class C>
struct Row {
  Label imt;
  C values;
};

namespace detail {

/// Where an IMT stands in a table: between rows `low` and `high`, weight of `high` in [0, 1].
struct TablePlace {
  std::size_t low, high;
  double weight;
};
/// Throws Error{config} that names model, IMT and what the table holds.
TablePlace find_place(std::span<const Label> labels, const core::Imt& imt, std::string_view model);

template <class C>
std::vector<Label> labels_of(std::span<const Row<C>> table) {
  std::vector<Label> labels;
  for (const Row<C>& row : table) labels.push_back(row.imt);
  return labels;
}

}  // namespace detail

/// a + weight (b - a), coefficient by coefficient.
template <class C>
C interpolate(const C& a, const C& b, double weight) {
  static_assert(std::is_trivially_copyable_v<C> && sizeof(C) % sizeof(double) == 0,
                "coefficients are an aggregate of doubles");
  using Numbers = std::array<double, sizeof(C) / sizeof(double)>;
  auto x = std::bit_cast<Numbers>(a);
  const auto y = std::bit_cast<Numbers>(b);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += weight * (y[i] - x[i]);
  return std::bit_cast<C>(x);
}

/// Coefficients of one IMT: those of its row, for SA between two rows interpolated linearly in
/// ln(period). Throws Error{config} where the table has no such IMT. `model` is named in the
/// message.
template <class C>
C coefficients_at(std::span<const Row<C>> table, const core::Imt& imt, std::string_view model) {
  const auto place = detail::find_place(detail::labels_of(table), imt, model);
  if (place.low == place.high) return table[place.low].values;
  return interpolate(table[place.low].values, table[place.high].values, place.weight);
}
template <class C, std::size_t Rows>
C coefficients_at(const Row<C> (&table)[Rows], const core::Imt& imt, std::string_view model) {
  return coefficients_at(std::span<const Row<C>>(table), imt, model);
}

/// Fills `imts` and `period_s` of a model's description from the rows of its table.
void describe_imts(ModelInfo& info, std::span<const Label> labels);

}  // namespace shakefield::gmm
