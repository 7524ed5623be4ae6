/** Looks for marks in everything that a database holds, in the forms in which they may be there. */
import type pg from 'pg';

/**
 * The tables, sequences aside, of all schemas but Postgres' own, that hold one of the marks: plain, in
 * JSON's and CSV's ways of writing it, with its letters decomposed, in bytes, whatever its case.
 */
export async function placesOf(pool: pg.Pool, marks: readonly string[]): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select c.oid::regclass::text as name
       from pg_catalog.pg_class as c
       join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm')
        and n.nspname not in ('pg_catalog', 'information_schema')
        and n.nspname not like 'pg\\_%'
      order by 1`,
  );
  const forms = marks.map((mark) => ({ mark, forms: formsOf(mark) }));
  const places = new Set<string>();
  for (const { name } of tables) {
    const { rows } = await pool.query<Record<string, unknown>>(`select * from ${name}`);
    for (const [column, value] of rows.flatMap((row) => Object.entries(row))) {
      const text = textOf(value).toLowerCase();
      for (const one of forms) {
        if (one.forms.some((form) => text.includes(form))) {
          places.add(`${name}.${column}: ${one.mark}`);
        }
      }
    }
  }
  return [...places];
}

function textOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function formsOf(mark: string): string[] {
  const json = JSON.stringify(mark).slice(1, -1);
  const ascii = json.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const plain = [mark, json, JSON.stringify(json).slice(1, -1), ascii, mark.replaceAll('"', '""')];
  const all = plain.flatMap((form) => [form, form.normalize('NFC'), form.normalize('NFD')]);
  return [...new Set([...all, encodeURIComponent(mark.toWellFormed())])].map((form) =>
    form.toLowerCase(),
  );
}
