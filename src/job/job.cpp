// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// Long because one class reads a job from the outside in: what comes first says how the rest is
// read.
#include "shakefield/job/job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <set>

#include "equivalent_distances.hpp"
#include "job_files.hpp"
#include "job_reader.hpp"
#include "job_table.hpp"
#include "model_file.hpp"
#include "model_tables.hpp"
#include "models.hpp"
#include "nrml_rupture.hpp"
#include "nrml_source.hpp"
#include "nrml_tree.hpp"
#include "parameters.hpp"
#include "shakefield/field/correlation.hpp"
#include "shakefield/source/fault_source.hpp"
#include "shakefield/source/listed_source.hpp"
#include "sites_reader.hpp"
#include "source_models.hpp"
#include "source_share.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

/// Throws all problems, those of the input before what is not offered: the first one decides the
/// exit status.
void throw_sorted(const core::Problems& found) {
  if (found.empty()) return;
  constexpr std::size_t most = 100;
  std::vector<core::Problem> problems = found.errors();
  // Not of std::ranges, which clang-tidy 14 cannot read with the library of GCC 12.
  std::stable_partition(problems.begin(), problems.end(),
                        [](const core::Problem& p) { return p.kind != ErrorKind::unsupported; });
  if (problems.size() > most) {
    const std::size_t more = problems.size() - most;
    problems.resize(most);
    problems.push_back({problems.front().kind, fmt::format("and {} more problems", more), {}});
  }
  throw core::Error(std::move(problems));
}

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

/// Reads one job from the outside in: parameters, rupture or sources, models, sites.
class JobReader {
 public:
  /// `model`: where the job and its files come from, if not from texts.
  JobReader(const std::filesystem::path& path, const Overrides& overrides, InputFiles& files,
            ModelFile* model = nullptr)
      : path_(path),
        folder_(path.parent_path()),
        files_(files),
        model_(model),
        settings_(read_settings(overrides)) {}

  /// Everything; of sources in a model that are read in parts, what names them.
  void read(bool in_parts = false) {
    job_.path = path_;
    job_.parameters = make_parameters(settings_, problems_);
    const Mode mode = job_.parameters.mode;
    in_parts_ =
        in_parts && mode == Mode::classical && job_.parameters.hazard.ps_grid_spacing_km == 0;
    if (in_parts_)
      for (StoredSources* stored : model_->all_sources()) stored->want({});
    if (settings_.broken("calculation_mode") || !settings_.given("calculation_mode"))
      throw_sorted(problems_);

    collect([&] {
      if (takes_events())
        read_events();
      else if (lists_ruptures())
        read_rupture_list();
      else
        mode == Mode::scenario ? read_scenario() : read_source_models();
    });
    std::vector<PlacedModel> placed;
    collect([&] { placed = read_models(); });
    if (mode != Mode::scenario && !takes_events() && !lists_ruptures() && !in_parts_)
      make_sources();
    if (!in_parts_) check_gridded(placed);
    std::vector<gmm::ModelInfo> models;
    models.reserve(placed.size());
    for (const PlacedModel& model : placed) models.push_back(model.info);
    collect([&] { job_.sites = read_sites(settings_, files_, folder_, models, problems_); });
    check_correlation();
    if (!in_parts_) check_numbers();
    throw_sorted(problems_);
    placed_models_ = std::move(placed);
  }

  /// The sources that a rank needs, if they are read in parts. Collective.
  void read_own_sources(const comm::Communicator& comm) {
    if (!in_parts_) return;
    OwnSources own(comm, *model_, job_);
    do {
      comm::agree(comm, [&] {
        describe_again();
        make_sources();
        throw_sorted(problems_);
      });
    } while (!own.complete(origins_, job_));
    comm::agree(comm, [&] {
      check_gridded(placed_models_);
      throw_sorted(problems_);
    });
    share_warnings(comm, problems_);
  }

  Job finish() {
    job_.warnings = problems_.warnings();
    job_.not_computed = settings_.not_computed();
    job_.resolved = settings_.resolved();
    job_.given = settings_.given_parameters();
    job_.checksums = model_
                         ? std::map<std::string, std::string>{{model_->path().filename().string(),
                                                               model_->digest()}}
                         : files_.checksums();
    if (job_.event_set) job_.checksums[job_.event_set->path.string()] = job_.event_set->identity;
    return std::move(job_);
  }

