// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "reduced_tables.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "reduced_paths.hpp"
#include "shakefield/store/array_blocks.hpp"
#include "site_rows.hpp"

namespace shakefield::calc {
namespace {

constexpr std::size_t block_bytes = std::size_t{16} << 20;

using Texts = std::vector<std::string>;
using Shape = std::vector<std::size_t>;

/// A dense array by site and realization that is written in blocks of sites.
template <class Number>
class SiteArray {
 public:
  /// `shape` and `axes` without the sites.
  SiteArray(store::File& file, const char* path, std::size_t num_sites, Shape shape, Texts axes,
            Texts units = {"1"})
      : file_(file), path_(path), shape_(std::move(shape)) {
    shape_.insert(shape_.begin(), num_sites);
    axes.insert(axes.begin(), "site");
    store::make_array(file_, path_, core::RowType::plain(core::scalar_of<Number>()), shape_,
                      {{"axes", std::move(axes)}, {"units", std::move(units)}});
  }

  /// The next number, the last axis first.
  void push(Number number) { numbers_.push_back(number); }
  /// Writes the numbers of sites [first, last).
  void flush(std::uint32_t first, std::uint32_t last) {
    shape_.front() = last - first;
    store::write_rows(file_, path_, first,
                      core::Array::of(std::span<const Number>(numbers_), shape_));
    numbers_.clear();
  }

 private:
  store::File& file_;
  const char* path_;
  Shape shape_;
  std::vector<Number> numbers_;
};

Shape realizations_by_imts(const job::Job& job) {
  return {job.tree.realizations.size(), job.parameters.imts.size()};
}

/// Calls visit(site, realization) in the order of the arrays.
template <class Visit>
void for_each_place(std::uint32_t first, std::uint32_t last, const job::Job& job,
                    const Visit& visit) {
  for (std::uint32_t site = first; site < last; ++site)
    for (std::uint32_t r = 0; r < job.tree.realizations.size(); ++r) visit(site, r);
}

class StatisticsTable {
 public:
  StatisticsTable(store::File& file, const job::Job& job)
      : job_(job),
        count_(file, reduced::count, job.sites.size(), {job.tree.realizations.size()},
               {"realization"}),
        mean_(file, reduced::mean_ln, job.sites.size(), realizations_by_imts(job),
              {"realization", "imt"}),
        sd_(file, reduced::sd_ln, job.sites.size(), realizations_by_imts(job),
            {"realization", "imt"}) {}

  void write(std::uint32_t first, std::uint32_t last, const field::LnSums& sums) {
    for_each_place(first, last, job_, [&](std::uint32_t site, std::uint32_t realization) {
      count_.push(static_cast<std::uint32_t>(sums.moments(site, realization, 0).count));
      for (std::size_t m = 0; m < job_.parameters.imts.size(); ++m) {
        const field::LnMoments moments = sums.moments(site, realization, m);
        mean_.push(moments.mean);
        sd_.push(moments.sd);
      }
    });
    count_.flush(first, last);
    mean_.flush(first, last);
    sd_.flush(first, last);
  }

 private:
  const job::Job& job_;
  SiteArray<std::uint32_t> count_;
  SiteArray<double> mean_, sd_;
};

class MaximaTable {
 public:
  MaximaTable(store::File& file, const job::Job& job)
      : job_(job),
        value_(file, reduced::maximum, job.sites.size(), realizations_by_imts(job),
               {"realization", "imt"}, imt_units(job)),
        event_(file, reduced::maximum_event, job.sites.size(), realizations_by_imts(job),
               {"realization", "imt"}) {}

  void write(std::uint32_t first, std::uint32_t last, const field::Maxima& maxima) {
    constexpr field::Maxima::Maximum none{std::numeric_limits<float>::quiet_NaN(), no_event};
    for_each_place(first, last, job_, [&](std::uint32_t site, std::uint32_t realization) {
      for (std::size_t m = 0; m < job_.parameters.imts.size(); ++m) {
        const auto maximum = maxima.find(site, realization, m).value_or(none);
        value_.push(maximum.value);
        event_.push(maximum.event);
      }
    });
    value_.flush(first, last);
    event_.flush(first, last);
  }

