// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "shakefield/comm/communicator.hpp"

namespace shakefield::comm {
namespace {

/// Appends numbers and texts to bytes, and takes them out again in the same order.
class Package {
 public:
  Package() = default;
  explicit Package(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}

  void put(std::uint64_t number) { append(&number, sizeof number); }
  void put(const std::string& text) {
    put(text.size());
    append(text.data(), text.size());
  }
  std::uint64_t number() {
    std::uint64_t value;
    std::memcpy(&value, &bytes_.at(at_), sizeof value);
    at_ += sizeof value;
    return value;
  }
  std::string text() {
    const std::size_t size = number();
    std::string value(reinterpret_cast<const char*>(bytes_.data()) + at_, size);
    at_ += size;
    return value;
  }
  const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  void append(const void* data, std::size_t size) {
    const auto* from = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), from, from + size);
  }

  std::vector<std::byte> bytes_;
  std::size_t at_ = 0;
};

Package pack(const core::Error& error) {
  Package package;
  package.put(error.problems().size());
  for (const core::Problem& problem : error.problems()) {
    package.put(static_cast<std::uint64_t>(problem.kind));
    package.put(problem.message);
    package.put(problem.place.file);
    package.put(static_cast<std::uint64_t>(problem.place.line));
  }
  return package;
}

core::Error unpack(Package package) {
  std::vector<core::Problem> problems(package.number());
  for (core::Problem& problem : problems) {
    problem.kind = static_cast<core::ErrorKind>(package.number());
    problem.message = package.text();
    problem.place.file = package.text();
    problem.place.line = static_cast<int>(package.number());
  }
  return core::Error(std::move(problems));
}

core::Error foreign_error(const Communicator& comm, const char* reason) {
  return {core::ErrorKind::internal,
          fmt::format("rank {} of {} failed ({}), report this as a fault of the program",
                      comm.rank(), comm.size(), reason)};
}

std::optional<core::Error> error_of(const Communicator& comm, const std::function<void()>& work) {
  try {
    work();
    return std::nullopt;
  } catch (const core::Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return core::Error(core::ErrorKind::internal,
                       fmt::format("rank {} of {} has no memory left (an allocation failed), use "
                                   "fewer ranks on this machine or a larger one",
                                   comm.rank(), comm.size()));
  } catch (const std::exception& error) {
    return foreign_error(comm, error.what());
  } catch (...) {
    return foreign_error(comm, "an exception of unknown type");
  }
}

}  // namespace

void agree(const Communicator& comm, const std::function<void()>& work) {
  const std::optional<core::Error> own = error_of(comm, work);
  const std::vector<std::uint64_t> failed = all_gather(comm, std::uint64_t{own.has_value()});
  const auto first = std::find(failed.begin(), failed.end(), std::uint64_t{1});
  if (first == failed.end()) return;
  const auto packages = all_gather(comm, own ? pack(*own).bytes() : std::vector<std::byte>{});
  throw AgreedError(unpack(Package(packages[static_cast<std::size_t>(first - failed.begin())])));
}

}  // namespace shakefield::comm
