// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "outside_ranges.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shakefield::calc {
namespace {

using field::OutsideCounts;

constexpr std::uint64_t OutsideCounts::*members[] = {
    &OutsideCounts::pairs, &OutsideCounts::mag, &OutsideCounts::distance, &OutsideCounts::vs30};
constexpr const char* member_names[] = {"pairs", "mag", "distance", "vs30"};

/// "63 % beyond distance 0-200 km": the share never rounds to nothing or to all.
std::string share(std::uint64_t outside, std::uint64_t pairs, const char* input,
                  const gmm::Range& range, const char* unit) {
  const double percent = 100.0 * static_cast<double>(outside) / static_cast<double>(pairs);
  const std::string text = outside == pairs ? "100"
                           : percent < 0.1  ? "< 0.1"
                                            : fmt::format("{:.1f}", std::min(percent, 99.9));
  return fmt::format("{} % outside {} {}-{}{}", text, input, range.low, range.high, unit);
}

std::string sentence(const OutsideCounts& c) {
  const gmm::ModelInfo& model = *c.model;
  std::string parts;
  const auto add = [&](std::uint64_t outside, const char* input, const gmm::Range& range,
                       const char* unit) {
    if (outside == 0) return;
    parts += (parts.empty() ? "" : ", ") + share(outside, c.pairs, input, range, unit);
  };
  add(c.mag, "magnitude", model.mag, "");
  add(c.distance, "distance", model.distance_km, " km");
  add(c.vs30, "vs30", model.vs30, " m/s");
  return fmt::format("{} was computed outside of its published ranges: of {} rupture-site pairs {}",
                     model.name, c.pairs, parts);
}

}  // namespace

void add(std::vector<OutsideCounts>& sums, const std::vector<OutsideCounts>& more) {
  for (std::size_t m = 0; m < more.size(); ++m) sums[m] += more[m];
}

std::vector<OutsideCounts> sum_over_ranks(const comm::Communicator& comm,
                                          std::vector<OutsideCounts> own) {
  std::vector<std::int64_t> numbers;
  for (const OutsideCounts& c : own)
    for (const auto member : members) numbers.push_back(static_cast<std::int64_t>(c.*member));
  comm::reduce_sum(comm, numbers);
  auto next = numbers.begin();
  for (OutsideCounts& c : own)
    for (const auto member : members) c.*member = static_cast<std::uint64_t>(*next++);
  return own;
}

void say_outside(const std::vector<OutsideCounts>& counts, const core::Log& log) {
  for (const OutsideCounts& c : counts)
    if (c.any()) log.warning(sentence(c));
}

void write_outside(store::File& file, const std::vector<OutsideCounts>& counts) {
  std::vector<std::string> names;
  std::size_t longest = 1;
  for (const OutsideCounts& c : counts) {
    names.push_back(c.model->name);
    longest = std::max(longest, names.back().size());
  }
  core::RowType row;
  row.add("model", core::Scalar::bytes, "1", longest);
  for (const char* name : member_names) row.add(name, core::Scalar::u64);
  core::Array array(row, {counts.size()});
  array.set_column("model", std::span<const std::string>(names));
  for (std::size_t k = 0; k < std::size(members); ++k) {
    std::vector<std::uint64_t> column;
    column.reserve(counts.size());
    for (const OutsideCounts& c : counts) column.push_back(c.*members[k]);
    array.set_column(member_names[k], std::span<const std::uint64_t>(column));
  }
  constexpr const char* path = "/performance/outside_ranges";
  store::remove(file, path);  // of the session that made the curves of a disaggregation
  store::write_array(file, path, array, {{"axes", std::vector<std::string>{"model"}}});
}

}  // namespace shakefield::calc
