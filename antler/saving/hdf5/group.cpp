#include "antler/saving/hdf5/group.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/input_file.h"
#include "antler/saving/hdf5/attributes.h"
#include "antler/saving/hdf5/dataset.h"

namespace antler::hdf5 {
namespace {

const Link* find(const std::vector<Link>& links, std::string_view name) {
  const auto found = std::ranges::find(links, name, &Link::name);
  return found == links.end() ? nullptr : &*found;
}

// What `read` gives; where it throws, its words come after those of `where`.
template <typename Read>
auto told_where(const std::string& where, const Read& read) {
  try {
    return read();
  } catch (const Error& error) {
    throw Error("{} {}", where, error.what());
  }
}

}  // namespace

Group::Group(std::shared_ptr<const File> file, Walk& walk, ObjectHeader header, std::string name)
    : file_(std::move(file)),
      header_(std::move(header)),
      links_(read_links(walk, header_)),
      name_(std::move(name)) {}

Group Group::open(const std::filesystem::path& path) {
  return parse(InputFile(path).read_all(), path.string());
}

Group Group::parse(Bytes bytes, std::string name) {
  auto file = std::make_shared<const File>(std::move(bytes), std::move(name));
  return told_where(file->name() + ": the root group", [&] {
    Walk walk(*file);
    return Group(file, walk, ObjectHeader(walk, file->root()), "");
  });
}

std::string Group::describe(const std::string& path) const {
  return fmt::format("{}: '{}/{}'", file_->name(), name_, path);
}

bool Group::contains(const std::string& name) const {
  return find(links_, name) != nullptr;
}

std::vector<std::string> Group::members() const {
  std::vector<std::string> names;
  for (const Link& link : links_) names.emplace_back(link.name);
  return names;
}

// Follows one link after the other, none but hard ones.
ObjectHeader Group::open_member(Walk& walk, const std::string& path) const {
  std::vector<Link> links = links_;
  for (size_t begin = 0;;) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view name = std::string_view(path).substr(begin, end - begin);
    begin = end + 1;
    if (name.empty() || name == ".") throw Error("is no path that antler follows");
    const Link* link = find(links, name);
    if (link == nullptr) throw Error("is missing");
    if (!link->hard) throw Error("is reached by a soft or external link, which antler does not follow");
    ObjectHeader member(walk, link->address);
    if (end == path.size()) return member;
    if (!member.is_group()) throw Error("is missing, as no group leads there");
    links = read_links(walk, member);
  }
}

Group Group::group(const std::string& path) const {
  return told_where(describe(path), [&] {
    Walk walk(*file_);
    ObjectHeader member = open_member(walk, path);
    if (!member.is_group()) throw Error("is no group");
    return Group(file_, walk, std::move(member), name_ + "/" + path);
  });
}

std::optional<std::vector<std::string>> Group::attribute(const std::string& name) const {
  return told_where(fmt::format("{}: attribute '{}'", describe(""), name), [&] {
    Walk walk(*file_);
    return read_texts(walk, header_, name);
  });
}

std::optional<std::string> Group::text(const std::string& name) const {
  std::optional<std::vector<std::string>> texts = attribute(name);
  if (!texts) return std::nullopt;
  if (texts->size() != 1) throw Error("{}: attribute '{}' is no single text", describe(""), name);
  return std::move(texts->front());
}

std::vector<std::string> Group::texts(const std::string& name) const {
  if (std::optional<std::vector<std::string>> all = attribute(name)) return *std::move(all);
  std::vector<std::string> all;
  for (int part = 0;; ++part) {
    std::optional<std::vector<std::string>> some = attribute(name + std::to_string(part));
    if (!some) return all;
    std::ranges::move(*some, std::back_inserter(all));
  }
}

Dataset Group::open_dataset(Walk& walk, const std::string& path) const {
  const ObjectHeader member = open_member(walk, path);
  if (!member.is_dataset()) throw Error("is no dataset");
  return {walk, member};
}

Shape Group::shape(const std::string& path) const {
  return told_where(describe(path), [&] {
    Walk walk(*file_);
    return open_dataset(walk, path).shape();
  });
}

uint64_t Group::stored_bytes(const std::string& path) const {
  return told_where(describe(path), [&] {
    Walk walk(*file_);
    return open_dataset(walk, path).stored_bytes();
  });
}

Tensor Group::tensor(const std::string& path) const {
  return told_where(describe(path), [&] {
    Walk walk(*file_);
    return open_dataset(walk, path).read_tensor(walk);
  });
}

std::vector<int64_t> Group::integers(const std::string& path) const {
  return told_where(describe(path), [&] {
    Walk walk(*file_);
    return open_dataset(walk, path).read_integers(walk);
  });
}

int64_t Group::integer(const std::string& path) const {
  const Shape found = shape(path);
  if (found.rank() != 0)
    throw Error("{} has shape {}; expected a single number", describe(path), found.to_string());
  return integers(path).front();
}

}  // namespace antler::hdf5
