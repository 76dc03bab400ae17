// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "generalized_coordinates.hpp"

#include <algorithm>
#include <cmath>

#include "shakefield/core/units.hpp"

namespace shakefield::rupture {
namespace {

using core::to_degrees;
using core::to_radians;
using Line = std::vector<geo::Point>;

double length_km(const Line& trace) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < trace.size(); ++i) sum += geo::arc_km(trace[i], trace[i + 1]);
  return sum;
}

/// Mean azimuth of the traces' segments, weighted with their lengths, (-180, 180].
double mean_strike_deg(const std::vector<Line>& traces) {
  double east = 0, north = 0;
  for (const Line& trace : traces)
    for (std::size_t i = 0; i + 1 < trace.size(); ++i) {
      const double length = geo::arc_km(trace[i], trace[i + 1]);
      const double azimuth = to_radians(geo::azimuth_deg(trace[i], trace[i + 1]));
      east += length * std::sin(azimuth);
      north += length * std::cos(azimuth);
    }
  return to_degrees(std::atan2(east, north));
}

/// Turns round the traces that run against the majority (by length along the mean strike).
void align(std::vector<Line>& traces) {
  const double mean = to_radians(mean_strike_deg(traces));
  std::vector<bool> against;
  double with_mean = 0, against_mean = 0;
  for (const Line& trace : traces) {
    const double azimuth = to_radians(mean_strike_deg({trace}));
    const double along = length_km(trace) * std::cos(azimuth - mean);
    against.push_back(along < 0);
    (along < 0 ? against_mean : with_mean) += std::abs(along);
  }
  const bool turn_those_against = with_mean >= against_mean;
  for (std::size_t k = 0; k < traces.size(); ++k)
    if (against[k] == turn_those_against) std::reverse(traces[k].begin(), traces[k].end());
}

}  // namespace

GeneralizedCoordinates::GeneralizedCoordinates(std::vector<Line> traces) {
  align(traces);
  const double strike = mean_strike_deg(traces);
  Line ends;
  for (const Line& trace : traces) ends.insert(ends.end(), {trace.front(), trace.back()});
  const auto common = geo::OrthographicProjection::about(ends);
  const auto east_of = [&](const geo::Point& p) {
    return common.forward(p.lon_deg, p.lat_deg).x_km;
  };
  // U grows from the end that comes first along the strike.
  constexpr double north_slack_deg = 0.1;
  const bool starts_west = (strike > 0 && strike <= 180) || std::abs(strike) < north_slack_deg;
  const geo::Point origin =
      starts_west ? std::ranges::min(ends, {}, east_of) : std::ranges::max(ends, {}, east_of);
  for (const Line& line : traces) {
    Trace trace{geo::OrthographicProjection::about(line), {}, 0};
    double passed = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const auto from = trace.projection.forward(line[i].lon_deg, line[i].lat_deg);
      const auto to = trace.projection.forward(line[i + 1].lon_deg, line[i + 1].lat_deg);
      const double length = std::hypot(to.x_km - from.x_km, to.y_km - from.y_km);
      if (length == 0) continue;
      trace.segments.push_back(
          {from, (to.x_km - from.x_km) / length, (to.y_km - from.y_km) / length, length, passed});
      passed += length;
    }
    const double azimuth = geo::azimuth_deg(origin, line.front());
    trace.shift = geo::arc_km(origin, line.front()) * std::cos(to_radians(strike - azimuth));
    traces_.push_back(std::move(trace));
  }
  for (const geo::Point& end : ends)
    u_max_ = std::max(u_max_, std::abs(at(end.lon_deg, end.lat_deg).u));
}

GeneralizedCoordinates::Tu GeneralizedCoordinates::at(double lon_deg, double lat_deg) const {
  // Nearer than this a site is on the line of a segment; on the segment itself its weight is large,
  // instead of infinite.
  constexpr double on_line_km = 0.1, softening_km = 0.01, on_segment_weight = 100;
  double t_sum = 0, u_sum = 0, weight_sum = 0;
  for (const Trace& trace : traces_) {
    const auto site = trace.projection.forward(lon_deg, lat_deg);
    double t_trace = 0, u_trace = 0, weight_trace = 0;
    bool is_on_trace = false;
    for (const Segment& s : trace.segments) {
      const double x = site.x_km - s.start.x_km, y = site.y_km - s.start.y_km;
      const double u = x * s.east + y * s.north, t = x * s.north - y * s.east;
      double weight = 0;
      if (std::abs(t) >= on_line_km) {
        weight = (std::atan((s.length - u) / t) - std::atan(-u / t)) / t;
      } else if (u < -on_line_km || u > s.length + on_line_km) {
        weight = 1 / (u - s.length) - 1 / u;
      } else {
        weight = 1 / (-softening_km - s.length) + on_segment_weight;
        is_on_trace = true;
      }
      t_trace += t * weight;
      u_trace += (u + s.passed) * weight;
      weight_trace += weight;
    }
    t_sum += is_on_trace ? 0 : t_trace;
    u_sum += u_trace + trace.shift * weight_trace;
    weight_sum += weight_trace;
  }
  return {t_sum / weight_sum, u_sum / weight_sum};
}

void GeneralizedCoordinates::fill(const geo::PointsView& sites, std::span<double> r_x,
                                  std::span<double> r_y0) const {
  for (std::size_t i = 0; i < sites.size; ++i) {
    const Tu site = at(sites.lon_deg[i], sites.lat_deg[i]);
    if (!r_x.empty()) r_x[i] = site.t;
    if (!r_y0.empty()) r_y0[i] = std::max({0.0, -site.u, site.u - u_max_});
  }
}

}  // namespace shakefield::rupture
