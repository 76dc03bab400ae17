// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <sstream>
#include <string>
#include <vector>

/// Statistics that the verification judges by, written apart from the code under test.
namespace statistics {

/// Mean and standard deviation of a sample (Welford 1962).
class Moments {
 public:
  void add(double x) {
    ++n_;
    const double delta = x - mean_;
    mean_ += delta / static_cast<double>(n_);
    squares_ += delta * (x - mean_);
  }
  std::size_t size() const { return n_; }
  double mean() const { return mean_; }
  double sd() const { return std::sqrt(squares_ / static_cast<double>(n_ - 1)); }
  double standard_error() const { return sd() / std::sqrt(static_cast<double>(n_)); }

 private:
  std::size_t n_ = 0;
  double mean_ = 0, squares_ = 0;
};

/// The largest of some figures, to be recorded beside the outcome of a test (--gtest_output=xml).
class Largest {
 public:
  void add(double x) { value_ = std::max(value_, x); }
  double value() const { return value_; }
  std::string text() const {
    std::ostringstream out;
    out << value_;
    return out.str();
  }

 private:
  double value_ = 0;
};

/// Pearson's correlation of pairs.
class Correlation {
 public:
  void add(double x, double y) {
    ++n_;
    const double weight = static_cast<double>(n_ - 1) / static_cast<double>(n_);
    const double dx = x - mean_x_, dy = y - mean_y_;
    xx_ += weight * dx * dx;
    yy_ += weight * dy * dy;
    xy_ += weight * dx * dy;
    mean_x_ += dx / static_cast<double>(n_);
    mean_y_ += dy / static_cast<double>(n_);
  }
  std::size_t size() const { return n_; }
  double value() const { return xy_ / std::sqrt(xx_ * yy_); }

 private:
  std::size_t n_ = 0;
  double mean_x_ = 0, mean_y_ = 0, xx_ = 0, yy_ = 0, xy_ = 0;
};

inline double normal_density(double z) {
  return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}
inline double normal_cdf(double z) {
  return std::erfc(-z / std::numbers::sqrt2) / 2;
}

/// The standard normal truncated at +-k; moments by partial integration of z^2 and z^4 times its
/// density.
struct TruncatedNormal {
  double k;

  double mass() const { return 1 - 2 * normal_cdf(-k); }
  double cdf(double z) const {
    return std::clamp((normal_cdf(z) - normal_cdf(-k)) / mass(), 0.0, 1.0);
  }
  double variance() const { return 1 - 2 * k * normal_density(k) / mass(); }
  double sd() const { return std::sqrt(variance()); }
  double fourth_moment() const { return 3 - 2 * k * (k * k + 3) * normal_density(k) / mass(); }
  /// Standard errors of the mean and of the sample standard deviation of n values.
  double error_of_mean(std::size_t n) const { return sd() / std::sqrt(static_cast<double>(n)); }
  double error_of_sd(std::size_t n) const {
    return std::sqrt((fourth_moment() - variance() * variance()) / static_cast<double>(n)) /
           (2 * sd());
  }
};

/// Probability that a sample of the distribution differs at least as much from it as this one
/// (Kolmogorov 1933, asymptotic series; Stephens' correction for n). Sorts the sample.
template <class Cdf>
double kolmogorov_p(std::span<float> sample, const Cdf& cdf) {
  std::ranges::sort(sample);
  const auto n = static_cast<double>(sample.size());
  double largest = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double p = cdf(sample[i]);
    largest =
        std::max({largest, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  const double t = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * largest;
  double p = 0;
  for (int j = 1; j <= 100; ++j) p += (j % 2 ? 2 : -2) * std::exp(-2.0 * j * j * t * t);
  return t < 0.2 ? 1 : std::clamp(p, 0.0, 1.0);
}

/// Probability of a Pearson chi-square at least as large as that of these counts. `lost`: degrees
/// of freedom that the expected counts have taken from the sample. Expected counts are > 0.
inline double chi_square_p(std::span<const double> counts, std::span<const double> expected,
                           std::size_t lost = 0) {
  double sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  return boost::math::gamma_q(static_cast<double>(counts.size() - lost) / 2, sum / 2);
}

}  // namespace statistics
