// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "curves_from_fields.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "hazard_results.hpp"
#include "reduced_tables.hpp"
#include "site_rows.hpp"

namespace shakefield::calc {
namespace {

/// Memory of a rank's counts and of root's results in a round.
constexpr std::size_t round_bytes = std::size_t{128} << 20;

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

void write_curves_from_fields(const comm::Communicator& comm, const job::Job& job,
                              const field::ExceedanceCounts& own_counts, store::File* file) {
  std::optional<HazardWriter> writer;
  std::optional<SiteCurves> curves;
  comm::agree(comm, [&] {
    if (file) writer.emplace(*file, job);
    curves.emplace(job);
  });
  const auto num_sites = static_cast<std::uint32_t>(job.sites.size());
  const auto num_ranks = static_cast<std::uint32_t>(comm.size());
  const std::size_t counts_bytes = job.tree.realizations.size() * own_counts.row_type().bytes;
  const auto round_sites = static_cast<std::uint32_t>(std::clamp<std::size_t>(
      std::min(round_bytes / curves->bytes_per_site(), round_bytes / counts_bytes), 1, num_sites));
  for (std::uint32_t first = 0; first < num_sites; first += round_sites) {
    const std::uint32_t last = first + std::min(round_sites, num_sites - first);
    const std::vector<std::byte> rows =
        exchange_site_rows(comm, own_counts, first, last,
                           [&](std::uint32_t site) { return std::size_t{site % num_ranks}; });
    HazardRows own, all;
    comm::agree(comm, [&] {
      field::ExceedanceCounts counts = no_exceedances(job);
      counts.add_rows(rows);
      for (std::uint32_t site = first; site < last; ++site)
        if (site % num_ranks == static_cast<std::uint32_t>(comm.rank()))
          curves->add(site, counts, own);
    });
    const auto parts = comm::gather(comm, own.pack());
    comm::agree(comm, [&] {
      for (const std::vector<std::byte>& bytes : parts) all.unpack(bytes);
      if (writer) writer->write(all);
    });
  }
}

}  // namespace shakefield::calc
