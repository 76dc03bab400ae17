// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// Distances from one tile of sites to one rupture of about magnitude 6.7 (30 km x 15 km, nodes
// every km on meshes), near and far, one kind at a time and the set that most models ask for.
#include <benchmark/benchmark.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "benchmark_program.hpp"
#include "shakefield/rupture/builders.hpp"
#include "shakefield/rupture/mesh_surface.hpp"
#include "shakefield/rupture/planar_surface.hpp"

namespace shakefield::rupture {
namespace {

constexpr int tile_width = 16;
constexpr std::size_t tile_sites = tile_width * tile_width;
constexpr geo::Point centre = {-122, 37.5, 7.5};
constexpr double dip_deg = 60;
constexpr double length_km = 30, width_km = 15;
using SurfacePtr = std::shared_ptr<const Surface>;

SurfacePtr planar() {
  return std::make_shared<PlanarSurface>(corners_about(centre, 0, dip_deg, length_km, width_km), 0,
                                         dip_deg, width_km);
}

/// A line about north with a bend of 10 degrees in its middle.
std::vector<geo::Point> bent_line(const geo::Point& middle, double line_km) {
  return {geo::destination(middle, 185, line_km / 2), middle,
          geo::destination(middle, 355, line_km / 2)};
}

/// A window in the middle of a fault of 100 km, as the floating ruptures of a source are.
SurfacePtr simple_fault_window() {
  const SimpleFaultGeometry fault = {bent_line({centre.lon_deg, centre.lat_deg}, 100), dip_deg, 0,
                                     15};
  const auto mesh = std::make_shared<FaultMesh>(simple_fault_mesh(fault, 1));
  return std::make_shared<MeshSurface>(mesh, SurfaceKind::simple_fault,
                                       MeshWindow{0, mesh->cols() / 2 - 15, 16, 31});
}

SurfacePtr complex_fault() {
  ComplexFaultGeometry fault;
  for (const double down_dip_km : {0.0, 7.0, 15.0}) {
    const geo::Point middle =
        geo::destination({centre.lon_deg, centre.lat_deg}, 90, down_dip_km / 2, down_dip_km * 0.87);
    fault.edges.push_back(bent_line(middle, length_km));
  }
  return make_complex_fault_surface(fault, 1);
}

SurfacePtr gridded() {
  return make_gridded_surface(simple_fault_window()->nodes());
}

/// Sites every km about a point `away_km` east of the rupture.
geo::Points tile(double away_km) {
  const geo::Point middle = geo::destination({centre.lon_deg, centre.lat_deg}, 90, away_km);
  geo::Points sites;
  for (int i = 0; i < tile_width; ++i)
    for (int j = 0; j < tile_width; ++j)
      sites.push_back(geo::destination(geo::destination(middle, 0, i - tile_width / 2 + 0.5), 90,
                                       j - tile_width / 2 + 0.5));
  return sites;
}

void bench_rupture_distance(benchmark::State& state, const SurfacePtr& surface,
                            DistanceSet wanted) {
  const geo::Points sites = tile(static_cast<double>(state.range(1)));
  const geo::PointsView view = sites.view();
  std::vector<double> r_rup(tile_sites), r_jb(r_rup), r_x(r_rup), r_y0(r_rup);
  const DistanceColumns columns = {.r_rup = r_rup,
                                   .r_jb = r_jb,
                                   .r_x = r_x,
                                   .r_y0 = r_y0,
                                   .r_hypo = {},
                                   .r_epi = {},
                                   .azimuth = {}};
  for (auto _ : state) {
    surface->distances(view, wanted, columns);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(sites.size()));
  const auto [rows, cols] = surface->shape();
  state.counters["nodes"] = static_cast<double>(rows * cols);
}

void register_all() {
  using enum Distance;
  constexpr DistanceSet on_ground = r_x | r_y0;
  const struct {
    std::string name;
    DistanceSet wanted;
  } kinds[] = {{"r_rup", static_cast<DistanceSet>(r_rup)},
               {"r_jb", static_cast<DistanceSet>(r_jb)},
               {"r_x", static_cast<DistanceSet>(r_x)},
               {"r_y0", static_cast<DistanceSet>(r_y0)},
               {"all_four", (r_rup | r_jb) | on_ground}};
  const struct {
    std::string name;
    SurfacePtr surface;
  } surfaces[] = {{"planar", planar()},
                  {"simple_fault_window", simple_fault_window()},
                  {"complex_fault", complex_fault()},
                  {"gridded", gridded()}};
  for (const auto& [surface_name, surface] : surfaces)
    for (const auto& [kind_name, wanted] : kinds) {
      const bool has_top_edge = surface->kind() != SurfaceKind::gridded;
      if ((wanted & on_ground) != 0 && !has_top_edge) continue;
      const std::string name = "bench_rupture_distance/" + surface_name + "/" + kind_name;
      benchmark::RegisterBenchmark(name.c_str(),
                                   [surface = surface, wanted = wanted](benchmark::State& state) {
                                     bench_rupture_distance(state, surface, wanted);
                                   })
          ->ArgNames({"sites", "away_km"})
          ->Args({tile_sites, 0})
          ->Args({tile_sites, 150});
    }
}

}  // namespace
}  // namespace shakefield::rupture

int main(int argc, char** argv) {
  shakefield::rupture::register_all();
  return shakefield::run_benchmarks(argc, argv);
}
