#include <doctest/doctest.h>

#include <string>

#include "HomewardCore.h"

using namespace homeward;

namespace {

/** A door and its contacts, turn by turn. */
struct Leafed {
  Door door;
  Millis now = 0;
  bool open = false;
  bool home = true;
  bool leaving = false;

  explicit Leafed(DoorParts parts, Millis pulse = LockPulse::kCeiling) : door(parts, pulse) { see(); }
  void see() { door.see(open, home, leaving, now); }
  void run(Millis span) {
    for (const Millis end = now + span; now != end;) {
      now += 10;
      see();
    }
  }
  void unlock() {
    door.unlock(now);
    see();
  }
};

constexpr DoorParts kPlain = {false, false};
constexpr DoorParts kFull = {true, true};

}  // namespace

TEST_CASE("ACC-8 the strike opens for its pulse, at most 5 s, and lets go by itself") {
  for (const Millis pulse : {Millis(1000), Millis(5000), Millis(60000)}) {
    Leafed it(kPlain, pulse);
    CHECK_FALSE(it.door.isStrikeOpen());
    it.unlock();
    CHECK(it.door.lockState() == LockState::Unlocked);
    const Millis most = pulse < 5000 ? pulse : 5000;
    it.run(most - 10);
    CHECK(it.door.isStrikeOpen());
    it.run(10);
    CHECK_FALSE(it.door.isStrikeOpen());
    CHECK(it.door.lockState() == LockState::Locked);
  }
}

TEST_CASE("ACC-8 a row of commands holds no door open, and a word locks it at once") {
  Leafed it(kPlain);
  it.unlock();
  for (int n = 0; n < 4; ++n) {
    it.run(1000);
    it.unlock();
  }
  CHECK(it.door.isStrikeOpen());
  it.run(1000);
  CHECK_FALSE(it.door.isStrikeOpen());
  it.unlock();
  it.door.lock();
  it.see();
  CHECK_FALSE(it.door.isStrikeOpen());
}

TEST_CASE("ACC-8 it locks again as soon as the door was closed: one opening a pulse") {
  Leafed it(kPlain);
  it.unlock();
  it.run(500);
  it.open = true;
  it.run(500);
  CHECK(it.door.isStrikeOpen());
  CHECK(it.door.isOpen());
  it.open = false;
  it.run(10);
  CHECK_FALSE(it.door.isStrikeOpen());
  CHECK(it.door.lockState() == LockState::Locked);
}

TEST_CASE("ACC-8 a door that is open for 30 s is held, until it is closed") {
  Leafed it(kPlain);
  it.unlock();
  it.open = true;
  it.see();
  it.run(29990);
  CHECK_FALSE(it.door.isHeld());
  it.run(10);
  CHECK(it.door.isHeld());
  it.open = false;
  it.run(10);
  CHECK_FALSE(it.door.isHeld());
}

TEST_CASE("ACC-8 opened by neither the strike nor the handle inside is forced, until it is closed") {
  Leafed it(kFull);
  it.run(60000);
  it.open = true;
  it.home = false;
  it.run(10);
  CHECK(it.door.isForced());
  it.run(5000);
  CHECK(it.door.isForced());
  it.open = false;
  it.run(10);
  CHECK_FALSE(it.door.isForced());
}

TEST_CASE("opened by the strike, shortly after it, or from inside is not forced; without an exit contact nothing is") {
  SUBCASE("while the strike is open") {
    Leafed it(kFull);
    it.unlock();
    it.open = true;
    it.run(10);
    CHECK_FALSE(it.door.isForced());
  }
  SUBCASE("shortly after it") {
    Leafed it(kFull);
    it.unlock();
    it.run(5000 + Door::kRightFor - 30);
    it.open = true;
    it.run(10);
    CHECK_FALSE(it.door.isForced());
  }
  SUBCASE("too late after it") {
    Leafed it(kFull);
    it.unlock();
    it.run(5000 + Door::kRightFor + 10);
    it.open = true;
    it.run(10);
    CHECK(it.door.isForced());
  }
  SUBCASE("from inside") {
    Leafed it(kFull);
    it.run(60000);
    it.leaving = true;
    it.run(100);
    it.leaving = false;
    it.open = true;
    it.run(10);
    CHECK_FALSE(it.door.isForced());
  }
  SUBCASE("nobody knows") {
    Leafed it(kPlain);
    it.run(60000);
    it.open = true;
    it.run(10);
    CHECK_FALSE(it.door.isForced());
  }
}

TEST_CASE("ACC-8 a bolt that does not come home in 3 s is jammed; one that does, or an open door, is not") {
  Leafed it(kFull);
  it.unlock();
  it.home = false;
  it.run(4990);
  CHECK(it.door.lockState() == LockState::Unlocked);
  it.run(10 + Door::kHomeIn - 10);
  CHECK(it.door.lockState() == LockState::Unlocked);
  it.run(10);
  CHECK(it.door.lockState() == LockState::Jammed);
  it.home = true;
  it.run(10);
  CHECK(it.door.lockState() == LockState::Locked);
  it.home = false;
  it.open = true;
  it.run(10000);
  CHECK(it.door.lockState() == LockState::Unlocked);
}

TEST_CASE("a lock that is believed without a bolt contact is never jammed; its states have Home Assistant's words") {
  Leafed it(kPlain);
  it.home = false;
  it.run(60000);
  CHECK(it.door.lockState() == LockState::Locked);
  CHECK(std::string(wordOf(LockState::Locked)) == "LOCKED");
  CHECK(std::string(wordOf(LockState::Unlocked)) == "UNLOCKED");
  CHECK(std::string(wordOf(LockState::Jammed)) == "JAMMED");
}
