// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace shakefield::core {

enum class LogLevel { debug, info, warning, error };

/// Where the library says something: a value that the driver makes and hands down. The default is
/// silent. The library never prints by itself.
class Log {
 public:
  using Sink = std::function<void(LogLevel, std::string_view)>;

  Log() = default;
  explicit Log(Sink sink) : sink_(std::move(sink)) {}

  void debug(std::string_view text) const { say(LogLevel::debug, text); }
  void info(std::string_view text) const { say(LogLevel::info, text); }
  void warning(std::string_view text) const { say(LogLevel::warning, text); }

 private:
  void say(LogLevel level, std::string_view text) const {
    if (sink_) sink_(level, text);
  }
  Sink sink_;
};

/// How far a long work has come. Called often and cheap when nobody listens; the driver decides
/// when to show.
class Progress {
 public:
  struct State {
    std::string_view phase;  ///< "sampling ruptures", "ground-motion fields"
    double done = 0;         ///< in units of `total`
    double total = 0;
    std::string_view unit;  ///< "events", "ruptures"
  };
  using Listener = std::function<void(const State&)>;

  Progress() = default;
  explicit Progress(Listener listener) : listener_(std::move(listener)) {}
  void report(const State& state) const {
    if (listener_) listener_(state);
  }

 private:
  Listener listener_;
};

}  // namespace shakefield::core
