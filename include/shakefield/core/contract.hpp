// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace shakefield::core::detail {
/// Throws Error{internal} that names the broken contract and its place.
[[noreturn]] void contract_failed(const char* what, const char* expression, const char* file,
                                  int line);
}  // namespace shakefield::core::detail

// Contracts between programmers: checked in the presets dev, audit and asan, free of cost in
// release. What users hand in is checked by core::validate, which is always on.
#ifdef SHAKEFIELD_CONTRACTS
#define SHAKEFIELD_CONTRACT_(what, condition) \
  ((condition)                                \
       ? static_cast<void>(0)                 \
       : ::shakefield::core::detail::contract_failed(what, #condition, __FILE__, __LINE__))
#else
#define SHAKEFIELD_CONTRACT_(what, condition) static_cast<void>(sizeof(condition))
#endif
/// What a function needs from its caller.
#define SHAKEFIELD_EXPECT(condition) SHAKEFIELD_CONTRACT_("expected", condition)
/// What a function promises to its caller.
#define SHAKEFIELD_ENSURE(condition) SHAKEFIELD_CONTRACT_("ensured", condition)
