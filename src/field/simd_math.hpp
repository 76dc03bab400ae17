// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hwy/highway.h>

#include <array>
#include <cmath>
#include <cstdint>

#include "normal_table.hpp"
#include "shakefield/core/philox.hpp"

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
#error "The kernels of fields need vector instructions: set SHAKEFIELD_ARCH to x86-64-v2 or above"
#endif

/// The three kernels of which fields are made, on whole registers: random words, normals,
/// exponentials. Every lane is computed alone, so a number does not depend on its place in a
/// register.
namespace shakefield::field::simd {

namespace hn = hwy::HWY_NAMESPACE;

using FloatTag = hn::ScalableTag<float>;
using IntTag = hn::RebindToSigned<FloatTag>;
using WordTag = hn::RebindToUnsigned<FloatTag>;
using WideTag = hn::RepartitionToWide<WordTag>;
using Floats = hn::Vec<FloatTag>;
using Words = hn::Vec<WordTag>;

inline constexpr FloatTag floats;
inline constexpr IntTag ints;
inline constexpr WordTag words;
inline constexpr WideTag wides;

/// Values in a register; divides 16, to which all columns are padded.
inline constexpr std::size_t lanes = hn::MaxLanes(FloatTag{});
static_assert(16 % lanes == 0);

/// Philox4x32-10 for one key and one event, many sites at a time (Salmon et al. 2011, section 5.2).
/// Agrees with core::philox_block word for word.
class Philox {
 public:
  Philox(core::StreamKey key, std::uint64_t event_key)
      : event_lo_(hn::Set(words, static_cast<std::uint32_t>(event_key))),
        event_hi_(hn::Set(words, static_cast<std::uint32_t>(event_key >> 32))) {
    for (int round = 0; round < rounds; ++round) {
      hn::Store(hn::Set(words, key.lo), words, keys_[round][0]);
      hn::Store(hn::Set(words, key.hi), words, keys_[round][1]);
      key.lo += 0x9E3779B9u;
      key.hi += 0xBB67AE85u;
    }
  }

  /// The four words of each lane's site.
  HWY_INLINE std::array<Words, 4> operator()(Words site_lo, Words site_hi) const {
    // The multiplier works on even lanes only, so odd and even sites are two states side by side.
    // What stands in the odd lanes of a state is rubbish that never reaches an even lane.
    State even{event_lo_, event_hi_, site_lo, site_hi};
    State odd{event_lo_, event_hi_, high_half(site_lo), high_half(site_hi)};
    for (int round = 0; round < rounds; ++round) {
      const Words k0 = hn::Load(words, keys_[round][0]);
      const Words k1 = hn::Load(words, keys_[round][1]);
      advance(even, k0, k1);
      advance(odd, k0, k1);
    }
    return {merge(even.c0, odd.c0), merge(even.c1, odd.c1), merge(even.c2, odd.c2),
            merge(even.c3, odd.c3)};
  }

 private:
  static constexpr int rounds = 10;
  struct State {
    Words c0, c1, c2, c3;
  };

  static HWY_INLINE Words high_half(Words v) {
    return hn::BitCast(words, hn::ShiftRight<32>(hn::BitCast(wides, v)));
  }
  static HWY_INLINE Words merge(Words even, Words odd) {
    return hn::OddEven(hn::BitCast(words, hn::ShiftLeft<32>(hn::BitCast(wides, odd))), even);
  }
  static HWY_INLINE void advance(State& s, Words k0, Words k1) {
    const Words product0 = hn::BitCast(words, hn::MulEven(s.c0, hn::Set(words, 0xD2511F53u)));
    const Words product1 = hn::BitCast(words, hn::MulEven(s.c2, hn::Set(words, 0xCD9E8D57u)));
    s.c0 = hn::Xor(high_half(product1), hn::Xor(s.c1, k0));
    s.c1 = product1;
    s.c2 = hn::Xor(high_half(product0), hn::Xor(s.c3, k1));
    s.c3 = product0;
  }

  Words event_lo_, event_hi_;
  alignas(64) std::uint32_t keys_[rounds][2][lanes];
};

/// Maps random words to a standard normal truncated at +-k by the inverse of its distribution.
/// The top bit is the sign; the other 31 bits give the two-sided tail probability p = P(|Z| > |z|)
/// without cancellation, so that the tails are as exact as the middle. Absolute error < 1.2e-6, |z|
/// <= min(k, 6.23).
class NormalFromWords {
 public:
  /// `outside`: probability that an untruncated normal exceeds k, 2 Phi(-k).
  NormalFromWords(double k, double outside)
      : limit_(hn::Set(floats, limit_below(k))),
        offset_(hn::Set(floats, static_cast<float>(outside + (1 - outside) * 0x1p-31))),
        scale_(hn::Set(floats, static_cast<float>((1 - outside) * 0x1p-31))) {}

