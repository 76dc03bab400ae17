// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/field_maker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "outside.hpp"
#include "own_sites.hpp"
#include "padding.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/field/row_maker.hpp"

namespace shakefield::field {
namespace {

using gmm::Needs;
using rupture::Distance;

/// Sites that a model sees at a time: inputs and results stay in the first- and second-level cache.
constexpr std::size_t block_sites = 256;
/// From one IMT to the next in a block; no power of two, which would share cache sets.
constexpr std::size_t block_stride = gmm::GmmOutput::stride_for(block_sites);

struct DistanceKind {
  Needs need;
  Distance distance;
  std::span<double> rupture::DistanceColumns::*filled;
  std::span<const double> gmm::GmmInput::*read;
};
constexpr std::array<DistanceKind, 7> distance_kinds{{
    {Needs::r_rup, Distance::r_rup, &rupture::DistanceColumns::r_rup, &gmm::GmmInput::r_rup},
    {Needs::r_jb, Distance::r_jb, &rupture::DistanceColumns::r_jb, &gmm::GmmInput::r_jb},
    {Needs::r_x, Distance::r_x, &rupture::DistanceColumns::r_x, &gmm::GmmInput::r_x},
    {Needs::r_y0, Distance::r_y0, &rupture::DistanceColumns::r_y0, &gmm::GmmInput::r_y0},
    {Needs::r_hypo, Distance::r_hypo, &rupture::DistanceColumns::r_hypo, &gmm::GmmInput::r_hypo},
    {Needs::r_epi, Distance::r_epi, &rupture::DistanceColumns::r_epi, &gmm::GmmInput::r_epi},
    {Needs::azimuth, Distance::azimuth, &rupture::DistanceColumns::azimuth,
     &gmm::GmmInput::azimuth},
}};

gmm::GmmInput rupture_input(const rupture::Rupture& rupture) {
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

Needs needs_of(const std::vector<std::shared_ptr<const gmm::GroundMotionModel>>& models) {
  Needs needs = Needs::none;
  for (const auto& model : models) needs = needs | model->info().needs;
  return needs;
}

/// Columns of one model for the rupture at work, as single precision; memory is used again.
struct Moments {
  bool ready = false;
  std::size_t stride = 0;
  std::vector<float> mean, tau, phi;  ///< [M][stride]
  std::vector<float> max_tau;         ///< [M]
};

}  // namespace

struct FieldMaker::Impl {
  FieldOptions options;
  std::vector<std::shared_ptr<const gmm::GroundMotionModel>> models;
  Reach reach;
  OwnSites own;
  std::shared_ptr<const DenseCorrelation> correlation;
  RowMaker rows;
  FieldCounts counts;
  DroppedSums dropped;
  std::vector<OutsideCounts> outside;  ///< [models]

  SitesInReach sites;
  std::array<std::vector<double>, distance_kinds.size()> distances;
  std::vector<double> mean, sigma, tau, phi;  ///< [M][block]
  std::vector<Moments> moments;               ///< [models]
  std::optional<std::uint64_t> current_key;   ///< rupture that sites, distances, moments are of
  Needs current_needs = Needs::none;          ///< what `distances` holds of it

  Impl(const site::SiteCollection& all, const std::vector<site::Tile>& tiles, FieldOptions given,
       std::vector<std::shared_ptr<const gmm::GroundMotionModel>> given_models, Reach given_reach)
      : options(std::move(given)),
        models(std::move(given_models)),
        reach(std::move(given_reach)),
        own(all, tiles, needs_of(models)),
        correlation(make_correlation(all)),
        rows(options, own.ids().size(), correlation),
        moments(models.size()) {
    for (auto* column : {&mean, &sigma, &tau, &phi})
      column->resize(options.imts.size() * block_stride);
    for (const auto& model : models) {
      check(model->info());
      core::validate(
          model->parts().empty(), core::ErrorKind::unsupported,
          fmt::format("{} makes no fields (it averages probabilities of exceedance, and a field is "
                      "of one model), make its models branches of the logic tree, or use AvgGMPE",
                      model->info().name));
      outside.push_back({.model = &model->info()});
    }
  }

  std::shared_ptr<const DenseCorrelation> make_correlation(const site::SiteCollection& all) const {
    if (!options.correlation) return nullptr;
    return std::make_shared<const DenseCorrelation>(*options.correlation, all, options.imts,
                                                    own.ids());
  }

