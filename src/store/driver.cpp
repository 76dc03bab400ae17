// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "driver.hpp"

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

herr_t close(H5FD_t* file) {
  const KeepErrors keep;
  const herr_t result = H5FDclose(posix(file));
  delete &own(file);
  return result;
}

/// Lets a failure pass while the file is closed, but notes it.
herr_t forgive(H5FD_t* file, herr_t result) {
  DriverState& state = *own(file).state;
  if (result >= 0 || !state.is_closing) return result;
  if (state.failure.empty()) state.failure = failure_reason();
  return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size,
             const void* bytes) {
  return forgive(file, H5FDwrite(posix(file), type, transfer, address, size, bytes));
}

herr_t read(H5FD_t* file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size,
            void* bytes) {
  return H5FDread(posix(file), type, transfer, address, size, bytes);
}

herr_t flush(H5FD_t* file, hid_t transfer, hbool_t closing) {
  return forgive(file, H5FDflush(posix(file), transfer, closing));
}

herr_t truncate(H5FD_t* file, hid_t transfer, hbool_t closing) {
  return forgive(file, H5FDtruncate(posix(file), transfer, closing));
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
  driver.flush = flush;
  driver.truncate = truncate;
  driver.lock = lock;
  driver.unlock = unlock;
  constexpr H5FD_mem_t by_kind[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
  for (int type = 0; type < H5FD_MEM_NTYPES; ++type) driver.fl_map[type] = by_kind[type];
  return driver;
}

}  // namespace

void set_driver(hid_t access, DriverState& state, const std::string& deed) {
  static const H5FD_class_t driver = driver_class();
  static const hid_t id = H5FDregister(&driver);
  check(id, deed);
  const Properties properties{&state};
  check(H5Pset_driver(access, id, &properties), deed);
}

}  // namespace shakefield::store
