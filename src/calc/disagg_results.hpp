// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "disagg_cells.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// At which levels each site is disaggregated, and for which realizations.
struct DisaggChoices {
  std::vector<double> levels;               ///< [N][M * poes] in the unit of the measure; 0: none
  std::vector<double> poes;                 ///< [N][M * poes] of the mean curve
  std::vector<std::uint32_t> realizations;  ///< [N][DisaggPlan::num_realizations]
};
/// Reads levels, their probabilities and the closest realizations from the curves and maps in the
/// file. Root only; local.
DisaggChoices choose(const store::File& file, const job::Job& job, const DisaggPlan& plan);

/// Results at some sites: plain columns that travel between ranks.
struct DisaggRows {
  struct Table {
    std::vector<std::uint64_t> counts;  ///< [sites][M * poes][kinds] rows
    std::vector<std::byte> rows;        ///< as the file has them, in this order
  };
  std::vector<std::uint32_t> sites;  ///< ids
  std::array<Table, num_disagg_tables> tables;

  std::vector<std::byte> pack() const;
  /// Appends rows that pack() made.
  void unpack(std::span<const std::byte> bytes);
};

/// Combines rates by target into the mean and realizations of one site after the other. Local.
class DisaggRowMaker {
 public:
  explicit DisaggRowMaker(const DisaggSetup& setup);

  /// realizations: [DisaggPlan::num_realizations] of the site.
  void add(std::uint32_t site, const SiteCells& cells, std::span<const std::uint32_t> realizations,
           DisaggRows& rows) const;

 private:
  /// What a kind takes of a target: [targets][M].
  using Weights = std::vector<std::vector<double>>;
  std::vector<Weights> kinds(std::span<const std::uint32_t> realizations) const;
  void add_table(std::size_t table, const hazard::SparseBins& bins,
                 const std::vector<Weights>& kinds, DisaggRows::Table& rows) const;

  const HazardTree& tree_;
  const DisaggPlan& plan_;
  std::size_t num_imts_;
};

/// Writes /disagg. With Start::resume it goes on behind the rows of the last checkpoint(). Root
/// only; local.
class DisaggWriter {
 public:
  DisaggWriter(store::File& file, const job::Job& job, const DisaggPlan& plan,
               const DisaggAxes& axes, const DisaggChoices& choices, store::Start start);
  ~DisaggWriter();

  /// Rows of sites in the order of the file, which depends on the job only.
  void write(const DisaggRows& rows);
  /// All rows so far are in the file's datasets, which a commit of the file keeps.
  void checkpoint();
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::calc
