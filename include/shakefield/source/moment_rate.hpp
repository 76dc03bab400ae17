// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shakefield/source/mfd.hpp"

namespace shakefield::source {

// Moment rates of continuous distributions, N m/year, with log10 M0 = 1.5 m + 9.05 (Hanks &
// Kanamori 1979): the integral of density times moment from min_mag to max_mag as given, not
// rounded to bins. What a change of slope or of the largest magnitude keeps.
double moment_rate_nm(const TruncatedGr& mfd);
double moment_rate_nm(const AlternativeCharacteristicMfd& mfd);

/// The distribution with the moment rate of another one: a or the total rate is changed.
TruncatedGr with_moment_rate(TruncatedGr mfd, double moment_rate_nm);
AlternativeCharacteristicMfd with_moment_rate(AlternativeCharacteristicMfd mfd,
                                              double moment_rate_nm);

}  // namespace shakefield::source
