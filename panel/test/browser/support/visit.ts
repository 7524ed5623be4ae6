/** A person in front of the panel: a tab of their own, and all that went wrong in it. */
import type { BrowserContext, Page } from 'playwright-core';
import type { Test } from 'tap';

import type { ClaimInput } from '../../../../dispatcher/test/support/two-organisations.ts';
import { writeLink } from '../../../page/link.ts';
import { texts, type Language, type Texts } from '../../../page/texts.ts';
import { wordsOf, type Words } from '../../../src/words/words.ts';
import { picture } from './picture.ts';
import type { PanelWorld, Place } from './world.ts';

export interface Person {
  readonly place: Place;
  /** Default `coordinator`. */
  readonly role?: string;
  /** Default `kari`. */
  readonly subject?: string;
  /** Seconds; default one hour. */
  readonly expiresIn?: number;
}

export interface VisitOptions extends Person {
  /** The claims that the link brings. */
  readonly claims?: readonly ClaimInput[];
  /** Default `nb`. */
  readonly language?: Language;
  readonly width?: number;
  /** Done before the page is opened. */
  readonly before?: (visit: Visit) => Promise<void>;
  /** Requests fail in this scenario, and the browser says so on its console. */
  readonly hasFailingRequests?: boolean;
}

export interface Visit {
  readonly world: PanelWorld;
  readonly context: BrowserContext;
  readonly page: Page;
  /** The panel's and the page's words in the language of the visit. */
  readonly words: Words;
  readonly texts: Texts;
  readonly language: Language;
}

/** The width of a phone in the hand: what WCAG asks for, and most phones are wider. */
export const NARROWEST = 320;
const HEIGHT = 900;

/** What signs a person in. */
export async function linkFor(
  world: PanelWorld,
  person: Person,
  claims: readonly ClaimInput[] = [],
): Promise<string> {
  const token = await world.api.token({
    role: 'authenticated',
    organisationId: person.place.id,
    organisationName: person.place.prefix,
    appRole: person.role ?? 'coordinator',
    subject: person.subject ?? 'kari',
    expiresInSeconds: person.expiresIn ?? 3600,
  });
  return world.panelUrl + writeLink(token, claims);
}

/**
 * A scenario in a browser context of its own, somewhere in America: the title is the promise.
 * Whatever the page throws, logs as an error, or does against its policy fails it.
 */
export async function scenario(
  t: Test,
  world: PanelWorld,
  title: string,
  options: VisitOptions,
  play: (t: Test, visit: Visit) => Promise<void>,
): Promise<void> {
  await t.test(title, async (t) => {
    const language = options.language ?? 'nb';
    const context = await world.browser.newContext({
      locale: language === 'nb' ? 'nb-NO' : 'en-GB',
      timezoneId: 'America/New_York',
      viewport: { width: options.width ?? 1100, height: HEIGHT },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    t.teardown(() => context.close());
    context.setDefaultTimeout(20_000);
    const problems: string[] = [];
    await watch(context, problems, options.hasFailingRequests === true);
    const page = await context.newPage();
    const visit: Visit = {
      world,
      context,
      page,
      words: wordsOf(language),
      texts: texts[language],
      language,
    };
    await options.before?.(visit);
    await page.goto(await linkFor(world, options, options.claims));
    try {
      await play(t, visit);
    } catch (error) {
      // What there was to see instead.
      await picture(page, 'failed');
      throw error;
    }
    t.same(problems, [], 'the page threw nothing, and did nothing that its policy forbids');
  });
}

async function watch(context: BrowserContext, problems: string[], mayFail: boolean): Promise<void> {
  await context.exposeFunction('tellViolation', (text: string) => {
    problems.push(`policy: ${text}`);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const told = `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`;
      void (window as unknown as { tellViolation(text: string): void }).tellViolation(told);
    });
  });
  context.on('weberror', (error) => problems.push(`thrown: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const text = message.text();
    if (mayFail && /^Failed to load resource|CORS policy/.test(text)) return;
    problems.push(`console: ${text}`);
  });
}
