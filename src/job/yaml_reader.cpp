// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>

#include "raw_job.hpp"
#include "shakefield/job/schema.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

/// Turns nodes into values. Aliases could make a node hold itself, or a few lines stand for more
/// than fits into memory.
class ValueMaker {
 public:
  explicit ValueMaker(std::size_t text_size) : left_(text_size + 1'000'000) {}

  Value to_value(const YAML::Node& node, int depth = 0) {
    if (depth > 50) throw YAML::Exception(node.Mark(), "more than 50 nested levels");
    const std::size_t cost = 1 + node.Scalar().size();
    if (cost > left_) throw YAML::Exception(node.Mark(), "aliases stand for too many values");
    left_ -= cost;
    switch (node.Type()) {
      case YAML::NodeType::Scalar:
        return node.Scalar();
      case YAML::NodeType::Sequence: {
        Value::List list;
        for (const auto& item : node) list.push_back(to_value(item, depth + 1));
        return list;
      }
      case YAML::NodeType::Map: {
        Value::Map map;
        for (const auto& item : node)
          map.emplace_back(item.first.Scalar(), to_value(item.second, depth + 1));
        return map;
      }
      default:
        return {};
    }
  }

 private:
  std::size_t left_;  ///< values and characters that the job may still have
};

class YamlReader {
 public:
  YamlReader(const std::string& file, std::size_t text_size, core::Problems& problems)
      : file_(file), problems_(problems), values_(text_size) {}

  void read_map(const YAML::Node& map, bool top) {
    for (const auto& item : map) {
      const core::InputPlace place{file_, item.first.Mark().line + 1};
      if (!item.first.IsScalar()) {
        problems_.add(ErrorKind::config,
                      "a key is not a text (keys are names of parameters), write `name: value`",
                      place);
        continue;
      }
      const std::string name = lowered(item.first.Scalar());
      if (top && is_section(name, item.second)) {
        if (item.second.IsMap()) read_map(item.second, false);
      } else {
        add(name, item.second, place);
      }
    }
  }
  RawJob take() { return std::move(job_); }

 private:
  /// A map is a section if it is no parameter itself and holds at least one.
  static bool is_section(const std::string& name, const YAML::Node& node) {
    if (find_parameter(name) || !node.IsMap()) return false;
    return std::any_of(node.begin(), node.end(), [](const auto& item) {
      return item.first.IsScalar() && find_parameter(lowered(item.first.Scalar()));
    });
  }
  void add(const std::string& name, const YAML::Node& node, const core::InputPlace& place) {
    if (const auto [first, is_new] = first_line_.emplace(name, place.line); !is_new) {
      problems_.add(ErrorKind::config,
                    fmt::format("'{}' is given twice (first in line {}), remove one of them", name,
                                first->second),
                    place);
      return;
    }
    job_.push_back({name, values_.to_value(node), place});
  }

  const std::string& file_;
  core::Problems& problems_;
  ValueMaker values_;
  RawJob job_;
  std::map<std::string, int> first_line_;
};

}  // namespace

RawJob read_yaml(const std::string& text, const std::string& file, core::Problems& problems) {
  YamlReader reader(file, text.size(), problems);
  try {
    const YAML::Node root = YAML::Load(text);
    if (root.IsMap()) {
      reader.read_map(root, true);
    } else {
      problems.add(ErrorKind::config,
                   "the job is not a map (YAML), write lines such as `calculation_mode: scenario`",
                   {file, 1});
    }
  } catch (const YAML::Exception& e) {
    problems.add(ErrorKind::config, fmt::format("this is not YAML ({}), correct the line", e.msg),
                 {file, e.mark.line + 1});
  }
  return reader.take();
}

}  // namespace shakefield::job
