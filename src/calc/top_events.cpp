// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "top_events.hpp"

#include <algorithm>
#include <string>
#include <type_traits>

#include "reduced_paths.hpp"
#include "reduced_tables.hpp"
#include "shakefield/field/fixed_point.hpp"

namespace shakefield::calc {
namespace {

constexpr const char* progress_event = "/progress/top_events/event";
constexpr const char* progress_sum = "/progress/top_events/sum";
constexpr std::uint64_t events_at_a_time = 1 << 14;

std::uint32_t id_of(const TopEvent& event) {
  return event.id;
}
std::int64_t sum_of(const TopEvent& event) {
  return event.sum;
}

/// [M][events] of something of each event.
template <class Of>
void write_column(store::File& file, const char* path,
                  const std::vector<std::vector<TopEvent>>& top, const Of& of,
                  std::vector<std::string> units = {"1"}) {
  using Number = std::invoke_result_t<Of, const TopEvent&>;
  std::vector<Number> numbers;
  for (const std::vector<TopEvent>& of_imt : top)
    for (const TopEvent& event : of_imt) numbers.push_back(of(event));
  store::write_array(
      file, path,
      core::Array::of(std::span<const Number>(numbers), {top.size(), top.front().size()}),
      {{"axes", std::vector<std::string>{"imt", "event"}}, {"units", std::move(units)}});
}

}  // namespace

TopEvents::TopEvents(const comm::Communicator& comm, const job::Job& job, std::uint64_t first_event)
    : comm_(comm),
      job_(job),
      sums_(job.parameters.imts.size(), first_event),
      next_event_(first_event),
      top_(job.parameters.imts.size()) {}

void TopEvents::end_batch(std::uint64_t next_event) {
  next_event_ = next_event;
  if (next_event_ - sums_.first_event() >= events_at_a_time) settle();
}

/// Root chooses among all events before next_event_.
void TopEvents::settle() {
  const std::uint64_t first = sums_.first_event();
  const std::span<std::int64_t> sums = sums_.sums(next_event_);
  comm::reduce_sum(comm_, sums);
  const std::size_t num_imts = top_.size();
  for (std::size_t m = 0; comm_.is_root() && m < num_imts; ++m) {
    std::vector<TopEvent>& top = top_[m];
    for (std::uint64_t id = first; id < next_event_; ++id)
      top.push_back({sums[(id - first) * num_imts + m], static_cast<std::uint32_t>(id)});
    const std::size_t kept = std::min(top.size(), job_.parameters.reducers.top_events);
    std::ranges::partial_sort(top, top.begin() + static_cast<std::ptrdiff_t>(kept),
                              [](const TopEvent& a, const TopEvent& b) {
                                return a.sum != b.sum ? a.sum > b.sum : a.id < b.id;
                              });
    top.resize(kept);
  }
  sums_.restart(next_event_);
}

void TopEvents::commit(store::File* file) {
  settle();
  comm::agree(comm_, [&] {
    if (!file) return;
    store::remove(*file, progress_event);
    store::remove(*file, progress_sum);
    write_column(*file, progress_event, top_, id_of);
    write_column(*file, progress_sum, top_, sum_of);
  });
}

void TopEvents::restore(const store::File* file, std::span<const std::uint32_t> /*own_sites*/) {
  comm::agree(comm_, [&] {
    if (!file) return;
    const core::Array ids = store::read_array(*file, progress_event);
    const core::Array sums = store::read_array(*file, progress_sum);
    const std::size_t num_events = ids.shape().back();
    for (std::size_t i = 0; i < ids.rows(); ++i)
      top_[i / num_events].push_back(
          {sums.values<std::int64_t>()[i], ids.values<std::uint32_t>()[i]});
  });
}

void TopEvents::write(store::File* file) {
  settle();
  comm::agree(comm_, [&] {
    if (!file) return;
    const auto sites = static_cast<double>(job_.sites.size());
    const auto mean_of = [&](const TopEvent& event) {
      return field::from_fixed_point(event.sum) / sites;
    };
    write_column(*file, reduced::top_event, top_, id_of);
    write_column(*file, reduced::top_mean, top_, mean_of, imt_units(job_));
  });
}

}  // namespace shakefield::calc