  SourceExtents extents() const { return extents_of(job_, origins_, source_files_); }

 private:
  Settings read_settings(const Overrides& overrides) {
    const std::string name = path_.string();
    const std::string& text = files_.text(path_);
    const bool is_yaml = is_yaml_job(path_);
    core::validate(text.find('\0') == std::string::npos, ErrorKind::config,
                   "the job is no text (it holds bytes of value 0), give a job.ini or job.yaml",
                   {name, 0});
    const RawJob raw = is_yaml ? read_yaml(text, name, problems_) : read_ini(text, name, problems_);
    if (raw.empty() && problems_.empty())
      problems_.add(ErrorKind::config,
                    "the job is empty (it says nothing of what to compute), add lines such as "
                    "calculation_mode = scenario",
                    {name, 0});
    if (raw.empty()) throw_sorted(problems_);  // else every parameter would be missing as well
    return {raw, overrides, name, problems_};
  }

  template <class Work>
  void collect(Work&& work) {
    try {
      work();
    } catch (const core::Error& e) {
      problems_.add(e);
    }
  }
  void add(std::string_view key, const std::string& message, ErrorKind kind = ErrorKind::config) {
    problems_.add(kind, message, settings_.place(key));
  }
  /// Which one of two parameters is given; reports none and both.
  std::string one_of(const std::string& a, const std::string& b, std::string_view why) {
    if (settings_.broken(a) || settings_.broken(b)) return {};
    if (settings_.given(a) && settings_.given(b)) {
      add(b, fmt::format("{} and {} are both given (one is expected), remove one", a, b));
      return {};
    }
    if (!settings_.given(a) && !settings_.given(b)) {
      add(a, fmt::format("{} is missing ({}), add it, or {}", a, why, b));
      return {};
    }
    return settings_.given(a) ? a : b;
  }
  XmlFile read_xml_of(std::string_view key) {
    return read_xml(files_, file_path(settings_, key, folder_), settings_.place(key));
  }
  MeshSpacings spacings() const {
    return {job_.parameters.rupture_mesh_spacing_km, job_.parameters.complex_fault_mesh_spacing_km};
  }

  void read_scenario() {
    regions_.assign(1, "*");
    const std::string key =
        one_of("rupture_model_file", "rupture_dict", "a scenario needs a rupture");
    if (key.empty()) return;
    try {
      job_.rupture = key == "rupture_dict" ? rupture_from_map(*settings_.value(key).map())
                                           : read_rupture(read_xml_of(key), spacings(), problems_);
    } catch (const core::Error& e) {
      for (const core::Problem& p : e.problems())
        problems_.add(p.kind, p.message, p.place.file.empty() ? settings_.place(key) : p.place);
      return;
    }
    if (settings_.given("tectonic_region_type"))
      job_.rupture->tectonic_region = settings_.text("tectonic_region_type");
    check_reach({job_.rupture->tectonic_region});
  }

  /// Whether events come from the file of another run; sources and ruptures of the job are not
  /// read then.
  bool takes_events() const { return !files_.events_file().empty(); }
  void read_events() {
    EventSet set = read_event_set(files_.events_file());
    const Parameters& p = job_.parameters;
    const auto expect = [&](std::string_view key, const auto& own, const auto& theirs) {
      if (own != theirs)
        add(key, fmt::format("{} = {} (the events of {} have {}), give the same", key, own,
                             set.path.string(), theirs));
    };
    expect("calculation_mode", settings_.text("calculation_mode"), set.calculation_mode);
    expect("ses_seed", p.ses_seed, set.ses_seed);
    if (p.mode == Mode::event_based) {
      expect("investigation_time", p.investigation_time_yr, set.investigation_time_yr);
      expect("ses_per_logic_tree_path", p.ses_per_logic_tree_path, set.ses_per_logic_tree_path);
    }
    regions_ = set.regions;
    job_.event_set = std::move(set);
    check_reach(regions_);
  }

