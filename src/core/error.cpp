// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "shakefield/core/contract.hpp"

namespace shakefield::core {

int exit_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::config:
    case ErrorKind::data:
      return 2;
    case ErrorKind::unsupported:
      return 3;
    case ErrorKind::io:
      return 4;
    case ErrorKind::interrupted:
      return 6;
    case ErrorKind::mpi:
    case ErrorKind::numeric:
    case ErrorKind::internal:
      return 5;
  }
  return 5;
}

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::config:
      return "config";
    case ErrorKind::data:
      return "data";
    case ErrorKind::unsupported:
      return "unsupported";
    case ErrorKind::io:
      return "io";
    case ErrorKind::mpi:
      return "mpi";
    case ErrorKind::numeric:
      return "numeric";
    case ErrorKind::internal:
      return "internal";
    case ErrorKind::interrupted:
      return "interrupted";
  }
  return "internal";
}

std::string InputPlace::text() const {
  if (file.empty()) return {};
  return line > 0 ? fmt::format("{}:{}", file, line) : file;
}

std::string Problem::text() const {
  const std::string where = place.text();
  return where.empty() ? message : where + ": " + message;
}

Error::Error(ErrorKind kind, std::string message, InputPlace place)
    : Error(std::vector<Problem>{{kind, std::move(message), std::move(place)}}) {}

Error::Error(std::vector<Problem> problems) : problems_(std::move(problems)) {
  if (problems_.empty())
    problems_.push_back({ErrorKind::internal, "an error without a message", {}});
  for (const Problem& problem : problems_) {
    if (!text_.empty()) text_ += '\n';
    text_ += problem.text();
  }
}

void Problems::add(ErrorKind kind, std::string message, InputPlace place) {
  // A file that is used twice is broken twice, but told of once.
  const bool is_told = std::ranges::any_of(problems_, [&](const Problem& told) {
    return told.place.line == place.line && told.message == message &&
           told.place.file == place.file;
  });
  if (!is_told) problems_.push_back({kind, std::move(message), std::move(place)});
}

void Problems::add(const Error& error) {
  for (const Problem& problem : error.problems()) add(problem.kind, problem.message, problem.place);
}

void Problems::warn(std::string message, InputPlace place) {
  warnings_.push_back({ErrorKind::config, std::move(message), std::move(place)});
}

void Problems::throw_if_any() const {
  if (!problems_.empty()) throw Error(problems_);
}

void validate(bool condition, ErrorKind kind, std::string_view message, InputPlace place) {
  if (!condition) throw Error(kind, std::string(message), std::move(place));
}

namespace detail {

void contract_failed(const char* what, const char* expression, const char* file, int line) {
  throw Error(ErrorKind::internal,
              fmt::format("{}:{}: {} `{}` (contract broken)", file, line, what, expression));
}

}  // namespace detail
}  // namespace shakefield::core
