/** The examples of docs/api.md: each a request as HTTP, the same in JavaScript, and the answer. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface Example {
  readonly kind: 'example';
  readonly line: number;
  /** What somebody types: method, path, headers, body. */
  readonly http: string;
  readonly js: string;
  /** What comes back: status, headers, body. */
  readonly answer: string;
}

/** What happens between two examples: `<!-- meanwhile: NAME <placeholder> -->`. */
export interface Meanwhile {
  readonly kind: 'meanwhile';
  readonly line: number;
  readonly step: string;
  readonly name: string;
}

/** Reads the page. @throws Error for a block that doesn't belong to an example of three. */
export async function readExamples(): Promise<(Example | Meanwhile)[]> {
  const page = await readFile(
    fileURLToPath(new URL('../../../docs/api.md', import.meta.url)),
    'utf8',
  );
  const found: (Example | Meanwhile)[] = [];
  const open: { language: string; text: string; line: number }[] = [];
  const pattern = /^```(http|js)\n([^]*?)^```$|^<!-- meanwhile: ([a-z]+)(?: (<[a-z ]+>))? -->$/gm;
  for (const match of page.matchAll(pattern)) {
    const line = page.slice(0, match.index).split('\n').length;
    const [, language, text = '', step, name = ''] = match;
    if (step !== undefined) found.push({ kind: 'meanwhile', line, step, name });
    if (language === undefined) continue;
    open.push({ language, text, line });
    if (open.length < 3) continue;
    const [http, js, answer] = open.splice(0);
    if (http?.language !== 'http' || js?.language !== 'js' || answer?.language !== 'http') {
      throw new Error(`docs/api.md:${line}: an example is http, js, http`);
    }
    const texts = { http: http.text, js: js.text, answer: answer.text };
    found.push({ kind: 'example', line: http.line, ...texts });
  }
  if (open.length > 0) throw new Error('docs/api.md: the last example is not whole');
  return found;
}

export interface Message {
  readonly start: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request or an answer as it is written: first line, headers, blank line, body. */
export function parseMessage(text: string): Message {
  const [head = '', ...rest] = text.trimEnd().split('\n\n');
  const [start = '', ...lines] = head.split('\n');
  const headers = lines.map((line) => line.split(/:\s*/, 2) as [string, string]);
  return { start, headers: Object.fromEntries(headers), body: rest.join('\n\n') };
}

/**
 * What the placeholders `<…>` of the page stand for. The first answer that has one tells; afterwards it
 * has to be the same. `<time>` and `<hash>` are told apart by their form alone.
 */
export class Placeholders {
  readonly #values = new Map<string, string>();

  set(name: string, value: string): void {
    this.#values.set(name, value);
  }

  get(name: string): string {
    return this.#values.get(name) ?? name;
  }

  fill(text: string): string {
    return text.replace(/<[a-z][a-z ]*>/g, (name) => this.get(name));
  }

  /** The expectation, with its placeholders replaced by what is there, where that fits. */
  expectation(wanted: unknown, actual: unknown): unknown {
    if (typeof wanted === 'string') return this.#text(wanted, actual);
    if (Array.isArray(wanted)) {
      const items: readonly unknown[] = Array.isArray(actual) ? actual : [];
      return wanted.map((item, index) => this.expectation(item, items[index]));
    }
    if (typeof wanted !== 'object' || wanted === null) return wanted;
    const fields = typeof actual === 'object' && actual !== null ? actual : {};
    return Object.fromEntries(
      Object.entries(wanted).map(([key, value]) => {
        const name = this.fill(key);
        return [name, this.expectation(value, (fields as Record<string, unknown>)[name])];
      }),
    );
  }

  #text(wanted: string, actual: unknown): unknown {
    if (typeof actual === 'string') {
      if (wanted === '<time>') return isTime.test(actual) ? actual : wanted;
      if (wanted === '<hash>') return /^[0-9a-f]{64}$/.test(actual) ? actual : wanted;
      if (/^<[a-z][a-z ]*>$/.test(wanted) && !this.#values.has(wanted)) {
        this.#values.set(wanted, actual);
      }
    }
    return this.fill(wanted).replace(/<time>/g, () => isTime.exec(String(actual))?.[0] ?? '<time>');
  }
}

const isTime = /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)/;
