// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "shakefield/rupture/rupture.hpp"

namespace shakefield::source {

/// What names a source.
struct SourceInfo {
  std::string id, name, tectonic_region;
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

  /// Number of ruptures of non-zero rate in the unfiltered enumeration.
  virtual std::size_t num_ruptures() const = 0;
  /// Magnitude and annual rate of ruptures [first, last), in order of index.
  virtual void for_each_rate(
      std::size_t first, std::size_t last,
      const std::function<void(std::size_t index, double mag, double rate)>& visit) const = 0;
  /// Builds one rupture with its surface; index < num_ruptures().
  virtual rupture::Rupture rupture(std::size_t index) const = 0;
  /// Sphere around all ruptures: the cheap filter against sites.
  virtual rupture::BoundingSphere bound() const = 0;
  /// Largest magnitude of the enumeration.
  virtual double max_mag() const = 0;

 protected:
  explicit Source(SourceInfo info)
      : id_(std::move(info.id)),
        name_(std::move(info.name)),
        tectonic_region_(std::move(info.tectonic_region)) {}

 private:
  std::string id_, name_, tectonic_region_;
};

using SourcePtr = std::shared_ptr<const Source>;

}  // namespace shakefield::source
