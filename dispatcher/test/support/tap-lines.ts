/** What the lines of one pgTAP file come to. */
export interface TapVerdict {
  readonly passed: number;
  readonly failed: number;
  /** Why the file fails, in the order of its lines; empty if it passes. */
  readonly problems: readonly string[];
}

/**
 * Judges TAP as pgTAP writes it. What is marked TODO or SKIP counts as neither passed nor failed. A
 * file whose assertions all hold fails all the same if it made more or fewer of them than planned,
 * or planned none: an assertion that was never reached promises nothing.
 */
export function judgeTap(lines: readonly string[]): TapVerdict {
  let passed = 0;
  let failed = 0;
  let made = 0;
  const plans: number[] = [];
  const problems: string[] = [];
  let isTellingMore = false;

  for (const line of lines) {
    const plan = /^1\.\.(\d+)/.exec(line);
    const assertion = /^(not )?ok \d+/.exec(line);
    if (plan) {
      plans.push(Number(plan[1]));
    } else if (assertion) {
      made += 1;
      isTellingMore = false;
      if (/# (TODO|SKIP)\b/i.test(line)) continue;
      if (assertion[1] === undefined) {
        passed += 1;
      } else {
        failed += 1;
        problems.push(line);
        isTellingMore = true;
      }
    } else if (isTellingMore && line.startsWith('#')) {
      problems.push(`  ${line}`);
    } else if (line.startsWith('Bail out!')) {
      problems.push(line);
    }
  }

  const [planned] = plans;
  if (planned === undefined) problems.push('has no plan');
  else if (plans.length > 1) problems.push('has more than one plan');
  else if (planned === 0) problems.push('plans no assertion');
  else if (planned !== made) problems.push(`planned ${planned} assertions and made ${made}`);
  // A file without a failed assertion that fails is one failure.
  if (problems.length > 0 && failed === 0) failed = 1;
  return { passed, failed, problems };
}
