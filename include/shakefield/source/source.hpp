// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "shakefield/rupture/rupture.hpp"
#include "shakefield/source/occurrence.hpp"

namespace shakefield::source {

/// What names a source, and the law by which its ruptures occur.
struct SourceInfo {
  std::string id, name, tectonic_region;
  TemporalModel temporal_model{};
};

/// A seismic source: an enumeration of ruptures with annual rates, in the peer's order
/// (docs/definitions/sources.md, section 3). Immutable, thread-safe, local; any rupture can be made
/// by its index alone.
class Source {
 public:
  virtual ~Source() = default;

  const std::string& id() const { return id_; }
  const std::string& name() const { return name_; }
  const std::string& tectonic_region() const { return tectonic_region_; }
  /// Law of the ruptures that have rates.
  const TemporalModel& temporal_model() const { return temporal_model_; }

  /// Number of ruptures of non-zero rate in the unfiltered enumeration.
  virtual std::size_t num_ruptures() const = 0;
  /// Magnitude and annual rate of ruptures [first, last), in order of index. For ruptures with
  /// probs_occur it is the mean number of occurrences divided by the investigation time.
  virtual void for_each_rate(
      std::size_t first, std::size_t last,
      const std::function<void(std::size_t index, double mag, double rate)>& visit) const = 0;
  /// Builds one rupture with its surface; index < num_ruptures().
  virtual rupture::Rupture rupture(std::size_t index) const = 0;
  /// Sphere around all ruptures: the cheap filter against sites.
  virtual rupture::BoundingSphere bound() const = 0;
  /// Largest magnitude of the enumeration.
  virtual double max_mag() const = 0;
  /// Probabilities of 0, 1, 2, ... occurrences of a rupture in the investigation time, sum 1. Empty
  /// where the rate and temporal_model() say it (all ruptures of a source are alike in this).
  virtual std::span<const double> probs_occur(std::size_t) const { return {}; }
  /// Weights of ruptures that exclude each other (SourceGroup::ruptures): [num_ruptures] or empty.
  virtual std::span<const double> rupture_weights() const { return {}; }

 protected:
  explicit Source(SourceInfo info)
      : id_(std::move(info.id)),
        name_(std::move(info.name)),
        tectonic_region_(std::move(info.tectonic_region)),
        temporal_model_(info.temporal_model) {}

 private:
  std::string id_, name_, tectonic_region_;
  TemporalModel temporal_model_;
};

using SourcePtr = std::shared_ptr<const Source>;

}  // namespace shakefield::source
