// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "recorded_writes.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstdarg>
#include <utility>

namespace shakefield::store {
namespace {

RecordedWrites* recorder = nullptr;

std::string path_of(int descriptor) {
  std::error_code none;
  return std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor), none)
      .string();
}

void record(FileCall call) {
  if (recorder) recorder->add(std::move(call));
}

void record_write(int descriptor, const void* bytes, ssize_t written, off_t at) {
  if (!recorder || written <= 0) return;
  const auto* from = static_cast<const std::byte*>(bytes);
  record({FileCall::Kind::write,
          path_of(descriptor),
          static_cast<std::uint64_t>(at),
          {from, from + written}});
}

template <class Call>
Call* next_call(const char* name) {
  return reinterpret_cast<Call*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

RecordedWrites::RecordedWrites(std::filesystem::path folder)
    : folder_(std::filesystem::canonical(folder).string()) {
  recorder = this;
}

RecordedWrites::~RecordedWrites() {
  recorder = nullptr;
}

void RecordedWrites::add(FileCall call) {
  if (call.path.starts_with(folder_)) calls_.push_back(std::move(call));
}

}  // namespace shakefield::store

using shakefield::store::FileCall;
using shakefield::store::next_call;
using shakefield::store::path_of;
using shakefield::store::record;
using shakefield::store::record_write;

extern "C" {

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
  static auto* const real = next_call<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  const ssize_t written = real(descriptor, bytes, size, at);
  record_write(descriptor, bytes, written, at);
  return written;
}

int ftruncate(int descriptor, off_t size) noexcept {
  static auto* const real = next_call<int(int, off_t)>("ftruncate");
  const int result = real(descriptor, size);
  if (result == 0)
    record({FileCall::Kind::resize, path_of(descriptor), static_cast<std::uint64_t>(size), {}});
  return result;
}

int fdatasync(int descriptor) {
  static auto* const real = next_call<int(int)>("fdatasync");
  record({FileCall::Kind::sync, path_of(descriptor), 0, {}});
  return real(descriptor);
}

int remove(const char* path) noexcept {
  static auto* const real = next_call<int(const char*)>("remove");
  const int result = real(path);
  if (result == 0) record({FileCall::Kind::remove, path, 0, {}});
  return result;
}

int open(const char* path, int flags, ...) {
  static auto* const real = next_call<int(const char*, int, ...)>("open");
  va_list arguments;
  va_start(arguments, flags);
  const auto mode = (flags & O_CREAT) ? va_arg(arguments, mode_t) : mode_t{0};
  va_end(arguments);
  const int descriptor = real(path, flags, mode);
  if (descriptor >= 0 && (flags & O_TRUNC))
    record({FileCall::Kind::resize, path_of(descriptor), 0, {}});
  return descriptor;
}
}
