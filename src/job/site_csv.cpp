// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "site_csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "csv.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

constexpr std::size_t most_problems = 20;
constexpr double infer = -999;  ///< z1pt0, z2pt5: the model's own relation

/// Names of the peer's site parameters that no model here uses; a column of one is read over with a
/// warning.
constexpr std::string_view unused_columns[] = {"kappa0",
                                               "z_sed",
                                               "siteclass",
                                               "ilabel",
                                               "geohash",
                                               "z1pt4",
                                               "soiltype",
                                               "bas",
                                               "ampcode",
                                               "ec8",
                                               "ec8_p18",
                                               "h800",
                                               "geology",
                                               "amplfactor",
                                               "f0",
                                               "THV",
                                               "PHV",
                                               "slope",
                                               "relief",
                                               "gwd",
                                               "cti",
                                               "dc",
                                               "dr",
                                               "dwb",
                                               "zwb",
                                               "tri",
                                               "hwater",
                                               "precip",
                                               "lithology",
                                               "landcover",
                                               "in_cshm",
                                               "friction_mid",
                                               "cohesion_mid",
                                               "saturation",
                                               "dry_density",
                                               "crit_accel",
                                               "yield_acceleration",
                                               "liq_susc_cat",
                                               "unit",
                                               "dw",
                                               "hratio",
                                               "tslope",
                                               "slab_thickness"};

/// How one number column is checked and where it goes.
struct NumberColumn {
  std::string_view name;
  std::vector<double> site::SiteParameters::*column;
  bool may_infer;
  bool positive;
};
constexpr NumberColumn number_columns[] = {{"vs30", &site::SiteParameters::vs30, false, true},
                                           {"z1pt0", &site::SiteParameters::z1pt0, true, false},
                                           {"z2pt5", &site::SiteParameters::z2pt5, true, false},
                                           {"xvf", &site::SiteParameters::xvf, false, false},
                                           {"region", &site::SiteParameters::region, false, false}};
struct FlagColumn {
  std::string_view name;
  std::vector<std::uint8_t> site::SiteParameters::*column;
};
constexpr FlagColumn flag_columns[] = {{"vs30measured", &site::SiteParameters::vs30measured},
                                       {"backarc", &site::SiteParameters::backarc}};

class SiteCsvReader {
 public:
  SiteCsvReader(const std::string& file, core::Problems& problems)
      : file_(file), problems_(problems) {}

  PlacedSites read(std::string_view text) {
    const auto rows = read_csv(text);
    if (rows.empty()) {
      problems_.add(ErrorKind::data,
                    "the file holds no site (at least one is expected), add lines lon,lat",
                    {file_, 0});
      return {};
    }
    double lon = 0;
    const bool has_header = !parse_number(rows[0].fields[0], lon);
    if (has_header) {
      for (const auto field : rows[0].fields) sites_.columns.emplace_back(field);
      if (!check_header(rows[0].line)) return {};
    }
    const auto first = rows.begin() + (has_header ? 1 : 0);
    if (first == rows.end())
      problems_.add(ErrorKind::data,
                    "the file holds a header and no site (at least one is expected), add lines",
                    {file_, 0});
    for (auto row = first; row != rows.end() && found_ < most_problems; ++row) read_row(*row);
    if (found_ >= most_problems)
      problems_.add(ErrorKind::data, "reading stopped after 20 problems in this file", {file_, 0});
    if (!has_header) sort_sites(sites_);
    return std::move(sites_);
  }

 private:
  void report(int line, const std::string& message) {
    problems_.add(ErrorKind::data, message, {file_, line});
    ++found_;
  }

  bool check_header(int line) {
    std::vector<std::string_view> known{"lon", "lat", "depth", "custom_site_id", "site_id"};
    for (const auto& c : number_columns) known.push_back(c.name);
    for (const auto& c : flag_columns) known.push_back(c.name);
    std::vector<std::string> read_over;
    const std::size_t before = found_;
    for (std::size_t i = 0; i < sites_.columns.size(); ++i) {
      const std::string& name = sites_.columns[i];
      if (std::ranges::count(sites_.columns, name) > 1 &&
          std::ranges::find(sites_.columns, name) - sites_.columns.begin() <
              static_cast<std::ptrdiff_t>(i))
        report(line,
               fmt::format("the column '{}' stands twice (names are unique), remove one", name));
      if (std::ranges::find(unused_columns, name) != std::end(unused_columns))
        read_over.push_back(name);
      else if (std::ranges::find(known, name) == known.end())
        report(line,
               fmt::format("unknown column '{}' (nearest known name: {}), correct or remove it",
                           name, nearest_name(name, known)));
    }
    for (const char* needed : {"lon", "lat"})
      if (std::ranges::find(sites_.columns, needed) == sites_.columns.end())
        report(line, fmt::format("the column '{}' is missing (sites need it), add it", needed));
    if (!read_over.empty())
      problems_.warn(fmt::format("columns read over: {} (no ground-motion model here uses them)",
                                 fmt::join(read_over, ", ")),
                     {file_, line});
    return found_ == before;
  }

