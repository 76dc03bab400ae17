// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "outside.hpp"

namespace shakefield::field {
namespace {

using gmm::Needs;

std::uint64_t number_outside(const gmm::Range& range, std::span<const double> column,
                             std::size_t size) {
  if (!range.stated() || column.empty()) return 0;
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i)
    number += (column[i] < range.low) | (column[i] > range.high);
  return number;
}

std::span<const double> decay_distance(const gmm::GmmInput& in, Needs needs) {
  if (gmm::contains(needs, Needs::r_rup)) return in.r_rup;
  if (gmm::contains(needs, Needs::r_jb)) return in.r_jb;
  if (gmm::contains(needs, Needs::r_hypo)) return in.r_hypo;
  return in.r_epi;
}

}  // namespace

OutsideCounts& OutsideCounts::operator+=(const OutsideCounts& other) {
  pairs += other.pairs;
  mag += other.mag;
  distance += other.distance;
  vs30 += other.vs30;
  return *this;
}

void count_outside(const gmm::GmmInput& in, OutsideCounts& counts) {
  const gmm::ModelInfo& model = *counts.model;
  counts.pairs += in.size;
  if (model.mag.stated() && (in.mag < model.mag.low || in.mag > model.mag.high))
    counts.mag += in.size;
  counts.distance += number_outside(model.distance_km, decay_distance(in, model.needs), in.size);
  if (gmm::contains(model.needs, Needs::vs30))
    counts.vs30 += number_outside(model.vs30, in.vs30, in.size);
}

}  // namespace shakefield::field
