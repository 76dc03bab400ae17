// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "event_draws.hpp"

#include <algorithm>

#include "shakefield/field/residuals.hpp"

namespace shakefield::calc {

EventDraws::EventDraws(const job::Parameters& p)
    : years_(static_cast<std::uint32_t>(p.investigation_time_yr *
                                        static_cast<double>(p.ses_per_logic_tree_path))),
      sets_(static_cast<std::uint32_t>(p.ses_per_logic_tree_path)),
      set_years_(p.investigation_time_yr),
      realization_key_(core::StreamKey::make(p.ses_seed, core::Component::realization)),
      year_key_(core::StreamKey::make(p.ses_seed, core::Component::year)) {}

std::uint32_t EventDraws::realization(const RuptureEvents& rupture, std::uint32_t sample,
                                      std::uint32_t count) const {
  return static_cast<std::uint32_t>(uniform(realization_key_, rupture, sample) *
                                    static_cast<double>(count));
}

EventTime EventDraws::time(const RuptureEvents& rupture, const field::EventSpec& event) const {
  const double u = uniform(year_key_, rupture, event.sample);
  const std::uint32_t years = std::max<std::uint32_t>(years_, 1);
  auto year = static_cast<std::uint32_t>(u * years);  // 0-based, inside the realization
  auto set = static_cast<std::uint32_t>(year / set_years_);
  if (!rupture.trials.empty()) {
    set = rupture.trials[event.sample] % sets_;
    year = std::min(years - 1, static_cast<std::uint32_t>((set + u) * set_years_));
  }
  return {1 + year + event.realization * years, 1 + std::min(set, sets_ - 1)};
}

double EventDraws::uniform(core::StreamKey key, const RuptureEvents& rupture,
                           std::uint32_t sample) const {
  const auto words = core::philox_block(key, field::event_key(rupture.key, sample), 0);
  return core::uniform_open(words[sample % field::samples_per_block]);
}

}  // namespace shakefield::calc
