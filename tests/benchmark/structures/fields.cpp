// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "fields.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace shakefield::structures {

std::vector<Row> Fields::rows_of_site(std::uint32_t site) const {
  std::vector<Row> found;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(found),
               [site](const Row& row) { return row.site == site; });
  return found;
}

Fields make_fields(const Shape& shape) {
  std::mt19937_64 bits(42);
  std::uniform_int_distribution<std::uint32_t> place(0, shape.grid - 1);
  std::exponential_distribution<double> size(1.0);
  std::normal_distribution<float> normal;
  Fields fields;
  fields.first_row.push_back(0);
  for (std::uint32_t event = 0; fields.rows.size() < shape.num_rows; ++event) {
    const double x = place(bits), y = place(bits);
    const double reach2 =
        shape.mean_rows > 0 ? size(bits) * shape.mean_rows / std::numbers::pi : HUGE_VAL;
    const float between = 0.4f * normal(bits);
    for (std::uint32_t site = 0; site < shape.grid * shape.grid; ++site) {
      const double dx = site % shape.grid - x, dy = site / shape.grid - y;
      const double distance2 = dx * dx + dy * dy;
      if (distance2 > reach2) continue;
      Row row{site, event};
      const float ln_median = -1.3f * std::log(static_cast<float>(std::sqrt(distance2)) + 5.0f);
      for (float& value : row.values) value = std::exp(ln_median + between + 0.6f * normal(bits));
      fields.rows.push_back(row);
    }
    fields.first_row.push_back(fields.rows.size());
  }
  return fields;
}

}  // namespace shakefield::structures
