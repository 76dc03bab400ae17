// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nrml_listed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "job_files.hpp"
#include "shakefield/source/listed_source.hpp"
#include "shakefield/store/file.hpp"
#include "shakefield/store/texts.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

constexpr double largest_magnitude = 12;

/// Probabilities of occurrence of all ruptures, checked to be as many for each.
class Probabilities {
 public:
  void add(const XmlNode& rupture) {
    const std::vector<double> own = parse(rupture);
    if (per_rupture_ == 0) per_rupture_ = own.size();
    if (own.size() != per_rupture_)
      rupture.fail(
          fmt::format("probs_occur has {} numbers, those before it {} (as many are needed "
                      "for each rupture), correct it",
                      own.size(), per_rupture_));
    all_.insert(all_.end(), own.begin(), own.end());
  }
  source::OccurrenceTable table(double investigation_time_yr) && {
    return {std::move(all_), per_rupture_, investigation_time_yr};
  }

 private:
  static std::vector<double> parse(const XmlNode& rupture) {
    const std::string text = rupture.attribute("probs_occur");
    std::vector<double> numbers;
    for (const std::string& word : split_at_blanks(text)) {
      double p = 0;
      if (!parse_number(word, p) || !(p >= 0 && p <= 1))
        rupture.fail(fmt::format(
            "'{}' in probs_occur is no probability (allowed: [0, 1]), correct it", word));
      numbers.push_back(p);
    }
    if (numbers.empty()) rupture.fail("probs_occur is empty (it needs a probability), fill it");
    return numbers;
  }

  std::vector<double> all_;
  std::size_t per_rupture_ = 0;
};

/// A group of the HDF5 file beside a source model.
class CompanionGroup {
 public:
  CompanionGroup(const XmlNode& node, const std::string& id, InputFiles* files)
      : file_(open(node, files)), prefix_(id + '/') {
    if (!store::exists(file_, id))
      node.fail(
          fmt::format("source '{}' lists no ruptures here, and {} has no group of its id, "
                      "give the ruptures",
                      id, file_.path().filename().string()));
  }
  std::vector<double> numbers(const std::string& name) const {
    return store::read_array(file_, prefix_ + name).column_f64("");
  }
  std::vector<std::string> texts(const std::string& name) const {
    return store::read_texts(file_, prefix_ + name);
  }
  source::OccurrenceTable occurrences(double investigation_time_yr) const {
    const std::vector<std::size_t> shape = store::shape(file_, prefix_ + "probs_occur");
    return {numbers("probs_occur"), shape.size() > 1 ? shape[1] : 1, investigation_time_yr};
  }

 private:
  static store::File open(const XmlNode& node, InputFiles* files) {
    if (files == nullptr) node.fail("the source lists no ruptures (it needs some), add them");
    auto path = std::filesystem::path(node.place().file).replace_extension(".hdf5");
    const std::string& bytes = read_file(*files, path, node.place());
    return store::File::open_image(std::as_bytes(std::span(bytes)), path);
  }

  store::File file_;
  std::string prefix_;
};

source::ListedRupture read_listed(const XmlNode& node, const MeshSpacings& spacings,
                                  core::Problems& problems) {
  const XmlNode rake = node.child("rake");
  return {node.child("magnitude").number(0, largest_magnitude), read_rake(rake, rake.text()),
          located(node.child("hypocenter")), read_surface(node, spacings, problems)};
}

std::vector<double> rupture_weights(const XmlNode& node) {
  std::vector<double> weights;
  for (const std::string& word : split_at_blanks(node.find_attribute("rup_weights").value_or(""))) {
    double weight = 0;
    if (!parse_number(word, weight) || !(weight >= 0))
      node.fail(fmt::format("'{}' in rup_weights is no weight (at least 0), correct it", word));
    weights.push_back(weight);
  }
  return weights;
}

