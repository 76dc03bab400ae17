// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shakefield/site/site_collection.hpp"

namespace shakefield::site {

/// Calls f(name, units, pointer to the column's member) for every site parameter: the one list of
/// them.
template <class F>
void for_each_column(F f) {
  f("vs30", "m/s", &SiteParameters::vs30);
  f("vs30measured", "1", &SiteParameters::vs30measured);
  f("z1pt0", "m", &SiteParameters::z1pt0);
  f("z2pt5", "km", &SiteParameters::z2pt5);
  f("backarc", "1", &SiteParameters::backarc);
  f("xvf", "km", &SiteParameters::xvf);
  f("region", "1", &SiteParameters::region);
}

}  // namespace shakefield::site
