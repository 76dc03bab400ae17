// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/row_maker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <numeric>

#include "shakefield/core/error.hpp"
#include "support.hpp"

namespace shakefield::field {
namespace {

const std::vector<std::string> imt_names{"PGV",     "PGA",     "SA(0.1)", "SA(0.3)",
                                         "SA(1.0)", "SA(2.0)", "MMI"};

FieldOptions options_for(std::size_t num_imts) {
  FieldOptions options;
  for (std::size_t m = 0; m < num_imts; ++m) options.imts.push_back(core::Imt::parse(imt_names[m]));
  return options;
}

/// N sites with ids 10, 12, 14 … and moments that differ by site and IMT.
struct Scene {
  std::size_t n, num_imts, stride;
  KeyColumns keys;
  std::vector<std::uint32_t> id, own;
  std::vector<float> mean, tau, phi;

  Scene(std::size_t n_, std::size_t num_imts_)
      : n(n_), num_imts(num_imts_), stride(padded_size(n_)), keys(n_), id(stride), own(stride) {
    for (std::size_t i = 0; i < stride; ++i) {
      own[i] = static_cast<std::uint32_t>(std::min(i, n - 1));
      id[i] = 10 + 2 * own[i];
    }
    for (std::size_t m = 0; m < num_imts; ++m)
      for (std::size_t i = 0; i < stride; ++i) {
        const float x = static_cast<float>(i % 97) / 97;
        mean.push_back(-2 - 2 * x + 0.1f * static_cast<float>(m));
        tau.push_back(0.3f + 0.2f * x);
        phi.push_back(0.5f + 0.1f * x);
      }
  }
  SiteColumns sites() const { return {n, id, own, keys.lo, keys.hi}; }
  MomentColumns moments() const { return {stride, mean, tau, phi}; }
};

struct Row {
  std::uint32_t site, event;
  std::vector<float> values;
};

std::vector<Row> rows_of(const std::vector<std::byte>& bytes, std::size_t num_imts) {
  const std::size_t row_bytes = 8 + 4 * num_imts;
  EXPECT_EQ(bytes.size() % row_bytes, 0u);
  std::vector<Row> rows(bytes.size() / row_bytes);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const std::byte* at = bytes.data() + r * row_bytes;
    std::memcpy(&rows[r].site, at, 4);
    std::memcpy(&rows[r].event, at + 4, 4);
    rows[r].values.resize(num_imts);
    std::memcpy(rows[r].values.data(), at + 8, 4 * num_imts);
  }
  return rows;
}

/// ln of the value (MMI: the value) in double precision, from the public residual functions.
double expected_exponent(const FieldOptions& options, const Scene& scene, std::uint64_t rupture_key,
                         std::uint32_t sample, std::size_t i, std::size_t m) {
  const std::string name = options.imts[m].name();
  const auto key = [&](core::Component c) { return core::StreamKey::make(options.seed, c, name); };
  const double eta =
      between_residual(key(core::Component::between), rupture_key, sample, options.between);
  KeyColumns site(1);
  site.set(0, scene.keys.key(i));
  const Residuals eps(key(core::Component::within), rupture_key, sample / 4, site, options.within);
  const std::size_t at = m * scene.stride + i;
  return scene.mean[at] + scene.tau[at] * eta + scene.phi[at] * double{eps.column[sample % 4][0]};
}

TEST(RowMakerTest, RowsHoldTheFieldsOfTheirSitesAndEvents) {
  for (const std::size_t num_imts : {1u, 2u, 3u, 6u, 7u})
    for (const std::size_t n : {1u, 15u, 256u, 301u}) {
      const FieldOptions options = options_for(num_imts);
      const Scene scene(n, num_imts);
      RowMaker maker(options, n);
      std::vector<std::byte> bytes;
      maker.start(5, scene.sites(), 6);
      for (std::uint32_t sample = 0; sample < 6; ++sample)
        ASSERT_EQ(maker.append({100 + sample, sample, 0, 0}, scene.moments(), bytes), n);
      const std::vector<Row> rows = rows_of(bytes, num_imts);
      ASSERT_EQ(rows.size(), 6 * n);
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const std::uint32_t sample = static_cast<std::uint32_t>(r / n);
        ASSERT_EQ(rows[r].event, 100 + sample);
        ASSERT_EQ(rows[r].site, scene.id[r % n]);
        if (r % 7 != 0) continue;  // the expected value is slow
        for (std::size_t m = 0; m < num_imts; ++m) {
          const double y = expected_exponent(options, scene, 5, sample, r % n, m);
          if (options.imts[m].is_logarithmic()) {
            ASSERT_NEAR(rows[r].values[m] / std::exp(y), 1, 1.5e-6);
          } else {
            ASSERT_NEAR(rows[r].values[m], y, 2e-6);
          }
        }
      }
    }
}

TEST(RowMakerTest, SamplesMayBeLeftOut) {
  const FieldOptions options = options_for(3);
  const Scene scene(50, 3);
  RowMaker maker(options, 50);
  std::vector<std::byte> all, some;
  maker.start(5, scene.sites(), 10);
  for (std::uint32_t sample = 0; sample < 10; ++sample)
    maker.append({sample, sample, 0, 0}, scene.moments(), all);
  maker.start(5, scene.sites(), 8);
  for (const std::uint32_t sample : {2u, 7u})
    maker.append({sample, sample, 0, 0}, scene.moments(), some);
  const std::size_t event_bytes = 50 * 20;
  EXPECT_EQ(std::memcmp(some.data(), all.data() + 2 * event_bytes, event_bytes), 0);
  EXPECT_EQ(std::memcmp(some.data() + event_bytes, all.data() + 7 * event_bytes, event_bytes), 0);
}

