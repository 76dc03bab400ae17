// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace shakefield::drivers {

/// From now on SIGUSR1 (which mpirun and srun hand on to all ranks), SIGTERM and SIGINT are only
/// noted. A second SIGINT ends the program at once.
void note_stop_signals();
/// Whether one of them came.
bool has_stop_signal();

}  // namespace shakefield::drivers
