/** How `npm run declaration -- preview` shows a declaration: in text, and as a page of its own. */
import { createHash } from 'node:crypto';

import type { Sample } from './declaration-queries.ts';

/** For whoever reads the page: a board, not an operator. */
const words = {
  en: {
    title: 'Confidentiality declaration',
    note: 'A preview with an invented name. Nothing here was signed off or acknowledged by being shown.',
    version: 'Version',
    state: 'State',
    way: 'Way of acknowledging',
    placeholders: 'Filled in here',
    hash: 'SHA-256 of the text',
  },
  nb: {
    title: 'Taushetserklæring',
    note: 'En forhåndsvisning med oppdiktet navn. Ingenting er godkjent eller bekreftet ved å bli vist.',
    version: 'Versjon',
    state: 'Status',
    way: 'Måte å bekrefte på',
    placeholders: 'Fylt inn her',
    hash: 'SHA-256 av teksten',
  },
  nn: {
    title: 'Teiepliktserklæring',
    note: 'Ei førehandsvising med oppdikta namn. Ingenting er godkjent eller stadfesta ved å bli vist.',
    version: 'Versjon',
    state: 'Status',
    way: 'Måte å stadfeste på',
    placeholders: 'Fylt inn her',
    hash: 'SHA-256 av teksten',
  },
} as const;

const style = `
  body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 sans-serif; }
  main { border: 1px solid; padding: 0 1.5rem; }
  dt { font-weight: bold; }
  dd { margin: 0; overflow-wrap: anywhere; }
  @media print { body { margin: 0 auto; } }
`;

/** As text for a terminal. */
export function describeSample(sample: Sample): string {
  const { organisation, language, version, state, content, bodySha256 } = sample;
  const unused = sample.knownPlaceholders.filter((name) => !(name in sample.placeholders));
  return [
    `${oneLine(organisation)}: version ${String(version)} (${language}), ${state}`,
    `way of acknowledging: ${sample.wayOfAcknowledging ?? 'not said'}`,
    `sha256 of the text: ${bodySha256}`,
    `placeholders: ${placeholderList(sample).map(oneLine).join(', ') || 'none'}`,
    `not used: ${unused.map((name) => `{{${name}}}`).join(', ') || 'none'}`,
    ...(sample.problems.length > 0
      ? [`to be mended before it can be signed off: ${sample.problems.map(oneLine).join(', ')}`]
      : []),
    '',
    '-----',
    content.split('\n').map(oneLine).join('\n'),
    '-----',
  ].join('\n');
}

/** A whole HTML page: no script, nothing from elsewhere, and a policy that says so. */
export function pageOf(sample: Sample): string {
  const { organisation, language, version, state } = sample;
  const said = words[language in words ? (language as keyof typeof words) : 'en'];
  const facts = [
    [said.version, `${String(version)} (${language})`],
    [said.state, state],
    [said.way, sample.wayOfAcknowledging ?? '–'],
    [said.placeholders, placeholderList(sample).join(', ') || '–'],
    [said.hash, sample.bodySha256],
  ] as const;
  const styleHash = createHash('sha256').update(style).digest('base64');
  return `<!doctype html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(`${said.title}: ${organisation}`)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escape(said.title)}</h1>
<p>${escape(organisation)}</p>
<p>${escape(said.note)}</p>
<main>
${sample.contentHtml}
</main>
<dl>
${facts.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('\n')}
</dl>
</body>
</html>
`;
}

/** What came from people, on one line and without what moves a terminal's cursor. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

function placeholderList({ placeholders }: Sample): string[] {
  return Object.entries(placeholders).map(([name, value]) => `{{${name}}} = ${value}`);
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
