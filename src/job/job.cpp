// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/job/job.hpp"

#include <fmt/format.h>

#include <optional>

#include "job_checks.hpp"
#include "job_draft.hpp"
#include "job_files.hpp"
#include "job_reader.hpp"
#include "model_file.hpp"
#include "model_tables.hpp"
#include "models.hpp"
#include "nrml_rupture.hpp"
#include "sites_reader.hpp"
#include "source_reader.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

/// Reads one job from the outside in: parameters, rupture or sources, models, sites.
class JobReader {
 public:
  /// `model`: where the job and its files come from, if not from texts. `in_parts`: of sources in
  /// it each rank takes what it needs, where the calculation allows that.
  JobReader(const std::filesystem::path& path, const Overrides& overrides, InputFiles& files,
            ModelFile* model = nullptr, bool in_parts = false)
      : draft_(path, overrides, files, model),
        in_parts_(in_parts && can_be_in_parts()),
        sources_(draft_, in_parts_) {}

  /// Everything; of sources that are read in parts, what names them.
  void read() {
    const Settings& settings = draft_.settings;
    if (settings.broken("calculation_mode") || !settings.given("calculation_mode"))
      throw_sorted(draft_.problems);
    const bool has_sources = takes_sources();
    draft_.collect([&] {
      if (draft_.takes_events())
        read_events();
      else if (lists_ruptures())
        read_rupture_list();
      else
        has_sources ? sources_.read() : read_scenario();
    });
    draft_.collect([&] { models_ = read_models(draft_); });
    if (has_sources && !in_parts_) sources_.make();
    if (!in_parts_) check_gridded(draft_, models_);
    std::vector<gmm::ModelInfo> models;
    models.reserve(models_.size());
    for (const PlacedModel& model : models_) models.push_back(model.info);
    draft_.collect([&] {
      draft_.job.sites = read_sites(settings, draft_.files, draft_.folder, models, draft_.problems);
    });
    check_correlation(draft_);
    if (!in_parts_) check_numbers(draft_);
    throw_sorted(draft_.problems);
  }

  /// The sources that a rank needs, if they are read in parts. Collective.
  void read_own_sources(const comm::Communicator& comm) {
    if (!in_parts_) return;
    sources_.read_own(comm);
    comm::agree(comm, [&] {
      check_gridded(draft_, models_);
      check_numbers(draft_);
      throw_sorted(draft_.problems);
    });
    share_warnings(comm, draft_.problems);
  }

  Job finish() {
    Job& job = draft_.job;
    job.warnings = draft_.problems.warnings();
    job.not_computed = draft_.settings.not_computed();
    job.resolved = draft_.settings.resolved();
    job.given = draft_.settings.given_parameters();
    if (draft_.model)
      job.checksums[draft_.model->path().filename().string()] = draft_.model->digest();
    else
      job.checksums = draft_.files.checksums();
    if (job.event_set) job.checksums[job.event_set->path.string()] = job.event_set->identity;
    return std::move(job);
  }

  const std::vector<GivenParameter>& given() const { return draft_.settings.given_parameters(); }
  SourceExtents extents() const { return sources_.extents(); }

 private:
  /// Points are gathered, and bins of a disaggregation made, of all sources together.
  bool can_be_in_parts() const {
    const Parameters& p = draft_.job.parameters;
    return p.mode == Mode::event_based
               ? takes_sources()
               : p.mode == Mode::classical && p.hazard.ps_grid_spacing_km == 0;
  }
  bool takes_sources() const {
    return draft_.job.parameters.mode != Mode::scenario && !draft_.takes_events() &&
           !lists_ruptures();
  }

  void read_scenario() {
    draft_.regions.assign(1, "*");
    const std::string key =
        draft_.one_of("rupture_model_file", "rupture_dict", "a scenario needs a rupture");
    if (key.empty()) return;
    try {
      draft_.job.rupture =
          key == "rupture_dict"
              ? rupture_from_map(*draft_.settings.value(key).map())
              : read_rupture(draft_.read_xml_of(key), draft_.spacings(), draft_.problems);
    } catch (const core::Error& e) {
      for (const core::Problem& p : e.problems())
        draft_.problems.add(p.kind, p.message,
                            p.place.file.empty() ? draft_.settings.place(key) : p.place);
      return;
    }
    if (draft_.settings.given("tectonic_region_type"))
      draft_.job.rupture->tectonic_region = draft_.settings.text("tectonic_region_type");
    draft_.check_reach({draft_.job.rupture->tectonic_region});
  }

