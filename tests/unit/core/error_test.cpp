// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/error.hpp"

#include <gtest/gtest.h>

#include <set>

namespace shakefield::core {
namespace {

TEST(ErrorTest, KindsHaveTheExitStatusOfTheManual) {
  EXPECT_EQ(exit_status(ErrorKind::config), 2);
  EXPECT_EQ(exit_status(ErrorKind::data), 2);
  EXPECT_EQ(exit_status(ErrorKind::unsupported), 3);
  EXPECT_EQ(exit_status(ErrorKind::io), 4);
  EXPECT_EQ(exit_status(ErrorKind::mpi), 5);
  EXPECT_EQ(exit_status(ErrorKind::numeric), 5);
  EXPECT_EQ(exit_status(ErrorKind::internal), 5);
  EXPECT_EQ(exit_status(ErrorKind::interrupted), 6);
}

TEST(ErrorTest, KindsHaveDistinctNames) {
  std::set<std::string_view> names;
  for (const ErrorKind kind :
       {ErrorKind::config, ErrorKind::data, ErrorKind::unsupported, ErrorKind::io, ErrorKind::mpi,
        ErrorKind::numeric, ErrorKind::internal, ErrorKind::interrupted})
    names.insert(to_string(kind));
  EXPECT_EQ(names.size(), 8u);
}

TEST(ErrorTest, SaysWhere) {
  EXPECT_STREQ(Error(ErrorKind::data, "bad", {"a.xml", 12}).what(), "a.xml:12: bad");
  EXPECT_STREQ(Error(ErrorKind::data, "bad", {"a.xml"}).what(), "a.xml: bad");
  EXPECT_STREQ(Error(ErrorKind::data, "bad").what(), "bad");
}

TEST(ErrorTest, FirstProblemDecidesTheKind) {
  const Error error({{ErrorKind::unsupported, "one", {}}, {ErrorKind::config, "two", {"f", 1}}});
  EXPECT_EQ(error.kind(), ErrorKind::unsupported);
  EXPECT_STREQ(error.what(), "one\nf:1: two");
}

TEST(ErrorTest, WithoutProblemsIsAFaultOfTheProgram) {
  EXPECT_EQ(Error(std::vector<Problem>{}).kind(), ErrorKind::internal);
}

TEST(ProblemsTest, AreToldAllAtOnce) {
  Problems problems;
  EXPECT_TRUE(problems.empty());
  EXPECT_NO_THROW(problems.throw_if_any());
  problems.warn("only a warning");
  EXPECT_NO_THROW(problems.throw_if_any());
  EXPECT_EQ(problems.warnings().size(), 1u);
  problems.add(ErrorKind::config, "first");
  problems.add(Error({{ErrorKind::data, "second", {}}, {ErrorKind::data, "third", {}}}));
  try {
    problems.throw_if_any();
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.problems().size(), 3u);
    EXPECT_STREQ(error.what(), "first\nsecond\nthird");
  }
}

TEST(ProblemsTest, AreToldOnceHoweverOftenTheyAreMet) {
  Problems problems;
  for (const int line : {3, 3, 4})
    problems.add(ErrorKind::data, "cannot read 'a' (it is missing), give it", {"tree.xml", line});
  EXPECT_EQ(problems.errors().size(), 2u);
}

TEST(ValidateTest, ThrowsOnlyIfTheConditionFails) {
  EXPECT_NO_THROW(validate(true, ErrorKind::io, "fine"));
  EXPECT_THROW(validate(false, ErrorKind::io, "not fine"), Error);
}

}  // namespace
}  // namespace shakefield::core
