// Reads as much of XML as antler's own pictures are made of.
#pragma once

#include <string>
#include <vector>

namespace antler {

/// What is wrong about `xml`, or nothing: tags that do not close, ampersands that begin no entity, quotes
/// that do not end. Holds for text without comments.
inline std::string not_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  size_t at = xml.starts_with("<?xml") ? xml.find("?>") + 2 : 0;
  while (at < xml.size()) {
    if (xml[at] == '&' && xml.find(';', at) > at + 6) return "an ampersand at " + std::to_string(at);
    if (xml[at] == '>') return "a '>' at " + std::to_string(at);
    if (xml[at] != '<') {
      ++at;
      continue;
    }
    size_t end = at + 1;
    for (bool quoted = false; end < xml.size() && (quoted || xml[end] != '>'); ++end) {
      if (xml[end] == '"') quoted = !quoted;
      if (xml[end] == '<') return "a '<' at " + std::to_string(end);
    }
    if (end >= xml.size()) return "a tag without an end at " + std::to_string(at);
    const std::string tag = xml.substr(at + 1, end - at - 1);
    const std::string name = tag.substr(0, tag.find_first_of(" \n/", 1));
    if (tag.front() == '/') {
      if (open.empty() || "/" + open.back() != tag) return "<" + tag + "> closes nothing";
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    at = end + 1;
  }
  return open.empty() ? "" : "<" + open.back() + "> is not closed";
}

}  // namespace antler
