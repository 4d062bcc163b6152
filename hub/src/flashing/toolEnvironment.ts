/** What other programs are told of the environment: where they find themselves, their files and the way out. */
const PASSED_ON =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|XDG_\w+|ARDUINO_\w+|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|SSL_CERT_\w+)$/;

/**
 * The environment of arduino-cli and all that it starts. Ours may hold the password of a broker, which is no business of
 * theirs. They speak English, because what they say is read.
 */
export function toolEnvironment(
  own: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const passed = Object.entries(own).filter(([name, value]) => value !== undefined && PASSED_ON.test(name));
  return {
    ...(Object.fromEntries(passed) as Record<string, string>),
    LC_ALL: 'C.UTF-8',
    ARDUINO_LOCALE: 'en',
    ARDUINO_UPDATER_ENABLE_NOTIFICATION: 'false',
    NO_COLOR: '1',
  };
}
