/** The words of the driver's page; the component has its own. */
import { texts as shared, type Language } from './texts.ts';

const nb = {
  ...shared.nb,
  title: 'For sjåfører',
  signed_out: 'Åpne denne siden med lenken i appen som du fører turene dine i.',
} as const;

const en = {
  ...shared.en,
  title: 'For drivers',
  signed_out: 'Open this page by the link in the app that you record your trips in.',
} as const;

export const declarationTexts = { nb, en } as const satisfies Readonly<
  Record<Language, Readonly<Record<string, string>>>
>;
