/** Speaks Xledger's GraphQL: one voucher of GL import items per claim (Xledger contract 8.4). */
import type { Adapter } from '../adapter.ts';
import { check } from './check.ts';
import { findExisting } from './find-existing.ts';
import { followUp } from './follow-up.ts';
import { SchemaMemory } from './schema-memory.ts';
import { preview } from './preview.ts';
import { submit } from './submit.ts';

/**
 * Makes the adapter for Xledger. Between calls it holds what the schema let us ask, and nothing else.
 *
 * Nothing at Xledger's side refuses a second send, so its promise is R2: it is asked before each
 * send, and "absent" counts only after the quarantine.
 */
export function createXledgerAdapter(): Adapter {
  const memory = new SchemaMemory();
  return {
    system: 'xledger',
    submit: (batch, context, report) => submit(batch, context, report, memory),
    findExisting: (batch, context) => findExisting(batch, context, memory),
    followUp: (batch, context) => followUp(batch, context, memory),
    preview,
    check,
  };
}
