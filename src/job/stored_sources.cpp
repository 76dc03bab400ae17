// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "stored_sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace shakefield::job {
namespace {

/// Chunks that are read at once: some MiB of values.
constexpr std::size_t chunks_per_run = 64;

std::vector<std::uint16_t> small_numbers(const core::Array& table, std::string_view column) {
  const std::vector<std::int64_t> values = table.column_i64(column);
  return {values.begin(), values.end()};
}

}  // namespace

StoredSources::StoredSources(std::shared_ptr<const store::File> file, std::string group,
                             std::string name, std::shared_ptr<const Shapes> shapes,
                             std::uint32_t first_chunk)
    : file_(std::move(file)),
      group_(std::move(group)),
      name_(std::move(name)),
      shapes_(std::move(shapes)),
      first_chunk_(first_chunk) {
  read_headers();
  chunks_ = from_table<StoredChunk>(store::read_array(*file_, group_ + "/chunks"));
  check_chunks();
  wanted_.resize(chunks_.size() - 1);
  std::iota(wanted_.begin(), wanted_.end(), 0u);
}

void StoredSources::fail(const std::string& why) const {
  throw core::Error(
      core::ErrorKind::data,
      fmt::format("the sources of {} are damaged ({}), convert the job again", name_, why),
      {file_->path().string(), 0});
}

void StoredSources::read_headers() {
  const core::Array headers = store::read_array(*file_, group_ + "/headers");
  ids_ = headers.column_text("id");
  kind_ = small_numbers(headers, "kind");
  region_ = small_numbers(headers, "region");
  kinds_ = store::read_array(*file_, group_ + "/kinds").column_text("");
  regions_ = store::read_array(*file_, group_ + "/regions").column_text("");
  if (std::ranges::any_of(kind_, [&](std::uint16_t k) { return k >= kinds_.size(); }) ||
      std::ranges::any_of(region_, [&](std::uint16_t r) { return r >= regions_.size(); }))
    fail("a header names a kind or region that is not there");
}

void StoredSources::check_chunks() const {
  const auto rows = [&](const char* dataset) {
    const std::vector<std::size_t> shape = store::shape(*file_, group_ + dataset);
    return shape.empty() ? 0 : shape.front();
  };
  if (chunks_.empty()) fail("there are no chunks");
  const StoredChunk& end = chunks_.back();
  const auto ascends = [&](std::uint64_t StoredChunk::*first) {
    return chunks_.front().*first == 0 && std::ranges::is_sorted(chunks_, {}, first);
  };
  if (!ascends(&StoredChunk::row) || !ascends(&StoredChunk::numbers) ||
      !ascends(&StoredChunk::counts) || !ascends(&StoredChunk::bytes) || end.row != size() ||
      end.row != rows("/rows") || end.numbers != rows("/numbers") ||
      end.counts != rows("/counts") || end.bytes != rows("/bytes"))
    fail("the index of chunks does not fit the tables");
}

std::size_t StoredSources::num_sources(std::size_t chunk) const {
  return chunks_[chunk + 1].row - chunks_[chunk].row;
}

void StoredSources::for_each(const Visit& visit) const {
  for (std::size_t i = 0; i < wanted_.size();) {
    std::size_t j = i + 1;
    while (j < wanted_.size() && j - i < chunks_per_run && wanted_[j] == wanted_[j - 1] + 1) ++j;
    read_run(wanted_[i], wanted_[j - 1] + 1, visit);
    i = j;
  }
}

void StoredSources::read_run(std::uint32_t first, std::uint32_t last, const Visit& visit) const {
  const StoredChunk &from = chunks_[first], &to = chunks_[last];
  const auto read = [&](const char* dataset, std::uint64_t StoredChunk::*at) {
    return store::read_rows(*file_, group_ + dataset, from.*at, to.*at - from.*at);
  };
  const auto rows = from_table<StoredSourceRow>(read("/rows", &StoredChunk::row));
  const core::Array numbers = read("/numbers", &StoredChunk::numbers),
                    counts = read("/counts", &StoredChunk::counts),
                    bytes = read("/bytes", &StoredChunk::bytes);
  const auto all_bytes = bytes.values<std::uint8_t>();
  const PackedView all{numbers.values<double>(),
                       counts.values<std::uint32_t>(),
                       {reinterpret_cast<const char*>(all_bytes.data()), all_bytes.size()}};
  std::size_t number = 0, count = 0, byte = 0;
  std::uint32_t chunk = first;
  PackedElement element;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const StoredSourceRow& row = rows[r];
    while (from.row + r >= chunks_[chunk + 1].row) ++chunk;
    if (row.number >= size() || row.numbers > all.numbers.size() - number ||
        row.counts > all.counts.size() - count || row.bytes > all.bytes.size() - byte)
      fail("a source has more values than there are");
    element.turn_to(*shapes_, row.shape,
                    {all.numbers.subspan(number, row.numbers),
                     all.counts.subspan(count, row.counts), all.bytes.substr(byte, row.bytes)},
                    {name_, 0});
    number += row.numbers;
    count += row.counts;
    byte += row.bytes;
    visit(row.number, first_chunk_ + chunk, element);
  }
}

}  // namespace shakefield::job
