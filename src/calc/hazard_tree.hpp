// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "event_stream.hpp"
#include "shakefield/hazard/curves.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::calc {

/// One source, or a group of sources that cannot be treated one by one.
struct HazardItem {
  std::span<const source::SourcePtr> sources;  ///< one, or those of the group
  const source::SourceGroup* group = nullptr;  ///< null: one source by itself
  std::uint32_t columns = 0;                   ///< number of its RateColumns
};

/// Rates that sources of one region which the same source-model paths contain give with each
/// model: one column a model, computed once for all realizations that have it.
struct RateColumns {
  std::uint16_t region = 0;           ///< number in FullTree::regions
  std::uint32_t first = 0;            ///< number of the first column
  std::vector<std::uint16_t> models;  ///< [columns] numbers in ModelTable, distinct
};

/// Consecutive ruptures of an item; a dependent group is one unit.
struct HazardUnit {
  std::uint32_t item = 0;
  std::size_t first = 0, last = 0;  ///< of the enumeration of its source; unused for groups
};

/// What a classical calculation sums up: each source of Job::source_models once, whatever
/// paths share it, cut into shares whose sums are added in order, so that no number depends on who
/// makes a share. Depends on the job only.
struct HazardTree {
  std::vector<HazardItem> items;
  std::vector<std::vector<source::SourcePtr>> gathered;  ///< sources that replace those of the job
  std::vector<RateColumns> columns;
  std::size_t num_columns = 0;  ///< of rates
  std::vector<HazardUnit> units;
  std::vector<std::size_t> share_begin;  ///< [shares + 1] first unit of each share
  std::uint64_t num_ruptures = 0;
  hazard::Combination combination;

  std::size_t num_shares() const { return share_begin.size() - 1; }
};
/// Refers to the sources and groups of the job.
HazardTree make_hazard_tree(const job::Job& job, const ModelTable& models);

}  // namespace shakefield::calc
