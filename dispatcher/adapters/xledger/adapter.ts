/** Speaks Xledger's GraphQL: one voucher of GL import items per claim (Xledger contract 8.4). */
import type { Adapter } from '../adapter.ts';
import { check } from './check.ts';
import { findExisting } from './find-existing.ts';
import { preview } from './preview.ts';
import { submit } from './submit.ts';

/**
 * Makes the adapter for Xledger. It holds nothing between calls.
 *
 * Nothing at Xledger's side refuses a second send, so its promise is R2: it is asked before each
 * send, and "absent" counts only after the quarantine.
 */
export function createXledgerAdapter(): Adapter {
  return { system: 'xledger', submit, findExisting, preview, check };
}
