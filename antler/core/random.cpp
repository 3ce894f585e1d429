#include "antler/core/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>
#include <utility>

namespace antler {
namespace {

std::array<uint32_t, 2> multiply(uint32_t a, uint32_t b) {
  const uint64_t product = uint64_t{a} * b;
  return {static_cast<uint32_t>(product >> 32), static_cast<uint32_t>(product)};
}

// SplitMix64's finaliser: neighbouring seeds and streams end far apart.
uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

// Box-Muller: two uniform numbers give a point of the normal distribution in the plane; this is its
// first or second coordinate.
double normal_from(uint32_t radius_bits, uint32_t angle_bits, bool second) {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - double{RandomStream::to_uniform(radius_bits)}));
  const double angle = 2.0 * std::numbers::pi * double{RandomStream::to_uniform(angle_bits)};
  return radius * (second ? std::sin(angle) : std::cos(angle));
}

}  // namespace

std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const auto [high0, low0] = multiply(0xD2511F53U, counter[0]);
    const auto [high1, low1] = multiply(0xCD9E8D57U, counter[2]);
    counter = {high1 ^ counter[1] ^ key[0], low1, high0 ^ counter[3] ^ key[1], low0};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

RandomStream::RandomStream(uint64_t seed, uint64_t stream, uint64_t step) : key_{}, step_(step) {
  const uint64_t key = mix(mix(seed + 0x9E3779B97F4A7C15U) ^ stream);
  key_ = {static_cast<uint32_t>(key), static_cast<uint32_t>(key >> 32)};
}

std::array<uint32_t, 4> RandomStream::block(uint64_t block) const {
  return philox4x32({static_cast<uint32_t>(block), static_cast<uint32_t>(block >> 32),
                     static_cast<uint32_t>(step_), static_cast<uint32_t>(step_ >> 32)},
                    key_);
}

void RandomStream::fill_uniform(std::span<float> out, float low, float high) const {
  for (size_t i = 0; i < out.size(); i += 4) {
    const auto words = block(i / 4);
    const size_t count = std::min<size_t>(4, out.size() - i);
    for (size_t j = 0; j < count; ++j) out[i + j] = low + (high - low) * to_uniform(words[j]);
  }
}

void RandomStream::fill_normal(std::span<float> out, float mean, float stddev) const {
  for (size_t i = 0; i < out.size(); ++i) {
    const auto words = block(i / 2);
    out[i] = static_cast<float>(mean + stddev * normal_from(words[0], words[1], i % 2 == 1));
  }
}

void RandomStream::fill_truncated_normal(std::span<float> out, float mean, float stddev) const {
  RandomStream again = *this;
  for (size_t i = 0; i < out.size(); ++i) {
    // Each try reads the same block of another step far away, so that no element's tries disturb its
    // neighbour's.
    for (again.step_ = step_;; again.step_ += uint64_t{1} << 40) {
      const auto words = again.block(i);
      const double normal = normal_from(words[0], words[1], false);
      if (std::abs(normal) >= 2.0) continue;
      out[i] = static_cast<float>(mean + stddev * normal);
      break;
    }
  }
}

std::vector<int64_t> RandomStream::permutation(int64_t count) const {
  std::vector<int64_t> order(static_cast<size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  for (size_t i = order.size(); i > 1; --i) {
    const auto words = block(i);
    const uint64_t bits = (uint64_t{words[1]} << 32) | words[0];
    const auto pick = static_cast<size_t>(bits % i);  // biased by i / 2^64 at most
    std::swap(order[i - 1], order[pick]);
  }
  return order;
}

uint64_t stream_of(std::string_view name) {
  uint64_t hash = 0xCBF29CE484222325U;
  for (char letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3U;
  return hash;
}

uint64_t random_seed() {
  return std::random_device{}() >> 1;
}

}  // namespace antler
