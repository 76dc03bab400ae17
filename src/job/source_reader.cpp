// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "source_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "equivalent_distances.hpp"
#include "job_files.hpp"
#include "model_file.hpp"
#include "source_share.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

/// Names separated by commas.
std::set<std::string> split_at_commas(std::string_view text) {
  std::set<std::string> names;
  while (!trimmed(text).empty()) {
    const auto end = std::min(text.find(','), text.size());
    names.emplace(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

}  // namespace

/// Files that a branch of a source-model tree names.
struct SourceReader::BranchFiles {
  const std::vector<std::string>& names;
  std::string_view key;
  const core::InputPlace& named_in;
  const std::filesystem::path& folder;

  std::filesystem::path path(const std::string& name) const {
    return checked_path(name, key, named_in, folder);
  }
};
struct SourceReader::BranchSections {
  std::shared_ptr<const SectionMap> sections;
  std::vector<std::string> files;  ///< that hold them
};
SourceReader::SourceReader(JobDraft& draft, bool in_parts) : draft_(draft), in_parts_(in_parts) {
  if (in_parts_)
    for (StoredSources* stored : draft_.model->all_sources()) stored->want({});
}

void SourceReader::read() {
  const std::string key = draft_.one_of("source_model_logic_tree_file", "source_model_file",
                                        "an event set needs sources");
  if (key.empty()) return;
  SourceOptions options = source_options();
  std::filesystem::path folder = draft_.folder;
  if (key == "source_model_file") {
    draft_.source_tree = make_source_tree(draft_.settings.texts(key), draft_.settings.place(key));
  } else {
    folder = file_path(draft_.settings, key, draft_.folder).parent_path();
    draft_.source_tree = read_source_tree(draft_.read_xml_of(key), options, draft_.problems);
  }
  const std::size_t before = draft_.problems.errors().size();
  const auto& sets = draft_.source_tree.tree.sets();
  for (std::size_t s = 0; s < sets.size(); ++s)
    for (std::size_t b = 0; b < sets[s].branches.size(); ++b) {
      const BranchFiles branch{sets[s].branches[b].files, key, draft_.source_tree.sets[s].places[b],
                               folder};
      const BranchSections sections = read_branch_sections(branch);
      options.sections = sections.sections;
      for (const std::string& name : branch.names)
        draft_.collect([&] { read_source_file(name, branch, sections.files, options); });
    }
  check_equivalent_distances(options);
  const bool is_whole = options.selection.takes_all();
  const bool is_read = draft_.problems.errors().size() == before;
  if (is_read) check_filters(draft_.source_tree, source_files_, is_whole, draft_.problems);
  std::set<std::string> regions;
  for (const auto& [name, list] : source_files_)
    for (const SourceDescription& source : list.sources)
      regions.insert(source.info.tectonic_region);
  if (is_read && !is_whole && regions.empty())
    draft_.add(draft_.settings.given("source_id") ? "source_id" : "source_nodes",
               "source_id and source_nodes leave no source (none has such an id and kind), correct "
               "them");
  draft_.regions.assign(regions.begin(), regions.end());
  draft_.check_reach(draft_.regions);
}

void SourceReader::check_equivalent_distances(const SourceOptions& options) {
  if (options.equivalent_distances.empty()) return;
  std::set<std::string> ids, regions;
  for (const auto& [name, list] : source_files_)
    for (const SourceDescription& source : list.sources) {
      ids.insert(source.info.id);
      regions.insert(source.info.tectonic_region);
    }
  for (const std::string& id : options.keep_planes)
    if (!ids.contains(id))
      draft_.add("reqv_ignore_sources",
                 fmt::format("reqv_ignore_sources names the source '{}' (no source model has it), "
                             "correct it",
                             id));
  for (const auto& [region, table] : options.equivalent_distances)
    if (!regions.contains(region))
      draft_.problems.warn(
          fmt::format("reqv_hdf5 names the tectonic region '{}' (no source has it), "
                      "the entry has no effect",
                      region),
          draft_.settings.place("reqv_hdf5"));
}

SourceOptions SourceReader::source_options() {
  SourceOptions options;
  options.spacings = draft_.spacings();
  options.area_discretization_km = draft_.job.parameters.area_source_discretization_km;
  options.shift_hypo = draft_.job.parameters.shift_hypo;
  options.kite_steps = {draft_.settings.number_or("floating_x_step", 0),
                        draft_.settings.number_or("floating_y_step", 0)};
  options.infer_occur_rates = draft_.settings.flag("infer_occur_rates");
  options.discarded_regions = split_at_commas(draft_.settings.text("discard_trts"));
  read_equivalent_distances_into(options);
  options.selection = {draft_.settings.texts("source_id"), draft_.settings.texts("source_nodes")};
  options.investigation_time_yr = draft_.settings.number("investigation_time");
  options.files = &draft_.files;
  return options;
}

void SourceReader::read_equivalent_distances_into(SourceOptions& options) {
  const std::string_view key = "reqv_hdf5";
  const Value::Map* by_region = draft_.settings.value(key).map();
  if (!by_region || by_region->empty()) return;
  if (draft_.job.parameters.mode != Mode::classical)
    return draft_.problems.warn(
        "reqv_hdf5 is passed over (it serves classical calculations only, as with the engine)",
        draft_.settings.place(key));
  for (const auto& item : *by_region)  // no binding, which clang 14 does not capture
    draft_.collect([&] {
      const auto path =
          checked_path(to_text(item.second), key, draft_.settings.place(key), draft_.folder);
      options.equivalent_distances[item.first] = read_equivalent_distances(
          read_file(draft_.files, path, draft_.settings.place(key)), path);
    });
  for (const std::string& id : draft_.settings.texts("reqv_ignore_sources"))
    options.keep_planes.insert(id);
}

/// Only files that hold sections are parsed here.
SourceReader::BranchSections SourceReader::read_branch_sections(const BranchFiles& branch) {
  BranchSections found;
  auto sections = std::make_shared<SectionMap>();
  for (const std::string& name : branch.names)
    draft_.collect([&] {
      const auto path = branch.path(name);
      if (read_file(draft_.files, path, branch.named_in).find("geometryModel") == std::string::npos)
        return;
      read_sections(read_xml(draft_.files, path, branch.named_in), draft_.spacings(), *sections,
                    draft_.problems);
      found.files.push_back(name);
    });
  found.sections = std::move(sections);
  return found;
}
/// A file that several branches name is read once, so its sections must be the same in all.
void SourceReader::read_source_file(const std::string& name, const BranchFiles& branch,
                                    const std::vector<std::string>& section_files,
                                    SourceOptions options) {
  const auto [it, is_new] = source_files_.try_emplace(name);
  const auto is_multi_fault = [](const SourceDescription& s) {
    return s.kind == "multiFaultSource";
  };
  if (is_new) {
    const auto path = branch.path(name);
    options.stored = draft_.model ? draft_.model->sources(path) : nullptr;
    const XmlFile file = read_xml(draft_.files, path, branch.named_in);
    it->second = read_source_model(file, options, in_parts_ ? of_headers_ : draft_.problems);
    section_files_[name] = section_files;
    if (in_parts_) in_parts_files_[name] = {path, std::move(options)};
  } else if (section_files_[name] != section_files &&
             std::ranges::any_of(it->second.sources, is_multi_fault)) {
    draft_.problems.add(
        ErrorKind::unsupported,
        fmt::format("'{}' has multi-fault sources and stands in branches with other "
                    "files of sections (one choice of sections is offered for a file), "
                    "give each branch a copy of its own",
                    name),
        branch.named_in);
  }
}
void SourceReader::describe_again() {
  for (const auto& [name, file] : in_parts_files_) {
    source_files_[name] = {};  // two lists would take twice the memory
    source_files_[name] =
        read_source_model(read_xml(draft_.files, file.path, {}), file.options, draft_.problems);
  }
}

void SourceReader::make() {
  const double bin_width = draft_.job.parameters.width_of_mfd_bin;
  if (!draft_.job.tree.source_paths.empty()) {
    draft_.job.source_models.clear();
    origins_ = make_source_models(draft_.source_tree, source_files_, bin_width, draft_.job,
                                  draft_.problems);
    return;
  }
  for (const auto& [name, list] : source_files_)
    for (const SourceDescription& source : list.sources)
      draft_.collect([&] { make_source(source, bin_width); });
}

void SourceReader::read_own(const comm::Communicator& comm) {
  OwnSources own(comm, *draft_.model, draft_.job);
  do {
    comm::agree(comm, [&] {
      describe_again();
      make();
      throw_sorted(draft_.problems);
    });
  } while (!own.complete(origins_, draft_.job));
}

SourceExtents SourceReader::extents() const {
  return extents_of(draft_.job, origins_, source_files_);
}

}  // namespace shakefield::job
