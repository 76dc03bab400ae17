// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "late_maxima.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

namespace shakefield::calc {
namespace {

constexpr int tag = 202;
constexpr std::size_t block_values = 16384;
constexpr std::size_t most_leaving = 4;   // batches
constexpr std::size_t posted_blocks = 2;  // a batch has seldom more

}  // namespace

LateMaxima::LateMaxima(const comm::Communicator& comm) : comm_(comm) {
  if (!comm_.is_root())
    sender_.emplace(comm_, tag, block_values * sizeof(float));
  else if (comm_.size() > 1)
    receiver_.emplace(comm_, tag, block_values * sizeof(float), posted_blocks);
}

void LateMaxima::push(std::vector<float> values) {
  under_way_.push_back({std::move(values), 0});
  Values& last = under_way_.back();
  if (sender_) last.ticket = sender_->send(std::as_bytes(std::span(last.values)));
}

std::vector<float> LateMaxima::pop() {
  if (sender_) return pop_sent();
  std::vector<float> largest = std::move(under_way_.front().values);
  under_way_.pop_front();
  std::vector<float> theirs;
  for (int rank = 1; rank < comm_.size(); ++rank)
    for (std::size_t first = 0; first < largest.size(); first += theirs.size()) {
      const std::span<const std::byte> block = receiver_->next(rank);
      theirs.resize(block.size() / sizeof(float));
      std::memcpy(theirs.data(), block.data(), block.size());
      const auto at = largest.begin() + static_cast<std::ptrdiff_t>(first);
      std::transform(theirs.begin(), theirs.end(), at, at,
                     [](float a, float b) { return std::max(a, b); });
    }
  return largest;
}

/// Root may be as far behind as it likes until `most_leaving` batches have not been taken.
std::vector<float> LateMaxima::pop_sent() {
  leaving_.push_back(std::move(under_way_.front()));
  under_way_.pop_front();
  std::vector<float> own = leaving_.back().values;
  if (leaving_.size() <= most_leaving) return own;
  sender_->wait(leaving_.front().ticket);
  leaving_.pop_front();
  return own;
}

void LateMaxima::settle() {
  if (sender_ && !leaving_.empty()) sender_->wait(leaving_.back().ticket);
  leaving_.clear();
  settled_wait_s_ = seconds_waited();
  sender_.reset();
  receiver_.reset();
  comm::barrier(comm_);
}

double LateMaxima::seconds_waited() const {
  if (sender_) return sender_->seconds_waited();
  return receiver_ ? receiver_->seconds_waited() : settled_wait_s_;
}

}  // namespace shakefield::calc
