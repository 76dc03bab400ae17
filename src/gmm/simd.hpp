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

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace shakefield::gmm {

// The same names for plain doubles, so that rupture terms and site terms read alike.
using std::abs, std::atan, std::clamp, std::cos, std::exp, std::log, std::log10, std::log1p;
using std::max, std::min, std::pow, std::sin, std::sqrt, std::tanh;

namespace simd {
namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::ScalableTag<double>;
using Vector = hn::Vec<Tag>;
inline constexpr Tag tag;
}  // namespace simd

/// How many sites one Real holds.
inline constexpr std::size_t lanes = HWY_LANES(double);

/// One truth value a site.
class Mask {
 public:
  using Native = simd::hn::Mask<simd::Tag>;
  explicit Mask(Native native) : native_(native) {}
  Native native() const { return native_; }

  friend Mask operator&&(Mask a, Mask b) { return Mask(simd::hn::And(a.native_, b.native_)); }
  friend Mask operator||(Mask a, Mask b) { return Mask(simd::hn::Or(a.native_, b.native_)); }
  friend Mask operator!(Mask a) { return Mask(simd::hn::Not(a.native_)); }

 private:
  Native native_;
};
inline bool any(Mask m) {
  return !simd::hn::AllFalse(simd::tag, m.native());
}
inline bool all(Mask m) {
  return simd::hn::AllTrue(simd::tag, m.native());
}

/// One double a site, for `lanes` neighbouring sites: reads like a double. Every operation treats
/// each lane alike, so a site's result does not depend on its place in the vector.
class Real {
 public:
  Real() : native_(simd::hn::Zero(simd::tag)) {}
  Real(double x) : native_(simd::hn::Set(simd::tag, x)) {}
  explicit Real(simd::Vector native) : native_(native) {}
  static Real load(const double* from) { return Real(simd::hn::LoadU(simd::tag, from)); }
  void store(double* to) const { simd::hn::StoreU(native_, simd::tag, to); }
  simd::Vector native() const { return native_; }

  friend Real operator+(Real a, Real b) { return Real(simd::hn::Add(a.native_, b.native_)); }
  friend Real operator-(Real a, Real b) { return Real(simd::hn::Sub(a.native_, b.native_)); }
  friend Real operator*(Real a, Real b) { return Real(simd::hn::Mul(a.native_, b.native_)); }
  friend Real operator/(Real a, Real b) { return Real(simd::hn::Div(a.native_, b.native_)); }
  friend Real operator-(Real a) { return Real(simd::hn::Neg(a.native_)); }
  Real& operator+=(Real b) { return *this = *this + b; }
  Real& operator-=(Real b) { return *this = *this - b; }
  Real& operator*=(Real b) { return *this = *this * b; }
  Real& operator/=(Real b) { return *this = *this / b; }

  friend Mask operator<(Real a, Real b) { return Mask(simd::hn::Lt(a.native_, b.native_)); }
  friend Mask operator<=(Real a, Real b) { return Mask(simd::hn::Le(a.native_, b.native_)); }
  friend Mask operator>(Real a, Real b) { return b < a; }
  friend Mask operator>=(Real a, Real b) { return b <= a; }
  friend Mask operator==(Real a, Real b) { return Mask(simd::hn::Eq(a.native_, b.native_)); }
  friend Mask operator!=(Real a, Real b) { return !(a == b); }

 private:
  simd::Vector native_;
};

/// a where the condition holds, b elsewhere; both are computed.
inline Real select(Mask condition, Real a, Real b) {
  return Real(simd::hn::IfThenElse(condition.native(), a.native(), b.native()));
}
inline double select(bool condition, double a, double b) {
  return condition ? a : b;
}

inline Real min(Real a, Real b) {
  return Real(simd::hn::Min(a.native(), b.native()));
}
inline Real max(Real a, Real b) {
  return Real(simd::hn::Max(a.native(), b.native()));
}
inline Real clamp(Real x, Real low, Real high) {
  return min(max(x, low), high);
}
inline Real abs(Real x) {
  return Real(simd::hn::Abs(x.native()));
}
inline Real sqrt(Real x) {
  return Real(simd::hn::Sqrt(x.native()));
}

// Errors of Highway's functions: at most 4 units in the last place.
inline Real exp(Real x) {
  return Real(simd::hn::Exp(simd::tag, x.native()));
}
inline Real log(Real x) {
  return Real(simd::hn::Log(simd::tag, x.native()));
}
inline Real log1p(Real x) {
  return Real(simd::hn::Log1p(simd::tag, x.native()));
}
inline Real sin(Real x) {
  return Real(simd::hn::Sin(simd::tag, x.native()));
}
inline Real cos(Real x) {
  return Real(simd::hn::Cos(simd::tag, x.native()));
}
inline Real atan(Real x) {
  return Real(simd::hn::Atan(simd::tag, x.native()));
}
/// Absolute error below 4e-16, at a third of the cost of a tanh that is also relatively exact near
/// 0.
inline Real tanh(Real x) {
  return 1.0 - 2.0 / (exp(2.0 * x) + 1.0);
}
inline Real log10(Real x) {
  return log(x) * std::numbers::log10e;
}
/// x >= 0. Costs a log and an exp: prefer square() and cube().
inline Real pow(Real x, double exponent) {
  return exp(exponent * log(x));
}
inline Real pow(double base, Real exponent) {
  return exp(exponent * std::log(base));
}

template <class T>
constexpr T square(T x) {
  return x * x;
}
template <class T>
constexpr T cube(T x) {
  return x * x * x;
}

/// From 0 to 1 as x goes from a to b, linearly; constant outside.
template <class T>
T ramp(T x, double a, double b) {
  return clamp((x - a) / (b - a), T(0.0), T(1.0));
}

}  // namespace shakefield::gmm
