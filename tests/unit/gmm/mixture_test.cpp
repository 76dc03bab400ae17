// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "shakefield/gmm/registry.hpp"

namespace shakefield::gmm {
namespace {

double normal(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/// Probability of exceeding `level` by a normal distribution cut at three deviations.
double exceedance(double level, double mean, double sigma) {
  const double z = std::clamp((std::log(level) - mean) / sigma, -3.0, 3.0);
  return (normal(3) - normal(z)) / (normal(3) - normal(-3));
}

// The OpenQuake engine 3.26.2, ContextMaker.gen_poes: magnitude 6.5, rake 30, truncation level 3,
// [site][level] for PGA, then SA(1.0).
constexpr double levels[] = {0.01, 0.05, 0.1, 0.3};
constexpr double expected[2][8] = {
    {1, 0.9864503145, 0.8085446358, 0.1001069099,  //
     1, 0.9498766661, 0.7435517311, 0.171179533},
    {0.9987876415, 0.3704711199, 0.0585969985, 0, 0.9782862663, 0.2884588838, 0.0481633991, 0}};

TEST(MixtureTest, ExceedanceOfAvgPoeIsTheWeightedMeanOfItsParts) {
  const std::vector<core::Imt> imts{{core::ImtKind::pga, 0}, {core::ImtKind::sa, 1.0}};
  const auto model = make_model(
      ModelSpec::parse("[AvgPoeGMPE]\nb1.BooreAtkinson2008.weight = 0.4\nb2.SadighEtAl1997.weight "
                       "= 0.6"),
      imts);
  std::vector<double> vs30(GmmInput::padding, 760.0), r_rup(GmmInput::padding, 60.0),
      r_jb(GmmInput::padding, 59.0);
  vs30[0] = 500;
  r_rup[0] = 20;
  r_jb[0] = 19;
  GmmInput in;
  in.mag = 6.5;
  in.rake_deg = 30;
  in.size = 2;
  in.vs30 = vs30;
  in.r_rup = r_rup;
  in.r_jb = r_jb;

  std::vector<double> actual(2 * 8, 0.0);
  ASSERT_EQ(model->parts().size(), 2u);
  for (const MixturePart& part : model->parts()) {
    const std::size_t stride = GmmInput::padding;
    std::vector<double> mean(2 * stride), sigma(mean), tau(mean), phi(mean);
    part.model->evaluate(in, {stride, mean, sigma, tau, phi});
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t m = 0; m < 2; ++m)
        for (std::size_t k = 0; k < 4; ++k)
          actual[i * 8 + m * 4 + k] +=
              part.weight * exceedance(levels[k], mean[m * stride + i], sigma[m * stride + i]);
  }
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 8; ++k)
      EXPECT_NEAR(actual[i * 8 + k], expected[i][k], 1e-6) << "site " << i << ", level " << k;
}

}  // namespace
}  // namespace shakefield::gmm