  /// Whether events come from a table of ruptures: in event sets in the place of sources.
  bool lists_ruptures() const {
    if (!settings_.given("rupture_model_file")) return false;
    const std::filesystem::path name = settings_.text("rupture_model_file");
    return lowered(name.extension().string()) == ".csv";
  }
  void read_rupture_list() {
    const std::string_view key = "rupture_model_file";
    const bool is_scenario = job_.parameters.mode == Mode::scenario;
    if (is_scenario) {
      one_of("rupture_dict", std::string(key), "a scenario needs a rupture");
    } else {
      core::validate(job_.parameters.mode == Mode::event_based, ErrorKind::config,
                     "rupture_model_file lists ruptures (hazard curves need sources and their "
                     "rates), give source_model_logic_tree_file",
                     settings_.place(key));
      for (const char* sources : {"source_model_logic_tree_file", "source_model_file"})
        if (settings_.given(sources))
          add(key, fmt::format("rupture_model_file and {} are both given (events come from one of "
                               "them), remove one",
                               sources));
    }
    const auto path = file_path(settings_, key, folder_);
    auto list = std::make_shared<RuptureList>(read_file(files_, path, settings_.place(key)),
                                              path.string(), problems_);
    source_tree_ = make_source_tree({}, settings_.place(key));
    regions_ = list->regions();
    job_.rupture_list = std::move(list);
    check_reach(regions_);
  }

  void read_source_models() {
    const std::string key =
        one_of("source_model_logic_tree_file", "source_model_file", "an event set needs sources");
    if (key.empty()) return;
    SourceOptions options = source_options();
    std::filesystem::path folder = folder_;
    if (key == "source_model_file") {
      source_tree_ = make_source_tree(settings_.texts(key), settings_.place(key));
    } else {
      folder = file_path(settings_, key, folder_).parent_path();
      source_tree_ = read_source_tree(read_xml_of(key), options, problems_);
    }
    const std::size_t before = problems_.errors().size();
    const auto& sets = source_tree_.tree.sets();
    for (std::size_t s = 0; s < sets.size(); ++s)
      for (std::size_t b = 0; b < sets[s].branches.size(); ++b) {
        const BranchFiles branch{sets[s].branches[b].files, key, source_tree_.sets[s].places[b],
                                 folder};
        const BranchSections sections = read_branch_sections(branch);
        options.sections = sections.sections;
        for (const std::string& name : branch.names)
          collect([&] { read_source_file(name, branch, sections.files, options); });
      }
    check_equivalent_distances(options);
    const bool is_whole = options.selection.takes_all();
    const bool is_read = problems_.errors().size() == before;
    if (is_read) check_filters(source_tree_, source_files_, is_whole, problems_);
    std::set<std::string> regions;
    for (const auto& [name, list] : source_files_)
      for (const SourceDescription& source : list.sources)
        regions.insert(source.info.tectonic_region);
    if (is_read && !is_whole && regions.empty())
      add(settings_.given("source_id") ? "source_id" : "source_nodes",
          "source_id and source_nodes leave no source (none has such an id and kind), correct "
          "them");
    regions_.assign(regions.begin(), regions.end());
    check_reach(regions_);
  }
  void check_equivalent_distances(const SourceOptions& options) {
    if (options.equivalent_distances.empty()) return;
    std::set<std::string> ids, regions;
    for (const auto& [name, list] : source_files_)
      for (const SourceDescription& source : list.sources) {
        ids.insert(source.info.id);
        regions.insert(source.info.tectonic_region);
      }
    for (const std::string& id : options.keep_planes)
      if (!ids.contains(id))
        add("reqv_ignore_sources",
            fmt::format("reqv_ignore_sources names the source '{}' (no source model has it), "
                        "correct it",
                        id));
    for (const auto& [region, table] : options.equivalent_distances)
      if (!regions.contains(region))
        problems_.warn(fmt::format("reqv_hdf5 names the tectonic region '{}' (no source has it), "
                                   "the entry has no effect",
                                   region),
                       settings_.place("reqv_hdf5"));
  }
  SourceOptions source_options() {
    SourceOptions options;
    options.spacings = spacings();
    options.area_discretization_km = job_.parameters.area_source_discretization_km;
    options.shift_hypo = job_.parameters.shift_hypo;
    options.kite_steps = {settings_.number_or("floating_x_step", 0),
                          settings_.number_or("floating_y_step", 0)};
    options.infer_occur_rates = settings_.flag("infer_occur_rates");
    options.discarded_regions = split_at_commas(settings_.text("discard_trts"));
    read_equivalent_distances_into(options);
    options.selection = {settings_.texts("source_id"), settings_.texts("source_nodes")};
    options.investigation_time_yr = settings_.number("investigation_time");
    options.files = &files_;
    return options;
  }
  void read_equivalent_distances_into(SourceOptions& options) {
    const std::string_view key = "reqv_hdf5";
    const Value::Map* by_region = settings_.value(key).map();
    if (!by_region || by_region->empty()) return;
    if (job_.parameters.mode != Mode::classical)
      return problems_.warn(
          "reqv_hdf5 is passed over (it serves classical calculations only, as with the engine)",
          settings_.place(key));
    for (const auto& item : *by_region)  // no binding, which clang 14 does not capture
      collect([&] {
        const auto path = checked_path(to_text(item.second), key, settings_.place(key), folder_);
        options.equivalent_distances[item.first] =
            read_equivalent_distances(read_file(files_, path, settings_.place(key)), path);
      });
    for (const std::string& id : settings_.texts("reqv_ignore_sources"))
      options.keep_planes.insert(id);
  }
  /// Files that a branch of a source-model tree names.
  struct BranchFiles {
    const std::vector<std::string>& names;
    std::string_view key;
    const core::InputPlace& named_in;
    const std::filesystem::path& folder;