  void check(const gmm::ModelInfo& info) const {
    core::validate(
        !options.correlation || info.std_defined != gmm::StdDefined::total_only,
        core::ErrorKind::config,
        fmt::format(
            "{} cannot go with ground_motion_correlation_model (it gives a total standard "
            "deviation only, and correlation concerns the within-event part), choose another "
            "model or leave the correlation out",
            info.name));
    core::validate(
        !gmm::contains(info.needs, Needs::r_volc), core::ErrorKind::unsupported,
        fmt::format("{} needs the distance r_volc (not offered yet), choose another model",
                    info.name));
  }

  /// Fills the distance columns for the sites in reach.
  void compute_distances(const rupture::Rupture& rupture, Needs needs) {
    rupture::DistanceSet wanted = 0;
    rupture::DistanceColumns columns;
    for (std::size_t d = 0; d < distance_kinds.size(); ++d) {
      if (!gmm::contains(needs, distance_kinds[d].need)) continue;
      if (distances[d].size() < sites.own.size()) distances[d].resize(sites.own.size());
      if (distance_kinds[d].distance == Distance::r_rup) {
        std::copy_n(sites.r_rup.begin(), sites.own.size(), distances[d].begin());
        continue;
      }
      wanted |= static_cast<rupture::DistanceSet>(distance_kinds[d].distance);
      columns.*distance_kinds[d].filled = distances[d];
    }
    if (wanted != 0) rupture::distances(rupture, sites.points(), wanted, columns);
    for (std::size_t d = 0; d < distance_kinds.size(); ++d) {
      if (!gmm::contains(needs, distance_kinds[d].need)) continue;
      const std::span<double> column = std::span(distances[d]).first(sites.own.size());
      if (options.minimum_distance_km > 0 && distance_kinds[d].need != Needs::azimuth)
        for (double& km : column) km = std::max(km, options.minimum_distance_km);
      // Kernels read whole registers: the padding must hold valid numbers.
      std::fill(column.begin() + static_cast<std::ptrdiff_t>(sites.size), column.end(),
                column[sites.size - 1]);
    }
  }

  /// Calls take(begin, inputs) after the model has filled mean, sigma, tau and phi for a block of
  /// sites.
  template <class Take>
  void evaluate(const gmm::GroundMotionModel& model, gmm::GmmInput in, Take&& take) {
    const Needs needs = model.info().needs;
    for (std::size_t begin = 0; begin < sites.size; begin += block_sites) {
      in.size = std::min(block_sites, sites.size - begin);
      const auto part = [&](const std::vector<double>& column) {
        return std::span<const double>(column).subspan(begin, padded(in.size));
      };
      for (std::size_t p = 0; p < site_parameter_kinds.size(); ++p)
        if (gmm::contains(needs, site_parameter_kinds[p].need))
          in.*site_parameter_kinds[p].column = part(sites.parameters[p]);
      for (std::size_t d = 0; d < distance_kinds.size(); ++d)
        if (gmm::contains(needs, distance_kinds[d].need))
          in.*distance_kinds[d].read = part(distances[d]);
      in.lon_deg = part(sites.lon_deg);
      in.lat_deg = part(sites.lat_deg);
      model.evaluate(in, {block_stride, mean, sigma, tau, phi});
      take(begin, in);
    }
  }

  /// Moments as residuals want them: a model of total sigma only has it all within the event.
  void fill_moments(std::size_t model, const gmm::GmmInput& in) {
    Moments& m = moments[model];
    const std::size_t num_imts = options.imts.size();
    const bool total_only = models[model]->info().std_defined == gmm::StdDefined::total_only;
    m.ready = true;
    m.stride = padded(sites.size);
    for (auto* column : {&m.mean, &m.tau, &m.phi})
      if (column->size() < num_imts * m.stride) column->resize(num_imts * m.stride);
    m.max_tau.assign(num_imts, 0.0f);
    const auto narrow = [&](const std::vector<double>& from, std::size_t imt,
                            std::vector<float>& to, std::size_t begin, std::size_t count) {
      float* column = &to[imt * m.stride + begin];
      for (std::size_t i = 0; i < count; ++i)
        column[i] = static_cast<float>(from[imt * block_stride + i]);
      std::fill(column + count, column + padded(count), column[count - 1]);
    };
    evaluate(*models[model], in, [&](std::size_t begin, const gmm::GmmInput& block) {
      const std::size_t count = block.size;
      count_outside(block, outside[model]);
      for (std::size_t imt = 0; imt < num_imts; ++imt) {
        narrow(mean, imt, m.mean, begin, count);
        narrow(total_only ? sigma : phi, imt, m.phi, begin, count);
        narrow(tau, imt, m.tau, begin, count);
        float* own_tau = &m.tau[imt * m.stride + begin];
        if (total_only) std::fill_n(own_tau, padded(count), 0.0f);
        m.max_tau[imt] = std::max(m.max_tau[imt], *std::max_element(own_tau, own_tau + count));
      }
    });
  }

