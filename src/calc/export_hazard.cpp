// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "export_hazard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "shakefield/core/imt.hpp"
#include "shakefield/hazard/maps.hpp"
#include "shakefield/site/site_collection.hpp"

namespace shakefield::calc {
namespace {

constexpr int digits = 6;

bool is_realization(std::string_view kind) {
  return kind.starts_with("rlz-");
}

/// Places of the sites as columns of every file: names only where the job gave them, or where the
/// peer makes them up (event sets).
class SiteCells {
 public:
  enum class Depth { always, if_any };

  SiteCells(const Results& results, Depth depth) : sites_(results.sites()) {
    const auto& ids = sites_.custom_ids;
    has_names_ = !ids.empty() && results.header().calculation_mode == "event_based";
    for (std::size_t i = 0; i < ids.size() && !has_names_; ++i)
      has_names_ = ids[i] != site::geohash8(sites_.lon_deg[i], sites_.lat_deg[i]);
    has_depth_ = depth == Depth::always ||
                 std::ranges::any_of(sites_.depth_km, [](double km) { return km != 0; });
  }
  std::vector<std::string> columns() const {
    std::vector<std::string> names;
    if (has_names_) names.emplace_back("custom_site_id");
    names.insert(names.end(), {"lon", "lat"});
    if (has_depth_) names.emplace_back("depth");
    return names;
  }
  void put(CsvFile& csv, std::size_t site) const {
    if (has_names_) csv.text(sites_.custom_ids[site]);
    csv.fixed5(sites_.lon_deg[site]).fixed5(sites_.lat_deg[site]);
    if (has_depth_) csv.fixed5(sites_.depth_km[site]);
  }

