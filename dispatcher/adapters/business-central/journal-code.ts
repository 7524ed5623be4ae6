const LETTERS = 26n;
const LENGTH = 10;

/**
 * The code of a run's journal: ten letters A to Z, the batch key modulo 26^10 in base 26, most
 * significant letter first, A for zero.
 *
 * Ten, because a code has no room for more (Business Central contract 2.3), and fewer collide. No
 * digits, because posting may replace a journal whose code holds a number by one with the next
 * number (contract 2.4; that letters are safe is an assumption there).
 *
 * @param batchKey 64 hex digits
 * @throws RangeError for anything else
 */
export function journalCode(batchKey: string): string {
  if (!/^[0-9a-f]{64}$/i.test(batchKey)) throw new RangeError('a batch key is 64 hex digits');
  let rest = BigInt(`0x${batchKey}`);
  let code = '';
  for (let i = 0; i < LENGTH; i += 1) {
    code = String.fromCharCode(65 + Number(rest % LETTERS)) + code;
    rest /= LETTERS;
  }
  return code;
}
