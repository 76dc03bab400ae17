// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/imt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "shakefield/core/error.hpp"

namespace shakefield::core {
namespace {

struct KindName {
  ImtKind kind;
  std::string_view name;
  std::string_view unit;
};

constexpr std::array<KindName, 10> kinds{{{ImtKind::pga, "PGA", "g"},
                                          {ImtKind::pgv, "PGV", "cm/s"},
                                          {ImtKind::pgd, "PGD", "cm"},
                                          {ImtKind::sa, "SA", "g"},
                                          {ImtKind::ia, "IA", "m/s"},
                                          {ImtKind::cav, "CAV", "g s"},
                                          {ImtKind::rsd575, "RSD575", "s"},
                                          {ImtKind::rsd595, "RSD595", "s"},
                                          {ImtKind::mmi, "MMI", "1"},
                                          {ImtKind::avgsa, "AvgSA", "g"}}};

const KindName& entry(ImtKind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

std::string_view trimmed(std::string_view s) {
  const auto first = s.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

/// Shortest decimal form that always shows a fraction ("1.0", "0.1"), as the peer prints periods.
std::string period_text(double period) {
  std::string text = fmt::format("{}", period);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

Imt Imt::parse(std::string_view text) {
  const std::string_view t = trimmed(text);
  for (const ImtKind kind : {ImtKind::sa, ImtKind::avgsa}) {
    const std::string start = std::string(entry(kind).name) + '(';
    if (!t.starts_with(start) || !t.ends_with(")")) continue;
    const std::string_view inner = trimmed(t.substr(start.size(), t.size() - start.size() - 1));
    double period = 0;
    const auto [end, status] = std::from_chars(inner.data(), inner.data() + inner.size(), period);
    validate(
        status == std::errc{} && end == inner.data() + inner.size() && period > 0 && period <= 100,
        ErrorKind::config,
        fmt::format("'{}' is not a spectral acceleration (the period must be a number of seconds "
                    "in (0, 100]), write for example {}0.3)",
                    t, start));
    return {kind, period};
  }
  for (const KindName& k : kinds)
    if (k.kind != ImtKind::sa && t == k.name) return {k.kind, 0};
  throw Error(
      ErrorKind::config,
      fmt::format(
          "unknown intensity measure type '{}' (known: PGA, PGV, PGD, SA(period), IA, CAV, RSD575, "
          "RSD595, MMI, AvgSA, AvgSA(period)), check the spelling",
          t));
}

std::string Imt::name() const {
  const std::string kind_name(entry(kind).name);
  return period_s > 0 ? kind_name + '(' + period_text(period_s) + ')' : kind_name;
}

std::string_view Imt::unit() const {
  return entry(kind).unit;
}

void sort_by_period(std::vector<Imt>& imts) {
  std::stable_sort(imts.begin(), imts.end(),
                   [](const Imt& a, const Imt& b) { return a.period_s < b.period_s; });
}

}  // namespace shakefield::core
