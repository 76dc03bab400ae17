// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/packing.hpp"

#include <gtest/gtest.h>

#include "scratch_folder.hpp"
#include "shakefield/store/digest.hpp"

namespace shakefield::store {
namespace {

constexpr std::size_t num_rows = 200'000;

/// A file with groups, attributes, and tables with and without a codec.
void make_file(const std::filesystem::path& path, CodecKind codec) {
  File file = File::create(path);
  core::RowType row;
  row.add("site", core::Scalar::u32).add("PGA", core::Scalar::f32, "g");
  core::Array rows(row, {num_rows});
  std::vector<std::uint32_t> sites(num_rows);
  for (std::size_t i = 0; i < num_rows; ++i) sites[i] = static_cast<std::uint32_t>(i % 5000);
  rows.set_column<std::uint32_t>("site", sites);
  const core::Attributes axes = {{"axes", std::vector<std::string>{"row"}}};
  for (const auto& [name, kind] :
       {std::pair{"/gmf_data/table", codec}, std::pair{"/plain", CodecKind::none}}) {
    TableWriter table(file, name, row, axes, std::size_t{1} << 20, Start::anew, {kind, 1});
    table.append(rows);
    table.finish();
  }
  write_array(file, "/a/b/numbers", core::Array::of<double>(std::vector<double>{1, 2, 3}));
  write_attributes(file, "/", {{"complete", std::int64_t{1}}});
  write_attributes(file, "/gmf_data", {{"note", std::string("kept")}});
  file.close();
}

TEST(PackingTest, FiltersAndSizeOfADatasetAreTold) {
  const ScratchFolder folder;
  make_file(folder / "in.h5", CodecKind::zstd);
  const File file = File::open(folder / "in.h5");
  const Packing packed = packing_of(file, "/gmf_data/table"), plain = packing_of(file, "/plain");
  ASSERT_EQ(packed.filters.size(), 2U);
  EXPECT_EQ(packed.filters[0].id, 2) << "HDF5's shuffle";
  EXPECT_EQ(packed.filters[1].id, 32015) << "as registered with The HDF Group";
  EXPECT_LT(packed.stored_bytes, num_rows * 8 / 2);
  EXPECT_TRUE(plain.filters.empty());
  EXPECT_GE(plain.stored_bytes, num_rows * 8);
}

TEST(PackingTest, ARepackedCopyHoldsTheSame) {
  for (const CodecKind codec : {CodecKind::none, CodecKind::deflate}) {
    const ScratchFolder folder;
    make_file(folder / "in.h5", CodecKind::zstd);
    const File in = File::open(folder / "in.h5");
    File out = File::create(folder / "out.h5");
    copy_repacked(in, out, {codec, 1});
    EXPECT_EQ(packing_of(out, "/gmf_data/table").filters.size(),
              codec == CodecKind::none ? 0U : 2U);
    EXPECT_EQ(children(out, "/"), children(in, "/"));
    for (const char* path : {"/gmf_data/table", "/plain", "/a/b/numbers"}) {
      EXPECT_EQ(digest_of(out, path), digest_of(in, path)) << path;
      EXPECT_EQ(read_attributes(out, path), read_attributes(in, path)) << path;
    }
    EXPECT_EQ(std::get<std::int64_t>(read_attributes(out, "/").at("complete")), 1);
    EXPECT_EQ(std::get<std::string>(read_attributes(out, "/gmf_data").at("note")), "kept");
  }
}

}  // namespace
}  // namespace shakefield::store
