// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "hazard_results.hpp"

#include <algorithm>
#include <numeric>

#include "put_bytes.hpp"
#include "shakefield/hazard/maps.hpp"
#include "shakefield/store/array_blocks.hpp"

namespace shakefield::calc {
namespace {

using Names = std::vector<std::string>;

constexpr const char* errors_path = "/hazard/curves_standard_error";

void write_names(store::File& file, std::string_view path, const Names& names, const char* axis) {
  std::size_t longest = 1;
  for (const std::string& name : names) longest = std::max(longest, name.size());
  core::Array array(core::RowType::plain(core::Scalar::bytes, longest), {names.size()});
  array.set_column("", std::span<const std::string>(names));
  store::write_array(file, path, array, {{"axes", Names{axis}}, {"units", std::string("1")}});
}

}  // namespace

hazard::CurveKinds curve_kinds(const job::Job& job) {
  using enum hazard::Statistic::Kind;
  const job::HazardParameters& h = job.parameters.hazard;
  hazard::CurveKinds kinds;
  if (h.mean) kinds.statistics.push_back({mean});
  if (h.std) kinds.statistics.push_back({std});
  for (const double q : h.quantiles) kinds.statistics.push_back({quantile, q});
  if (h.max) kinds.statistics.push_back({max});
  kinds.realizations = h.individual_rlzs;
  kinds.use_rates = h.use_rates;
  return kinds;
}

std::vector<std::byte> HazardRows::pack() const {
  std::vector<std::byte> bytes;
  bytes.reserve(4 * sizeof(std::uint64_t) +
                4 * (sites.size() + curves.size() + maps.size() + errors.size()));
  put_counted(bytes, sites);
  put_counted(bytes, curves);
  put_counted(bytes, maps);
  put_counted(bytes, errors);
  return bytes;
}

void HazardRows::unpack(std::span<const std::byte> bytes) {
  take_counted(take_counted(take_counted(take_counted(bytes, sites), curves), maps), errors);
}

HazardRowMaker::HazardRowMaker(const job::Job& job, hazard::Combination combination,
                               std::size_t level_stride)
    : parameters_(job.parameters),
      curves_(std::move(combination), curve_kinds(job)),
      level_stride_(level_stride),
      padded_(curves_.num_kinds() * parameters_.imts.size() * level_stride) {}

std::size_t HazardRowMaker::bytes_per_site() const {
  const std::size_t values = parameters_.levels.front().size() + parameters_.hazard.poes.size();
  return sizeof(std::uint32_t) +
         sizeof(float) * curves_.num_kinds() * parameters_.imts.size() * values;
}

void HazardRowMaker::add(std::uint32_t site, std::span<const double> rates,
                         std::size_t column_stride, HazardRows& rows) {
  rows.sites.push_back(site);
  curves_.make(rates, column_stride, level_stride_, padded_);
  const std::size_t num_imts = parameters_.imts.size();
  for (std::size_t row = 0; row < curves_.num_kinds() * num_imts; ++row) {
    const std::vector<double>& levels = parameters_.levels[row % num_imts];
    const auto curve = std::span<const float>(padded_).subspan(row * level_stride_, levels.size());
    rows.curves.insert(rows.curves.end(), curve.begin(), curve.end());
    for (const double poe : parameters_.hazard.poes)
      rows.maps.push_back(static_cast<float>(hazard::map_level(levels, curve, poe)));
  }
}

HazardWriter::HazardWriter(store::File& file, const job::Job& job, store::Start start)
    : file_(file),
      job_(job),
      shape_{curve_kinds(job).names(job.tree.realizations.size()).size(),
             job.parameters.imts.size(), job.parameters.levels.front().size(),
             job.parameters.hazard.poes.size()} {
  if (job.parameters.hazard.uniform_hazard_spectra)
    spectral_ = hazard::spectral_imts(job.parameters.imts);
  if (start == store::Start::resume) return;
  write_axes();
  make_datasets();
}

void HazardWriter::make_datasets() {
  Names units;
  for (const core::Imt& imt : job_.parameters.imts) units.emplace_back(imt.unit());
  const core::RowType number = core::RowType::plain(core::Scalar::f32);
  const std::size_t sites = job_.sites.size();
  const auto& [kinds, imts, levels, poes] = shape_;
  store::make_chunked_array(
      file_, "/hazard/curves", number, {sites, kinds, imts, levels},
      {{"axes", Names{"site", "kind", "imt", "level"}}, {"units", std::string("1")}});
  if (job_.parameters.hazard_curves_from_gmfs)
    store::make_chunked_array(
        file_, errors_path, number, {sites, kinds, imts, levels},
        {{"axes", Names{"site", "kind", "imt", "level"}}, {"units", std::string("1")}});
  if (poes == 0) return;
  store::make_chunked_array(file_, "/hazard/maps", number, {sites, kinds, imts, poes},
                            {{"axes", Names{"site", "kind", "imt", "poe"}},
                             {"units", units},
                             {"hazard_maps", std::int64_t{job_.parameters.hazard.hazard_maps}}});
  if (!spectral_.empty())
    store::make_chunked_array(
        file_, "/hazard/uhs", number, {sites, kinds, poes, spectral_.size()},
        {{"axes", Names{"site", "kind", "poe", "period"}}, {"units", std::string("g")}});
}

void HazardWriter::write_axes() {
  const job::Parameters& p = job_.parameters;
  write_names(file_, "/hazard/axes/kind", curve_kinds(job_).names(job_.tree.realizations.size()),
              "kind");
  Names imts, units;
  std::vector<double> levels, periods;
  for (std::size_t m = 0; m < p.imts.size(); ++m) {
    imts.push_back(p.imts[m].name());
    units.emplace_back(p.imts[m].unit());
    levels.insert(levels.end(), p.levels[m].begin(), p.levels[m].end());
  }
  write_names(file_, "/hazard/axes/imt", imts, "imt");
  store::write_array(file_, "/hazard/axes/level",
                     core::Array::of(std::span<const double>(levels), {shape_.imts, shape_.levels}),
                     {{"axes", Names{"imt", "level"}}, {"units", units}});
  if (shape_.poes == 0) return;
  store::write_array(file_, "/hazard/axes/poe",
                     core::Array::of(std::span<const double>(p.hazard.poes)),
                     {{"axes", Names{"poe"}}, {"units", std::string("1")}});
  if (spectral_.empty()) return;
  for (const std::size_t m : spectral_) periods.push_back(p.imts[m].period_s);
  store::write_array(file_, "/hazard/axes/period",
                     core::Array::of(std::span<const double>(periods)),
                     {{"axes", Names{"period"}}, {"units", std::string("s")}});
}

std::vector<float> HazardWriter::spectra(const HazardRows& rows) const {
  std::vector<float> values;
  const auto& [kinds, imts, levels, poes] = shape_;
  for (std::size_t row = 0; row < rows.sites.size() * kinds; ++row)
    for (std::size_t p = 0; p < poes; ++p)
      for (const std::size_t m : spectral_)
        values.push_back(rows.maps[(row * imts + m) * poes + p]);
  return values;
}

void HazardWriter::write_dataset(std::string_view path, const HazardRows& rows,
                                 std::span<const float> values,
                                 std::vector<std::size_t> row_shape) {
  const std::size_t row_size =
      std::accumulate(row_shape.begin(), row_shape.end(), std::size_t{1}, std::multiplies<>());
  std::vector<std::size_t> order(rows.sites.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return rows.sites[i]; });
  std::vector<float> block;
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    block.clear();
    // Neighbouring ids in one piece.
    for (last = first; last < order.size() &&
                       rows.sites[order[last]] == rows.sites[order[first]] + (last - first);
         ++last) {
      const auto row = values.subspan(order[last] * row_size, row_size);
      block.insert(block.end(), row.begin(), row.end());
    }
    std::vector<std::size_t> shape{last - first};
    shape.insert(shape.end(), row_shape.begin(), row_shape.end());
    store::write_rows(file_, path, rows.sites[order[first]],
                      core::Array::of(std::span<const float>(block), shape));
  }
}

void HazardWriter::write(const HazardRows& rows) {
  const auto& [kinds, imts, levels, poes] = shape_;
  write_dataset("/hazard/curves", rows, rows.curves, {kinds, imts, levels});
  if (job_.parameters.hazard_curves_from_gmfs)
    write_dataset(errors_path, rows, rows.errors, {kinds, imts, levels});
  if (poes == 0) return;
  write_dataset("/hazard/maps", rows, rows.maps, {kinds, imts, poes});
  if (!spectral_.empty())
    write_dataset("/hazard/uhs", rows, spectra(rows), {kinds, poes, spectral_.size()});
}

}  // namespace shakefield::calc
