// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nrml_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "nrml_parts.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;
using Content = decltype(SourceDescription::content);

/// Reads the sources of one file.
class SourceModelReader {
 public:
  SourceModelReader(const SourceOptions& options, core::Problems& problems)
      : options_(options), problems_(problems) {}

  SourceList read(const XmlFile& file) {
    collect([&] {
      const XmlNode model = file.root().child("sourceModel");
      for (const XmlNode& child : model.children()) {
        if (child.name() == "sourceGroup")
          collect([&] { read_group(child); });
        else if (file.minor_version() == 4)
          add(child, {});
        else
          problems_.add(ErrorKind::data,
                        fmt::format("'{}' stands outside of a sourceGroup (NRML 0.5 wants groups), "
                                    "put it into one or declare "
                                    "the namespace of NRML 0.4",
                                    child.name()),
                        child.place());
      }
      if (model.children().empty())
        model.fail("the source model holds no source (at least one is expected), add one");
    });
    if (file.minor_version() == 4)
      list_.groups.push_back({.first = 0, .last = list_.sources.size()});
    return std::move(list_);
  }

 private:
  template <class Work>
  void collect(Work&& work) {
    try {
      work();
    } catch (const core::Error& e) {
      problems_.add(e);
    }
  }

  void read_group(const XmlNode& group) {
    for (const auto& [key, harmless] :
         {std::pair{"src_interdep", "indep"}, {"rup_interdep", "indep"}, {"cluster", "false"}})
      if (const auto value = group.find_attribute(key); value && lowered(*value) != harmless)
        group.fail(
            ErrorKind::unsupported,
            fmt::format(
                "{} = '{}' of a sourceGroup is not offered yet ({} is), remove the attribute", key,
                *value, harmless));
    const std::string region = group.attribute("tectonicRegion");
    const std::size_t first = list_.sources.size();
    for (const XmlNode& child : group.children()) add(child, region);
    list_.groups.push_back({.first = first, .last = list_.sources.size()});
  }

  void add(const XmlNode& node, const std::string& group_region) {
    collect([&] {
      source::SourceInfo info{
          checked_id(node), node.find_attribute("name").value_or(""), group_region, {}};
      if (const auto own = node.find_attribute("tectonicRegion")) {
        if (!group_region.empty() && *own != group_region)
          node.fail(
              fmt::format("source '{}' has the tectonic region '{}' and its group '{}' (they must "
                          "be equal), correct one",
                          info.id, *own, group_region));
        info.tectonic_region = *own;
      }
      if (info.tectonic_region.empty())
        node.fail(fmt::format("source '{}' has no tectonicRegion (it needs one), add it", info.id));
      if (!ids_.insert(info.id).second)
        problems_.warn(fmt::format("the source id '{}' is used twice in this file (ids should be "
                                   "unique); both are kept",
                                   info.id),
                       node.place());
      Content content = describe(node, info);
      list_.sources.push_back(
          {std::move(info), node.place(), std::move(content), std::string(node.name())});
    });
  }

  static std::string checked_id(const XmlNode& node) {
    const std::string id = node.attribute("id");
    const bool fits =
        !id.empty() && id.size() <= 75 && std::ranges::all_of(id, [](unsigned char c) {
          return (c < 128 && std::isalnum(c)) || c == '_' || c == '-' || c == ':';
        });
    if (!fits)
      node.fail(
          fmt::format("source id '{}' is not allowed (1 to 75 letters, digits, '_', '-', ':'), "
                      "rename the source",
                      id));
    return id;
  }

  Content describe(const XmlNode& node, const source::SourceInfo& info) const {
    const std::string_view kind = node.name();
    if (kind == "pointSource") return point_source(node);
    if (kind == "areaSource") return area_source(node, info);
    if (kind == "simpleFaultSource") return simple_fault_source(node);
    if (kind == "complexFaultSource") return complex_fault_source(node);
    if (kind == "characteristicFaultSource") return characteristic_source(node);
    node.fail(ErrorKind::unsupported,
              fmt::format("'{}' is not offered yet (this far: pointSource, areaSource, "
                          "simpleFaultSource, complexFaultSource, "
                          "characteristicFaultSource), remove the source",
                          kind));
  }

