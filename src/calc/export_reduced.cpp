// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "export_kinds.hpp"
#include "reduced_paths.hpp"

namespace shakefield::calc {
namespace {

constexpr int digits = 6;  // behind the point
constexpr std::size_t block_numbers = 1 << 19;

/// Lines of sites and realizations that begin with the names of both.
class SiteLines {
 public:
  SiteLines(const Results& results, const std::filesystem::path& path)
      : results_(results), sites_(results.sites()), names_(site_names(sites_)), csv_(path) {}

  std::vector<std::string> first_columns() const { return {names_.column, "lon", "lat", "rlz_id"}; }
  CsvFile& csv() { return csv_; }

  CsvFile& begin_line(std::size_t site, std::size_t realization) {
    return csv_.cell(names_.cells[site])
        .scientific(sites_.lon_deg[site], digits)
        .scientific(sites_.lat_deg[site], digits)
        .integer(realization);
  }

  /// Calls visit(site, realization, number of that pair in the arrays) for all of them. `read` gets
  /// the sites [first, first + count) of a block before.
  template <class Read, class Visit>
  void for_each(const char* path, const Read& read, const Visit& visit) {
    const std::vector<std::size_t> shape = store::shape(results_.file(), path);
    std::size_t numbers = 1;
    for (std::size_t axis = 1; axis < shape.size(); ++axis) numbers *= shape[axis];
    const std::size_t block = std::max<std::size_t>(1, block_numbers / numbers);
    for (std::size_t first = 0; first < shape[0]; first += block) {
      const std::size_t count = std::min(block, shape[0] - first);
      read(first, count);
      for (std::size_t i = 0; i < count * shape[1]; ++i)
        visit(first + i / shape[1], i % shape[1], i);
    }
  }

 private:
  const Results& results_;
  SiteTable sites_;
  SiteNames names_;
  CsvFile csv_;
};

}  // namespace

void export_gmf_statistics(const Results& results, const std::filesystem::path& path,
                           const ExportOptions& options) {
  const std::vector<std::string>& imts = results.header().imts;
  SiteLines lines(results, path);
  std::vector<std::string> columns = lines.first_columns();
  columns.emplace_back("count");
  for (const std::string& imt : imts) {
    columns.push_back("mean_ln_" + imt);
    columns.push_back("sd_ln_" + imt);
  }
  begin_csv(lines.csv(), results, columns, options);
  core::Array counts, means, sds;
  const auto read = [&](std::size_t first, std::size_t count) {
    counts = store::read_rows(results.file(), reduced::count, first, count);
    means = store::read_rows(results.file(), reduced::mean_ln, first, count);
    sds = store::read_rows(results.file(), reduced::sd_ln, first, count);
  };
  lines.for_each(reduced::mean_ln, read, [&](std::size_t site, std::size_t r, std::size_t i) {
    CsvFile& csv = lines.begin_line(site, r);
    csv.integer(counts.values<std::uint32_t>()[i]);
    for (std::size_t m = 0; m < imts.size(); ++m)
      csv.scientific(means.values<double>()[i * imts.size() + m], digits)
          .scientific(sds.values<double>()[i * imts.size() + m], digits);
    csv.end_line();
  });
  lines.csv().finish();
}

void export_gmf_maxima(const Results& results, const std::filesystem::path& path,
                       const ExportOptions& options) {
  const std::vector<std::string>& imts = results.header().imts;
  SiteLines lines(results, path);
  std::vector<std::string> columns = lines.first_columns();
  for (const std::string& imt : imts) {
    columns.push_back("gmv_" + imt);
    columns.push_back("event_id_" + imt);
  }
  begin_csv(lines.csv(), results, columns, options);
  core::Array values, events;
  const auto read = [&](std::size_t first, std::size_t count) {
    values = store::read_rows(results.file(), reduced::maximum, first, count);
    events = store::read_rows(results.file(), reduced::maximum_event, first, count);
  };
  lines.for_each(reduced::maximum, read, [&](std::size_t site, std::size_t r, std::size_t i) {
    CsvFile& csv = lines.begin_line(site, r);
    for (std::size_t m = 0; m < imts.size(); ++m) {
      const std::uint32_t event = events.values<std::uint32_t>()[i * imts.size() + m];
      csv.e5(values.values<float>()[i * imts.size() + m]);
      if (event == no_event)
        csv.cell("");
      else
        csv.integer(event);
    }
    csv.end_line();
  });
  lines.csv().finish();
}

void export_gmf_exceedances(const Results& results, const std::filesystem::path& path,
                            const ExportOptions& options) {
  const std::vector<std::string>& imts = results.header().imts;
  const core::Array levels = store::read_array(results.file(), reduced::level);
  const std::size_t num_levels = levels.shape().back(), numbers = imts.size() * num_levels;
  SiteLines lines(results, path);
  std::vector<std::string> columns = lines.first_columns();
  columns.insert(columns.end(), {"imt", "iml", "count"});
  begin_csv(lines.csv(), results, columns, options);
  core::Array counts;
  const auto read = [&](std::size_t first, std::size_t count) {
    counts = store::read_rows(results.file(), reduced::exceedances, first, count);
  };
  lines.for_each(reduced::exceedances, read, [&](std::size_t site, std::size_t r, std::size_t i) {
    for (std::size_t n = 0; n < numbers; ++n) {
      lines.begin_line(site, r)
          .text(imts[n / num_levels])
          .scientific(levels.values<double>()[n], digits)
          .integer(counts.values<std::uint32_t>()[i * numbers + n])
          .end_line();
    }
  });
  lines.csv().finish();
}

void export_gmf_top_events(const Results& results, const std::filesystem::path& path,
                           const ExportOptions& options) {
  const std::vector<std::string>& imts = results.header().imts;
  const core::Array events = store::read_array(results.file(), reduced::top_event);
  const core::Array means = store::read_array(results.file(), reduced::top_mean);
  const std::size_t num_events = events.shape().back();
  CsvFile csv(path);
  begin_csv(csv, results, {"imt", "place", "event_id", "rup_id", "rlz_id", "mean_gmv"}, options);
  for (std::size_t i = 0; i < events.rows(); ++i) {
    const std::uint32_t id = events.values<std::uint32_t>()[i];
    const EventRow event = results.events(id, 1).front();
    csv.text(imts[i / num_events])
        .integer(1 + i % num_events)
        .integer(id)
        .integer(event.rupture)
        .integer(event.realization)
        .scientific(means.values<double>()[i], digits)
        .end_line();
  }
  csv.finish();
}

}  // namespace shakefield::calc
