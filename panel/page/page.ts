/** The page around the panel: who is signed in, language and appearance, and claims to send. */
import type { ExportHistory } from '../src/export-history.ts';
import { openClaimsForm } from './claims-form.ts';
import { element } from './elements.ts';
import { readHolder } from './holder.ts';
import { preferences } from './preferences.ts';
import { openSession } from './session.ts';
import { texts, type Language } from './texts.ts';

const panel = element('panel', HTMLElement) as ExportHistory;
const languages = element('language', HTMLSelectElement);
const themes = element('theme', HTMLSelectElement);
/** What the panel was asked to export last. */
let asked: readonly string[] = [];
/** What somebody who isn't signed in is told. */
let notice: 'signed_out' | 'expired' | null = null;

const session = openSession(() => {
  signIn();
  show();
});
const form = openClaimsForm((ids) => {
  asked = ids;
  void panel.exportClaims([...ids]);
});

panel.addEventListener('token-needed', () => {
  if (session.token !== null) notice = 'expired';
  show();
});
panel.addEventListener('export-requested', () => {
  session.keepClaims(session.claims.filter(({ id }) => !asked.includes(id)));
  form.clear();
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
panel.setAttribute('api-url', element('api-url', HTMLMetaElement).content);
show();

function signIn(): void {
  const { token } = session;
  if (token !== null) panel.token = token;
  panel.hidden = token === null;
  notice = token === null ? 'signed_out' : null;
}

function show(): void {
  const { language, theme } = preferences;
  const words = texts[language];
  const holder = session.token === null ? null : readHolder(session.token);
  const root = document.documentElement;
  root.lang = language;
  root.dataset['theme'] = theme;
  panel.setAttribute('language', language);
  if (theme === 'auto') panel.removeAttribute('theme');
  else panel.setAttribute('theme', theme);
  languages.value = language;
  themes.value = theme;

  for (const place of document.querySelectorAll<HTMLElement>('[data-text]')) {
    place.textContent = words[place.dataset['text'] as keyof typeof words];
  }
  const name = holder?.organisationName ?? '';
  document.title = name === '' ? words.title : `${name} – ${words.title}`;
  element('organisation', HTMLElement).textContent = name;
  element('sign-out', HTMLButtonElement).hidden = holder === null;
  // What an auditor may only read, the API refuses to change; here it isn't even offered.
  element('send-section', HTMLElement).hidden = holder?.role !== 'coordinator';
  form.show(session.claims, words);

  element('notice', HTMLElement).hidden = notice === null;
  if (notice !== null) {
    element('notice-title', HTMLElement).textContent = words[`${notice}_title`];
    element('notice-text', HTMLElement).textContent = words[notice];
  }
}
