/** How a system learns to trust the hub's certificate, step by step. */
export type System = {
  readonly id: 'android' | 'apple' | 'windows' | 'mac' | 'linux' | 'firefox';
  readonly name: string;
  readonly steps: readonly string[];
};

/** All that stands on the page for those who come without encryption, in one language. */
export type TrustText = {
  readonly direction: 'ltr' | 'rtl';
  /** The way to the other language, written in that language. */
  readonly other: { readonly language: 'en' | 'ar'; readonly name: string };
  readonly title: string;
  readonly running: string;
  readonly openAt: string;
  /** The same for one who could have it here too. */
  readonly appIsAt: string;
  readonly noEncryption: string;
  readonly test: string;
  readonly looking: readonly [word: string, sentence: string];
  readonly trusted: readonly [word: string, sentence: string];
  readonly notYet: readonly [word: string, sentence: string];
  readonly silent: readonly [word: string, sentence: string];
  readonly noScript: string;
  readonly passedWarning: string;
  readonly what: string;
  readonly whatIs: readonly string[];
  readonly compare: string;
  readonly compareHow: string;
  readonly windowsName: string;
  readonly get: string;
  readonly certificate: string;
  readonly profile: string;
  readonly how: string;
  readonly systems: readonly System[];
  readonly undo: string;
};

const en: TrustText = {
  direction: 'ltr',
  other: { language: 'ar', name: 'العربية' },
  title: 'Trust this hub',
  running: 'Homeward is running',
  openAt: 'This address is not encrypted, so the app is not served here. Open it at',
  appIsAt: 'From other machines in the house the app opens at',
  noEncryption:
    'This address is not encrypted, so the app is not served here. The encrypted one is closed: the certificate of this hub is damaged. ' +
    'The house is watched all the same. On the machine itself the app opens as before, and what the hub says at its start names the way out.',
  test: 'Does this browser trust the hub?',
  looking: ['Looking', 'One moment.'],
  trusted: ['Trusted', 'The encrypted address opens here.'],
  notYet: [
    'Not yet',
    'This browser does not know the certificate of this hub. Follow the steps below; this answer changes by itself.',
  ],
  silent: ['No answer', 'The hub cannot be heard just now.'],
  noScript:
    'This browser runs no scripts, so it cannot look by itself. Open the address above: without a warning it is trusted.',
  passedWarning:
    'Whoever once passed the warning of a browser by “continue anyway” reads “Trusted” too. The app opens then, but it cannot be installed.',
  what: 'What this is about',
  whatIs: [
    'An encrypted connection needs a certificate: the proof that it is your hub that answers. Nobody gives one to an address inside a home, so this hub made an authority of its own when it first started.',
    'Until you have installed it, your browser warns. That is right: it cannot know your hub.',
    'This authority can vouch for names and addresses of a home only, never for a bank or a shop. Its key stays on the hub.',
  ],
  compare: 'First compare',
  compareHow:
    'This page could have been changed on its way. The same fingerprint stands in what the hub prints at its start, and in the settings of the app on a device that trusts the hub already. If one letter differs, install nothing: somebody stands between you and the hub.',
  windowsName: 'SHA-1, which Windows calls thumbprint',
  get: 'Then get it',
  certificate: 'Certificate',
  profile: 'Profile for iPhone and iPad',
  how: 'And install it',
  systems: [
    {
      id: 'android',
      name: 'Android',
      steps: [
        'Get the certificate.',
        'Open Settings and search for “CA certificate”. On most phones it is under Security, Encryption and credentials, Install a certificate.',
        'Choose CA certificate, then Install anyway, then the file homeward-ca.crt.',
        'Android says that the network may be monitored. It says so of every certificate that a person installs. Firefox on Android ignores it: use Chrome.',
      ],
    },
    {
      id: 'apple',
      name: 'iPhone and iPad',
      steps: [
        'Open this page in Safari, get the profile and allow it.',
        'Open Settings, Profile Downloaded, Install. It is called “not signed”: the fingerprint above is its proof.',
        'Open Settings, General, About, Certificate Trust Settings, and turn on full trust for Homeward. Without this step nothing changes.',
      ],
    },
    {
      id: 'windows',
      name: 'Windows',
      steps: [
        'Get the certificate and open it. Choose Install Certificate, Current User.',
        'Choose “Place all certificates in the following store”, Browse, Trusted Root Certification Authorities.',
        'Windows shows the thumbprint: compare it, then say yes. Start the browser anew.',
      ],
    },
    {
      id: 'mac',
      name: 'Mac',
      steps: [
        'Get the certificate and open it: Keychain Access takes it in.',
        'Double-click Homeward there, open Trust, and choose Always Trust.',
        'Close the window, confirm with your password, and start the browser anew.',
      ],
    },
    {
      id: 'linux',
      name: 'Chrome on Linux',
      steps: [
        'Get the certificate.',
        'Open chrome://certificate-manager, then Local certificates, Custom, Installed by you, Trusted certificates, Import.',
      ],
    },
    {
      id: 'firefox',
      name: 'Firefox on a computer',
      steps: [
        'Get the certificate. Firefox has a list of its own.',
        'Open Settings, Privacy and Security, Certificates, View Certificates, Authorities, Import.',
        'Choose the file, and tick “Trust this CA to identify websites”.',
      ],
    },
  ],
  undo: 'To undo it, remove Homeward in the same place.',
};

