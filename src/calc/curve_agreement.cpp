// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/curve_agreement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "export_hazard.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* curves_path = "/hazard/curves";
constexpr const char* errors_path = "/hazard/curves_standard_error";

/// [sites][K][M][L] probabilities and their Monte-Carlo errors.
struct CurveBlock {
  std::vector<float> poes, errors;
};

/// Curves of an event-based file.
class CurvesOfFields {
 public:
  virtual ~CurvesOfFields() = default;
  virtual const Texts& kinds() const = 0;
  virtual CurveBlock read(std::size_t first, std::size_t count) const = 0;
};

std::vector<float> values_of(const Results& results, const char* path, std::size_t first,
                             std::size_t count) {
  const core::Array array = store::read_rows(results.file(), path, first, count);
  const auto values = array.values<float>();
  return {values.begin(), values.end()};
}

void expect(bool holds, const std::string& message, const Results& results) {
  core::validate(holds, core::ErrorKind::config, message, {results.file().path().string()});
}

/// Made by the run.
class StoredCurves final : public CurvesOfFields {
 public:
  StoredCurves(const Results& results, const HazardAxes& wanted)
      : results_(results), axes_(results) {
    expect(axes_.imts == wanted.imts && axes_.levels == wanted.levels,
           fmt::format("its curves are of other measures or levels than the classical ones ({} of "
                       "{} levels; classical: {} of {}), run both jobs with the same "
                       "intensity_measure_types_and_levels",
                       fmt::join(axes_.imts, " "), axes_.levels.front().size(),
                       fmt::join(wanted.imts, " "), wanted.levels.front().size()),
           results);
  }
  const Texts& kinds() const override { return axes_.kinds; }
  CurveBlock read(std::size_t first, std::size_t count) const override {
    return {values_of(results_, curves_path, first, count),
            values_of(results_, errors_path, first, count)};
  }

 private:
  const Results& results_;
  HazardAxes axes_;
};

/// Counted in the stored fields: realizations only. Levels below minimum_intensity are NaN.
class CountedCurves final : public CurvesOfFields {
 public:
  CountedCurves(const Results& results, const HazardAxes& wanted)
      : num_realizations_(results.realizations().ids.size()),
        num_imts_(wanted.imts.size()),
        num_levels_(wanted.levels.front().size()),
        num_sets_(static_cast<double>(results.header().ses_per_logic_tree_path)),
        counts_(results.num_rows("/sites") * num_realizations_ * num_imts_ * num_levels_) {
    for (std::size_t r = 0; r < num_realizations_; ++r)
      kinds_.push_back(fmt::format("rlz-{:03}", r));
    const GmfLayout& layout = results.gmf_layout();
    std::vector<std::size_t> columns;
    for (const std::string& imt : wanted.imts) {
      const auto found = std::ranges::find(layout.imts, imt);
      expect(found != layout.imts.end(),
             fmt::format("its fields have no {} (they have {}), run both jobs with the same "
                         "measures",
                         imt, fmt::join(layout.imts, ", ")),
             results);
      columns.push_back(static_cast<std::size_t>(found - layout.imts.begin()));
    }
    count(results, wanted, columns);
    for (std::size_t m = 0; m < num_imts_; ++m) {
      const std::vector<double>& floors = results.header().minimum_intensity;
      for (const double level : wanted.levels[m])
        is_counted_.push_back(floors.empty() || level >= floors[columns[m]]);
    }
  }

  const Texts& kinds() const override { return kinds_; }
  CurveBlock read(std::size_t first, std::size_t count) const override {
    CurveBlock block;
    const std::size_t site_size = num_realizations_ * num_imts_ * num_levels_;
    for (std::size_t i = first * site_size; i < (first + count) * site_size; ++i) {
      const double n = counts_[i], none = std::exp(-n / num_sets_);
      const bool is_counted = is_counted_[i % is_counted_.size()];
      block.poes.push_back(is_counted ? static_cast<float>(1 - none) : NAN);
      block.errors.push_back(static_cast<float>(none * std::sqrt(n) / num_sets_));
    }
    return block;
  }

