// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace shakefield::core {

/// What went wrong; decides the exit status of the program.
enum class ErrorKind {
  config,       ///< the job says something wrong: exit status 2
  data,         ///< an input file holds something wrong: exit status 2
  unsupported,  ///< the input is right but asks for something not offered: exit status 3
  io,           ///< reading or writing failed: exit status 4
  mpi,          ///< a message-passing call failed: exit status 5
  numeric,      ///< a computation broke down: exit status 5
  internal,     ///< a fault of the program: exit status 5
  interrupted   ///< stopped by a signal, can be resumed: exit status 6
};

/// Exit status of the program for an error of this kind.
int exit_status(ErrorKind kind);

/// Name of the kind, lower case ("config", "data", …).
std::string_view to_string(ErrorKind kind);

/// Where in the input a problem stands. `line` 0 means the whole file, an empty file "no place".
struct InputPlace {
  std::string file;
  int line = 0;

  /// "file:line", "file", or "".
  std::string text() const;
};

/// One problem: what is wrong (why it is wrong), what to do about it.
struct Problem {
  ErrorKind kind = ErrorKind::internal;
  std::string message;  ///< "problem (why), suggestion"
  InputPlace place;

  /// "file:line: message", as printed to the user.
  std::string text() const;
};

/// The one exception type of shakefield. Carries one or several problems; the first one decides the
/// kind.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message, InputPlace place = {});
  explicit Error(std::vector<Problem> problems);

  ErrorKind kind() const { return problems_.front().kind; }
  const std::vector<Problem>& problems() const { return problems_; }
  /// All problems, one a line.
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::vector<Problem> problems_;
  std::string text_;
};

/// Collects problems of the user's input so that all of them are told at once.
class Problems {
 public:
  void add(ErrorKind kind, std::string message, InputPlace place = {});
  void add(const Error& error);
  void warn(std::string message, InputPlace place = {});

  bool empty() const { return problems_.empty(); }
  const std::vector<Problem>& errors() const { return problems_; }
  const std::vector<Problem>& warnings() const { return warnings_; }
  /// Throws an Error with all problems if there are any.
  void throw_if_any() const;

 private:
  std::vector<Problem> problems_;
  std::vector<Problem> warnings_;
};

/// Throws Error{kind} with the message unless the condition holds. Always on; for what users hand
/// in.
void validate(bool condition, ErrorKind kind, std::string_view message, InputPlace place = {});

}  // namespace shakefield::core
