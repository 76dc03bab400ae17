// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
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
  virtual geo::Point hypocentre(const rupture::MeshSurface& surface) const {
    return surface.middle();
  }
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

/// How far ruptures of kite faults move on, as fractions of their own size; 0: by one node. The
/// steps get smaller until the last one reaches the end of the fault.
struct FloatingSteps {
  double along_strike = 0, down_dip = 0;
};

/// Ruptures of about equal area a magnitude on the nodes of a kite surface, along strike first
/// (same place, "kite ruptures").
class KiteFaultSource final : public FloatingSource {
 public:
  /// `mesh`: of these spacings. Magnitudes larger than the fault take all of its rows or columns.
  /// Throws Error{data} if no number of cells comes within 25 % of a magnitude's area.
  KiteFaultSource(SourceInfo info, FaultProperties properties, geo::Mesh mesh,
                  double profile_spacing_km, double edge_spacing_km, const FloatingSteps& steps);

 private:
  rupture::MeshWindow window(std::size_t bin, std::size_t k) const override {
    return windows_[bin][k];
  }
  geo::Point hypocentre(const rupture::MeshSurface& surface) const override;

  std::vector<std::vector<rupture::MeshWindow>> windows_;  ///< [bins][positions]
};

/// A place of hypocentres on ruptures: fractions of their length from the left and of their width
/// from the top.
struct HypocentrePlace {
  double along_strike = 0.5, down_dip = 0.5;
  double weight = 1;
};

/// A depth of hypocentres on the ruptures of a fault. They lie there, or at a fixed fraction of the
/// rupture's width from its top.
struct FaultHypoDepth {
  double probability = 1, depth_km = 0;
  std::optional<double> down_dip;
};

/// The ruptures of a fault, each with several hypocentres (and directions of slip): the rate is
/// shared by their weights. Hypocentres are on nodes of the mesh.
class HypocentreSource final : public Source {
 public:
  /// All places for each rupture, and for each place all slips (inner loop); slips are only
  /// counted. Throws Error{data} unless the weights of both sum to 1 within 1e-7.
  HypocentreSource(SourceInfo info, std::shared_ptr<const FloatingSource> fault,
                   const std::vector<HypocentrePlace>& places,
                   const std::vector<double>& slip_weights);
  /// Depths that lie within each rupture, half-way along strike, their weights renormalized. A
  /// rupture that holds none of them keeps its middle.
  HypocentreSource(SourceInfo info, std::shared_ptr<const FloatingSource> fault,
                   const std::vector<FaultHypoDepth>& depths);

  std::size_t num_ruptures() const override { return first_index_.back(); }
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override;
  rupture::Rupture rupture(std::size_t index) const override;
  rupture::BoundingSphere bound() const override { return fault_->bound(); }
  double max_mag() const override { return fault_->max_mag(); }

 private:
  std::size_t rupture_of(std::size_t index) const;

  std::shared_ptr<const FloatingSource> fault_;
  std::vector<std::size_t> first_index_;             ///< [ruptures of the fault + 1]
  std::vector<std::size_t> list_of_;                 ///< [ruptures of the fault] into lists_
  std::vector<std::vector<HypocentrePlace>> lists_;  ///< places that ruptures share
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
