/** The page around the declaration: who is signed in, language and appearance. */
import type { ConfidentialityDeclaration } from '../src/confidentiality-declaration.ts';
import { declarationTexts } from './declaration-texts.ts';
import { element } from './elements.ts';
import { readHolder } from './holder.ts';
import { preferences } from './preferences.ts';
import { openSession } from './session.ts';
import type { Language } from './texts.ts';

const declaration = element('declaration', HTMLElement) as ConfidentialityDeclaration;
const languages = element('language', HTMLSelectElement);
const themes = element('theme', HTMLSelectElement);
/** What somebody who isn't signed in is told. */
let notice: 'signed_out' | 'expired' | null = null;

const session = openSession(() => {
  signIn();
  show();
});

declaration.addEventListener('token-needed', () => {
  if (session.token !== null) notice = 'expired';
  show();
});
languages.addEventListener('change', () => {
  preferences.language = languages.value as Language;
  show();
});
themes.addEventListener('change', () => {
  preferences.theme = themes.value as typeof preferences.theme;
  show();
});
element('sign-out', HTMLButtonElement).addEventListener('click', () => {
  session.end();
  // A new page has nothing of the old one in its memory.
  location.reload();
});

signIn();
declaration.setAttribute('api-url', element('api-url', HTMLMetaElement).content);
show();

function signIn(): void {
  const { token } = session;
  if (token !== null) declaration.token = token;
  declaration.hidden = token === null;
  notice = token === null ? 'signed_out' : null;
}

function show(): void {
  const { language, theme } = preferences;
  const words = declarationTexts[language];
  const holder = session.token === null ? null : readHolder(session.token);
  const root = document.documentElement;
  root.lang = language;
  root.dataset['theme'] = theme;
  declaration.setAttribute('language', language);
  if (theme === 'auto') declaration.removeAttribute('theme');
  else declaration.setAttribute('theme', theme);
  languages.value = language;
  themes.value = theme;

  for (const place of document.querySelectorAll<HTMLElement>('[data-text]')) {
    place.textContent = words[place.dataset['text'] as keyof typeof words];
  }
  const name = holder?.organisationName ?? '';
  document.title = name === '' ? words.title : `${name} – ${words.title}`;
  element('organisation', HTMLElement).textContent = name;
  element('sign-out', HTMLButtonElement).hidden = holder === null;

  element('notice', HTMLElement).hidden = notice === null;
  if (notice !== null) {
    element('notice-title', HTMLElement).textContent = words[`${notice}_title`];
    element('notice-text', HTMLElement).textContent = words[notice];
  }
}
