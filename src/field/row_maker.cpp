// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/row_maker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

#include "padding.hpp"
#include "shakefield/core/contract.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/field/fixed_point.hpp"
#include "simd_math.hpp"

namespace shakefield::field {
namespace {

namespace hn = simd::hn;

/// Sites that are finished together, so that their values stay in the first-level cache.
constexpr std::size_t chunk_sites = 256;
/// Words that one step of the packing interleaves, of as many rows.
constexpr std::size_t quad = 4;
constexpr std::size_t quad_bytes = quad * sizeof(std::uint32_t);
constexpr hn::FixedTag<std::uint32_t, quad> four_words;

void check_length(const std::vector<double>& values, const char* parameter, std::size_t num_imts) {
  core::validate(
      values.empty() || values.size() == num_imts, core::ErrorKind::config,
      fmt::format("{} has {} values for {} intensity measure types (one each, or none at all), "
                  "give one for each",
                  parameter, values.size(), num_imts));
}

}  // namespace

struct RowMaker::Impl {
  FieldOptions options;
  std::size_t num_imts;
  std::size_t row_bytes;
  std::shared_ptr<const DenseCorrelation> correlation;
  std::vector<core::StreamKey> between_keys, within_keys;  ///< [M]

  std::uint64_t rupture_key = 0;
  SiteColumns sites;
  std::uint32_t num_samples = 0;
  std::optional<std::uint64_t> block;  ///< the four samples whose residuals stand in `eps`
  std::size_t stride = 0;
  std::vector<float> eps;                                        ///< [M][4][stride]
  std::array<std::vector<float>, samples_per_block> correlated;  ///< [4][own sites]

  std::vector<float> eta;                ///< [M] of the event at work
  std::vector<float> exponents;          ///< [M][chunk] logarithms of the values (MMI: the values)
  std::vector<float> values;             ///< [M][chunk]
  std::vector<std::uint32_t> event_ids;  ///< [chunk] all the same
  std::vector<std::uint32_t> advance;    ///< [chunk] bytes that a row takes: 0 if it is dropped
  std::vector<std::uint32_t> quads;      ///< [quads a row][4][4] four rows, cut into quads
  std::vector<std::byte> packed;  ///< rows of one chunk, with room for the last quad to spill over
  std::vector<std::uint32_t> dropped_rows;  ///< [chunk] scratch
  DroppedSums dropped;                      ///< empty without minimum_intensity

  Impl(const FieldOptions& given, std::size_t num_own,
       std::shared_ptr<const DenseCorrelation> correlation_)
      : options(given),
        num_imts(given.imts.size()),
        row_bytes(row_type(given.imts).bytes),
        correlation(std::move(correlation_)),
        eta(num_imts),
        exponents(num_imts * chunk_sites),
        values(num_imts * chunk_sites),
        event_ids(chunk_sites),
        advance(chunk_sites, static_cast<std::uint32_t>(row_bytes)),
        quads(quads_per_row() * quad * quad),
        packed(chunk_sites * row_bytes + quad_bytes),
        dropped_rows(chunk_sites) {
    check_length(options.minimum_intensity, "minimum_intensity", num_imts);
    check_length(options.extreme_gmv, "extreme_gmv", num_imts);
    core::validate(
        !correlation || !options.within.is_zero(), core::ErrorKind::config,
        "ground_motion_correlation_model goes with a truncation level above 0 (truncated at 0 all "
        "residuals are 0), raise truncation_level or leave the correlation out");
    for (const core::Imt& imt : options.imts) {
      between_keys.push_back(
          core::StreamKey::make(options.seed, core::Component::between, imt.name()));
      within_keys.push_back(
          core::StreamKey::make(options.seed, core::Component::within, imt.name()));
    }
    if (has_floor()) dropped = DroppedSums(num_own, options.num_realizations, num_imts);
    if (correlation)
      for (std::vector<float>& column : correlated) column.resize(num_own);
  }

  bool has_floor() const { return !options.minimum_intensity.empty(); }
  std::size_t quads_per_row() const { return (2 + num_imts + quad - 1) / quad; }
  std::span<float> eps_column(std::size_t imt, std::size_t word) {
    return {&eps[(imt * samples_per_block + word) * stride], stride};
  }

