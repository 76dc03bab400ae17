// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hdf5_file.hpp"

namespace shakefield::structures {
namespace {

constexpr const char* sequences_path = "/gmf_data/events";
constexpr hsize_t events_at_a_time = 256;  ///< of a search through the whole file

Handle sequence_type() {
  return {H5Tvlen_create(site_values_type().id()), H5Tclose, "make the type of a sequence"};
}

std::span<const SiteValues> elements_of(const hvl_t& sequence) {
  return {static_cast<const SiteValues*>(sequence.p), sequence.len};
}

/// Sequences in memory that HDF5 allocates, given back at the end of life.
class Sequences {
 public:
  Sequences() = default;
  Sequences(const Sequences&) = delete;
  Sequences& operator=(const Sequences&) = delete;
  ~Sequences() { release(); }

  void read(const Dataset& dataset, hsize_t first, hsize_t count) {
    release();
    first_ = first;
    sequences_.assign(count, hvl_t{});
    dataset.read(type_.id(), first, count, sequences_.data());
  }
  hsize_t first() const { return first_; }
  std::size_t size() const { return sequences_.size(); }
  std::span<const SiteValues> operator[](std::size_t i) const { return elements_of(sequences_[i]); }
  void release() {
    if (sequences_.empty()) return;
    const hsize_t count = sequences_.size();
    const Handle space(H5Screate_simple(1, &count, nullptr), H5Sclose, "free sequences");
    check(H5Dvlen_reclaim(type_.id(), space.id(), H5P_DEFAULT, sequences_.data()),
          "free sequences");
    sequences_.clear();
  }

 private:
  Handle type_ = sequence_type();
  hsize_t first_ = 0;
  std::vector<hvl_t> sequences_;
};

class SequenceReader final : public Reader {
 public:
  explicit SequenceReader(const std::filesystem::path& path)
      : file_(open_file(path)), dataset_(file_, sequences_path) {}

  void read_event(std::uint32_t event) override {
    found_.clear();
    read_.read(dataset_, event, 1);
  }

  /// Sequences can be had as a whole only: a search reads everything.
  void read_site(std::uint32_t site) override {
    found_.clear();
    for (hsize_t first = 0; first < dataset_.rows(); first += events_at_a_time) {
      read_.read(dataset_, first, std::min(events_at_a_time, dataset_.rows() - first));
      for (std::size_t i = 0; i < read_.size(); ++i) {
        const auto found = std::ranges::lower_bound(read_[i], site, {}, &SiteValues::site);
        if (found != read_[i].end() && found->site == site)
          found_.push_back({site, static_cast<std::uint32_t>(first + i), found->values});
      }
    }
    read_.release();
  }

  void read_all() override {
    found_.clear();
    read_.read(dataset_, 0, dataset_.rows());
  }

  std::vector<Row> rows() const override {
    std::vector<Row> rows = found_;
    for (std::size_t i = 0; i < read_.size(); ++i)
      for (const SiteValues& element : read_[i])
        rows.push_back(
            {element.site, static_cast<std::uint32_t>(read_.first() + i), element.values});
    return rows;
  }

 private:
  Handle file_;
  Dataset dataset_;
  Sequences read_;
  std::vector<Row> found_;  ///< of a site
};

class SequenceDataset final : public Structure {
 public:
  explicit SequenceDataset(const Fields& fields) {
    for (const Row& row : fields.rows) elements_.push_back({row.site, row.values});
    for (std::uint32_t event = 0; event < fields.num_events(); ++event)
      sequences_.push_back({fields.size_of_event(event), &elements_[fields.first_row[event]]});
  }

  void write(const std::filesystem::path& path) const override {
    Handle file = create_file(path);
    write_dataset(file, sequences_path, sequence_type().id(), sequences_.size(), sequences_.data(),
                  {}, Filter::none);
    close_file(file);
  }

  std::unique_ptr<Reader> open(const std::filesystem::path& path) const override {
    return std::make_unique<SequenceReader>(path);
  }

 private:
  std::vector<SiteValues> elements_;
  std::vector<hvl_t> sequences_;  ///< [E], into elements_
};

}  // namespace

std::unique_ptr<Structure> make_sequences(const Fields& fields) {
  return std::make_unique<SequenceDataset>(fields);
}

}  // namespace shakefield::structures
