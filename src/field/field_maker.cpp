// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/field_maker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "contexts.hpp"
#include "outside.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/field/row_maker.hpp"

namespace shakefield::field {
namespace {

using gmm::Needs;

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
  Contexts contexts;
  std::shared_ptr<const DenseCorrelation> correlation;
  RowMaker rows;
  FieldCounts counts;
  std::vector<OutsideCounts> outside;  ///< [models]

  std::vector<Moments> moments;              ///< [models]
  std::optional<std::uint64_t> current_key;  ///< rupture that contexts and moments are of
  Needs current_needs = Needs::none;         ///< distances that `contexts` holds of it

  Impl(const site::SiteCollection& all, const std::vector<site::Tile>& tiles, FieldOptions given,
       std::vector<std::shared_ptr<const gmm::GroundMotionModel>> given_models, Reach given_reach)
      : options(std::move(given)),
        models(std::move(given_models)),
        reach(std::move(given_reach)),
        contexts(all, tiles, needs_of(models), options.imts.size(), options.minimum_distance_km),
        correlation(make_correlation(all)),
        rows(options, contexts.own.ids().size(), correlation),
        moments(models.size()) {
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
                                                    contexts.own.ids());
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
    check_distances(info);
  }

  /// Moments as residuals want them: a model of total sigma only has it all within the event.
  void fill_moments(std::size_t model, const rupture::Rupture& rupture) {
    Moments& m = moments[model];
    const std::size_t num_imts = options.imts.size();
    const bool total_only = models[model]->info().std_defined == gmm::StdDefined::total_only;
    m.ready = true;
    m.stride = padded(contexts.sites.size);
    for (auto* column : {&m.mean, &m.tau, &m.phi})
      if (column->size() < num_imts * m.stride) column->resize(num_imts * m.stride);
    m.max_tau.assign(num_imts, 0.0f);
    const auto narrow = [&](const std::vector<double>& from, std::size_t imt,
                            std::vector<float>& to, std::size_t begin, std::size_t count) {
      float* column = &to[imt * m.stride + begin];
      for (std::size_t i = 0; i < count; ++i)
        column[i] = static_cast<float>(from[imt * Contexts::block_stride + i]);
      std::fill(column + count, column + padded(count), column[count - 1]);
    };
    contexts.evaluate(*models[model], rupture, [&](std::size_t begin, const gmm::GmmInput& block) {
      const std::size_t count = block.size;
      count_outside(block, outside[model]);
      for (std::size_t imt = 0; imt < num_imts; ++imt) {
        narrow(contexts.mean, imt, m.mean, begin, count);
        narrow(total_only ? contexts.sigma : contexts.phi, imt, m.phi, begin, count);
        narrow(contexts.tau, imt, m.tau, begin, count);
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
      contexts.find(rupture, reach.km(rupture.tectonic_region, rupture.mag));
      counts.pairs += contexts.sites.size;
      for (Moments& m : moments) m.ready = false;
    }
    current_key = rupture_key;
    if (contexts.sites.size > 0) contexts.compute_distances(rupture, current_needs);
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
    const SitesInReach& sites = contexts.sites;
    if (sites.size == 0) {
      out.rows_per_event.insert(out.rows_per_event.end(), events.size(), 0);
      out.max_tau.insert(out.max_tau.end(), events.size() * options.imts.size(), 0.0f);
      return;
    }
    rows.start(rupture_key, {sites.size, sites.id, sites.own, sites.key_lo, sites.key_hi},
               num_samples);
    for (const EventSpec& event : events) {
      Moments& m = moments[event.model];
      if (!m.ready) fill_moments(event.model, rupture);
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
    contexts.find(rupture, reach.km(rupture.tectonic_region, rupture.mag));
    const SitesInReach& sites = contexts.sites;
    if (sites.size == 0) return result;
    result.sites.assign(sites.id.begin(),
                        sites.id.begin() + static_cast<std::ptrdiff_t>(sites.size));
    result.r_rup.assign(sites.r_rup.begin(),
                        sites.r_rup.begin() + static_cast<std::ptrdiff_t>(sites.size));
    contexts.compute_distances(rupture, models[model]->info().needs);
    contexts.evaluate(*models[model], rupture, [&](std::size_t, const gmm::GmmInput& block) {
      const std::size_t count = block.size;
      const auto append = [&](const std::vector<double>& from,
                              std::vector<std::vector<double>>& to) {
        for (std::size_t m = 0; m < num_imts; ++m)
          to[m].insert(to[m].end(), &from[m * Contexts::block_stride],
                       &from[m * Contexts::block_stride] + count);
      };
      append(contexts.mean, result.mean);
      append(contexts.sigma, result.sigma);
      append(contexts.tau, result.tau);
      append(contexts.phi, result.phi);
    });
    return result;
  }
};

FieldMaker::FieldMaker(const site::SiteCollection& sites, const std::vector<site::Tile>& own,
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

FieldCounts& FieldCounts::operator+=(const FieldCounts& other) {
  values += other.values;
  rows += other.rows;
  pairs += other.pairs;
  return *this;
}

const FieldCounts& FieldMaker::counts() const {
  return impl_->counts;
}
const std::vector<std::uint32_t>& FieldMaker::own_sites() const {
  return impl_->contexts.own.ids();
}
const std::vector<OutsideCounts>& FieldMaker::outside() const {
  return impl_->outside;
}
DroppedSums FieldMaker::take_dropped() {
  return impl_->rows.take_dropped();
}
const DroppedSums& FieldMaker::dropped() const {
  return impl_->rows.dropped();
}

}  // namespace shakefield::field
