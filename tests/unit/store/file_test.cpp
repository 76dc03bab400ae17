// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/file.hpp"

#include <fstream>

#include "scratch_folder.hpp"
#include "store_test_tools.hpp"

namespace shakefield::store {
namespace {

using core::ErrorKind;

core::Array some_numbers() {
  return core::Array::of<double>(std::vector<double>{1, 2, 3});
}

TEST(FileTest, DoesNotReplaceAFileUnasked) {
  const ScratchFolder folder;
  const auto path = folder / "out.h5";
  File::create(path).close();
  const core::Error error = error_of([&] { File::create(path); });
  EXPECT_EQ(error.kind(), ErrorKind::config);
  EXPECT_EQ(std::string(error.what()), path.string() +
                                           " exists (a run would replace it), give --overwrite or "
                                           "another name");
  EXPECT_NO_THROW(File::create(path, true));
  std::filesystem::create_symlink("elsewhere.h5", folder / "link.h5");
  EXPECT_EQ(error_of([&] { File::create(folder / "link.h5"); }).kind(), ErrorKind::config);
}

TEST(FileTest, SaysWhyAFileCannotBeMade) {
  const ScratchFolder folder;
  const core::Error missing = error_of([&] { File::create(folder / "no/such/folder/out.h5"); });
  EXPECT_EQ(missing.kind(), ErrorKind::io);
  EXPECT_TRUE(contains(missing, "no/such/folder does not exist")) << missing.what();
  EXPECT_TRUE(contains(missing, "out.h5")) << missing.what();
  std::ofstream(folder / "file") << "no folder";
  const core::Error file = error_of([&] { File::create(folder / "file/out.h5"); });
  EXPECT_EQ(file.kind(), ErrorKind::io);
  EXPECT_TRUE(contains(file, "(Not a directory), check the path")) << file.what();
  std::filesystem::create_directory(folder / "dir.h5");
  const core::Error directory = error_of([&] { File::create(folder / "dir.h5", true); });
  EXPECT_EQ(directory.kind(), ErrorKind::config);
  EXPECT_TRUE(contains(directory, "dir.h5 is a folder")) << directory.what();
}

TEST(FileTest, SaysWhyAFileCannotBeOpened) {
  const ScratchFolder folder;
  const core::Error missing = error_of([&] { File::open(folder / "none.h5"); });
  EXPECT_EQ(missing.kind(), ErrorKind::data);
  EXPECT_TRUE(contains(missing, "there is no such file")) << missing.what();
  std::ofstream(folder / "text.h5") << "lon,lat\n";
  EXPECT_EQ(error_of([&] { File::open(folder / "text.h5"); }).kind(), ErrorKind::data);
  std::ofstream(folder / "empty.h5");
  EXPECT_EQ(error_of([&] { File::open(folder / "empty.h5"); }).kind(), ErrorKind::data);
}

TEST(FileTest, ATruncatedFileIsAnError) {
  const ScratchFolder folder;
  const auto path = folder / "out.h5";
  {
    File file = File::create(path);
    write_array(file, "/a", core::Array::of<double>(std::vector<double>(1000, 1.0)));
    file.close();
  }
  std::filesystem::resize_file(path, 2000);
  const core::Error error = error_of([&] { File::open(path); });
  EXPECT_EQ(error.kind(), ErrorKind::io);
  EXPECT_TRUE(contains(error, "truncated")) << error.what();
}

TEST(FileTest, KnowsItsGroupsAndDatasets) {
  const ScratchFolder folder;
  File file = File::create(folder / "out.h5");
  write_array(file, "/hazard/curves/b", some_numbers());
  write_array(file, "hazard/curves/a", some_numbers());
  write_array(file, "/hazard/10", some_numbers());
  EXPECT_TRUE(exists(file, "/"));
  EXPECT_TRUE(exists(file, "/hazard/curves/"));
  EXPECT_FALSE(exists(file, "/hazard/maps/a"));
  EXPECT_TRUE(is_group(file, "/hazard"));
  EXPECT_TRUE(is_group(file, "/"));
  EXPECT_FALSE(is_group(file, "/hazard/10"));
  EXPECT_FALSE(is_group(file, "/none"));
  EXPECT_EQ(children(file, "/hazard"), (std::vector<std::string>{"10", "curves"}));
  EXPECT_EQ(children(file, "/hazard/curves"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(children(file, "/"), (std::vector<std::string>{"hazard"}));
}

TEST(FileTest, AReadOnlyFileCannotBeWritten) {
  const ScratchFolder folder;
  File::create(folder / "out.h5").close();
  File file = File::open(folder / "out.h5");
  EXPECT_EQ(error_of([&] { write_array(file, "/a", some_numbers()); }).kind(), ErrorKind::io);
}

TEST(FileTest, CanBeOpenedToAddToIt) {
  const ScratchFolder folder;
  const auto path = folder / "out.h5";
  File::create(path).close();
  {
    File file = File::open(path, Access::read_write);
    write_array(file, "/a", some_numbers());
    file.close();
  }
  EXPECT_EQ(read_array(File::open(path), "/a").rows(), 3u);
}

TEST(FileTest, AFullDiskIsSeenAtCloseAtTheLatest) {
  const ScratchFolder folder;
  const FileSizeLimit limit(64 << 10);
  const core::Error error = error_of([&] {
    File file = File::create(folder / "out.h5");
    write_array(file, "/a", core::Array::of<double>(std::vector<double>(100'000, 1.0)));
    file.close();
  });
  EXPECT_EQ(error.kind(), ErrorKind::io);
  EXPECT_TRUE(contains(error, "File too large")) << error.what();
}

TEST(FileTest, AFullDiskIsSeenWhenOnlyTheEndIsMissing) {
  const ScratchFolder folder;
  File file = File::create(folder / "out.h5");
  for (int i = 0; i < 50; ++i) write_array(file, "/group/" + std::to_string(i), some_numbers());
  const FileSizeLimit limit(1024);
  const core::Error error = error_of([&] { file.close(); });
  EXPECT_EQ(error.kind(), ErrorKind::io);
  EXPECT_TRUE(contains(error, "File too large")) << error.what();
}

}  // namespace
}  // namespace shakefield::store
