// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "shakefield/gmm/model.hpp"

namespace shakefield::gmm {

/// An argument as it is written in a job: true, 1.5, "JPN", [1.0, 2.0].
std::string argument_text(const Argument& argument);

/// Names of all arguments: those of spec.order first, the others sorted.
std::vector<std::string> ordered_keys(const ModelSpec& spec);

}  // namespace shakefield::gmm
