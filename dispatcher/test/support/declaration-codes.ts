/** How to get each error code of flags and declarations from the API. */
import { randomUUID } from 'node:crypto';

import type { ApiAnswer } from './postgrest.ts';

type Row = Readonly<Record<string, unknown>>;
type Call = (name: string, body: object, token: string) => Promise<ApiAnswer>;

const way = { p_way_of_acknowledging: 'tick_box' };
const rules = {
  p_validity: 'once',
  p_needs_another_signer: false,
  p_language: 'nb',
  p_retention_months: 60,
  p_reason: 'decided',
};

/**
 * In this order: what one leaves behind, the next ones need.
 *
 * @param admin the token of an organisation_admin
 * @param driver the token of a driver whose name nobody knows
 */
export function declarationCodes(
  call: Call,
  admin: string,
  driver: string,
): Readonly<Record<string, () => Promise<ApiAnswer>>> {
  const rowOf = (answer: ApiAnswer): Row => (answer.body as Row[])[0] ?? {};
  const write = (body: string, language = 'nb') =>
    call('put_declaration_template', { p_language: language, p_body: body, ...way }, admin);
  const named = (row: Row) => ({ p_template_id: row['template_id'], p_version: row['version'] });
  const sign = (row: Row, sha256 = row['body_sha256']) =>
    call(
      'sign_off_declaration_template',
      { ...named(row), p_body_sha256: sha256, ...way, p_reference: 'board 12/2026' },
      admin,
    );
  const publish = (row: Row, day: string) =>
    call('publish_declaration_template', { ...named(row), p_valid_from: day }, admin);
  const acknowledge = (row: Row, changes: object = {}) =>
    call(
      'acknowledge_declaration',
      { ...named(row), p_content_sha256: row['body_sha256'], ...changes },
      driver,
    );
  const signed = async (body: string, language: string): Promise<Row> => {
    const row = rowOf(await write(body, language));
    await sign(row);
    return row;
  };
  const today = () => dayInNorway(0);

  return {
    AX029: () =>
      call(
        'set_feature_flag',
        { p_name: 'nonsense', p_is_enabled: true, p_reason: 'decided' },
        admin,
      ),
    AX030: () => write(''),
    AX031: async () => sign(rowOf(await write('I, {{nobody}}, tell nobody.'))),
    AX032: () => call('preview_declaration', { p_template_id: randomUUID(), p_version: 1 }, admin),
    AX033: async () => publish(rowOf(await write('I tell nobody.')), today()),
    async AX034() {
      const row = rowOf(await write('I tell nobody.'));
      await call('set_declaration_rules', { ...rules, p_needs_another_signer: true }, admin);
      const answer = await sign(row);
      await call('set_declaration_rules', rules, admin);
      return answer;
    },
    AX035: async () => publish(await signed('I tell nobody.', 'nn'), dayInNorway(-1)),
    AX036: async () => sign(rowOf(await write('I tell nobody.')), '0'.repeat(64)),
    async AX037() {
      const row = await signed('I tell nobody.', 'en');
      await publish(row, dayInNorway(30));
      return acknowledge(row);
    },
    async AX038() {
      const row = await signed('I tell nobody.', 'nb');
      await publish(row, today());
      return acknowledge(row, { p_typed_name: 'Kari Eksempel' });
    },
    async AX039() {
      const row = await signed('I, {{driver_name}}, tell nobody.', 'se');
      await publish(row, today());
      return acknowledge(row);
    },
    AX040: () => call('withdraw_acknowledgement', {}, driver),
    AX041: () => call('set_declaration_rules', { ...rules, p_validity: 'sometimes' }, admin),
  };
}

function dayInNorway(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return at.toLocaleDateString('sv-SE', { timeZone: 'Europe/Oslo' });
}
