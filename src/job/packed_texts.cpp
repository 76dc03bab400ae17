// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "packed_texts.hpp"

#include <cstdint>
#include <cstring>

namespace shakefield::job {

void PackedTexts::put(std::string_view text) {
  const std::uint64_t size = text.size();
  const auto* length = reinterpret_cast<const std::byte*>(&size);
  const auto* data = reinterpret_cast<const std::byte*>(text.data());
  bytes_.insert(bytes_.end(), length, length + sizeof size);
  bytes_.insert(bytes_.end(), data, data + text.size());
}

std::string PackedTexts::take() {
  std::uint64_t size = 0;
  std::memcpy(&size, bytes_.data() + taken_, sizeof size);
  taken_ += sizeof size;
  std::string text(reinterpret_cast<const char*>(bytes_.data() + taken_), size);
  taken_ += size;
  return text;
}

}  // namespace shakefield::job
