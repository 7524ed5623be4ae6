/** A driver reads the declaration, acknowledges it, and takes it back. */
import { createHash } from 'node:crypto';

import type { Page } from 'playwright-core';
import type { Test } from 'tap';

import { declarationTexts } from '../../../page/declaration-texts.ts';
import { wordsOf } from '../../../src/declaration/words/words.ts';
import {
  callAs,
  honorarium,
  placeWithDrivers,
  publish,
  publishedBefore,
  today,
  verdictOn,
  type Row,
} from '../support/driving.ts';
import { look } from '../support/look.ts';
import { picture } from '../support/picture.ts';
import { linkFor, scenario } from '../support/visit.ts';
import type { PanelWorld, Place } from '../support/world.ts';

const file = 'declaration.html';
const words = wordsOf('nb');

/** As an organisation might begin; it says itself that it is none. */
const BODY = `EKSEMPEL, som organisasjonen erstatter med sin egen tekst.

Jeg, {{driver_name}}, kjører for {{organisation_name}} (org.nr. {{organisation_number}}). Det jeg får vite om dem jeg kjører, holder jeg for meg selv:
– hvem de er, og hvor de skal
– det de forteller underveis

Dette gjelder også etter at jeg har sluttet. Versjon {{version}}, fra {{valid_from}}.`;

