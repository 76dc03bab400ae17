// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "model_remarks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "packed_xml.hpp"

namespace shakefield::job {
namespace {

/// Attributes that the readers of NRML ask for.
const std::set<std::string_view>& known_attributes() {
  static const std::set<std::string_view> names{"aValue",
                                                "alongStrike",
                                                "alpha",
                                                "applyToBranches",
                                                "applyToSourceType",
                                                "applyToSources",
                                                "applyToTectonicRegionType",
                                                "aratio",
                                                "bAC",
                                                "bGR",
                                                "bValue",
                                                "binWidth",
                                                "branchID",
                                                "branchSetID",
                                                "branchingLevelID",
                                                "characteristicMag",
                                                "characteristicRate",
                                                "cluster",
                                                "constant_term",
                                                "cornerMag",
                                                "deltaMagAC",
                                                "depth",
                                                "dip",
                                                "discretization",
                                                "downDip",
                                                "fixedDipFrac",
                                                "gamma",
                                                "grp_probability",
                                                "id",
                                                "imt",
                                                "indexes",
                                                "investigation_time",
                                                "kind",
                                                "lat",
                                                "logicTreeID",
                                                "lon",
                                                "mag",
                                                "maxMag",
                                                "minMag",
                                                "name",
                                                "occurrence_rate",
                                                "probability",
                                                "probs_occur",
                                                "rake",
                                                "rateRefAC",
                                                "rateRefGR",
                                                "refMagAC",
                                                "refMagGR",
                                                "rigidity",
                                                "rup_interdep",
                                                "rup_weights",
                                                "size",
                                                "slipRate",
                                                "spacing",
                                                "srcs_weights",
                                                "src_interdep",
                                                "strike",
                                                "tectonicRegion",
                                                "tom",
                                                "totalMomentRate",
                                                "totalRate",
                                                "type",
                                                "uncertaintyType",
                                                "weight"};
  return names;
}

int line_of(const std::string& text, std::size_t offset) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

struct Found {
  std::size_t count = 0;
  std::ptrdiff_t offset = 0;  ///< of the first
};

/// Attributes of ground-motion models (uncertaintyModel) are arguments, whatever their names.
void find_unknown(pugi::xml_node node, std::map<std::string, Found>& unknown) {
  const std::string_view name = without_prefix(node.name());
  if (name != "uncertaintyModel")
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view key = attribute.name();
      if (key.starts_with("xmlns") || known_attributes().contains(without_prefix(key))) continue;
      Found& found = unknown[fmt::format("attribute '{}' of {}", key, name)];
      if (found.count++ == 0) found.offset = node.offset_debug();
    }
  for (const pugi::xml_node child : node.children())
    if (child.type() == pugi::node_element) find_unknown(child, unknown);
}

}  // namespace

std::vector<std::string> remarks_of(const std::string& name, const std::string& text,
                                    const pugi::xml_document& document) {
  constexpr std::string_view comment = "<!--";
  std::vector<std::string> remarks;
  std::size_t comments = 0;
  const std::size_t first = text.find(comment);
  for (std::size_t at = first; at != std::string::npos; at = text.find(comment, at + 1)) ++comments;
  if (comments > 0)
    remarks.push_back(fmt::format("{}: {} comment{} left out (first in line {})", name, comments,
                                  comments == 1 ? " is" : "s are", line_of(text, first)));
  std::map<std::string, Found> unknown;
  find_unknown(document.document_element(), unknown);
  for (const auto& [what, found] : unknown)
    remarks.push_back(fmt::format(
        "{}: the unknown {} is kept and has no effect ({} time{}, first in line {})", name, what,
        found.count, found.count == 1 ? "" : "s",
        line_of(text, static_cast<std::size_t>(std::max<std::ptrdiff_t>(found.offset, 0)))));
  return remarks;
}

}  // namespace shakefield::job
