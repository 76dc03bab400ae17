// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "stop_signals.hpp"

#include <csignal>
#include <initializer_list>

namespace shakefield::drivers {
namespace {

volatile std::sig_atomic_t has_come = 0;

void note(int) {
  has_come = 1;
}

}  // namespace

void note_stop_signals() {
  for (const int signal : {SIGUSR1, SIGTERM, SIGINT}) {
    struct sigaction action {};
    action.sa_handler = note;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | (signal == SIGINT ? static_cast<int>(SA_RESETHAND) : 0);
    sigaction(signal, &action, nullptr);
  }
}

bool has_stop_signal() {
  return has_come != 0;
}

}  // namespace shakefield::drivers
