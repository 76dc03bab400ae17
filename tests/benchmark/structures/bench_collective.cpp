// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// The two writers of fields, single and mpi_io, beside plain collective calls of HDF5, under
// mpirun: every rank holds the rows of its part of the sites, event by event, as in a run. The
// plain calls write them to their places in a dataset that is made in its full size before: the
// number of rows of each event is known here, which it is not in a run. Prints Markdown; root
// compares each file with the rows.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>

#include "hdf5_file.hpp"
#include "report.hpp"
#include "scratch_folder.hpp"
#include "shakefield/comm/communicator.hpp"
#include "shakefield/store/gmf_sink.hpp"

namespace shakefield::structures {
namespace {

constexpr std::uint32_t num_sites = 32768;
constexpr std::uint32_t batch_events = 8;  ///< 5 MB of rows, as in a run
constexpr const char* table_path = "/gmf_data/table";

struct Options {
  std::uint32_t batches = 40;
  int repetitions = 5;
};

/// Any number that compresses like a ground motion: its low bits are noise.
Row row_of(std::uint32_t event, std::uint32_t site) {
  Row row{site, event};
  std::uint32_t bits = event * 2654435761u + site * 2246822519u;
  for (float& value : row.values) {
    bits = bits * 1664525u + 1013904223u;
    value = 0.05f + 0.4f * static_cast<float>(bits >> 8) / static_cast<float>(1u << 24);
  }
  return row;
}

/// One rank's part of each event: sites [first, stop), and its rows of all batches.
struct Share {
  std::uint32_t first_site, stop_site;
  std::vector<std::vector<Row>> batches;
};

Share make_share(const comm::Communicator& world, std::uint32_t batches) {
  const auto rank = static_cast<std::uint32_t>(world.rank());
  const auto size = static_cast<std::uint32_t>(world.size());
  Share share{num_sites * rank / size, num_sites * (rank + 1) / size, {}};
  for (std::uint32_t batch = 0; batch < batches; ++batch) {
    std::vector<Row>& rows = share.batches.emplace_back();
    for (std::uint32_t i = 0; i < batch_events; ++i)
      for (std::uint32_t site = share.first_site; site < share.stop_site; ++site)
        rows.push_back(row_of(batch * batch_events + i, site));
  }
  return share;
}

/// The batches as the sink takes them.
std::vector<store::GmfBatch> batches_of(const Share& share) {
  std::vector<store::GmfBatch> batches;
  for (const std::vector<Row>& rows : share.batches) {
    const auto bytes = std::as_bytes(std::span(rows));
    batches.push_back({{bytes.begin(), bytes.end()},
                       std::vector(batch_events, share.stop_site - share.first_site)});
  }
  return batches;
}

core::RowType stored_row() {
  core::RowType row;
  row.add("site", core::Scalar::u32).add("event", core::Scalar::u32);
  for (const char* imt : {"PGA", "SA(0.3)", "SA(1.0)"}) row.add(imt, core::Scalar::f32, "g");
  return row;
}

void write_through_sink(const comm::Communicator& world, const std::filesystem::path& path,
                        store::GmfWriter writer, Filter filter,
                        std::vector<store::GmfBatch>& batches) {
  std::optional<store::File> file;
  if (world.is_root()) file = store::File::create(path, true);
  store::GmfStorage storage{.num_sites = num_sites, .writer = writer};
  if (filter == Filter::deflate) storage.codec.kind = store::CodecKind::deflate;
  const auto sink = store::make_gmf_writer(world, file ? &*file : nullptr, stored_row(), {},
                                           store::Start::anew, storage);
  // Memory that comes back is kept: giving it up is no part of writing.
  for (store::GmfBatch& batch : batches) batch = sink->write(std::move(batch));
  sink->finish();
  if (file) file->close();
}

enum class Layout { contiguous, chunked };

Handle create_shared_file(const std::filesystem::path& path) {
  const std::string deed = "create " + path.string();
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, deed);
  check(H5Pset_fapl_mpio(access.id(), MPI_COMM_WORLD, MPI_INFO_NULL), deed);
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.id()), H5Fclose, deed};
}

Handle create_table(const Handle& file, Layout layout, Filter filter, hsize_t rows) {
  const std::string deed = "make the table";
  const Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose, deed);
  check(H5Pset_create_intermediate_group(links.id(), 1), deed);
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, deed);
  check(H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER), deed);
  if (layout == Layout::chunked) check(H5Pset_chunk(creation.id(), 1, &chunk_rows), deed);
  if (filter == Filter::deflate) {
    check(H5Pset_shuffle(creation.id()), deed);
    check(H5Pset_deflate(creation.id(), 1), deed);
  }
  const Handle space(H5Screate_simple(1, &rows, nullptr), H5Sclose, deed);
  return {H5Dcreate2(file.id(), table_path, row_type().id(), space.id(), links.id(), creation.id(),
                     H5P_DEFAULT),
          H5Dclose, deed};
}

