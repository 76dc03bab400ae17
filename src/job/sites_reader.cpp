// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "sites_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include <algorithm>

#include "job_files.hpp"
#include "shakefield/geo/polygon.hpp"
#include "site_csv.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

std::vector<geo::Point> points_of(const Value& value) {
  std::vector<geo::Point> points;
  for (const Value& row : *value.list()) {
    const Value::List& xyz = *row.list();
    points.push_back({rounded_degrees(*xyz[0].number()), rounded_degrees(*xyz[1].number()),
                      xyz.size() > 2 ? *xyz[2].number() : 0.0});
  }
  return points;
}

/// A grid that no machine can hold is a slip of the unit: told before it is made. The bounding box
/// serves as estimate.
void check_grid_size(const std::vector<geo::Point>& region, double spacing_km) {
  if (region.empty()) return;
  constexpr double most_points = 2e8, km_a_degree = 111.2;
  const auto [west, east] = std::ranges::minmax(region, {}, &geo::Point::lon_deg);
  const auto [south, north] = std::ranges::minmax(region, {}, &geo::Point::lat_deg);
  const double points = (east.lon_deg - west.lon_deg) * (north.lat_deg - south.lat_deg) *
                        km_a_degree * km_a_degree / (spacing_km * spacing_km);
  core::validate(points <= most_points, core::ErrorKind::config,
                 fmt::format("a grid of {} km has about {:.1g} points (at most {:.0e}), raise "
                             "region_grid_spacing (km)",
                             spacing_km, points, most_points));
}

class SitesReader {
 public:
  SitesReader(const Settings& settings, InputFiles& files, const std::filesystem::path& folder,
              core::Problems& problems)
      : settings_(settings), files_(files), folder_(folder), problems_(problems) {}

  site::SiteCollection read(const std::vector<gmm::ModelInfo>& models) {
    const std::size_t before = problems_.errors().size();
    const auto found = [&] { return problems_.errors().size() > before; };
    PlacedSites sites = positions();
    if (found()) return {};
    report_duplicates(sites, problems_);
    fill_references(sites.model);
    check_needs(sites.model.parameters, models);
    if (found()) return {};
    fill_backarc(sites.model, models);
    return {std::move(sites.model.points), std::move(sites.model.parameters),
            std::move(sites.model.custom_ids)};
  }

 private:
  static constexpr const char* model_keys[] = {"site_model_file", "site_model_csv"};

  std::string model_key() const {
    for (const char* key : model_keys)
      if (settings_.given(key)) return key;
    return {};
  }

  PlacedSites positions() {
    std::vector<std::string> ways;
    for (const char* key : {"sites", "sites_csv", "region"}) {
      if (settings_.broken(key)) return failed();
      if (settings_.given(key)) ways.emplace_back(key);
    }
    if (settings_.given("site_model_file") && settings_.given("site_model_csv"))
      problems_.add(
          ErrorKind::config,
          "site_model_file and site_model_csv are both given (they mean the same), remove one",
          settings_.place("site_model_csv"));
    if (ways.size() > 1) {
      problems_.add(ErrorKind::config,
                    fmt::format("the sites are given in {} ways: {} (one is expected), keep one",
                                ways.size(), fmt::join(ways, ", ")),
                    settings_.place(ways[1]));
      return {};
    }
    if (ways.empty() && model_key().empty()) {
      problems_.add(ErrorKind::config,
                    "the job has no sites (sites, sites_csv, region with region_grid_spacing, or "
                    "site_model_file gives them), add one of these",
                    settings_.place("sites"));
      return {};
    }
    if (ways.empty()) return site_model();
    PlacedSites sites = ways[0] == "sites"       ? listed()
                        : ways[0] == "sites_csv" ? from_csv()
                                                 : grid();
    if (!model_key().empty()) take_from_model(sites);
    return sites;
  }
  PlacedSites failed() const { return {}; }

  PlacedSites listed() {
    PlacedSites sites;
    sites.model.points = points_of(settings_.value("sites"));
    sites.places.assign(sites.model.points.size(), settings_.place("sites"));
    if (sites.model.points.empty())
      problems_.add(ErrorKind::config,
                    "the list of sites is empty (at least one is expected), write sites = lon lat",
                    settings_.place("sites"));
    sort_sites(sites);
    return sites;
  }

