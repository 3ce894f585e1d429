#include "antler/ops/kernels/dropout.h"

#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/dropout.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// A word of a block to each 64-bit lane, in its lower half; the upper half is whatever a product left there.
using Words = hn::ScalableTag<uint64_t>;
using WordVector = hn::Vec<Words>;

HWY_INLINE WordVector lower_half(WordVector word) {
  return hn::And(word, hn::Set(Words(), uint64_t{0xFFFFFFFFU}));
}

// The whole product of two words.
HWY_INLINE WordVector product(WordVector word, uint32_t factor) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Mul(lower_half(word), hn::Set(Words(), uint64_t{factor}));
#else
  const hn::Repartition<uint32_t, Words> halves;
  return hn::MulEven(hn::BitCast(halves, word), hn::Set(halves, factor));
#endif
}

// The state of a block to each lane.
struct Blocks {
  WordVector w0, w1, w2, w3;

  explicit Blocks(int64_t first)
      : w0(hn::Iota(Words(), static_cast<uint64_t>(first))),
        w1(hn::ShiftRight<32>(w0)),
        w2(hn::Zero(Words())),
        w3(hn::Zero(Words())) {}

  HWY_INLINE void turn(WordVector key0, WordVector key1) {
    const WordVector p0 = product(w0, 0xD2511F53U);
    const WordVector p1 = product(w2, 0xCD9E8D57U);
    w0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), w1), key0);
    w2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), w3), key1);
    w1 = p1;
    w3 = p0;
  }

  // The words one after the other, two to a 64-bit number.
  HWY_INLINE void store(uint64_t* pairs) const {
    const WordVector w01 = hn::Or(lower_half(w0), hn::ShiftLeft<32>(w1));
    const WordVector w23 = hn::Or(lower_half(w2), hn::ShiftLeft<32>(w3));
    hn::StoreInterleaved2(w01, w23, Words(), pairs);
  }
};

// A turn of Philox waits for the one before it, so several vectors of blocks take turns.
constexpr int64_t together = 4;

// Philox4x32-10 of `together` vectors of blocks, from block `first` on.
HWY_INLINE void draw(std::array<uint32_t, 2> key, int64_t first, uint32_t* words) {
  const Words d;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  std::array<Blocks, together> all{Blocks(first), Blocks(first + lanes), Blocks(first + 2 * lanes),
                                   Blocks(first + 3 * lanes)};
  for (int round = 0; round < 10; ++round) {
    const WordVector key0 = hn::Set(d, uint64_t{key[0]});
    const WordVector key1 = hn::Set(d, uint64_t{key[1]});
    for (Blocks& blocks : all) blocks.turn(key0, key1);
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  HWY_ALIGN std::array<uint64_t, together * most_lanes> pairs;
  for (int64_t i = 0; i < together; ++i) all[static_cast<size_t>(i)].store(pairs.data() + 2 * i * lanes);
  std::memcpy(words, pairs.data(), sizeof(uint64_t) * 2 * together * hn::Lanes(d));
}

HWY_INLINE Vector kept(const Drop& drop, const uint32_t* words, Vector x) {
  const Floats d;
  const hn::RebindToUnsigned<Floats> bits;
  const auto drops = hn::Lt(hn::Load(bits, words), hn::Set(bits, drop.threshold));
  return hn::IfThenZeroElse(hn::RebindMask(d, drops), hn::Mul(x, constant(drop.scale)));
}

void dropout(const Drop& drop, int64_t begin, int64_t end, const float* x, float* y) {
  constexpr int64_t block = 4;
  const int64_t drawn = together * block * static_cast<int64_t>(hn::Lanes(Words()));
  HWY_ALIGN std::array<uint32_t, 2 * together * most_lanes> words;
  for (int64_t at = begin; at < end; at += drawn) {
    draw(drop.key, at / block, words.data());
    for_each_place(std::min(drawn, end - at), [&](auto place) {
      store(kept(drop, words.data() + place.at, load(x + at, place)), y + at, place);
    });
  }
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(dropout);
void dropout(const Drop& drop, int64_t begin, int64_t end, const float* x, float* y) {
  HWY_DYNAMIC_DISPATCH(dropout)(drop, begin, end, x, y);
}

}  // namespace antler::ops::kernels
#endif
