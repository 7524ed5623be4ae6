/** Text in columns. */

export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/** Longer cells are cut, so that the table stays within a terminal. */
const WIDEST_CELL = 46;

/** Lines of text: headings, then rows, each column as wide as its widest cell. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const cells = [columns.map(({ heading }) => heading), ...rows].map((row) => row.map(cut));
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((row) => [...(row[index] ?? '')].length)),
  );
  return cells.map((row) =>
    columns
      .map(({ align }, index) => {
        const cell = row[index] ?? '';
        const space = ' '.repeat((widths[index] ?? 0) - [...cell].length);
        return align === 'right' ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

function cut(cell: string): string {
  const letters = [...cell.replaceAll(/\s+/g, ' ')];
  return letters.length > WIDEST_CELL
    ? `${letters.slice(0, WIDEST_CELL - 1).join('')}…`
    : letters.join('');
}
