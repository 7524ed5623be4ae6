/**
 * The mark that a journal bears once its posting may have begun. It stands in Business Central
 * itself, ahead of the post, so that whoever asks later knows of it, whatever was recorded here:
 * posting takes the lines away, and with them what would tell that the run was sent.
 */
import type { Plan } from './plan.ts';
import { journalName } from './records.ts';
import type { Journal } from './records.ts';

/** The name of our journal from when it is about to be posted; a renamed one keeps it. */
export function markedName(code: string, postingDate: string): string {
  return `${journalName(postingDate)}, posting ${code}`;
}

/**
 * Why lines that aren't there may have been posted: our journal has another name than it was made
 * with, or one that was posted has got another code (contract 2.4). Null if we don't post, or it has
 * certainly not begun.
 *
 * @param others the journals that aren't ours
 */
export function postingEvidence(
  plan: Pick<Plan, 'code' | 'postingDate' | 'settings'>,
  journal: Journal | null,
  others: readonly Journal[],
): string | null {
  const { code, postingDate, settings } = plan;
  if (!settings.post_journal || code === null) return null;
  if (journal !== null && journal.displayName !== journalName(postingDate)) {
    return 'posting of the journal may have begun';
  }
  const mark = markedName(code, postingDate);
  const isRenamed = others.some(({ displayName }) => displayName === mark);
  return isRenamed ? 'the journal was posted, and bears another code now' : null;
}
