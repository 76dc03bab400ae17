// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "scratch_folder.hpp"
#include "shakefield/store/file.hpp"
#include "store_test_tools.hpp"

namespace shakefield::store {
namespace {

core::Attributes all_kinds() {
  return {{"integer", std::int64_t{-5}},
          {"real", 0.1},
          {"text", std::string("métré")},
          {"no_text", std::string()},
          {"integers", std::vector<std::int64_t>{1, std::numeric_limits<std::int64_t>::min()}},
          {"reals", std::vector<double>{1.5}},
          {"texts", std::vector<std::string>{"a", "", "longer"}},
          {"no_integers", std::vector<std::int64_t>{}},
          {"no_texts", std::vector<std::string>{}}};
}

TEST(AttributesTest, AllKindsComeBackFromRootGroupAndDataset) {
  const ScratchFolder folder;
  {
    File file = File::create(folder / "out.h5");
    write_attributes(file, "/", all_kinds());
    write_attributes(file, "/a/new/group", all_kinds());
    write_array(file, "/array", core::Array::of<double>(std::vector<double>{1}), all_kinds());
    file.close();
  }
  const File file = File::open(folder / "out.h5");
  EXPECT_EQ(read_attributes(file, "/"), all_kinds());
  EXPECT_EQ(read_attributes(file, "/a/new/group"), all_kinds());
  core::Attributes of_array = read_attributes(file, "/array");
  of_array.erase("units");
  EXPECT_EQ(of_array, all_kinds());
}

TEST(AttributesTest, AreReplaced) {
  const ScratchFolder folder;
  File file = File::create(folder / "out.h5");
  write_attributes(file, "/", {{"complete", std::int64_t{0}}, {"seed", std::int64_t{42}}});
  write_attributes(file, "/", {{"complete", std::string("yes, with another type")}});
  const core::Attributes attributes = read_attributes(file, "/");
  EXPECT_EQ(std::get<std::string>(attributes.at("complete")), "yes, with another type");
  EXPECT_EQ(std::get<std::int64_t>(attributes.at("seed")), 42);
}

TEST(AttributesTest, MayBeLargerThanAnObjectHeader) {
  const ScratchFolder folder;
  const std::string job(1 << 20, 'x');
  {
    File file = File::create(folder / "out.h5");
    write_attributes(file, "/", {{"job", job}, {"seed", std::int64_t{42}}});
    write_attributes(file, "/", {{"job", job + "y"}});
    file.close();
  }
  const core::Attributes attributes = read_attributes(File::open(folder / "out.h5"), "/");
  EXPECT_EQ(std::get<std::string>(attributes.at("job")), job + "y");
  EXPECT_EQ(std::get<std::int64_t>(attributes.at("seed")), 42);
}

TEST(AttributesTest, OfVariableLengthComeBackAndReplaceOthers) {
  const ScratchFolder folder;
  File file = File::create(folder / "out.h5");
  write_attributes(file, "/group", {{"columns", std::int64_t{42}}});
  for (const std::string text : {"sid eid", "", "sid eid PGA"}) {
    write_variable_text(file, "/group", "columns", text);
    EXPECT_EQ(std::get<std::string>(read_attributes(file, "/group").at("columns")), text);
  }
}

TEST(AttributesTest, OfAMissingObjectAreAnError) {
  const ScratchFolder folder;
  File file = File::create(folder / "out.h5");
  EXPECT_EQ(error_of([&] { read_attributes(file, "/none"); }).kind(), core::ErrorKind::io);
  EXPECT_EQ(error_of([&] { write_variable_text(file, "/none", "a", "b"); }).kind(),
            core::ErrorKind::io);
}

}  // namespace
}  // namespace shakefield::store
