// What the page can ask for, without HTTP.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "antler/core/json.h"
#include "digits/centring.h"
#include "digits/server/reader.h"
#include "digits/server/results.h"
#include "digits/server/training.h"

namespace antler::digits::server {

struct Files {
  /// The digit reader to begin with, or the folder of an ensemble; without it, the one that antler comes
  /// with.
  std::optional<std::filesystem::path> model = {};
  /// Labelled digits to train on and to be judged by, where there are any.
  std::optional<std::filesystem::path> data = {};
  /// Where a training run leaves its model: see Training.
  std::filesystem::path kept;
};

/// "reader.h5"; of the model that antler comes with, words.
std::string name_of(const std::optional<std::filesystem::path>& model);

/// Each member is one of the API's: docs/serve.md documents what it takes and gives. All may be called from
/// any thread. Each throws Refusal where the API answers with 400 or more.
class Application {
 public:
  /// Throws Error when the model is no digit reader.
  explicit Application(const Files& files);

  Json status() const;
  Json model() const;
  std::string diagram() const;
  Json use_model(const Json& request);
  Json predict(const Json& request) const;
  Json layers(const Json& request) const;
  Json training() const;
  Json start_training(const Json& request);
  Json stop_training();
  Json results() const;
  Json start_results();

 private:
  // What is in use; replaced as a whole.
  struct Loaded;

  std::shared_ptr<const Loaded> loaded() const;
  void require_data(const char* what) const;
  std::optional<std::filesystem::path> kept() const;

  const Files files_;
  mutable std::mutex guard_;
  std::shared_ptr<const Loaded> loaded_;
  std::optional<Training> training_;
  std::optional<Results> results_;
};

}  // namespace antler::digits::server
