// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "decorator.hpp"

namespace shakefield::gmm::nrcan15 {

/// Above 760 m/s: Boore and Atkinson (2008) as below, or the hard-rock factors of Atkinson and
/// Boore (2006, 2011).
enum class HardRock { as_soil, factors };
/// Motion on rock that drives the nonlinear part: PGA as published, or the IMT itself.
enum class RockMotion { pga, imt };

/// Puts the site term on a model that is evaluated on rock of 760 m/s.
std::unique_ptr<const GroundMotionModel> with_site_term(const ModelSpec& inner,
                                                        std::span<const Imt> imts,
                                                        HardRock hard_rock, RockMotion rock_motion,
                                                        std::string_view name);

/// rock_motion = "PGA" or "IMT".
RockMotion rock_motion_of(const Arguments& arguments, std::string_view name = "rock_motion");

}  // namespace shakefield::gmm::nrcan15
