// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "source_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "nrml_geometry.hpp"
#include "nrml_parts.hpp"
#include "shakefield/source/moment_rate.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;
using source::AlternativeCharacteristicMfd;
using source::TruncatedGr;

[[noreturn]] void refuse(std::string_view what) {
  throw core::Error(ErrorKind::data,
                    fmt::format("the source has no {} that could be changed, limit the branch set "
                                "by applyToSources",
                                what));
}

/// The part of a description that `get` picks, if its kind of source has one.
template <class Part, class Get>
Part& part(SourceDescription& source, std::string_view what, const Get& get) {
  Part* found = nullptr;
  std::visit(
      [&](auto& content) {
        if constexpr (requires { get(content); }) found = &get(content);
      },
      source.content);
  if (!found) refuse(what);
  return *found;
}

/// Visits the distribution of a source, or those of its points.
template <class Visit>
void each_mfd(SourceDescription& source, const Visit& visit) {
  bool has_any = false;
  std::visit(
      [&](auto& content) {
        if constexpr (requires { content.mfd.mfd; }) {
          visit(content.mfd.mfd);
          has_any = true;
        } else if constexpr (requires { content.mfds; }) {
          for (source::Mfd& mfd : content.mfds) visit(mfd);
          has_any = true;
        }
      },
      source.content);
  if (!has_any) refuse("magnitude-frequency distribution");
}

/// A Gutenberg-Richter distribution; a slip rate becomes the a value that it stands for.
TruncatedGr& truncated_gr(source::Mfd& mfd, const SourceDescription& source) {
  if (const auto* slip = std::get_if<source::SlipRateGr>(&mfd))
    mfd = source::with_area(*slip, slip_area_km2(source));
  auto* found = std::get_if<TruncatedGr>(&mfd);
  if (!found) refuse("truncGutenbergRichterMFD");
  return *found;
}

/// Runs `change` on Gutenberg-Richter distributions.
template <class Change>
void change_gr(SourceDescription& source, const Change& change) {
  each_mfd(source, [&](source::Mfd& mfd) { change(truncated_gr(mfd, source)); });
}

/// The same also on distributions of two zones.
template <class Change>
void change_exponential(SourceDescription& source, const Change& change) {
  each_mfd(source, [&](source::Mfd& mfd) {
    if (auto* two_zones = std::get_if<AlternativeCharacteristicMfd>(&mfd))
      change(*two_zones);
    else
      change(truncated_gr(mfd, source));
  });
}

/// Changes a distribution and restores its moment rate.
template <class Kind, class Change>
void keep_moment(Kind& distribution, const Change& change) {
  const double moment_rate = source::moment_rate_nm(distribution);
  change(distribution);
  distribution = source::with_moment_rate(distribution, moment_rate);
}

double& slope(TruncatedGr& d) {
  return d.b;
}
double& slope(AlternativeCharacteristicMfd& d) {
  return d.b_gr;
}

std::vector<double> numbers(const XmlNode& model, std::size_t count) {
  std::vector<double> values = model.numbers();
  if (values.size() != count)
    model.fail(fmt::format("'{}' is no value of this uncertainty ({} {} expected), correct it",
                           model.text(), count, count == 1 ? "number is" : "numbers are"));
  return values;
}

/// What a reader of values gets.
struct Input {
  const XmlNode& model;
  const SourceOptions& options;
  core::Problems& problems;

  double number() const { return numbers(model, 1).front(); }
  /// Spacing of the mesh of a geometry, where the element gives its own.
  double spacing(const XmlNode& geometry, double otherwise) const {
    return geometry.find_attribute("spacing") ? geometry.number_attribute("spacing", 0.01, 1000)
                                              : otherwise;
  }
};

