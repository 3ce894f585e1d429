#include "antler/data/stratified.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "antler/core/error.h"
#include "antler/data/rows.h"
#include "antler/data/to_categorical.h"

namespace antler {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAreArray;
using testing::Ge;
using testing::Le;
using testing::Not;
using testing::SizeIs;

// 50 of class 0, 23 of class 1 and 10 of class 7, mixed.
Tensor uneven_labels() {
  std::vector<float> labels(50, 0.0F);
  labels.insert(labels.end(), 23, 1.0F);
  labels.insert(labels.end(), 10, 7.0F);
  std::vector<float> mixed;
  for (size_t i = 0; i < labels.size(); ++i) mixed.push_back(labels[i * 30 % labels.size()]);
  return {Shape{static_cast<int64_t>(mixed.size())}, mixed};
}

int64_t count_of(const Tensor& labels, const std::vector<int64_t>& rows, float label) {
  return std::ranges::count(gather_rows(labels, rows).span(), label);
}

TEST(StratifiedKFold, HoldsEachRowOutOnce) {
  const Tensor labels = uneven_labels();
  std::multiset<int64_t> held_out;
  for (const Split& split : stratified_k_fold(labels, 4, 1)) {
    held_out.insert(split.held_out.begin(), split.held_out.end());
    std::vector<int64_t> all = split.training;
    all.insert(all.end(), split.held_out.begin(), split.held_out.end());
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), 83U);
    EXPECT_EQ(all.size(), 83U);
    EXPECT_TRUE(std::ranges::is_sorted(split.training));
    EXPECT_TRUE(std::ranges::is_sorted(split.held_out));
  }
  EXPECT_EQ(held_out.size(), 83U);
  EXPECT_EQ(std::set(held_out.begin(), held_out.end()).size(), 83U);
}

TEST(StratifiedKFold, GivesEachFoldItsShareOfEachClass) {
  const Tensor labels = uneven_labels();
  std::vector<int64_t> sizes;
  std::vector<int64_t> zeros;
  std::vector<int64_t> ones;
  std::vector<int64_t> sevens;
  for (const Split& split : stratified_k_fold(labels, 4, 1)) {
    sizes.push_back(static_cast<int64_t>(split.held_out.size()));
    zeros.push_back(count_of(labels, split.held_out, 0.0F));
    ones.push_back(count_of(labels, split.held_out, 1.0F));
    sevens.push_back(count_of(labels, split.held_out, 7.0F));
  }
  EXPECT_THAT(sizes, Each(AllOf(Ge(20), Le(21))));
  EXPECT_THAT(zeros, Each(AllOf(Ge(12), Le(13))));
  EXPECT_THAT(ones, Each(AllOf(Ge(5), Le(6))));
  EXPECT_THAT(sevens, Each(AllOf(Ge(2), Le(3))));
}

TEST(StratifiedKFold, IsTheSameForTheSameSeedAndForOneHotLabels) {
  const Tensor labels = uneven_labels();
  const Split first = stratified_k_fold(labels, 3, 1).front();
  EXPECT_THAT(stratified_k_fold(to_categorical(labels), 3, 1).front().held_out,
              ElementsAreArray(first.held_out));
  EXPECT_THAT(stratified_k_fold(labels, 3, 2).front().held_out, Not(ElementsAreArray(first.held_out)));
}

TEST(StratifiedKFold, RefusesFoldsThatNoClassCanFill) {
  EXPECT_THROW(stratified_k_fold(uneven_labels(), 1, 1), Error);
  EXPECT_THROW(stratified_k_fold(uneven_labels(), 51, 1), Error);
  EXPECT_THROW(stratified_k_fold(Tensor({2, 3, 4}), 2, 1), Error);
  EXPECT_THROW(stratified_k_fold(Tensor(), 2, 1), Error);
  EXPECT_EQ(stratified_k_fold(uneven_labels(), 50, 1).size(), 50U);
}

TEST(StratifiedSplit, HoldsOutAShareOfEachClass) {
  const Tensor labels = uneven_labels();
  const Split split = stratified_split(labels, 0.25, 1);
  EXPECT_EQ(split.held_out.size(), 21U);  // 20.75
  EXPECT_EQ(split.training.size(), 62U);
  EXPECT_EQ(count_of(labels, split.held_out, 0.0F), 13);  // 12.65
  EXPECT_EQ(count_of(labels, split.held_out, 1.0F), 6);   // 5.82
  EXPECT_EQ(count_of(labels, split.held_out, 7.0F), 2);   // 2.53
  EXPECT_THAT(stratified_split(labels, 0.25, 1).held_out, ElementsAreArray(split.held_out));
  EXPECT_THAT(stratified_split(labels, 0.25, 2).held_out, Not(ElementsAreArray(split.held_out)));
}

TEST(StratifiedSplit, HasRareClassesOnOneSide) {
  EXPECT_THAT(stratified_split(uneven_labels(), 0.01, 1).held_out, SizeIs(1));
  EXPECT_THAT(stratified_split(uneven_labels(), 0.98, 1).training, SizeIs(1));
  EXPECT_THAT(stratified_split(Tensor({5}, {1, 1, 1, 1, 2}), 0.2, 1).training, Contains(4));
}

TEST(StratifiedSplit, RefusesASideWithoutRows) {
  EXPECT_THROW(stratified_split(Tensor({3}, {1, 1, 2}), 0.9, 1), Error);
  EXPECT_THROW(stratified_split(uneven_labels(), 0.0, 1), Error);
  EXPECT_THROW(stratified_split(uneven_labels(), 1.0, 1), Error);
}

}  // namespace
}  // namespace antler
