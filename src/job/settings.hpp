// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raw_job.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/job/schema.hpp"
#include "value.hpp"

namespace shakefield::job {

/// The value of one parameter by the type of its schema row: numbers are numbers, lists are lists.
/// Serves every reader. Throws Error{config} without a place for a value of the wrong type or out
/// of range. An empty text is "not given" for all types but numbers and booleans.
Value typed_value(const ParameterInfo& info, const Value& raw);

/// All parameters of a job with their typed values; defaults come from the schema.
class Settings {
 public:
  /// Converts every key; what is wrong goes to `problems`: unknown and doubled names, values,
  /// unsupported keys, missing required ones. Notes for the user about ignored keys become
  /// warnings.
  Settings(const RawJob& raw, const Overrides& overrides, std::string job_file,
           core::Problems& problems);

  /// Whether the job gives a value (not an empty one).
  bool given(std::string_view name) const;
  /// Whether a value was given and is wrong (already reported).
  bool broken(std::string_view name) const;
  /// The typed value, else the default, else none.
  const Value& value(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;
  /// For parameters with a default.
  double number_or(std::string_view name, double otherwise) const {
    return number(name).value_or(otherwise);
  }
  bool flag(std::string_view name) const;
  /// Of a list; empty if none.
  std::vector<double> numbers(std::string_view name) const;
  /// Empty if none.
  std::string text(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;

  /// Where the parameter stands; the job file if it is not given.
  core::InputPlace place(std::string_view name) const;

  /// Sets a default that depends on others.
  void set(std::string_view name, Value value);

  /// One line `name = value` for each used parameter with a value, sorted.
  std::string resolved() const;
  /// What becomes of each parameter that the job gives, in the job's order.
  const std::vector<GivenParameter>& given_parameters() const { return given_; }
  /// Products that are asked for and not computed yet.
  std::vector<std::string> not_computed() const;

 private:
  struct Entry {
    Value value;
    core::InputPlace place;
    bool broken = false;
  };
  void add(const RawParameter& raw, core::Problems& problems);
  void report_ignored(core::Problems& problems) const;
  /// Whether hazard curves are integrals over ruptures.
  bool integrates() const;
  bool is_disaggregation() const;
  /// Whether the calculation makes hazard curves from fields.
  bool has_curves_from_fields() const;
  /// What becomes of a parameter in this calculation, if not what the schema says, and why.
  struct Special {
    Status status;
    std::string_view text;
  };
  std::optional<Special> special(std::string_view name) const;

  std::string job_file_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::vector<GivenParameter> given_;
};

}  // namespace shakefield::job
