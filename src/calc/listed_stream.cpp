// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "event_draws.hpp"
#include "shakefield/source/sampling.hpp"
#include "source_rows.hpp"

namespace shakefield::calc {
namespace {

constexpr std::size_t ruptures_per_section = 4096;

/// The ruptures of a table, in its order. In scenarios each has number_of_ground_motion_fields
/// events of each realization; in event sets one, of any realization.
class ListedStream final : public EventStream {
 public:
  ListedStream(const job::Job& job, const ModelTable& models)
      : list_(*job.rupture_list),
        models_(models),
        draws_(job.parameters),
        regions_(job.tree.regions),
        sources_(source_rows(job)),
        realizations_(static_cast<std::uint32_t>(job.tree.realizations.size())) {
    if (job.parameters.mode != job::Mode::scenario) return;
    fields_ = static_cast<std::uint32_t>(job.parameters.number_of_ground_motion_fields);
    occurrences_ = fields_ * realizations_;
  }

  std::vector<RuptureEvents> next() override {
    std::vector<RuptureEvents> section;
    const std::size_t last = std::min(list_.size(), next_ + ruptures_per_section);
    for (; next_ < last; ++next_) section.push_back(rupture_of(next_));
    return section;
  }

  void describe(const RuptureEvents& rupture, std::uint32_t first, std::uint32_t count,
                std::vector<field::EventSpec>& specs) const override {
    for (std::uint32_t sample = first; sample < first + count; ++sample) {
      const std::uint32_t realization =
          fields_ > 0 ? sample / fields_ : draws_.realization(rupture, sample, realizations_);
      specs.push_back({rupture.first_event + sample, sample, realization,
                       models_.of[rupture.region][realization]});
    }
  }

  EventTime time(const RuptureEvents& rupture, const field::EventSpec& event) const override {
    return fields_ > 0 ? EventTime{} : draws_.time(rupture, event);
  }
  double fraction() const override {
    return list_.size() == 0 ? 1 : static_cast<double>(next_) / static_cast<double>(list_.size());
  }
  Mark mark() const override { return {next_, next_ * occurrences_}; }
  void seek(Mark mark) override { next_ = mark.unit; }

  std::vector<RuptureEvents> representatives(std::size_t count) const override {
    std::vector<RuptureEvents> picked;
    count = std::min(count, list_.size());
    for (std::size_t i = 0; i < count; ++i)
      picked.push_back(rupture_of((2 * i + 1) * list_.size() / (2 * count)));
    return picked;
  }
  Expected expected() override {
    const auto ruptures = static_cast<double>(list_.size());
    return {ruptures, ruptures * occurrences_};
  }

 private:
  RuptureEvents rupture_of(std::size_t row) const {
    RuptureEvents r;
    r.rupture = list_.rupture(row);
    const auto region = std::ranges::lower_bound(regions_, r.rupture.tectonic_region);
    r.region = static_cast<std::uint16_t>(region - regions_.begin());
    r.source = r.region;
    r.index = row;
    r.key = source::rupture_key(sources_.keys[r.source], row);
    r.first_event = std::uint64_t{row} * occurrences_;
    r.occurrences = occurrences_;
    return r;
  }

  const job::RuptureList& list_;
  const ModelTable& models_;
  EventDraws draws_;
  const std::vector<std::string>& regions_;
  SourceRows sources_;
  std::uint32_t realizations_;
  std::uint32_t fields_ = 0;  ///< of a realization, in scenarios
  std::uint32_t occurrences_ = 1;
  std::size_t next_ = 0;
};

}  // namespace

std::unique_ptr<EventStream> make_listed_stream(const job::Job& job, const ModelTable& models) {
  return std::make_unique<ListedStream>(job, models);
}

}  // namespace shakefield::calc
