// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/mfd.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "shakefield/core/error.hpp"

namespace shakefield::source {
namespace {

TEST(TruncatedGrTest, BinsStandAtHalfMultiplesOfTheWidth) {
  const MagnitudeBins bins = magnitude_bins(TruncatedGr{4, 1, 5, 6}, 0.5);
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_DOUBLE_EQ(bins[0].mag, 5.25);
  EXPECT_DOUBLE_EQ(bins[1].mag, 5.75);
  EXPECT_NEAR(bins[0].rate, 0.1 - std::pow(10, -1.5), 1e-15);  // 10^(4-5) - 10^(4-5.5)
  EXPECT_NEAR(bins[1].rate, std::pow(10, -1.5) - 0.01, 1e-15);
}

TEST(TruncatedGrTest, RatesSumToTheWholeRange) {
  double sum = 0;
  for (const MagnitudeBin& bin : magnitude_bins(TruncatedGr{4.2, .9, 6.5, 7.9}, 0.1))
    sum += bin.rate;
  EXPECT_NEAR(sum, std::pow(10, 4.2 - .9 * 6.5) - std::pow(10, 4.2 - .9 * 7.9), 1e-15);
}

TEST(TruncatedGrTest, EndsAreRoundedToMultiplesOfTheWidth) {
  const MagnitudeBins bins = magnitude_bins(TruncatedGr{4, 1, 5.04, 5.36}, 0.1);
  ASSERT_EQ(bins.size(), 4u);
  EXPECT_NEAR(bins.front().mag, 5.05, 1e-12);
  EXPECT_NEAR(bins.back().mag, 5.35, 1e-12);
}

TEST(TruncatedGrTest, RejectsWhatGivesNoBins) {
  EXPECT_THROW(magnitude_bins(TruncatedGr{4, 1, 5, 5.05}, 0.1), core::Error);
  EXPECT_THROW(magnitude_bins(TruncatedGr{4, 0, 5, 6}, 0.1), core::Error);
  EXPECT_THROW(magnitude_bins(TruncatedGr{4, 1, 5, 6}, 0), core::Error);
  EXPECT_THROW(magnitude_bins(TruncatedGr{std::numeric_limits<double>::quiet_NaN(), 1, 5, 6}, 0.1),
               core::Error);
}

TEST(MfdTest, RejectsWhatIsNoEarthquakeAndWhatWouldFillTheMemory) {
  EXPECT_THROW(magnitude_bins(ArbitraryMfd{{6, 1e300}, {0.1, 0.1}}), core::Error);
  EXPECT_THROW(magnitude_bins(ArbitraryMfd{{-1}, {0.1}}), core::Error);
  EXPECT_THROW(magnitude_bins(TruncatedGr{400, 1, 5, 6}, 0.1), core::Error);  // infinite rates
  EXPECT_THROW(magnitude_bins(TruncatedGr{4, 1, 5, 6}, 1e-300), core::Error);
  EXPECT_THROW(magnitude_bins(YoungsCoppersmithMfd{5, 1, 7, 1e-12, 1e-3}), core::Error);
}

TEST(IncrementalMfdTest, DropsBinsWithoutRate) {
  const MagnitudeBins bins = magnitude_bins(IncrementalMfd{6, 0.25, {0.1, 0, 0.3}});
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_DOUBLE_EQ(bins[1].mag, 6.5);
  EXPECT_DOUBLE_EQ(bins[1].rate, 0.3);
}

TEST(IncrementalMfdTest, RejectsNegativeRatesAndNoRates) {
  EXPECT_THROW(magnitude_bins(IncrementalMfd{6, 0.1, {0.1, -0.1}}), core::Error);
  EXPECT_THROW(magnitude_bins(IncrementalMfd{6, 0.1, {0, 0}}), core::Error);
  EXPECT_THROW(magnitude_bins(IncrementalMfd{6, 0, {1}}), core::Error);
}

TEST(MfdTest, ScalingIsOfRatesOnly) {
  const MagnitudeBins bins = scaled({{6, 0.1}, {7, 0.2}}, 0.5);
  EXPECT_DOUBLE_EQ(bins[1].mag, 7);
  EXPECT_DOUBLE_EQ(bins[1].rate, 0.1);
}

// Figures of the engine's distribution classes (OpenQuake engine 3.26.2), run on these inputs.
struct EngineFigures {
  Mfd mfd;
  std::size_t count;
  double first_rate, second_rate, before_last_rate, last_rate, sum;
};
class ContinuousMfdTest : public testing::TestWithParam<EngineFigures> {};

TEST_P(ContinuousMfdTest, RatesAreThoseOfThePeer) {
  const EngineFigures& figures = GetParam();
  const MagnitudeBins bins = magnitude_bins(figures.mfd, 0.1);
  ASSERT_EQ(bins.size(), figures.count);
  EXPECT_NEAR(bins.front().mag, 5.05, 1e-12);
  const auto expect_near = [](double ours, double theirs) { EXPECT_NEAR(ours / theirs, 1, 1e-12); };
  expect_near(bins[0].rate, figures.first_rate);
  expect_near(bins[1].rate, figures.second_rate);
  expect_near(bins[bins.size() - 2].rate, figures.before_last_rate);
  expect_near(bins.back().rate, figures.last_rate);
  double sum = 0;
  for (const MagnitudeBin& bin : bins) sum += bin.rate;
  expect_near(sum, figures.sum);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ContinuousMfdTest,
    testing::Values(
        EngineFigures{TaperedGr{4, .9, 5, 8, 7.2}, 30, 0.0592125412565732, 0.04813760104378872,
                      3.25323824355045e-07, 1.0174253286779513e-08, 0.3160663572127187},
        EngineFigures{YoungsCoppersmithMfd{5, .9, 7.3, .1, 1e-3, 0}, 26, 0.0015915007228359812,
                      0.0012936203540183083, 2e-4, 2e-4, 0.009393452766510886},
        EngineFigures{YoungsCoppersmithMfd{5, .9, 7.3, .1, 0, 1e17}, 26, 0.0013198360574808504,
                      0.0010728030238541502, 0.00016586056651346864, 0.00016586056651346864,
                      0.007790016986855007},
        EngineFigures{AlternativeCharacteristicMfd{5, 7.5, 1, .2, .7, .75, .05}, 25,
                      0.010274532024442715, 0.008161350885593686, 0.00011153670276759474,
                      0.00010651672421233254, 0.05}));

TEST(AlternativeCharacteristicMfdTest, ReferenceRatesGiveShareAndTotalOfThePeer) {
  const AlternativeCharacteristicMfd mfd =
      with_reference_rates({5, 7.5, 1, .2, 0, .75, 0}, {5.5, 1e-2, 7, 1e-3});
  EXPECT_NEAR(mfd.gamma, 0.8560024795918814, 1e-13);
  EXPECT_NEAR(mfd.total_rate, 0.034504434045843795, 1e-15);
}

TEST(AlternativeCharacteristicMfdTest, ABinAcrossTheBorderIsTheSumOfItsParts) {
  const AlternativeCharacteristicMfd mfd{5, 7.5, 1, .2, .7, .73, .05};  // border at 6.77
  const MagnitudeBins coarse = magnitude_bins(mfd, 0.1), fine = magnitude_bins(mfd, 0.01);
  double sum = 0;
  for (const MagnitudeBin& bin : fine)
    if (bin.mag > 6.7 && bin.mag < 6.8) sum += bin.rate;
  EXPECT_NEAR(coarse[17].rate / sum, 1, 1e-12);
}

TEST(SlipRateGrTest, RateIsThatOfThePeer) {
  EXPECT_NEAR(with_area({8, 30, .9, 5, 7}, 1500).a, 4.080211024048701, 1e-14);
  EXPECT_THROW(magnitude_bins(Mfd{SlipRateGr{8, 30, .9, 5, 7}}, 0.1), core::Error);
}

TEST(ArbitraryMfdTest, BinsAreAsListed) {
  const MagnitudeBins bins = magnitude_bins(Mfd{ArbitraryMfd{{7, 5.5, 6}, {1e-4, 0, 2e-3}}}, 1);
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_EQ(bins[0].mag, 7);
  EXPECT_EQ(bins[1].rate, 2e-3);
  EXPECT_THROW(magnitude_bins(ArbitraryMfd{{7}, {1, 2}}), core::Error);
}

}  // namespace
}  // namespace shakefield::source