/// Magnitudes of an HDF5 file, which no reader of XML has checked.
std::vector<double> magnitudes(const CompanionGroup& group, const std::string& name,
                               const source::SourceInfo& info) {
  std::vector<double> mags = group.numbers(name);
  for (const double mag : mags)
    if (!(mag >= 0 && mag <= largest_magnitude))
      throw core::Error(core::ErrorKind::data,
                        fmt::format("source '{}' has a rupture of magnitude {} (allowed: [0, {}]), "
                                    "correct the dataset {}",
                                    info.id, mag, largest_magnitude, name));
  return mags;
}

/// Point number i of columns of three; the same.
geo::Point point_of(const std::vector<double>& columns, std::size_t i,
                    const source::SourceInfo& info) {
  const geo::Point p{columns[3 * i], columns[3 * i + 1], columns[3 * i + 2]};
  if (!(std::abs(p.lon_deg) <= 180 && std::abs(p.lat_deg) <= 90 && p.depth_km > -10 &&
        p.depth_km < 6371))
    throw core::Error(core::ErrorKind::data,
                      fmt::format("source '{}' has a point ({}, {}, {} km) (allowed: longitudes in "
                                  "[-180, 180], latitudes in [-90, 90], depths from -10 to 6371 "
                                  "km), correct the datasets hypocenter and mesh3d",
                                  info.id, p.lon_deg, p.lat_deg, p.depth_km));
  return p;
}

source::SourcePtr non_parametric_of_hdf5(const CompanionGroup& group,
                                         const source::SourceInfo& info,
                                         double investigation_time_yr,
                                         std::vector<double> weights) {
  const auto mags = magnitudes(group, "magnitude", info), rakes = group.numbers("rake"),
             places = group.numbers("hypocenter"), nodes = group.numbers("mesh3d"),
             slices = group.numbers("slice");
  core::validate(rakes.size() == mags.size() && places.size() == 3 * mags.size() &&
                     slices.size() == 2 * mags.size() && nodes.size() % 3 == 0,
                 core::ErrorKind::data,
                 fmt::format("the HDF5 group of source '{}' has datasets of unequal length, "
                             "correct the file",
                             info.id));
  std::vector<source::ListedRupture> ruptures;
  for (std::size_t i = 0; i < mags.size(); ++i) {
    core::validate(slices[2 * i] >= 0 && slices[2 * i] + 1 <= slices[2 * i + 1] &&
                       3 * slices[2 * i + 1] <= static_cast<double>(nodes.size()),
                   core::ErrorKind::data,
                   fmt::format("rupture {} of source '{}' has the nodes {} to {} (there are {}), "
                               "correct the dataset slice",
                               i, info.id, slices[2 * i], slices[2 * i + 1], nodes.size() / 3));
    std::vector<geo::Point> own;
    const auto first = static_cast<std::size_t>(slices[2 * i]);
    const auto last = static_cast<std::size_t>(slices[2 * i + 1]);
    for (std::size_t k = first; k < last; ++k) own.push_back(point_of(nodes, k, info));
    ruptures.push_back({mags[i], rakes[i], point_of(places, i, info),
                        rupture::make_gridded_surface(std::move(own))});
  }
  return std::make_shared<source::NonParametricSource>(
      info, std::move(ruptures), group.occurrences(investigation_time_yr), std::move(weights));
}

