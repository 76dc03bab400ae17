// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "columns.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/site/site_collection.hpp"

namespace shakefield::site {

namespace {

using core::Scalar;

std::vector<double> column_of(const std::vector<geo::Point>& points, double geo::Point::*member) {
  std::vector<double> column;
  column.reserve(points.size());
  for (const geo::Point& p : points) column.push_back(p.*member);
  return column;
}

std::size_t longest(const std::vector<std::string>& texts) {
  std::size_t length = 1;
  for (const std::string& text : texts) length = std::max(length, text.size());
  return length;
}

void read_column(const core::Array& array, const char* name, std::vector<double>& column) {
  column = array.column_f64(name);
}

void read_column(const core::Array& array, const char* name, std::vector<std::uint8_t>& column) {
  for (const std::int64_t value : array.column_i64(name))
    column.push_back(static_cast<std::uint8_t>(value));
}

}  // namespace

std::pair<core::Array, core::Attributes> to_hdf5(const SiteCollection& sites) {
  const SiteParameters& parameters = sites.parameters();
  core::RowType row;
  row.add("lon", Scalar::f64, "degrees").add("lat", Scalar::f64, "degrees");
  row.add("depth", Scalar::f64, "km");
  for_each_column([&](const char* name, const char* units, auto column) {
    using Value = typename std::remove_cvref_t<decltype(parameters.*column)>::value_type;
    if (!(parameters.*column).empty()) row.add(name, core::scalar_of<Value>(), units);
  });
  row.add("key", Scalar::u64);
  row.add("custom_site_id", Scalar::bytes, "1", longest(sites.custom_ids()));

  core::Array array(std::move(row), {sites.size()});
  const auto set = [&]<class T>(const char* name, const std::vector<T>& values) {
    array.set_column(name, std::span<const T>(values));
  };
  set("lon", column_of(sites.points(), &geo::Point::lon_deg));
  set("lat", column_of(sites.points(), &geo::Point::lat_deg));
  set("depth", column_of(sites.points(), &geo::Point::depth_km));
  for_each_column([&](const char* name, const char*, auto column) {
    if (!(parameters.*column).empty()) set(name, parameters.*column);
  });
  set("key", sites.keys());
  set("custom_site_id", sites.custom_ids());
  return {std::move(array), core::Attributes{{"axes", std::vector<std::string>{"site"}}}};
}

SiteCollection from_hdf5(const core::Array& array, const core::Attributes&,
                         std::type_identity<SiteCollection>) {
  const std::vector<double> lon = array.column_f64("lon"), lat = array.column_f64("lat"),
                            depth = array.column_f64("depth");
  std::vector<geo::Point> points;
  points.reserve(lon.size());
  for (std::size_t i = 0; i < lon.size(); ++i) points.push_back({lon[i], lat[i], depth[i]});
  SiteParameters parameters;
  for_each_column([&](const char* name, const char*, auto column) {
    if (array.type().has(name)) read_column(array, name, parameters.*column);
  });
  return SiteCollection(std::move(points), std::move(parameters),
                        array.column_text("custom_site_id"));
}

}  // namespace shakefield::site
