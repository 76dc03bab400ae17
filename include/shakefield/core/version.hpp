// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace shakefield::core {

/// What this binary is: goes into every file and the first lines of every log.
struct BuildInfo {
  std::string_view version;   ///< "0.1.0"
  std::string_view commit;    ///< short git hash, "+" behind it if the tree was changed; "unknown"
  std::string_view compiler;  ///< "GNU 12.2.0"
  std::string_view preset;    ///< CMake build type
  std::string_view arch;      ///< "x86-64-v3"
};
const BuildInfo& build_info();

}  // namespace shakefield::core
