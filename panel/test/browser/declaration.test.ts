/** The driver's component as people meet it: one world and one browser, a driver for each scenario. */
import t from 'tap';

import { acknowledging } from './scenarios/acknowledging.ts';
import { declarationTrouble } from './scenarios/declaration-trouble.ts';
import { waitingHonoraria } from './scenarios/waiting-honoraria.ts';
import { startPanelWorld } from './support/world.ts';

void t.test('the declaration in a browser', async (t) => {
  const world = await startPanelWorld(t);
  await acknowledging(t, world);
  await declarationTrouble(t, world);
  await waitingHonoraria(t, world);
});