const ar: TrustText = {
  direction: 'rtl',
  other: { language: 'en', name: 'English' },
  title: 'الوثوق بهذا المركز',
  running: 'Homeward يعمل',
  openAt: 'هذا العنوان غير مشفّر، لذلك لا يُعرض التطبيق هنا. افتحوه على',
  appIsAt: 'من الأجهزة الأخرى في البيت يُفتح التطبيق على',
  noEncryption:
    'هذا العنوان غير مشفّر، لذلك لا يُعرض التطبيق هنا. والعنوان المشفّر مغلق لأن شهادة هذا المركز تالفة. ' +
    'البيت مراقَب رغم ذلك. على الجهاز نفسه يُفتح التطبيق كما كان، وما يقوله المركز عند بدء تشغيله يبيّن الحل.',
  test: 'هل يثق هذا المتصفّح بالمركز؟',
  looking: ['نتحقّق', 'لحظة واحدة.'],
  trusted: ['موثوق', 'العنوان المشفّر يُفتح من هنا.'],
  notYet: [
    'ليس بعد',
    'لا يعرف هذا المتصفّح شهادة المركز. اتّبعوا الخطوات أدناه، وسيتغيّر هذا الجواب من تلقاء نفسه.',
  ],
  silent: ['لا جواب', 'لا نسمع المركز الآن.'],
  noScript:
    'هذا المتصفّح لا يشغّل البرامج النصية فلا يستطيع التحقّق بنفسه. افتحوا العنوان أعلاه: إن فُتح بلا تحذير فهو موثوق.',
  passedWarning:
    'من تجاوز تحذير المتصفّح مرّة باختيار «المتابعة على أي حال» يقرأ «موثوق» أيضًا. يُفتح التطبيق عندئذ، لكن لا يمكن تثبيته.',
  what: 'ما الأمر',
  whatIs: [
    'يحتاج الاتصال المشفّر إلى شهادة تثبت أن مركزكم هو الذي يجيب. لا أحد يمنح شهادة لعنوان داخل بيت، لذلك أنشأ هذا المركز سلطة شهادات خاصّة به عند أوّل تشغيل.',
    'إلى أن تثبّتوها يحذّركم المتصفّح، وهو على حق: فهو لا يعرف مركزكم.',
    'لا تستطيع هذه السلطة أن تشهد إلا لأسماء البيت وعناوينه، لا لمصرف ولا لمتجر. ويبقى مفتاحها في المركز.',
  ],
  compare: 'قارنوا أوّلًا',
  compareHow:
    'قد تكون هذه الصفحة تغيّرت في طريقها إليكم. البصمة نفسها يطبعها المركز عند بدء تشغيله، وهي في إعدادات التطبيق على جهاز يثق بالمركز من قبل. إن اختلف حرف واحد فلا تثبّتوا شيئًا: فهناك من يقف بينكم وبين المركز.',
  windowsName: 'SHA-1، ويسمّيها Windows بصمة الإبهام (thumbprint)',
  get: 'ثم نزّلوها',
  certificate: 'الشهادة',
  profile: 'ملف التعريف لأجهزة iPhone وiPad',
  how: 'وثبّتوها',
  systems: [
    {
      id: 'android',
      name: 'Android',
      steps: [
        'نزّلوا الشهادة.',
        'افتحوا الإعدادات وابحثوا عن «شهادة CA». في أكثر الهواتف تجدونها في: الأمان، التشفير وبيانات الاعتماد، تثبيت شهادة.',
        'اختاروا «شهادة CA» ثم «التثبيت على أي حال» ثم الملف homeward-ca.crt.',
        'يقول Android إن الشبكة قد تكون مراقَبة. يقول ذلك عن كل شهادة يثبّتها شخص. أمّا Firefox على Android فيتجاهلها: استعملوا Chrome.',
      ],
    },
    {
      id: 'apple',
      name: 'iPhone وiPad',
      steps: [
        'افتحوا هذه الصفحة في Safari ونزّلوا ملف التعريف واسمحوا به.',
        'افتحوا الإعدادات، «تم تنزيل ملف التعريف»، «تثبيت». سيوصف بأنه «غير موقَّع»: البصمة أعلاه هي دليله.',
        'افتحوا الإعدادات، «عام»، «حول»، «إعدادات الثقة بالشهادات»، وفعّلوا الثقة الكاملة لـ Homeward. بلا هذه الخطوة لا يتغيّر شيء.',
      ],
    },
    {
      id: 'windows',
      name: 'Windows',
      steps: [
        'نزّلوا الشهادة وافتحوها. اختاروا «تثبيت الشهادة» ثم «المستخدم الحالي».',
        'اختاروا «وضع كافة الشهادات في المخزن التالي» ثم «استعراض» ثم «المراجع المصدقة الجذرية الموثوق بها».',
        'يعرض Windows بصمة الإبهام: قارنوها ثم وافقوا. أعيدوا تشغيل المتصفّح.',
      ],
    },
    {
      id: 'mac',
      name: 'Mac',
      steps: [
        'نزّلوا الشهادة وافتحوها فتدخل في «الوصول إلى سلسلة المفاتيح».',
        'انقروا Homeward هناك نقرتين، وافتحوا «الثقة» واختاروا «الوثوق دائمًا».',
        'أغلقوا النافذة وأكّدوا بكلمة السر، ثم أعيدوا تشغيل المتصفّح.',
      ],
    },
    {
      id: 'linux',
      name: 'Chrome على Linux',
      steps: [
        'نزّلوا الشهادة.',
        'افتحوا chrome://certificate-manager ثم الشهادات المحلية، مخصّصة، المثبّتة من قِبلكم، الشهادات الموثوقة، استيراد.',
      ],
    },
    {
      id: 'firefox',
      name: 'Firefox على حاسوب',
      steps: [
        'نزّلوا الشهادة. لدى Firefox قائمة خاصّة به.',
        'افتحوا الإعدادات، الخصوصية والأمان، الشهادات، عرض الشهادات، السلطات، استيراد.',
        'اختاروا الملف وفعّلوا «الوثوق بهذه السلطة لتعريف مواقع الويب».',
      ],
    },
  ],
  undo: 'للتراجع احذفوا Homeward من المكان نفسه.',
};

export const TRUST_TEXTS = { en, ar } as const;
export type TrustLanguage = keyof typeof TRUST_TEXTS;
