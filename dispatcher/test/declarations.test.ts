/** A driver's honorarium, the whole way through PostgREST: from the draft to the auditor's record. */
import { createHash } from 'node:crypto';

import t from 'tap';

import { argumentsOf, startDeclarations, type Row } from './support/declarations.ts';

const world = await startDeclarations(t);
const { api, call, rows, day, tokens } = world;

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

void t.test('an honorarium is held up, declared for, exported, and on record', async (t) => {
  const claimId = await world.honorarium([0]);
  t.match(await world.verdictOn(claimId), {
    verdict: 'feature_disabled',
    detail: 'driver honoraria are not switched on',
  });

  await rows(
    'set_feature_flag',
    { p_name: 'driver_honorarium', p_is_enabled: true, p_reason: 'board 12/2026' },
    'admin',
  );
  const { body: flags } = await api.get('/feature_flags?select=name,is_enabled', {
    token: tokens.driver,
  });
  t.strictSame(flags, [{ name: 'driver_honorarium', is_enabled: true }], 'it is switched on');
  t.match(await world.verdictOn(claimId), {
    verdict: 'declaration_missing',
    detail: `no version of the declaration was in force on ${day()}`,
  });
  t.strictSame(await rows('current_declaration', {}, 'driver'), [], 'there is nothing to read yet');

  const draftOf = (body: string) =>
    rows(
      'put_declaration_template',
      { p_language: 'nb', p_body: body, p_way_of_acknowledging: 'both' },
      'admin',
    );
  const [wrong] = await draftOf('Jeg, {{name}}, sier ingenting.');
  t.match(
    wrong,
    { version: 1, state: 'draft', problems: ['{{name}}'] },
    'a draft tells what is wrong',
  );
  const signOff = (draft: Row | undefined) => ({
    p_template_id: draft?.['template_id'],
    p_version: draft?.['version'],
    p_body_sha256: draft?.['body_sha256'],
    p_way_of_acknowledging: 'both',
    p_reference: 'styresak 12/2026',
  });
  t.match(
    await call('sign_off_declaration_template', signOff(wrong), 'admin'),
    { status: 422, body: { code: 'AX031', details: '{{name}}' } },
    'and is not signed off so',
  );
  const text = 'Jeg, {{driver_name}}, tier.\n\nVersjon {{version}}, {{organisation_name}} & {x}.';
  const [draft] = await draftOf(text);
  t.match(draft, { template_id: wrong?.['template_id'], problems: [], body_sha256: sha256(text) });
  const named = { p_template_id: draft?.['template_id'], p_version: 1 };
  const [preview] = await rows('preview_declaration', named, 'admin');
  t.equal(
    preview?.['content_html'],
    '<p>Jeg, Kari Eksempel, tier.</p>\n<p>Versjon 1, Organisation 1 &amp; {x}.</p>',
    'it can be seen beforehand',
  );
  await rows('sign_off_declaration_template', signOff(draft), 'admin');
  t.match(
    await call('publish_declaration_template', { ...named, p_valid_from: day(-1) }, 'admin'),
    { status: 409, body: { code: 'AX035' } },
    'nothing comes into force on a day that is past',
  );
  await rows('publish_declaration_template', { ...named, p_valid_from: day() }, 'admin');
  const { body: versions } = await api.get(
    '/declaration_templates?select=version,state,signed_off_by,sign_off_reference',
    { token: tokens.admin },
  );
  t.strictSame(versions, [
    {
      version: 1,
      state: 'in_force',
      signed_off_by: 'admin',
      sign_off_reference: 'styresak 12/2026',
    },
  ]);

  t.match(
    await rows('missing_declarations', {}, 'coordinator'),
    [{ driver_id: 'driver', claim_id: claimId, missing_on: day(), needed_version: 1 }],
    'a coordinator sees who holds it up',
  );
  t.match(await world.verdictOn(claimId), {
    verdict: 'declaration_missing',
    detail: /^version 1 \(nb\)/,
  });

  const [shown] = await rows('current_declaration', {}, 'driver');
  const content = 'Jeg, Kari Eksempel, tier.\n\nVersjon 1, Organisation 1 & {x}.';
  t.match(shown, { content, content_sha256: sha256(content), is_acknowledged: false });
  const [receipt] = await rows(
    'acknowledge_declaration',
    { ...argumentsOf(shown ?? {}), p_typed_name: 'Kari Eksempel' },
    'driver',
  );
  t.match(receipt, { version: 1, content_sha256: sha256(content), acknowledged_until: null });
  t.match(await rows('current_declaration', {}, 'driver'), [{ is_acknowledged: true }]);
  t.strictSame(await rows('missing_declarations', {}, 'coordinator'), [], 'nobody holds it up');

  const { body: made } = await api.post(
    '/export_requests',
    { claim_ids: [claimId] },
    { token: tokens.coordinator, headers: { prefer: 'return=representation' } },
  );
  t.match(made, [{ state: 'queued' }], 'it is exported');

  t.match(
    await rows(
      'declaration_record',
      { p_driver_id: 'driver', p_from: day(), p_to: day() },
      'auditor',
    ),
    [
      {
        act: 'acknowledged',
        content,
        content_sha256: sha256(content),
        is_hash_right: true,
        typed_name: 'Kari Eksempel',
        signed_off_by: 'admin',
        sign_off_reference: 'styresak 12/2026',
        body_sha256: sha256(text),
      },
    ],
    'an auditor reads what was shown, who signed it off, and that it was acknowledged',
  );
});