  source::PointProperties point_properties(const XmlNode& node, const XmlNode& geometry) const {
    source::PointProperties p;
    p.scaling = read_scaling(node);
    p.aspect_ratio = read_aspect_ratio(node);
    p.upper_depth_km = geometry.child("upperSeismoDepth").number(-8.848, 6371);
    p.lower_depth_km = geometry.child("lowerSeismoDepth").number(-8.848, 6371);
    p.nodal_planes = read_nodal_planes(node.child("nodalPlaneDist"));
    p.hypo_depths = read_hypo_depths(node.child("hypoDepthDist"));
    p.shift_hypo = options_.shift_hypo;
    return p;
  }

  PointDescription point_source(const XmlNode& node) const {
    const XmlNode geometry = node.child("pointGeometry");
    const XmlNode pos = geometry.child("Point").child("pos");
    const auto lon_lat = pos.numbers(true);
    if (lon_lat.size() != 2)
      pos.fail(fmt::format("pos has {} numbers (longitude and latitude are expected), correct it",
                           lon_lat.size()));
    return {read_mfd_of(node),
            point_properties(node, geometry),
            {checked_point(pos, lon_lat[0], lon_lat[1])}};
  }

  AreaDescription area_source(const XmlNode& node, const source::SourceInfo& info) const {
    const XmlNode geometry = node.child("areaGeometry");
    std::optional<double> spacing_km = options_.area_discretization_km;
    if (geometry.find_attribute("discretization"))
      spacing_km = geometry.number_attribute("discretization", 0.1, 1000);
    if (!spacing_km)
      geometry.fail(
          ErrorKind::config,
          fmt::format(
              "area source '{}' has no discretization (the job has no "
              "area_source_discretization either), add area_source_discretization = 10 to the job",
              info.id));
    return {read_mfd_of(node), point_properties(node, geometry), area_polygon(geometry),
            *spacing_km};
  }

  source::FaultProperties fault_properties(const XmlNode& node) const {
    for (const char* part : {"hypoList", "slipList", "hypoDepthDist"})
      if (const auto found = node.find(part))
        found->fail(ErrorKind::unsupported,
                    fmt::format("{} of a fault source is not offered yet (hypocentres are in the "
                                "middle of ruptures), remove it",
                                part));
    source::FaultProperties p;
    p.scaling = read_scaling(node);
    p.aspect_ratio = read_aspect_ratio(node);
    const XmlNode rake = node.child("rake");
    p.rake_deg = read_rake(rake, rake.text());
    return p;
  }

  SimpleFaultDescription simple_fault_source(const XmlNode& node) const {
    return {read_mfd_of(node), fault_properties(node),
            simple_fault_geometry(node.child("simpleFaultGeometry")), options_.spacings.simple_km};
  }

  ComplexFaultDescription complex_fault_source(const XmlNode& node) const {
    return {read_mfd_of(node), fault_properties(node),
            complex_fault_geometry(node.child("complexFaultGeometry")),
            options_.spacings.complex_km};
  }

  CharacteristicDescription characteristic_source(const XmlNode& node) const {
    const XmlNode rake = node.child("rake");
    return {read_mfd_of(node), read_rake(rake, rake.text()),
            read_surface(node.child("surface"), options_.spacings, problems_)};
  }

  const SourceOptions& options_;
  core::Problems& problems_;
  SourceList list_;
  std::set<std::string> ids_;
};

}  // namespace

SourceList read_source_model(const XmlFile& file, const SourceOptions& options,
                             core::Problems& problems) {
  return SourceModelReader(options, problems).read(file);
}

}  // namespace shakefield::job
