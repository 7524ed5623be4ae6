/** What a person does to drafts in Business Central, in the ways that its API has. */
import type { Journal, JournalLine } from '../../adapters/business-central/sandbox/state.ts';
import type { World } from './business-central.ts';

/** The lines of a document, in whichever journals. */
export function linesOf(world: World, documentNumber: string): JournalLine[] {
  return world
    .journals()
    .flatMap(({ lines }) => lines.filter((line) => line.documentNumber === documentNumber));
}

/** A journal of a person's own; made if it isn't there. */
export async function personsJournal(world: World, code = 'REISE'): Promise<Journal> {
  const find = () => world.journals().find((journal) => journal.code === code);
  if (find() === undefined) {
    await world.call('POST', 'journals', { code, displayName: `Journal ${code}` });
  }
  const journal = find();
  if (journal === undefined) throw new Error(`no journal ${code}`);
  return journal;
}

/** Puts copies of lines at the end of a journal. */
export async function copyLines(
  world: World,
  lines: readonly JournalLine[],
  journal: Journal,
  options: { readonly withDimensions?: boolean } = {},
): Promise<void> {
  for (const line of lines) {
    const made = (await world.call('POST', `journals(${journal.id})/journalLines`, {
      accountNumber: line.accountNumber,
      postingDate: line.postingDate,
      documentNumber: line.documentNumber,
      externalDocumentNumber: line.externalDocumentNumber,
      amount: line.amount,
      description: line.description,
    })) as { id: string };
    for (const { code, value } of options.withDimensions === false ? [] : line.dimensions) {
      const set = `journals(${journal.id})/journalLines(${made.id})/dimensionSetLines`;
      await world.call('POST', set, { code, valueCode: value });
    }
  }
}

export async function removeLines(world: World, lines: readonly JournalLine[]): Promise<void> {
  for (const { id } of lines) {
    const journal = world.journals().find((one) => one.lines.some((line) => line.id === id));
    await world.call('DELETE', `journals(${journal?.id ?? ''})/journalLines(${id})`);
  }
}

export async function moveLines(
  world: World,
  lines: readonly JournalLine[],
  journal: Journal,
): Promise<void> {
  await copyLines(world, lines, journal);
  await removeLines(world, lines);
}

export async function editLine(world: World, line: JournalLine, change: object): Promise<void> {
  const journal = world.journals().find((one) => one.lines.some(({ id }) => id === line.id));
  await world.call('PATCH', `journals(${journal?.id ?? ''})/journalLines(${line.id})`, change);
}

export async function postJournal(world: World, journal: Journal): Promise<void> {
  await world.call('POST', `journals(${journal.id})/Microsoft.NAV.post`);
}

/** Reverses what is posted under a document number, by a journal of the person's. */
export async function reverse(world: World, documentNumber: string): Promise<void> {
  const journal = await personsJournal(world, 'TILBAKE');
  const entries = world.sandbox.ledger()[0]?.entries ?? [];
  for (const entry of entries.filter((one) => one.documentNumber === documentNumber)) {
    await world.call('POST', `journals(${journal.id})/journalLines`, {
      accountNumber: entry.accountNumber,
      postingDate: entry.postingDate,
      documentNumber,
      amount: -entry.amount,
    });
  }
  await postJournal(world, journal);
}
