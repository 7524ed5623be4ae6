/** The panel as people meet it: one world and one browser, each scenario on claims of its own. */
import t from 'tap';

import { acting } from './scenarios/acting.ts';
import { handsAndEyes } from './scenarios/hands-and-eyes.ts';
import { searching } from './scenarios/searching.ts';
import { sending } from './scenarios/sending.ts';
import { settling } from './scenarios/settling.ts';
import { troubles } from './scenarios/troubles.ts';
import { startPanelWorld } from './support/world.ts';

void t.test('the panel in a browser', async (t) => {
  const world = await startPanelWorld(t);
  await sending(t, world);
  await settling(t, world);
  await searching(t, world);
  await troubles(t, world);
  await acting(t, world);
  await handsAndEyes(t, world);
});
