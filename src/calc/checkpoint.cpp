// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <span>

#include "commit_clock.hpp"
#include "grouped.hpp"

namespace shakefield::calc {
namespace {

constexpr const char* group = "/progress";
constexpr const char* ranks_path = "/progress/ranks";
constexpr const char* outside_path = "/progress/outside_ranges";

template <class Number>
Number number_of(const core::Attributes& attributes, const char* name) {
  const auto found = attributes.find(name);
  const Number* value = found == attributes.end() ? nullptr : std::get_if<Number>(&found->second);
  core::validate(value, core::ErrorKind::data,
                 fmt::format("{} has no number '{}' (it says how far the run came), run the job "
                             "again with --overwrite",
                             group, name));
  return *value;
}

core::RowType numbers(std::initializer_list<const char*> names) {
  core::RowType row;
  for (const char* name : names) row.add(name, core::Scalar::u64);
  return row;
}

void replace(store::File& file, const char* path, const core::Array& array, const char* axis) {
  store::remove(file, path);
  store::write_array(file, path, array, {{"axes", std::vector<std::string>{axis}}});
}

}  // namespace

std::vector<field::FieldCounts> counts_of_ranks(const comm::Communicator& comm,
                                                const field::FieldCounts& own) {
  std::vector<field::FieldCounts> counts;
  for (const std::vector<std::byte>& bytes : comm::gather(comm, std::as_bytes(std::span(&own, 1))))
    std::memcpy(&counts.emplace_back(), bytes.data(), sizeof own);
  return counts;
}

void write_checkpoint(store::File& file, const Checkpoint& checkpoint) {
  const Position& p = checkpoint.position;
  const auto integer = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  store::write_attributes(file, group,
                          {{"next_event", integer(p.next_event)},
                           {"section_unit", integer(p.section.unit)},
                           {"section_event", integer(p.section.event)},
                           {"section_rupture", integer(p.section_rupture)},
                           {"fraction", p.fraction},
                           {"elapsed_s", p.elapsed_s},
                           {"sessions", integer(p.sessions)},
                           {"num_sites", integer(p.num_sites)},
                           {"sites", integer(p.sites)},
                           {"round_sites", integer(p.round_sites)},
                           {"shares", integer(p.shares)},
                           {"bin_sites", integer(p.bin_sites)}});
  static_assert(sizeof(field::FieldCounts) == 3 * sizeof(std::uint64_t));
  core::Array counts(numbers({"values", "rows", "pairs"}), {checkpoint.counts.size()});
  std::memcpy(counts.data(), checkpoint.counts.data(), counts.size_bytes());
  replace(file, ranks_path, counts, "rank");

  std::vector<std::uint64_t> outside;
  for (const field::OutsideCounts& c : checkpoint.outside)
    for (const std::uint64_t count : {c.pairs, c.mag, c.distance, c.vs30}) outside.push_back(count);
  core::Array array(numbers({"pairs", "mag", "distance", "vs30"}), {checkpoint.outside.size()});
  std::memcpy(array.data(), outside.data(), array.size_bytes());
  replace(file, outside_path, array, "model");
}

void commit_checkpoint(store::File& file, const Checkpoint& checkpoint) {
  write_checkpoint(file, checkpoint);
  file.wait_for_disk(is_worth_waiting_for_disk(checkpoint.position.elapsed_s));
  file.commit();
}

std::optional<Checkpoint> read_checkpoint(const store::File& file) {
  if (std::get<std::int64_t>(store::read_attributes(file, "/").at("complete")) == 1)
    return std::nullopt;
  const core::Attributes attributes =
      store::exists(file, group) ? store::read_attributes(file, group) : core::Attributes{};
  const auto natural = [&](const char* name) {
    return static_cast<std::uint64_t>(number_of<std::int64_t>(attributes, name));
  };
  Checkpoint checkpoint;
  checkpoint.position = {.next_event = natural("next_event"),
                         .section = {natural("section_unit"), natural("section_event")},
                         .section_rupture = natural("section_rupture"),
                         .fraction = number_of<double>(attributes, "fraction"),
                         .elapsed_s = number_of<double>(attributes, "elapsed_s"),
                         .sessions = natural("sessions"),
                         .num_sites = natural("num_sites"),
                         .sites = natural("sites"),
                         .round_sites = natural("round_sites"),
                         .shares = natural("shares"),
                         .bin_sites = natural("bin_sites")};
  const core::Array counts = store::read_array(file, ranks_path);
  checkpoint.counts.resize(counts.rows());
  std::memcpy(checkpoint.counts.data(), counts.data(), counts.size_bytes());

  const core::Array outside = store::read_array(file, outside_path);
  const auto column = [&](const char* name) { return outside.column_i64(name); };
  const auto pairs = column("pairs"), mag = column("mag"), distance = column("distance"),
             vs30 = column("vs30");
  for (std::size_t m = 0; m < pairs.size(); ++m)
    checkpoint.outside.push_back({.pairs = static_cast<std::uint64_t>(pairs[m]),
                                  .mag = static_cast<std::uint64_t>(mag[m]),
                                  .distance = static_cast<std::uint64_t>(distance[m]),
                                  .vs30 = static_cast<std::uint64_t>(vs30[m])});
  return checkpoint;
}

void remove_checkpoint(store::File& file) {
  store::remove(file, group);
}

std::string progress_text(const Position& p) {
  if (p.num_sites > 0 && p.sites == p.num_sites)
    return fmt::format("{:.0f} % (all {} sites have their curves, {} of them their bins)",
                       std::floor(100 * p.fraction), grouped(p.num_sites), grouped(p.bin_sites));
  if (p.num_sites > 0)
    return fmt::format("{:.0f} % ({} of {} sites have their results)", std::floor(100 * p.fraction),
                       grouped(p.sites), grouped(p.num_sites));
  if (p.next_event == 0 || p.fraction <= 0) return fmt::format("{} events", grouped(p.next_event));
  const double about = std::round(static_cast<double>(p.next_event) / p.fraction);
  return fmt::format("{} of about {} events ({:.0f} %)", grouped(p.next_event),
                     grouped(static_cast<std::uint64_t>(about)), 100 * p.fraction);
}

core::Error stopped_by_signal(const Position& position, const std::filesystem::path& job,
                              const std::filesystem::path& output) {
  return {core::ErrorKind::interrupted,
          fmt::format("stopped by a signal after {} (all of it is in {}), go on with `shakefield "
                      "run {} --resume -o {}`",
                      progress_text(position), output.string(), job.string(), output.string())};
}

core::Error stopped_for_good(const Position& position, const std::filesystem::path& output) {
  return {core::ErrorKind::interrupted,
          fmt::format("stopped by a signal after {}, which are lost (with gmf_writer = mpi_io runs "
                      "make no commits: {} holds nothing to go on with), run the job again with "
                      "--overwrite, or with gmf_writer = single, whose runs can be resumed",
                      progress_text(position), output.string())};
}

}  // namespace shakefield::calc
