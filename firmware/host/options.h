#pragma once
#include <cstdint>
#include <string>
#include <vector>

/** What the virtual board was started with. */
struct Options {
  std::string node;
  std::string id;
  std::string name;
  std::string host = "127.0.0.1";
  int port = 1883;
  /** PEM file; given: TLS, and the broker must show a certificate of it for `host`. */
  std::string ca;
  std::string username;
  std::string password;
  /** Lines to play; empty: standard input. */
  std::string script;
  /** Its flash; empty: nothing is kept. */
  std::string settings;
  double speed = 1.0;
  /** Of a door: its name, and the key that it shares with the hub. */
  std::string door = "front";
  std::vector<uint8_t> key;
};

/** Reads the command line. Ends the program with 2 and a word when something is wrong with it. */
Options readOptions(int count, char** words);
