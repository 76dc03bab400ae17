// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hazard_tree.hpp"
#include "shakefield/field/context_maker.hpp"
#include "shakefield/hazard/exceedance.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::calc {

/// Rates of exceedance of one share of the sources.
struct ShareRates {
  std::vector<std::uint32_t> columns;  ///< numbers of the columns that the share adds to
  std::vector<double> rates;           ///< [columns][own sites][M][levels], in investigation_time
};

/// The models of a job bound to its measures; mixtures as their parts.
struct ClassicalModels {
  /// A model of the job as models with weights that average probabilities.
  struct Weighted {
    std::vector<std::size_t> parts;  ///< numbers in `all`
    std::vector<double> weights;
  };
  std::vector<std::shared_ptr<const gmm::GroundMotionModel>> all;
  std::vector<Weighted> of;  ///< [models of ModelTable]

  ClassicalModels(const ModelTable& table, std::span<const core::Imt> imts);
};

/// Sums up rates of exceedance over ruptures at some sites, share by share of a HazardTree. A
/// site's numbers do not depend on the other sites. Local.
class ClassicalRates {
 public:
  /// Throws as field::ContextMaker does.
  ClassicalRates(const job::Job& job, const HazardTree& tree, const ClassicalModels& models,
                 const std::vector<site::Tile>& own);
  ~ClassicalRates();

  const std::vector<std::uint32_t>& own_sites() const;
  const hazard::Exceedance& exceedance() const;
  ShareRates compute(std::size_t share);

  std::uint64_t pairs() const;  ///< of ruptures and sites in reach, so far
  /// [ClassicalModels::all] how often each one was evaluated outside of its ranges.
  const std::vector<field::OutsideCounts>& outside() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::calc
