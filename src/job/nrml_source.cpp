// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nrml_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "nrml_listed.hpp"
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
    if (file.root().find("geometryModel")) return {};
    collect([&] {
      const XmlNode model = file.root().child("sourceModel");
      read_investigation_time(model);
      for (const XmlNode& child : model.children()) {
        if (child.name() == "sourceGroup")
          collect([&] { read_group(child); });
        else if (file.minor_version() == 4)
          add_all(child, {});
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
      list_.groups.push_back(source::SourceGroup{0, list_.sources.size()});
    describe_stored();
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

  /// What sources whose ruptures have probabilities need.
  void read_investigation_time(const XmlNode& model) {
    if (!model.find_attribute("investigation_time")) return;
    investigation_time_yr_ = model.number_attribute("investigation_time", 1e-9);
    if (options_.investigation_time_yr &&
        *options_.investigation_time_yr != *investigation_time_yr_)
      model.fail(
          fmt::format("investigation_time = {} of the source model differs from that of the "
                      "job, {} (its probabilities of occurrence hold for one time), make "
                      "them equal",
                      *investigation_time_yr_, *options_.investigation_time_yr));
  }
  double investigation_time(const XmlNode& node) const {
    if (!investigation_time_yr_)
      node.fail(
          fmt::format("{} needs the attribute investigation_time of its sourceModel (its "
                      "probabilities of occurrence hold for that time), add it",
                      node.name()));
    return *investigation_time_yr_;
  }

  void read_group(const XmlNode& node) {
    const std::string region = node.attribute("tectonicRegion");
    if (options_.discarded_regions.contains(region)) return skip(node);
    source::SourceGroup group = read_dependence(node);
    group_model_ = read_temporal_model(node, {});
    group.first = list_.sources.size();
    const std::uint32_t before = number_;
    for (const XmlNode& child : node.children()) add_all(child, region);
    group.last = list_.sources.size();
    group_model_ = {};
    const bool is_cut =
        !options_.selection.takes_all() && number_ - before > group.last - group.first;
    if (is_cut && group.first == group.last) return;
    if (is_cut && !group.is_plain())
      node.fail(ErrorKind::config,
                "source_id or source_nodes leave out some sources of a group whose sources or "
                "ruptures depend on each other (they cannot be cut apart), take all of them");
    const std::size_t weights = group.source_weights.size();
    if (weights > 0 && weights != group.last - group.first)
      node.fail(
          fmt::format("srcs_weights has {} numbers for {} sources (one each is expected), "
                      "correct it",
                      weights, group.last - group.first));
    list_.groups.push_back(std::move(group));
  }

  static source::Interdependence interdependence(const XmlNode& group, const char* key) {
    const std::string value = lowered(group.find_attribute(key).value_or("indep"));
    if (value == "indep") return source::Interdependence::independent;
    if (value == "mutex") return source::Interdependence::mutually_exclusive;
    group.fail(fmt::format("{} = '{}' is not known (indep and mutex are), correct it", key, value));
  }

  static source::SourceGroup read_dependence(const XmlNode& node) {
    source::SourceGroup group;
    group.sources = interdependence(node, "src_interdep");
    group.ruptures = interdependence(node, "rup_interdep");
    if (node.find_attribute("grp_probability"))
      group.probability = node.number_attribute("grp_probability", 0, 1);
    group.is_cluster = lowered(node.find_attribute("cluster").value_or("false")) == "true";
    if (group.is_cluster && !node.find_attribute("tom"))
      node.fail("cluster = 'true' needs the attribute tom (the law of the cluster), add it");
    if (group.is_cluster && node.find_attribute("occurrence_rate"))
      group.cluster_rate = node.number_attribute("occurrence_rate", 0);
    if (group.sources == source::Interdependence::mutually_exclusive)
      group.source_weights = source_weights(node);
    return group;
  }

  static std::vector<double> source_weights(const XmlNode& group) {
    constexpr double tolerance = 5e-6;
    std::vector<double> weights;
    double sum = 0;
    for (const std::string& word : split_at_blanks(group.attribute("srcs_weights"))) {
      double weight = 0;
      if (!parse_number(word, weight) || !(weight >= 0 && weight <= 1))
        group.fail(
            fmt::format("'{}' in srcs_weights is no weight (allowed: [0, 1]), correct it", word));
      weights.push_back(weight);
      sum += weight;
    }
    if (std::abs(sum - 1) > tolerance)
      group.fail(fmt::format("srcs_weights sum to {:.9g} (1 within {} is required), correct them",
                             sum, tolerance));
    return weights;
  }

  /// Adds a source, or those of a model file that an element stands for.
  void add_all(const XmlNode& node, const std::string& group_region) {
    if (node.name() != stored_sources_element) return add(node, group_region);
    const auto [first, last] = stored_range(node);
    list_.sources.reserve(list_.sources.size() + last - first);
    for (std::size_t number = first; number < last; ++number) add_header(number, group_region);
    number_ += static_cast<std::uint32_t>(last - first);
  }
  void skip(const XmlNode& group) {
    number_ += static_cast<std::uint32_t>(group.children().size());
  }
  std::pair<std::size_t, std::size_t> stored_range(const XmlNode& node) const {
    const auto at = [&](const char* name) {
      return static_cast<std::size_t>(node.number_attribute(name, 0, 1e9));
    };
    const std::size_t first = at("first"), last = at("last");
    if (options_.stored == nullptr || first > last || last > options_.stored->size())
      node.fail(fmt::format("{} names sources that are not there, convert the job again",
                            stored_sources_element));
    return {first, last};
  }

  void add(const XmlNode& node, const std::string& group_region) {
    const std::uint32_t number = number_++;
    collect([&] {
      source::SourceInfo info = read_info(node, group_region);
      if (options_.discarded_regions.contains(info.tectonic_region) ||
          !options_.selection.takes(info.id, std::string(node.name())))
        return;
      info.temporal_model = read_temporal_model(node, group_model_);
      if (info.tectonic_region.empty())
        node.fail(fmt::format("source '{}' has no tectonicRegion (it needs one), add it", info.id));
      warn_if_repeated(info.id, node.place());
      Content content = describe(node, info);
      list_.sources.push_back(
          {std::move(info), node.place(), std::move(content), std::string(node.name()), number});
    });
  }

  static source::SourceInfo read_info(const XmlNode& node, const std::string& group_region) {
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
    return info;
  }

  void warn_if_repeated(const std::string& id, const core::InputPlace& place) {
    if (!ids_.insert(id).second)
      problems_.warn(fmt::format("the source id '{}' is used twice in this file (ids should be "
                                 "unique); both are kept",
                                 id),
                     place);
  }

  /// A source of a model file, of which nothing but its names is known so far.
  void add_header(std::size_t number, const std::string& group_region) {
    const StoredSources& stored = *options_.stored;
    const std::string& region = group_region.empty() ? stored.region(number) : group_region;
    if (options_.discarded_regions.contains(region) ||
        !options_.selection.takes(stored.id(number), stored.kind(number)))
      return;
    place_of_.resize(stored.size(), not_in_list);
    place_of_[number] = static_cast<std::uint32_t>(list_.sources.size());
    source::SourceInfo info{stored.id(number), {}, region, group_model_};
    SourceDescription source{std::move(info), core::InputPlace(), DistantDescription(),
                             stored.kind(number), static_cast<std::uint32_t>(number)};
    list_.sources.push_back(std::move(source));
    warn_if_repeated(stored.id(number), {stored.name(), 0});
  }

  /// Reads the wanted sources of a model file.
  void describe_stored() {
    if (options_.stored == nullptr || place_of_.empty()) return;
    options_.stored->for_each([&](std::size_t number, std::uint32_t chunk,
                                  const PackedElement& element) {
      if (place_of_[number] == not_in_list) return;
      SourceDescription& source = list_.sources[place_of_[number]];
      try {
        const XmlNode node(element);
        source.info.name = node.find_attribute("name").value_or("");
        source.info.temporal_model = read_temporal_model(node, source.info.temporal_model);
        source.place = node.place();
        source.chunk = chunk;
        source.content = describe(node, source.info);
      } catch (const core::Error& e) {
        for (const core::Problem& p : e.problems())
          problems_.add(p.kind, fmt::format("source '{}': {}", source.info.id, p.message), p.place);
      }
    });
  }

  static std::string checked_id(const XmlNode& node) {
    std::string id = node.attribute("id");
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
    if (kind == "pointSource") return with_distances(point_source(node), info);
    if (kind == "multiPointSource") return with_distances(multi_point_source(node), info);
    if (kind == "areaSource") return with_distances(area_source(node, info), info);
    if (kind == "simpleFaultSource") return simple_fault_source(node);
    if (kind == "complexFaultSource") return complex_fault_source(node);
    if (kind == "kiteFaultSource") return kite_fault_source(node);
    if (kind == "characteristicFaultSource") return characteristic_source(node);
    if (kind == "nonParametricSeismicSource")
      return FixedDescription{at_place(node, [&] {
        return read_non_parametric(node, info, options_, investigation_time(node), problems_);
      })};
    if (kind == "multiFaultSource")
      return FixedDescription{at_place(
          node, [&] { return read_multi_fault(node, info, options_, investigation_time(node)); })};
    node.fail(
        fmt::format("'{}' is no source that is known (docs/definitions/sources.md lists "
                    "the kinds), correct the element",
                    kind));
  }

  /// With the job's equivalent distances, if they are for this source.
  template <class Description>
  Description with_distances(Description d, const source::SourceInfo& info) const {
    const auto found = options_.equivalent_distances.find(info.tectonic_region);
    if (found != options_.equivalent_distances.end() && !options_.keep_planes.contains(info.id))
      d.properties.equivalent_distances = found->second;
    return d;
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

  MultiPointDescription multi_point_source(const XmlNode& node) const {
    const XmlNode geometry = node.child("multiPointGeometry");
    std::vector<geo::Point> points = pos_list(geometry.child("posList"), 2);
    // The peer keeps them in single precision. (By way of a column, because GCC 12 forgets to round
    // pairs of doubles that it converts to float and back.)
    std::vector<float> degrees;
    for (const geo::Point& p : points)
      degrees.insert(degrees.end(), {static_cast<float>(p.lon_deg), static_cast<float>(p.lat_deg)});
    for (std::size_t i = 0; i < points.size(); ++i)
      points[i] = {degrees[2 * i], degrees[2 * i + 1]};
    MultiMfd multi = read_multi_mfd(node, points.size());
    return {std::move(multi.mfds), std::move(multi.bin_widths), multi.place,
            point_properties(node, geometry), std::move(points)};
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
    source::FaultProperties p;
    p.scaling = read_scaling(node);
    p.aspect_ratio = read_aspect_ratio(node);
    const XmlNode rake = node.child("rake");
    p.rake_deg = read_rake(rake, rake.text());
    return p;
  }

  SimpleFaultDescription simple_fault_source(const XmlNode& node) const {
    return {read_mfd_of(node), fault_properties(node),
            simple_fault_geometry(node.child("simpleFaultGeometry")), options_.spacings.simple_km,
            read_fault_hypocentres(node)};
  }

  KiteDescription kite_fault_source(const XmlNode& node) const {
    if (const auto function = node.find("aspectRatioFunction"))
      function->fail("a kite fault has one aspect ratio, give ruptAspectRatio instead");
    const double spacing_km = options_.spacings.simple_km;
    rupture::KiteGeometry geometry;
    if (const auto simple = node.find("simpleFaultGeometry"))
      geometry = at_place(*simple, [&] {
        return rupture::kite_of_simple_fault(simple_fault_geometry(*simple), spacing_km);
      });
    else
      geometry = kite_geometry(node.child("kiteSurface"));
    return {read_mfd_of(node), fault_properties(node), std::move(geometry), spacing_km,
            options_.kite_steps};
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
  source::TemporalModel group_model_;  ///< of the group that is being read
  std::optional<double> investigation_time_yr_;
  std::set<std::string> ids_;
  std::uint32_t number_ = 0;  ///< of the next source of the file
  static constexpr std::uint32_t not_in_list = 0xFFFFFFFF;
  std::vector<std::uint32_t> place_of_;  ///< [stored sources] number in list_
};

}  // namespace

bool SourceSelection::takes(const std::string& id, const std::string& kind) const {
  return (id_prefixes.empty() ||
          std::ranges::any_of(id_prefixes, [&](const auto& p) { return id.starts_with(p); })) &&
         (kinds.empty() || std::ranges::find(kinds, kind) != kinds.end());
}

SourceList read_source_model(const XmlFile& file, const SourceOptions& options,
                             core::Problems& problems) {
  return SourceModelReader(options, problems).read(file);
}

void read_sections(const XmlFile& file, const MeshSpacings& spacings, SectionMap& sections,
                   core::Problems& problems) {
  const auto model = file.root().find("geometryModel");
  if (!model) return;
  for (const XmlNode& node : model->children("section")) try {
      const std::string id = node.attribute("id");
      if (!sections.emplace(id, read_surface(node, spacings, problems)).second)
        node.fail(
            fmt::format("the section '{}' is there twice (ids are unique in a branch), "
                        "rename one",
                        id));
    } catch (const core::Error& e) {
      problems.add(e);
    }
}

}  // namespace shakefield::job
