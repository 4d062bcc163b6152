// A board of Homeward on this machine: the same core, real time or faster, a real broker. See firmware/README.md.
#include <csignal>
#include <thread>

#include "bench.h"
#include "board_clock.h"
#include "broker_link.h"
#include "host_board.h"
#include "options.h"
#include "said.h"
#include "script.h"

namespace {

volatile std::sig_atomic_t ends = 0;

void onSignal(int) { ends = 1; }

/** Behind by more than this it was asleep, ms of the board: what was missed is not made up for. */
constexpr homeward::Millis kAsleep = 10 * homeward::kSecond;

/** The safety task: a turn every 10 ms of the board's clock. */
void live(Bench& bench, HostBoard& board, Script& script, const BoardClock& clock) {
  homeward::Millis turn = 0;
  while (ends == 0) {
    const homeward::Millis now = clock.now();
    if (now - turn > kAsleep) turn = now;
    for (; turn <= now; turn += homeward::Node::kTurn) {
      board.at(turn);
      for (Happening happening; script.next(turn, happening);) {
        if (happening.what == "end") return;
        if (!bench.happen(happening, turn)) said("%u line_unknown %s", turn, happening.what.c_str());
      }
      bench.feed(turn);
      bench.node().turn(turn);
      bench.watch(turn);
    }
    std::this_thread::sleep_for(clock.real(homeward::Node::kTurn / 2));
  }
}

}  // namespace

int main(int count, char** words) {
  std::signal(SIGTERM, onSignal);
  std::signal(SIGINT, onSignal);
  const Options options = readOptions(count, words);
  Script script(options.script);
  HostBoard board(options.settings);
  const BoardClock clock(options.speed);
  Bench bench(options, board);
  bench.node().begin(0);
  said("0 boot %s", bench.node().boot());
  BrokerLink link(bench.node(), options, clock);
  link.start();
  live(bench, board, script, clock);
  said("%u end", clock.now());
  return 0;
}
