export const account = {
  title: 'Your account',
  row: 'Password, PIN, and where you are logged in',
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
