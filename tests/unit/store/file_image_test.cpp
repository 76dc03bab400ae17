// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "scratch_folder.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::store {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(FileImageTest, ReadsWhatAFileHoldsWithoutTheFile) {
  const ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "table.h5";
  const std::vector<double> values{1, 2, 3};
  File written = File::create(path);
  write_array(written, "/group/values", core::Array::of<double>(values),
              {{"metric", std::string("rrup")}});
  written.close();
  const std::string bytes = bytes_of(path);
  // Once while the file is there, once without it.
  for (int round = 0; round < 2; ++round) {
    const File image = File::open_image(std::as_bytes(std::span(bytes)), path);
    EXPECT_THAT(read_array(image, "/group/values").column_f64(""), ::testing::ElementsAre(1, 2, 3));
    EXPECT_EQ(std::get<std::string>(read_attributes(image, "/group/values").at("metric")), "rrup");
    std::filesystem::remove(path);
  }
}

TEST(FileImageTest, RejectsOtherBytesByName) {
  const std::string bytes = "no HDF5 at all";
  try {
    File::open_image(std::as_bytes(std::span(bytes)), "table.h5");
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::data);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("table.h5 is not an HDF5 file"));
  }
}

}  // namespace
}  // namespace shakefield::store
