// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reduction.hpp"
#include "site_rows.hpp"

namespace shakefield::calc {

/// A reduction site by site. A rank holds what it saw of the sites that it has had, whoever has
/// them later.
template <class Sums>
class SiteReduction final : public Reduction {
 public:
  /// Makes results of the sums of all ranks; collective.
  using Write = void (*)(const comm::Communicator&, const job::Job&, const Sums&, store::File*);

  /// `path`: dataset of the sums in /progress.
  SiteReduction(const comm::Communicator& comm, const job::Job& job, std::string path, Sums sums,
                std::vector<Write> writes)
      : comm_(comm),
        job_(job),
        path_(std::move(path)),
        sums_(std::move(sums)),
        writes_(std::move(writes)) {}

  field::Reducer& reducer() override { return sums_; }
  void end_batch(std::uint64_t) override {}
  void commit(store::File* file) override { write_site_rows(comm_, file, path_, sums_, job_); }
  void restore(const store::File* file, std::span<const std::uint32_t> own_sites) override {
    read_site_rows(comm_, file, path_, own_sites, sums_);
  }
  void write(store::File* file) override {
    for (const Write& write : writes_) write(comm_, job_, sums_, file);
  }

 private:
  const comm::Communicator& comm_;
  const job::Job& job_;
  std::string path_;
  Sums sums_;
  std::vector<Write> writes_;
};

}  // namespace shakefield::calc
