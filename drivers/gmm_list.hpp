// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace shakefield::drivers {

/// `shakefield gmm list`: one line a model.
std::string model_lines();
/// The same as JSON: {"models": […], "decorators": […]}.
std::string model_json();
/// The manual page docs/models.md.
std::string model_markdown();

}  // namespace shakefield::drivers
