// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <utility>

#include "shakefield/comm/communicator.hpp"

namespace shakefield::drivers {

/// What a subcommand does once the command line is read. Called on every rank.
using Command = std::function<void(const comm::Communicator&)>;

/// Work for root alone; the other ranks wait for how it ended.
inline Command on_root(std::function<void()> work) {
  return [work = std::move(work)](const comm::Communicator& comm) {
    comm::agree(comm, [&] {
      if (comm.is_root()) work();
    });
  };
}

// Each function adds one group of subcommands to the program; `chosen` is set when the user names
// one of them.
void add_run(CLI::App& app, Command& chosen);
void add_plan(CLI::App& app, Command& chosen);
void add_check(CLI::App& app, Command& chosen);
void add_convert(CLI::App& app, Command& chosen);
void add_export(CLI::App& app, Command& chosen);  ///< export and info
void add_verify(CLI::App& app, Command& chosen);
void add_gmm(CLI::App& app, Command& chosen);

}  // namespace shakefield::drivers
