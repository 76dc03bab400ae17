// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// All that the file of a decorator includes: a model made of other models, or of a table.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model_base.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/gmm/registry.hpp"

namespace shakefield::gmm {

/// Models that stand below an argument: `gmpe = {BooreEtAl2014 = {region = "JPN"}}` with the prefix
/// "gmpe". Throws Error{config} unless there is exactly one.
ModelSpec model_below(const ModelSpec& spec, std::string_view prefix);

/// The model of `gmpe_name = "BooreEtAl2014"`; arguments other than `own` are handed on to it.
ModelSpec model_named(const ModelSpec& spec, std::span<const std::string_view> own);

/// The arguments of `spec` named `own` alone, for Arguments::require_known.
ModelSpec only(const ModelSpec& spec, std::span<const std::string_view> own);

/// A description that is that of the inner model under the decorator's name.
ModelInfo decorated(const ModelInfo& inner, std::string_view name);

/// Entry of a decorator; `about` says what it does and where that is defined.
template <class Make>
Entry decorator_entry(std::string name, std::string about, Make make) {
  ModelInfo info;
  info.name = std::move(name);
  info.setting = "decorator";
  info.publication = std::move(about);
  return {std::move(info), std::move(make)};
}

/// Results of an inner model for M IMTs at the sites of one call; not set to zero before.
class Scratch {
 public:
  Scratch(std::size_t num_imts, std::size_t sites)
      : stride_(GmmOutput::stride_for(sites)),
        block_(num_imts * stride_),
        values_(std::make_unique_for_overwrite<double[]>(4 * block_)) {}
  GmmOutput output() {
    const auto part = [&](std::size_t k) { return std::span(&values_[k * block_], block_); };
    return {stride_, part(0), part(1), part(2), part(3)};
  }

 private:
  std::size_t stride_, block_;
  std::unique_ptr<double[]> values_;
};

/// Mean and deviations of one IMT at the sites of one vector, as read back from an output.
struct Moments {
  Real mean;
  Deviations sd;

  static Moments load(const GmmOutput& out, std::size_t m, std::size_t first) {
    const std::size_t at = m * out.stride + first;
    return {Real::load(&out.mean[at]),
            {Real::load(&out.sigma[at]), Real::load(&out.tau[at]), Real::load(&out.phi[at])}};
  }
};

}  // namespace shakefield::gmm
