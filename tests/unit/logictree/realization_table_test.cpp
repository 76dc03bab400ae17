// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/realization_table.hpp"

#include <gtest/gtest.h>

namespace shakefield::logictree {
namespace {

TEST(RealizationTableTest, SurvivesTheSerializationProtocol) {
  const GmmTree gmms{{{"s",
                       "Active Shallow Crust",
                       {{"a", {"BooreEtAl2014", {}}, 0.5}, {"b", {"ChiouYoungs2014", {}}, 0.5}}},
                      {"t", "Stable", {{"c", {"ToroEtAl2002", {}}, 1.0}}}}};
  SourceModelTree sources;
  sources.add({"s", {{"b1", {}, 1.0}}, {}});
  const FullTree tree = expand(sources, gmms, {"Active Shallow Crust", "Stable"}, 0,
                               SamplingMethod::early_weights, 42);
  const auto [array, attributes] = to_hdf5(make_realization_table(tree));
  const auto back = from_hdf5(array, attributes, std::type_identity<RealizationTable>{});
  ASSERT_EQ(back.realizations.size(), 2u);
  EXPECT_EQ(back.realizations[1].branch_path, "A~BA");
  EXPECT_EQ(back.realizations[1].weight, 0.5);
  EXPECT_EQ(back.models[1], "ChiouYoungs2014; ToroEtAl2002");
}

}  // namespace
}  // namespace shakefield::logictree
