#include "options.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

namespace {

const char kUsage[] =
    "virtual-board --node air|motion|door --id <id> [--name <name>]\n"
    "  [--host <host>] [--port <port>] [--ca <pem file>] [--username <name>] [--password-file <file>]\n"
    "  [--script <file>] [--settings <file>] [--speed <times>] [--door <name> --key-file <hex file>]\n";

[[noreturn]] void refuse(const std::string& why) {
  std::fprintf(stderr, "%s\n%s", why.c_str(), kUsage);
  std::exit(2);
}

/** A secret stands in a file, never on the command line, which everybody on the machine can read. */
std::string textOf(const std::string& name) {
  std::ifstream file(name);
  if (!file) refuse("Cannot read " + name);
  std::stringstream all;
  all << file.rdbuf();
  std::string text = all.str();
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

std::vector<uint8_t> keyOf(const std::string& name) {
  const std::string text = textOf(name);
  if (text.size() != 64 || text.find_first_not_of("0123456789abcdef") != std::string::npos) {
    refuse("A key is 64 small hex digits: " + name);
  }
  std::vector<uint8_t> key;
  for (size_t at = 0; at < text.size(); at += 2) key.push_back(static_cast<uint8_t>(std::stoi(text.substr(at, 2), nullptr, 16)));
  return key;
}

double numberOf(const std::string& text, double least, double most) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(number >= least && number <= most)) refuse("Not a number that is allowed: " + text);
  return number;
}

}  // namespace

Options readOptions(int count, char** words) {
  Options options;
  const std::map<std::string, std::function<void(const std::string&)>> known = {
      {"--node", [&](const std::string& text) { options.node = text; }},
      {"--id", [&](const std::string& text) { options.id = text; }},
      {"--name", [&](const std::string& text) { options.name = text; }},
      {"--host", [&](const std::string& text) { options.host = text; }},
      {"--port", [&](const std::string& text) { options.port = static_cast<int>(numberOf(text, 1, 65535)); }},
      {"--ca", [&](const std::string& text) { options.ca = text; }},
      {"--username", [&](const std::string& text) { options.username = text; }},
      {"--password-file", [&](const std::string& text) { options.password = textOf(text); }},
      {"--script", [&](const std::string& text) { options.script = text; }},
      {"--settings", [&](const std::string& text) { options.settings = text; }},
      {"--speed", [&](const std::string& text) { options.speed = numberOf(text, 0.1, 1000); }},
      {"--door", [&](const std::string& text) { options.door = text; }},
      {"--key-file", [&](const std::string& text) { options.key = keyOf(text); }},
  };
  for (int at = 1; at < count; at += 2) {
    const auto found = known.find(words[at]);
    if (found == known.end() || at + 1 == count) refuse(std::string("Not known, or without a value: ") + words[at]);
    found->second(words[at + 1]);
  }
  if (options.node != "air" && options.node != "motion" && options.node != "door") refuse("Which node?");
  if (options.id.empty() || options.id.size() > 40) refuse("An id has 1 to 40 characters.");
  if (options.node == "door" && options.key.empty()) refuse("A door needs its key.");
  if (options.name.empty()) options.name = options.id;
  return options;
}
