#include "antler/saving/keras3_config.h"

#include "antler/saving/training_config.h"

namespace antler::saving {

Json model_to_keras3(const Model& model) {
  Json saved = model_to_config(model, Flavour::keras3);
  if (model.is_compiled()) saved["compile_config"] = compile_to_config(model);
  return saved;
}

Model model_from_keras3(const Json& saved, const ConfigContext& context) {
  Model model = model_from_config(saved, context);
  if (!saved.contains("compile_config")) return model;
  const Json training = training_of_compile_config(saved["compile_config"]);
  if (training.is_object() && training.contains("optimizer_config") && has_loss(training))
    model.compile(training_from_config(training, model, Flavour::both));
  return model;
}

}  // namespace antler::saving
