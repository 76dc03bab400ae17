// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "handle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "shakefield/core/error.hpp"

namespace shakefield::store {
namespace {

/// Descriptions of HDF5's current errors, the innermost first.
std::vector<std::string> error_stack() {
  std::vector<std::string> stack;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned, const H5E_error2_t* error, void* to) -> herr_t {
        if (error->desc && *error->desc)
          static_cast<std::vector<std::string>*>(to)->emplace_back(error->desc);
        return 0;
      },
      &stack);
  return stack;
}

constexpr std::string_view before_reason = "error message = '";

/// The operating system's words inside a description like "… errno = 28, error message = 'No space
/// left …', …".
std::string system_reason(const std::vector<std::string>& stack) {
  for (const std::string& text : stack)
    if (const auto at = text.find(before_reason); at != std::string::npos) {
      const auto from = at + before_reason.size();
      return text.substr(from, text.find('\'', from) - from);
    }
  return {};
}

std::string_view suggestion(std::string_view reason) {
  for (const std::string_view full : {"No space left", "File too large", "quota"})
    if (reason.find(full) != reason.npos) return "make room on the disk and run again";
  if (reason.find("temporarily unavailable") != reason.npos)
    return "wait for the end of the run that has it open";
  return reason.starts_with("HDF5") ? "look whether the run that wrote the file came to its end"
                                    : "check the path, its permissions and the disk";
}

}  // namespace

std::string deed(std::string_view verb, std::string_view object,
                 const std::filesystem::path& file) {
  return object.empty() ? fmt::format("{} {}", verb, file.string())
                        : fmt::format("{} {} of {}", verb, object, file.string());
}

std::string failure_reason() {
  const std::vector<std::string> stack = error_stack();
  std::string reason = system_reason(stack);
  if (!reason.empty()) return reason;
  std::vector<std::string> calls;
  for (const std::string& text : stack)
    if (std::find(calls.begin(), calls.end(), text) == calls.end()) calls.push_back(text);
  return fmt::format("HDF5: {}", fmt::join(calls, " < "));
}

void fail(const std::string& deed) {
  fail(deed, failure_reason());
}

void fail(const std::string& deed, const std::string& reason) {
  throw core::Error(core::ErrorKind::io,
                    fmt::format("cannot {} ({}), {}", deed, reason, suggestion(reason)));
}

}  // namespace shakefield::store
