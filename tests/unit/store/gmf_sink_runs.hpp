// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>
#include <memory>
#include <random>
#include <string>

#include "mpi_test.hpp"
#include "shakefield/store/digest.hpp"
#include "shakefield/store/gmf_sink.hpp"

namespace shakefield::store {

inline core::RowType row() {
  core::RowType type;
  type.add("site", core::Scalar::u32).add("event", core::Scalar::u32);
  type.add("PGA", core::Scalar::f32, "g").add("SA(0.3)", core::Scalar::f32, "g");
  return type;
}

/// Which rank has a site: a function of its number only.
inline int owner(std::uint32_t site, int ranks) {
  std::minstd_rand random(site + 1);
  random.discard(5);
  return static_cast<int>(site % 3 == 0 ? random() % static_cast<unsigned>(ranks)
                                        : site / 256 % static_cast<unsigned>(ranks));
}

struct Digests {
  std::string table, index;
};

/// Rows of a job with large events: several slices each, of which ranks have nothing, one or all.
inline constexpr std::uint32_t wide_sites = 20'000;
inline float wide_value(std::uint32_t event, std::uint32_t site) {
  return std::exp(0.001f * static_cast<float>((site * 7919 + event * 104729) % 10'007) - 8.0f);
}
inline GmfBatch make_wide_batch(std::uint32_t first, std::uint32_t last, int rank, int ranks) {
  GmfBatch batch;
  for (std::uint32_t event = first; event < last; ++event) {
    std::uint32_t count = 0;
    for (std::uint32_t site = 0; site < wide_sites; ++site) {
      if (owner(site, ranks) != rank || site % (event % 5 + 1) != 0) continue;
      const struct {
        std::uint32_t site, event;
        float pga, sa;
      } values{site, event, wide_value(event, site), -wide_value(site, event)};
      const auto bytes = std::as_bytes(std::span(&values, 1));
      batch.rows.insert(batch.rows.end(), bytes.begin(), bytes.end());
      ++count;
    }
    batch.rows_per_event.push_back(count);
  }
  return batch;
}

inline constexpr std::uint32_t wide_events = 40;

/// The digests of a table of such rows that `comm` wrote.
inline Digests digests_of_wide_run(const comm::Communicator& comm,
                                   const std::filesystem::path& path, const GmfStorage& storage,
                                   std::uint32_t batch_events) {
  std::unique_ptr<File> file;
  if (comm.is_root()) file = std::make_unique<File>(File::create(path));
  const auto sink = make_gmf_writer(comm, file.get(), row(), {}, Start::anew, storage);
  for (std::uint32_t first = 0; first < wide_events; first += batch_events) {
    const std::uint32_t last = std::min(first + batch_events, wide_events);
    sink->write(make_wide_batch(first, last, comm.rank(), comm.size()));
    if (first % 3 == 1) sink->commit();
  }
  sink->finish();
  if (!comm.is_root()) return {};
  return {digest_of(*file, "/gmf_data/table"), digest_of(*file, "/gmf_data/index")};
}

inline std::exception_ptr broken() {
  return std::make_exception_ptr(core::Error(core::ErrorKind::numeric, "broken", {"sites.csv", 3}));
}

}  // namespace shakefield::store