 private:
  void count(const Results& results, const HazardAxes& wanted,
             const std::vector<std::size_t>& columns) {
    std::vector<std::uint32_t> realization_of(results.num_rows("/events"));
    for_each_block(results.file(), "/events",
                   [&, first = std::size_t{0}](const core::Array& block) mutable {
                     for (const std::int64_t r : block.column_i64("realization"))
                       realization_of[first++] = static_cast<std::uint32_t>(r);
                   });
    results.for_each_block([&](const GmfBlock& block) {
      for (std::size_t i = 0; i < block.size(); ++i) {
        const std::size_t row =
            (block.site(i) * num_realizations_ + realization_of.at(block.event(i))) * num_imts_;
        for (std::size_t m = 0; m < num_imts_; ++m) {
          const auto& levels = wanted.levels[m];
          const double value = block.value(i, columns[m]);
          const auto reached = std::ranges::upper_bound(levels, value) - levels.begin();
          for (std::ptrdiff_t l = 0; l < reached; ++l)
            ++counts_[(row + m) * num_levels_ + static_cast<std::size_t>(l)];
        }
      }
    });
  }

  std::size_t num_realizations_, num_imts_, num_levels_;
  double num_sets_;
  Texts kinds_;
  std::vector<std::uint32_t> counts_;  ///< [sites][R][M][L]
  std::vector<bool> is_counted_;       ///< [M][L]
};

void expect_same_job(const Results& fields, const Results& classical) {
  const auto expect_mode = [](const Results& results, const char* mode) {
    results.require_complete();
    expect(results.header().calculation_mode == mode,
           fmt::format("is of calculation_mode {} (here stands an {} one), give the event-based "
                       "file first and the classical one behind it",
                       results.header().calculation_mode, mode),
           results);
  };
  expect_mode(fields, "event_based");
  expect_mode(classical, "classical");
  const double years = fields.header().investigation_time_yr,
               classical_years = classical.header().investigation_time_yr;
  expect(years == classical_years,
         fmt::format("its probabilities are for {} years (classical: {}), run both jobs with the "
                     "same investigation_time",
                     years, classical_years),
         fields);
  const RealizationTable a = fields.realizations(), b = classical.realizations();
  expect(a.branch_paths == b.branch_paths && a.models == b.models,
         fmt::format("its {} realizations are not those of the classical file ({}), run both jobs "
                     "with the same logic trees and samples",
                     a.ids.size(), b.ids.size()),
         fields);
  constexpr double close_deg = 1e-5;
  const SiteTable here = fields.sites(), there = classical.sites();
  expect(here.lon_deg.size() == there.lon_deg.size(),
         fmt::format("it has {} sites (classical: {}), run both jobs with the same sites",
                     here.lon_deg.size(), there.lon_deg.size()),
         fields);
  for (std::size_t i = 0; i < here.lon_deg.size(); ++i)
    expect(std::abs(here.lon_deg[i] - there.lon_deg[i]) < close_deg &&
               std::abs(here.lat_deg[i] - there.lat_deg[i]) < close_deg,
           fmt::format("site {} is at {:.5f}, {:.5f} (classical: {:.5f}, {:.5f}), run both jobs "
                       "with the same sites",
                       i, here.lon_deg[i], here.lat_deg[i], there.lon_deg[i], there.lat_deg[i]),
           fields);
}

/// A kind of curve that both files have.
struct CommonKind {
  std::size_t here, there;  ///< numbers in the event-based and in the classical file
  double sets;              ///< event sets that one realization would need for the same error
  bool has_own_error;       ///< of the event-based file, where it is larger
};

