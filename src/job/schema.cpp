// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/job/schema.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "schema_tables.hpp"

namespace shakefield::job {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::used:
      return "used";
    case Status::ignored:
      return "ignored";
    case Status::unsupported:
      return "unsupported";
    case Status::later:
      return "later";
  }
  return "used";
}

std::span<const ParameterInfo> schema() {
  static const std::vector<ParameterInfo> all = [] {
    std::vector<ParameterInfo> rows;
    for (const auto part : {general_parameters(), site_parameters(), source_parameters(),
                            field_parameters(), hazard_parameters(), engine_parameters()})
      rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }();
  return all;
}

const ParameterInfo* find_parameter(std::string_view name) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, const ParameterInfo*> map;
    for (const ParameterInfo& info : schema()) map.emplace(info.name, &info);
    return map;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

}  // namespace shakefield::job
