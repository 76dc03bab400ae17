// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "curves_from_fields.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "hazard_results.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/comm/exchange.hpp"

namespace shakefield::calc {
namespace {

constexpr const char* path = "/progress/exceedances";
constexpr int tag = 301;
/// Memory of the counts of all ranks in a commit, and of a rank's counts and root's results in a
/// round of the end.
constexpr std::size_t commit_bytes = std::size_t{16} << 20, round_bytes = std::size_t{128} << 20;

std::size_t padded_levels(const job::Parameters& p) {
  constexpr std::size_t step = hazard::level_padding;
  return (p.levels.front().size() + step - 1) / step * step;
}

/// An event has one realization for all measures.
std::vector<double> weights_of(const job::Job& job) {
  std::vector<double> weights;
  for (const auto& realization : job.tree.realizations) weights.push_back(realization.weight);
  return weights;
}

core::RowType row_type(const job::Job& job) {
  const job::Parameters& p = job.parameters;
  core::RowType row;
  row.add("site", core::Scalar::u32)
      .add("realization", core::Scalar::u32)
      .add("counts", core::Scalar::u32, "1", p.levels.size() * p.levels.front().size());
  return row;
}

/// Curves of one site after the other from its counts.
class SiteCurves {
 public:
  explicit SiteCurves(const job::Job& job)
      : parameters_(job.parameters),
        weights_(weights_of(job)),
        kinds_(curve_kinds(job)),
        num_sets_(static_cast<double>(job.parameters.ses_per_logic_tree_path)),
        stride_(padded_levels(job.parameters)),
        rows_(
            job,
            hazard::Combination::of_realizations(std::vector(job.parameters.imts.size(), weights_)),
            stride_),
        counts_(weights_.size() * num_values()),
        rates_(weights_.size() * parameters_.imts.size() * stride_) {}

  std::size_t bytes_per_site() const { return 2 * rows_.bytes_per_site(); }

  void add(std::uint32_t site, const field::ExceedanceCounts& counts, HazardRows& rows) {
    const std::size_t num_imts = parameters_.imts.size(), num_levels = num_values() / num_imts;
    for (std::uint32_t r = 0; r < weights_.size(); ++r) {
      const std::span<std::uint32_t> own =
          std::span(counts_).subspan(r * num_values(), num_values());
      counts.read(site, r, own);
      for (std::size_t v = 0; v < num_values(); ++v)
        rates_[(r * num_imts + v / num_levels) * stride_ + v % num_levels] = own[v] / num_sets_;
    }
    rows_.add(site, rates_, num_imts * stride_, rows);
    add_errors(rows);
  }

 private:
  std::size_t num_values() const {
    return parameters_.imts.size() * parameters_.levels.front().size();
  }

  /// Of value v in realization r: p = 1 - exp(-n / S) with a Poissonian n, whose variance is n.
  double standard_error(std::size_t r, std::size_t v) const {
    const double n = counts_[r * num_values() + v];
    return std::exp(-n / num_sets_) * std::sqrt(n) / num_sets_;
  }

  /// Realizations have events of their own, so the variances of their shares of the mean add up.
  double standard_error_of_mean(std::size_t v) const {
    double variance = 0;
    for (std::size_t r = 0; r < weights_.size(); ++r)
      variance += std::pow(weights_[r] * standard_error(r, v), 2);
    return std::sqrt(variance);
  }

  void add_errors(HazardRows& rows) const {
    const auto add_kind = [&](auto&& error) {
      for (std::size_t v = 0; v < num_values(); ++v)
        rows.errors.push_back(static_cast<float>(error(v)));
    };
    for (const hazard::Statistic& statistic : kinds_.statistics)
      if (statistic.kind == hazard::Statistic::Kind::mean)
        add_kind([&](std::size_t v) { return standard_error_of_mean(v); });
      else
        add_kind([](std::size_t) { return std::numeric_limits<double>::quiet_NaN(); });
    for (std::size_t r = 0; kinds_.realizations && r < weights_.size(); ++r)
      add_kind([&](std::size_t v) { return standard_error(r, v); });
  }

