// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "event_stream.hpp"
#include "shakefield/core/philox.hpp"

namespace shakefield::calc {

/// What is drawn for each event of an event set beside its fields, from streams of its own.
class EventDraws {
 public:
  explicit EventDraws(const job::Parameters& parameters);

  /// One of `count` realizations, each with the same probability.
  std::uint32_t realization(const RuptureEvents& rupture, std::uint32_t sample,
                            std::uint32_t count) const;
  /// Year and event set of an event; inside the set that its rupture names, if it does.
  EventTime time(const RuptureEvents& rupture, const field::EventSpec& event) const;

 private:
  double uniform(core::StreamKey key, const RuptureEvents& rupture, std::uint32_t sample) const;

  std::uint32_t years_;  ///< of a realization
  std::uint32_t sets_;   ///< of a realization
  double set_years_;
  core::StreamKey realization_key_, year_key_;
};

}  // namespace shakefield::calc
