// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <istream>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "shakefield/core/imt.hpp"
#include "shakefield/gmm/model.hpp"

namespace shakefield::gmm {

/// Values of a model, one row a rupture and site. In CSV: input columns (mag, rake, dip, strike,
/// ztor, width, hypo_depth, hypo_lon, hypo_lat, vs30, vs30measured, z1pt0, z1pt4, z2pt5, backarc,
/// xvf, region, lon, lat, rrup, rjb, rx, ry0, rhypo, repi, rvolc, azimuth; others are kept but not
/// used), then IMT:mean, IMT:sigma, IMT:tau, IMT:phi for each IMT. Units as in GmmInput and
/// GmmOutput.
struct ValueTable {
  struct Column {
    std::string name;
    std::vector<double> values;  ///< [rows]
  };
  struct Result {
    core::Imt imt;
    std::vector<double> mean, sigma, tau, phi;  ///< [rows], empty where the table has only inputs
  };
  std::vector<Column> inputs;
  std::vector<Result> results;

  std::size_t rows() const { return inputs.empty() ? 0 : inputs.front().values.size(); }
  std::vector<core::Imt> imts() const;
};

/// Reads the CSV layout. `source` names it in messages. Throws Error{data} with the line.
ValueTable read_value_table(std::istream& in, const std::string& source = "table");
/// Writes the same layout, 7 significant digits.
void write_value_table(std::ostream& out, const ValueTable& table);

/// Fills table.results for the IMTs that it names. Consecutive rows with equal rupture columns are
/// computed as one batch. Throws Error{data} where a column is missing that the model needs.
void evaluate(const GroundMotionModel& model, ValueTable& table);

/// `shakefield gmm eval`: reads inputs (and the IMTs of the header, if any; else all kinds of the
/// model, SA at 0.1, 0.2, 0.3, 0.5, 1, 2, 3 and 5 s inside its range), computes, writes.
void evaluate_table(const ModelSpec& spec, std::istream& in, std::ostream& out,
                    const std::string& source = "table");

}  // namespace shakefield::gmm
