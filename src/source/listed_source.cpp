// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/listed_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "shakefield/core/contract.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/rupture/multi_surface.hpp"

namespace shakefield::source {
namespace {

void require(bool condition, const std::string& message) {
  core::validate(condition, core::ErrorKind::data, message);
}

}  // namespace

OccurrenceTable::OccurrenceTable(std::vector<double> probs, std::size_t per_rupture,
                                 double investigation_time_yr)
    : probs_(std::move(probs)),
      per_rupture_(per_rupture),
      investigation_time_yr_(investigation_time_yr) {
  constexpr double tolerance = 1e-9;
  require(investigation_time_yr > 0,
          fmt::format("investigation_time = {} years (it must be above 0), correct it",
                      investigation_time_yr));
  require(per_rupture > 0 && probs_.size() % per_rupture == 0,
          fmt::format("{} probabilities of occurrence for ruptures of {} each (a multiple is "
                      "needed), correct the list",
                      probs_.size(), per_rupture));
  for (std::size_t i = 0; i < size(); ++i) {
    double sum = 0;
    for (const double p : of(i)) {
      require(p >= 0 && p <= 1,
              fmt::format("probability of occurrence {} (allowed: [0, 1]), correct it", p));
      sum += p;
    }
    require(std::abs(sum - 1) <= tolerance,
            fmt::format("probabilities of occurrence of rupture {} sum to {:.12g} (1 is required), "
                        "correct them",
                        i, sum));
  }
}

double OccurrenceTable::mean_rate(std::size_t rupture) const {
  const auto probs = of(rupture);
  double mean = 0;
  for (std::size_t k = 1; k < probs.size(); ++k) mean += static_cast<double>(k) * probs[k];
  return mean / investigation_time_yr_;
}

double OccurrenceTable::inferred_rate(std::size_t rupture) const {
  constexpr double smallest = 1e-30;
  return std::max(smallest, -std::log(of(rupture).front()) / investigation_time_yr_);
}

NonParametricSource::NonParametricSource(SourceInfo info, std::vector<ListedRupture> ruptures,
                                         OccurrenceTable occurrences, std::vector<double> weights)
    : Source(std::move(info)),
      ruptures_(std::move(ruptures)),
      occurrences_(std::move(occurrences)),
      weights_(std::move(weights)) {
  require(!ruptures_.empty(),
          fmt::format("source \"{}\": no ruptures (nothing can break), give one", id()));
  require(occurrences_.size() == ruptures_.size() &&
              (weights_.empty() || weights_.size() == ruptures_.size()),
          fmt::format("source \"{}\": {} ruptures, {} lists of probabilities, {} weights (as many "
                      "are needed), correct the lists",
                      id(), ruptures_.size(), occurrences_.size(), weights_.size()));
  std::vector<rupture::BoundingSphere> bounds;
  for (const ListedRupture& r : ruptures_) bounds.push_back(r.surface->bound());
  bound_ = rupture::sphere_around(bounds);
}

double NonParametricSource::max_mag() const {
  return std::ranges::max(ruptures_, {}, &ListedRupture::mag).mag;
}

void NonParametricSource::for_each_rate(
    std::size_t first, std::size_t last,
    const std::function<void(std::size_t, double, double)>& visit) const {
  SHAKEFIELD_EXPECT(last <= num_ruptures());
  for (std::size_t i = first; i < last; ++i) visit(i, ruptures_[i].mag, occurrences_.mean_rate(i));
}

rupture::Rupture NonParametricSource::rupture(std::size_t index) const {
  SHAKEFIELD_EXPECT(index < num_ruptures());
  const ListedRupture& r = ruptures_[index];
  return {r.mag,    r.rake_deg, r.hypocentre, tectonic_region(), occurrences_.mean_rate(index),
          r.surface};
}

MultiFaultSource::MultiFaultSource(SourceInfo info, std::shared_ptr<const Sections> sections,
                                   SectionRuptures ruptures, OccurrenceTable occurrences,
                                   Rates rates)
    : Source(std::move(info)),
      sections_(std::move(sections)),
      ruptures_(std::move(ruptures)),
      occurrences_(std::move(occurrences)),
      rates_(rates) {
  const std::size_t count = ruptures_.mags.size();
  require(count > 0, fmt::format("source \"{}\": no ruptures (nothing can break), give one", id()));
  require(ruptures_.rakes_deg.size() == count && ruptures_.first_section.size() == count + 1 &&
              occurrences_.size() == count &&
              ruptures_.first_section.back() == ruptures_.sections.size(),
          fmt::format("source \"{}\": {} magnitudes, {} rakes, {} lists of sections, {} lists of "
                      "probabilities (as many are needed), correct the lists",
                      id(), count, ruptures_.rakes_deg.size(), ruptures_.first_section.size() - 1,
                      occurrences_.size()));
  for (std::size_t i = 0; i < count; ++i)
    require(ruptures_.first_section[i] < ruptures_.first_section[i + 1],
            fmt::format("source \"{}\": rupture {} has no section, give one", id(), i));
  std::vector<bool> is_used(sections_->size(), false);
  for (const std::uint32_t section : ruptures_.sections) {
    require(section < sections_->size(),
            fmt::format("source \"{}\": section number {} (there are {}), correct the indices",
                        id(), section, sections_->size()));
    is_used[section] = true;
  }
  std::vector<rupture::BoundingSphere> bounds;
  for (std::size_t s = 0; s < is_used.size(); ++s)
    if (is_used[s]) bounds.push_back((*sections_)[s]->bound());
  bound_ = rupture::sphere_around(bounds);
}

double MultiFaultSource::max_mag() const {
  return std::ranges::max(ruptures_.mags);
}

void MultiFaultSource::for_each_rate(
    std::size_t first, std::size_t last,
    const std::function<void(std::size_t, double, double)>& visit) const {
  SHAKEFIELD_EXPECT(last <= num_ruptures());
  for (std::size_t i = first; i < last; ++i) visit(i, ruptures_.mags[i], rate_of(i));
}

rupture::Rupture MultiFaultSource::rupture(std::size_t index) const {
  SHAKEFIELD_EXPECT(index < num_ruptures());
  std::vector<std::shared_ptr<const rupture::Surface>> parts;
  for (std::size_t i = ruptures_.first_section[index]; i < ruptures_.first_section[index + 1]; ++i)
    parts.push_back((*sections_)[ruptures_.sections[i]]);
  auto surface = std::make_shared<rupture::MultiSurface>(std::move(parts));
  const geo::Point hypocentre = surface->middle();
  return {ruptures_.mags[index], ruptures_.rakes_deg[index], hypocentre, tectonic_region(),
          rate_of(index),        std::move(surface)};
}

}  // namespace shakefield::source