 private:
  SiteTable sites_;
  bool has_names_ = false, has_depth_ = false;
};

std::string level_column(const std::string& imt, double level) {
  using enum core::ImtKind;
  const core::ImtKind kind = core::Imt::parse(imt).kind;
  const bool is_fixed = kind == pga || kind == pgv || kind == sa;
  return is_fixed ? fmt::format("poe-{:.7f}", level) : fmt::format("poe-{:.5e}", level);
}

std::string facts(const Results& results, const std::string& kind, const std::string& imt = {}) {
  std::string text = fmt::format(", kind='{}', investigation_time={}", kind,
                                 shortest(results.header().investigation_time_yr));
  if (!imt.empty()) text += fmt::format(", imt='{}'", imt);
  return text;
}

/// One file of a dataset: which of a site's values it takes, in order.
struct Table {
  std::string name;
  std::vector<std::string> columns;  ///< of the values
  std::vector<std::size_t> values;   ///< places in the row of a site
  std::string facts;
};

/// Writes the tables in few passes over the dataset, however many there are.
std::vector<std::filesystem::path> write_tables(const Results& results, std::string_view dataset,
                                                const std::vector<Table>& tables,
                                                SiteCells::Depth depth,
                                                const std::filesystem::path& dir,
                                                const ExportOptions& options) {
  constexpr std::size_t files_at_a_time = 64;
  const SiteCells sites(results, depth);
  std::vector<std::filesystem::path> paths;
  for (std::size_t first = 0; first < tables.size(); first += files_at_a_time) {
    const std::size_t last = std::min(tables.size(), first + files_at_a_time);
    std::vector<std::unique_ptr<CsvFile>> files;
    for (std::size_t t = first; t < last; ++t) {
      paths.push_back(dir / (tables[t].name + ".csv"));
      files.push_back(std::make_unique<CsvFile>(paths.back()));
      std::vector<std::string> columns = sites.columns();
      columns.insert(columns.end(), tables[t].columns.begin(), tables[t].columns.end());
      begin_csv(*files.back(), results, columns, options, tables[t].facts);
    }
    for_each_site(results, dataset, [&](std::size_t site, std::span<const float> row) {
      for (std::size_t t = first; t < last; ++t) {
        CsvFile& csv = *files[t - first];
        sites.put(csv, site);
        for (const std::size_t v : tables[t].values)
          csv.scientific(static_cast<double>(row[v]), digits);
        csv.end_line();
      }
    });
    for (const auto& file : files) file->finish();
  }
  return paths;
}

bool job_asks_for_maps(const Results& results) {
  const core::Attributes attributes = store::read_attributes(results.file(), "/hazard/maps");
  const auto found = attributes.find("hazard_maps");
  const auto* flag =
      found == attributes.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
  return flag && *flag != 0;
}

}  // namespace

HazardAxes::HazardAxes(const Results& results) {
  const store::File& file = results.file();
  kinds = store::read_array(file, "/hazard/axes/kind").column_text("");
  imts = store::read_array(file, "/hazard/axes/imt").column_text("");
  const core::Array level = store::read_array(file, "/hazard/axes/level");
  const std::size_t num_levels = level.shape().at(1);
  for (std::size_t m = 0; m < imts.size(); ++m) {
    const auto row = level.values<double>().subspan(m * num_levels, num_levels);
    levels.emplace_back(row.begin(), row.end());
  }
  if (!results.has("/hazard/axes/poe")) return;
  poes = store::read_array(file, "/hazard/axes/poe").column_f64("");
  std::vector<core::Imt> parsed;
  for (const std::string& imt : imts) parsed.push_back(core::Imt::parse(imt));
  spectral = hazard::spectral_imts(parsed);
}

bool HazardAxes::has_statistics() const {
  return !is_realization(kinds.front());
}

std::string hazard_file_name(std::string_view product, std::string_view kind) {
  constexpr std::string_view quantile = "quantile-";
  if (kind.starts_with(quantile))
    return fmt::format("quantile_{}-{}", product, kind.substr(quantile.size()));
  return fmt::format("hazard_{}-{}", product, kind);
}

std::vector<std::size_t> exported_kinds(const HazardAxes& axes, bool with_realizations) {
  const auto realizations = std::ranges::count_if(axes.kinds, is_realization);
  std::vector<std::size_t> kinds;
  for (std::size_t k = 0; k < axes.kinds.size(); ++k)
    if (!is_realization(axes.kinds[k]) || !axes.has_statistics() ||
        (with_realizations && realizations > 1))
      kinds.push_back(k);
  return kinds;
}

void for_each_site(const Results& results, std::string_view path,
                   const std::function<void(std::size_t, std::span<const float>)>& visit) {
  std::size_t site = 0;
  for_each_block(results.file(), path, [&](const core::Array& block) {
    const std::size_t rows = block.shape().front();
    const auto values = block.values<float>();
    const std::size_t row_size = rows == 0 ? 0 : values.size() / rows;
    for (std::size_t i = 0; i < rows; ++i) visit(site++, values.subspan(i * row_size, row_size));
  });
}

std::vector<std::filesystem::path> export_hcurves(const Results& results,
                                                  const std::filesystem::path& dir,
                                                  const ExportOptions& options) {
  const HazardAxes axes(results);
  const std::size_t num_levels = axes.levels.front().size();
  std::vector<Table> tables;
  for (const std::size_t k : exported_kinds(axes, true))
    for (std::size_t m = 0; m < axes.imts.size(); ++m) {
      Table& table = tables.emplace_back();
      table.name = hazard_file_name("curve", axes.kinds[k]) + "-" + axes.imts[m];
      table.facts = facts(results, axes.kinds[k], axes.imts[m]);
      for (std::size_t l = 0; l < num_levels; ++l) {
        table.columns.push_back(level_column(axes.imts[m], axes.levels[m][l]));
        table.values.push_back((k * axes.imts.size() + m) * num_levels + l);
      }
    }
  return write_tables(results, "/hazard/curves", tables, SiteCells::Depth::always, dir, options);
}

std::vector<std::filesystem::path> export_hmaps(const Results& results,
                                                const std::filesystem::path& dir,
                                                const ExportOptions& options) {
  const HazardAxes axes(results);
  const std::size_t num_imts = axes.imts.size(), num_poes = axes.poes.size();
  const bool in_one_file = job_asks_for_maps(results);
  std::vector<Table> tables;
  for (const std::size_t k : exported_kinds(axes, true)) {
    const std::string name = hazard_file_name("map", axes.kinds[k]);
    if (in_one_file) {
      Table& table = tables.emplace_back();
      table.name = name;
      table.facts = facts(results, axes.kinds[k]);
      for (std::size_t m = 0; m < num_imts; ++m)
        for (std::size_t p = 0; p < num_poes; ++p) {
          table.columns.push_back(fmt::format("{}-{}", axes.imts[m], axes.poes[p]));
          table.values.push_back((k * num_imts + m) * num_poes + p);
        }
    }
    if (is_realization(axes.kinds[k])) continue;
    for (std::size_t p = 0; p < num_poes; ++p) {
      Table& table = tables.emplace_back();
      table.name = fmt::format(
          "{}-{}y", name,
          hazard::return_period_yr(axes.poes[p], results.header().investigation_time_yr));
      table.columns = axes.imts;
      for (std::size_t m = 0; m < num_imts; ++m)
        table.values.push_back((k * num_imts + m) * num_poes + p);
    }
  }
  return write_tables(results, "/hazard/maps", tables, SiteCells::Depth::if_any, dir, options);
}

std::vector<std::filesystem::path> export_uhs(const Results& results,
                                              const std::filesystem::path& dir,
                                              const ExportOptions& options) {
  const HazardAxes axes(results);
  const std::size_t num_poes = axes.poes.size(), num_periods = axes.spectral.size();
  std::vector<Table> tables;
  for (const std::size_t k : exported_kinds(axes, false)) {
    Table& table = tables.emplace_back();
    table.name = hazard_file_name("uhs", axes.kinds[k]);
    table.facts = facts(results, axes.kinds[k]);
    for (std::size_t p = 0; p < num_poes; ++p)
      for (std::size_t s = 0; s < num_periods; ++s) {
        table.columns.push_back(
            fmt::format("{:.6f}~{}", axes.poes[p], axes.imts[axes.spectral[s]]));
        table.values.push_back((k * num_poes + p) * num_periods + s);
      }
  }
  return write_tables(results, "/hazard/uhs", tables, SiteCells::Depth::if_any, dir, options);
}

}  // namespace shakefield::calc