  void read_row(const CsvRow& row) {
    const std::size_t expected = sites_.columns.size();
    const bool fits = expected > 0 ? row.fields.size() == expected
                                   : row.fields.size() == 2 || row.fields.size() == 3;
    if (!fits) {
      report(row.line,
             fmt::format("the line has {} fields ({} expected), correct it", row.fields.size(),
                         expected > 0 ? std::to_string(expected) : "lon,lat[,depth]"));
      return;
    }
    geo::Point point;
    auto& parameters = sites_.model.parameters;
    const std::size_t before = found_;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      static constexpr std::string_view plain[] = {"lon", "lat", "depth"};
      const std::string_view name = expected > 0 ? std::string_view(sites_.columns[i]) : plain[i];
      const std::string_view field = row.fields[i];
      if (name == "lon") point.lon_deg = rounded_degrees(number(row.line, name, field, -180, 180));
      if (name == "lat") point.lat_deg = rounded_degrees(number(row.line, name, field, -90, 90));
      if (name == "depth") point.depth_km = number(row.line, name, field, -8.848, 6371);
      if (name == "custom_site_id") sites_.model.custom_ids.push_back(custom_id(row.line, field));
      for (const auto& c : number_columns)
        if (name == c.name) (parameters.*c.column).push_back(checked(row.line, c, field));
      for (const auto& c : flag_columns)
        if (name == c.name) (parameters.*c.column).push_back(flag(row.line, name, field));
    }
    if (found_ > before) return;
    sites_.model.points.push_back(point);
    sites_.places.push_back({file_, row.line});
  }

  double number(int line, std::string_view name, std::string_view field, double low, double high) {
    double x = 0;
    if (!parse_number(field, x) || !std::isfinite(x)) {
      report(line, fmt::format("{} = '{}' is no number (a finite number is expected), correct it",
                               name, field));
      return 0;
    }
    if (x < low || x > high) {
      report(line, fmt::format("{} = {} is out of range (allowed: [{}, {}]), correct it", name,
                               field, low, high));
      return 0;
    }
    return x;
  }
  double checked(int line, const NumberColumn& column, std::string_view field) {
    const double x = number(line, column.name, field, std::numeric_limits<double>::lowest(),
                            std::numeric_limits<double>::max());
    const bool fits = column.may_infer ? x >= 0 || x == infer : !column.positive || x > 0;
    const bool was_number = found_ == 0 || problems_.errors().back().place.line != line;
    if (!fits && was_number)
      report(line,
             fmt::format("{} = {} is out of range (allowed: {}), correct it", column.name, field,
                         column.may_infer ? ">= 0, or -999 for the model's own relation" : "> 0"));
    return x;
  }
  std::uint8_t flag(int line, std::string_view name, std::string_view field) {
    const std::string text = lowered(field);
    if (text == "1" || text == "true" || text == "1.0") return 1;
    if (text != "0" && text != "false" && text != "0.0")
      report(line, fmt::format("{} = '{}' is neither 0 nor 1, correct it", name, field));
    return 0;
  }
  std::string custom_id(int line, std::string_view field) {
    if (field.size() > 8 || field.empty())
      report(line,
             fmt::format("custom_site_id = '{}' is not allowed (1 to 8 bytes), shorten it", field));
    return std::string(field);
  }

  const std::string& file_;
  core::Problems& problems_;
  PlacedSites sites_;
  std::size_t found_ = 0;
};

}  // namespace

double rounded_degrees(double degrees) {
  return std::nearbyint(degrees * 1e5) / 1e5;
}

PlacedSites read_site_csv(std::string_view text, const std::string& file,
                          core::Problems& problems) {
  return SiteCsvReader(file, problems).read(text);
}

void sort_sites(PlacedSites& sites) {
  const auto& points = sites.model.points;
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    return std::tuple(points[i].lon_deg, points[i].lat_deg, points[i].depth_km);
  });
  PlacedSites sorted;
  sorted.columns = sites.columns;
  sorted.model.parameters = site::take_rows(sites.model.parameters, order);
  for (const std::size_t i : order) {
    sorted.model.points.push_back(points[i]);
    sorted.places.push_back(sites.places[i]);
    if (!sites.model.custom_ids.empty())
      sorted.model.custom_ids.push_back(sites.model.custom_ids[i]);
  }
  sites = std::move(sorted);
}

void report_duplicates(const PlacedSites& sites, core::Problems& problems) {
  std::unordered_map<std::uint64_t, std::size_t> first;
  std::size_t found = 0;
  for (std::size_t i = 0; i < sites.model.points.size() && found < most_problems; ++i) {
    const auto [other, is_new] = first.emplace(site::site_key(sites.model.points[i]), i);
    if (is_new) continue;
    const geo::Point& p = sites.model.points[i];
    problems.add(ErrorKind::data,
                 fmt::format("the site ({}, {}) is given twice (first in {}; sites must differ by "
                             "1e-5 degrees or 1 m of depth), "
                             "remove one",
                             p.lon_deg, p.lat_deg, sites.places[other->second].text()),
                 sites.places[i]);
    ++found;
  }
}

}  // namespace shakefield::job
