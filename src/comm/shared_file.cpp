// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/shared_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "mpi_call.hpp"

namespace shakefield::comm {

struct SharedFile::Impl {
  Communicator comm;
  std::string path;
  MPI_File handle = MPI_FILE_NULL;
  double waited_s = 0, writing_s = 0;

  void check(int status, const char* what) const {
    if (status == MPI_SUCCESS) return;
    char text[MPI_MAX_ERROR_STRING] = {};
    int length = 0;
    MPI_Error_string(status, text, &length);
    throw core::Error(core::ErrorKind::io,
                      fmt::format("cannot {} {} (MPI-IO: {}), look at the disk, or give "
                                  "gmf_writer = single",
                                  what, path, std::string_view(text, std::size_t(length))));
  }
};

namespace {

/// A type of blocks of bytes anywhere; freed with the object.
class Blocks {
 public:
  Blocks(std::vector<int>& lengths, std::vector<MPI_Aint>& places) {
    check(MPI_Type_create_hindexed(static_cast<int>(lengths.size()), lengths.data(), places.data(),
                                   MPI_BYTE, &type_),
          "MPI_Type_create_hindexed");
    check(MPI_Type_commit(&type_), "MPI_Type_commit");
  }
  ~Blocks() { MPI_Type_free(&type_); }
  Blocks(const Blocks&) = delete;
  Blocks& operator=(const Blocks&) = delete;
  MPI_Datatype type() const { return type_; }

 private:
  MPI_Datatype type_ = MPI_DATATYPE_NULL;
};

}  // namespace

SharedFile::SharedFile(Communicator comm, const std::filesystem::path& path)
    : impl_(new Impl{std::move(comm), path.string()}) {
  core::validate(impl_->comm.size() > 1, core::ErrorKind::internal,
                 "a file of one rank needs no MPI-IO, write it as it is");
  broadcast(impl_->comm, impl_->path);
  agree(impl_->comm, [this] {
    impl_->check(MPI_File_open(impl_->comm.impl().handle, impl_->path.c_str(), MPI_MODE_WRONLY,
                               MPI_INFO_NULL, &impl_->handle),
                 "open");
  });
}

SharedFile::~SharedFile() = default;

void SharedFile::write(std::vector<Piece>& pieces) {
  std::ranges::sort(pieces, {}, &Piece::offset);
  std::vector<int> lengths;
  std::vector<MPI_Aint> in_file, in_memory;
  for (const Piece& piece : pieces) {
    lengths.push_back(static_cast<int>(piece.bytes.size()));
    in_file.push_back(static_cast<MPI_Aint>(piece.offset));
    MPI_Get_address(piece.bytes.data(), &in_memory.emplace_back());
  }
  {  // MPI-IO spins while it waits for other ranks, a barrier of ours does not.
    const WaitClock clock(impl_->waited_s);
    barrier(impl_->comm);
  }
  const WaitClock clock(impl_->writing_s);
  const Blocks file_blocks(lengths, in_file), memory_blocks(lengths, in_memory);
  const bool is_empty = pieces.empty();
  impl_->check(MPI_File_set_view(impl_->handle, 0, MPI_BYTE,
                                 is_empty ? MPI_BYTE : file_blocks.type(), "native", MPI_INFO_NULL),
               "write");
  MPI_Status status;
  impl_->check(MPI_File_write_at_all(impl_->handle, 0, MPI_BOTTOM, is_empty ? 0 : 1,
                                     is_empty ? MPI_BYTE : memory_blocks.type(), &status),
               "write");
}

void SharedFile::close() {
  if (impl_->handle == MPI_FILE_NULL) return;
  barrier(impl_->comm);
  impl_->check(MPI_File_close(&impl_->handle), "close");
}

double SharedFile::seconds_waited() const {
  return impl_->waited_s;
}

double SharedFile::seconds_writing() const {
  return impl_->writing_s;
}

}  // namespace shakefield::comm
