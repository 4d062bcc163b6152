// Says in plain words that Node is too old. Old syntax only, and nothing imported but what an old Node knows too:
// a newer word here and an old Node would answer with a syntax error instead.

/** Oldest Node that Homeward runs on: major, minor. Also in package.json, "engines". */
export var OLDEST = [20, 20];

export function isNewEnough(version) {
  var parts = version.split('.').map(Number);
  return parts[0] > OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] >= OLDEST[1]);
}

export function describeTooOld(version) {
  return (
    'Homeward needs Node.js ' +
    OLDEST.join('.') +
    ' or newer; this is Node.js ' +
    version +
    '.\n' +
    'Get version 22 or 24 from https://nodejs.org/en/download and try again.'
  );
}

/** Answers whether to go on. If not, it has said why and set the exit code. */
export function checkNode(version) {
  if (isNewEnough(version)) return true;
  console.error(describeTooOld(version));
  process.exitCode = 1;
  return false;
}
