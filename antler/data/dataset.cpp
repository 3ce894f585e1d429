#include "antler/data/dataset.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/data/dataset_stages.h"
#include "antler/data/prefetcher.h"

namespace antler {

struct Dataset::Source {
  int64_t cardinality = unknown;
  /// Whether each batch is known to be a single sample.
  bool is_unbatched = false;
  std::function<Next(int64_t pass)> begin;
  /// Where each batch is a row of tensors in memory: these, and the order of their rows. Shuffling then moves
  /// numbers, and batch() copies a sample once.
  std::shared_ptr<const Batch> tensors = nullptr;
  Rows rows = nullptr;
};

namespace {

void check_at_least(int64_t least, int64_t value, const char* what) {
  if (value < least) throw Error("a dataset's {} is {}; expected {} or more", what, value, least);
}

void check_rows(const std::vector<Tensor>& tensors, int64_t rows) {
  for (const Tensor& each : tensors) {
    if (each.shape().rank() == 0 || each.rows() != rows) {
      throw Error("a dataset of {} samples was given a tensor of shape {}", rows, each.shape().to_string());
    }
  }
}

}  // namespace

int64_t Batch::rows() const {
  if (x.empty() || x.front().shape().rank() == 0)
    throw Error("a batch has no input; expected a tensor of (rows, ...)");
  return x.front().rows();
}

Dataset::Dataset(Source source) : source_(std::make_shared<const Source>(std::move(source))) {}

Dataset Dataset::of_rows(const std::shared_ptr<const Batch>& tensors, int64_t count, const Rows& rows) {
  const auto begin = [tensors, rows](int64_t pass) -> Next {
    return Gathered(tensors, rows(pass), 1, false);
  };
  return Dataset(
      {.cardinality = count, .is_unbatched = true, .begin = begin, .tensors = tensors, .rows = rows});
}

int64_t Dataset::cardinality() const {
  return source_->cardinality;
}

Dataset::Next Dataset::begin(int64_t pass) const {
  return source_->begin(pass);
}

Dataset Dataset::from_tensor_slices(std::vector<Tensor> x, std::vector<Tensor> y, Tensor sample_weight) {
  const auto all = std::make_shared<const Batch>(Batch{std::move(x), std::move(y), std::move(sample_weight)});
  const int64_t rows = all->rows();
  check_rows(all->x, rows);
  check_rows(all->y, rows);
  if (!all->sample_weight.empty() && all->sample_weight.size() != rows)
    throw Error("a dataset of {} samples was given {} sample weights", rows, all->sample_weight.size());
  const auto in_order = [rows](int64_t /*pass*/) -> NextRow {
    return [rows, row = int64_t{0}]() mutable { return row == rows ? std::nullopt : std::optional(row++); };
  };
  return of_rows(all, rows, in_order);
}

Dataset Dataset::from_tensor_slices(const Tensor& x, const Tensor& y, const Tensor& sample_weight) {
  return from_tensor_slices(std::vector{x}, y.empty() ? std::vector<Tensor>{} : std::vector{y},
                            sample_weight);
}

Dataset Dataset::from_generator(std::function<Next()> begin) {
  const auto once = [begin = std::move(begin)](int64_t /*pass*/) -> Next {
    // At its end, a function is not asked again: it may not know what to say.
    return [next = begin(), ended = false]() mutable -> std::optional<Batch> {
      std::optional<Batch> batch = ended ? std::nullopt : next();
      ended = !batch;
      return batch;
    };
  };
  return Dataset({.begin = once});
}

Dataset Dataset::from_batches(int64_t length, std::function<Batch(int64_t index)> get) {
  check_at_least(0, length, "length");
  const auto begin = [length, get = std::move(get)](int64_t /*pass*/) -> Next {
    return [length, get, index = int64_t{0}]() mutable -> std::optional<Batch> {
      if (index == length) return std::nullopt;
      return get(index++);
    };
  };
  return Dataset({.cardinality = length, .begin = begin});
}

// Of batches of several rows, only reading tells how many others they become.
Dataset Dataset::batch(int64_t size, bool drop_remainder) const {
  check_at_least(1, size, "batch size");
  const auto begin = [source = source_, size, drop_remainder](int64_t pass) -> Next {
    if (source->tensors) return Gathered(source->tensors, source->rows(pass), size, drop_remainder);
    return Rebatched(source->begin(pass), size, drop_remainder);
  };
  const int64_t known = source_->cardinality;
  int64_t cardinality = known == infinite ? infinite : unknown;
  if (source_->is_unbatched && known >= 0)
    cardinality = drop_remainder ? known / size : (known + size - 1) / size;
  return Dataset({.cardinality = cardinality, .begin = begin});
}

Dataset Dataset::shuffle(int64_t buffer_size, uint64_t seed, bool reshuffle_each_iteration) const {
  check_at_least(1, buffer_size, "shuffling buffer");
  const auto random = [=](int64_t pass) {
    const auto turn = static_cast<uint64_t>(reshuffle_each_iteration ? pass : 0);
    return RandomStream(seed, stream_of("dataset shuffle"), turn);
  };
  if (source_->tensors) {
    const auto rows = [=, source = source_](int64_t pass) -> NextRow {
      return Shuffled<int64_t>(source->rows(pass), buffer_size, random(pass));
    };
    return of_rows(source_->tensors, source_->cardinality, rows);
  }
  const auto begin = [=, source = source_](int64_t pass) -> Next {
    return Shuffled<Batch>(source->begin(pass), buffer_size, random(pass));
  };
  return Dataset(
      {.cardinality = source_->cardinality, .is_unbatched = source_->is_unbatched, .begin = begin});
}

Dataset Dataset::map(std::function<Batch(Batch)> change) const {
  return map([change = std::move(change)](Batch batch, const BatchPlace& /*place*/) {
    return change(std::move(batch));
  });
}

Dataset Dataset::map(std::function<Batch(Batch, const BatchPlace&)> change) const {
  const auto begin = [source = source_, change = std::move(change)](int64_t pass) -> Next {
    return [next = source->begin(pass), change,
            place = BatchPlace{.pass = pass}]() mutable -> std::optional<Batch> {
      std::optional<Batch> batch = next();
      if (!batch) return std::nullopt;
      Batch changed = change(std::move(*batch), place);
      ++place.number;
      return changed;
    };
  };
  return Dataset({.cardinality = source_->cardinality, .begin = begin});
}

Dataset Dataset::take(int64_t count) const {
  check_at_least(0, count, "take()");
  const auto begin = [source = source_, count](int64_t pass) -> Next {
    return [next = source->begin(pass), left = count]() mutable -> std::optional<Batch> {
      if (left == 0) return std::nullopt;
      --left;
      return next();
    };
  };
  const int64_t known = source_->cardinality;
  const int64_t cardinality = known == unknown ? unknown : known == infinite ? count : std::min(known, count);
  return Dataset({.cardinality = cardinality, .is_unbatched = source_->is_unbatched, .begin = begin});
}

Dataset Dataset::skip(int64_t count) const {
  check_at_least(0, count, "skip()");
  const auto begin = [source = source_, count](int64_t pass) -> Next {
    return [next = source->begin(pass), left = count]() mutable -> std::optional<Batch> {
      for (; left > 0; --left) {
        if (!next()) return std::nullopt;
      }
      return next();
    };
  };
  const int64_t known = source_->cardinality;
  return Dataset({.cardinality = known < 0 ? known : std::max<int64_t>(known - count, 0),
                  .is_unbatched = source_->is_unbatched,
                  .begin = begin});
}

Dataset Dataset::repeat(int64_t count) const {
  if (count != infinite) check_at_least(0, count, "repeat()");
  const auto begin = [source = source_, count](int64_t pass) -> Next {
    // Passes of passes: each of them in an order of its own.
    const int64_t first = count == infinite ? 0 : pass * count;
    return [=, done = int64_t{0}, next = Next()]() mutable -> std::optional<Batch> {
      for (bool is_new = false; done != count; ++done, next = nullptr) {
        if (!next) {
          next = source->begin(first + done);
          is_new = true;
        }
        if (std::optional<Batch> batch = next()) return batch;
        if (is_new && count == infinite) break;  // an empty pass would be followed by empty ones for ever
      }
      return std::nullopt;
    };
  };
  const int64_t known = source_->cardinality;
  int64_t cardinality = unknown;
  if (count == infinite) cardinality = infinite;
  if (count != infinite && known >= 0) cardinality = known * count;
  return Dataset({.cardinality = cardinality, .is_unbatched = source_->is_unbatched, .begin = begin});
}

Dataset Dataset::prefetch(int64_t buffer_size) const {
  check_at_least(1, buffer_size, "prefetching buffer");
  const auto begin = [source = source_, buffer_size](int64_t pass) -> Next {
    const auto prefetcher = std::make_shared<Prefetcher>(source->begin(pass), buffer_size);
    return [prefetcher] { return prefetcher->next(); };
  };
  return Dataset(
      {.cardinality = source_->cardinality, .is_unbatched = source_->is_unbatched, .begin = begin});
}

}  // namespace antler
