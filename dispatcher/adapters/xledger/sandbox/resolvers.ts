/** What stands behind each root field of the schema. */
import type { AddItemsInput } from './add-items.ts';
import { addItems } from './add-items.ts';
import type { PageArgs } from './connection.ts';
import { isInOwnerSet, matches, pageOf } from './connection.ts';
import type { Ledger } from './ledger.ts';
import type { Coded, Entity, MasterData } from './references.ts';
import type { Switches } from './switches.ts';
import { createView } from './view.ts';

export interface Played {
  readonly ledger: Ledger;
  readonly master: MasterData;
  readonly switches: Switches;
}

/** The root value for one request, as seen from the entity that its token is bound to. */
export function rootValue({ ledger, master, switches }: Played, entity: Entity) {
  const view = createView(switches);

  function read<R extends { readonly owner: Entity }, N extends { readonly dbId: string | number }>(
    rows: () => readonly R[],
    toNode: (row: R) => N,
    args: PageArgs,
  ) {
    // What is told may be older than what happens by it: booking goes on between any two reads.
    if (switches.bookMode !== 'after_poll') ledger.process(stepOf(switches.bookMode));
    const nodes = rows()
      .filter((row) => isInOwnerSet(row.owner, entity, args.ownerSet))
      .map(toNode)
      .filter((node) => matches(node, args.filter ?? {}));
    const page = pageOf(nodes, args, switches);
    if (switches.bookMode === 'after_poll') ledger.process('book');
    return page;
  }

  /** An entity also has the codes of those above it, whatever the owner set: assumed. */
  function coded(codes: readonly Coded[], args: PageArgs) {
    const nodes = codes
      .filter(({ ownerDbId, isClosed }) => {
        const owner = master.entities.find(({ dbId }) => dbId === ownerDbId);
        if (owner === undefined || !isInOwnerSet(owner, entity, 'ALL')) return false;
        // Open ones if no status is asked for: assumed.
        const status = args.objectStatus ?? 'OPEN';
        return status === 'ALL' || isClosed === (status === 'CLOSED');
      })
      .map((one) => ({ ...one, description: one.text }))
      .filter((node) => matches(node, args.filter ?? {}));
    return pageOf(nodes, args, switches);
  }

  return {
    addGLImportItems: ({ inputs }: { inputs: readonly AddItemsInput[] }) => ({
      edges: addItems(ledger, master, entity, inputs).map(({ clientId, item }) => ({
        clientId,
        node: view.item(item),
      })),
    }),
    // Open ones if no status is asked for: assumed.
    glImportItems: (args: PageArgs) =>
      read(
        () =>
          ledger.items.filter(({ isBooked }) => {
            if (isBooked && switches.bookedItems === 'gone') return false;
            const status = args.objectStatus ?? 'OPEN';
            return status === 'ALL' || isBooked === (status === 'CLOSED');
          }),
        view.item,
        args,
      ),
    glImportItemErrors: (args: PageArgs) => read(() => ledger.errors, view.error, args),
    journalHeaders: (args: PageArgs) => read(() => ledger.headers, view.header, args),
    journalEntries: (args: PageArgs) => read(() => ledger.entries, view.entry, args),
    accounts: (args: PageArgs) => coded(master.codes.account, args),
    projects: (args: PageArgs) => coded(master.codes.project, args),
    entities: (args: PageArgs) => {
      const nodes = master.entities
        .filter((one) => isInOwnerSet(one, entity, args.ownerSet))
        .map(({ dbId, code, parent }) => ({
          dbId,
          code,
          ownerDbId: parent?.dbId ?? null,
          description: `Entity ${code}`,
        }))
        .sort((one, other) => one.dbId - other.dbId);
      return pageOf(nodes, args, switches);
    },
  };
}

function stepOf(mode: Exclude<Switches['bookMode'], 'after_poll'>) {
  return mode === 'on_poll' ? 'book' : mode === 'reject' ? 'reject' : 'leave';
}
