// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "shakefield/geo/mesh.hpp"
#include "shakefield/rupture/surface.hpp"

namespace shakefield::rupture {

/// Columns of K nodes in Earth-centred coordinates, km.
struct NodeColumns {
  std::vector<double> x, y, z;
};

/// The nodes of a whole fault and what its cells are like: computed once, shared by all ruptures
/// that are windows of it. Cell (r, c) lies between nodes (r, c) and (r + 1, c + 1). A node may be
/// missing (NaN, kites only): cells around it are empty. Immutable, thread-safe.
class FaultMesh {
 public:
  /// One cell: two triangles, divided by the diagonal from the bottom left to the top right node.
  struct Cell {
    double area_km2 = 0;
    double length_km =
        0;  ///< along strike: top and bottom edge weighted with the area of their triangle
    double width_km = 0;                    ///< down dip: left and right edge weighted likewise
    double dip_cos = 0, dip_sin = 0;        ///< area-weighted cosine, sine of the inclination, km2
    double strike_cos = 0, strike_sin = 0;  ///< area-weighted cosine, sine of the azimuth, km2
  };

  /// Throws Error{data} for an empty mesh.
  explicit FaultMesh(geo::Mesh mesh);

  const geo::Mesh& mesh() const { return mesh_; }
  std::size_t rows() const { return mesh_.rows(); }
  std::size_t cols() const { return mesh_.cols(); }
  const Cell& cell(std::size_t row, std::size_t col) const {
    return cells_[row * (mesh_.cols() - 1) + col];
  }
  /// Nodes row by row, at their depth and lifted to depth 0. [rows * cols]
  const NodeColumns& nodes() const { return nodes_; }
  const NodeColumns& epicentral_nodes() const { return epicentral_nodes_; }

 private:
  geo::Mesh mesh_;
  NodeColumns nodes_, epicentral_nodes_;
  std::vector<Cell> cells_;
};

/// Part of a mesh: first row and column, number of rows and columns of nodes.
struct MeshWindow {
  std::size_t row = 0, col = 0, rows = 0, cols = 0;
};

/// A rupture surface given by nodes: a window of a fault mesh. Cheap to make; thousands share one
/// mesh. Distances are to nodes (docs/definitions, "distances, meshed surfaces"); strike, dip,
/// width and ztor come from the mesh by the rule of the kind (docs/definitions/sources.md, section
/// 3).
class MeshSurface final : public Surface {
 public:
  /// `kind`: simple_fault, complex_fault, gridded or kite. Throws Error{data} if a fault window has
  /// less than 2 rows or columns.
  MeshSurface(std::shared_ptr<const FaultMesh> fault, SurfaceKind kind, const MeshWindow& window);
  /// The whole mesh.
  MeshSurface(const std::shared_ptr<const FaultMesh>& fault, SurfaceKind kind);
  MeshSurface(geo::Mesh mesh, SurfaceKind kind);

  SurfaceKind kind() const override { return kind_; }
  SurfaceParameters parameters() const override { return parameters_; }
  BoundingSphere bound() const override { return bound_; }
  /// Middle node, or the great-circle middle of the two middle nodes (mean depth) where rows or
  /// columns are even; gridded: the node nearest to the mean longitude and latitude; kite: the node
  /// nearest to the centroid of all.
  geo::Point middle() const override;
  void distances(const geo::PointsView& sites, DistanceSet wanted,
                 const DistanceColumns& out) const override;
  void nearest_points(const geo::PointsView& sites, std::span<geo::Point> out) const override;
  std::vector<geo::Point> nodes() const override;
  std::pair<std::size_t, std::size_t> shape() const override {
    return {window_.rows, window_.cols};
  }
  double area_km2() const override;
  /// Of kites: the shallowest node of each column.
  std::vector<geo::Point> top_edge() const override;

  const FaultMesh& fault() const { return *fault_; }
  const MeshWindow& window() const { return window_; }

 private:
  const geo::Point& node(std::size_t row, std::size_t col) const {
    return fault_->mesh()(window_.row + row, window_.col + col);
  }

  void fill_r_jb(const geo::PointsView& sites, std::span<double> out) const;

  std::shared_ptr<const FaultMesh> fault_;
  SurfaceKind kind_;
  MeshWindow window_;
  SurfaceParameters parameters_;
  BoundingSphere bound_;
};

}  // namespace shakefield::rupture
