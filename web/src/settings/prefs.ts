import type { Language } from '@homeward/hub/api';
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { speak } from '../text/i18n.ts';

export type Theme = 'system' | 'light' | 'dark';

/** The number that every phone in the EU and most of the world passes on to help. Source: ETSI TS 122 101. */
const EMERGENCY = '112';
const KEYS = {
  language: 'homeward.language',
  theme: 'homeward.theme',
  emergency: 'homeward.emergency',
} as const;

const isLanguage = (word: string | null): word is Language => word === 'en' || word === 'ar';
const isTheme = (word: string | null): word is Theme =>
  word === 'system' || word === 'light' || word === 'dark';

const stored = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

const store = (key: string, word: string): void => {
  try {
    localStorage.setItem(key, word);
  } catch {
    // a browser that keeps nothing: the choice holds until the page is closed
  }
};

const firstLanguage = (): Language => {
  const chosen = stored(KEYS.language);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.some((one) => one.startsWith('ar')) ? 'ar' : 'en';
};

const showTheme = (theme: Theme): void => {
  const { classList } = document.documentElement;
  classList.toggle('ion-palette-dark', theme === 'dark');
  classList.toggle('ion-palette-light', theme === 'light');
};

/** What this screen looks like and speaks. Kept on this screen only. */
export const usePrefs = defineStore('prefs', () => {
  const chosenTheme = stored(KEYS.theme);
  const language = ref<Language>(firstLanguage());
  const languageIsChosen = ref(isLanguage(stored(KEYS.language)));
  const theme = ref<Theme>(isTheme(chosenTheme) ? chosenTheme : 'system');
  const emergencyNumber = ref(stored(KEYS.emergency) || EMERGENCY);

  const chooseLanguage = async (next: Language): Promise<void> => {
    languageIsChosen.value = true;
    store(KEYS.language, next);
    await useLanguage(next);
  };

  /** The person's language at the hub, unless this screen has one of its own. */
  const useLanguage = async (next: Language): Promise<void> => {
    language.value = next;
    await speak(next);
  };

  const chooseEmergencyNumber = (digits: string): void => {
    const kept = digits.replace(/[^\d+*#]/g, '');
    emergencyNumber.value = kept || EMERGENCY;
    store(KEYS.emergency, kept);
  };

  watch(theme, (next) => {
    showTheme(next);
    store(KEYS.theme, next);
  });
  showTheme(theme.value);

  return {
    language,
    languageIsChosen,
    theme,
    emergencyNumber,
    chooseLanguage,
    useLanguage,
    chooseEmergencyNumber,
  };
});
