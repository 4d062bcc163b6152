#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "contract.h"

using Bytes = std::vector<uint8_t>;

inline Bytes text(const std::string& from) { return Bytes(from.begin(), from.end()); }

inline Bytes bytesOf(const std::string& hex) {
  Bytes bytes;
  for (size_t at = 0; at < hex.size(); at += 2) bytes.push_back(static_cast<uint8_t>(std::stoi(hex.substr(at, 2), nullptr, 16)));
  return bytes;
}

/** A packet of the contract, as it is on the wire with its line feed; an identity, as it is. */
inline Bytes golden(const std::string& what) {
  for (const Row& row : readContract("improv.csv")) {
    if (row.at("what") != what) continue;
    Bytes bytes = bytesOf(row.at("hex"));
    if (what.rfind("identity", 0) != 0) bytes.push_back('\n');
    return bytes;
  }
  throw std::runtime_error("No row " + what);
}

inline Bytes joinedBytes(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}
