/**
 * Runs the table of cases under Deno and prints one JSON line for each: its title, and what was
 * wrong or null. Ends by itself, so a timer left behind keeps it from ending.
 *
 *     deno run --allow-net=127.0.0.1 with-retry.deno.ts http://127.0.0.1:PORT
 */
import { retryCases } from '../with-retry-cases.ts';

const [baseUrl] = Deno.args;
for (const [index, { title, run }] of retryCases.entries()) {
  let error: string | null = null;
  try {
    await run(`${baseUrl}/${index}`);
  } catch (thrown) {
    error = String(thrown);
  }
  console.log(JSON.stringify({ title, error, runtime: `deno ${Deno.version.deno}` }));
}