  const job::Parameters& parameters_;
  std::vector<double> weights_;  ///< [R]
  hazard::CurveKinds kinds_;
  double num_sets_;  ///< stochastic event sets of a realization
  std::size_t stride_;
  HazardRowMaker rows_;
  std::vector<std::uint32_t> counts_;  ///< [R][M][L] of the site at work
  std::vector<double> rates_;          ///< [R][M][stride] in investigation_time
};

}  // namespace

CurvesFromFields::CurvesFromFields(const comm::Communicator& comm, const job::Job& job)
    : comm_(comm), job_(job), counts_(no_counts()) {}

field::ExceedanceCounts CurvesFromFields::no_counts() const {
  return {job_.sites.size(), job_.tree.realizations.size(), job_.parameters.levels};
}

void CurvesFromFields::commit(store::File* file) const {
  std::optional<store::TableWriter> table;
  comm::agree(comm_, [&] {
    if (!file) return;
    store::remove(*file, path);
    table.emplace(*file, path, row_type(job_),
                  core::Attributes{{"axes", std::vector<std::string>{"row"}}});
  });
  const std::size_t num_sites = job_.sites.size();
  const std::size_t block_sites = std::max<std::size_t>(
      1, commit_bytes / (job_.tree.realizations.size() * counts_.row_bytes()));
  for (std::size_t first = 0; first < num_sites; first += block_sites) {
    std::vector<std::byte> rows;
    for (std::size_t site = first; site < std::min(first + block_sites, num_sites); ++site)
      counts_.append_rows(static_cast<std::uint32_t>(site), rows);
    const auto all = comm::gather(comm_, rows);
    comm::agree(comm_, [&] {
      for (const std::vector<std::byte>& part : all) table->append(part);
    });
  }
  comm::agree(comm_, [&] {
    if (table) table->finish();
  });
}

void CurvesFromFields::restore(const store::File* file, std::span<const std::uint32_t> own_sites) {
  const std::uint64_t rows_at_a_time = rows_per_block(counts_.row_bytes());
  std::uint64_t num_rows = 0;
  comm::agree(comm_, [&] {
    if (file) num_rows = store::shape(*file, path).front();
  });
  comm::broadcast(comm_, num_rows);
  for (std::uint64_t first = 0; first < num_rows; first += rows_at_a_time) {
    std::vector<std::byte> rows;
    comm::agree(comm_, [&] {
      if (!file) return;
      const core::Array block =
          store::read_rows(*file, path, first, std::min(rows_at_a_time, num_rows - first));
      rows.assign(block.data(), block.data() + block.size_bytes());
    });
    comm::broadcast(comm_, rows);
    for (std::size_t at = 0; at < rows.size(); at += counts_.row_bytes()) {
      std::uint32_t site = 0;
      std::memcpy(&site, &rows[at], sizeof site);
      if (std::ranges::binary_search(own_sites, site))
        counts_.add_rows(std::span(rows).subspan(at, counts_.row_bytes()));
    }
  }
}

field::ExceedanceCounts CurvesFromFields::exchange(std::uint32_t first, std::uint32_t last) const {
  const auto num_ranks = static_cast<std::size_t>(comm_.size());
  const auto own = static_cast<std::size_t>(comm_.rank());
  std::vector<std::vector<std::byte>> sent(num_ranks), received(num_ranks);
  for (std::uint32_t site = first; site < last; ++site)
    counts_.append_rows(site, sent[site % num_ranks]);
  std::vector<std::uint64_t> sizes;
  sizes.reserve(num_ranks);
  for (const std::vector<std::byte>& rows : sent) sizes.push_back(rows.size());
  const auto all_sizes = comm::all_gather(comm_, std::as_bytes(std::span(sizes)));

  comm::Exchange exchange(comm_);
  for (std::size_t rank = 0; rank < num_ranks; ++rank) {
    if (rank == own) continue;
    std::memcpy(sizes.data(), all_sizes[rank].data(), all_sizes[rank].size());
    received[rank].resize(sizes[own]);
    exchange.receive(static_cast<int>(rank), tag, received[rank]);
    exchange.send(static_cast<int>(rank), tag, sent[rank]);
  }
  exchange.wait();
  received[own] = std::move(sent[own]);
  field::ExceedanceCounts counts = no_counts();
  for (const std::vector<std::byte>& rows : received) counts.add_rows(rows);
  return counts;
}

void CurvesFromFields::write(store::File* file) const {
  std::optional<HazardWriter> writer;
  std::optional<SiteCurves> curves;
  comm::agree(comm_, [&] {
    if (file) writer.emplace(*file, job_);
    curves.emplace(job_);
  });
  const auto num_sites = static_cast<std::uint32_t>(job_.sites.size());
  const auto num_ranks = static_cast<std::uint32_t>(comm_.size());
  const std::size_t counts_bytes = job_.tree.realizations.size() * counts_.row_bytes();
  const auto round_sites = static_cast<std::uint32_t>(std::clamp<std::size_t>(
      std::min(round_bytes / curves->bytes_per_site(), round_bytes / counts_bytes), 1, num_sites));
  for (std::uint32_t first = 0; first < num_sites; first += round_sites) {
    const std::uint32_t last = first + std::min(round_sites, num_sites - first);
    const field::ExceedanceCounts counts = exchange(first, last);
    HazardRows own, all;
    comm::agree(comm_, [&] {
      for (std::uint32_t site = first; site < last; ++site)
        if (site % num_ranks == static_cast<std::uint32_t>(comm_.rank()))
          curves->add(site, counts, own);
    });
    const auto parts = comm::gather(comm_, own.pack());
    comm::agree(comm_, [&] {
      for (const std::vector<std::byte>& bytes : parts) all.unpack(bytes);
      if (writer) writer->write(all);
    });
  }
}

}  // namespace shakefield::calc