/// One collective call for each batch: the rank's sites of each of its events.
void write_collective(const std::filesystem::path& path, Layout layout, Filter filter,
                      const Share& share) {
  const std::string deed = "write the table";
  Handle file = create_shared_file(path);
  const hsize_t rows_of_batch = hsize_t{batch_events} * num_sites;
  Handle table = create_table(file, layout, filter, rows_of_batch * share.batches.size());
  const Handle type = row_type();
  const Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose, deed);
  check(H5Pset_dxpl_mpio(transfer.id(), H5FD_MPIO_COLLECTIVE), deed);
  const Handle places(H5Dget_space(table.id()), H5Sclose, deed);
  const hsize_t stride = num_sites, count = batch_events;
  const hsize_t block = share.stop_site - share.first_site;
  const hsize_t own_rows = count * block;
  const Handle memory(H5Screate_simple(1, &own_rows, nullptr), H5Sclose, deed);
  hsize_t start = share.first_site;
  for (const std::vector<Row>& rows : share.batches) {
    check(H5Sselect_hyperslab(places.id(), H5S_SELECT_SET, &start, &stride, &count, &block), deed);
    check(H5Dwrite(table.id(), type.id(), memory.id(), places.id(), transfer.id(), rows.data()),
          deed);
    start += rows_of_batch;
  }
  check(table.close(), deed);
  close_file(file);
}

void expect_all_rows(const std::filesystem::path& path, std::uint32_t batches) {
  const Handle file = open_file(path);
  const Dataset table(file, table_path);
  const Handle type = row_type();
  std::vector<Row> rows(num_sites);
  if (table.rows() != hsize_t{batches} * batch_events * num_sites)
    throw std::runtime_error(fmt::format("the table has {} rows", table.rows()));
  for (std::uint32_t event = 0; event < batches * batch_events; ++event) {
    table.read(type.id(), hsize_t{event} * num_sites, num_sites, rows.data());
    for (std::uint32_t site = 0; site < num_sites; ++site)
      if (rows[site] != row_of(event, site))
        throw std::runtime_error(fmt::format("event {} has another row {}", event, site));
  }
}

struct Method {
  const char* name;
  const char* filter_name;
  std::optional<Layout> layout;  ///< none: through a sink
  store::GmfWriter writer;       ///< of the sink
  Filter filter;
  std::vector<double> seconds;
};

/// Seconds from the meeting of all ranks until all have closed the file.
double measure(const comm::Communicator& world, const std::filesystem::path& path,
               const Method& method, const Share& share) {
  std::vector<store::GmfBatch> batches;
  if (!method.layout) batches = batches_of(share);
  comm::barrier(world);
  const auto start = std::chrono::steady_clock::now();
  if (method.layout) {
    write_collective(path, *method.layout, method.filter, share);
  } else {
    write_through_sink(world, path, method.writer, method.filter, batches);
  }
  comm::barrier(world);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  return seconds.count();
}

void print(const std::vector<Method>& methods, double megabytes) {
  fmt::print(
      "| writer | filter | fastest, s | median, s | MB of rows/s, median |\n"
      "|---|---|---|---|---|\n");
  for (const Method& method : methods) {
    const double seconds = median(method.seconds);
    fmt::print("| {} | {} | {:.3g} | {:.3g} | {:.0f} |\n", method.name, method.filter_name,
               std::ranges::min(method.seconds), seconds, megabytes / seconds);
  }
}

void run(const comm::Communicator& world, const Options& options) {
  const Share share = make_share(world, options.batches);
  using enum store::GmfWriter;
  std::vector<Method> methods{
      {"single writer", "-", {}, single, Filter::none, {}},
      {"all ranks (`mpi_io`)", "-", {}, mpi_io, Filter::none, {}},
      {"collective H5Dwrite, contiguous", "-", Layout::contiguous, single, Filter::none, {}},
      {"collective H5Dwrite, chunked", "-", Layout::chunked, single, Filter::none, {}},
      {"single writer", "deflate", {}, single, Filter::deflate, {}},
      {"collective H5Dwrite, chunked", "deflate", Layout::chunked, single, Filter::deflate, {}},
  };
  const ScratchFolder folder;  // root's is used
  std::string path = (folder / "rows.h5").string();
  comm::broadcast(world, path);
  const std::string load_before = load_average();
  for (int repetition = 0; repetition < options.repetitions; ++repetition)
    for (Method& method : methods) {
      method.seconds.push_back(measure(world, path, method, share));
      comm::agree(world, [&] {
        if (!world.is_root()) return;
        expect_all_rows(path, options.batches);
        std::filesystem::remove(path);
      });
    }
  if (!world.is_root()) return;
  const double megabytes = 1e-6 * sizeof(Row) * num_sites * batch_events * options.batches;
  fmt::print("\n{} ranks, {:.0f} MB of rows; {} repetitions; load {} to {}\n\n", world.size(),
             megabytes, options.repetitions, load_before, load_average());
  print(methods, megabytes);
}

int run_all(int argc, char** argv) {
  CLI::App app("Compares the single writer with collective MPI-IO; prints medians as Markdown.");
  Options options;
  app.add_option("--batches", options.batches, "of 5 MB of rows")->check(CLI::Range(1u, 10000u));
  app.add_option("--repetitions", options.repetitions, "of which the median is shown")
      ->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  const comm::Environment environment(argc, argv);
  try {
    run(comm::Communicator::world(), options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    comm::Environment::abort(1);
  }
  return 0;
}

}  // namespace
}  // namespace shakefield::structures

int main(int argc, char** argv) {
  return shakefield::structures::run_all(argc, argv);
}