  void make_residuals(std::uint64_t wanted_block) {
    block = wanted_block;
    const std::size_t words =
        std::min<std::size_t>(samples_per_block, num_samples - wanted_block * samples_per_block);
    for (std::size_t m = 0; m < num_imts; ++m) {
      std::array<std::span<float>, samples_per_block> columns{};
      for (std::size_t w = 0; w < words; ++w) columns[w] = eps_column(m, w);
      if (!correlation) {
        within_residuals(within_keys[m], rupture_key, wanted_block, sites.key_lo, sites.key_hi,
                         options.within, sites.size, columns);
        continue;
      }
      correlation->residuals(m, within_keys[m], rupture_key, wanted_block, options.within,
                             {correlated[0], correlated[1], correlated[2], correlated[3]});
      for (std::size_t w = 0; w < words; ++w)
        for (std::size_t i = 0; i < stride; ++i) columns[w][i] = correlated[w][sites.own[i]];
    }
  }

  /// Values of one IMT for `count` sites from `begin` on.
  void make_values(std::size_t m, std::size_t begin, std::size_t count,
                   const MomentColumns& moments, const float* residual) {
    const std::size_t at = m * moments.stride + begin;
    const bool logarithmic = options.imts[m].is_logarithmic();
    float* y = &exponents[m * chunk_sites];
    apply_residuals(moments.mean.subspan(at), moments.tau.subspan(at), moments.phi.subspan(at),
                    eta[m], {residual, count}, false, count, {y, chunk_sites});
    if (!options.extreme_gmv.empty()) {
      const float ceiling = static_cast<float>(logarithmic ? std::log(options.extreme_gmv[m])
                                                           : options.extreme_gmv[m]);
      for (std::size_t i = 0; i < count; ++i) y[i] = y[i] > ceiling ? moments.mean[at + i] : y[i];
    }
    for (std::size_t i = 0; i < count; i += simd::lanes) {
      const auto exponent = hn::LoadU(simd::floats, &y[i]);
      hn::StoreU(logarithmic ? simd::exponential(exponent) : exponent, simd::floats,
                 &values[m * chunk_sites + i]);
    }
  }

  /// Rows of which every IMT is below its floor take no room. Returns whether there are any.
  bool apply_floor(std::size_t count) {
    std::fill_n(advance.begin(), count, 0u);
    for (std::size_t m = 0; m < num_imts; ++m) {
      const auto floor = hn::Set(simd::floats, static_cast<float>(options.minimum_intensity[m]));
      const auto kept_bytes = hn::Set(simd::words, static_cast<std::uint32_t>(row_bytes));
      for (std::size_t i = 0; i < count; i += simd::lanes) {
        const auto value = hn::LoadU(simd::floats, &values[m * chunk_sites + i]);
        const auto reached = hn::RebindMask(simd::words, hn::Ge(value, floor));
        const auto before = hn::LoadU(simd::words, &advance[i]);
        hn::StoreU(hn::IfThenElse(reached, kept_bytes, before), simd::words, &advance[i]);
      }
    }
    return std::find(advance.begin(), advance.begin() + static_cast<std::ptrdiff_t>(count), 0u) !=
           advance.begin() + static_cast<std::ptrdiff_t>(count);
  }

  void add_dropped(std::size_t begin, std::size_t count, std::size_t realization) {
    std::size_t num_dropped = 0;
    for (std::size_t i = 0; i < count; ++i) {
      dropped_rows[num_dropped] = static_cast<std::uint32_t>(i);
      num_dropped += advance[i] == 0 ? 1 : 0;
    }
    for (std::size_t d = 0; d < num_dropped; ++d) {
      const std::size_t i = dropped_rows[d];
      const std::span<DroppedSum> sums = dropped.at(sites.own[begin + i], realization);
      for (std::size_t m = 0; m < num_imts; ++m) {
        const double y = exponents[m * chunk_sites + i];
        const double ln = options.imts[m].is_logarithmic() ? y : std::log(std::max(y, 1e-10));
        sums[m] += {1, to_fixed_point(ln), to_fixed_point(ln * ln)};
      }
    }
  }