  PlacedSites from_csv() {
    const auto path = file_path(settings_, "sites_csv", folder_);
    return read_site_csv(read_file(files_, path, settings_.place("sites_csv")), path.string(),
                         problems_);
  }

  PlacedSites grid() {
    const auto spacing = settings_.number("region_grid_spacing");
    if (!spacing) {
      if (!settings_.broken("region_grid_spacing"))
        problems_.add(ErrorKind::config,
                      "region_grid_spacing is missing (a region is filled with a grid), add "
                      "region_grid_spacing = 10",
                      settings_.place("region"));
      return {};
    }
    PlacedSites sites;
    try {
      check_grid_size(points_of(settings_.value("region")), *spacing);
      sites.model.points =
          geo::region_grid(geo::Polygon(points_of(settings_.value("region"))), *spacing);
    } catch (const core::Error& e) {
      for (const core::Problem& p : e.problems())
        problems_.add(p.kind, "region: " + p.message, settings_.place("region"));
      return {};
    }
    sites.places.assign(sites.model.points.size(), settings_.place("region"));
    if (sites.model.points.empty())
      problems_.add(ErrorKind::config,
                    fmt::format("the region holds no point of a grid of {} km (at least one is "
                                "expected), choose a smaller "
                                "region_grid_spacing",
                                *spacing),
                    settings_.place("region"));
    return sites;
  }

  /// All files of the site model, one behind the other.
  PlacedSites site_model() {
    const std::string key = model_key();
    PlacedSites all;
    for (const std::string& name : settings_.texts(key)) {
      const auto path = checked_path(name, key, settings_.place(key), folder_);
      if (path.extension() == ".xml")
        throw core::Error(
            ErrorKind::unsupported,
            fmt::format("{}: a site model in XML is not offered (CSV is), convert {}", key, name),
            settings_.place(key));
      PlacedSites one =
          read_site_csv(read_file(files_, path, settings_.place(key)), path.string(), problems_);
      if (one.columns.empty() && !one.places.empty())
        problems_.add(
            ErrorKind::data,
            "the site model has no header (its columns need names), add a line lon,lat,vs30",
            {path.string(), 1});
      append(all, std::move(one), path.string());
    }
    return all;
  }
  void append(PlacedSites& all, PlacedSites one, const std::string& file) {
    if (all.places.empty()) {
      all = std::move(one);
      return;
    }
    if (one.columns != all.columns) {
      problems_.add(
          ErrorKind::data,
          fmt::format(
              "the columns differ from those of {} (site models of a job have the same), make them "
              "equal",
              all.places.front().file),
          {file, 1});
      return;
    }
    const auto join = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    join(all.model.points, one.model.points);
    join(all.model.custom_ids, one.model.custom_ids);
    join(all.places, one.places);
    auto &to = all.model.parameters, &from = one.model.parameters;
    join(to.vs30, from.vs30);
    join(to.vs30measured, from.vs30measured);
    join(to.z1pt0, from.z1pt0);
    join(to.z2pt5, from.z2pt5);
    join(to.backarc, from.backarc);
    join(to.xvf, from.xvf);
    join(to.region, from.region);
  }

  void take_from_model(PlacedSites& sites) {
    const PlacedSites model = site_model();
    if (model.places.empty() || sites.places.empty()) return;  // reported
    const auto spacing =
        settings_.given("region") ? settings_.number("region_grid_spacing") : std::nullopt;
    const double reach_km =
        spacing ? site::site_model_reach_km(*spacing) : site::site_model_reach_without_grid_km;
    site::NearestParameters nearest =
        site::nearest_parameters(model.model, sites.model.points, reach_km);
    sites.model.parameters = std::move(nearest.parameters);
    if (nearest.too_far.empty()) return;
    const std::size_t i = nearest.too_far.front();
    const std::string message = fmt::format(
        "{} of {} sites are farther than {:.3g} km from the site model (first: ({}, {}), nearest "
        "point in {})",
        nearest.too_far.size(), sites.model.points.size(), reach_km, sites.model.points[i].lon_deg,
        sites.model.points[i].lat_deg, model.places[nearest.rows[i]].text());
    if (spacing)
      problems_.warn(message + "; they take its nearest parameters", settings_.place(model_key()));
    else
      problems_.add(ErrorKind::data, message + ", extend the site model or remove the sites",
                    settings_.place(model_key()));
  }