SourceChange set_max_mag(const Input& in) {
  return [mag = in.number()](SourceDescription& s) {
    change_exponential(s, [&](auto& d) { d.max_mag = mag; });
  };
}
SourceChange add_to_max_mag(const Input& in) {
  return [step = in.number()](SourceDescription& s) {
    change_gr(s,
              [&](TruncatedGr& d) { keep_moment(d, [&](TruncatedGr& x) { x.max_mag += step; }); });
  };
}
SourceChange add_to_max_mag_only(const Input& in) {
  return [step = in.number()](SourceDescription& s) {
    change_gr(s, [&](TruncatedGr& d) { d.max_mag += step; });
  };
}
SourceChange set_b(const Input& in) {
  return [b = in.number()](SourceDescription& s) {
    change_exponential(s, [&](auto& d) { slope(d) = b; });
  };
}
SourceChange add_to_b(const Input& in) {
  return [step = in.number()](SourceDescription& s) {
    change_exponential(s, [&](auto& d) { keep_moment(d, [&](auto& x) { slope(x) += step; }); });
  };
}
SourceChange set_a_b(const Input& in) {
  return [v = numbers(in.model, 2)](SourceDescription& s) {
    change_gr(s, [&](TruncatedGr& d) {
      d.a = v[0];
      d.b = v[1];
    });
  };
}
SourceChange set_a_b_max_mag(const Input& in) {
  return [v = numbers(in.model, 3)](SourceDescription& s) {
    change_gr(s, [&](TruncatedGr& d) { d = {v[0], v[1], d.min_mag, v[2]}; });
  };
}
/// Runs `change` on distributions of two zones; `balanced` restores the moment rate.
template <class Change>
void change_two_zones(SourceDescription& source, bool balanced, const Change& change) {
  each_mfd(source, [&](source::Mfd& mfd) {
    auto* two_zones = std::get_if<AlternativeCharacteristicMfd>(&mfd);
    if (!two_zones) refuse("alternativeCharacteristicMFD");
    if (balanced)
      keep_moment(*two_zones, change);
    else
      change(*two_zones);
  });
}
SourceChange set_b_ac(const Input& in) {
  return [b = in.number()](SourceDescription& s) {
    change_two_zones(s, false, [&](auto& d) { d.b_ac = b; });
  };
}
SourceChange add_to_b_ac(const Input& in) {
  return [step = in.number()](SourceDescription& s) {
    change_two_zones(s, true, [&](auto& d) { d.b_ac += step; });
  };
}
SourceChange add_to_zones(const Input& in, bool balanced) {
  return [v = numbers(in.model, 2), balanced](SourceDescription& s) {
    change_two_zones(s, balanced, [&](auto& d) {
      d.max_mag += v[0];
      d.delta_mag += v[1];
    });
  };
}
SourceChange add_to_zones_balanced(const Input& in) {
  return add_to_zones(in, true);
}
SourceChange add_to_zones_only(const Input& in) {
  return add_to_zones(in, false);
}

SourceChange set_rates(const Input& in) {
  const XmlNode node = in.model.child("incrementalMFD");
  return [rates = read_mfd(node), place = node.place()](SourceDescription& s) {
    auto& placed =
        part<PlacedMfd>(s, "incrementalMFD", [](auto& c) -> decltype((c.mfd)) { return c.mfd; });
    if (!std::holds_alternative<source::IncrementalMfd>(placed.mfd)) refuse("incrementalMFD");
    placed = {rates, place};
  };
}
SourceChange set_slip(const Input& in) {
  const XmlNode node = in.model.child("faultActivityData");
  source::SlipRateGr slip;
  slip.slip_rate_mm_yr = node.number_attribute("slipRate", 0);
  slip.rigidity_gpa = node.number_attribute("rigidity", 0);
  if (node.find_attribute("constant_term"))
    slip.moment_constant = node.number_attribute("constant_term");
  return [slip](SourceDescription& s) {
    change_gr(s, [&](TruncatedGr& d) {
      source::SlipRateGr own = slip;
      own.b = d.b;
      own.min_mag = d.min_mag;
      own.max_mag = d.max_mag;
      d = source::with_area(own, slip_area_km2(s));
    });
  };
}

