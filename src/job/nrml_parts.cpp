// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nrml_parts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <string>

#include "nrml_geometry.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

constexpr double largest_magnitude = 12;

}  // namespace

source::Mfd read_mfd(const XmlNode& node) {
  const auto mag = [&](const char* name) {
    return node.number_attribute(name, 0, largest_magnitude);
  };
  const auto positive = [&](const char* name) { return node.number_attribute(name, 0); };
  if (node.name() == "truncGutenbergRichterMFD" && node.find_attribute("slipRate"))
    return source::SlipRateGr{positive("slipRate"), positive("rigidity"), positive("bValue"),
                              mag("minMag"), mag("maxMag")};
  if (node.name() == "truncGutenbergRichterMFD")
    return source::TruncatedGr{node.number_attribute("aValue"), positive("bValue"), mag("minMag"),
                               mag("maxMag")};
  if (node.name() == "incrementalMFD")
    return source::IncrementalMfd{mag("minMag"), positive("binWidth"),
                                  node.child("occurRates").numbers()};
  if (node.name() == "arbitraryMFD")
    return source::ArbitraryMfd{node.child("magnitudes").numbers(),
                                node.child("occurRates").numbers()};
  if (node.name() == "taperedGutenbergRichterMFD")
    return source::TaperedGr{node.number_attribute("aValue"), positive("bValue"), mag("minMag"),
                             mag("maxMag"), mag("cornerMag")};
  if (node.name() == "YoungsCoppersmithMFD") {
    source::YoungsCoppersmithMfd mfd{mag("minMag"), positive("bValue"), mag("characteristicMag"),
                                     positive("binWidth")};
    if (node.find_attribute("totalMomentRate"))
      mfd.total_moment_rate_nm = positive("totalMomentRate");
    else
      mfd.characteristic_rate = positive("characteristicRate");
    return mfd;
  }
  if (node.name() == "alternativeCharacteristicMFD") {
    source::AlternativeCharacteristicMfd mfd{mag("minMag"),
                                             mag("maxMag"),
                                             positive("bGR"),
                                             positive("bAC"),
                                             0,
                                             positive("deltaMagAC"),
                                             0};
    if (node.find_attribute("refMagGR"))
      return at_place(node, [&] {
        return source::with_reference_rates(
            mfd, {mag("refMagGR"), positive("rateRefGR"), mag("refMagAC"), positive("rateRefAC")});
      });
    mfd.gamma = node.number_attribute("gamma", 0, 1);
    mfd.total_rate = positive("totalRate");
    return mfd;
  }
  if (node.name() == "multiMFD")
    node.fail(
        "multiMFD belongs into a multiPointSource (other sources have one distribution for "
        "all of their ruptures), use another distribution");
  node.fail(ErrorKind::unsupported,
            fmt::format("{} is not offered (it is none of the magnitude-frequency distributions of "
                        "docs/definitions/sources.md), use another distribution",
                        node.name()));
}

PlacedMfd read_mfd_of(const XmlNode& source) {
  std::vector<XmlNode> found = source.children();
  std::erase_if(found, [](const XmlNode& n) { return !n.name().ends_with("MFD"); });
  if (found.size() != 1)
    source.fail(fmt::format(
        "{} has {} magnitude-frequency distributions (exactly one is expected), correct it",
        source.name(), found.size()));
  return {read_mfd(found.front()), found.front().place()};
}

namespace {

/// Fields of a multiMFD, one value a point each, or one for all.
class MultiMfdFields {
 public:
  MultiMfdFields(const XmlNode& node, std::size_t points) : node_(node), points_(points) {}

  double value(const char* name, std::size_t point) { return pick(values(name), name, point); }
  bool has(const char* name) const { return node_.find(name).has_value(); }
  /// A point's part of a list that `lengths` cuts.
  std::vector<double> part(const char* name, std::size_t point) {
    const std::vector<double>& flat = values(name);
    if (starts_.empty()) set_starts();
    const std::size_t length = starts_[point + 1] - starts_[point];
    const bool is_shared = flat.size() == length;
    if (!is_shared && flat.size() != starts_.back())
      node_.child(name).fail(fmt::format("{} has {} numbers (lengths sum to {}), correct it", name,
                                         flat.size(), starts_.back()));
    const auto first = flat.begin() + static_cast<std::ptrdiff_t>(is_shared ? 0 : starts_[point]);
    return {first, first + static_cast<std::ptrdiff_t>(length)};
  }

