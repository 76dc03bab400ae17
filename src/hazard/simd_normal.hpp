// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sizeless vectors (SVE, RVV) cannot be members of a class, so NEON serves there.
#ifndef HWY_DISABLED_TARGETS
#define HWY_DISABLED_TARGETS (HWY_SVE2_128 | HWY_SVE_256 | HWY_SVE2 | HWY_SVE | HWY_RVV)
#endif
#include <hwy/highway.h>
// math-inl.h needs highway.h first.
#include <hwy/contrib/math/math-inl.h>

#include <cstddef>

/// Whole registers of doubles. Every lane is computed alone, so a number does not depend on its
/// place in a register.
namespace shakefield::hazard::simd {

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::ScalableTag<double>;
using Vector = hn::Vec<Tag>;
inline constexpr Tag tag;
inline constexpr std::size_t lanes = hn::MaxLanes(Tag{});

/// Where upper_tail ends: there it is 1e-19.
inline constexpr double farthest = 9;

/// Upper tail of the standard normal at a >= 0: exp(-a²/2) times half the scaled complementary
/// error function, a polynomial in 1 / (a + 4) as in Shepherd and Laframboise (1981, Math. Comp.
/// 36, 249-253). Coefficients: Chebyshev interpolation of degree 12 on [0, 9], relative error <
/// 6e-11.
HWY_INLINE Vector upper_tail(Vector a) {
  constexpr double coefficients[] = {
      0.16100546284806969,    0.1878138590437882,     0.10094061761303495,
      0.039089655042057504,   0.010085113760561036,   0.0012599534621159487,
      -0.000132993981007525,  -6.595740755440569e-05, 1.2563005045424247e-06,
      3.2486181855480264e-06, -7.258749165614556e-08, -1.531960729379741e-07,
      1.0482113741727016e-08};
  constexpr double middle = (1.0 / 4 + 1.0 / 13) / 2, half = (1.0 / 4 - 1.0 / 13) / 2;
  const Vector s = hn::Div(hn::Set(tag, 1 / half), hn::Add(a, hn::Set(tag, 4.0)));
  const Vector t = hn::Sub(s, hn::Set(tag, middle / half));
  Vector p = hn::Set(tag, coefficients[12]);
  for (int i = 11; i >= 0; --i) p = hn::MulAdd(p, t, hn::Set(tag, coefficients[i]));
  const Vector exponent = hn::Mul(hn::Mul(a, a), hn::Set(tag, -0.5));
  return hn::Mul(p, hn::Exp(tag, exponent));
}

}  // namespace shakefield::hazard::simd
