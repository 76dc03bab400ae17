// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/gmm/table_file.hpp"

#include <functional>
#include <numeric>
#include <utility>

namespace shakefield::gmm {

TableArray::TableArray(const core::Array& array) : shape_(array.shape()) {
  const auto values = std::make_shared<const std::vector<double>>(array.column_f64(""));
  values_ = *values;
  memory_ = values;
}

TableArray::TableArray(std::vector<std::size_t> shape) : shape_(std::move(shape)) {
  values_ = {static_cast<const double*>(nullptr),
             std::accumulate(shape_.begin(), shape_.end(), std::size_t{1}, std::multiplies())};
}

bool TableArray::can_hold(const core::Array& array) {
  return array.type().is_plain() && array.type().members.front().type != core::Scalar::bytes;
}

void TableArray::move_to(const double* place, std::shared_ptr<const void> memory) {
  values_ = {place, values_.size()};
  memory_ = std::move(memory);
}

}  // namespace shakefield::gmm
