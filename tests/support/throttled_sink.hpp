// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>

#include "shakefield/store/gmf_sink.hpp"

/// A sink whose writer is as slow as a disk of so many bytes a second: root sleeps for the rows of
/// all ranks before it goes on; nothing but root holds up the others. Ranks tell each other the
/// bytes of their rows every few batches, so that all know the pace.
class ThrottledSink final : public shakefield::store::GmfSink {
 public:
  ThrottledSink(std::unique_ptr<shakefield::store::GmfSink> sink,
                shakefield::comm::Communicator comm, double bytes_per_s)
      : sink_(std::move(sink)), comm_(std::move(comm)), s_per_byte_(1 / bytes_per_s) {}

  shakefield::store::GmfBatch write(shakefield::store::GmfBatch batch) override {
    bytes_ += batch.rows.size();
    if (++num_batches_ % batches_a_count == 0) {
      const auto all = static_cast<double>(shakefield::comm::sum(comm_, bytes_));
      bytes_ = 0;
      delay_s_ = all * s_per_byte_ / batches_a_count;
    }
    // The time that the bytes of the last few batches would have taken, batch by batch.
    if (comm_.is_root()) std::this_thread::sleep_for(std::chrono::duration<double>(delay_s_));
    return sink_->write(std::move(batch));
  }
  void commit() override { sink_->commit(); }
  std::uint64_t finish() override { return sink_->finish(); }
  void fail(std::exception_ptr error) override { sink_->fail(std::move(error)); }
  Cost cost() const override { return sink_->cost(); }

 private:
  static constexpr std::uint64_t batches_a_count = 16;

  std::unique_ptr<shakefield::store::GmfSink> sink_;
  shakefield::comm::Communicator comm_;
  double s_per_byte_, delay_s_ = 0;
  std::uint64_t bytes_ = 0, num_batches_ = 0;
};
