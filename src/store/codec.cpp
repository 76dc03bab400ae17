// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/codec.hpp"

namespace shakefield::store {
namespace {

class PlainCodec final : public Codec {
 public:
  std::vector<Filter> filters() const override { return {}; }
  std::span<const std::byte> pack(std::span<const std::byte> chunk) override { return chunk; }
};

}  // namespace

std::unique_ptr<Codec> make_plain_codec() {
  return std::make_unique<PlainCodec>();
}

}  // namespace shakefield::store
