export const role = {
  owner: 'Owner',
  adult: 'Adult',
  child: 'Child',
  guest: 'Guest',
  installer: 'Installer',
  panel: 'Panel',
};

export const roleWhat = {
  owner: 'May do everything: also people, limits and the journal.',
  adult: 'Lives here: sees everything of the day, answers alarms and switches things.',
  child: 'Lives here: sees how the house is, and changes nothing.',
  guest: 'Sees whether the house is safe and what alarms there are.',
  installer:
    'Sets sensors and boards up for a while. Sees no past, no journal and nobody’s comings and goings.',
  panel: 'A tablet or keypad on the wall. It has keys, and shows nothing.',
};

export const household = {
  title: 'People',
  row: 'Who belongs to the house, and who is invited',
  people: 'In this house',
  you: 'this is you',
  since: 'Since {time}',
  seen: 'last here {age}',
  notIn: 'not logged in anywhere',
  ends: 'Access ends {time}',
  ended: 'Access ended {time}',
  role: 'What may they do?',
  access: 'How long do they have access?',
  lasts: { ever: 'Until you end it', same: 'As it is' },
  change: 'Role and access',
  changeWhat: 'They are logged out everywhere by this, and their open invitations end.',
  save: 'Change it',
  saved: 'Changed.',
  gone: 'Nobody of that name is here',
  goneWhat: 'Perhaps they were removed meanwhile.',
  removeTitle: 'Remove from the house',
  removeWhat:
    'They are logged out everywhere at once, and what they invited ends. What they did stays in the journal.',
  remove: 'Remove',
  removeAsk: 'Remove {name} from this house? They come back only by a new invitation.',
  removeYes: 'Yes, remove',
  keep: 'Keep',
};

export const invite = {
  button: 'Invite somebody',
  title: 'Invite somebody into the house',
  name: 'Who is it?',
  nameHint: 'A name, so that you know whose invitation it is. They may choose another.',
  nameMissing: 'Write a name.',
  valid: 'How long does the link work?',
  validHint: 'It works once. A short time is safer.',
  go: 'Make the link',
  leave: 'Not now',
  shown: 'The way in for {name}',
  once: 'Let them scan this, or send them the link. It is shown this once and works once.',
  until: 'It works until {time}.',
  onlyHere:
    'You opened the app on the hub itself, so this link works only there. To invite another phone, open the app by the hub’s address on the home network first.',
  qr: 'QR code of the link, for the camera of their phone',
  link: 'Link',
  trust: 'Their phone must be on the home network. It may ask first whether it trusts this hub.',
  done: 'Done',
  openTitle: 'Open invitations',
  open: '{role}, invited by {name}. Works until {time}.',
  withdraw: 'Withdraw',
  withdrawAsk: 'Withdraw the invitation for {name}? The link stops working at once.',
  keep: 'Keep',
};

export const join = {
  title: 'You are invited',
  by: '{name} invites you into this house. You will be: {role}.',
  until: 'Your access ends {time}.',
  device: 'What do you call this phone or computer?',
  deviceHint: 'So that you know it again in the list of where you are logged in. May stay empty.',
  go: 'Come in',
  over: 'This invitation does not work any more',
  overWhat:
    'It was used or withdrawn, its time is over, or the link is not whole. Ask whoever invited you for a new one.',
  isIn: 'You are logged in here as {name}. An invitation is for somebody new: log out first to take it up.',
  stay: 'Stay as I am',
};

export const roles = {
  title: 'Who may do what',
  row: 'What an owner, an adult, a child or a guest may do',
  what: 'This is fixed. It cannot be changed for one person; give them another role instead.',
  may: 'May',
  yes: 'yes',
  no: 'no',
  again: 'Asks for the password once more',
};

export const mayNot = {
  title: 'That is not open to you',
  for: 'This page is to {right}.',
  only: 'Who may: {who}.',
  you: 'You are here as: {role}.',
  ask: 'An owner of this house can give you another role.',
  home: 'To the front page',
};

/** What each right lets somebody do, after "may". */
export const right = {
  own: {
    session: 'use an account of their own',
    entry: 'change how they log in',
    name: 'change their name and language',
    passkeys: 'add or remove a passkey',
    pin: 'have a PIN',
    consent: 'say what they agree to',
  },
  house: { see: 'see how the house is' },
  presence: { see: 'see who is at home and what is guarded' },
  alarms: {
    see: 'see alarms',
    past: 'look at past alarms',
    acknowledge: 'take an alarm on',
    hush: 'silence an alarm',
    restore: 'bring an alarm back that was put aside',
    shelve: 'put an alarm aside or out of service',
  },
  air: {
    see: 'see how the air is judged',
    calibrate: 'calibrate a sensor',
    limits: 'change or try out the limits of the air',
  },
  devices: {
    see: 'see sensors, boards and lamps',
    command: 'switch things',
    upkeep: 'note the upkeep of a sensor',
    change: 'rename, move or correct sensors and boards',
    pair: 'bring new sensors and boards in',
    flash: 'set up boards that are plugged into the hub',
    remove: 'remove sensors and boards',
  },
  cameras: { see: 'see pictures of cameras' },
  history: {
    see: 'see past readings',
    export: 'take past readings out as a file',
    change: 'change or bring in past readings',
  },
  responses: {
    see: 'see what the house does by itself',
    change: 'change what the house does by itself',
  },
  readiness: { see: 'see what is proven and what is weak', prove: 'test the sirens' },
  journal: { see: 'read the journal', export: 'take the journal out as a file' },
  passes: { see: 'see the passes of guests', manage: 'give guests a pass or take it back' },
  people: {
    see: 'see the people of the house',
    oversee: 'see where others are logged in, and who is invited',
    manage: 'invite, change or remove people',
  },
};
