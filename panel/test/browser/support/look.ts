/** Looks at a state as it is: with axe in both languages, light and dark, and narrow; and pictures. */
import { createRequire } from 'node:module';

import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';

import { texts, type Language } from '../../../page/texts.ts';
import { wordsOf } from '../../../src/words/words.ts';
import { picture } from './picture.ts';
import { NARROWEST, type Visit } from './visit.ts';

const { source: axeSource } = createRequire(import.meta.url)('axe-core') as { source: string };

const PHONE = { width: 360, height: 740 };

/**
 * Holds a state against what holds for all: no violation of WCAG 2.2 AA or of axe's best practices
 * in either language and either scheme, no word of the other language and no key without its words,
 * nothing that scrolls sideways on a phone. Leaves pictures in panel/screenshots.
 */
export async function look(t: Test, visit: Visit, state: string): Promise<void> {
  const { page } = visit;
  const size = page.viewportSize() ?? PHONE;
  const own = visit.language;
  const both: readonly Language[] = own === 'nb' ? ['en', 'nb'] : ['nb', 'en'];
  for (const language of both) {
    if (language !== (await languageOf(page))) await speak(page, language);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      t.same(await violations(page), [], `${state}: axe, ${language}, ${colorScheme}`);
      if (language === own) await picture(page, `${state}-${colorScheme}`);
    }
    t.same(wrongWords(await textOf(page), language), [], `${state}: the words, ${language}`);
    for (const width of [NARROWEST, PHONE.width]) {
      await page.setViewportSize({ width, height: PHONE.height });
      t.same(await tooWide(page), [], `${state}: ${width} px wide, ${language}`);
    }
    if (language === own) {
      t.same(await violations(page), [], `${state}: axe on a phone`);
      await picture(page, `${state}-phone`);
    }
    await page.setViewportSize(size);
  }
}

/** What axe finds, in short. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const options: RunOptions = {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  };
  const results = await page.evaluate(
    (given) =>
      (window as unknown as { axe: { run(on: Document, o: object): Promise<AxeResults> } }).axe.run(
        document,
        given,
      ),
    options,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 150)} ${node.failureSummary ?? ''}`),
  );
}

/** Changes the language as a person would, also while a dialog lies above the choice. */
async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate((value) => {
    const choice = document.querySelector<HTMLSelectElement>('#language');
    if (choice === null) return;
    choice.value = value;
    choice.dispatchEvent(new Event('change'));
  }, language);
  const told = page.locator(`.panel[lang="${language}"], export-history[hidden]`).first();
  await told.waitFor({ state: 'attached' });
}

function languageOf(page: Page): Promise<string> {
  return page.evaluate(() => document.documentElement.lang);
}

/** What can be read: the page's text and the panel's. */
async function textOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const panel = document.querySelector('export-history')?.shadowRoot?.querySelector('.panel');
    return `${document.body.innerText}\n${panel instanceof HTMLElement ? panel.innerText : ''}`;
  });
}

/** Sentences of the other language, keys and values that were not made into words. */
function wrongWords(text: string, language: Language): string[] {
  const other = language === 'nb' ? 'en' : 'nb';
  const ours = new Set([...sentences(wordsOf(language)), ...Object.values(texts[language])]);
  const theirs = [...sentences(wordsOf(other)), ...Object.values(texts[other])].filter(
    (sentence) => sentence.length > 6 && !ours.has(sentence),
  );
  const lines = text.split('\n').map((line) => line.trim());
  return [
    ...lines.filter((line) => theirs.includes(line)),
    ...(text.match(/\b(undefined|null|NaN|Invalid Date|\[object \w+\]|[a-z]+(_[a-z]+)+)\b/g) ?? []),
  ];
}

function sentences(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words !== 'object' || words === null) return [];
  return Object.values(words).flatMap(sentences);
}

/** What makes the page, or a dialog, scroll sideways. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const dialog = document.querySelector('export-history')?.shadowRoot?.querySelector('dialog');
    const wide = [document.documentElement, ...(dialog?.open === true ? [dialog] : [])]
      .filter((one) => one.scrollWidth > one.clientWidth)
      .map((one) => `${one.localName}: ${one.scrollWidth} in ${one.clientWidth}`);
    if (wide.length === 0) return [];
    const all = [document, document.querySelector('export-history')?.shadowRoot].flatMap((root) =>
      root === null || root === undefined ? [] : [...root.querySelectorAll('*')],
    );
    const culprits = all.filter((one) => one.getBoundingClientRect().right > innerWidth);
    return [...wide, ...culprits.map((one) => one.outerHTML.slice(0, 99))];
  });
}
