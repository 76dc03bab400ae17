// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "shakefield/rupture/builders.hpp"
#include "shakefield/rupture/mesh_surface.hpp"
#include "shakefield/source/distributions.hpp"
#include "shakefield/source/mfd.hpp"
#include "shakefield/source/scaling.hpp"
#include "shakefield/source/source.hpp"

namespace shakefield::source {

/// What fault sources with floating ruptures have in common.
struct FaultProperties {
  MagnitudeBins bins;
  ScalingRelation scaling = ScalingRelation::named("WC1994");
  AspectRatio aspect_ratio;
  double rake_deg = 0;
};

/// A source whose ruptures are windows of one fault mesh, magnitude after magnitude; the rate of a
/// magnitude is shared equally by its windows. Rates and access by index; the kinds below decide
/// which windows there are.
class FloatingSource : public Source {
 public:
  std::size_t num_ruptures() const override { return first_index_.back(); }
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override;
  rupture::Rupture rupture(std::size_t index) const override;
  rupture::BoundingSphere bound() const override { return bound_; }
  double max_mag() const override;

  const rupture::FaultMesh& mesh() const { return *mesh_; }

 protected:
  FloatingSource(SourceInfo info, FaultProperties properties, rupture::SurfaceKind kind,
                 geo::Mesh mesh);
  /// Number of windows of each magnitude; called once by the constructor of a kind.
  void set_counts(const std::vector<std::size_t>& windows_per_bin);
  const FaultProperties& properties() const { return properties_; }

 private:
  /// The k-th window of a magnitude.
  virtual rupture::MeshWindow window(std::size_t bin, std::size_t k) const = 0;
  std::size_t bin_of(std::size_t index) const;
  double rate_in(std::size_t bin) const;

  FaultProperties properties_;
  rupture::SurfaceKind kind_;
  std::shared_ptr<const rupture::FaultMesh> mesh_;
  rupture::BoundingSphere bound_;
  std::vector<std::size_t> first_index_;  ///< [bins + 1]
};

/// Ruptures of one size a magnitude at every position on a simple fault: first row, then first
/// column (docs/definitions/sources.md, section 3, "simple fault ruptures").
class SimpleFaultSource final : public FloatingSource {
 public:
  /// Throws Error{data} as simple_fault_mesh does, and if the smallest magnitude has less than 2
  /// rows or columns of nodes.
  SimpleFaultSource(SourceInfo info, FaultProperties properties,
                    const rupture::SimpleFaultGeometry& fault, double spacing_km);

 private:
  rupture::MeshWindow window(std::size_t bin, std::size_t k) const override;
  struct Size {
    std::size_t rows, cols;
  };
  std::vector<Size> sizes_;  ///< [bins]
};

/// Ruptures of about equal area a magnitude on the cells of a complex fault (same place, "complex
/// fault ruptures").
class ComplexFaultSource final : public FloatingSource {
 public:
  /// Throws Error{data} as complex_fault_mesh does.
  ComplexFaultSource(SourceInfo info, FaultProperties properties,
                     const rupture::ComplexFaultGeometry& fault, double spacing_km);

 private:
  rupture::MeshWindow window(std::size_t bin, std::size_t k) const override {
    return windows_[bin][k];
  }
  std::vector<std::vector<rupture::MeshWindow>> windows_;  ///< [bins][positions]
};

/// The whole surface breaks: one rupture a magnitude, hypocentre in the middle of the surface.
class CharacteristicFaultSource final : public Source {
 public:
  CharacteristicFaultSource(SourceInfo info, MagnitudeBins bins, double rake_deg,
                            std::shared_ptr<const rupture::Surface> surface);

  std::size_t num_ruptures() const override { return bins_.size(); }
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override;
  rupture::Rupture rupture(std::size_t index) const override;
  rupture::BoundingSphere bound() const override { return surface_->bound(); }
  double max_mag() const override;

 private:
  MagnitudeBins bins_;
  double rake_deg_;
  std::shared_ptr<const rupture::Surface> surface_;
};

}  // namespace shakefield::source
