// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shakefield::logictree {

enum class SamplingMethod { early_weights, late_weights, early_latin, late_latin };

/// True for the methods whose branches are drawn by weight (so that samples count equally).
constexpr bool is_early(SamplingMethod m) {
  return m == SamplingMethod::early_weights || m == SamplingMethod::early_latin;
}
/// True for the methods that stratify each column of the sample matrix.
constexpr bool is_latin(SamplingMethod m) {
  return m == SamplingMethod::early_latin || m == SamplingMethod::late_latin;
}

/// PCG64 (XSL-RR 128/64; O'Neill 2014, HMC-CS-2014-0905) seeded as NumPy seeds it (SeedSequence),
/// so that logic trees are sampled as the peer samples them. Used for nothing else: fields use
/// core/philox.hpp.
class Pcg64 {
 public:
  explicit Pcg64(std::uint64_t seed);
  /// The next 64 random bits.
  std::uint64_t next();
  /// Uniform in [0, 1) with 53 bits.
  double uniform();

 private:
  __extension__ using Word = unsigned __int128;
  void step();
  Word state_ = 0;
  Word increment_ = 0;
};

/// Uniform numbers [samples][columns], row-major, filled row by row from Pcg64(seed). `latin`: each
/// column is then stratified, x_i = (o_i + x_i) / samples, where o sorts the column ascending.
std::vector<double> sample_matrix(std::size_t samples, std::size_t columns, std::uint64_t seed,
                                  bool latin);

/// Number of the branch that a uniform number takes among branches of these weights (early_*), or
/// among as many equally likely ones (late_*). The last branch takes what rounding leaves over.
/// weights: not empty.
std::size_t choose_branch(std::span<const double> weights, double uniform, SamplingMethod method);

}  // namespace shakefield::logictree