    std::filesystem::path path(const std::string& name) const {
      return checked_path(name, key, named_in, folder);
    }
  };
  struct BranchSections {
    std::shared_ptr<const SectionMap> sections;
    std::vector<std::string> files;  ///< that hold them
  };
  /// Only files that hold sections are parsed here.
  BranchSections read_branch_sections(const BranchFiles& branch) {
    BranchSections found;
    auto sections = std::make_shared<SectionMap>();
    for (const std::string& name : branch.names)
      collect([&] {
        const auto path = branch.path(name);
        if (read_file(files_, path, branch.named_in).find("geometryModel") == std::string::npos)
          return;
        read_sections(read_xml(files_, path, branch.named_in), spacings(), *sections, problems_);
        found.files.push_back(name);
      });
    found.sections = std::move(sections);
    return found;
  }
  /// A file that several branches name is read once, so its sections must be the same in all.
  void read_source_file(const std::string& name, const BranchFiles& branch,
                        const std::vector<std::string>& section_files, SourceOptions options) {
    const auto [it, is_new] = source_files_.try_emplace(name);
    const auto is_multi_fault = [](const SourceDescription& s) {
      return s.kind == "multiFaultSource";
    };
    if (is_new) {
      const auto path = branch.path(name);
      options.stored = model_ ? model_->sources(path) : nullptr;
      const XmlFile file = read_xml(files_, path, branch.named_in);
      it->second = read_source_model(file, options, in_parts_ ? of_headers_ : problems_);
      section_files_[name] = section_files;
      if (in_parts_) in_parts_files_[name] = {path, std::move(options)};
    } else if (section_files_[name] != section_files &&
               std::ranges::any_of(it->second.sources, is_multi_fault)) {
      problems_.add(ErrorKind::unsupported,
                    fmt::format("'{}' has multi-fault sources and stands in branches with other "
                                "files of sections (one choice of sections is offered for a file), "
                                "give each branch a copy of its own",
                                name),
                    branch.named_in);
    }
  }
  /// Reads the files of sources again, for those that are wanted now.
  void describe_again() {
    for (const auto& [name, file] : in_parts_files_) {
      source_files_[name] = {};  // two lists would take twice the memory
      source_files_[name] =
          read_source_model(read_xml(files_, file.path, {}), file.options, problems_);
    }
  }
  /// The sources of all paths; without paths, as far as they can be made, for their problems.
  void make_sources() {
    const double bin_width = job_.parameters.width_of_mfd_bin;
    if (!job_.tree.source_paths.empty()) {
      job_.source_models.clear();
      origins_ = make_source_models(source_tree_, source_files_, bin_width, job_, problems_);
      return;
    }
    for (const auto& [name, list] : source_files_)
      for (const SourceDescription& source : list.sources)
        collect([&] { make_source(source, bin_width); });
  }

