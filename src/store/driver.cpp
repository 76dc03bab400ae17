// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "driver.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "journal.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::store {
namespace {

constexpr haddr_t largest_address = (haddr_t{1} << 63) - 1;

/// Driver properties, which HDF5 copies byte by byte.
struct Properties {
  DriverState* state;
};

/// HDF5 sees the first member only.
struct OpenFile {
  H5FD_t base;
  H5FD_t* posix;
  DriverState* state;
};

OpenFile& own(H5FD_t* file) {
  return *reinterpret_cast<OpenFile*>(file);
}
H5FD_t* posix(const H5FD_t* file) {
  return reinterpret_cast<const OpenFile*>(file)->posix;
}

H5FD_t* open(const char* name, unsigned flags, hid_t access, haddr_t max_address) {
  const auto* properties = static_cast<const Properties*>(H5Pget_driver_info(access));
  H5FD_t* file = H5FDopen(name, flags, H5P_DEFAULT, max_address);
  if (!file) return nullptr;
  properties->state->posix = file;
  return &(new OpenFile{{}, file, properties->state})->base;
}

/// Each call into HDF5 wipes its stack of errors. Clean-up must not: the reason is still to be
/// told.
class KeepErrors {
 public:
  KeepErrors() = default;
  ~KeepErrors() { H5Eset_current_stack(errors_); }
  KeepErrors(const KeepErrors&) = delete;
  KeepErrors& operator=(const KeepErrors&) = delete;

