// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "shakefield/field/correlation.hpp"

namespace shakefield::field {
namespace {

/// Jayaram & Baker (2009), doi:10.1002/eqe.922.
class JayaramBaker2009 final : public CorrelationModel {
 public:
  explicit JayaramBaker2009(bool vs30_clustering) : vs30_clustering_(vs30_clustering) {}

  /// Eq. 20
  double rho(const core::Imt& imt, double distance_km) const override {
    return std::exp(-3 * distance_km / range_km(imt));
  }

 private:
  /// Distance b of Eq. 17-19. PGV stands for a period of 1 s, as the peer takes it
  /// (docs/definitions).
  double range_km(const core::Imt& imt) const {
    const double period_s = imt.kind == core::ImtKind::pgv ? 1.0 : imt.period_s;
    if (period_s >= 1) return 22.0 + 3.7 * period_s;
    return vs30_clustering_ ? 40.7 - 15.0 * period_s : 8.5 + 17.2 * period_s;
  }

  bool vs30_clustering_;
};

}  // namespace

std::unique_ptr<const CorrelationModel> make_jb2009(bool vs30_clustering) {
  return std::make_unique<JayaramBaker2009>(vs30_clustering);
}

}  // namespace shakefield::field
