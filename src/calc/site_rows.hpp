// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/field/reducer.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/store/file.hpp"

/// Rows of what ranks keep by site (field::SiteReducer), on their way into files and to each other.
/// A site may have rows on several ranks, since tiles change hands. `file` is null on all ranks but
/// root. All functions are collective, and throw the same error on all ranks.
namespace shakefield::calc {

/// Writes the rows of all ranks into a dataset, in place of what is there; some sites at a time.
void write_site_rows(const comm::Communicator& comm, store::File* file, const std::string& path,
                     const field::SiteReducer& reducer, const job::Job& job);

/// Takes up what it wrote, on any number of ranks: each the rows of its own sites (ascending),
/// which are sites of exactly one rank.
void read_site_rows(const comm::Communicator& comm, const store::File* file,
                    const std::string& path, std::span<const std::uint32_t> own_sites,
                    field::SiteReducer& reducer);

/// Sends the rows of sites [first, last) to the ranks that own them; returns those of all ranks for
/// the sites of this one.
std::vector<std::byte> exchange_site_rows(const comm::Communicator& comm,
                                          const field::SiteReducer& reducer, std::uint32_t first,
                                          std::uint32_t last,
                                          const std::function<std::size_t(std::uint32_t)>& owner);

}  // namespace shakefield::calc
