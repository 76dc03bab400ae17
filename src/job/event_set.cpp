// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/job/event_set.hpp"

#include <fmt/format.h>

#include "shakefield/core/error.hpp"
#include "shakefield/core/hash.hpp"
#include "shakefield/store/file.hpp"
#include "shakefield/store/protocol.hpp"

namespace shakefield::job {
namespace {

/// An attribute, or its default if the file has none of this name and type.
template <class T>
T attribute(const core::Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  const T* value = found == attributes.end() ? nullptr : std::get_if<T>(&found->second);
  return value ? *value : T{};
}

/// What events follow from: program, parameters and inputs, and the events that the run itself took
/// over. Sites and measures are among them: a file with the same events may have another identity.
std::string identity_of(const core::Attributes& root, std::size_t num_events) {
  std::string text = fmt::format("{}\n{}\n", num_events, attribute<std::string>(root, "job"));
  for (const char* name : {"version", "commit", "compiler", "arch"})
    text += attribute<std::string>(root, name) + '\n';
  for (const std::string& line : attribute<std::vector<std::string>>(root, "input_checksums"))
    text += line + '\n';
  core::Digest digest;
  digest.add(std::as_bytes(std::span(text)));
  return digest.hex();
}

}  // namespace

EventSet read_event_set(const std::filesystem::path& path) {
  const store::File file = store::File::open(path);
  const auto require = [&](bool condition, std::string_view message) {
    core::validate(condition, core::ErrorKind::data, message, {path.string()});
  };
  for (const char* table : {"/ruptures", "/rupture_geometry/index", "/events", "/realizations"})
    require(store::exists(file, table),
            fmt::format("the file holds no event set (it has no {}), give a file that `shakefield "
                        "run` wrote for a scenario or an event set",
                        table));
  const core::Attributes root = store::read_attributes(file, "/");
  require(attribute<std::int64_t>(root, "complete") == 1,
          "the run that made the file stopped before its end, go on with it by --resume");
  EventSet set;
  set.path = path;
  set.calculation_mode = attribute<std::string>(root, "calculation_mode");
  set.ses_seed = static_cast<std::uint64_t>(attribute<std::int64_t>(root, "ses_seed"));
  set.investigation_time_yr = attribute<double>(root, "investigation_time");
  set.ses_per_logic_tree_path =
      static_cast<std::uint64_t>(attribute<std::int64_t>(root, "ses_per_logic_tree_path"));
  set.regions =
      attribute<std::vector<std::string>>(store::read_attributes(file, "/ruptures"), "regions");
  set.realizations = store::read<logictree::RealizationTable>(file, "/realizations");
  require(!set.regions.empty() && !set.realizations.realizations.empty(),
          "the file names no tectonic region or no realization (it is damaged), make it anew");
  set.identity = identity_of(root, store::shape(file, "/events").at(0));
  return set;
}

}  // namespace shakefield::job