export async function acknowledging(t: Test, world: PanelWorld): Promise<void> {
  const { blindeforbundet: bf } = world;
  await callAs(world, bf, 'organisation_admin', 'styreleder', 'set_feature_flag', {
    p_name: 'driver_honorarium',
    p_is_enabled: true,
    p_reason: 'board, case 12/2026',
  });
  await publish(world, bf, { body: BODY, way: 'both', validFrom: today() });
  // Whoever is called so gets no markup into the page.
  const driver = { id: 'sjåfør-1', name: 'Ola <img src=x onerror="alert(1)"> Prøve' };
  const claim = await honorarium(world, bf, driver);

  await scenario(
    t,
    world,
    'a driver’s claim goes the whole way: held up, declared in the browser, exported, on record',
    { place: bf, role: 'driver', subject: driver.id, file },
    async (t, { page, ...visit }) => {
      t.match(await verdictOn(world, bf, claim), {
        verdict: 'declaration_missing',
        detail: /^version 1 \(nb\) of the declaration is needed/,
      });
      t.equal(await endOf(world, claim), 'skipped', 'asked for, and held up');

      const form = page.getByRole('button', { name: words.form.submit, exact: true });
      await form.waitFor();
      await look(t, { page, ...visit }, 'declaration');
      const told = listen(page);
      await form.click();
      const tick = page.getByLabel(words.form.tick);
      t.ok(await hasFocus(page, '#tick'), 'the first field that is missing has the focus');
      await page.getByText(words.form.tickMissing).waitFor();
      await page.getByText(words.form.nameMissing).waitFor();
      await look(t, { page, ...visit }, 'declaration-faults');
      await tick.check();
      await page.getByLabel(words.form.name).fill('  Ola Prøve ');
      t.equal(
        await page.getByText(words.form.nameMissing).count(),
        0,
        'what is mended is not said',
      );
      await form.click();

      await page.getByRole('heading', { name: words.receipt.heading }).waitFor();
      t.ok(await hasFocus(page, '#receipt-heading'), 'the receipt has the focus');
      t.equal(await page.getByRole('status').getByText(words.receipt.done).count(), 1);
      t.match(await told, { version: 1, language: 'nb', acknowledgedUntil: null });
      await look(t, { page, ...visit }, 'declaration-receipt');
      await seePrint(t, page);

      t.equal(await endOf(world, claim), 'exported');
      t.equal(bf.effects(claim.reference), 1, 'it is in the ledger once');
      const [record] = await callAs(world, bf, 'auditor', 'revisor', 'declaration_record', {
        p_driver_id: driver.id,
        p_from: today(),
        p_to: today(),
      });
      const shown = (await page.locator('.text').textContent()) ?? '';
      t.match(shown, driver.name, 'a name is text, whatever is in it');
      t.match(record, {
        act: 'acknowledged',
        version: 1,
        content: shown,
        content_sha256: createHash('sha256').update(shown).digest('hex'),
        is_hash_right: true,
        typed_name: 'Ola Prøve',
        channel: 'web',
        signed_off_by: 'styreleder',
        sign_off_reference: 'board, case 13/2026',
      });
    },
  );

  await scenario(
    t,
    world,
    'who has acknowledged is told so, can take it back, and can acknowledge again: by keyboard alone',
    { place: bf, role: 'driver', subject: driver.id, file, language: 'en' },
    async (t, { page, ...visit }) => {
      const english = wordsOf('en');
      await page.getByRole('heading', { name: english.receipt.heading }).waitFor();
      t.equal(await page.getByLabel(english.form.tick).count(), 0, 'there is nothing to tick');
      t.equal(await page.locator('.text').getAttribute('lang'), 'nb', 'the text is as it is');

      const withdraw = page.getByRole('button', { name: english.receipt.withdraw });
      await withdraw.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: english.withdrawDialog.heading });
      await dialog.waitFor();
      await look(t, { page, ...visit }, 'declaration-withdraw');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      t.ok(await hasFocus(page, '[data-act="withdraw"]'), 'the focus is back where it was');
      t.match(await recordOf(world, driver.id), [{ act: 'acknowledged' }], 'and nothing was done');

      await page.keyboard.press('Enter');
      await dialog.waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText(english.withdrawn.name).waitFor();
      await dialog.waitFor({ state: 'hidden' });
      t.ok(await hasFocus(page, '#news'), 'what happened has the focus');
      await look(t, { page, ...visit }, 'declaration-withdrawn');
      const later = await honorarium(world, bf, driver);
      t.match(await verdictOn(world, bf, later), { verdict: 'declaration_missing' });

      await page.keyboard.press('Tab');
      t.ok(await hasFocus(page, '#tick'), 'the next thing is the tick box');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Ola Prøve');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: english.receipt.heading }).waitFor();
      t.match(await verdictOn(world, bf, later), { verdict: 'exportable' });
      t.match(await recordOf(world, driver.id), [
        { act: 'acknowledged' },
        { act: 'withdrawn' },
        { act: 'acknowledged' },
      ]);
    },
  );

  const old = await placeWithDrivers(world, 'GAMMEL');
  const other = { id: 'sjåfør-2', name: 'Kari Prøve' };
  await publishedBefore(world, old, { body: 'Den gamle teksten.', validFrom: today(-1) });
  await scenario(
    t,
    world,
    'a version that came while it was read is shown instead, and nothing was stored',
    { place: old, role: 'driver', subject: other.id, file, hasFailingRequests: true },
    async (t, { page, ...visit }) => {
      await page.getByText('Den gamle teksten.').waitFor();
      await page.getByLabel(words.form.tick).check();
      await publish(world, old, {
        body: 'Den nye teksten for {{organisation_name}}.',
        way: 'typed_name',
        validFrom: today(),
      });
      const submit = page.getByRole('button', { name: words.form.submit, exact: true });
      // Twice, as impatient people do.
      await submit.dblclick();
      await page.getByText(words.changed.name).waitFor();
      await page.getByText('Den nye teksten for GAMMEL forening.').waitFor();
      t.ok(await hasFocus(page, '#news'), 'that it changed has the focus');
      t.equal(await page.getByLabel(words.form.tick).count(), 0, 'the tick was for another text');
      await look(t, { page, ...visit }, 'declaration-changed');
      t.same(await recordOf(world, other.id, old), [], 'nothing was stored');

      await page.getByLabel(words.form.name).fill('x'.repeat(201));
      await submit.click();
      await page.getByText(words.form.nameLong).waitFor();
      await page.getByLabel(words.form.name).fill('Kari');
      await submit.dblclick();
      await page.getByRole('heading', { name: words.receipt.heading }).waitFor();
      t.match(await recordOf(world, other.id, old), [{ act: 'acknowledged', version: 2 }]);
    },
  );

  const yearly = await placeWithDrivers(world, 'ARLIG');
  await callAs(world, yearly, 'organisation_admin', 'styreleder', 'set_declaration_rules', {
    p_validity: 'yearly',
    p_needs_another_signer: false,
    p_language: 'nb',
    p_retention_months: null,
    p_reason: 'board, case 14/2026',
  });
  await publish(world, yearly, { body: 'Versjon {{version}}.', validFrom: today() });
  await scenario(
    t,
    world,
    'where it counts for a year the receipt says until when, and it can be renewed; each driver sees their own',
    { place: yearly, role: 'driver', subject: other.id, file },
    async (t, { page, ...visit }) => {
      await page.getByLabel(words.form.tick).check();
      await page.getByRole('button', { name: words.form.submit, exact: true }).click();
      await page.getByRole('heading', { name: words.receipt.heading }).waitFor();
      const until = await page.locator('.receipt time').last().getAttribute('datetime');
      t.equal(until?.slice(0, 4), String(Number(today().slice(0, 4)) + 1));
      await page.getByRole('button', { name: words.receipt.renew }).click();
      t.ok(await hasFocus(page, '#form-heading'));
      t.notOk(await page.getByLabel(words.form.tick).isChecked(), 'ticked anew each time');
      await look(t, { page, ...visit }, 'declaration-renewing');

      const link = new URL(
        await linkFor(world, { place: yearly, role: 'driver', subject: 'sjåfør-3', file }),
      );
      await page.evaluate((hash) => (location.hash = hash), link.hash);
      await page.getByRole('heading', { name: words.receipt.heading }).waitFor({ state: 'hidden' });
      await page.getByLabel(words.form.tick).waitFor();
      await page.getByRole('button', { name: declarationTexts.nb.sign_out }).click();
      await page.getByRole('heading', { name: declarationTexts.nb.signed_out_title }).waitFor();
      t.equal(await page.evaluate(() => sessionStorage.length), 0, 'nothing is left');
      await look(t, { page, ...visit }, 'declaration-signed-out');
    },
  );
}

