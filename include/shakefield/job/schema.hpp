// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace shakefield::job {

enum class Status {
  used,         ///< changes what is computed or written
  ignored,      ///< known key of the peer that cannot change a number here; told once
  unsupported,  ///< known key that could change a number and is not offered yet: exit status 3
  later         ///< asks for a product that is not computed yet: one warning, the run goes on
};

/// "used", "ignored", "unsupported", "later".
std::string_view to_string(Status status);

/// One row of the schema that serves the readers of job.ini and YAML, `check`, and the manual page.
struct ParameterInfo {
  std::string_view name;
  std::string_view group;  ///< "general", "sites", "erf", …
  std::string_view type;   ///< "float", "int", "bool", "str", "floats", "imts", "dict", "file", …
  std::string_view unit;   ///< "km", "1", …
  std::string_view default_;  ///< as text; "required" or "none"
  std::string_view range;     ///< "> 0", "[0, 1]", "one of a, b"
  Status status;
  std::string_view text;  ///< one line; why, if ignored or unsupported
};

/// All known parameters, in manual order.
std::span<const ParameterInfo> schema();
/// Null if unknown.
const ParameterInfo* find_parameter(std::string_view name);
/// The manual page docs/parameters.md, generated from the schema.
std::string manual_page();

}  // namespace shakefield::job
