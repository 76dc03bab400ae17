// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace shakefield::structures {

/// The middle value (of an even number: the upper one); there is at least one.
double median(std::vector<double> values);

/// Mean number of processes of the last minute that run or want to, as Linux tells it.
std::string load_average();

}  // namespace shakefield::structures