  void read_events() {
    EventSet set = read_event_set(draft_.files.events_file());
    const Parameters& p = draft_.job.parameters;
    const auto expect = [&](std::string_view key, const auto& own, const auto& theirs) {
      if (own != theirs)
        draft_.add(key, fmt::format("{} = {} (the events of {} have {}), give the same", key, own,
                                    set.path.string(), theirs));
    };
    expect("calculation_mode", draft_.settings.text("calculation_mode"), set.calculation_mode);
    expect("ses_seed", p.ses_seed, set.ses_seed);
    if (p.mode == Mode::event_based) {
      expect("investigation_time", p.investigation_time_yr, set.investigation_time_yr);
      expect("ses_per_logic_tree_path", p.ses_per_logic_tree_path, set.ses_per_logic_tree_path);
    }
    draft_.regions = set.regions;
    draft_.job.event_set = std::move(set);
    draft_.check_reach(draft_.regions);
  }

  /// Whether events come from a table of ruptures: in event sets in the place of sources.
  bool lists_ruptures() const {
    if (!draft_.settings.given("rupture_model_file")) return false;
    const std::filesystem::path name = draft_.settings.text("rupture_model_file");
    return lowered(name.extension().string()) == ".csv";
  }
  void read_rupture_list() {
    const std::string_view key = "rupture_model_file";
    const bool is_scenario = draft_.job.parameters.mode == Mode::scenario;
    if (is_scenario) {
      draft_.one_of("rupture_dict", std::string(key), "a scenario needs a rupture");
    } else {
      core::validate(draft_.job.parameters.mode == Mode::event_based, ErrorKind::config,
                     "rupture_model_file lists ruptures (hazard curves need sources and their "
                     "rates), give source_model_logic_tree_file",
                     draft_.settings.place(key));
      for (const char* sources : {"source_model_logic_tree_file", "source_model_file"})
        if (draft_.settings.given(sources))
          draft_.add(
              key, fmt::format("rupture_model_file and {} are both given (events come from one of "
                               "them), remove one",
                               sources));
    }
    const auto path = file_path(draft_.settings, key, draft_.folder);
    auto list = std::make_shared<RuptureList>(
        read_file(draft_.files, path, draft_.settings.place(key)), path.string(), draft_.problems);
    draft_.source_tree = make_source_tree({}, draft_.settings.place(key));
    draft_.regions = list->regions();
    draft_.job.rupture_list = std::move(list);
    draft_.check_reach(draft_.regions);
  }

  JobDraft draft_;
  bool in_parts_;
  SourceReader sources_;
  std::vector<PlacedModel> models_;
};

}  // namespace

JobWithExtents read_job_with_extents(const std::filesystem::path& path, InputFiles& files) {
  files.keep_texts_of_tables();
  JobReader reader(path, {}, files);
  reader.read();
  SourceExtents extents = reader.extents();
  return {reader.finish(), std::move(extents)};
}

CheckedJob check_job(const std::filesystem::path& path, const Overrides& overrides,
                     InputFiles& files) {
  std::optional<ModelFile> model;
  if (ModelFile::has_model_name(path)) model.emplace(path).put_texts(files);
  JobReader reader(model ? model->job_path() : path, overrides, files, model ? &*model : nullptr);
  CheckedJob checked{reader.given(), {}, {}};
  try {
    reader.read();
    checked.job = reader.finish();
  } catch (const core::Error& e) {
    checked.error = e;
  }
  return checked;
}

Job read_job(const std::filesystem::path& path, const Overrides& overrides, InputFiles& files) {
  CheckedJob checked = check_job(path, overrides, files);
  if (checked.error) throw *std::move(checked.error);
  return *std::move(checked.job);
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
    reader.emplace(model->job_path(), overrides, files, &*model, comm.size() > 1);
    reader->read();
  });
  share_tables(comm, files.tables());
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
  {
    std::vector<std::byte> bytes = comm.is_root() ? files.pack() : std::vector<std::byte>{};
    comm::broadcast(comm, bytes);
    if (!comm.is_root()) files = InputFiles::unpack(std::move(bytes));
  }
  share_tables(comm, files.tables());
  comm::agree(comm, [&] {
    if (comm.is_root()) return;
    files.take_events_from(events);
    files.seal();
    job = read_job(path, overrides, files);
  });
  return job;
}

}  // namespace shakefield::job
