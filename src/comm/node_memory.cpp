// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/node_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "mpi_call.hpp"

namespace shakefield::comm {

struct NodeMemory::Impl {
  Communicator comm, node = {};
  MPI_Win window = MPI_WIN_NULL;
  std::vector<std::span<std::byte>> parts = {};  ///< [ranks]
};

namespace {

/// Open MPI 4.1 keeps windows in files of /dev/shm. Where it cannot make one (no room, a limit of
/// the size of files or of the address space) one rank hears of it and the others wait for ever. So
/// windows are asked for only if there is more than enough room, and a file like theirs can be
/// made.
bool has_room(std::size_t bytes) {
  constexpr const char* folder = "/dev/shm";
  constexpr std::uint64_t reserve = 4;
  constexpr std::size_t headers = std::size_t{1} << 20;
  struct statvfs room {};
  if (::statvfs(folder, &room) != 0 ||
      std::uint64_t{room.f_bavail} * room.f_frsize / reserve < bytes)
    return false;
  const int file = ::open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bytes += headers;
  void* const mapped = ::ftruncate(file, static_cast<off_t>(bytes)) == 0
                           ? ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                           : MAP_FAILED;
  if (mapped != MAP_FAILED) ::munmap(mapped, bytes);
  ::close(file);
  return mapped != MAP_FAILED;
}

/// Each rank's part on pages of its own, near the rank.
MPI_Win allocate(const Communicator& node, std::size_t bytes) {
  MPI_Info info = MPI_INFO_NULL;
  check(MPI_Info_create(&info), "MPI_Info_create");
  check(MPI_Info_set(info, "alloc_shared_noncontig", "true"), "MPI_Info_set");
  MPI_Win window = MPI_WIN_NULL;
  void* own = nullptr;
  const int status = MPI_Win_allocate_shared(static_cast<MPI_Aint>(bytes), 1, info,
                                             node.impl().handle, &own, &window);
  MPI_Info_free(&info);
  return status == MPI_SUCCESS ? window : MPI_WIN_NULL;
}

}  // namespace

NodeMemory::NodeMemory(Communicator comm, std::size_t bytes) : impl_(new Impl{std::move(comm)}) {
  impl_->parts.resize(static_cast<std::size_t>(impl_->comm.size()));
  if (impl_->comm.size() == 1) return;
  impl_->node = impl_->comm.node();
  const auto own_rank = static_cast<std::uint64_t>(impl_->comm.rank());
  const std::vector<std::uint64_t> ranks = all_gather(impl_->node, own_rank);
  const std::vector<std::uint64_t> sizes = all_gather(impl_->node, std::uint64_t{bytes});
  const std::uint64_t total = std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
  if (ranks.size() == 1 || total == 0) return;
  if (largest(impl_->node, std::uint64_t{!has_room(total)}) > 0) return;
  impl_->window = allocate(impl_->node, bytes);
  const bool has_none = impl_->window == MPI_WIN_NULL;
  if (largest(impl_->node, std::uint64_t{has_none}) > 0) return;
  check(MPI_Win_lock_all(MPI_MODE_NOCHECK, impl_->window), "MPI_Win_lock_all");
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    MPI_Aint size = 0;
    int unit = 0;
    std::byte* first = nullptr;
    check(MPI_Win_shared_query(impl_->window, static_cast<int>(i), &size, &unit, &first),
          "MPI_Win_shared_query");
    impl_->parts[ranks[i]] = {first, sizes[i]};  // `size` is whole pages
  }
}

NodeMemory::~NodeMemory() = default;

std::span<std::byte> NodeMemory::own() const {
  return impl_->parts[static_cast<std::size_t>(impl_->comm.rank())];
}

std::span<const std::byte> NodeMemory::of(int rank) const {
  return impl_->parts[static_cast<std::size_t>(rank)];
}

void NodeMemory::synchronise() const {
  if (impl_->window != MPI_WIN_NULL) check(MPI_Win_sync(impl_->window), "MPI_Win_sync");
}

void NodeMemory::touch(int rank) const {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::span<const std::byte> part = of(rank);
  for (std::size_t i = 0; i < part.size(); i += page)
    static_cast<void>(*static_cast<const volatile std::byte*>(&part[i]));
}

void NodeMemory::close() {
  if (impl_->window == MPI_WIN_NULL) return;
  barrier(impl_->node);
  check(MPI_Win_unlock_all(impl_->window), "MPI_Win_unlock_all");
  check(MPI_Win_free(&impl_->window), "MPI_Win_free");
  impl_->parts.assign(impl_->parts.size(), {});
}

}  // namespace shakefield::comm
