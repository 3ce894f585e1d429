#include "antler/layers/sides.h"

#include "antler/core/error.h"
#include "antler/layers/checks.h"

namespace antler::layers {
namespace {

// An entry of [[top, bottom], [left, right]] or of [rows, columns].
Sides entry(const char* key, const Json& found, size_t index) {
  const Json alone = {{key, found[index]}};
  const Pair pair = ConfigReader(alone).pair(key);
  return {pair.height, pair.width};
}

}  // namespace

void check_sides(const char* key, const ImageSides& sides) {
  for (int64_t extent : {sides.rows.before, sides.rows.after, sides.columns.before, sides.columns.after}) {
    check_range(key, extent, 0);
  }
}

void read_field(ConfigReader& config, const char* key, Sides& sides) {
  const Pair pair = config.pair(key, Pair(sides.before, sides.after));
  sides = {pair.height, pair.width};
}

void read_field(ConfigReader& config, const char* key, ImageSides& sides) {
  const Json& found = config.value(key);
  if (found.is_null()) return;
  if (!found.is_array()) {
    sides = config.integer(key);
    return;
  }
  if (found.size() != 2) throw Error("{} has {} entries; expected 2", key, found.size());
  sides = ImageSides(entry(key, found, 0), entry(key, found, 1));
}

Json to_config(const Sides& sides) {
  return Json::array({sides.before, sides.after});
}

Json to_config(const ImageSides& sides) {
  return Json::array({to_config(sides.rows), to_config(sides.columns)});
}

}  // namespace antler::layers