 private:
  const std::vector<double>& values(const char* name) {
    auto [known, is_new] = fields_.try_emplace(name);
    if (is_new) known->second = node_.child(name).numbers();
    return known->second;
  }
  double pick(const std::vector<double>& list, const char* name, std::size_t point) const {
    if (list.size() != 1 && list.size() != points_)
      node_.child(name).fail(
          fmt::format("{} has {} numbers (1 or {} are expected, one a point), "
                      "correct it",
                      name, list.size(), points_));
    return list.size() == 1 ? list.front() : list[point];
  }
  void set_starts() {
    starts_.push_back(0);
    for (std::size_t point = 0; point < points_; ++point) {
      const double length = value("lengths", point);
      if (!(length >= 1 && length <= 1e6) || length != std::floor(length))
        node_.child("lengths").fail(
            fmt::format("length {} is no number of rates (1, 2, ...), correct it", length));
      starts_.push_back(starts_.back() + static_cast<std::size_t>(length));
    }
  }

  const XmlNode& node_;
  std::size_t points_;
  std::map<std::string, std::vector<double>> fields_;
  std::vector<std::size_t> starts_;
};

}  // namespace

MultiMfd read_multi_mfd(const XmlNode& source, std::size_t points) {
  const XmlNode node = source.child("multiMFD");
  const std::string kind = node.attribute("kind");
  if (node.number_attribute("size", 1, 1e9) != static_cast<double>(points))
    node.fail(
        fmt::format("multiMFD has the size {} and the source {} points (they must be equal), "
                    "correct one",
                    node.attribute("size"), points));
  MultiMfdFields fields(node, points);
  MultiMfd multi{{}, {}, node.place()};
  for (std::size_t i = 0; i < points; ++i) {
    if (kind == "truncGutenbergRichterMFD") {
      multi.mfds.emplace_back(
          source::TruncatedGr{fields.value("a_val", i), fields.value("b_val", i),
                              fields.value("min_mag", i), fields.value("max_mag", i)});
      if (fields.has("bin_width")) multi.bin_widths.push_back(fields.value("bin_width", i));
    } else if (kind == "incrementalMFD") {
      multi.mfds.emplace_back(source::IncrementalMfd{
          fields.value("min_mag", i), fields.value("bin_width", i), fields.part("occurRates", i)});
    } else if (kind == "arbitraryMFD") {
      multi.mfds.emplace_back(
          source::ArbitraryMfd{fields.part("magnitudes", i), fields.part("occurRates", i)});
    } else {
      node.fail(ErrorKind::unsupported,
                fmt::format("multiMFD of kind {} is not offered (truncGutenbergRichterMFD, "
                            "incrementalMFD, arbitraryMFD are), use one of these",
                            kind));
    }
  }
  return multi;
}

source::ScalingRelation read_scaling(const XmlNode& source) {
  const XmlNode node = source.child("magScaleRel");
  return at_place(node, [&] { return source::ScalingRelation::named(node.text()); });
}

source::AspectRatio read_aspect_ratio(const XmlNode& source) {
  constexpr double smallest = 1e-6, largest = 1e6;
  const auto function = source.find("aspectRatioFunction");
  const auto constant = source.find("ruptAspectRatio");
  if (function && constant)
    function->fail(
        "ruptAspectRatio and aspectRatioFunction are both given (one is expected), remove one");
  if (!function)
    return source::AspectRatio::constant(source.child("ruptAspectRatio").number(smallest, largest));
  const XmlNode points = function->child("mag_points");
  const auto nodes = points.children();
  if (function->attribute("type") != "linear_piecewise" || nodes.size() != 2)
    function->fail(
        "the aspectRatioFunction is not understood (type linear_piecewise with two points is), "
        "correct it");
  const source::AspectRatio ratio{nodes[0].number_attribute("mag", 0, largest_magnitude),
                                  nodes[0].number_attribute("aratio", smallest, largest),
                                  nodes[1].number_attribute("mag", 0, largest_magnitude),
                                  nodes[1].number_attribute("aratio", smallest, largest)};
  if (ratio.high_mag <= ratio.low_mag)
    nodes[1].fail("the magnitudes of aspectRatioFunction do not ascend, sort the points");
  return ratio;
}