rupture::SimpleFaultGeometry& simple_fault(SourceDescription& source) {
  auto* content = std::get_if<SimpleFaultDescription>(&source.content);
  if (!content) refuse("simpleFaultGeometry");
  return content->geometry;
}
void set_dip_of(SourceDescription& source, double dip_deg) {
  core::validate(
      dip_deg > 0 && dip_deg <= 90, ErrorKind::data,
      fmt::format("the dip becomes {} degrees (allowed: (0, 90]), correct the value", dip_deg));
  simple_fault(source).dip_deg = dip_deg;
}
SourceChange set_dip(const Input& in) {
  return [dip = in.number()](SourceDescription& s) { set_dip_of(s, dip); };
}
SourceChange add_to_dip(const Input& in) {
  return
      [step = in.number()](SourceDescription& s) { set_dip_of(s, simple_fault(s).dip_deg + step); };
}
SourceChange set_simple_fault(const Input& in) {
  const XmlNode node = in.model.child("simpleFaultGeometry");
  return [geometry = simple_fault_geometry(node),
          spacing = in.spacing(node, in.options.spacings.simple_km)](SourceDescription& s) {
    simple_fault(s) = geometry;
    std::get<SimpleFaultDescription>(s.content).spacing_km = spacing;
  };
}
SourceChange set_complex_fault(const Input& in) {
  const XmlNode node = in.model.child("complexFaultGeometry");
  return [geometry = complex_fault_geometry(node),
          spacing = in.spacing(node, in.options.spacings.complex_km)](SourceDescription& s) {
    auto* content = std::get_if<ComplexFaultDescription>(&s.content);
    if (!content) refuse("complexFaultGeometry");
    content->geometry = geometry;
    content->spacing_km = spacing;
  };
}
SourceChange set_surface(const Input& in) {
  const XmlNode node = in.model.child("surface");
  MeshSpacings spacings = in.options.spacings;
  for (const XmlNode& geometry : node.children()) {
    spacings.simple_km = in.spacing(geometry, spacings.simple_km);
    spacings.complex_km = in.spacing(geometry, spacings.complex_km);
  }
  return [surface = read_surface(node, spacings, in.problems)](SourceDescription& s) {
    part<std::shared_ptr<const rupture::Surface>>(
        s, "surface", [](auto& c) -> decltype((c.surface)) { return c.surface; }) = surface;
  };
}
SourceChange set_area(const Input& in) {
  const XmlNode node = in.model.child("areaGeometry");
  return [area = area_polygon(node), upper = node.child("upperSeismoDepth").number(),
          lower = node.child("lowerSeismoDepth").number()](SourceDescription& s) {
    auto* content = std::get_if<AreaDescription>(&s.content);
    if (!content) refuse("areaGeometry");
    content->area = area;
    content->properties.upper_depth_km = upper;
    content->properties.lower_depth_km = lower;
  };
}

double& upper_depth(SourceDescription& source) {
  return part<double>(source, "upperSeismoDepth",
                      [](auto& c) -> decltype((c.properties.upper_depth_km)) {
                        return c.properties.upper_depth_km;
                      });
}
double& lower_depth(SourceDescription& source) {
  if (auto* fault = std::get_if<SimpleFaultDescription>(&source.content))
    return fault->geometry.lower_depth_km;
  return part<double>(source, "lowerSeismoDepth",
                      [](auto& c) -> decltype((c.properties.lower_depth_km)) {
                        return c.properties.lower_depth_km;
                      });
}
SourceChange set_upper_depth(const Input& in) {
  return [depth = in.number()](SourceDescription& s) { upper_depth(s) = depth; };
}
SourceChange add_to_upper_depth(const Input& in) {
  return [step = in.number()](SourceDescription& s) { upper_depth(s) += step; };
}
SourceChange set_lower_depth(const Input& in) {
  return [depth = in.number()](SourceDescription& s) { lower_depth(s) = depth; };
}
SourceChange add_to_lower_depth(const Input& in) {
  return [step = in.number()](SourceDescription& s) { lower_depth(s) += step; };
}

