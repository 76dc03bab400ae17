// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "export_kinds.hpp"

namespace shakefield::calc {

// Hundreds of megabytes a second are wanted here: names of sites are made once, the text of the
// event's id once an event, and values by write_e5.
void export_gmf_data(const Results& results, const std::filesystem::path& path,
                     const ExportOptions& options) {
  const SiteTable sites = results.sites();
  const SiteNames names = site_names(sites);
  const std::vector<std::string>& imts = results.gmf_layout().imts;
  const bool name_last = !sites.custom_ids.empty();

  std::vector<std::string> columns{"event_id"};
  if (!name_last) columns.push_back(names.column);
  for (const std::string& imt : imts) columns.push_back("gmv_" + imt);
  if (name_last) columns.push_back(names.column);

  CsvFile csv(path);
  begin_csv(csv, results, columns, options);
  std::uint64_t event = 0;
  std::string event_text = "0";
  results.for_each_block([&](const GmfBlock& block) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (block.event(i) != event) {
        event = block.event(i);
        event_text = std::to_string(event);
      }
      const std::string& name = names.cells[block.site(i)];
      csv.cell(event_text);
      if (!name_last) csv.cell(name);
      for (std::size_t m = 0; m < imts.size(); ++m) csv.e5(block.value(i, m));
      if (name_last) csv.cell(name);
      csv.end_line();
    }
  });
  csv.finish();
}

}  // namespace shakefield::calc
