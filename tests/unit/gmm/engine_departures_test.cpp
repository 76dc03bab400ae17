// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Models that depart from the OpenQuake engine where its values contradict the publication: what
// they give instead. tests/verification has the engine's values, by an argument.

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "shakefield/gmm/registry.hpp"

namespace shakefield::gmm {
namespace {

/// One site, repeated.
struct OneSite {
  using Column = std::array<double, GmmInput::padding>;
  Column r_rup{}, r_jb{}, r_epi{}, azimuth{};
  GmmInput in;

  double mean(const char* model, const core::Imt& imt, const char* engine_flag = nullptr) {
    in.size = 1;
    in.r_rup = r_rup;
    in.r_jb = r_jb;
    in.r_epi = r_epi;
    in.azimuth = azimuth;
    ModelSpec spec{.name = model, .arguments = {}};
    if (engine_flag) spec.arguments[engine_flag] = true;
    Column mean, sigma, tau, phi;
    make_model(spec, std::array{imt})->evaluate(in, {GmmInput::padding, mean, sigma, tau, phi});
    return mean[0];
  }
};

TEST(EngineDeparturesTest, YuEtAlGiveLessThanOneWhereBothAxesDo) {
  OneSite site;
  site.in.mag = 6.14;
  site.r_epi.fill(278);
  const core::Imt velocity{core::ImtKind::pgv};
  site.azimuth.fill(0);
  const double along = site.mean("YuEtAl2013MwStable", velocity);
  site.azimuth.fill(90);
  const double across = site.mean("YuEtAl2013MwStable", velocity);
  site.azimuth.fill(30);
  const double between = site.mean("YuEtAl2013MwStable", velocity);
  EXPECT_LT(along, -1);
  EXPECT_LT(between, std::max(along, across));
  EXPECT_GT(between, std::min(along, across));
  EXPECT_GT(site.mean("YuEtAl2013MwStable", velocity, "engine_below_unity"), 1);
}

TEST(EngineDeparturesTest, CampbellBozorgniaHaveNoHangingWallBeyond5Km) {
  OneSite site;
  site.in.mag = 7;
  site.r_rup.fill(100);
  site.r_jb.fill(99);
  const core::Imt acceleration{core::ImtKind::pga};
  const char* model = "CampbellBozorgnia2003NSHMP2007";
  site.in.dip_deg = 90;
  const double vertical = site.mean(model, acceleration);
  site.in.dip_deg = 60;
  EXPECT_EQ(site.mean(model, acceleration), vertical);
  EXPECT_LT(site.mean(model, acceleration, "engine_hanging_wall"), vertical - 5);
}

}  // namespace
}  // namespace shakefield::gmm
