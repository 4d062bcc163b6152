#include <doctest/doctest.h>

#include <initializer_list>
#include <random>
#include <string>

#include "drivers/key_matrix.h"
#include "drivers/pir.h"
#include "drivers/supervised_loop.h"
#include "drivers/wiegand.h"

using namespace homeward;

namespace {

/** Puts bits in, 2 ms apart, and waits. */
WiegandWord said(Wiegand& reader, const std::string& bits, Millis& now) {
  for (const char bit : bits) reader.put(bit == '1', now += 2);
  CHECK(reader.poll(now + Wiegand::kQuiet - 1).kind == WiegandWord::Kind::None);
  now += Wiegand::kQuiet;
  return reader.poll(now);
}

std::string bitsOf(uint64_t value, int count) {
  std::string bits;
  for (int n = count - 1; n >= 0; --n) bits += (value >> n & 1) != 0 ? '1' : '0';
  return bits;
}

/** A card with its two parity bits, counted one by one. */
std::string card(uint32_t number, int bits) {
  const std::string middle = bitsOf(number, bits - 2);
  int first = 0;
  int second = 0;
  for (size_t n = 0; n < middle.size(); ++n) (n < middle.size() / 2 ? first : second) += middle[n] == '1' ? 1 : 0;
  return (first % 2 == 1 ? "1" : "0") + middle + (second % 2 == 1 ? "0" : "1");
}

struct Pad {
  KeyMatrix matrix;
  Millis now = 0;
  /** Holds these keys (row, column) for that long, scanned each 5 ms. @returns what was told meanwhile */
  std::string hold(std::initializer_list<std::pair<int, int>> keys, Millis span) {
    uint8_t rows[KeyMatrix::kRows] = {};
    for (const auto& [row, column] : keys) rows[row] = static_cast<uint8_t>(rows[row] | 1 << column);
    std::string told;
    for (const Millis end = now + span; now < end; now += 5) {
      const char key = matrix.scan(rows, now);
      if (key != 0) told += key;
    }
    return told;
  }
};

}  // namespace

TEST_CASE("Wiegand: cards of 26 and 34 bits") {
  Wiegand reader;
  Millis now = 0;
  WiegandWord word = said(reader, card(0x7b1234, 26), now);
  REQUIRE(word.kind == WiegandWord::Kind::Card);
  CHECK(word.card == 0x7b1234);
  word = said(reader, card(0xdeadbeef, 34), now);
  REQUIRE(word.kind == WiegandWord::Kind::Card);
  CHECK(word.card == 0xdeadbeef);
}

TEST_CASE("Wiegand: any one wrong bit of a card is refused") {
  for (const int bits : {26, 34}) {
    const std::string good = card(0x00a5c3, bits);
    for (size_t at = 0; at < good.size(); ++at) {
      std::string wrong = good;
      wrong[at] = wrong[at] == '1' ? '0' : '1';
      Wiegand reader;
      Millis now = 0;
      CHECK(said(reader, wrong, now).kind == WiegandWord::Kind::None);
    }
  }
}

TEST_CASE("Wiegand: keys of 4 bits, and of 8 with their complement") {
  Wiegand reader;
  Millis now = 0;
  const std::string keys = "0123456789*#";
  for (size_t n = 0; n < keys.size(); ++n) {
    CHECK(said(reader, bitsOf(n, 4), now).key == keys[n]);
    CHECK(said(reader, bitsOf(~n & 15, 4) + bitsOf(n, 4), now).key == keys[n]);
  }
  CHECK(said(reader, bitsOf(12, 4), now).kind == WiegandWord::Kind::None);
  CHECK(said(reader, bitsOf(5, 4) + bitsOf(5, 4), now).kind == WiegandWord::Kind::None);
}

TEST_CASE("Wiegand: a word that is too short, too long or endless is nothing, and the next one is read") {
  Wiegand reader;
  Millis now = 0;
  for (const size_t count : {1u, 3u, 25u, 27u, 33u, 35u, 60u, 300u}) {
    CHECK(said(reader, std::string(count, '1'), now).kind == WiegandWord::Kind::None);
    CHECK(said(reader, bitsOf(7, 4), now).key == '7');
  }
  CHECK(reader.poll(now + kMinute).kind == WiegandWord::Kind::None);
}

TEST_CASE("Wiegand: noise yields a card no oftener than its two bits of parity let it") {
  std::mt19937 chance(26);
  Wiegand reader;
  Millis now = 0;
  int cards = 0;
  for (int n = 0; n < 4000; ++n) {
    std::string bits;
    for (int bit = 0; bit < 26; ++bit) bits += (chance() & 1) != 0 ? '1' : '0';
    if (said(reader, bits, now).kind == WiegandWord::Kind::Card) ++cards;
  }
  CHECK(cards > 800);
  CHECK(cards < 1200);
}

