// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "nrml_source.hpp"
#include "source_description.hpp"
#include "xml.hpp"

namespace shakefield::job {

/// What a branch of a source-model tree does to a source. Throws Error{data} if this kind of source
/// or of distribution has nothing that it could change.
using SourceChange = std::function<void(SourceDescription&)>;

/// Which sources a branch set alters: all, or those that the one filter given names.
struct SourceFilter {
  std::vector<std::string> ids;  ///< applyToSources
  std::string tectonic_region;   ///< applyToTectonicRegionType
  std::string source_type;       ///< applyToSourceType: the element's name without "Source"

  bool matches(const SourceDescription& source) const;
};

/// Whether an uncertainty type changes sources (others: sourceModel, extendModel, dummy).
bool is_source_change(std::string_view uncertainty_type);
/// Absolute values: they make no sense for several sources at once.
bool needs_one_source(std::string_view uncertainty_type);

/// Reads the value of a branch (an uncertaintyModel element). Throws Error{data} for a wrong value;
/// the type must be a source change.
SourceChange read_source_change(const std::string& uncertainty_type, const XmlNode& model,
                                const SourceOptions& options, core::Problems& problems);

}  // namespace shakefield::job