  void check_reach(const std::vector<std::string>& regions) {
    const auto* by_region = settings_.value("maximum_distance").map();
    if (!by_region) return;
    const auto has = [&](const std::string& name) {
      return std::ranges::any_of(*by_region, [&](const auto& item) { return item.first == name; });
    };
    for (const std::string& region : regions)
      if (!has("default") && !has(region))
        add("maximum_distance", fmt::format("maximum_distance says nothing of the tectonic region "
                                            "'{}' (and has no \"default\"), add one of both",
                                            region));
  }

  /// The ground-motion tree with one set a region, checked models, and the full tree.
  std::vector<PlacedModel> read_models() {
    const std::size_t before = problems_.errors().size();
    PlacedGmmTree gmms = read_gmms();
    const bool is_whole = problems_.errors().size() == before;
    if (gmms.tree.sets.empty()) return {};
    const bool has_regions = job_.rupture_list || job_.event_set;
    if (job_.parameters.mode == Mode::scenario && !has_regions) {
      if (gmms.tree.sets.size() > 1)
        add("gsim_logic_tree_file",
            fmt::format(
                "the ground-motion tree has {} branch sets (a scenario takes one), keep one",
                gmms.tree.sets.size()));
      gmms.tree.sets.front().tectonic_region = regions_.front();
    }
    // Ruptures of one region take the one set whatever its region is called, as the peer's.
    if (has_regions && regions_.size() == 1 && gmms.tree.sets.size() == 1)
      gmms.tree.sets.front().tectonic_region = regions_.front();
    drop_unused_regions(gmms);
    read_model_tables(gmms, models_folder(), files_, problems_);
    auto models = check_models(gmms, job_.parameters, problems_);
    if (regions_.empty() || !is_whole) return models;  // sources or tree are wrong: reported
    const Parameters& p = job_.parameters;
    warn_of_imt_weights(gmms.tree);
    try {
      if (job_.event_set)
        job_.tree = logictree::restore_tree(job_.event_set->realizations, gmms.tree, regions_);
      else
        job_.tree = logictree::expand(source_tree_.tree, gmms.tree, regions_,
                                      p.number_of_logic_tree_samples, p.sampling_method,
                                      p.random_seed, p.max_potential_paths);
    } catch (const core::Error& e) {
      for (const core::Problem& problem : e.problems())
        problems_.add(problem.kind, problem.message, settings_.place("gsim_logic_tree_file"));
    }
    return models;
  }
  void warn_of_imt_weights(const logictree::GmmTree& tree) {
    const bool any = std::ranges::any_of(tree.sets, [](const logictree::GmmBranchSet& set) {
      return std::ranges::any_of(
          set.branches, [](const logictree::GmmBranch& b) { return !b.imt_weights.empty(); });
    });
    const Parameters& p = job_.parameters;
    if (any && (p.number_of_logic_tree_samples > 0 || !integrates(p.mode)))
      problems_.warn(
          fmt::format("weights by intensity measure are passed over ({}); the first weight of each "
                      "branch is used",
                      p.number_of_logic_tree_samples > 0
                          ? "a sampled tree has one weight a sample"
                          : "an event has one realization for all measures"),
          settings_.place("gsim_logic_tree_file"));
  }
  /// Files that models name are relative to the tree, if there is one.
  std::filesystem::path models_folder() const {
    constexpr std::string_view tree = "gsim_logic_tree_file";
    return settings_.given(tree) ? file_path(settings_, tree, folder_).parent_path() : folder_;
  }
  PlacedGmmTree read_gmms() {
    const std::string key =
        one_of("gsim_logic_tree_file", "gsim", "fields need ground-motion models");
    if (key.empty()) return {};
    if (key == "gsim_logic_tree_file") return read_gmm_tree(read_xml_of(key), problems_);
    PlacedGmmTree placed;
    try {
      const auto model = gmm::ModelSpec::parse(settings_.text(key));
      for (const std::string& region : regions_) {
        placed.tree.sets.push_back({region, region, {{"b1", model, 1.0}}});
        placed.places.push_back({settings_.place(key)});
      }
    } catch (const core::Error& e) {
      problems_.add(e.kind(), e.problems().front().message, settings_.place(key));
    }
    return placed;
  }
  void drop_unused_regions(PlacedGmmTree& gmms) const {
    if (regions_.empty()) return;
    for (std::size_t s = gmms.tree.sets.size(); s-- > 0;) {
      if (std::ranges::find(regions_, gmms.tree.sets[s].tectonic_region) != regions_.end())
        continue;
      gmms.tree.sets.erase(gmms.tree.sets.begin() + static_cast<std::ptrdiff_t>(s));
      gmms.places.erase(gmms.places.begin() + static_cast<std::ptrdiff_t>(s));
    }
  }
  /// Whether surfaces come from a file as they are; others are never gridded.
  static bool has_listed_surfaces(const source::Source& s) {
    return dynamic_cast<const source::CharacteristicFaultSource*>(&s) != nullptr ||
           dynamic_cast<const source::NonParametricSource*>(&s) != nullptr;
  }
  /// Gridded surfaces, by tectonic region: a name of one.
  std::map<std::string, std::string> gridded_surfaces() const {
    const auto is_gridded = [](const rupture::Rupture& r) {
      return r.surface->kind() == rupture::SurfaceKind::gridded;
    };
    std::map<std::string, std::string> found;
    if (job_.rupture && is_gridded(*job_.rupture)) found[regions_.front()] = "the rupture";
    if (job_.rupture_list)
      for (const std::string& region : job_.rupture_list->gridded_regions())
        found[region] = "a listed rupture";
    for (const SourceModel& model : job_.source_models)
      for (const source::SourcePtr& one : model.sources)
        if (has_listed_surfaces(*one) && is_gridded(one->rupture(0)))
          found.emplace(one->tectonic_region(), fmt::format("source '{}'", one->id()));
    return found;
  }
  /// Gridded surfaces have no r_x and r_y0.
  void check_gridded(const std::vector<PlacedModel>& models) {
    const auto gridded = gridded_surfaces();
    for (const PlacedModel& model : models) {
      const auto found = gridded.find(model.tectonic_region);
      if (found != gridded.end() && (gmm::contains(model.info.needs, gmm::Needs::r_x) ||
                                     gmm::contains(model.info.needs, gmm::Needs::r_y0)))
        problems_.add(
            ErrorKind::unsupported,
            fmt::format("{} needs the distances r_x or r_y0 (the surface of {} is gridded "
                        "and has none), choose another model",
                        model.info.name, found->second),
            model.place);
    }
  }

