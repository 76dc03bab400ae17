// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "value.hpp"

namespace shakefield::job {
namespace {

bool is_one_in(std::span<const double> numbers, double low, double high) {
  return numbers.size() == 1 && numbers.front() >= low && numbers.front() <= high;
}

}  // namespace

XmlFile::XmlFile(std::string name, const std::string& text) : name_(std::move(name)) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') line_starts_.push_back(i + 1);
  const auto result = document_.load_buffer(text.data(), text.size());
  core::validate(
      static_cast<bool>(result), core::ErrorKind::data,
      fmt::format("the file is no well-formed XML ({}), correct it", result.description()),
      {name_, line_at(result.offset)});
  read_version();
}

void XmlFile::read_version() {
  const XmlNode top = root();
  if (top.name() != "nrml")
    top.fail(fmt::format(
        "the root element is '{}' (an nrml element is expected), check that this is the right file",
        top.name()));
  std::string uri;
  for (const auto& [key, value] : top.attributes())
    if (key.starts_with("xmlns") && value.find("openquake.org/xmlns/nrml") != std::string::npos)
      uri = value;
  if (uri.ends_with("/0.4")) {
    minor_version_ = 4;
  } else if (!uri.ends_with("/0.5")) {
    top.fail(
        fmt::format("the NRML version of '{}' is not understood (0.4 and 0.5 are), write "
                    "xmlns=\"http://openquake.org/xmlns/nrml/0.5\"",
                    uri));
  }
}

int XmlFile::line_at(std::ptrdiff_t offset) const {
  const auto after =
      std::upper_bound(line_starts_.begin(), line_starts_.end(),
                       static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
  return static_cast<int>(after - line_starts_.begin());
}

std::string_view XmlNode::name() const {
  return packed_ ? packed_->name(slot_) : without_prefix(node_.name());
}

core::InputPlace XmlNode::place() const {
  if (packed_) return packed_->place();
  return {file_->name(), file_->line_at(node_.offset_debug())};
}

void XmlNode::fail(core::ErrorKind kind, const std::string& message) const {
  throw core::Error(kind, message, place());
}

template <class Visit>
void XmlNode::for_each_child(Visit&& visit) const {
  if (packed_) {
    const std::size_t end = packed_->behind(slot_);
    std::size_t s = slot_ + 1;
    while (s < end && packed_->slots()[s].kind != SlotKind::element) ++s;
    for (; s < end; s = packed_->behind(s))
      if (!visit(XmlNode(*packed_, s))) return;
    return;
  }
  for (const pugi::xml_node child : node_.children())
    if (child.type() == pugi::node_element && !visit(XmlNode(*file_, child))) return;
}

std::vector<XmlNode> XmlNode::children() const {
  std::vector<XmlNode> nodes;
  for_each_child([&](const XmlNode& child) {
    nodes.push_back(child);
    return true;
  });
  return nodes;
}

std::vector<XmlNode> XmlNode::children(std::string_view wanted) const {
  std::vector<XmlNode> nodes;
  for_each_child([&](const XmlNode& child) {
    if (child.name() == wanted) nodes.push_back(child);
    return true;
  });
  return nodes;
}

std::optional<XmlNode> XmlNode::find(std::string_view wanted) const {
  std::optional<XmlNode> found, second;
  for_each_child([&](const XmlNode& child) {
    if (child.name() != wanted) return true;
    (found ? second : found) = child;
    return !second;
  });
  if (second)
    second->fail(fmt::format("{} has a second {} (one is expected), remove one", name(), wanted));
  return found;
}

XmlNode XmlNode::child(std::string_view wanted) const {
  const auto node = find(wanted);
  if (!node) fail(fmt::format("{} has no {} (it needs one), add the element", name(), wanted));
  return *node;
}

std::string XmlNode::text() const {
  if (!packed_) return std::string(trimmed(node_.text().get()));
  const auto slot = packed_->text_of(slot_);
  return slot ? packed_->text(*slot) : std::string();
}

std::optional<std::size_t> XmlNode::attribute_slot(std::string_view wanted) const {
  for (std::size_t s = slot_ + 1;
       s < packed_->slots().size() && packed_->slots()[s].kind == SlotKind::attribute; ++s)
    if (without_prefix(packed_->name(s)) == wanted) return s;
  return std::nullopt;
}

std::optional<std::string> XmlNode::find_attribute(std::string_view wanted) const {
  if (packed_) {
    const auto slot = attribute_slot(wanted);
    return slot ? std::optional(packed_->text(*slot)) : std::nullopt;
  }
  for (const pugi::xml_attribute attribute : node_.attributes())
    if (without_prefix(attribute.name()) == wanted) return std::string(trimmed(attribute.value()));
  return std::nullopt;
}

std::string XmlNode::attribute(std::string_view wanted) const {
  const auto value = find_attribute(wanted);
  if (!value)
    fail(
        fmt::format("{} has no attribute {} (it needs one), add {}=\"…\"", name(), wanted, wanted));
  return *value;
}

std::vector<std::pair<std::string, std::string>> XmlNode::attributes() const {
  std::vector<std::pair<std::string, std::string>> all;
  if (packed_)
    for (std::size_t s = slot_ + 1;
         s < packed_->slots().size() && packed_->slots()[s].kind == SlotKind::attribute; ++s)
      all.emplace_back(packed_->name(s), packed_->text(s));
  for (const pugi::xml_attribute a : node_.attributes()) all.emplace_back(a.name(), a.value());
  return all;
}

std::span<const double> XmlNode::packed_numbers(std::optional<std::size_t> slot) const {
  return slot ? packed_->numbers(*slot) : std::span<const double>();
}

double XmlNode::checked(std::string_view what, const std::string& value, double low,
                        double high) const {
  double x = 0;
  if (!parse_number(value, x) || !std::isfinite(x))
    fail(fmt::format("{} = '{}' is no number (a finite number is expected), correct it", what,
                     value));
  if (x < low || x > high) {
    const std::string range = low == lowest     ? fmt::format("<= {}", high)
                              : high == highest ? fmt::format(">= {}", low)
                                                : fmt::format("[{}, {}]", low, high);
    fail(fmt::format("{} = {} is out of range (allowed: {}), correct it", what, value, range));
  }
  return x;
}

double XmlNode::number(double low, double high) const {
  if (packed_)
    if (const auto own = packed_numbers(packed_->text_of(slot_)); is_one_in(own, low, high))
      return own.front();
  return checked(name(), text(), low, high);
}

double XmlNode::number_attribute(std::string_view key, double low, double high) const {
  if (packed_)
    if (const auto own = packed_numbers(attribute_slot(key)); is_one_in(own, low, high))
      return own.front();
  return checked(fmt::format("{} of {}", key, name()), attribute(key), low, high);
}

std::vector<double> XmlNode::numbers(bool commas) const {
  if (packed_)
    if (const auto own = packed_numbers(packed_->text_of(slot_)); !own.empty())
      return {own.begin(), own.end()};
  std::string list = text();
  std::ranges::replace_if(
      list, [&](char c) { return c == '[' || c == ']' || (commas && c == ','); }, ' ');
  std::vector<double> all;
  for (std::string_view rest = trimmed(list); !rest.empty();) {
    const auto end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    all.push_back(checked(name(), std::string(rest.substr(0, end)), lowest, highest));
    rest = trimmed(rest.substr(end));
  }
  return all;
}

}  // namespace shakefield::job
