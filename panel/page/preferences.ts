/** Language and appearance: as the browser has them until somebody chooses. */
import type { Language } from './texts.ts';

export type Theme = 'auto' | 'light' | 'dark';

const LANGUAGE = 'accounting-export.language';
const THEME = 'accounting-export.theme';

export const preferences = {
  get language(): Language {
    const chosen = localStorage.getItem(LANGUAGE);
    if (chosen === 'nb' || chosen === 'en') return chosen;
    return /^(nb|nn|no)\b/i.test(navigator.language) ? 'nb' : 'en';
  },
  set language(language: Language) {
    localStorage.setItem(LANGUAGE, language);
  },
  get theme(): Theme {
    const chosen = localStorage.getItem(THEME);
    return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
  },
  set theme(theme: Theme) {
    localStorage.setItem(THEME, theme);
  },
};
