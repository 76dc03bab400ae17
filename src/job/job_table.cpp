// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "job_table.hpp"

#include <algorithm>
#include <vector>

#include "raw_job.hpp"

namespace shakefield::job {
namespace {

RawJob read_raw(const std::string& text, const std::filesystem::path& path) {
  core::Problems problems;
  RawJob job = is_yaml_job(path) ? read_yaml(text, path.string(), problems)
                                 : read_ini(text, path.string(), problems);
  return problems.empty() ? job : RawJob{};
}

/// A value as it stands behind the name.
std::string written(const Value& value, bool is_yaml) {
  if (is_yaml && (value.text() || value.is_none())) return '"' + to_text(value) + '"';
  return to_text(value);
}

}  // namespace

bool is_yaml_job(const std::filesystem::path& path) {
  const std::string ending = lowered(path.extension().string());
  return ending == ".yaml" || ending == ".yml";
}

std::optional<core::Array> to_job_table(const std::string& text,
                                        const std::filesystem::path& path) {
  const RawJob job = read_raw(text, path);
  if (job.empty()) return std::nullopt;
  std::vector<std::string> names, values;
  std::size_t longest_name = 1, longest_value = 1;
  for (const RawParameter& p : job) {
    names.push_back(p.name);
    values.push_back(written(p.value, is_yaml_job(path)));
    longest_name = std::max(longest_name, names.back().size());
    longest_value = std::max(longest_value, values.back().size());
  }
  core::RowType type;
  type.add("name", core::Scalar::bytes, "", longest_name);
  type.add("value", core::Scalar::bytes, "", longest_value);
  core::Array table(type, {job.size()});
  table.set_column("name", names);
  table.set_column("value", values);
  const RawJob again = read_raw(to_job_text(table, path), path);
  const auto same = [](const RawParameter& a, const RawParameter& b) {
    return a.name == b.name && to_text(a.value) == to_text(b.value);
  };
  if (!std::ranges::equal(job, again, same)) return std::nullopt;
  return table;
}

std::string to_job_text(const core::Array& table, const std::filesystem::path& path) {
  const std::vector<std::string> names = table.column_text("name"),
                                 values = table.column_text("value");
  std::string text = is_yaml_job(path) ? "" : "[general]\n";
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += names[i] + (is_yaml_job(path) ? ": " : " = ");
    for (const char c : values[i]) c == '\n' ? text += "\n  " : text += c;
    text += '\n';
  }
  return text;
}

}  // namespace shakefield::job
