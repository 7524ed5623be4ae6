/** What tap's own reporters don't do without a terminal: a line per file, and what failed in it. */

const longestDiagnosis = 40;

/** Reads the TAP of all files as it comes: files at the top level, their assertions indented. */
export class TapReport {
  readonly #print: (line: string) => void;
  /** Of the file under way. */
  #failures: string[] = [];
  #diagnosisLeft = 0;
  #sum = '';

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  take(line: string): void {
    const file = /^(not )?ok \d+ - (.*?)(?: # time=(\S+).*)?$/.exec(line);
    if (file !== null) {
      const [, isBad, name, time] = file;
      this.#print(
        `${isBad === undefined ? 'ok  ' : 'FAIL'} ${name ?? ''}  ${time ?? ''}`.trimEnd(),
      );
      if (isBad !== undefined) for (const failure of this.#failures) this.#print(failure);
      this.#failures = [];
      this.#diagnosisLeft = 0;
      return;
    }
    if (/^# \{ total: \d+/.test(line)) this.#sum = line;
    if (/^\s+not ok /.test(line)) {
      this.#diagnosisLeft = longestDiagnosis;
    } else if (/^\s*(ok \d|# Subtest|1\.\.)/.test(line)) {
      this.#diagnosisLeft = 0;
    }
    if (this.#diagnosisLeft > 0) {
      this.#failures.push(line);
      this.#diagnosisLeft -= 1;
    }
  }

  /** A file that crashed or hung has no failed assertion to count: the exit code tells. */
  count(exitCode: number | null): { passed: number; failed: number } {
    const figure = (name: string): number =>
      Number(new RegExp(`\\b${name}: (\\d+)`).exec(this.#sum)?.[1] ?? 0);
    const isWhole = exitCode === 0 && this.#sum !== '';
    return { passed: figure('pass'), failed: Math.max(figure('fail'), isWhole ? 0 : 1) };
  }
}