  void check_correlation() {
    if (job_.parameters.correlation_model.empty() || job_.sites.size() <= field::max_dense_sites)
      return;
    add("ground_motion_correlation_model",
        fmt::format("correlated fields at {} sites are not offered yet (at most {} sites), use "
                    "fewer sites (for a region: a larger "
                    "region_grid_spacing) or remove ground_motion_correlation_model",
                    job_.sites.size(), field::max_dense_sites),
        ErrorKind::unsupported);
  }

  /// Events and years are counted in 32 bits, and each source has a row of the file for each path;
  /// realizations that are chosen must be there.
  void check_numbers() {
    constexpr double most = std::numeric_limits<std::uint32_t>::max(), most_rows = 1e8;
    const Parameters& p = job_.parameters;
    for (const std::uint32_t r : p.disagg.rlz_index)
      if (r >= job_.tree.realizations.size() && !job_.tree.realizations.empty())
        add("rlz_index",
            fmt::format("rlz_index has {} (the job has the realizations 0 to {}), correct it", r,
                        job_.tree.realizations.size() - 1));
    if (integrates(p.mode)) return;
    double rows = 0;
    for (const logictree::SourcePath& path : job_.tree.source_paths)
      for (const std::uint32_t model : path.models)
        rows += static_cast<double>(job_.source_models[model].sources.size());
    if (rows > most_rows)
      add("source_model_logic_tree_file",
          fmt::format("the {} source-model paths have {} sources together (event sets take at most "
                      "{}), sample the tree by number_of_logic_tree_samples",
                      job_.tree.source_paths.size(), rows, most_rows));
    const auto realizations = static_cast<double>(job_.tree.realizations.size());
    const bool is_scenario = p.mode == Mode::scenario;
    const double ruptures = job_.rupture_list ? static_cast<double>(job_.rupture_list->size()) : 1;
    const double count =
        realizations *
        (is_scenario ? ruptures * static_cast<double>(p.number_of_ground_motion_fields)
                     : p.investigation_time_yr * static_cast<double>(p.ses_per_logic_tree_path));
    if (count <= most) return;
    const std::string_view key =
        is_scenario ? "number_of_ground_motion_fields" : "ses_per_logic_tree_path";
    add(key, fmt::format(
                 "{} = {} gives {} {} in {} realizations (at most {} are possible), lower it", key,
                 settings_.text(key), count, is_scenario ? "events" : "years", realizations, most));
  }

