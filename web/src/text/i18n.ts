import type { Language } from '@homeward/hub/api';
import { createI18n } from 'vue-i18n';
import { en, type Text } from './en.ts';
import { arabicForm, englishForm } from './plural.ts';

export const i18n = createI18n<[Text], Language, false>({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en } as unknown as Record<Language, Text>,
  pluralRules: { en: englishForm, ar: arabicForm },
});

/** Brings a language in when it is first wanted: Arabic comes with its font. */
const loadLanguage = async (language: Language): Promise<void> => {
  if (language === 'en' || i18n.global.availableLocales.includes(language)) return;
  const [{ ar }] = await Promise.all([import('./ar.ts'), import('../theme/arabic.ts')]);
  i18n.global.setLocaleMessage('ar', ar);
};

/** Puts the app and its page into a language and its direction. */
export const speak = async (language: Language): Promise<void> => {
  await loadLanguage(language);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
};