/** How the run ends that asks for this claim. */
async function endOf(world: PanelWorld, claim: { readonly id: string }): Promise<string> {
  const { blindeforbundet: bf } = world;
  const { rows } = await world.database.pool.query<{ run_id: string }>(
    `insert into api.export_requests (organisation_id, claim_ids) values ($1, $2) returning run_id`,
    [bf.id, [claim.id]],
  );
  const run = await world.runIs(rows[0]?.run_id ?? '', ['skipped', 'exported', 'needs_review']);
  return run.state;
}

function recordOf(
  world: PanelWorld,
  driverId: string,
  place: Place = world.blindeforbundet,
): Promise<Row[]> {
  return callAs(world, place, 'auditor', 'revisor', 'declaration_record', {
    p_driver_id: driverId,
    p_from: null,
    p_to: null,
  });
}

/** What the component tells its host, once it does. */
async function listen(page: Page): Promise<unknown> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener(
          'declaration-acknowledged',
          (event) => resolve((event as CustomEvent<unknown>).detail),
          { once: true },
        );
      }),
  );
}

function hasFocus(page: Page, selector: string): Promise<boolean> {
  return page
    .locator(`confidentiality-declaration ${selector}`)
    .evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element);
}

/** On paper there are the receipt with the whole hash, and the text; nothing to press. */
async function seePrint(t: Test, page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  t.match(await page.locator('.receipt .whole').innerText(), /^[0-9a-f]{64}$/);
  t.notOk(await page.locator('.receipt .short').isVisible());
  t.ok(await page.locator('.text').isVisible(), 'the text that was acknowledged is printed');
  const buttons = await page.getByRole('button').all();
  for (const button of buttons) t.notOk(await button.isVisible(), 'no button');
  await picture(page, 'declaration-print');
  await page.emulateMedia({ media: 'screen' });
}