source::AspectRatio& aspect_ratio(SourceDescription& source) {
  return part<source::AspectRatio>(
      source, "ruptAspectRatio",
      [](auto& c) -> decltype((c.properties.aspect_ratio)) { return c.properties.aspect_ratio; });
}
SourceChange set_aspect_ratio(const Input& in) {
  return [ratio = in.model.number(1e-6)](SourceDescription& s) {
    aspect_ratio(s) = source::AspectRatio::constant(ratio);
  };
}
SourceChange add_to_aspect_ratio(const Input& in) {
  return [step = in.number()](SourceDescription& s) {
    source::AspectRatio& ratio = aspect_ratio(s);
    ratio.low_ratio += step;
    ratio.high_ratio += step;
    core::validate(
        ratio.low_ratio > 0 && ratio.high_ratio > 0, ErrorKind::data,
        fmt::format("the aspect ratio becomes {} (it must be above 0), correct the value",
                    std::min(ratio.low_ratio, ratio.high_ratio)));
  };
}

SourceChange set_scaling(const Input& in) {
  return [scaling = source::ScalingRelation::named(in.model.text())](SourceDescription& s) {
    part<source::ScalingRelation>(
        s, "magScaleRel",
        [](auto& c) -> decltype((c.properties.scaling)) { return c.properties.scaling; }) = scaling;
  };
}
SourceChange recompute_max_mag(const Input& in) {
  return [epsilon = in.number()](SourceDescription& s) {
    simple_fault(s);
    const auto& fault = std::get<SimpleFaultDescription>(s.content).properties;
    const auto mag = fault.scaling.magnitude(slip_area_km2(s), fault.rake_deg);
    change_gr(s, [&](TruncatedGr& d) { d.max_mag = mag.median + epsilon * mag.sd; });
  };
}

using Reader = SourceChange (*)(const Input&);

/// docs/definitions/sources.md, section 6, "Uncertainty type".
const std::map<std::string_view, Reader>& readers() {
  static const std::map<std::string_view, Reader> table{
      {"abGRAbsolute", set_a_b},
      {"abMaxMagAbsolute", set_a_b_max_mag},
      {"areaSourceGeometryAbsolute", set_area},
      {"bACAbsolute", set_b_ac},
      {"bACRelative", add_to_b_ac},
      {"bGRAbsolute", set_b},
      {"bGRRelative", add_to_b},
      {"characteristicFaultGeometryAbsolute", set_surface},
      {"complexFaultGeometryAbsolute", set_complex_fault},
      {"incrementalMFDAbsolute", set_rates},
      {"maxMagAndDeltaMagACRelative", add_to_zones_balanced},
      {"maxMagAndDeltaMagACRelativeNoMoBalance", add_to_zones_only},
      {"maxMagGRAbsolute", set_max_mag},
      {"maxMagGRRelative", add_to_max_mag},
      {"maxMagGRRelativeNoMoBalance", add_to_max_mag_only},
      {"recomputeMmax", recompute_max_mag},
      {"setAspectRatioAbsolute", set_aspect_ratio},
      {"setAspectRatioRelative", add_to_aspect_ratio},
      {"setLowerSeismDepthAbsolute", set_lower_depth},
      {"setLowerSeismDepthRelative", add_to_lower_depth},
      {"setMSRAbsolute", set_scaling},
      {"setUpperSeismDepthAbsolute", set_upper_depth},
      {"setUpperSeismDepthRelative", add_to_upper_depth},
      {"simpleFaultDipAbsolute", set_dip},
      {"simpleFaultDipRelative", add_to_dip},
      {"simpleFaultGeometryAbsolute", set_simple_fault},
      {"truncatedGRFromSlipAbsolute", set_slip},
  };
  return table;
}

}  // namespace

bool SourceFilter::matches(const SourceDescription& source) const {
  if (!ids.empty()) return std::ranges::find(ids, source.info.id) != ids.end();
  if (!tectonic_region.empty()) return source.info.tectonic_region == tectonic_region;
  return source_type.empty() || source.kind == source_type + "Source";
}

bool is_source_change(std::string_view uncertainty_type) {
  return readers().contains(uncertainty_type);
}

bool needs_one_source(std::string_view uncertainty_type) {
  return uncertainty_type.ends_with("Absolute");
}

SourceChange read_source_change(const std::string& uncertainty_type, const XmlNode& model,
                                const SourceOptions& options, core::Problems& problems) {
  return at_place(model, [&] {
    return readers().at(uncertainty_type)({model, options, problems});
  });
}

}  // namespace shakefield::job
