// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "shakefield/gmm/model.hpp"
#include "simd.hpp"

namespace shakefield::gmm {

/// Standard deviations of ln(IMT) at the sites of one vector.
struct Deviations {
  Real sigma, tau, phi;
};
/// tau and phi given: sigma² = tau² + phi².
inline Deviations between_within(Real tau, Real phi) {
  return {sqrt(tau * tau + phi * phi), tau, phi};
}
/// A model of total sigma only.
inline Deviations total_only(Real sigma) {
  return {sigma, 0.0, 0.0};
}

/// `lanes` neighbouring sites of a GmmInput: what a model's site lambda is given.
class Sites {
 public:
  Sites(const GmmOutput& out, std::size_t first) : out_(&out), first_(first) {}

  /// These sites' values of a column: `sites[in.vs30]`.
  Real operator[](std::span<const double> column) const {
    return Real::load(column.data() + first_);
  }
  /// Number of the first of these sites.
  std::size_t first() const { return first_; }
  /// Puts the result of IMT m. The mean is ln of the IMT's unit.
  void put(std::size_t m, Real mean, const Deviations& sd) const {
    const std::size_t at = m * out_->stride + first_;
    mean.store(&out_->mean[at]);
    sd.sigma.store(&out_->sigma[at]);
    sd.tau.store(&out_->tau[at]);
    sd.phi.store(&out_->phi[at]);
  }

 private:
  const GmmOutput* out_;
  std::size_t first_;
};

/// Calls body(Sites) for all sites, a vector at a time; the last vector runs into the padding.
template <class Body>
void for_each_site(const GmmInput& in, const GmmOutput& out, Body&& body) {
  static_assert(GmmInput::padding % lanes == 0);
  for (std::size_t first = 0; first < in.size; first += lanes) body(Sites(out, first));
}

}  // namespace shakefield::gmm
