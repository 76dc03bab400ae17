// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "shakefield/source/source.hpp"

namespace shakefield::source {

/// Probabilities of 0, 1, 2, ... occurrences of many ruptures in one investigation time: as many
/// for each.
class OccurrenceTable {
 public:
  OccurrenceTable() = default;
  /// probs: [ruptures * per_rupture]. Throws Error{data} unless those of each rupture are in [0, 1]
  /// and sum to 1 within 1e-9, and the time is above 0.
  OccurrenceTable(std::vector<double> probs, std::size_t per_rupture, double investigation_time_yr);

  std::size_t size() const { return per_rupture_ == 0 ? 0 : probs_.size() / per_rupture_; }
  std::span<const double> of(std::size_t rupture) const {
    return {probs_.data() + rupture * per_rupture_, per_rupture_};
  }
  /// Mean number of occurrences a year.
  double mean_rate(std::size_t rupture) const;
  /// Rate of the Poisson process that is as often silent: -ln p_0 / time, at least 1e-30.
  double inferred_rate(std::size_t rupture) const;

 private:
  std::vector<double> probs_;
  std::size_t per_rupture_ = 0;
  double investigation_time_yr_ = 1;
};

/// A rupture that a file lists.
struct ListedRupture {
  double mag = 0, rake_deg = 0;
  geo::Point hypocentre;
  std::shared_ptr<const rupture::Surface> surface;
};

/// Ruptures as a file lists them, each with its probabilities of occurrence (non-parametric
/// source).
class NonParametricSource final : public Source {
 public:
  /// occurrences, weights: one a rupture; weights may be empty. Throws Error{data} otherwise, or
  /// without ruptures.
  NonParametricSource(SourceInfo info, std::vector<ListedRupture> ruptures,
                      OccurrenceTable occurrences, std::vector<double> weights = {});

  std::size_t num_ruptures() const override { return ruptures_.size(); }
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override;
  rupture::Rupture rupture(std::size_t index) const override;
  rupture::BoundingSphere bound() const override { return bound_; }
  double max_mag() const override;
  std::span<const double> probs_occur(std::size_t index) const override {
    return occurrences_.of(index);
  }
  std::span<const double> rupture_weights() const override { return weights_; }

 private:
  std::vector<ListedRupture> ruptures_;
  OccurrenceTable occurrences_;
  std::vector<double> weights_;
  rupture::BoundingSphere bound_;
};

/// Sections of faults, shared by the sources that break them.
using Sections = std::vector<std::shared_ptr<const rupture::Surface>>;

/// Ruptures of several sections each (multi-fault source).
struct SectionRuptures {
  std::vector<double> mags, rakes_deg;     ///< [ruptures]
  std::vector<std::uint32_t> sections;     ///< indices into the sections, rupture after rupture
  std::vector<std::size_t> first_section;  ///< [ruptures + 1] into `sections`
};

/// Ruptures whose surfaces are several sections; made from their sections when asked for.
class MultiFaultSource final : public Source {
 public:
  enum class Rates : std::uint8_t {
    as_listed,  ///< probabilities of occurrence
    inferred    ///< annual rates from p_0 (the job's infer_occur_rates)
  };
  /// Throws Error{data} without ruptures, for lists of unequal length, ruptures without a section
  /// and sections that do not exist.
  MultiFaultSource(SourceInfo info, std::shared_ptr<const Sections> sections,
                   SectionRuptures ruptures, OccurrenceTable occurrences,
                   Rates rates = Rates::as_listed);

  std::size_t num_ruptures() const override { return ruptures_.mags.size(); }
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override;
  rupture::Rupture rupture(std::size_t index) const override;
  rupture::BoundingSphere bound() const override { return bound_; }
  double max_mag() const override;
  std::span<const double> probs_occur(std::size_t index) const override {
    return rates_ == Rates::inferred ? std::span<const double>{} : occurrences_.of(index);
  }

 private:
  double rate_of(std::size_t index) const {
    return rates_ == Rates::inferred ? occurrences_.inferred_rate(index)
                                     : occurrences_.mean_rate(index);
  }

  std::shared_ptr<const Sections> sections_;
  SectionRuptures ruptures_;
  OccurrenceTable occurrences_;
  Rates rates_;
  rupture::BoundingSphere bound_;
};

}  // namespace shakefield::source
