// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Input: the text of an NRML file. A model of sources, the sections that its multi-fault sources
// need and a logic tree that alters it may stand in one file here, so that they meet.
#include <memory>

#include "answers.hpp"
#include "nrml_rupture.hpp"
#include "nrml_source.hpp"
#include "nrml_tree.hpp"

namespace shakefield::fuzz {
namespace {

using namespace job;

constexpr double bin_width = 0.5;
constexpr MeshSpacings spacings{10, 10};

/// The first, the middle and the last rupture.
void visit_ruptures(const source::Source& source) {
  source.bound();
  const std::size_t count = source.num_ruptures();
  if (count == 0) return;
  for (const std::size_t index : {std::size_t{0}, count / 2, count - 1}) {
    source.for_each_rate(index, index + 1, [](std::size_t, double, double) {});
    source.rupture(index).surface->parameters();
  }
}

void make(const SourceDescription& description, core::Problems& problems) {
  try {
    visit_ruptures(*make_source(description, bin_width));
  } catch (const core::Error& e) {
    problems.add(e);
  }
}

void alter(const SourceList& list, const PlacedSourceTree& tree, core::Problems& problems) {
  for (const PlacedBranchSet& set : tree.sets)
    for (const SourceChange& change : set.changes)
      for (SourceDescription source : list.sources) {
        if (!set.filter.matches(source)) continue;
        try {
          change(source);
        } catch (const core::Error& e) {
          problems.add(e);
          continue;
        }
        make(source, problems);
      }
}

void expand(const PlacedSourceTree& sources, const PlacedGmmTree& gmms) {
  using logictree::SamplingMethod;
  if (sources.tree.sets().empty() || gmms.tree.sets.empty()) return;  // as jobs do
  constexpr std::size_t max_paths = 1000;
  std::vector<std::string> regions;
  for (const auto& set : gmms.tree.sets) regions.push_back(set.tectonic_region);
  for (const std::size_t samples : {0, 10})
    logictree::expand(sources.tree, gmms.tree, regions, samples, SamplingMethod::early_weights, 42,
                      max_paths);
}

void read(const XmlFile& file, core::Problems& problems) {
  const XmlNode root = file.root();
  const bool has_sources = root.find("sourceModel").has_value();
  const bool has_tree = root.find("logicTree").has_value();
  const auto sections = std::make_shared<SectionMap>();
  read_sections(file, spacings, *sections, problems);
  SourceOptions options;
  options.spacings = spacings;
  options.area_discretization_km = 50;
  options.sections = sections;

  SourceList list;
  if (has_sources) list = read_source_model(file, options, problems);
  for (const SourceDescription& source : list.sources) make(source, problems);
  if (has_tree) {
    const PlacedSourceTree sources = read_source_tree(file, options, problems);
    alter(list, sources, problems);
    expand(sources, read_gmm_tree(file, problems));
  }
  if (!has_sources && !has_tree) read_rupture(file, spacings, problems).surface->parameters();
}

}  // namespace
}  // namespace shakefield::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shakefield;
  fuzz::expect_answer([&](core::Problems& problems) {
    fuzz::read(job::XmlFile("model.xml", std::string(fuzz::text_of(data, size))), problems);
  });
  return 0;
}
