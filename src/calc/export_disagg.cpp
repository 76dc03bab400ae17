// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "export_kinds.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

using Names = std::vector<std::string>;

constexpr int digits = 5;
constexpr std::int64_t mean = -1;  ///< in the place of a realization

enum class Values { probabilities, shares };

std::string list_of(const std::vector<double>& values) {
  Names texts;
  for (const double value : values) texts.push_back(shortest(value));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

/// One axis of a kind: its column, the member of the table, and what its bins are called.
struct Axis {
  std::string name;  ///< "trt", "mag" …
  std::vector<std::string> cells;
};

/// /disagg, a site at a time.
class Disaggregation {
 public:
  explicit Disaggregation(const Results& results) : results_(results), sites_(results.sites()) {
    const store::File& file = results.file();
    for (const char* name : {"mag", "dist", "eps"}) edges_[name] = axis(name).column_f64("");
    regions_ = axis("trt").column_text("");
    outputs = axis("output").column_text("");
    imts_ = axis("imt").column_text("");
    const core::Array levels = store::read_array(file, "/disagg/levels");
    num_poes_ = levels.shape().at(2);
    iml_ = levels.column_f64("");
    poe_ = store::read_array(file, "/disagg/poes").column_f64("");
    for (std::size_t m = 0; m < imts_.size(); ++m)
      for (std::size_t p = 0; p < num_poes_; ++p) slots_.push_back(m * num_poes_ + p);
    std::ranges::stable_sort(slots_, {}, [&](std::size_t s) { return imts_[s / num_poes_]; });
    if (results.has("/disagg/axes/source")) sources_ = axis("source").column_text("");
  }

  Names outputs;

  std::size_t num_sites() const { return sites_.lon_deg.size(); }
  /// Reads what the file has of a site.
  void turn_to(std::size_t site) {
    site_ = site;
    for (const char* name : {"lon", "lat"})
      edges_[name] = store::read_rows(results_.file(), std::string("/disagg/axes/") + name, site, 1)
                         .column_f64("");
    for (const char* table : {"mag_dist_eps", "mag_lon_lat", "source"})
      if (results_.has(std::string("/disagg/") + table))
        tables_[table] = Table(results_, table, site);
  }
  /// Realizations that the site has, -1 for the mean.
  std::vector<std::int64_t> kinds() const {
    const auto& all = tables_.begin()->second.realizations;
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / slots_.size())};
  }

  /// Writes one kind; false if all its cells are 0.
  bool write(const std::string& output, const std::vector<std::int64_t>& kinds, Values values,
             const std::filesystem::path& path, const ExportOptions& options) const {
    const Table& table = tables_.at(output.ends_with("Lon_Lat") ? "mag_lon_lat" : "mag_dist_eps");
    const std::vector<Axis> axes = axes_of(output);
    std::map<std::size_t, std::vector<std::vector<double>>> cells;  // by slot, kind
    bool any = false;
    for (const std::size_t s : slots_) {
      if (iml_[row(s)] <= 0) continue;
      for (const std::int64_t kind : kinds) {
        cells[s].push_back(sums(table, axes, s, kind));
        any |= std::ranges::any_of(cells[s].back(), [](double rate) { return rate > 0; });
      }
    }
    if (!any) return false;
    CsvFile csv(path);
    Names columns{"imt", "iml", "poe"};
    for (const Axis& axis : axes) columns.push_back(axis.name);
    for (const std::int64_t kind : kinds)
      columns.push_back(kind == mean ? "mean" : fmt::format("rlz{}", kind));
    begin_csv(csv, results_, columns, options, facts(kinds));
    for (const std::size_t s : slots_)
      if (cells.contains(s)) write_slot(csv, s, axes, cells.at(s), values);
    csv.finish();
    return true;
  }

  void write_sources(const std::filesystem::path& path, const ExportOptions& options) const {
    const Table& table = tables_.at("source");
    CsvFile csv(path);
    begin_csv(csv, results_, {"source_id", "imt", "iml", "afoe"}, options,
              fmt::format(", lon={}, lat={}", shortest(sites_.lon_deg[site_]),
                          shortest(sites_.lat_deg[site_])));
    const std::int64_t kind = kinds().front();
    std::vector<std::size_t> order(sources_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return sources_[i]; });
    for (const std::size_t source : order)
      for (const std::size_t s : slots_)
        table.for_each(s, kind, [&](std::size_t r) {
          if (table.axes.at("source")[r] != static_cast<std::int64_t>(source)) return;
          csv.text(sources_[source]).text(imts_[s / num_poes_]);
          csv.scientific(iml_[row(s)], digits);
          csv.scientific(table.rates[r] / results_.header().investigation_time_yr, digits);
          csv.end_line();
        });
    csv.finish();
  }

 private:
  /// Rows of one site.
  struct Table {
    std::map<std::string, std::vector<std::int64_t>> axes;  ///< by member
    std::vector<double> rates;
    std::vector<std::int64_t> realizations, start, stop;  ///< [slots][kinds]; rows count from 0
    std::size_t num_kinds = 1;

    Table() = default;
    Table(const Results& results, const std::string& name, std::size_t site) {
      const std::string path = "/disagg/" + name;
      const core::Array index = store::read_rows(results.file(), path + "_index", site, 1);
      num_kinds = index.shape().at(3);
      realizations = index.column_i64("realization");
      start = index.column_i64("start");
      stop = index.column_i64("stop");
      const std::int64_t first = start.front();
      const core::Array rows =
          store::read_rows(results.file(), path, static_cast<std::uint64_t>(first),
                           static_cast<std::uint64_t>(stop.back() - first));
      for (const core::Member& member : rows.type().members)
        if (member.name == "rate")
          rates = rows.column_f64("rate");
        else
          axes[member.name] = rows.column_i64(member.name);
      for (auto* column : {&start, &stop})
        for (std::int64_t& row : *column) row -= first;
    }
    template <class Visit>
    void for_each(std::size_t slot, std::int64_t realization, Visit&& visit) const {
      for (std::size_t c = slot * num_kinds; c < (slot + 1) * num_kinds; ++c)
        if (realizations[c] == realization)
          for (std::int64_t r = start[c]; r < stop[c]; ++r) visit(static_cast<std::size_t>(r));
    }
  };

  core::Array axis(const char* name) const {
    return store::read_array(results_.file(), std::string("/disagg/axes/") + name);
  }
  std::size_t row(std::size_t slot) const { return site_ * slots_.size() + slot; }

  /// "TRT_Mag" as the axes trt and mag.
  std::vector<Axis> axes_of(const std::string& output) const {
    std::vector<Axis> axes;
    for (std::size_t begin = 0; begin < output.size();) {
      const std::size_t end = std::min(output.find('_', begin), output.size());
      Axis& axis = axes.emplace_back();
      for (std::size_t i = begin; i < end; ++i) axis.name += static_cast<char>(output[i] | 0x20);
      if (axis.name == "trt") {
        for (const std::string& region : regions_) axis.cells.push_back(csv_cell(region));
      } else {
        const std::vector<double>& edges = edges_.at(axis.name);
        for (std::size_t i = 0; i + 1 < edges.size(); ++i)
          axis.cells.push_back(fmt::format("{:.5E}", (edges[i] + edges[i + 1]) / 2));
      }
      begin = end + 1;
    }
    return axes;
  }

  /// Rates of all cells of some axes, added up over the others. [product of the axes]
  static std::vector<double> sums(const Table& table, const std::vector<Axis>& axes,
                                  std::size_t slot, std::int64_t kind) {
    std::size_t size = 1;
    for (const Axis& axis : axes) size *= axis.cells.size();
    std::vector<double> sums(size, 0.0);
    table.for_each(slot, kind, [&](std::size_t r) {
      std::size_t place = 0;
      for (const Axis& axis : axes)
        place = place * axis.cells.size() + static_cast<std::size_t>(table.axes.at(axis.name)[r]);
      sums[place] += table.rates[r];
    });
    return sums;
  }

  void write_slot(CsvFile& csv, std::size_t slot, const std::vector<Axis>& axes,
                  const std::vector<std::vector<double>>& kinds, Values values) const {
    std::vector<double> totals;
    for (const std::vector<double>& rates : kinds)
      totals.push_back(std::accumulate(rates.begin(), rates.end(), 0.0));
    for (std::size_t place = 0; place < kinds.front().size(); ++place) {
      csv.text(imts_[slot / num_poes_]);
      csv.scientific(iml_[row(slot)], digits).scientific(poe_[row(slot)], digits);
      std::size_t stride = kinds.front().size();
      for (const Axis& axis : axes) {
        stride /= axis.cells.size();
        csv.cell(axis.cells[place / stride % axis.cells.size()]);
      }
      for (std::size_t k = 0; k < kinds.size(); ++k)
        csv.scientific(values == Values::probabilities ? -std::expm1(-kinds[k][place])
                       : totals[k] > 0                 ? kinds[k][place] / totals[k]
                                                       : 0.0,
                       digits);
      csv.end_line();
    }
  }

  std::string facts(const std::vector<std::int64_t>& kinds) const {
    std::string text =
        fmt::format(", investigation_time={}", shortest(results_.header().investigation_time_yr));
    for (const char* name : {"mag", "dist", "lon", "lat", "eps"})
      text += fmt::format(", {}_bin_edges={}", name, list_of(edges_.at(name)));
    Names quoted;
    for (const std::string& region : regions_) quoted.push_back("'" + region + "'");
    text += fmt::format(", tectonic_region_types=[{}], lon={}, lat={}", fmt::join(quoted, ", "),
                        shortest(sites_.lon_deg[site_]), shortest(sites_.lat_deg[site_]));
    if (kinds.front() == mean) return text;
    const std::vector<double> all = results_.realizations().weights;
    std::vector<double> weights;
    for (const std::int64_t r : kinds) weights.push_back(all.at(static_cast<std::size_t>(r)));
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights) weight /= total;
    return text +
           fmt::format(", weights={}, rlz_ids=[{}]", list_of(weights), fmt::join(kinds, ", "));
  }

  const Results& results_;
  SiteTable sites_;
  std::map<std::string, std::vector<double>> edges_;  ///< by axis; lon and lat of the site
  Names regions_, imts_, sources_;
  std::size_t num_poes_ = 1;
  std::vector<double> iml_, poe_;   ///< [N][M][poes]
  std::vector<std::size_t> slots_;  ///< m * poes + p, in the order of the files
  std::size_t site_ = 0;
  std::map<std::string, Table> tables_;
};

