// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace shakefield::calc {

/// What reductions leave in the file.
namespace reduced {
inline constexpr const char* count = "/reduced/statistics/count";
inline constexpr const char* mean_ln = "/reduced/statistics/mean_ln";
inline constexpr const char* sd_ln = "/reduced/statistics/sd_ln";
inline constexpr const char* maximum = "/reduced/maxima/value";
inline constexpr const char* maximum_event = "/reduced/maxima/event";
inline constexpr const char* exceedances = "/reduced/exceedances/count";
inline constexpr const char* level = "/reduced/exceedances/level";
inline constexpr const char* top_event = "/reduced/top_events/event";
inline constexpr const char* top_mean = "/reduced/top_events/mean";
}  // namespace reduced
/// Stands where no event reaches a site.
inline constexpr std::uint32_t no_event = 0xffffffff;

}  // namespace shakefield::calc
