// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "export_kinds.hpp"

namespace shakefield::calc {

/// Axes of /hazard.
struct HazardAxes {
  std::vector<std::string> kinds;           ///< [K] "mean", "quantile-0.5", "rlz-000" …
  std::vector<std::string> imts;            ///< [M]
  std::vector<std::vector<double>> levels;  ///< [M][L]
  std::vector<double> poes;                 ///< [P]
  std::vector<std::size_t> spectral;        ///< numbers of the measures of a spectrum, by period

  explicit HazardAxes(const Results& results);
  bool has_statistics() const;
};

/// Name of a file without its ending: "hazard_curve-mean", "quantile_map-0.5" …
std::string hazard_file_name(std::string_view product, std::string_view kind);
/// Numbers of the kinds that are exported: statistics, and realizations if there are several of
/// them (`with_realizations`) or no statistics.
std::vector<std::size_t> exported_kinds(const HazardAxes& axes, bool with_realizations);
/// Calls visit(site, values of the site) for all rows of a dataset of f32, in blocks.
void for_each_site(const Results& results, std::string_view path,
                   const std::function<void(std::size_t, std::span<const float>)>& visit);

}  // namespace shakefield::calc
