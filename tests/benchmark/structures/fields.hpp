// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shakefield::structures {

/// The rows of a run with three intensity measure types, 20 bytes each as in /gmf_data/table.
struct Row {
  std::uint32_t site = 0, event = 0;
  std::array<float, 3> values{};
  friend bool operator==(const Row&, const Row&) = default;
};
static_assert(sizeof(Row) == 20);

/// Ground-motion fields in memory.
struct Fields {
  std::vector<Row> rows;                ///< sorted by (event, site)
  std::vector<std::uint64_t> first_row; /**< [E + 1]: event e has the rows [first_row[e],
                                             first_row[e + 1]); each event has at least one */

  std::uint32_t num_events() const { return static_cast<std::uint32_t>(first_row.size() - 1); }
  std::uint64_t size_of_event(std::uint32_t event) const {
    return first_row[event + 1] - first_row[event];
  }
  std::span<const Row> rows_of_event(std::uint32_t event) const {
    return std::span(rows).subspan(first_row[event], size_of_event(event));
  }
  std::vector<Row> rows_of_site(std::uint32_t site) const;
};

/// How many rows there are, and how they are spread over events.
struct Shape {
  std::uint32_t grid = 0;      ///< the sites are a square of grid x grid, numbered row by row
  std::uint64_t num_rows = 0;  ///< events are added until there are as many
  double mean_rows = 0;        ///< mean size of an event; 0: every event reaches every site
};

/// Events at random places of the square, each at the sites inside of a circle; sizes of circles
/// are exponential about their mean (cut at the border, so that the mean gets smaller). Values fall
/// off with the distance and scatter between and within events (standard deviations of ln 0.4 and
/// 0.6), so that they compress like real ones. The same for the same shape on one standard library.
Fields make_fields(const Shape& shape);

}  // namespace shakefield::structures
