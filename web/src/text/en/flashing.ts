/** A board that is plugged in goes from empty to paired: in the app, and word for word in `npm run flash`. */
export const flash = {
  title: 'Set up a board by cable',
  what: 'An ESP32 that is plugged into the hub: the hub puts our program on it, pairs it and brings it into your Wi-Fi.',
  looking: 'The hub looks at what is plugged in.',
  lookAgain: 'Look again',
  none: 'Nothing is plugged into the hub. Use a cable that carries data and not only power.',
  node: 'Which board is it?',
  nodes: { air: 'Air', motion: 'Motion', door: 'Door', cam: 'Camera' },
  nodeWhat: {
    air: 'Oxygen, carbon monoxide, carbon dioxide, dust; a siren of its own.',
    motion: 'Movement in a room.',
    door: 'A lock, its contact and a keypad.',
    cam: 'Pictures when something moves.',
  },
  port: 'Where is it plugged in?',
  name: 'What do you call it?',
  nameHint: 'For instance: Air board bedroom.',
  nameMissing: 'Give it a name.',
  ssid: 'Name of your Wi-Fi',
  ssidHint: '2.4 GHz: an ESP32 has no other radio. Capitals and small letters count.',
  ssidMissing: 'Write the name, up to 32 letters.',
  password: 'Its password',
  passwordHint: 'The board gets it over the cable. It is written down nowhere else.',
  passwordWrong: 'It has 8 to 64 letters. Leave it empty if the network has none.',
  go: 'Set it up',
  stage: {
    tool: 'Looking for arduino-cli',
    compile: 'Compiling its program',
    upload: 'Putting it on the board',
    greet: 'Waiting until the board answers',
    pair: 'Making its key to the house',
    'hand-over': 'Handing it the key',
    join: 'Joining the Wi-Fi',
    'first-word': 'Waiting for its first word',
  },
  compileLong:
    'The first time this takes long: some 300 MB are fetched, and a small computer compiles for many minutes.',
  mayLeave: 'You may leave this page. The hub goes on.',
  stop: 'Stop',
  wifi: {
    title: 'The board could not join the Wi-Fi',
    seen: 'It sees these networks:',
    unseen: 'It sees no network. Bring it nearer, and look whether your Wi-Fi has 2.4 GHz.',
    again: 'Try this one',
  },
  done: '{name} has spoken.',
  doneWhat: 'It is paired and in your Wi-Fi. You may pull the cable out.',
  failed: 'This did not work',
  stopped: 'It was stopped',
  stoppedWhat: 'A board that was stopped in the middle may hold half a program. Set it up again.',
  said: 'In its own words',
  again: 'Set up a board',
  image: {
    title: 'With another computer',
    what: 'You need not plug it into the hub: Chrome or Edge can write this image to a board (Web Serial), for instance with ESP Web Tools. Choose the image there and write it from address 0. Then open the network that the board makes, and give it your Wi-Fi and its key.',
    save: 'Save the image: {node}',
    manifest: 'Manifest for ESP Web Tools: {node}',
  },
  fail: {
    'tool-missing': {
      why: 'There is no arduino-cli on this machine.',
      next: 'Install it with the line below, then start again.',
    },
    'tool-old': {
      why: 'This arduino-cli is too old.',
      next: 'Homeward needs 1.3.0 or newer. Install it with the line below, then start again.',
    },
    'tool-config': {
      why: 'arduino-cli cannot read or write its own folder.',
      next: 'Run “arduino-cli config dump” as the same user and mend what it says, then start again.',
    },
    'tool-network': {
      why: 'arduino-cli could not reach the internet.',
      next: 'It fetches the ESP32 core once. Connect this machine, then start again.',
    },
    'tool-broken': {
      why: 'arduino-cli answered something that cannot be understood.',
      next: 'Run “arduino-cli version” as the same user. If that works, install the newest one.',
    },
    'node-missing': {
      why: 'The program of that board is not here.',
      next: 'Look for its folder below firmware, or set HOMEWARD_FIRMWARE to where it is.',
    },
    'core-missing': {
      why: 'The ESP32 core for arduino-cli is not there.',
      next: 'Connect this machine to the internet once and start again: it is fetched by itself.',
    },
    'compile-failed': {
      why: 'The program could not be compiled.',
      next: 'If you changed it, mend what the compiler says. If not, take the sketch as it came.',
    },
    'port-gone': {
      why: 'There is no board at that place any more.',
      next: 'Plug it in again, with a cable that carries data, and start again.',
    },
    'port-busy': {
      why: 'Another program has that port open.',
      next: 'Close serial monitors and the Arduino IDE, then start again.',
    },
    'port-forbidden': {
      why: 'This user may not open that port.',
      next: 'Run “sudo usermod -aG dialout USER” with its name, log in anew or restart the hub, then start again.',
    },
    'board-not-ready': {
      why: 'The board did not let itself be programmed.',
      next: 'Hold its BOOT button, press EN (RESET) once, let BOOT go, then start again.',
    },
    'upload-failed': {
      why: 'The program could not be put on the board.',
      next: 'Try another cable and another USB port, then start again.',
    },
    'board-silent': {
      why: 'The board does not answer.',
      next: 'Press its EN (RESET) button, look that nothing else is on the serial pins, then start again.',
    },
    'board-foreign': {
      why: 'What answers is not the program that was put on it.',
      next: 'Look whether the right board is chosen, then start again.',
    },
    'board-refused': {
      why: 'The board could not take its key.',
      next: 'Empty it with “esptool erase-flash”, then start again.',
    },
    unplugged: {
      why: 'The board was unplugged in the middle.',
      next: 'Plug it in again, leave it there until it has spoken, and start again.',
    },
    'not-paired': {
      why: 'The hub could not make a key for it.',
      next: 'Look whether the hub manages its broker and is connected to it, then start again.',
    },
    'wifi-refused': {
      why: 'The board could not join the Wi-Fi.',
      next: 'It has its key already. Find the right name and password, then start again.',
    },
    'no-first-word': {
      why: 'The board is in the Wi-Fi, but the hub has not heard it.',
      next: 'Look whether the board’s network reaches the hub. It stays among the others and may yet come.',
    },
    'too-slow': {
      why: 'That step took far too long.',
      next: 'Look whether this machine is busy or its disk is full, then start again.',
    },
    bug: {
      why: 'Something is broken in Homeward.',
      next: 'It was noted in the log. Start again.',
    },
  },
};

/** A name, the same in every language. */
export const TOOL_NAME = 'arduino-cli';

/** One line for a terminal: where arduino-cli says it is to be had. */
export const INSTALL_TOOL =
  'curl -fsSL https://raw.githubusercontent.com/arduino/arduino-cli/master/install.sh | BINDIR=~/.local/bin sh';
