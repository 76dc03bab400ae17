// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shakefield/geo/point.hpp"

namespace shakefield::rupture {

/// Most nodes of a mesh or a line (a few GiB); Error{data} beyond.
inline constexpr double most_mesh_nodes = 1e7;

/// Nodes at straight distance `spacing_km` from each other along a line of at least 2 points:
/// corners are cut, and the end vertex is met within half a spacing (docs/definitions/sources.md,
/// section 3, "trace resampling").
std::vector<geo::Point> resampled_by_distance(const std::vector<geo::Point>& line,
                                              double spacing_km);

/// The nodes that resampled_by_distance steps through, then the end of the line itself; without the
/// end if that leaves at least 2 nodes (the edges of kite surfaces).
std::vector<geo::Point> resampled_within(const std::vector<geo::Point>& line, double spacing_km);

/// `count` >= 2 nodes equally spaced along the length of a line (arc and vertical legs), ends kept.
std::vector<geo::Point> resampled_to_count(const std::vector<geo::Point>& line, std::size_t count);

/// Length of a line along its segments, km.
double length_km(const std::vector<geo::Point>& line);

}  // namespace shakefield::rupture