  const std::filesystem::path path_;
  std::filesystem::path folder_;
  InputFiles& files_;
  ModelFile* model_;
  core::Problems problems_;
  Settings settings_;
  Job job_;
  std::vector<std::string> regions_;  ///< of the sources; "*" for scenarios
  PlacedSourceTree source_tree_;
  SourceFiles source_files_;
  std::map<std::string, std::vector<std::string>> section_files_;  ///< by source file
  Origins origins_;

  // For sources that are read in parts.
  struct SourceFile {
    std::filesystem::path path;
    SourceOptions options;
  };
  bool in_parts_ = false;
  std::map<std::string, SourceFile> in_parts_files_;
  std::vector<PlacedModel> placed_models_;
  core::Problems of_headers_;  ///< told again with the sources
};

}  // namespace

JobWithExtents read_job_with_extents(const std::filesystem::path& path, InputFiles& files) {
  JobReader reader(path, {}, files);
  reader.read();
  SourceExtents extents = reader.extents();
  return {reader.finish(), std::move(extents)};
}

Job read_job(const std::filesystem::path& path, const Overrides& overrides, InputFiles& files) {
  std::optional<ModelFile> model;
  if (ModelFile::has_model_name(path)) model.emplace(path).put_texts(files);
  JobReader reader(model ? model->job_path() : path, overrides, files, model ? &*model : nullptr);
  reader.read();
  return reader.finish();
}

namespace {

Job read_model(const comm::Communicator& comm, const std::filesystem::path& path,
               const Overrides& overrides, const std::filesystem::path& events) {
  InputFiles files;
  files.take_events_from(events);
  std::optional<ModelFile> model;
  std::optional<JobReader> reader;
  comm::agree(comm, [&] {
    model.emplace(path).put_texts(files);
    reader.emplace(model->job_path(), overrides, files, &*model);
    reader->read(comm.size() > 1);
  });
  reader->read_own_sources(comm);
  return reader->finish();
}

}  // namespace

Job read_job(const comm::Communicator& comm, const std::filesystem::path& path,
             const Overrides& overrides, const std::filesystem::path& events) {
  if (ModelFile::has_model_name(path)) return read_model(comm, path, overrides, events);
  InputFiles files;
  files.take_events_from(events);
  Job job;
  comm::agree(comm, [&] {
    if (comm.is_root()) job = read_job(path, overrides, files);
  });
  if (comm.size() == 1) return job;
  std::vector<std::byte> bytes = comm.is_root() ? files.pack() : std::vector<std::byte>{};
  comm::broadcast(comm, bytes);
  comm::agree(comm, [&] {
    if (comm.is_root()) return;
    files = InputFiles::unpack(bytes);
    files.take_events_from(events);
    files.seal();
    job = read_job(path, overrides, files);
  });
  return job;
}

}  // namespace shakefield::job
