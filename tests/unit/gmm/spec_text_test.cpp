// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "shakefield/core/error.hpp"
#include "shakefield/gmm/model.hpp"

namespace shakefield::gmm {
namespace {

TEST(ModelSpecTest, ReadsAPlainName) {
  const ModelSpec spec = ModelSpec::parse("  BooreEtAl2014\n");
  EXPECT_EQ(spec.name, "BooreEtAl2014");
  EXPECT_TRUE(spec.arguments.empty());
  EXPECT_EQ(spec.text(), "BooreEtAl2014");
}

TEST(ModelSpecTest, ReadsArgumentsOfAllTypes) {
  const ModelSpec spec = ModelSpec::parse(
      "[ChiouYoungs2014]\n"
      "region = \"JPN\"   # Japan\n"
      "  sigma_mu_epsilon = -1.5e0\n"
      "count=3\n"
      "ergodic = false\n"
      "file = 'a # b.hdf5'\n"
      "weights = [0.25, 0.5, .25]\n");
  EXPECT_EQ(spec.name, "ChiouYoungs2014");
  EXPECT_EQ(spec.arguments.at("region"), Argument(std::string("JPN")));
  EXPECT_EQ(spec.arguments.at("sigma_mu_epsilon"), Argument(-1.5));
  EXPECT_EQ(spec.arguments.at("count"), Argument(3.0));
  EXPECT_EQ(spec.arguments.at("ergodic"), Argument(false));
  EXPECT_EQ(spec.arguments.at("file"), Argument(std::string("a # b.hdf5")));
  EXPECT_EQ(spec.arguments.at("weights"), Argument(std::vector<double>{0.25, 0.5, 0.25}));
}

TEST(ModelSpecTest, NestedSectionsBecomeDottedArguments) {
  const ModelSpec spec =
      ModelSpec::parse("[AvgPoeGMPE]\n[AvgPoeGMPE.b1.SadighEtAl1997]\nweight = 0.4\n");
  EXPECT_EQ(spec.arguments.at("b1.SadighEtAl1997.weight"), Argument(0.4));
}

TEST(ModelSpecTest, TextIsReadBackAsTheSame) {
  const ModelSpec spec{
      "Model",
      {{"a", 0.1}, {"b", true}, {"c", std::string("x y")}, {"d", std::vector<double>{1, 2.5}}}};
  EXPECT_EQ(ModelSpec::parse(spec.text()), spec);
}

TEST(ModelSpecTest, RejectsWhatItDoesNotUnderstand) {
  for (const char* text :
       {"", "\n", "two words", "[Model", "[Model]\nkey", "[Model]\nkey = ", "[Model]\nkey = JPN",
        "[Model]\na = 1\na = 2", "key = 1", "[Model]\n[Other]\n", "[Model]\na = [1, x]"}) {
    try {
      ModelSpec::parse(text);
      FAIL() << "no error for '" << text << "'";
    } catch (const core::Error& error) {
      EXPECT_EQ(error.kind(), core::ErrorKind::config);
    }
  }
}

}  // namespace
}  // namespace shakefield::gmm
