/**
 * Asks for the status of exports under Deno, as a Supabase Edge Function would, and prints what came
 * as one JSON line.
 *
 *     deno run --allow-net=127.0.0.1 get-export-status.deno.ts http://127.0.0.1:PORT TOKEN [RUN_ID]
 */
// @ts-types="../../../node_modules/@supabase/postgrest-js/dist/index.d.mts"
import { PostgrestClient } from '../../../node_modules/@supabase/postgrest-js/dist/index.mjs';
import { getExportStatus } from '../../get-export-status.ts';

const [url = '', token = '', runId] = Deno.args;
const client = new PostgrestClient(url, { headers: { authorization: `Bearer ${token}` } });
const rows = await getExportStatus(client, { runId });
console.log(JSON.stringify({ runtime: `deno ${Deno.version.deno}`, rows }));
