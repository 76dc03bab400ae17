// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "event_stream.hpp"
#include "shakefield/field/field_maker.hpp"
#include "shakefield/site/tiling.hpp"

namespace shakefield::calc {

/// What the fields of some ruptures tell of those of all. Means are over the events of the job.
struct FieldSample {
  double pairs_per_event = 0;  ///< sites in reach
  double rows_per_event = 0;
  double seconds_per_event = 0;  ///< on one rank that has all sites
  double prepare_s = 0;          ///< models, columns of sites, factors of correlation
  double begin_s = 0;  ///< prepare_s, and what the first rupture takes longer than later ones
  std::size_t num_events = 0, num_rows = 0;
  std::vector<std::byte> rows;  ///< the first MiBs, as they would stand in the table
  std::vector<std::uint32_t> rows_per_sample_event;  ///< of `rows`
};

/// What a sample is for.
enum class SampleFor {
  counts,  ///< without correlation, which changes no mean but takes long
  times
};

struct SampleOptions {
  SampleFor purpose = SampleFor::counts;
  double seconds = 0;  ///< about
  int ranks = 1;       ///< of the run: several have batches under way
};

/// Makes fields of representative ruptures at all sites, in an order in which any beginning is
/// spread over the whole set; at least four events. There is at least one representative. Local.
FieldSample sample_fields(const job::Job& job, const EventStream& stream, const ModelTable& models,
                          const std::vector<site::Tile>& tiles,
                          const std::vector<RuptureEvents>& representatives,
                          const SampleOptions& options);

}  // namespace shakefield::calc
