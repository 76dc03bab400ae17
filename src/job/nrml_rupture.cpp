// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nrml_rupture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "shakefield/source/scaling.hpp"

namespace shakefield::job {
namespace {

constexpr double largest_magnitude = 11;

XmlNode rupture_element(const XmlFile& file) {
  constexpr std::array kinds{"simpleFaultRupture", "complexFaultRupture", "singlePlaneRupture",
                             "multiPlanesRupture", "griddedRupture"};
  const auto elements = file.root().children();
  if (elements.empty())
    file.root().fail(
        "the file holds no rupture (a rupture element is expected inside nrml), add one");
  const XmlNode& node = elements.front();
  if (node.name() == "ruptureCollection" || elements.size() > 1)
    node.fail(core::ErrorKind::unsupported,
              "several ruptures in one file are not offered, keep one");
  if (std::ranges::find(kinds, node.name()) == kinds.end())
    node.fail(
        fmt::format("'{}' is no rupture (simpleFaultRupture, complexFaultRupture, "
                    "singlePlaneRupture, griddedRupture "
                    "are understood), correct the element",
                    node.name()));
  return node;
}

/// Reads keys of a map and remembers none: a key that is not known is an error.
class MapReader {
 public:
  explicit MapReader(const Value::Map& map) : map_(map) {
    constexpr std::array known{"lon",    "lat", "dep", "mag", "rake",
                               "strike", "dip", "trt", "msr", "aspect_ratio"};
    for (const auto& [key, value] : map_)
      if (std::ranges::find(known, key) == known.end())
        fail(
            fmt::format("unknown key '{}' (known: lon, lat, dep, mag, rake, strike, dip, trt, msr, "
                        "aspect_ratio), remove it",
                        key));
  }
  const Value* find(std::string_view key) const {
    const auto it = std::ranges::find(map_, key, [](const auto& item) { return item.first; });
    return it == map_.end() ? nullptr : &it->second;
  }
  double number(std::string_view key, double low, double high,
                std::optional<double> otherwise = {}) const {
    const Value* value = find(key);
    if (!value && otherwise) return *otherwise;
    if (!value) fail(fmt::format("{} is missing, add \"{}\": …", key, key));
    double x = 0;
    if (value->number())
      x = *value->number();
    else if (!value->text() || !parse_number(*value->text(), x))
      x = NAN;
    if (!(x >= low && x <= high))
      fail(fmt::format("{} = {} is out of range (allowed: [{}, {}]), correct it", key,
                       to_text(*value), low, high));
    return x;
  }
  [[noreturn]] static void fail(const std::string& message) {
    throw core::Error(core::ErrorKind::config, "rupture_dict: " + message);
  }

 private:
  const Value::Map& map_;
};

}  // namespace

rupture::Rupture read_rupture(const XmlFile& file, const MeshSpacings& spacings,
                              core::Problems& problems) {
  const XmlNode node = rupture_element(file);
  rupture::Rupture r;
  r.mag = node.child("magnitude").number(0, largest_magnitude);
  const XmlNode rake = node.child("rake");
  r.rake_deg = read_rake(rake, rake.text());
  if (std::isnan(r.rake_deg))
    rake.fail("rake is undefined (a scenario's models need it), give a number in (-180, 180]");
  r.hypocentre = located(node.child("hypocenter"));
  r.surface = read_surface(node, spacings, problems);
  if (!rupture::is_on_surface(*r.surface, r.hypocentre)) {
    const geo::Point middle = r.surface->middle();
    problems.warn(fmt::format("the hypocentre ({}, {}, {} km) is not on the rupture surface (as "
                              "distances need it), moved to the "
                              "surface's middle ({:.5f}, {:.5f}, {:.3f} km)",
                              r.hypocentre.lon_deg, r.hypocentre.lat_deg, r.hypocentre.depth_km,
                              middle.lon_deg, middle.lat_deg, middle.depth_km),
                  node.child("hypocenter").place());
    r.hypocentre = middle;
  }
  return r;
}

rupture::Rupture rupture_from_map(const Value::Map& map) {
  const MapReader keys(map);
  rupture::PointRupture point;
  point.hypocentre = {keys.number("lon", -180, 180), keys.number("lat", -90, 90),
                      keys.number("dep", 0, 1000)};
  point.mag = keys.number("mag", 0, largest_magnitude);
  point.rake_deg = keys.number("rake", -180, 180);
  point.strike_deg = keys.number("strike", 0, 360, 0);
  point.dip_deg = keys.number("dip", 1e-3, 90, 90);
  point.aspect_ratio = keys.number("aspect_ratio", 1e-3, 1e3, 2);
  if (const Value* msr = keys.find("msr"))
    point.area_km2 =
        source::ScalingRelation::named(to_text(*msr)).area_km2(point.mag, *point.rake_deg);

  rupture::Rupture r;
  r.mag = point.mag;
  r.rake_deg = *point.rake_deg;
  r.hypocentre = point.hypocentre;
  if (const Value* trt = keys.find("trt")) r.tectonic_region = to_text(*trt);
  r.surface = rupture::make_point_rupture_surface(point);
  return r;
}

}  // namespace shakefield::job