/// Ruptures of a multi-fault source by the ids of their sections.
class SectionRuptureList {
 public:
  explicit SectionRuptureList(const SectionMap& map) {
    for (const auto& [id, surface] : map) {
      number_of_[id] = static_cast<std::uint32_t>(sections_->size());
      sections_->push_back(surface);
    }
    ruptures_.first_section.push_back(0);
  }
  /// The peer keeps magnitudes to two decimals.
  void add(double mag, double rake_deg, const std::vector<std::string>& ids) {
    ruptures_.mags.push_back(std::nearbyint(mag * 100) / 100);
    ruptures_.rakes_deg.push_back(rake_deg);
    for (const std::string& id : ids) {
      const auto found = number_of_.find(id);
      core::validate(found != number_of_.end(), core::ErrorKind::data,
                     fmt::format("there is no section '{}' (the files of the branch hold {} "
                                 "sections), correct the id or add the file of the sections",
                                 id, number_of_.size()));
      ruptures_.sections.push_back(found->second);
    }
    ruptures_.first_section.push_back(ruptures_.sections.size());
  }
  source::SourcePtr source(const source::SourceInfo& info, source::OccurrenceTable occurrences,
                           bool infer_rates) && {
    using Rates = source::MultiFaultSource::Rates;
    return std::make_shared<source::MultiFaultSource>(
        info, std::move(sections_), std::move(ruptures_), std::move(occurrences),
        infer_rates ? Rates::inferred : Rates::as_listed);
  }

 private:
  std::shared_ptr<source::Sections> sections_ = std::make_shared<source::Sections>();
  std::map<std::string, std::uint32_t> number_of_;
  source::SectionRuptures ruptures_;
};

std::vector<std::string> section_ids(const XmlNode& rupture) {
  std::string text = rupture.child("sectionIndexes").attribute("indexes");
  std::ranges::replace(text, ',', ' ');
  return split_at_blanks(text);
}

}  // namespace

source::SourcePtr read_non_parametric(const XmlNode& node, const source::SourceInfo& info,
                                      const SourceOptions& options, double investigation_time_yr,
                                      core::Problems& problems) {
  std::vector<double> weights = rupture_weights(node);
  const std::vector<XmlNode> children = node.children();
  if (children.empty())
    return non_parametric_of_hdf5({node, info.id, options.files}, info, investigation_time_yr,
                                  std::move(weights));
  std::vector<source::ListedRupture> ruptures;
  Probabilities probabilities;
  for (const XmlNode& child : children) {
    probabilities.add(child);
    ruptures.push_back(read_listed(child, options.spacings, problems));
  }
  return std::make_shared<source::NonParametricSource>(
      info, std::move(ruptures), std::move(probabilities).table(investigation_time_yr),
      std::move(weights));
}

source::SourcePtr read_multi_fault(const XmlNode& node, const source::SourceInfo& info,
                                   const SourceOptions& options, double investigation_time_yr) {
  if (options.sections == nullptr || options.sections->empty())
    node.fail(
        fmt::format("multiFaultSource '{}' has no sections (a file with a geometryModel is "
                    "expected beside this one in its branch), add the file",
                    info.id));
  SectionRuptureList list(*options.sections);
  const std::vector<XmlNode> ruptures = node.children("multiPlanesRupture");
  if (ruptures.empty()) {
    const CompanionGroup group(node, info.id, options.files);
    const auto mags = magnitudes(group, "mag", info), rakes = group.numbers("rake");
    const std::vector<std::string> ids = group.texts("rupture_idxs");
    if (rakes.size() != mags.size() || ids.size() != mags.size())
      node.fail(
          fmt::format("the HDF5 group of source '{}' has {} magnitudes, {} rakes, {} lists "
                      "of sections (as many are needed), correct the file",
                      info.id, mags.size(), rakes.size(), ids.size()));
    for (std::size_t i = 0; i < mags.size(); ++i)
      list.add(mags[i], rakes[i], split_at_blanks(ids[i]));
    return std::move(list).source(info, group.occurrences(investigation_time_yr),
                                  options.infer_occur_rates);
  }
  Probabilities probabilities;
  for (const XmlNode& rupture : ruptures)
    at_place(rupture, [&] {
      probabilities.add(rupture);
      const XmlNode rake = rupture.child("rake");
      list.add(rupture.child("magnitude").number(0, largest_magnitude),
               read_rake(rake, rake.text()), section_ids(rupture));
    });
  return std::move(list).source(info, std::move(probabilities).table(investigation_time_yr),
                                options.infer_occur_rates);
}

}  // namespace shakefield::job