std::vector<source::NodalPlane> read_nodal_planes(const XmlNode& distribution) {
  std::vector<source::NodalPlane> planes;
  for (const XmlNode& node : distribution.children("nodalPlane")) {
    source::NodalPlane plane;
    plane.probability = node.number_attribute("probability", 0, 1);
    plane.strike_deg = node.number_attribute("strike", 0, 360);
    plane.dip_deg = node.number_attribute("dip", 0, 90);
    plane.rake_deg = read_rake(node, node.attribute("rake"));
    if (plane.strike_deg == 360)
      node.fail("strike = 360 is out of range (allowed: [0, 360)), write 0");
    if (plane.dip_deg == 0) node.fail("dip = 0 is out of range (allowed: (0, 90]), correct it");
    planes.push_back(plane);
  }
  return at_place(distribution, [&] { return source::merged(std::move(planes)); });
}

std::vector<source::HypoDepth> read_hypo_depths(const XmlNode& distribution) {
  std::vector<source::HypoDepth> depths;
  for (const XmlNode& node : distribution.children("hypoDepth")) {
    source::HypoDepth depth;
    depth.probability = node.number_attribute("probability", 0, 1);
    depth.depth_km = node.number_attribute("depth");
    if (node.find_attribute("fixedDipFrac"))
      depth.dip_fraction = node.number_attribute("fixedDipFrac", 1e-9, 1);
    depths.push_back(depth);
  }
  return at_place(distribution, [&] { return source::merged(std::move(depths)); });
}

FaultHypocentres read_fault_hypocentres(const XmlNode& source) {
  FaultHypocentres hypocentres;
  const auto places = source.find("hypoList"), slips = source.find("slipList");
  if (places.has_value() != slips.has_value())
    (places ? places : slips)
        ->fail("hypoList and slipList go together (only one of them is given), add the other");
  if (places) {
    for (const XmlNode& node : places->children("hypo"))
      hypocentres.places.push_back({node.number_attribute("alongStrike", 0, 1),
                                    node.number_attribute("downDip", 0, 1),
                                    node.number_attribute("weight", 0, 1)});
    for (const XmlNode& node : slips->children("slip"))
      hypocentres.slip_weights.push_back(node.number_attribute("weight", 0, 1));
    if (hypocentres.places.empty() || hypocentres.slip_weights.empty())
      places->fail("hypoList or slipList is empty (each needs an entry), add one or remove both");
  } else if (const auto distribution = source.find("hypoDepthDist")) {
    for (const XmlNode& node : distribution->children("hypoDepth")) {
      hypocentres.depths.push_back(
          {node.number_attribute("probability", 0, 1), node.number_attribute("depth"), {}});
      if (node.find_attribute("fixedDipFrac"))
        hypocentres.depths.back().down_dip = node.number_attribute("fixedDipFrac", 1e-9, 1);
    }
  }
  return hypocentres;
}

source::TemporalModel read_temporal_model(const XmlNode& node,
                                          const source::TemporalModel& otherwise) {
  using Kind = source::TemporalModel::Kind;
  const std::string name = node.find_attribute("tom").value_or("");
  if (name.empty()) return otherwise;
  if (name == "PoissonTOM" || name == "ClusterPoissonTOM") return {};
  if (name == "FatedTOM") return {Kind::fated, 0};
  if (name == "NegativeBinomialTOM")
    return {Kind::negative_binomial, node.number_attribute("alpha", 1e-12)};
  node.fail(
      fmt::format("tom = '{}' is not known (PoissonTOM, NegativeBinomialTOM, FatedTOM, "
                  "ClusterPoissonTOM are), correct it",
                  name));
}

}  // namespace shakefield::job