 private:
  const job::Job& job_;
  SiteArray<float> value_;
  SiteArray<std::uint32_t> event_;
};

class ExceedancesTable {
 public:
  ExceedancesTable(store::File& file, const job::Job& job)
      : job_(job),
        num_imts_(job.parameters.imts.size()),
        num_levels_(job.parameters.levels.front().size()),
        count_(file, reduced::exceedances, job.sites.size(),
               {job.tree.realizations.size(), num_imts_, num_levels_},
               {"realization", "imt", "level"}) {
    std::vector<double> levels;
    for (const std::vector<double>& of_imt : job.parameters.levels)
      levels.insert(levels.end(), of_imt.begin(), of_imt.end());
    store::write_array(file, reduced::level,
                       core::Array::of(std::span<const double>(levels), {num_imts_, num_levels_}),
                       {{"axes", Texts{"imt", "level"}}, {"units", imt_units(job)}});
  }

  void write(std::uint32_t first, std::uint32_t last, const field::ExceedanceCounts& counts) {
    std::vector<std::uint32_t> numbers(num_imts_ * num_levels_);
    for_each_place(first, last, job_, [&](std::uint32_t site, std::uint32_t realization) {
      counts.read(site, realization, numbers);
      for (const std::uint32_t number : numbers) count_.push(number);
    });
    count_.flush(first, last);
  }

 private:
  const job::Job& job_;
  std::size_t num_imts_, num_levels_;
  SiteArray<std::uint32_t> count_;
};

/// Brings the rows of some sites after the other to root, which writes what they add up to.
template <class Table, class Sums>
void write_table(const comm::Communicator& comm, const job::Job& job, const Sums& own,
                 Sums (*none)(const job::Job&), store::File* file) {
  std::optional<Table> table;
  comm::agree(comm, [&] {
    if (file) table.emplace(*file, job);
  });
  const auto num_sites = static_cast<std::uint32_t>(job.sites.size());
  const std::size_t site_bytes = job.tree.realizations.size() * own.row_type().bytes;
  const auto block_sites =
      static_cast<std::uint32_t>(std::clamp<std::size_t>(block_bytes / site_bytes, 1, num_sites));
  for (std::uint32_t first = 0; first < num_sites; first += block_sites) {
    const std::uint32_t last = first + std::min(block_sites, num_sites - first);
    const std::vector<std::byte> rows =
        exchange_site_rows(comm, own, first, last, [](std::uint32_t) { return std::size_t{0}; });
    comm::agree(comm, [&] {
      if (!table) return;
      Sums all = none(job);
      all.add_rows(rows);
      table->write(first, last, all);
    });
  }
}

}  // namespace

void write_statistics(const comm::Communicator& comm, const job::Job& job,
                      const field::LnSums& sums, store::File* file) {
  write_table<StatisticsTable>(comm, job, sums, no_ln_sums, file);
}

void write_maxima(const comm::Communicator& comm, const job::Job& job, const field::Maxima& maxima,
                  store::File* file) {
  write_table<MaximaTable>(comm, job, maxima, no_maxima, file);
}

void write_exceedances(const comm::Communicator& comm, const job::Job& job,
                       const field::ExceedanceCounts& counts, store::File* file) {
  write_table<ExceedancesTable>(comm, job, counts, no_exceedances, file);
}

field::LnSums no_ln_sums(const job::Job& job) {
  return {job.sites.size(), job.tree.realizations.size(), job.parameters.imts.size()};
}

field::Maxima no_maxima(const job::Job& job) {
  return {job.sites.size(), job.tree.realizations.size(), job.parameters.imts.size()};
}

field::ExceedanceCounts no_exceedances(const job::Job& job) {
  return {job.sites.size(), job.tree.realizations.size(), job.parameters.levels};
}

std::vector<std::string> imt_units(const job::Job& job) {
  std::vector<std::string> units;
  for (const core::Imt& imt : job.parameters.imts) units.emplace_back(imt.unit());
  return units;
}

}  // namespace shakefield::calc
