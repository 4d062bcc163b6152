#pragma once
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

/** One row of a contract file, by column. */
using Row = std::map<std::string, std::string>;

inline std::vector<std::string> split(const std::string& line, char at) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/** The rows of `firmware/contract/<name>`. The folder stands in CONTRACT. @throws when it is not there or empty */
inline std::vector<Row> readContract(const std::string& name) {
  std::ifstream file(std::string(CONTRACT) + "/" + name);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error("No contract " + name);
  const std::vector<std::string> columns = split(line, ',');
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = split(line, ',');
    Row row;
    for (size_t n = 0; n < columns.size(); ++n) row[columns.at(n)] = cells.at(n);
    rows.push_back(row);
  }
  if (rows.empty()) throw std::runtime_error("Empty contract " + name);
  return rows;
}