  HWY_INLINE Floats operator()(Words word) const {
    const auto sign = hn::And(word, hn::Set(words, 0x80000000u));
    const auto from_end = hn::BitCast(ints, hn::AndNot(word, hn::Set(words, 0x7fffffffu)));
    const Floats below_one = hn::Set(floats, 0x1.fffffep-1f);
    const Floats p =
        hn::Min(hn::MulAdd(hn::ConvertTo(floats, from_end), scale_, offset_), below_one);
    Floats z = polynomial(p, 0);
    Floats bound = hn::Set(floats, 0x1p-8f);
    if (HWY_UNLIKELY(!hn::AllFalse(floats, hn::Lt(p, bound)))) {
      for (int row = 1; row < 4; ++row) {
        z = hn::IfThenElse(hn::Lt(p, bound), polynomial(p, row), z);
        bound = hn::Mul(bound, hn::Set(floats, 0x1p-8f));
      }
    }
    return hn::Xor(hn::Min(z, limit_), hn::BitCast(floats, sign));
  }

 private:
  /// Largest float that does not exceed k.
  static float limit_below(double k) {
    const float limit = static_cast<float>(k);
    return limit > k ? std::nextafter(limit, 0.0f) : limit;
  }

  static HWY_INLINE Floats polynomial(Floats p, int row) {
    const Words bits = hn::BitCast(words, p);
    const Words octave = hn::And(hn::ShiftRight<23>(bits), hn::Set(words, 7));
    const Words mantissa =
        hn::Or(hn::And(bits, hn::Set(words, 0x007fffffu)), hn::Set(words, 0x3f800000u));
    const Floats t = hn::Sub(hn::BitCast(floats, mantissa), hn::Set(floats, 1.5f));
    Floats z = coefficient(row, normal_degree, octave);
    for (int power = normal_degree - 1; power >= 0; --power)
      z = hn::MulAdd(z, t, coefficient(row, power, octave));
    return z;
  }
  static HWY_INLINE Floats coefficient(int row, int power, Words octave) {
    const float* table = normal_table[row][power];
    if constexpr (lanes >= 8) {
      return hn::TableLookupLanes(hn::Load(floats, table), hn::IndicesFromVec(floats, octave));
    } else {
      return hn::GatherIndex(floats, table, hn::BitCast(ints, octave));
    }
  }

  Floats limit_, offset_, scale_;
};

/// exp(x), relative error < 2e-7; x outside [-87, 88] counts as the nearer end.
/// Reduction by ln 2 and the polynomial of expf in Moshier's Cephes library.
HWY_INLINE Floats exponential(Floats x) {
  x = hn::Min(hn::Max(x, hn::Set(floats, -87.0f)), hn::Set(floats, 88.0f));
  const auto n = hn::NearestInt(hn::Mul(x, hn::Set(floats, 1.44269504088896341f)));
  const Floats n_float = hn::ConvertTo(floats, n);
  Floats r = hn::NegMulAdd(n_float, hn::Set(floats, 0.693359375f), x);
  r = hn::NegMulAdd(n_float, hn::Set(floats, -2.12194440e-4f), r);
  Floats y = hn::Set(floats, 1.9875691500e-4f);
  y = hn::MulAdd(y, r, hn::Set(floats, 1.3981999507e-3f));
  y = hn::MulAdd(y, r, hn::Set(floats, 8.3334519073e-3f));
  y = hn::MulAdd(y, r, hn::Set(floats, 4.1665795894e-2f));
  y = hn::MulAdd(y, r, hn::Set(floats, 1.6666665459e-1f));
  y = hn::MulAdd(y, r, hn::Set(floats, 5.0000001201e-1f));
  y = hn::MulAdd(y, hn::Mul(r, r), hn::Add(r, hn::Set(floats, 1.0f)));
  return hn::BitCast(floats, hn::Add(hn::BitCast(ints, y), hn::ShiftLeft<23>(n)));
}

/// mean + tau * eta + phi * eps, the model's value before the exponential, for a register of sites.
HWY_INLINE Floats ground_motion(const float* mean, const float* tau, const float* phi,
                                const float* eps, float eta) {
  const Floats at_event =
      hn::MulAdd(hn::LoadU(floats, tau), hn::Set(floats, eta), hn::LoadU(floats, mean));
  return hn::MulAdd(hn::LoadU(floats, phi), hn::LoadU(floats, eps), at_event);
}

}  // namespace shakefield::field::simd