 private:
  hid_t errors_ = H5Eget_current_stack();
};

int descriptor_of(H5FD_t* posix) {
  void* handle = nullptr;
  return H5FDget_vfd_handle(posix, H5P_DEFAULT, &handle) < 0 ? -1 : *static_cast<int*>(handle);
}

/// The last commit; then the file ends where its content ends, and needs no journal.
void commit_at_end(DriverState& state) {
  try {
    commit(state, deed("write", "the end", state.path));
    const auto end = static_cast<off_t>(state.committed_end);
    if (::ftruncate(descriptor_of(state.posix), end) == 0) remove_journal(state.path);
  } catch (const core::Error&) {
    state.commit_error = std::current_exception();
  }
}

herr_t close(H5FD_t* file) {
  const KeepErrors keep;
  DriverState& state = *own(file).state;
  if (state.in_commits && state.is_flushing && !state.is_given_up) commit_at_end(state);
  state.posix = nullptr;
  const herr_t result = H5FDclose(posix(file));
  delete &own(file);
  return result;
}

/// Notes a failure, once. From then on nothing more is written.
void give_up(DriverState& state) {
  if (state.failure.empty()) state.failure = failure_reason();
  state.is_given_up = true;
}

herr_t write(H5FD_t* file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size,
             const void* bytes) {
  DriverState& state = *own(file).state;
  const auto* from = static_cast<const std::byte*>(bytes);
  if (state.in_commits && address < state.committed_end) {
    const std::size_t held = std::min<std::uint64_t>(size, state.committed_end - address);
    state.held.add(address, {from, held});
    address += held;
    from += held;
    size -= held;
    if (size == 0) return 0;
  }
  if (!state.is_given_up) {
    const herr_t result = H5FDwrite(posix(file), type, transfer, address, size, from);
    if (result >= 0) return 0;
    give_up(state);
    if (type == H5FD_MEM_DRAW && !state.is_flushing) return result;
  }
  // HDF5 may read again what it wrote about its own structures.
  if (type != H5FD_MEM_DRAW) state.held.add(address, {from, size});
  return 0;
}

herr_t read(H5FD_t* file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size,
            void* bytes) {
  const herr_t result = H5FDread(posix(file), type, transfer, address, size, bytes);
  if (result >= 0) own(file).state->held.overlay(address, {static_cast<std::byte*>(bytes), size});
  return result;
}

herr_t truncate(H5FD_t* file, hid_t transfer, hbool_t closing) {
  DriverState& state = *own(file).state;
  // The last commit needs what lies behind an end that has moved forwards; so it stays there.
  const bool would_shrink =
      H5FDget_eoa(posix(file), H5FD_MEM_DEFAULT) < H5FDget_eof(posix(file), H5FD_MEM_DEFAULT);
  if (state.is_given_up || (state.in_commits && would_shrink)) return 0;
  if (H5FDtruncate(posix(file), transfer, closing) < 0) give_up(state);
  return 0;
}

int compare(const H5FD_t* a, const H5FD_t* b) {
  return H5FDcmp(posix(a), posix(b));
}

/// HDF5 asks with no file as well: what files of this driver can do.
herr_t query(const H5FD_t* file, unsigned long* features) {
  if (file) return H5FDquery(posix(file), features) < 0 ? -1 : 0;
  *features = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
              H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t allocated_end(const H5FD_t* file, H5FD_mem_t type) {
  return H5FDget_eoa(posix(file), type);
}

herr_t set_allocated_end(H5FD_t* file, H5FD_mem_t type, haddr_t end) {
  return H5FDset_eoa(posix(file), type, end);
}

haddr_t file_end(const H5FD_t* file, H5FD_mem_t type) {
  return H5FDget_eof(posix(file), type);
}

herr_t native_handle(H5FD_t* file, hid_t access, void** handle) {
  return H5FDget_vfd_handle(posix(file), access, handle);
}

herr_t lock(H5FD_t* file, hbool_t exclusive) {
  return H5FDlock(posix(file), exclusive);
}

herr_t unlock(H5FD_t* file) {
  const KeepErrors keep;
  return H5FDunlock(posix(file));
}

H5FD_class_t driver_class() {
  H5FD_class_t driver{};
#ifdef H5FD_CLASS_VERSION
  driver.version = H5FD_CLASS_VERSION;
  driver.value = 512;  // the numbers up to 511 are HDF5's
#endif
  driver.name = "shakefield";
  driver.maxaddr = largest_address;
  driver.fc_degree = H5F_CLOSE_WEAK;
  driver.fapl_size = sizeof(Properties);
  driver.open = open;
  driver.close = close;
  driver.cmp = compare;
  driver.query = query;
  driver.get_eoa = allocated_end;
  driver.set_eoa = set_allocated_end;
  driver.get_eof = file_end;
  driver.get_handle = native_handle;
  driver.read = read;
  driver.write = write;
  driver.truncate = truncate;
  driver.lock = lock;
  driver.unlock = unlock;
  constexpr H5FD_mem_t by_kind[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
  for (int type = 0; type < H5FD_MEM_NTYPES; ++type) driver.fl_map[type] = by_kind[type];
  return driver;
}

}  // namespace

void hold_back_new(DriverState& state) {
  constexpr std::uint64_t superblock_bytes = 48;
  state.in_commits = true;
  state.committed_end = superblock_bytes;
}

void hold_back_all(DriverState& state) {
  state.in_commits = true;
  state.committed_end = largest_address;
}

void find_committed_end(DriverState& state) {
  state.committed_end = H5FDget_eoa(state.posix, H5FD_MEM_DEFAULT);
}

void commit(DriverState& state, const std::string& deed) {
  const std::uint64_t end = H5FDget_eoa(state.posix, H5FD_MEM_DEFAULT);
  try {
    state.held.cut(end);
    commit_writes(state.path, descriptor_of(state.posix), state.held, state.waits_for_disk, deed);
  } catch (...) {
    state.is_given_up = true;
    throw;
  }
  state.held.clear();
  state.committed_end = end;
}

void set_driver(hid_t access, DriverState& state, const std::string& deed) {
  static const H5FD_class_t driver = driver_class();
  static const hid_t id = H5FDregister(&driver);
  check(id, deed);
  const Properties properties{&state};
  check(H5Pset_driver(access, id, &properties), deed);
}

void reserve_on_disk(const DriverState& state, std::uint64_t offset, std::uint64_t bytes,
                     const std::string& deed) {
  const int status = ::fallocate(descriptor_of(state.posix), 0, static_cast<off_t>(offset),
                                 static_cast<off_t>(bytes));
  if (status != 0 && errno != EOPNOTSUPP && errno != ENOSYS) fail(deed, std::strerror(errno));
}

}  // namespace shakefield::store
