/** The page's own words; the panel has its own. */

export type Language = 'nb' | 'en';

const nb = {
  title: 'Krav og regnskap',
  language: 'Språk',
  theme: 'Utseende',
  theme_auto: 'Som enheten',
  theme_light: 'Lyst',
  theme_dark: 'Mørkt',
  sign_out: 'Logg ut',
  signed_out_title: 'Du er ikke logget inn',
  signed_out: 'Åpne denne siden med lenken i appen som kravene kommer fra.',
  expired_title: 'Innloggingen er utløpt',
  expired:
    'Åpne lenken i appen på nytt, gjerne i en annen fane. Denne siden fortsetter da av seg selv, og ' +
    'det du har skrevet, blir stående.',
  send_title: 'Send krav til regnskapet',
  send_choose: 'Krav som ikke er sendt herfra',
  send_all: 'Velg alle',
  send_more: 'Andre krav, etter id',
  send_more_hint: 'Én id per linje.',
  send_wrong: 'Dette er ikke id-er: {wrong}',
  send_none: 'Velg minst ett krav.',
  send_button: 'Send til regnskapet',
} as const;

const en: Readonly<Record<keyof typeof nb, string>> = {
  title: 'Claims and accounting',
  language: 'Language',
  theme: 'Appearance',
  theme_auto: 'As the device',
  theme_light: 'Light',
  theme_dark: 'Dark',
  sign_out: 'Sign out',
  signed_out_title: 'You are not signed in',
  signed_out: 'Open this page by the link in the app that the claims come from.',
  expired_title: 'Your session has ended',
  expired:
    'Open the link in the app again, in another tab if you like. This page then goes on by itself, ' +
    'and what you have typed stays.',
  send_title: 'Send claims to accounting',
  send_choose: 'Claims that were not sent from here',
  send_all: 'Choose all',
  send_more: 'Other claims, by id',
  send_more_hint: 'One id on each line.',
  send_wrong: 'These are no ids: {wrong}',
  send_none: 'Choose at least one claim.',
  send_button: 'Send to accounting',
};

export type Texts = Readonly<Record<keyof typeof nb, string>>;

export const texts: Readonly<Record<Language, Texts>> = { nb, en };
