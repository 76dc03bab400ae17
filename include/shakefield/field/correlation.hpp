// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shakefield/core/imt.hpp"
#include "shakefield/field/residuals.hpp"
#include "shakefield/site/site_collection.hpp"

namespace shakefield::field {

/// Spatial correlation of within-event residuals of one IMT.
class CorrelationModel {
 public:
  virtual ~CorrelationModel() = default;
  /// Correlation at a great-circle distance in km, in [0, 1].
  virtual double rho(const core::Imt& imt, double distance_km) const = 0;
};

/// Jayaram & Baker (2009), doi:10.1002/eqe.922, Eq. 17-20: exp(-3 h / b). PGV counts as 1 s, PGA as
/// 0.
std::unique_ptr<const CorrelationModel> make_jb2009(bool vs30_clustering);

/// Most sites of the dense method.
inline constexpr std::size_t max_dense_sites = 2000;

/// Correlated residuals by a dense Cholesky factor over all sites of a job, one factor an IMT; rows
/// for the sites of one rank. Unit normals without truncation are correlated, then mapped
/// marginally to the truncated normal (docs/theory.md). Numbers do not depend on how the
/// sites are dealt. Local, immutable.
class DenseCorrelation {
 public:
  /// `own`: site ids whose residuals this rank makes, ascending. Throws Error{unsupported} above
  /// max_dense_sites, Error{config} for a truncation of 0, Error{numeric} if a matrix is not
  /// positive definite.
  DenseCorrelation(const CorrelationModel& model, const site::SiteCollection& sites,
                   std::span<const core::Imt> imts, std::vector<std::uint32_t> own);
  ~DenseCorrelation();
  DenseCorrelation(DenseCorrelation&&) noexcept;

  /// Residuals of four samples (block) of a rupture for IMT number m at the own sites: out[w][i], i
  /// in own order.
  void residuals(std::size_t m, core::StreamKey key, std::uint64_t rupture_key, std::uint64_t block,
                 Truncation truncation, const std::array<std::span<float>, 4>& out) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::field
