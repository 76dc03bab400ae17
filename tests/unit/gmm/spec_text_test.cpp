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

TEST(ModelSpecTest, InlineTablesBecomeDottedArguments) {
  const ModelSpec spec = ModelSpec::parse(
      "[ModifiableGMPE]\n"
      "gmpe = {ChiouYoungs2014 = {region = \"JPN\"}}\n"
      "set_scale_median_vector.scaling_factor = {\"PGA\" = 1.2, \"SA(0.2)\" = 0.9,}  # by IMT\n"
      "nrcan15_site_term = {kind = 'base'}\n"
      "list = [1,  # one\n  2]\n");
  EXPECT_EQ(spec.arguments.size(), 5u);
  EXPECT_EQ(spec.arguments.at("gmpe.ChiouYoungs2014.region"), Argument(std::string("JPN")));
  EXPECT_EQ(spec.arguments.at("set_scale_median_vector.scaling_factor.SA(0.2)"), Argument(0.9));
  EXPECT_EQ(spec.arguments.at("nrcan15_site_term.kind"), Argument(std::string("base")));
  EXPECT_EQ(spec.arguments.at("list"), Argument(std::vector<double>{1, 2}));
}

TEST(ModelSpecTest, AnEmptyTableIsAnArgument) {
  for (const char* text : {"[ModifiableGMPE]\ngmpe = {BooreEtAl2014 = {}}",
                           "[ModifiableGMPE]\ngmpe.BooreEtAl2014 = {}",
                           "[ModifiableGMPE]\n[ModifiableGMPE.gmpe.BooreEtAl2014]"}) {
    const ModelSpec spec = ModelSpec::parse(text);
    ASSERT_EQ(spec.arguments.size(), 1u) << text;
    EXPECT_EQ(spec.arguments.at("gmpe.BooreEtAl2014"), Argument(EmptyTable{})) << text;
  }
}

TEST(ModelSpecTest, TextIsReadBackAsTheSame) {
  const ModelSpec spec{"Model",
                       {{"a", 0.1},
                        {"b", true},
                        {"c", std::string("x y")},
                        {"d", std::vector<double>{1, 2.5}},
                        {"e.SA(0.2)", 1.0},
                        {"e.SA(0.2).f", EmptyTable{}}}};
  EXPECT_EQ(ModelSpec::parse(spec.text()), spec);
}

TEST(ModelSpecTest, RejectsWhatItDoesNotUnderstand) {
  for (const char* text : {"", "\n", "two words", "[Model", "[Model]\nkey", "[Model]\nkey = ",
                           "[Model]\nkey = JPN", "[Model]\na = 1\na = 2", "key = 1",
                           "[Model]\n[Other]\n", "[Model]\na = [1, x]", "[Model]\na = {b = 1",
                           "[Model]\na = {b}", "[Model]\na = \"b\nc\"", "[Model]\na = 1 b = 2"}) {
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
