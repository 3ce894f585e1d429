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

History history_from_json(const Json& json, std::string_view where) {
  History history;
  if (!json.is_object()) throw Error("{}: this is no history; expected {{\"loss\": [...], ...}}", where);
  for (const auto& [name, values] : json.items()) {
    const bool numbers = values.is_array() && std::ranges::all_of(values, &Json::is_number);
    if (!numbers) throw Error("{}: '{}' is no list of numbers; expected one number an epoch", where, name);
    if (values.size() != json.front().size())
      throw Error("{}: '{}' has {} numbers, '{}' {}; expected one an epoch", where, name, values.size(),
                  json.items().begin().key(), json.front().size());
    if (name == "seconds") {
      history.seconds = values.get<std::vector<double>>();
    } else {
      history.history.emplace_back(name, values.get<std::vector<double>>());
    }
  }
  const size_t epochs = json.empty() ? 0 : json.front().size();
  for (size_t i = 0; i < epochs; ++i) history.epoch.push_back(static_cast<int>(i));
  return history;
}

}  // namespace antler