std::vector<std::filesystem::path> write_all(const Results& results, bool of_mean, Values values,
                                             const std::filesystem::path& dir,
                                             const ExportOptions& options) {
  Disaggregation disaggregation(results);
  std::vector<std::filesystem::path> paths;
  for (std::size_t site = 0; site < disaggregation.num_sites(); ++site) {
    disaggregation.turn_to(site);
    std::vector<std::int64_t> kinds = disaggregation.kinds();
    const bool has_mean = kinds.front() == mean;
    if (of_mean && has_mean)
      kinds = {mean};
    else
      std::erase(kinds, mean);
    core::validate(!kinds.empty(), core::ErrorKind::config,
                   "realizations cannot be exported (the file has the mean of the disaggregation "
                   "only), run the job with individual_rlzs = true",
                   {results.file().path().string()});
    for (const std::string& output : disaggregation.outputs) {
      const auto path =
          dir / fmt::format("{}{}{}-{}.csv", output, kinds.front() == mean ? "-mean" : "",
                            values == Values::shares ? "-traditional" : "", site);
      if (disaggregation.write(output, kinds, values, path, options)) paths.push_back(path);
    }
  }
  return paths;
}

}  // namespace

std::vector<std::filesystem::path> export_disagg(const Results& results,
                                                 const std::filesystem::path& dir,
                                                 const ExportOptions& options) {
  return write_all(results, true, Values::probabilities, dir, options);
}

std::vector<std::filesystem::path> export_disagg_rlzs(const Results& results,
                                                      const std::filesystem::path& dir,
                                                      const ExportOptions& options) {
  return write_all(results, false, Values::probabilities, dir, options);
}

std::vector<std::filesystem::path> export_disagg_traditional(const Results& results,
                                                             const std::filesystem::path& dir,
                                                             const ExportOptions& options) {
  return write_all(results, false, Values::shares, dir, options);
}

std::vector<std::filesystem::path> export_rates_by_source(const Results& results,
                                                          const std::filesystem::path& dir,
                                                          const ExportOptions& options) {
  Disaggregation disaggregation(results);
  std::vector<std::filesystem::path> paths;
  for (std::size_t site = 0; site < disaggregation.num_sites(); ++site) {
    disaggregation.turn_to(site);
    paths.push_back(dir / fmt::format("mean_rates_by_src-{}.csv", site));
    disaggregation.write_sources(paths.back(), options);
  }
  return paths;
}

}  // namespace shakefield::calc
