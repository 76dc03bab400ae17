// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nrml_parts.hpp"

#include <fmt/format.h>

#include <cmath>

#include "nrml_geometry.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

constexpr double largest_magnitude = 12;

}  // namespace

source::Mfd read_mfd(const XmlNode& node) {
  if (node.name() == "truncGutenbergRichterMFD") {
    if (node.find_attribute("slipRate"))
      node.fail(ErrorKind::unsupported, "slipRate is not offered yet (aValue is), give aValue");
    return source::TruncatedGr{node.number_attribute("aValue"), node.number_attribute("bValue", 0),
                               node.number_attribute("minMag", 0, largest_magnitude),
                               node.number_attribute("maxMag", 0, largest_magnitude)};
  }
  if (node.name() == "incrementalMFD")
    return source::IncrementalMfd{node.number_attribute("minMag", 0, largest_magnitude),
                                  node.number_attribute("binWidth", 0),
                                  node.child("occurRates").numbers()};
  node.fail(ErrorKind::unsupported,
            fmt::format("{} is not offered yet (this far: truncGutenbergRichterMFD, "
                        "incrementalMFD), use one of these",
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

source::ScalingRelation read_scaling(const XmlNode& source) {
  const XmlNode node = source.child("magScaleRel");
  return at_place(node, [&] { return source::ScalingRelation::named(node.text()); });
}

source::AspectRatio read_aspect_ratio(const XmlNode& source) {
  constexpr double smallest = 1e-6;
  const auto function = source.find("aspectRatioFunction");
  const auto constant = source.find("ruptAspectRatio");
  if (function && constant)
    function->fail(
        "ruptAspectRatio and aspectRatioFunction are both given (one is expected), remove one");
  if (!function)
    return source::AspectRatio::constant(source.child("ruptAspectRatio").number(smallest));
  const XmlNode points = function->child("mag_points");
  const auto nodes = points.children();
  if (function->attribute("type") != "linear_piecewise" || nodes.size() != 2)
    function->fail(
        "the aspectRatioFunction is not understood (type linear_piecewise with two points is), "
        "correct it");
  const source::AspectRatio ratio{nodes[0].number_attribute("mag", 0, largest_magnitude),
                                  nodes[0].number_attribute("aratio", smallest),
                                  nodes[1].number_attribute("mag", 0, largest_magnitude),
                                  nodes[1].number_attribute("aratio", smallest)};
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

}  // namespace shakefield::job
