// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "field_setup.hpp"

#include <algorithm>

#include "shakefield/field/residuals.hpp"
#include "shakefield/gmm/registry.hpp"

namespace shakefield::calc {

field::FieldOptions field_options(const job::Job& job) {
  const job::Parameters& p = job.parameters;
  field::FieldOptions options;
  options.imts = p.imts;
  options.seed = p.ses_seed;
  options.between = {p.truncation_between};
  options.within = {p.truncation_within};
  options.makes_rows = p.ground_motion_fields;
  if (options.makes_rows) options.minimum_intensity = p.minimum_intensity;
  options.extreme_gmv = p.extreme_gmv;
  options.minimum_distance_km = p.minimum_distance_km;
  options.num_realizations = job.tree.realizations.size();
  if (p.correlation_model == "JB2009") options.correlation = field::make_jb2009(p.vs30_clustering);
  return options;
}

std::vector<std::shared_ptr<const gmm::GroundMotionModel>> bound_models(const ModelTable& models,
                                                                        const job::Job& job) {
  std::vector<std::shared_ptr<const gmm::GroundMotionModel>> bound;
  for (const gmm::ModelSpec& spec : models.models)
    bound.push_back(gmm::make_model(spec, job.parameters.imts));
  return bound;
}

namespace {

/// A batch is as large as the job says, or a block of samples at all sites; ranks have about as
/// much of it, but of an event near the sites of a rank that one has more.
std::size_t shared_batch_bytes(const job::Job& job, int ranks) {
  constexpr double at_most = 2;  ///< times a rank's share
  const double block_bytes = static_cast<double>(field::samples_per_block * job.sites.size() *
                                                 field::row_type(job.parameters.imts).bytes);
  const double batch_bytes = std::max(job.parameters.batch_bytes(ranks), block_bytes);
  return static_cast<std::size_t>(at_most * batch_bytes / ranks);
}

}  // namespace

store::GmfStorage storage_of(const job::Job& job, int ranks) {
  using enum store::CodecKind;
  const job::Parameters& p = job.parameters;
  store::GmfStorage storage;
  storage.codec.kind = p.gmf_codec == "zstd" ? zstd : p.gmf_codec == "deflate" ? deflate : none;
  storage.codec.level = p.gmf_codec_level;
  storage.significant_bits = p.gmf_significant_bits;
  storage.num_sites = static_cast<std::uint32_t>(job.sites.size());
  storage.writer = p.gmf_writer == "mpi_io" ? store::GmfWriter::mpi_io : store::GmfWriter::single;
  if (ranks > 1) storage.shared_batch_bytes = shared_batch_bytes(job, ranks);
  return storage;
}

}  // namespace shakefield::calc
