/** Reads journals that this run wasn't sent to: another run's, or a person's. */
import type { Api } from './api.ts';
import { filtersOf, journalRow, lineRow, LINES, literal } from './records.ts';
import type { Journal, JournalLine } from './records.ts';
import type { Settings } from './settings.ts';

/** All journals of our template, whoever made them. */
export function readJournals(api: Api, settings: Settings): Promise<Journal[]> {
  const template = settings.journal_template;
  return api.list(
    'journals',
    {
      $select: 'id,code,displayName',
      ...(template === undefined ? {} : { $filter: `templateDisplayName eq ${literal(template)}` }),
    },
    journalRow,
  );
}

/**
 * The lines of some documents in some journals, by journal id. They are looked for by their external
 * document number as well, which stays when a person renumbers documents.
 *
 * A read of all lines at once isn't given (contract 2.2), so each journal is asked.
 */
export async function readLinesAcross(
  api: Api,
  journals: readonly Journal[],
  documents: readonly string[],
): Promise<Map<string, JournalLine[]>> {
  const filters = [
    ...filtersOf('documentNumber', documents),
    ...filtersOf('externalDocumentNumber', documents),
  ];
  const lists = await api.listAll(
    journals.flatMap(({ id }) =>
      filters.map(($filter) => ({
        path: `journals(${id})/journalLines`,
        query: { ...LINES, $filter },
      })),
    ),
    lineRow,
  );
  return new Map(
    journals.map(({ id }, index) => {
      const own = lists.slice(index * filters.length, (index + 1) * filters.length).flat();
      // One that bears both numbers comes twice.
      return [id, [...new Map(own.map((line) => [line.id, line])).values()]];
    }),
  );
}
