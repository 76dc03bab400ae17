// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "contexts.hpp"

#include <fmt/format.h>

#include <utility>

#include "outside.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/field/context_maker.hpp"

namespace shakefield::field {

using gmm::Needs;
using rupture::Distance;

gmm::GmmInput Contexts::rupture_input(const rupture::Rupture& rupture) {
  const rupture::SurfaceParameters surface = rupture.surface->parameters();
  gmm::GmmInput in;
  in.mag = rupture.mag;
  in.rake_deg = rupture.rake_deg;
  in.dip_deg = surface.dip_deg;
  in.strike_deg = surface.strike_deg;
  in.ztor_km = surface.ztor_km;
  in.width_km = surface.width_km;
  in.hypo_depth_km = rupture.hypocentre.depth_km;
  in.hypo_lon_deg = rupture.hypocentre.lon_deg;
  in.hypo_lat_deg = rupture.hypocentre.lat_deg;
  return in;
}

Needs needs_of(const Models& models) {
  Needs needs = Needs::none;
  for (const auto& model : models) needs = needs | model->info().needs;
  return needs;
}

void check_distances(const gmm::ModelInfo& info) {
  core::validate(!gmm::contains(info.needs, Needs::r_volc), core::ErrorKind::unsupported,
                 fmt::format("{} needs the distance r_volc (not offered yet), choose another model",
                             info.name));
}

Contexts::Contexts(const site::SiteCollection& all, const std::vector<site::Tile>& tiles,
                   Needs needs, std::size_t num_imts, double minimum_distance_km)
    : own(all, tiles, needs), minimum_distance_km_(minimum_distance_km) {
  for (auto* column : {&mean, &sigma, &tau, &phi}) column->resize(num_imts * block_stride);
}

void Contexts::find(const rupture::Rupture& rupture, double reach_km, const Zone& zone) {
  own.find(rupture, reach_km, zone, sites);
}

void Contexts::compute_distances(const rupture::Rupture& rupture, Needs needs) {
  rupture::DistanceSet wanted = 0;
  rupture::DistanceColumns columns;
  for (std::size_t d = 0; d < distance_kinds.size(); ++d) {
    if (!gmm::contains(needs, distance_kinds[d].need)) continue;
    if (distances_[d].size() < sites.own.size()) distances_[d].resize(sites.own.size());
    if (distance_kinds[d].distance == Distance::r_rup) {
      std::copy_n(sites.r_rup.begin(), sites.own.size(), distances_[d].begin());
      continue;
    }
    wanted |= static_cast<rupture::DistanceSet>(distance_kinds[d].distance);
    columns.*distance_kinds[d].filled = distances_[d];
  }
  if (wanted != 0) rupture::distances(rupture, sites.points(), wanted, columns);
  for (std::size_t d = 0; d < distance_kinds.size(); ++d) {
    if (!gmm::contains(needs, distance_kinds[d].need)) continue;
    const std::span<double> column = std::span(distances_[d]).first(sites.own.size());
    if (minimum_distance_km_ > 0 && distance_kinds[d].need != Needs::azimuth)
      for (double& km : column) km = std::max(km, minimum_distance_km_);
    // Kernels read whole registers: the padding must hold valid numbers.
    std::fill(column.begin() + static_cast<std::ptrdiff_t>(sites.size), column.end(),
              column[sites.size - 1]);
  }
}

struct ContextMaker::Impl {
  Models models;
  Contexts contexts;
  std::vector<OutsideCounts> outside;
  const rupture::Rupture* rupture = nullptr;
};

ContextMaker::ContextMaker(const site::SiteCollection& sites, const std::vector<site::Tile>& own,
                           Models models, std::size_t num_imts, double minimum_distance_km)
    : impl_(std::make_unique<Impl>(
          Impl{{}, {sites, own, needs_of(models), num_imts, minimum_distance_km}, {}})) {
  impl_->models = std::move(models);
  for (const auto& model : impl_->models) {
    check_distances(model->info());
    impl_->outside.push_back({.model = &model->info()});
  }
}
ContextMaker::~ContextMaker() = default;
ContextMaker::ContextMaker(ContextMaker&&) noexcept = default;

const std::vector<std::uint32_t>& ContextMaker::own_sites() const {
  return impl_->contexts.own.ids();
}

std::size_t ContextMaker::turn_to(const rupture::Rupture& rupture, double reach_km,
                                  const Zone& zone, std::span<const std::size_t> models) {
  impl_->rupture = &rupture;
  Contexts& contexts = impl_->contexts;
  contexts.find(rupture, reach_km, zone);
  if (contexts.sites.size == 0) return 0;
  Needs needs = Needs::none;
  for (const std::size_t model : models) needs = needs | impl_->models[model]->info().needs;
  contexts.compute_distances(rupture, needs);
  return contexts.sites.size;
}

void ContextMaker::evaluate(std::size_t model,
                            const std::function<void(const ContextBlock&)>& take) {
  Contexts& contexts = impl_->contexts;
  contexts.evaluate(*impl_->models[model], *impl_->rupture,
                    [&](std::size_t begin, const gmm::GmmInput& in) {
                      count_outside(in, impl_->outside[model]);
                      take({std::span(contexts.sites.own).subspan(begin, in.size),
                            Contexts::block_stride, contexts.mean, contexts.sigma});
                    });
}

std::span<const double> ContextMaker::r_rup_km() const {
  const SitesInReach& sites = impl_->contexts.sites;
  return std::span(sites.r_rup).first(sites.size);
}

std::vector<geo::Point> ContextMaker::nearest_points() const {
  const SitesInReach& sites = impl_->contexts.sites;
  std::vector<geo::Point> points(sites.size);
  if (sites.size > 0) impl_->rupture->surface->nearest_points(sites.points(), points);
  return points;
}

const std::vector<OutsideCounts>& ContextMaker::outside() const {
  return impl_->outside;
}

}  // namespace shakefield::field