TEST_CASE("a key is told once, when it has been down for 30 ms, and again when it was let go") {
  Pad pad;
  CHECK(pad.hold({{1, 2}}, 30).empty());
  CHECK(pad.hold({{1, 2}}, 500) == "6");
  CHECK(pad.hold({}, 50).empty());
  CHECK(pad.hold({{1, 2}}, 50) == "6");
}

TEST_CASE("all sixteen keys have their place") {
  Pad pad;
  std::string all;
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 4; ++column) {
      all += pad.hold({{row, column}}, 60);
      pad.hold({}, 60);
    }
  }
  CHECK(all == "123A456B789C*0#D");
}

TEST_CASE("a key that bounces is told once, and one that is let go sooner not at all") {
  Pad pad;
  std::string told;
  for (int n = 0; n < 6; ++n) told += pad.hold({{0, 0}}, 5) + pad.hold({}, 5);
  told += pad.hold({{0, 0}}, 100) + pad.hold({}, 100);
  CHECK(told == "1");
  CHECK(pad.hold({{0, 0}}, 25) + pad.hold({}, 100) == "");
}

TEST_CASE("two keys at once are none, nor is what stays down of them") {
  Pad pad;
  CHECK(pad.hold({{0, 0}, {3, 1}}, 100).empty());
  CHECK(pad.hold({{3, 1}}, 100).empty());
  CHECK(pad.hold({}, 100).empty());
  CHECK(pad.hold({{3, 1}}, 100) == "0");
}

TEST_CASE("a loop: closed, open, bridged, cut, and another resistor in it") {
  const SupervisedLoop loop(3300);
  CHECK(loop.stateAt(1650) == LoopState::Closed);
  CHECK(loop.stateAt(2200) == LoopState::Open);
  CHECK(loop.stateAt(0) == LoopState::Shorted);
  CHECK(loop.stateAt(3300) == LoopState::Cut);
  CHECK(loop.stateAt(800) == LoopState::Foreign);
  CHECK(loop.stateAt(2700) == LoopState::Foreign);
}

TEST_CASE("a loop: every voltage at the edges of its bands") {
  const SupervisedLoop loop(1000);
  CHECK(loop.stateAt(99) == LoopState::Shorted);
  CHECK(loop.stateAt(100) == LoopState::Foreign);
  CHECK(loop.stateAt(419) == LoopState::Foreign);
  CHECK(loop.stateAt(420) == LoopState::Closed);
  CHECK(loop.stateAt(579) == LoopState::Closed);
  CHECK(loop.stateAt(580) == LoopState::Open);
  CHECK(loop.stateAt(749) == LoopState::Open);
  CHECK(loop.stateAt(750) == LoopState::Foreign);
  CHECK(loop.stateAt(899) == LoopState::Foreign);
  CHECK(loop.stateAt(900) == LoopState::Cut);
  CHECK_FALSE(isSabotage(LoopState::Closed));
  CHECK_FALSE(isSabotage(LoopState::Open));
  CHECK(isSabotage(LoopState::Shorted));
  CHECK(isSabotage(LoopState::Cut));
  CHECK(isSabotage(LoopState::Foreign));
}

TEST_CASE("a loop: what lasts 200 ms counts, what is shorter does not") {
  SupervisedLoop loop(3300);
  CHECK(loop.read(1650, 0) == LoopState::Closed);
  CHECK(loop.read(3300, 1000) == LoopState::Closed);
  CHECK(loop.read(3300, 1199) == LoopState::Closed);
  CHECK(loop.read(1650, 1200) == LoopState::Closed);
  CHECK(loop.read(3300, 2000) == LoopState::Closed);
  CHECK(loop.read(3300, 2200) == LoopState::Cut);
  CHECK(loop.read(1650, 2300) == LoopState::Cut);
  CHECK(loop.read(1650, 2500) == LoopState::Closed);
}

TEST_CASE("a loop that is cut before the board starts is told as soon as one that is cut later") {
  SupervisedLoop loop(3300);
  CHECK(loop.read(3300, 50) == LoopState::Closed);
  CHECK(loop.read(3300, 250) == LoopState::Cut);
}

TEST_CASE("a PIR says nothing while it warms up, and takes no pulse that is too short") {
  Pir pir(500);
  CHECK(pir.read(true, 1000) == Motion::Unknown);
  CHECK(pir.read(true, 500 + Pir::kWarmup - 1) == Motion::Unknown);
  CHECK(pir.read(true, 500 + Pir::kWarmup) == Motion::Moving);
  CHECK(pir.read(false, 61000) == Motion::Moving);
  CHECK(pir.read(false, 61100) == Motion::Still);
  CHECK(pir.read(true, 62000) == Motion::Still);
  CHECK(pir.read(true, 62099) == Motion::Still);
  CHECK(pir.read(false, 62100) == Motion::Still);
  CHECK(pir.read(true, 400) == Motion::Still);
}
