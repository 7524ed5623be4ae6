/** What a coordinator sees of the honoraria that wait for their drivers. */
import type { Test } from 'tap';

import { callAs, honorarium, placeWithDrivers, publish, today } from '../support/driving.ts';
import { look } from '../support/look.ts';
import { scenario } from '../support/visit.ts';
import type { PanelWorld } from '../support/world.ts';

export async function waitingHonoraria(t: Test, world: PanelWorld): Promise<void> {
  const place = await placeWithDrivers(world, 'VENTER');
  await publish(world, place, { body: 'En tekst.', validFrom: today() });
  const driver = { id: 'sjåfør-5', name: 'Kari Prøve' };
  const [now, before] = [
    await honorarium(world, place, driver),
    await honorarium(world, place, driver, today(-3)),
  ];

  await scenario(
    t,
    world,
    'a coordinator sees which drivers hold which honoraria up, and what can still be mended',
    { place, claims: [now] },
    async (t, visit) => {
      const { page, words, texts } = visit;
      const waiting = page.locator(`export-history [data-driver="${driver.id}"]`);
      await waiting.waitFor();
      const said = await waiting.innerText();
      const lineOf = (reference: string): string =>
        said.split('\n').find((line) => line.includes(reference)) ?? '';
      t.match(lineOf(now.reference), words.missingDeclarations.version(1, 'nb'));
      t.match(lineOf(before.reference), words.missingDeclarations.noVersion);
      t.match(said, words.missingDeclarations.ask);
      t.match(said, words.missingDeclarations.past);
      t.notMatch(said, driver.name, 'a name is not told here');
      await look(t, visit, 'missing-declarations');

      await page.getByLabel(texts.send_all).check();
      await page.getByRole('button', { name: texts.send_button }).click();
      const dialog = page.getByRole('dialog', { name: words.send.heading });
      await dialog.getByText(words.verdicts.declaration_missing.meaning).waitFor();
      await page.keyboard.press('Escape');

      const [shown] = await callAs(world, place, 'driver', driver.id, 'current_declaration', {});
      await callAs(world, place, 'driver', driver.id, 'acknowledge_declaration', {
        p_template_id: shown?.['template_id'],
        p_version: shown?.['version'],
        p_content_sha256: shown?.['content_sha256'],
      });
      await page.getByRole('button', { name: words.list.refresh }).click();
      await waiting.getByText(now.reference).waitFor({ state: 'hidden' });
      t.match(await waiting.innerText(), before.reference, 'what is past stays held up');
      t.notMatch(await waiting.innerText(), words.missingDeclarations.ask);
    },
  );

  const asked: string[] = [];
  await scenario(
    t,
    world,
    'the first view asks for each thing once',
    {
      place,
      before: ({ page }) => {
        page.on('request', (request) => {
          const name = new URL(request.url()).pathname.split('/').at(-1) ?? '';
          if (request.method() === 'GET') asked.push(name);
        });
        return Promise.resolve();
      },
    },
    async (t, { page }) => {
      await page.locator(`export-history [data-driver="${driver.id}"]`).waitFor();
      for (const name of ['export_status', 'export_attention', 'missing_declarations']) {
        t.equal(asked.filter((one) => one === name).length, 1, name);
      }
    },
  );

  await scenario(
    t,
    world,
    'an answer about declarations that doesn’t come holds nothing else up',
    {
      place: world.empty,
      hasFailingRequests: true,
      before: ({ page }) =>
        page.route(`${world.api.url}/rpc/missing_declarations*`, (route) =>
          route.fulfill({ status: 500, body: '{}' }),
        ),
    },
    async (t, visit) => {
      const { page, words } = visit;
      await page.getByText(words.list.emptyHeading).waitFor();
      t.equal(await page.getByText(words.missingDeclarations.heading).count(), 0);
      t.equal(await page.getByText(words.problems.server.name).count(), 0);
    },
  );
}