TEST(RowMakerTest, DropsARowOnlyIfAllMeasuresAreBelow) {
  FieldOptions options = options_for(3);
  const Scene scene(301, 3);
  std::vector<std::byte> all_bytes, kept_bytes;
  RowMaker all(options, 301);
  all.start(9, scene.sites(), 4);
  options.minimum_intensity = {0.05, 0.1, 0.08};
  options.num_realizations = 2;
  RowMaker some(options, 301);
  some.start(9, scene.sites(), 4);
  for (std::uint32_t sample = 0; sample < 4; ++sample) {
    all.append({sample, sample, 0, 0}, scene.moments(), all_bytes);
    some.append({sample, sample, sample % 2, 0}, scene.moments(), kept_bytes);
  }
  const std::vector<Row> rows = rows_of(all_bytes, 3), kept = rows_of(kept_bytes, 3);
  std::vector<std::int64_t> count(301 * 2 * 3);
  std::vector<double> ln(count.size()), ln2(count.size());
  std::size_t k = 0;
  for (const Row& row : rows) {
    const bool keep = row.values[0] >= 0.05f || row.values[1] >= 0.1f || row.values[2] >= 0.08f;
    if (keep) {
      ASSERT_LT(k, kept.size());
      EXPECT_EQ(kept[k].site, row.site);
      EXPECT_EQ(kept[k].event, row.event);
      EXPECT_EQ(kept[k].values, row.values);
      ++k;
      continue;
    }
    for (std::size_t m = 0; m < 3; ++m) {
      const std::size_t entry = ((row.site - 10) / 2 * 2 + row.event % 2) * 3 + m;
      count[entry] += 1;
      ln[entry] += std::log(row.values[m]);
      ln2[entry] += std::pow(std::log(row.values[m]), 2);
    }
  }
  EXPECT_EQ(k, kept.size());
  EXPECT_GT(k, 100u);
  EXPECT_GT(rows.size() - k, 100u);
  const DroppedSums dropped = some.take_dropped();
  for (std::size_t entry = 0; entry < count.size(); ++entry) {
    const std::size_t site = entry / 6, realization = entry / 3 % 2, m = entry % 3;
    const std::span<const DroppedSum> found = dropped.find(site, realization);
    const DroppedSum sum = found.empty() ? DroppedSum{} : found[m];
    EXPECT_EQ(sum.count, count[entry]);
    EXPECT_NEAR(static_cast<double>(sum.ln) * 0x1p-24, ln[entry], 1e-5);
    EXPECT_NEAR(static_cast<double>(sum.ln2) * 0x1p-24, ln2[entry], 1e-4);
  }
  EXPECT_TRUE(all.take_dropped().empty());
}

TEST(RowMakerTest, ExtremeValuesBecomeTheMedian) {
  FieldOptions options = options_for(2);
  const Scene scene(256, 2);
  std::vector<std::byte> free_bytes, bytes;
  RowMaker free(options, 256);
  options.extreme_gmv = {0.15, 1e9};
  RowMaker limited(options, 256);
  free.start(9, scene.sites(), 1);
  limited.start(9, scene.sites(), 1);
  free.append({}, scene.moments(), free_bytes);
  limited.append({}, scene.moments(), bytes);
  const std::vector<Row> before = rows_of(free_bytes, 2), after = rows_of(bytes, 2);
  std::size_t replaced = 0;
  for (std::size_t r = 0; r < before.size(); ++r) {
    EXPECT_EQ(after[r].values[1], before[r].values[1]);
    if (before[r].values[0] <= 0.15f) {
      EXPECT_EQ(after[r].values[0], before[r].values[0]);
      continue;
    }
    EXPECT_NEAR(after[r].values[0] / std::exp(double{scene.mean[r]}), 1, 1e-6);
    ++replaced;
  }
  EXPECT_GT(replaced, 5u);
}

TEST(RowMakerTest, ZeroTruncationGivesTheMedian) {
  FieldOptions options = options_for(1);
  options.between = options.within = {1e-9};
  const Scene scene(40, 1);
  RowMaker maker(options, 40);
  std::vector<std::byte> bytes;
  maker.start(1, scene.sites(), 1);
  maker.append({}, scene.moments(), bytes);
  const std::vector<Row> rows = rows_of(bytes, 1);
  for (std::size_t r = 0; r < rows.size(); ++r)
    EXPECT_NEAR(rows[r].values[0] / std::exp(double{scene.mean[r]}), 1, 1e-6);
}

TEST(RowMakerTest, RejectsWrongLengthsAndEventIdsBeyond32Bits) {
  FieldOptions options = options_for(3);
  options.minimum_intensity = {0.1};
  EXPECT_THROW(RowMaker(options, 1), core::Error);
  options.minimum_intensity.clear();
  options.extreme_gmv = {1, 2};
  EXPECT_THROW(RowMaker(options, 1), core::Error);
  options.extreme_gmv.clear();
  RowMaker maker(options, 1);
  const Scene scene(1, 3);
  std::vector<std::byte> bytes;
  maker.start(1, scene.sites(), 1);
  EXPECT_THROW(maker.append({std::uint64_t{1} << 32, 0, 0, 0}, scene.moments(), bytes),
               core::Error);
}

TEST(RowTypeTest, NamesSiteEventAndMeasures) {
  const core::RowType row = row_type(options_for(3).imts);
  EXPECT_EQ(row.bytes, 20u);
  EXPECT_EQ(row.member("PGV").units, "cm/s");
  EXPECT_EQ(row.member("SA(0.1)").offset, 16u);
  EXPECT_EQ(row.member("event").type, core::Scalar::u32);
}

}  // namespace
}  // namespace shakefield::field
