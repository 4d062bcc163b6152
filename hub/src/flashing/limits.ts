import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';

/** The tool says its version, and asks the internet for a newer one while it does. */
export const VERSION_MS: Millis = MINUTE_MS;
/** The first compilation fetches the ESP32 core, some 300 MB, and a Raspberry Pi compiles for many minutes. */
export const COMPILE_MS: Millis = 60 * MINUTE_MS;
/** An image of 1.9 MB at 115,200 baud takes under three minutes. */
export const UPLOAD_MS: Millis = 10 * MINUTE_MS;
/** A port that is another for a moment after the upload, because the chip itself is the USB device, is tried again. */
export const OPEN_AGAIN_MS: Millis = 500;
export const OPEN_MS: Millis = 15 * SECOND_MS;
/** A board that starts for the first time prepares its store before it listens. */
export const GREET_MS: Millis = 30 * SECOND_MS;
/** A call that nobody answered is made again. */
export const CALL_AGAIN_MS: Millis = 2 * SECOND_MS;
/** So many calls in vain, one after the other, and the board counts as silent. */
export const MOST_CALLS = 5;
/** The hub asks the broker for an identity. */
export const PAIR_MS: Millis = 30 * SECOND_MS;
/** Joining a Wi-Fi: three tries of a board, 15 s each, and some room. */
export const JOIN_MS: Millis = MINUTE_MS;
/** A board looks over all channels in about 3 s. */
export const SCAN_MS: Millis = 15 * SECOND_MS;
/** A person looks the password up. */
export const ASK_MS: Millis = 15 * MINUTE_MS;
/** A board that is in the Wi-Fi reaches the broker within seconds; its back-off between tries grows to 30 s. */
export const FIRST_WORD_MS: Millis = 2 * MINUTE_MS;
/** How often it is asked whether it has spoken. */
export const LISTEN_AGAIN_MS: Millis = SECOND_MS;

/** Networks that are shown, at most. */
export const MOST_NETWORKS = 12;
/** Of what a program said so much is shown, characters. */
export const DETAIL_LENGTH = 1_500;
