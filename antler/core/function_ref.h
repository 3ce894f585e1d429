// A reference to something that can be called.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace antler {

template <typename Signature>
class FunctionRef;

/// Unlike std::function it never allocates; unlike a copy it must not outlive the callable. Empty until it is
/// given one.
template <typename Result, typename... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  FunctionRef() = default;
  template <typename Callable>
  requires(std::is_invocable_r_v<Result, const Callable&, Arguments...> &&
           !std::is_same_v<Callable, FunctionRef>)
      // NOLINTNEXTLINE(google-explicit-constructor): a lambda serves as it stands
      FunctionRef(const Callable& callable)
      : callable_(std::addressof(callable)), call_([](const void* callee, Arguments... arguments) -> Result {
          return (*static_cast<const Callable*>(callee))(std::forward<Arguments>(arguments)...);
        }) {}

  explicit operator bool() const { return call_ != nullptr; }
  Result operator()(Arguments... arguments) const {
    return call_(callable_, std::forward<Arguments>(arguments)...);
  }

 private:
  const void* callable_ = nullptr;
  Result (*call_)(const void*, Arguments...) = nullptr;
};

}  // namespace antler
