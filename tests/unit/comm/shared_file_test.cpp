// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/shared_file.hpp"

#include <fstream>
#include <iterator>

#include "mpi_test.hpp"
#include "scratch_folder.hpp"

namespace shakefield::comm {
namespace {

TEST(SharedFileTest, PiecesOfAllRanksComeToTheirPlaces) {
  SHAKEFIELD_REQUIRE_RANKS(2);
  constexpr std::size_t piece_bytes = 1000, rounds = 3;
  const auto ranks = static_cast<std::size_t>(world().size());
  const auto own = static_cast<std::size_t>(world().rank());
  const ScratchFolder folder;
  if (world().is_root()) std::ofstream(folder / "shared");
  SharedFile file(world(), folder / "shared");
  for (std::size_t round = 0; round < rounds; ++round) {
    std::vector<std::vector<std::byte>> memory;
    std::vector<SharedFile::Piece> pieces;
    for (std::size_t i = own; i-- > 0;) {  // root has none, the last rank most; not in order
      const std::size_t place = (round * ranks + own) * ranks + i;
      memory.emplace_back(piece_bytes, std::byte(1 + place % 250));
      pieces.push_back({place * piece_bytes, memory.back()});
    }
    file.write(pieces);
  }
  file.close();
  if (!world().is_root()) return;
  std::ifstream in(folder / "shared", std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
  ASSERT_EQ(bytes.size(), (rounds * ranks * ranks - 1) * piece_bytes);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const std::size_t place = at / piece_bytes;
    const bool has_piece = place % ranks < place / ranks % ranks;
    ASSERT_EQ(static_cast<unsigned char>(bytes[at]), has_piece ? 1 + place % 250 : 0) << at;
  }
}

TEST(SharedFileTest, AFileThatIsMissingIsAnErrorOfAllRanks) {
  SHAKEFIELD_REQUIRE_RANKS(2);
  try {
    const SharedFile file(world(), "/proc/no-such-file");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::io);
  }
}

}  // namespace
}  // namespace shakefield::comm
