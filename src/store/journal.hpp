// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "held_writes.hpp"

// A commit changes what a file says at once, though it takes several writes: they stand, whole and
// with a digest, in FILE.journal before the first of them goes into the file. Killed before the
// journal is whole, a run leaves the file as it was at the last commit; killed later, the journal
// has all that is missing. The writes may be done again any number of times.
namespace shakefield::store {

/// OUT.h5.journal beside OUT.h5.
std::filesystem::path journal_of(const std::filesystem::path& file);

/// Writes the journal, then the file (open as `descriptor`), then empties the journal. With `wait`
/// what the file has got before is on the disk before the journal is, and that before the file
/// changes: it survives a loss of power as it survives a kill. Throws Error{io}: "cannot <deed>
/// (reason), suggestion".
void commit_writes(const std::filesystem::path& file, int descriptor, const HeldWrites& writes,
                   bool wait, const std::string& deed);

/// Removes the journal, if there is one, whatever it holds.
void remove_journal(const std::filesystem::path& file);

/// Brings in what a killed run left in the journal. If the file can be read but not written,
/// nothing is changed: returned are the writes that a reader must see over the file (else none).
/// Throws Error{io} if a running calculation has the file open for writing.
HeldWrites recover(const std::filesystem::path& file);

/// Throws Error{config} if a running calculation has the file open for writing.
void expect_no_writer(const std::filesystem::path& file);

}  // namespace shakefield::store