  /// Interleaves the columns to rows in `packed`; returns their bytes. Four rows at a time, so that
  /// a quad is read back as it was stored. Each row is stored in whole quads (but for a single last
  /// word) and the next one overwrites what spilled over, so that dropping a row costs no branch.
  template <std::size_t FixedQuads>
  std::size_t pack(std::size_t begin, std::size_t count) {
    const std::size_t num_words = 2 + num_imts;
    const bool has_odd_word = num_words % quad == 1;
    const std::size_t num_quads =
        (FixedQuads != 0 ? FixedQuads : quads_per_row()) - (has_odd_word ? 1 : 0);
    const auto column = [&](std::size_t c) -> const std::uint32_t* {
      if (c == 0) return &sites.id[begin];
      if (c == 1 || c >= num_words) return event_ids.data();
      return reinterpret_cast<const std::uint32_t*>(&values[(c - 2) * chunk_sites]);
    };
    const std::uint32_t* const last_word = column(num_words - 1);
    std::byte* to = packed.data();
    for (std::size_t i = 0; i < count; i += quad) {
      for (std::size_t q = 0; q < num_quads; ++q) {
        const auto load = [&](std::size_t c) {
          return hn::LoadU(four_words, column(quad * q + c) + i);
        };
        hn::StoreInterleaved4(load(0), load(1), load(2), load(3), four_words,
                              &quads[q * quad * quad]);
      }
      const std::size_t rows = std::min(quad, count - i);
      for (std::size_t k = 0; k < rows; ++k) {
        for (std::size_t q = 0; q < num_quads; ++q)
          std::memcpy(to + q * quad_bytes, &quads[(q * quad + k) * quad], quad_bytes);
        if (has_odd_word)
          std::memcpy(to + num_quads * quad_bytes, last_word + i + k, sizeof(*last_word));
        to += advance[i + k];
      }
    }
    return static_cast<std::size_t>(to - packed.data());
  }

  std::uint32_t append(const EventSpec& event, const MomentColumns& moments,
                       std::vector<std::byte>& rows) {
    if (event.id > std::numeric_limits<std::uint32_t>::max()) {
      throw core::Error(core::ErrorKind::unsupported,
                        fmt::format("event {} does not fit the table (event ids have 32 bits), "
                                    "shorten the investigation time or split the job",
                                    event.id));
    }
    SHAKEFIELD_EXPECT(event.sample < num_samples);
    if (block != event.sample / samples_per_block) make_residuals(event.sample / samples_per_block);
    for (std::size_t m = 0; m < num_imts; ++m)
      eta[m] = between_residual(between_keys[m], rupture_key, event.sample, options.between);
    std::fill(event_ids.begin(), event_ids.end(), static_cast<std::uint32_t>(event.id));

    const std::size_t bytes_before = rows.size();
    for (std::size_t begin = 0; begin < sites.size; begin += chunk_sites) {
      const std::size_t count = std::min(chunk_sites, sites.size - begin);
      for (std::size_t m = 0; m < num_imts; ++m)
        make_values(m, begin, count, moments,
                    &eps_column(m, event.sample % samples_per_block)[begin]);
      for (Reducer* reducer : options.reducers)
        reducer->add({static_cast<std::uint32_t>(event.id), event.realization,
                      sites.id.subspan(begin, count), chunk_sites, values, exponents});
      if (!options.makes_rows) continue;
      if (has_floor() && apply_floor(count)) add_dropped(begin, count, event.realization);
      const std::size_t bytes = quads_per_row() == 1   ? pack<1>(begin, count)
                                : quads_per_row() == 2 ? pack<2>(begin, count)
                                                       : pack<0>(begin, count);
      rows.insert(rows.end(), packed.begin(), packed.begin() + static_cast<std::ptrdiff_t>(bytes));
    }
    return static_cast<std::uint32_t>((rows.size() - bytes_before) / row_bytes);
  }
};

RowMaker::RowMaker(const FieldOptions& options, std::size_t num_own,
                   std::shared_ptr<const DenseCorrelation> correlation)
    : impl_(std::make_unique<Impl>(options, num_own, std::move(correlation))) {}
RowMaker::~RowMaker() = default;
RowMaker::RowMaker(RowMaker&&) noexcept = default;

void RowMaker::start(std::uint64_t rupture_key, const SiteColumns& sites,
                     std::uint32_t num_samples) {
  impl_->rupture_key = rupture_key;
  impl_->sites = sites;
  impl_->num_samples = num_samples;
  impl_->block.reset();
  impl_->stride = padded(sites.size);
  const std::size_t needed = impl_->num_imts * samples_per_block * impl_->stride;
  if (impl_->eps.size() < needed) impl_->eps.resize(needed);
}

std::uint32_t RowMaker::append(const EventSpec& event, const MomentColumns& moments,
                               std::vector<std::byte>& rows) {
  return impl_->append(event, moments, rows);
}

DroppedSums RowMaker::take_dropped() {
  return std::exchange(impl_->dropped, {});
}

const DroppedSums& RowMaker::dropped() const {
  return impl_->dropped;
}

core::RowType row_type(std::span<const core::Imt> imts) {
  core::RowType row;
  row.add("site", core::Scalar::u32).add("event", core::Scalar::u32);
  for (const core::Imt& imt : imts) row.add(imt.name(), core::Scalar::f32, std::string(imt.unit()));
  return row;
}

}  // namespace shakefield::field
