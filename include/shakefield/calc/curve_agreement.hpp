// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace shakefield::calc {

/// How hazard curves from fields agree with classical ones in one IMT. A point is a site, a kind of
/// curve and a level at which the number of events is large enough for a normal error: at least 10
/// are expected to reach the level, and at least 10 event sets not to have one that does.
struct CurveAgreement {
  std::string imt;
  std::size_t points = 0;
  std::size_t inside_two = 0, inside_four = 0;  ///< within so many Monte-Carlo standard errors
  double mean_error = 0;  ///< mean of (from fields - classical) / standard error
  double rms_error = 0;   ///< root mean square of it; about 1 if nothing but chance differs

  /// What chance explains: at least 99 % of the points inside four standard errors (99.99 % are
  /// expected), and a root mean square of 3 at most. Points share events, so that a whole curve may
  /// lie two errors off by chance; but not three.
  bool is_chance() const;
};

/// Compares, IMT by IMT, the curves of an event-based file with those of a classical file of the
/// same job: the realizations, if both files have them, else the mean. The former are those of the
/// job's hazard_curves_from_gmfs, or are made from the stored fields, without levels below
/// minimum_intensity. Errors of realizations follow from the classical curve, p = 1 - exp(-nu):
/// (1 - p) sqrt(nu / S) with S event sets; those of a mean of realizations that the classical file
/// lacks are the file's own, but not smaller than if all realizations had the mean's rate. Throws
/// Error{config} that says what differs if the files are not of such calculations, or differ in
/// sites, realizations, measures, levels or investigation time. Holds 4 R M L bytes a site for
/// stored fields. Local.
std::vector<CurveAgreement> compare_curves(const std::filesystem::path& fields,
                                           const std::filesystem::path& classical);

}  // namespace shakefield::calc
