// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shakefield/hazard/curves.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// What the job asks of hazard curves, whatever they are made from.
hazard::CurveKinds curve_kinds(const job::Job& job);

/// Results at some sites: plain columns that travel between ranks.
struct HazardRows {
  std::vector<std::uint32_t> sites;  ///< ids
  std::vector<float> curves;         ///< [sites][K][M][L] probabilities in investigation_time
  std::vector<float> maps;           ///< [sites][K][M][P] levels in the unit of the measure
  /// [sites][K][M][L] Monte-Carlo errors of curves from fields, NaN where none is known; empty in
  /// classical calculations.
  std::vector<float> errors;

  std::vector<std::byte> pack() const;
  /// Appends rows that pack() made.
  void unpack(std::span<const std::byte> bytes);
};

/// Makes curves, statistics and maps of one site after the other from its rates of exceedance.
/// Local; one object a thread.
class HazardRowMaker {
 public:
  /// level_stride: as hazard::CurveMaker::make.
  HazardRowMaker(const job::Job& job, hazard::Combination combination, std::size_t level_stride);

  /// rates: [columns][M][level_stride], in investigation_time, column c at c * column_stride.
  void add(std::uint32_t site, std::span<const double> rates, std::size_t column_stride,
           HazardRows& rows);
  /// Bytes of the results of one site.
  std::size_t bytes_per_site() const;

 private:
  const job::Parameters& parameters_;
  hazard::CurveMaker curves_;
  std::size_t level_stride_;
  std::vector<float> padded_;  ///< [K][M][level_stride]
};

/// Writes /hazard, rows of sites in any order; those of sites that are not written hold NaN. Root
/// only; local.
class HazardWriter {
 public:
  /// With Start::resume the datasets are there already.
  HazardWriter(store::File& file, const job::Job& job, store::Start start = store::Start::anew);
  void write(const HazardRows& rows);

 private:
  struct Shape {
    std::size_t kinds, imts, levels, poes;
  };
  void make_datasets();
  void write_axes();
  void write_dataset(std::string_view path, const HazardRows& rows, std::span<const float> values,
                     std::vector<std::size_t> row_shape);
  std::vector<float> spectra(const HazardRows& rows) const;

  store::File& file_;
  const job::Job& job_;
  Shape shape_;
  std::vector<std::size_t> spectral_;  ///< numbers of the measures of a spectrum; empty: none
};

}  // namespace shakefield::calc
