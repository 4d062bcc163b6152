/** The certificates of the hub. */
export const trust = {
  title: 'Certificate trust',
  row: 'So that phones and browsers know this hub for certain',
  what: 'The hub vouches for itself: no company stands between it and you. Each phone and browser is told once that it may be trusted.',
  reached: {
    title: 'How you reached this page',
    secure: 'Encrypted, and this browser trusts the hub.',
    secureNext: 'Nothing to do here.',
    here: 'On the hub itself, without encryption.',
    hereNext: 'Nothing leaves this machine. Phones and other screens need the steps below.',
  },
  steps: {
    title: 'Add a phone or browser',
    scan: 'Scan this with the phone, in the home network.',
    code: 'Where a phone learns to trust the hub, as a QR code',
    address: 'Address of the hub',
    open: 'Or type this address:',
    others: 'It also answers at',
    save: 'Save the certificate',
    profile: 'Profile for iPhone and iPad',
    page: 'Steps for each kind of phone and browser',
    compare: 'Before you trust it, compare this with what the phone shows. Every pair must be the same.',
    none: 'The hub listens to this machine only: nothing else can reach it.',
  },
  print: 'Fingerprint (SHA-256)',
  authority: {
    title: 'What you trust',
    name: 'Name',
    valid: 'Good until',
    gone: 'The certificate of the hub cannot be read. Look at the hub’s log for how to mend it.',
  },
  certificate: {
    title: 'What the hub shows',
    names: 'Names',
    addresses: 'Addresses',
    valid: 'Good from {from} until {until}.',
    renewed:
      'The hub renews it by itself, 30 days before its end and when its addresses change. What you trust stays the same.',
    ended: 'It has ended. Look at the hub’s clock and its log.',
    gone: 'The hub has no certificate to show now: nothing else can reach it.',
  },
};
