// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/gmm/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "shakefield/core/error.hpp"

namespace shakefield::gmm {
namespace {

using ::testing::HasSubstr;

const std::array pga{core::Imt{core::ImtKind::pga, 0}};

void expect_error(const ModelSpec& spec, std::span<const core::Imt> imts, core::ErrorKind kind,
                  const char* part) {
  try {
    make_model(spec, imts);
    FAIL() << "no error for " << spec.text();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), kind);
    EXPECT_THAT(error.what(), HasSubstr(part));
  }
}

TEST(RegistryTest, MakesAModelByTheNameOfTheJob) {
  const auto model = make_model(ModelSpec::parse("BooreAtkinson2008"), pga);
  EXPECT_EQ(model->info().name, "BooreAtkinson2008");
}

TEST(RegistryTest, NamesTheNearestModelWhereTheNameIsUnknown) {
  expect_error({"BooreAtkinsen2008", {}}, pga, core::ErrorKind::unsupported,
               "nearest name: BooreAtkinson2008");
}

TEST(RegistryTest, RejectsAnArgumentThatTheModelLacks) {
  expect_error({"BooreAtkinson2008", {{"colour", 1.0}}}, pga, core::ErrorKind::config, "'colour'");
}

TEST(RegistryTest, RejectsAnImtThatTheModelLacks) {
  const std::array imts{core::Imt{core::ImtKind::sa, 12.0}};
  expect_error({"BooreAtkinson2008", {}}, imts, core::ErrorKind::config, "SA(0.01) to SA(10.0)");
}

TEST(RegistryTest, ListsModelsSortedByUniqueNamesWithFullDescriptions) {
  const auto models = list_models();
  EXPECT_TRUE(std::ranges::is_sorted(models, std::ranges::less_equal{}, &ModelInfo::name));
  EXPECT_EQ(std::ranges::adjacent_find(models, {}, &ModelInfo::name), models.end());
  for (const ModelInfo& info : models) {
    EXPECT_FALSE(info.publication.empty()) << info.name;
    EXPECT_FALSE(info.component.empty()) << info.name;
    EXPECT_FALSE(info.region.empty()) << info.name;
    EXPECT_FALSE(info.imts.empty()) << info.name;
    EXPECT_NE(info.needs, Needs::none) << info.name;
    EXPECT_THAT(info.setting, ::testing::AnyOf("crust", "interface", "slab", "stable", "volcanic"))
        << info.name;
  }
}

}  // namespace
}  // namespace shakefield::gmm
