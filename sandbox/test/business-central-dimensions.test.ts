import t from 'tap';
import type { Test } from 'tap';
import { line, openSandbox } from './business-central-client.ts';

async function openLine(t: Test) {
  const client = await openSandbox(t);
  const journal = await client.journal();
  const { body } = await client.company('POST', `${journal}/journalLines`, line(10000, 100));
  const path = `${journal}/journalLines(${body.id})/dimensionSetLines`;
  const { value } = (await client.company('GET', 'dimensions?$expand=dimensionValues')).body;
  const [first] = value;
  const values = (first?.['dimensionValues'] ?? []) as { id: string; code: string }[];
  return { ...client, journal, lineId: body.id, path, dimension: first, values };
}

void t.test('a dimension is put on a line by codes or by ids', async (t) => {
  const { company, path, lineId, dimension, values } = await openLine(t);
  const byCode = await company('POST', path, { code: 'PROSJEKT', valueCode: '1000' });
  t.match(byCode, {
    status: 201,
    body: {
      code: 'PROSJEKT',
      valueCode: '1000',
      parentId: lineId,
      parentType: 'Journal_x0020_Line',
    },
  });
  const byId = await company('POST', path, { id: dimension?.id, valueId: values[1]?.id });
  t.match(byId, { status: 201, body: { code: 'AVDELING', valueCode: '200' } });
  t.equal((await company('GET', path)).body.value.length, 2);
  const flat = `journalLines(${lineId})/dimensionSetLines`;
  t.equal((await company('GET', flat)).body.value.length, 2, 'also without the journal');
});

void t.test('what does not name a dimension and a value is refused', async (t) => {
  const { company, path, dimension, values } = await openLine(t);
  const unknown = '11111111-0000-4000-8000-000000000041';
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ valueCode: '100' }, /^The "id" or "code" field must be filled in\./],
    [{ code: 'AVDELING' }, /^The "valueId" or "valueCode" field must be filled in\./],
    [{ code: 'REGION', valueCode: '100' }, /^The "code" does not match to a Dimension\./],
    [{ id: unknown, valueCode: '100' }, /^The "id" does not match to a Dimension\./],
    [{ code: 'AVDELING', valueCode: '999' }, /^The "valueCode" does not match to a Dimension V/],
    [{ code: 'AVDELING', valueId: unknown }, /^The "valueId" does not match to a Dimension V/],
    [{ id: dimension?.id, code: 'PROSJEKT', valueCode: '100' }, /^The dimension field values/],
    [{ code: 'AVDELING', valueId: values[0]?.id, valueCode: '200' }, /do not refer to the same/],
  ];
  for (const [body, message] of cases) {
    const answer = await company('POST', path, body);
    const error = { code: 'Application_DialogException', message };
    t.match(answer, { status: 400, body: { error } }, JSON.stringify(body));
  }
  t.same((await company('GET', path)).body.value, []);
});

void t.test('a dimension is on a line once', async (t) => {
  const { company, path } = await openLine(t);
  await company('POST', path, { code: 'AVDELING', valueCode: '100' });
  const again = await company('POST', path, { code: 'AVDELING', valueCode: '200' });
  t.match(again, {
    status: 400,
    body: {
      error: {
        code: 'Internal_EntityWithSameKeyExists',
        message: /^The dimension set line already exists\./,
      },
    },
  });
  t.match((await company('GET', path)).body.value, [{ valueCode: '100' }]);
});

void t.test('the value of a dimension is changed, and the dimension removed', async (t) => {
  const { company, path, dimension } = await openLine(t);
  await company('POST', path, { code: 'AVDELING', valueCode: '100' });
  const one = `${path}(${dimension?.id})`;
  const star = { 'if-match': '*' };
  t.equal((await company('PATCH', one, { valueCode: '200' })).status, 400, 'needs If-Match');
  const changed = await company('PATCH', one, { valueCode: '200' }, star);
  t.match(changed, { status: 200, body: { code: 'AVDELING', valueCode: '200' } });
  t.match(await company('PATCH', one, { code: 'PROSJEKT', valueCode: '1000' }, star), {
    status: 400,
    body: { error: { message: /^The "id" and "code" fields cannot be modified\./ } },
  });
  t.match((await company('GET', one)).body, { valueCode: '200' });
  t.equal((await company('DELETE', one, undefined, star)).status, 204);
  t.equal((await company('GET', one)).status, 404);
});

void t.test(
  'lines are given with their dimensions by $expand, and keep them when changed',
  async (t) => {
    const { company, path, journal, lineId } = await openLine(t);
    await company('POST', path, { code: 'AVDELING', valueCode: '100' });
    const lines = `${journal}/journalLines`;
    await company('PATCH', `${lines}(${lineId})`, { amount: 5 }, { 'if-match': '*' });
    await company('POST', lines, line(20000, -5));
    const { value } = (await company('GET', `${lines}?$expand=dimensionSetLines&$select=id`)).body;
    t.match(value, [
      { id: lineId, dimensionSetLines: [{ code: 'AVDELING', valueCode: '100' }] },
      { dimensionSetLines: [] },
    ]);
    t.equal((await company('GET', `${lines}?$expand=attachments`)).status, 400);
  },
);
