/** What the demo leaves behind with `--keep`, for what is measured and pictured on its data. */
import { ApiClient } from '../../../../sandbox/demo/api-client.ts';
import { writeParts } from '../../../../sandbox/demo/acts.ts';
import { openPanel, type DemoPanel } from '../../../../sandbox/demo/panel.ts';
import { play, putClaims } from '../../../../sandbox/demo/play.ts';
import { Screen } from '../../../../sandbox/demo/screen.ts';
import { makeLogFolder, startWorld } from '../../../../sandbox/demo/world.ts';
import type { Teardown } from '../../../../dispatcher/test/support/database.ts';

/** Plays the demo without a word. Everything ends with `t`. */
export async function playDemo(t: Teardown): Promise<DemoPanel> {
  const screen = new Screen({ write: () => undefined }, {});
  const { signal } = new AbortController();
  const { logFile, remove } = await makeLogFolder();
  t.teardown(remove);
  const closers: (() => Promise<void>)[] = [];
  t.teardown(async () => {
    for (const close of closers.reverse()) await close();
  });
  const world = await startWorld({ screen, signal, closers, logFile });
  const api = new ApiClient(world.apiUrl, signal);
  const parts = writeParts(world, new Date());
  await putClaims(api, parts);
  await play(world, api, parts, screen, signal);
  return openPanel(screen, world, signal, closers);
}
