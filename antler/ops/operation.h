// What the graph knows of an operation: its shapes, what it keeps between forward and backward, and how to
// run it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "antler/core/function_ref.h"
#include "antler/core/random.h"
#include "antler/core/tensor.h"

namespace antler::ops {

/// Where operations that draw random numbers draw them from: each adds its own stream to it.
struct RandomKey {
  uint64_t seed = 0;
  uint64_t step = 0;
};

struct ForwardContext {
  std::span<const ConstView> inputs;
  /// Tensors that the operation updates as it runs and that are not differentiated: moving statistics.
  std::span<const View> state;
  View output;
  /// saved_floats() elements, kept as they are until backward() of the same step.
  std::span<float> saved;
  /// scratch_floats() elements, worthless before and after.
  std::span<float> scratch;
  /// What prepare() made of the same weights; empty: nothing is prepared.
  std::span<const float> prepared = {};
  RandomKey random;
  /// False in plans for inference: `saved` may then be left as it is.
  bool backward_follows = true;
};

/// Takes elements `first` on of a gradient, on the thread that has just computed them.
using TakeGradient = FunctionRef<void(int64_t first, std::span<const float> gradient)>;

struct BackwardContext {
  /// As in forward(); `data` is null for those that backward_reads_input() does not ask for.
  std::span<const ConstView> inputs;
  /// As left by forward(); `data` is null unless backward_reads_output().
  ConstView output;
  ConstView output_gradient;
  /// To be overwritten, not added to; `data` is null for those that nobody needs.
  std::span<const View> input_gradients;
  std::span<const float> saved;
  std::span<float> scratch;
  RandomKey random;
  /// Takes the gradient of the input gradient_in_pieces(), whose view above has no data then. Each element is
  /// handed over once, when backward() will read that of the input no more: it may be changed at once.
  TakeGradient take_gradient = {};
};

/// The arithmetic of one node of a graph. Immutable: one instance may run for several graphs, at different
/// batch sizes. Each operation is a struct with its attributes as public members, so that the graph can fuse
/// neighbours.
class Operation {
 public:
  virtual ~Operation() = default;

  /// A short name for profiles and errors: "convolution 3x3 + relu".
  virtual std::string name() const = 0;
  /// Throws Error when the inputs do not fit together.
  virtual Shape output_shape(std::span<const Shape> inputs) const = 0;

  /// Floating-point operations of forward(), where it is a product of matrices, done directly; else 0. The
  /// gradient of each of the first two inputs takes as many.
  virtual double flops(std::span<const Shape> /*inputs*/) const { return 0.0; }

  virtual bool backward_reads_input(size_t /*index*/) const { return true; }
  virtual bool backward_reads_output() const { return false; }
  /// True when the output is the first input's elements under another shape, so that both may share memory.
  virtual bool only_reshapes() const { return false; }

  /// The input whose gradient backward() can hand over in pieces, which are then still in a cache.
  virtual std::optional<size_t> gradient_in_pieces() const { return std::nullopt; }

  /// Floats to keep between forward() and backward() beside inputs and output.
  virtual int64_t saved_floats(std::span<const Shape> /*inputs*/) const { return 0; }
  /// Floats of working memory that either direction uses.
  virtual int64_t scratch_floats(std::span<const Shape> /*inputs*/) const { return 0; }

  /// Floats that weights take in the layout that forward() likes best; 0: as they are.
  virtual int64_t prepared_floats(std::span<const Shape> /*inputs*/) const { return 0; }
  /// Brings the inputs from the second on, the weights, into that layout, for runs between which they do not
  /// change.
  virtual void prepare(std::span<const ConstView> /*inputs*/, std::span<float> /*prepared*/) const {}

  virtual void forward(const ForwardContext& run) const = 0;
  virtual void backward(const BackwardContext& run) const = 0;

 protected:
  Operation() = default;
  Operation(const Operation&) = default;
  Operation& operator=(const Operation&) = default;
};

}  // namespace antler::ops
