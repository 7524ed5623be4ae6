import type { ExportHistory } from '../src/export-history.ts';

const panel = document.querySelector<ExportHistory>('export-history');
if (panel !== null) panel.hidden = false;