  /// Fills sites and distances for a rupture, unless they stand there from the last call: batches
  /// cut the events of one rupture.
  void turn_to(const rupture::Rupture& rupture, std::uint64_t rupture_key, Needs needs) {
    if (current_key == rupture_key && (needs | current_needs) == current_needs) return;
    const bool is_new = current_key != rupture_key;
    current_needs = is_new ? needs : needs | current_needs;
    if (is_new) {
      own.find(rupture, reach.km(rupture.tectonic_region, rupture.mag), sites);
      counts.pairs += sites.size;
      for (Moments& m : moments) m.ready = false;
    }
    current_key = rupture_key;
    if (sites.size > 0) compute_distances(rupture, current_needs);
  }

  void make(const rupture::Rupture& rupture, std::uint64_t rupture_key,
            std::span<const EventSpec> events, FieldRows& out) {
    if (events.empty()) return;
    Needs needs = Needs::none;
    std::uint32_t num_samples = 0;
    for (const EventSpec& event : events) {
      needs = needs | models[event.model]->info().needs;
      num_samples = std::max(num_samples, event.sample + 1);
    }
    turn_to(rupture, rupture_key, needs);
    if (sites.size == 0) {
      out.rows_per_event.insert(out.rows_per_event.end(), events.size(), 0);
      out.max_tau.insert(out.max_tau.end(), events.size() * options.imts.size(), 0.0f);
      return;
    }
    const gmm::GmmInput in = rupture_input(rupture);
    rows.start(rupture_key, {sites.size, sites.id, sites.own, sites.key_lo, sites.key_hi},
               num_samples);
    for (const EventSpec& event : events) {
      Moments& m = moments[event.model];
      if (!m.ready) fill_moments(event.model, in);
      const std::uint32_t kept = rows.append(event, {m.stride, m.mean, m.tau, m.phi}, out.rows);
      out.rows_per_event.push_back(kept);
      out.max_tau.insert(out.max_tau.end(), m.max_tau.begin(), m.max_tau.end());
      counts.rows += kept;
    }
    counts.values += sites.size * events.size() * options.imts.size();
  }

  Context context(const rupture::Rupture& rupture, std::size_t model) {
    const std::size_t num_imts = options.imts.size();
    Context result;
    for (auto* rows_of : {&result.mean, &result.sigma, &result.tau, &result.phi})
      rows_of->resize(num_imts);
    current_key.reset();
    own.find(rupture, reach.km(rupture.tectonic_region, rupture.mag), sites);
    if (sites.size == 0) return result;
    result.sites.assign(sites.id.begin(),
                        sites.id.begin() + static_cast<std::ptrdiff_t>(sites.size));
    result.r_rup.assign(sites.r_rup.begin(),
                        sites.r_rup.begin() + static_cast<std::ptrdiff_t>(sites.size));
    compute_distances(rupture, models[model]->info().needs);
    evaluate(*models[model], rupture_input(rupture), [&](std::size_t, const gmm::GmmInput& block) {
      const std::size_t count = block.size;
      const auto append = [&](const std::vector<double>& from,
                              std::vector<std::vector<double>>& to) {
        for (std::size_t m = 0; m < num_imts; ++m)
          to[m].insert(to[m].end(), &from[m * block_stride], &from[m * block_stride] + count);
      };
      append(mean, result.mean);
      append(sigma, result.sigma);
      append(tau, result.tau);
      append(phi, result.phi);
    });
    return result;
  }
};

FieldMaker::FieldMaker(const site::SiteCollection& sites, std::vector<site::Tile> own,
                       FieldOptions options,
                       std::vector<std::shared_ptr<const gmm::GroundMotionModel>> models,
                       Reach reach)
    : impl_(std::make_unique<Impl>(sites, own, std::move(options), std::move(models),
                                   std::move(reach))) {}
FieldMaker::~FieldMaker() = default;

void FieldMaker::make(const rupture::Rupture& rupture, std::uint64_t rupture_key,
                      std::span<const EventSpec> events, FieldRows& out) {
  impl_->make(rupture, rupture_key, events, out);
}

FieldMaker::Context FieldMaker::context(const rupture::Rupture& rupture, std::size_t model) const {
  return impl_->context(rupture, model);
}

const FieldCounts& FieldMaker::counts() const {
  return impl_->counts;
}
const std::vector<std::uint32_t>& FieldMaker::own_sites() const {
  return impl_->own.ids();
}
const std::vector<OutsideCounts>& FieldMaker::outside() const {
  return impl_->outside;
}
const DroppedSums& FieldMaker::dropped() const {
  return impl_->dropped = impl_->rows.dropped();
}

}  // namespace shakefield::field
