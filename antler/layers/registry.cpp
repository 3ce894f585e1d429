#include "antler/layers/registry.h"

#include <map>
#include <utility>

#include "antler/core/error.h"
#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/layers/layers.h"

namespace antler::layers {
namespace {

using Read = std::shared_ptr<LayerBase> (*)(ConfigReader& config);

const std::map<std::string, Read, std::less<>>& readers() {
  static const std::map<std::string, Read, std::less<>> known = {
      {"Activation", read_activation},
      {"ActivityRegularization", read_activity_regularization},
      {"Add", read_add},
      {"AlphaDropout", read_alpha_dropout},
      {"Average", read_average},
      {"AveragePooling1D", read_average_pooling_1d},
      {"AveragePooling2D", read_average_pooling_2d},
      {"BatchNormalization", read_batch_normalization},
      {"CenterCrop", read_center_crop},
      {"Concatenate", read_concatenate},
      {"Conv1D", read_conv1d},
      {"Conv1DTranspose", read_conv1d_transpose},
      {"Conv2D", read_conv2d},
      {"Conv2DTranspose", read_conv2d_transpose},
      {"Cropping1D", read_cropping_1d},
      {"Cropping2D", read_cropping_2d},
      {"Dense", read_dense},
      {"DepthwiseConv1D", read_depthwise_conv1d},
      {"DepthwiseConv2D", read_depthwise_conv2d},
      {"Dot", read_dot},
      {"Dropout", read_dropout},
      {"ELU", read_elu},
      {"Flatten", read_flatten},
      {"GaussianDropout", read_gaussian_dropout},
      {"GaussianNoise", read_gaussian_noise},
      {"GlobalAveragePooling1D", read_global_average_pooling_1d},
      {"GlobalAveragePooling2D", read_global_average_pooling_2d},
      {"GlobalMaxPooling1D", read_global_max_pooling_1d},
      {"GlobalMaxPooling2D", read_global_max_pooling_2d},
      {"GroupNormalization", read_group_normalization},
      {"Identity", read_identity},
      {"InputLayer", read_input},
      {"LayerNormalization", read_layer_normalization},
      {"LeakyReLU", read_leaky_relu},
      {"MaxPooling1D", read_max_pooling_1d},
      {"MaxPooling2D", read_max_pooling_2d},
      {"Maximum", read_maximum},
      {"Minimum", read_minimum},
      {"Multiply", read_multiply},
      {"Normalization", read_normalization},
      {"PReLU", read_prelu},
      {"Permute", read_permute},
      {"RMSNormalization", read_rms_normalization},
      {"RandomBrightness", read_random_brightness},
      {"RandomContrast", read_random_contrast},
      {"RandomCrop", read_random_crop},
      {"RandomElasticTransform", read_random_elastic_transform},
      {"RandomErasing", read_random_erasing},
      {"RandomFlip", read_random_flip},
      {"RandomRotation", read_random_rotation},
      {"RandomShear", read_random_shear},
      {"RandomTranslation", read_random_translation},
      {"RandomZoom", read_random_zoom},
      {"ReLU", read_relu},
      {"RepeatVector", read_repeat_vector},
      {"Rescaling", read_rescaling},
      {"Reshape", read_reshape},
      {"Resizing", read_resizing},
      {"SeparableConv1D", read_separable_conv1d},
      {"SeparableConv2D", read_separable_conv2d},
      {"Softmax", read_softmax},
      {"SpatialDropout1D", read_spatial_dropout_1d},
      {"SpatialDropout2D", read_spatial_dropout_2d},
      {"Subtract", read_subtract},
      {"ThresholdedReLU", read_thresholded_relu},
      {"UnitNormalization", read_unit_normalization},
      {"UpSampling1D", read_up_sampling_1d},
      {"UpSampling2D", read_up_sampling_2d},
      {"ZeroPadding1D", read_zero_padding_1d},
      {"ZeroPadding2D", read_zero_padding_2d},
  };
  return known;
}

// Keras's other names. It never writes them, but reads them.
const std::map<std::string, std::string, std::less<>>& aliases() {
  static const std::map<std::string, std::string, std::less<>> known = {
      {"AvgPool1D", "AveragePooling1D"},
      {"AvgPool2D", "AveragePooling2D"},
      {"Convolution1D", "Conv1D"},
      {"Convolution1DTranspose", "Conv1DTranspose"},
      {"Convolution2D", "Conv2D"},
      {"Convolution2DTranspose", "Conv2DTranspose"},
      {"GlobalAvgPool1D", "GlobalAveragePooling1D"},
      {"GlobalAvgPool2D", "GlobalAveragePooling2D"},
      {"GlobalMaxPool1D", "GlobalMaxPooling1D"},
      {"GlobalMaxPool2D", "GlobalMaxPooling2D"},
      {"MaxPool1D", "MaxPooling1D"},
      {"MaxPool2D", "MaxPooling2D"},
      {"SeparableConvolution1D", "SeparableConv1D"},
      {"SeparableConvolution2D", "SeparableConv2D"},
  };
  return known;
}

// "layer 'conv2d_1'"; a name that is no text is left to be refused later.
std::string called(const Json& config) {
  const bool named = config.is_object() && config.contains("name") && config["name"].is_string();
  return named ? "layer '" + config["name"].get<std::string>() + "'" : "a layer without a name";
}

Layer read_layer(Read read, ConfigReader& config) {
  const Layer layer(read(config));
  LayerBase& base = layer.base();
  base.name = config.text("name", "");
  base.trainable = config.flag("trainable", true);
  base.activity_regularizer = config.regularizer("activity_regularizer");
  const std::optional<Shape> of_keras_2 = config.shape("batch_input_shape");
  const std::optional<Shape> batch_shape = config.shape("batch_shape");
  const std::optional<Shape> given = batch_shape ? batch_shape : of_keras_2;
  // Keras 2 knows no more than the rank of what a Normalization was adapted to: as good as not given.
  const bool is_known = given && given->rank() > 0 && !given->without_batch().has_unknown();
  if (is_known || (given && base.class_name() == "InputLayer")) {
    check_sample(given->without_batch());
    base.batch_input_shape = given;
  }
  config.finish();
  return layer;
}

}  // namespace

Layer layer_from_config(const std::string& class_name, const Json& config, Dialect dialect) {
  if (class_name == "Lambda")
    throw Error("{} is a Lambda; antler executes no code from model files", called(config));
  const auto alias = aliases().find(class_name);
  const auto reader = readers().find(alias == aliases().end() ? class_name : alias->second);
  if (reader == readers().end()) {
    throw Error("{} is of the class '{}', which antler does not have", called(config), class_name);
  }
  try {
    ConfigReader values(config, dialect);
    return read_layer(reader->second, values);
  } catch (const Error& error) {
    throw Error("{} ({}): {}", called(config), class_name, error.what());
  }
}

std::vector<std::string> layer_classes() {
  std::vector<std::string> names;
  for (const auto& [name, reader] : readers()) names.push_back(name);
  return names;
}

}  // namespace antler::layers
