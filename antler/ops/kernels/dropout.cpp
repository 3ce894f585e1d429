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

// Philox4x32-10 of as many blocks as there are lanes, from block `first` on; their words one after the other.
HWY_INLINE void draw(std::array<uint32_t, 2> key, int64_t first, uint32_t* words) {
  const Words d;
  WordVector w0 = hn::Iota(d, static_cast<uint64_t>(first));
  WordVector w1 = hn::ShiftRight<32>(w0);
  WordVector w2 = hn::Zero(d);
  WordVector w3 = hn::Zero(d);
  for (int round = 0; round < 10; ++round) {
    const WordVector p0 = product(w0, 0xD2511F53U);
    const WordVector p1 = product(w2, 0xCD9E8D57U);
    w0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), w1), hn::Set(d, uint64_t{key[0]}));
    w2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), w3), hn::Set(d, uint64_t{key[1]}));
    w1 = p1;
    w3 = p0;
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  const WordVector w01 = hn::Or(lower_half(w0), hn::ShiftLeft<32>(w1));
  const WordVector w23 = hn::Or(lower_half(w2), hn::ShiftLeft<32>(w3));
  HWY_ALIGN std::array<uint64_t, most_lanes> pairs;
  hn::StoreInterleaved2(w01, w23, d, pairs.data());
  std::memcpy(words, pairs.data(), 4 * sizeof(uint32_t) * hn::Lanes(d));
}

HWY_INLINE Vector kept(const Drop& drop, const uint32_t* words, Vector x) {
  const Floats d;
  const hn::RebindToUnsigned<Floats> bits;
  const auto drops = hn::Lt(hn::Load(bits, words), hn::Set(bits, drop.threshold));
  return hn::IfThenZeroElse(hn::RebindMask(d, drops), hn::Mul(x, constant(drop.scale)));
}

void dropout(const Drop& drop, int64_t begin, int64_t end, const float* x, float* y) {
  constexpr int64_t block = 4;
  const auto drawn = block * static_cast<int64_t>(hn::Lanes(Words()));
  HWY_ALIGN std::array<uint32_t, 2 * most_lanes> words;
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
