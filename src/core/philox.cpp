// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/philox.hpp"

#include <Random123/philox.h>

#include "shakefield/core/hash.hpp"

namespace shakefield::core {

StreamKey StreamKey::make(std::uint64_t seed, Component component, std::string_view imt_name) {
  const std::uint64_t what =
      combine64(static_cast<std::uint64_t>(component) + 1, hash_text(imt_name));
  const std::uint64_t key = combine64(seed, what);
  return {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
}

std::array<std::uint32_t, 4> philox_block(StreamKey key, std::uint64_t event_key,
                                          std::uint64_t site_key) {
  r123::Philox4x32 philox;
  const r123::Philox4x32::ctr_type counter{
      {static_cast<std::uint32_t>(event_key), static_cast<std::uint32_t>(event_key >> 32),
       static_cast<std::uint32_t>(site_key), static_cast<std::uint32_t>(site_key >> 32)}};
  const r123::Philox4x32::ctr_type r = philox(counter, {{key.lo, key.hi}});
  return {r[0], r[1], r[2], r[3]};
}

PhiloxSequence::result_type PhiloxSequence::operator()() {
  if (next_ == 4) {
    words_ = philox_block(key_, event_key_, block_++);
    next_ = 0;
  }
  return words_[next_++];
}

}  // namespace shakefield::core