std::vector<CommonKind> common_kinds(const Texts& here, const Texts& there, const Results& fields) {
  const RealizationTable realizations = fields.realizations();
  const auto sets = static_cast<double>(fields.header().ses_per_logic_tree_path);
  std::vector<CommonKind> common;
  const auto add = [&](const std::string& kind, double its_sets, bool has_own_error) {
    const auto a = std::ranges::find(here, kind), b = std::ranges::find(there, kind);
    if (a == here.end() || b == there.end()) return;
    common.push_back({static_cast<std::size_t>(a - here.begin()),
                      static_cast<std::size_t>(b - there.begin()), its_sets, has_own_error});
  };
  for (const std::string& kind : here)
    if (kind.starts_with("rlz-")) add(kind, sets, false);
  if (!common.empty()) return common;
  double squares = 0;
  for (const double weight : realizations.weights) squares += weight * weight;
  add("mean", sets / squares, realizations.weights.size() > 1);
  expect(!common.empty(),
         fmt::format("has no curve of a kind that the classical file has, too ({}; classical: {}; "
                     "compared are realizations or the mean), run both jobs with individual_rlzs, "
                     "or with mean and hazard_curves_from_gmfs",
                     fmt::join(here, " "), fmt::join(there, " ")),
         fields);
  return common;
}

/// Sums of one IMT.
class Comparison {
 public:
  void add(double poe, double classical, double own_error, const CommonKind& kind) {
    constexpr double fewest = 10;
    if (std::isnan(poe) || classical >= 1) return;
    const double rate = -std::log1p(-classical);
    if (kind.sets * rate < fewest || kind.sets * (1 - classical) < fewest) return;
    double error = (1 - classical) * std::sqrt(rate / kind.sets);
    if (kind.has_own_error) error = std::max(error, own_error);
    const double z = (poe - classical) / error;
    ++sum_.points;
    sum_.inside_two += std::abs(z) <= 2;
    sum_.inside_four += std::abs(z) <= 4;
    sum_.mean_error += z;
    sum_.rms_error += z * z;
  }
  CurveAgreement finish(const std::string& imt) {
    sum_.imt = imt;
    const double points = std::max<double>(1, static_cast<double>(sum_.points));
    sum_.mean_error /= points;
    sum_.rms_error = std::sqrt(sum_.rms_error / points);
    return sum_;
  }

 private:
  CurveAgreement sum_;
};

}  // namespace

bool CurveAgreement::is_chance() const {
  constexpr double least_share = 0.99, largest_rms = 3;
  return static_cast<double>(inside_four) >= least_share * static_cast<double>(points) &&
         rms_error <= largest_rms;
}

std::vector<CurveAgreement> compare_curves(const std::filesystem::path& fields_path,
                                           const std::filesystem::path& classical_path) {
  const Results fields(fields_path), classical(classical_path);
  expect_same_job(fields, classical);
  const HazardAxes axes(classical);
  std::unique_ptr<CurvesOfFields> curves;
  if (fields.has(curves_path))
    curves = std::make_unique<StoredCurves>(fields, axes);
  else
    curves = std::make_unique<CountedCurves>(fields, axes);
  const std::vector<CommonKind> kinds = common_kinds(curves->kinds(), axes.kinds, fields);

  const std::size_t num_imts = axes.imts.size(), num_levels = axes.levels.front().size();
  std::vector<Comparison> sums(num_imts);
  std::size_t first = 0;
  for_each_block(classical.file(), curves_path, [&](const core::Array& block) {
    const std::size_t count = block.shape().front();
    const auto theirs = block.values<float>();
    const CurveBlock ours = curves->read(first, count);
    const auto at = [&](std::size_t site, std::size_t kind, std::size_t num_kinds, std::size_t v) {
      return (site * num_kinds + kind) * num_imts * num_levels + v;
    };
    for (std::size_t site = 0; site < count; ++site)
      for (const CommonKind& kind : kinds)
        for (std::size_t v = 0; v < num_imts * num_levels; ++v) {
          const std::size_t own = at(site, kind.here, curves->kinds().size(), v);
          const double poe = theirs[at(site, kind.there, axes.kinds.size(), v)];
          sums[v / num_levels].add(ours.poes[own], poe, ours.errors[own], kind);
        }
    first += count;
  });
  std::vector<CurveAgreement> agreements;
  for (std::size_t m = 0; m < num_imts; ++m) agreements.push_back(sums[m].finish(axes.imts[m]));
  return agreements;
}

}  // namespace shakefield::calc
