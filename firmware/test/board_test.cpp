#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <string>

#include "HomewardCore.h"

using namespace homeward;

TEST_CASE("settings come back as they were kept") {
  const Settings settings = {CoStandard::Us, 60, 123456789, true, 4000000000u};
  uint8_t bytes[kSettingsSize];
  writeSettings(settings, bytes);
  Settings back;
  REQUIRE(readSettings(bytes, sizeof bytes, back));
  CHECK(back.standard == CoStandard::Us);
  CHECK(back.reportS == 60);
  CHECK(back.doseShare == 123456789);
  CHECK(back.doseWasFull);
  CHECK(back.counter == 4000000000u);
}

TEST_CASE("any flipped bit of kept settings is found, and the defaults hold") {
  uint8_t bytes[kSettingsSize];
  writeSettings({CoStandard::Us, 60, 5, false, 7}, bytes);
  for (size_t bit = 0; bit < 8 * kSettingsSize; ++bit) {
    bytes[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    Settings back;
    back.counter = 99;
    CHECK_FALSE(readSettings(bytes, sizeof bytes, back));
    CHECK(back.counter == 0);
    CHECK(back.reportS == 30);
    bytes[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
  }
}

TEST_CASE("settings out of bounds are refused, whole as they may be") {
  const auto refused = [](Settings settings) {
    uint8_t bytes[kSettingsSize];
    writeSettings(settings, bytes);
    Settings back;
    return !readSettings(bytes, sizeof bytes, back);
  };
  CHECK(refused({CoStandard::En, 4, 0, false, 0}));
  CHECK(refused({CoStandard::En, 3601, 0, false, 0}));
  CHECK(refused({CoStandard::En, 30, CoDose::kFull + 1, false, 0}));
  CHECK(refused({static_cast<CoStandard>(2), 30, 0, false, 0}));
  CHECK_FALSE(refused({CoStandard::En, 5, CoDose::kFull, true, 0}));
  CHECK_FALSE(refused({CoStandard::En, 3600, 0, false, 0}));
  uint8_t bytes[kSettingsSize];
  writeSettings({}, bytes);
  bytes[8] = 2;
  const uint32_t sum = crc32(bytes, 13);
  for (int n = 0; n < 4; ++n) bytes[13 + n] = static_cast<uint8_t>(sum >> (8 * n));
  Settings back;
  CHECK_FALSE(readSettings(bytes, sizeof bytes, back));
  CHECK_FALSE(readSettings(bytes, sizeof bytes - 1, back));
  CHECK_FALSE(readSettings(nullptr, 0, back));
}

TEST_CASE("the checksum is the usual one") {
  CHECK(crc32(reinterpret_cast<const uint8_t*>("123456789"), 9) == 0xCBF43926u);
}

TEST_CASE("CO-1 a dose is kept every minute, on a change over 0.05, and when it fills or ends") {
  DoseKeeper keeper;
  CHECK_FALSE(keeper.isDue(CoDose(), 0));
  CHECK_FALSE(keeper.isDue(CoDose(1000), 59999));
  CHECK(keeper.isDue(CoDose(1000), 60000));
  CHECK_FALSE(keeper.isDue(CoDose(1000), 120000));
  CHECK_FALSE(keeper.isDue(CoDose(1000 + CoDose::kFull / 20), 120001));
  CHECK(keeper.isDue(CoDose(1001 + CoDose::kFull / 20), 120002));
  CHECK(keeper.isDue(CoDose(CoDose::kFull), 120003));
  CHECK(keeper.isDue(CoDose(CoDose::kFull - 1), 120004));
  CHECK(keeper.isDue(CoDose(0), 120005));
  CHECK(keeper.isDue(CoDose(CoDose::kFull - 1, true), 120006));
  CHECK(keeper.isDue(CoDose(CoDose::kFull - 1, false), 120007));
  CHECK(keeper.isDue(CoDose(CoDose::kFull - 2, true), 120008));
  DoseKeeper little;
  CHECK(little.isDue(CoDose(1000), 60000));
  CHECK(little.isDue(CoDose(0), 60001));
}

TEST_CASE("JSON is written with its commas, escapes and digits") {
  char out[256];
  JsonWriter json(out, sizeof out);
  json.open().word("name", "a\"b\\c\n").number("seq", 4294967295u).number("zero", 0).flag("on", true).flag("off", false);
  json.openList("ids").word("x").word("y").closeList().open("sub").decimal("o2", 20.85f, 1).decimal("t", -3.14159f, 2);
  json.close().decimal("whole", 5.0f, 0).decimal("many", 1.0006f, 9).close();
  CHECK(json.isWhole());
  CHECK(std::string(json.text()) ==
        "{\"name\":\"a\\\"b\\\\c\\u000a\",\"seq\":4294967295,\"zero\":0,\"on\":true,\"off\":false,\"ids\":[\"x\",\"y\"],"
        "\"sub\":{\"o2\":20.9,\"t\":-3.14},\"whole\":5,\"many\":1.001}");
  CHECK(json.length() == std::strlen(json.text()));
}

TEST_CASE("AIR-3 a number that is none is written as null, and nothing as minus zero") {
  char out[128];
  JsonWriter json(out, sizeof out);
  json.open().decimal("a", NAN, 1).decimal("b", INFINITY, 1).decimal("c", -INFINITY, 1).decimal("d", 5e6f, 1);
  json.decimal("e", -0.01f, 1).close();
  CHECK(std::string(json.text()) == "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":0.0}");
}

TEST_CASE("JSON that does not fit is not whole, and stays in its room") {
  for (size_t size = 0; size < 12; ++size) {
    char out[16];
    std::memset(out, 'x', sizeof out);
    JsonWriter json(out, size);
    json.open().word("k", "val").close();
    CHECK_FALSE(json.isWhole());
    CHECK(out[size] == 'x');
  }
  char out[12];
  JsonWriter json(out, sizeof out);
  json.open().word("k", "val").close();
  CHECK(json.isWhole());
}

TEST_CASE("ARC-2 an alarm is said again every second until the hub has it") {
  AlarmOutbox outbox;
  CHECK(outbox.due(0) == nullptr);
  CHECK(outbox.add("smoke", 1.0f, 7, 0));
  const OpenAlarm* const said = outbox.due(0);
  REQUIRE(said != nullptr);
  CHECK(std::string(said->entity) == "smoke");
  CHECK(said->seq == 7);
  CHECK(outbox.due(999) == nullptr);
  CHECK(outbox.due(1000) != nullptr);
  outbox.acknowledge(false, 7);
  outbox.acknowledge(true, 6);
  CHECK(outbox.open() == 1);
  outbox.acknowledge(true, 7);
  CHECK(outbox.open() == 0);
  CHECK(outbox.due(5000) == nullptr);
}

TEST_CASE("the newest word of an entity takes the place of the older one; an old answer does not end it") {
  AlarmOutbox outbox;
  outbox.add("smoke", 1.0f, 1, 0);
  outbox.add("co", 1.0f, 2, 0);
  outbox.add("smoke", 0.0f, 3, 10);
  CHECK(outbox.open() == 2);
  outbox.acknowledge(true, 1);
  CHECK(outbox.open() == 2);
  CHECK(outbox.due(10)->seq == 2);
  CHECK(outbox.due(10)->seq == 3);
  CHECK(outbox.due(10) == nullptr);
}

TEST_CASE("when the broker is back all open alarms are said at once") {
  AlarmOutbox outbox;
  outbox.add("a", 1.0f, 1, 0);
  outbox.add("b", 1.0f, 2, 0);
  outbox.due(0);
  outbox.due(0);
  CHECK(outbox.due(10) == nullptr);
  outbox.hurry();
  CHECK(outbox.due(10)->seq == 1);
  CHECK(outbox.due(10)->seq == 2);
  CHECK(outbox.due(10) == nullptr);
}

TEST_CASE("more entities than places: the oldest gives way, and it is said") {
  AlarmOutbox outbox;
  const char* const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
  for (uint32_t n = 0; n < AlarmOutbox::kPlaces; ++n) CHECK(outbox.add(names[n], 1.0f, n, 0));
  CHECK_FALSE(outbox.add(names[8], 1.0f, 8, 0));
  CHECK(outbox.open() == AlarmOutbox::kPlaces);
  CHECK(outbox.due(0)->seq == 1);
}

TEST_CASE("1.5 entry beeps once a second and faster in the last 10 s, ends by itself, without the hub") {
  Countdown countdown;
  CHECK_FALSE(countdown.isBeeping(0));
  countdown.start(30 * kSecond, 0);
  int slow = 0;
  int fast = 0;
  bool was = false;
  for (Millis now = 0; now < 40 * kSecond; ++now) {
    const bool is = countdown.isBeeping(now);
    if (is && !was) ++(now < 20 * kSecond ? slow : fast);
    was = is;
  }
  CHECK(slow == 20);
  CHECK(fast == 20);
  CHECK(countdown.left(30 * kSecond) == 0);
}

TEST_CASE("a countdown stops when it is told to, is bounded, and 0 is none") {
  Countdown countdown;
  countdown.start(UINT32_MAX, 100);
  CHECK(countdown.left(100) == Countdown::kLongest);
  countdown.stop();
  CHECK(countdown.left(101) == 0);
  countdown.start(0, 0);
  CHECK_FALSE(countdown.isBeeping(0));
}

TEST_CASE("a PIN is typed, begun anew, entered and wiped") {
  Keypad keypad;
  char pin[Keypad::kMost + 1];
  CHECK(keypad.press('#', 0) == KeyEvent::None);
  CHECK(keypad.press('9', 0) == KeyEvent::Digit);
  CHECK(keypad.press('*', 1) == KeyEvent::Cleared);
  CHECK(keypad.press('A', 1) == KeyEvent::None);
  CHECK(keypad.press('/', 1) == KeyEvent::None);
  for (const char key : {'7', '3', '9', '1', '6', '4'}) CHECK(keypad.press(key, 2) == KeyEvent::Digit);
  CHECK(keypad.press('#', 3) == KeyEvent::Entered);
  keypad.take(pin);
  CHECK(std::string(pin) == "739164");
  CHECK(keypad.digits() == 0);
  keypad.take(pin);
  CHECK(std::string(pin).empty());
}

TEST_CASE("half a PIN is forgotten after 10 s, one that is too long at once, one that nobody took with the next key") {
  Keypad keypad;
  keypad.press('1', 0);
  CHECK_FALSE(keypad.forget(9999));
  CHECK(keypad.forget(10000));
  CHECK_FALSE(keypad.forget(10001));
  for (int n = 0; n < Keypad::kMost; ++n) keypad.press('5', 0);
  CHECK(keypad.press('5', 0) == KeyEvent::TooLong);
  CHECK(keypad.digits() == 0);
  keypad.press('1', 0);
  keypad.press('#', 0);
  CHECK(keypad.press('2', 1) == KeyEvent::Digit);
  CHECK(keypad.digits() == 1);
}