  /// Columns that the input lacks, from the reference_* parameters; override_vs30 replaces all.
  void fill_references(site::SiteModel& model) {
    const std::size_t n = model.points.size();
    auto& p = model.parameters;
    const auto fill = [&](std::vector<double>& column, std::string_view key) {
      if (const auto x = settings_.number(key); column.empty() && x) column.assign(n, *x);
    };
    fill(p.vs30, "reference_vs30_value");
    fill(p.z1pt0, "reference_depth_to_1pt0km_per_sec");
    fill(p.z2pt5, "reference_depth_to_2pt5km_per_sec");
    if (settings_.given("override_vs30")) {
      const Value::List& values = *settings_.value("override_vs30").list();
      if (values.size() == 1)
        p.vs30.assign(n, *values[0].number());
      else
        problems_.add(
            ErrorKind::unsupported,
            fmt::format("override_vs30 has {} values (one is offered), run the job once for each",
                        values.size()),
            settings_.place("override_vs30"));
    }
    if (p.vs30measured.empty() && !p.vs30.empty())
      p.vs30measured.assign(n, settings_.text("reference_vs30_type") == "measured" ? 1 : 0);
  }

  void check_needs(const site::SiteParameters& p, const std::vector<gmm::ModelInfo>& models) {
    using gmm::Needs;
    struct Need {
      Needs need;
      const char* name;
      bool given;
      const char* advice;
      const char* reference;
    };
    const Need needs[] = {
        {Needs::vs30, "vs30", !p.vs30.empty(), "reference_vs30_value", "reference_vs30_value"},
        {Needs::z1pt0, "z1pt0", !p.z1pt0.empty(),
         "reference_depth_to_1pt0km_per_sec (m; -999 = the model's own relation)",
         "reference_depth_to_1pt0km_per_sec"},
        {Needs::z2pt5, "z2pt5", !p.z2pt5.empty(),
         "reference_depth_to_2pt5km_per_sec (km; -999 = the model's own relation)",
         "reference_depth_to_2pt5km_per_sec"},
        {Needs::xvf, "xvf", !p.xvf.empty(), "a column xvf of the site model", ""},
        {Needs::region, "region", !p.region.empty(), "a column region of the site model", ""}};
    for (const Need& need : needs) {
      std::vector<std::string> who;
      for (const gmm::ModelInfo& model : models)
        if (gmm::contains(model.needs, need.need) &&
            std::ranges::find(who, model.name) == who.end())
          who.push_back(model.name);
      if (need.given || who.empty() || (*need.reference && settings_.broken(need.reference)))
        continue;
      problems_.add(ErrorKind::config,
                    fmt::format("the sites have no {} (needed by {}), give {}{}", need.name,
                                fmt::join(who, ", "), need.advice,
                                *need.reference ? " or a site model with this column" : ""),
                    settings_.place("sites"));
    }
  }
  void fill_backarc(site::SiteModel& model, const std::vector<gmm::ModelInfo>& models) const {
    for (const gmm::ModelInfo& info : models)
      if (gmm::contains(info.needs, gmm::Needs::backarc) && model.parameters.backarc.empty())
        model.parameters.backarc.assign(model.points.size(), 0);
  }

  const Settings& settings_;
  InputFiles& files_;
  const std::filesystem::path& folder_;
  core::Problems& problems_;
};

}  // namespace

site::SiteCollection read_sites(const Settings& settings, InputFiles& files,
                                const std::filesystem::path& folder,
                                const std::vector<gmm::ModelInfo>& models,
                                core::Problems& problems) {
  return SitesReader(settings, files, folder, problems).read(models);
}

}  // namespace shakefield::job
