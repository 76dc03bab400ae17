// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hdf5.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace shakefield::store {

/// What a call was about: "write /sites of out.h5". Stands in the message if the call fails.
std::string deed(std::string_view verb, std::string_view object, const std::filesystem::path& file);

/// Throws Error{io}: "cannot <deed> (reason), suggestion". The reason is the operating system's
/// where HDF5 hands it on, else HDF5's own stack of errors, the innermost first.
[[noreturn]] void fail(const std::string& deed);

/// The same with a reason that was noted earlier.
[[noreturn]] void fail(const std::string& deed, const std::string& reason);
/// The reason of the last failure, as it stands in messages.
std::string failure_reason();

/// The result of an HDF5 call; throws as fail() does if the call failed.
template <class T>
T check(T result, const std::string& deed) {
  if (result < 0) fail(deed);
  return result;
}

/// Owns an HDF5 identifier.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Handle() = default;
  /// Takes the result of a call that opened something; throws as fail() does if it failed.
  Handle(hid_t id, Close closer, const std::string& deed) : id_(check(id, deed)), close_(closer) {}
  Handle(Handle&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() { close(); }

  hid_t id() const { return id_; }
  explicit operator bool() const { return id_ >= 0; }
  /// Closes now; negative if that failed.
  herr_t close() { return id_ < 0 ? 0 : close_(std::exchange(id_, H5I_INVALID_HID)); }

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

}  // namespace shakefield::store
