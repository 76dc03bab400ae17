// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "usage.hpp"

#include <fmt/format.h>

namespace shakefield::drivers {

std::string usage_problem(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = &app;
  std::string name = app.get_name();
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    name += ' ' + command->get_name();
  }
  if (command->get_require_subcommand_min() == 0)
    return fmt::format("{} (so the command line is not understood), see `{} --help`", error.what(),
                       name);
  std::string known;
  for (const CLI::App* one : command->get_subcommands([](const CLI::App*) { return true; }))
    known += (known.empty() ? "" : ", ") + one->get_name();
  const std::vector<std::string> words = command->remaining();
  const std::string problem =
      words.empty() ? "no command is given" : fmt::format("unknown command '{}'", words.front());
  return fmt::format("{} (known: {}), see `{} --help`", problem, known, name);
}

}  // namespace shakefield::drivers