void t.test('what can not be right is refused with its own code, and stores nothing', async (t) => {
  const [shown] = await rows('current_declaration', {}, 'driver');
  const right: Record<string, unknown> = { ...argumentsOf(shown ?? {}), p_typed_name: 'Kari' };
  const count = async () => {
    const { rows: counted } = await world.database.pool.query<{ count: string }>(
      `select (select count(*) from accounting.declaration_acknowledgements)
            + (select count(*) from accounting.declaration_templates) as count`,
    );
    return counted[0]?.count;
  };
  const before = await count();
  const draft = { p_language: 'nb', p_body: 'x', p_way_of_acknowledging: 'both' };
  await world.honorarium([0], 'otherDriver');
  const cases = [
    [
      'acknowledge_declaration',
      { ...right, p_content_sha256: sha256('x') },
      'driver',
      409,
      'AX036',
    ],
    ['acknowledge_declaration', { ...right, p_version: 2 }, 'driver', 404, 'AX032'],
    ['acknowledge_declaration', { ...right, p_typed_name: null }, 'driver', 422, 'AX038'],
    ['acknowledge_declaration', right, 'coordinator', 403, 'AX009'],
    ['acknowledge_declaration', right, 'admin', 403, 'AX009'],
    ['withdraw_acknowledgement', {}, 'otherDriver', 409, 'AX040'],
    ['put_declaration_template', { ...draft, p_body: '<script>x</script>' }, 'admin', 422, 'AX030'],
    ['put_declaration_template', { ...draft, p_body: ' ' }, 'admin', 422, 'AX030'],
    ['put_declaration_template', { ...draft, p_body: 'x'.repeat(20_001) }, 'admin', 422, 'AX030'],
    ['put_declaration_template', draft, 'driver', 403, 'AX009'],
    [
      'preview_declaration',
      { p_template_id: right['p_template_id'], p_version: 1 },
      'stranger',
      404,
      'AX032',
    ],
    [
      'declaration_record',
      { p_driver_id: 'driver', p_from: null, p_to: null },
      'app',
      403,
      'AX009',
    ],
    ['set_feature_flag', { p_name: 'x', p_is_enabled: true, p_reason: 'y' }, 'admin', 422, 'AX029'],
  ] as const;
  for (const [name, body, somebody, status, code] of cases) {
    t.match(
      await call(name, body, somebody),
      { status, body: { code } },
      `${somebody}: ${name} ${code}`,
    );
  }
  t.equal(await count(), before, 'nothing was stored');
  t.strictSame(
    await rows(
      'declaration_record',
      { p_driver_id: 'driver', p_from: null, p_to: null },
      'stranger',
    ),
    [],
    'another organisation has no record of that driver',
  );
  t.strictSame((await api.get('/declaration_templates', { token: tokens.driver })).body, []);
  t.equal((await api.post('/rpc/current_declaration', {})).status, 401, 'nobody is no driver');
});
