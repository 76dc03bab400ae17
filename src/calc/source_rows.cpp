// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "source_rows.hpp"

#include <algorithm>

#include "shakefield/core/hash.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

SourceRows source_rows(const job::Job& job) {
  const std::vector<std::string>& regions = job.tree.regions;
  SourceRows rows;
  if (job.event_set) {
    const core::Array table = store::read_array(store::File::open(job.event_set->path), "/sources");
    rows.ids = table.column_text("id");
    for (const std::int64_t region : table.column_i64("region"))
      rows.regions.push_back(static_cast<std::uint16_t>(region));
    for (const std::int64_t key : table.column_i64("key"))
      rows.keys.push_back(static_cast<std::uint64_t>(key));
    return rows;
  }
  if (job.rupture_list) {
    for (std::size_t region = 0; region < regions.size(); ++region) {
      rows.ids.emplace_back("no-source");  // as the peer calls it
      rows.regions.push_back(static_cast<std::uint16_t>(region));
      rows.keys.push_back(core::hash_text("rupture list"));
    }
    return rows;
  }
  for (const job::PathSource& row : job::path_sources(job)) {
    rows.ids.push_back(row.source->id());
    const auto region = std::ranges::lower_bound(regions, row.source->tectonic_region());
    rows.regions.push_back(static_cast<std::uint16_t>(region - regions.begin()));
    rows.keys.push_back(row.key);
  }
  return rows;
}

}  // namespace shakefield::calc
