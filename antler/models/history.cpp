#include "antler/models/history.h"

#include <algorithm>

#include "antler/core/error.h"

namespace antler {

bool History::contains(const std::string& key) const {
  return std::ranges::any_of(history, [&](const auto& entry) { return entry.first == key; });
}

const std::vector<double>& History::operator[](const std::string& key) const {
  for (const auto& [name, values] : history) {
    if (name == key) return values;
  }
  throw Error("the history has no '{}'", key);
}

void History::append(int at, const callbacks::Logs& logs, double took) {
  epoch.push_back(at);
  seconds.push_back(took);
  for (const auto& [name, value] : logs) {
    const auto known = std::ranges::find(history, name, [](const auto& entry) { return entry.first; });
    if (known != history.end()) {
      known->second.push_back(value);
    } else {
      history.emplace_back(name, std::vector{value});
    }
  }
}

Json History::to_json() const {
  Json json = Json::object();
  for (const auto& [name, values] : history) json[name] = values;
  json["seconds"] = seconds;
  return json;
}

}  // namespace antler
