export const account = {
  title: 'Your account',
  row: 'Name, password, PIN, and where you are logged in',
  language: 'Language the hub writes to you in',
  languageHint: 'What this screen speaks is chosen in the settings.',
  password: 'Your password',
  passwordHint: 'Once more, so that nobody else changes this on your open phone.',
};

export const advice = {
  empty: 'At least 8 characters; 15 or more are better. A short sentence is good, and you may paste one.',
  short: 'At least 8 characters, please. A short sentence is good.',
  name: 'Your name in it is the first that somebody would try.',
  fair: 'That will do. A whole sentence of 15 characters or more is much harder to guess.',
  long: 'Good: that is long.',
};

export const password = {
  title: 'Password',
  now: 'Password so far',
  next: 'New password',
  endOthers: 'End everywhere else',
  endOthersWhat: 'Whoever is logged in as you on another phone or computer is out at once.',
  save: 'Change it',
  saved: 'Changed.',
};

export const proof = {
  title: 'Is it still you?',
  what: 'This takes more than an open phone. Give your password once more; then nothing asks for 15 minutes.',
  go: 'It is me',
  leave: 'Leave it',
};

export const pin = {
  title: 'PIN',
  what: 'For the door and the guard. Both are chosen together; whatever you had before ends.',
  pin: 'New PIN',
  hint: '6 to 12 digits that only you know. No birthday, no 123456.',
  duress: 'PIN for an emergency, if you want one',
  duressHint:
    'Should anybody force you: this one does all that the other does, looks the same, and calls for help in silence. Differ in more than one digit. Leave it empty for none. Nothing here tells later whether you have one.',
  save: 'Choose them',
  saved: 'Chosen.',
};

export const refused = {
  guessable: 'That is among the first that somebody would try. Choose another.',
  oneSlip: 'That is one slip away from the other. Choose one that you cannot mistype.',
};

export const second = {
  title: 'Authenticator app',
  what: 'A login can ask for a code of an app on your phone beside the password. Who learns your password alone does not get in. Adding or removing the app logs you out everywhere else.',
  add: 'Add an authenticator app',
  begin: 'Go on',
  scan: 'Scan this with the app',
  scanWhat: 'It is shown this once. Whoever has it can make your codes.',
  qr: 'QR code for the authenticator app',
  orType: 'Or type this into it:',
  secret: 'Secret for the app',
  code: 'The six digits that the app shows now',
  codeHint: 'They prove that it works. Only then does a login ask for them.',
  codeMissing: 'Six digits, please.',
  prove: 'It shows this',
  codes: 'Recovery codes',
  codesWhat:
    'Put them where you find them without your phone. Each lets you in once in the place of the app. They are shown this once.',
  codesDone: 'I have put them down',
  since: 'A login asks for a code, since {time}.',
  left: 'One recovery code is left. | {n} recovery codes are left.',
  draw: 'New recovery codes',
  drawWhat: 'The ones you have stop working.',
  remove: 'Remove the app',
  removeWhat: 'From then on a login asks for the password alone.',
  ofTitle: 'How they log in',
  ofNone: 'Their login asks for no code of an authenticator app.',
  ofWhat:
    'Their login asks for a code. If they lost their phone and their recovery codes, remove it; they can add another.',
  ofAsk: 'Remove the authenticator app of {name}? Be sure that it is they who ask for it.',
  ofYes: 'Yes, remove it',
};

export const consent = {
  title: 'What you agreed to',
  of: 'What was agreed to for {name}',
  purpose: { face: 'To be known by my face at the door' },
  none: 'Not agreed to. Nothing of it is kept.',
  guardian: 'For a child an owner of the house agrees.',
  give: 'I agree',
  given: '{purpose}: agreed to {time}, text {version}. It ends {end} at the latest.',
  givenBy: '{purpose}: agreed to by {name} {time}, text {version}. It ends {end} at the latest.',
  withdraw: 'Withdraw',
  withdrawAsk: 'Agree no more? What was kept because of it is deleted.',
  withdrawYes: 'Yes, withdraw',
  keep: 'Keep',
  past: 'What counts no more',
  over: 'Over: {time}.',
  withdrawn: 'Withdrawn {time}.',
};

export const passkey = {
  title: 'Passkeys',
  what: 'Your phone, computer or a key on your key ring can let you in without a password: by your finger, your face or its own PIN. Nothing of that reaches the hub. Adding or removing a passkey logs you out everywhere else.',
  name: 'What is it?',
  nameHint: 'So that you know it again: my phone, the blue key.',
  add: 'Add a passkey',
  rename: 'Rename',
  since: 'since {time}, for {host}',
  unused: 'never used yet',
  synced: 'Its maker keeps it on your other phones and computers too.',
  removeAsk: 'Remove {name}? It lets you in no more. Remove it from the phone or key itself, too.',
  not: {
    address:
      'Not on this page: it was opened by an address of numbers, and a passkey belongs to a name. Open the hub by its name over https.',
    insecure:
      'Not on this page: the connection is not trusted yet. Let this phone or computer trust the hub first.',
    browser: 'This browser knows no passkeys.',
  },
  stop: {
    there: 'This phone or key has a passkey for you already.',
    failed: 'The browser could not use a passkey. Please try again.',
  },
  logIn: 'Log in with a passkey',
  ofRemove: 'Remove their passkeys',
  ofRemoved: 'Their passkeys are removed.',
  ofAsk: 'Remove all passkeys of {name}? For a phone or key that was lost.',
};

export const session = {
  title: 'Where you are logged in',
  what: 'Do you not know one of these? End it, then choose a new password.',
  of: 'Where {name} is logged in',
  none: 'Nowhere at the moment.',
  called: '{name}',
  browserOn: '{browser} on {system}',
  unknown: 'An app or a program',
  here: 'What you use now',
  since: 'Since {time}',
  used: 'used {age}',
  ends: 'Ends {time} if nobody uses it',
  end: 'End it',
  endAsk: 'End this one? Whoever uses it is out at once.',
  keep: 'Keep',
  endOthers: 'End all others',
  endOthersAsk: 'End all but what you use now? Whoever uses them is out at once.',
  endOthersYes: 'Yes, end the others',
  endAllOf: 'End all of them',
  endAllOfAsk: 'Log {name} out everywhere? For a phone that was lost.',
  endAllOfYes: 'Yes, end all',
};
