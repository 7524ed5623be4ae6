import type { AttentionKind, ClaimOutcome, RunState, Verdict } from '../rows.ts';
import type { ClaimGroup } from '../claim-groups.ts';
import type { Reason } from '../reasons.ts';
import type { ProblemKind } from '../problem.ts';
import type { Explained } from './words.ts';

const claims = (count: number): string => `${count} ${count === 1 ? 'claim' : 'claims'}`;

export const en = {
  title: 'Export to accounting',
  claims,

  list: {
    heading: 'Latest exports',
    asked: 'Requested',
    state: 'State',
    counts: 'Claims',
    progress: 'Result',
    by: 'Requested by',
    showMore: 'Show more exports',
    refresh: 'Refresh',
    updated: (time: string) => `Updated at ${time}`,
    loading: 'Loading exports …',
    emptyHeading: 'Nothing has been exported yet',
    emptyText: 'When claims are sent to accounting, you can follow them here.',
    end: 'These are all exports.',
  },

  search: {
    label: 'Search',
    hint: 'Claim reference, voucher number, export id or date',
    submit: 'Search',
    clear: 'Clear search',
    resultsFor: (term: string) => `Results for “${term}”`,
    exportsOf: (day: string) => `Exports of ${day}`,
    found: (count: number) => (count === 1 ? '1 result' : `${count} results`),
    none: 'No results',
    noneText:
      'Check the spelling. The beginning of a reference is enough, such as HLF-2026-001; a voucher number must be whole. A date may be written 3.3.2026.',
    searching: 'Searching …',
    limited: (count: number) => `Only the first ${count} are shown.`,
    run: 'Export',
    openRun: (reference: string) => `Open the export of ${reference}`,
  },

  run: {
    back: 'All exports',
    heading: (time: string) => `Export of ${time}`,
    loading: 'Loading the export …',
    notFound: 'There is no such export',
    notFoundText: 'It may belong to another organisation, or the link is incomplete.',
    facts: 'About the export',
    id: 'Export id',
    system: 'System',
    askedBy: 'Requested by',
    askedAt: 'Requested',
    deliveredAt: 'Delivered',
    attempts: 'Attempts',
    next: 'Goes on',
    sum: 'Amount',
    sumDelivered: 'of which delivered',
    progress: 'Progress',
    claimsHeading: 'Claims',
    claimsCaption: 'The claims of this export, with verdict, outcome and voucher',
    reference: 'Reference',
    verdict: 'Verdict',
    outcome: 'Result',
    voucher: 'Voucher',
    amount: 'Amount',
    note: 'Note',
    noReference: 'unknown claim',
    noValue: 'none',
    booked: (time: string) => `booked ${time}`,
    filter: 'Show',
    all: 'All',
    shown: (shown: number, all: number) => `Showing ${shown} of ${all}`,
    showMoreClaims: (count: number) => `Show ${count} more`,
    otherRun: 'See that export',
    actionsHeading: 'What you can do',
    timelineHeading: 'What has happened',
    timelineEmpty: 'Nothing yet: the export waits for its turn.',
    showSteps: (count: number) => `Show ${count} earlier ${count === 1 ? 'step' : 'steps'}`,
    showMoreTimeline: 'Show more of what has happened',
    rawWords: 'Details',
    raw: 'The accounting system’s own words',
    httpStatus: (status: number) => `HTTP ${status}`,
    noAnswer: 'no answer',
    late: 'Told late, after the export had gone on without it',
    requested: 'The export was requested',
    by: (name: string) => `by ${name}`,
    changed: (state: string) => `The export is now: ${state}`,
    // Of a file the claims lie in it until somebody says that it was imported.
    inFile: 'In the file, not confirmed',
  },

  trail: {
    attempt: (no: number) => `Attempt ${no}`,
    reconciliation: 'Accounting was asked',
    decision: 'A person decided',
  },

  systems: {
    business_central: 'Business Central',
    xledger: 'Xledger',
    file: 'File',
  } as Record<string, string>,

  states: {
    queued: {
      name: 'Queued',
      meaning: 'The claims are reserved and wait for their turn. Nothing has been sent yet.',
    },
    sending: { name: 'Sending', meaning: 'The claims are being sent to accounting right now.' },
    retry_wait: {
      name: 'Waiting to retry',
      meaning:
        'The last attempt certainly changed nothing in accounting. It is tried again by itself.',
    },
    in_doubt: {
      name: 'Not certain',
      meaning:
        'Accounting may have received the claims. It is asked before anything is sent again, so that nothing is booked twice.',
    },
    reconciling: {
      name: 'Asking accounting',
      meaning: 'Accounting is being asked what it has received.',
    },
    needs_review: {
      name: 'Needs a person',
      meaning:
        'What accounting has doesn’t agree with what was sent, or it can’t be told. A person has to look.',
    },
    produced: {
      name: 'File ready to import',
      meaning:
        'The file is made. It has to be imported into accounting, and somebody has to confirm it.',
    },
    exported: {
      name: 'Delivered',
      meaning: 'Accounting has received every claim that could be sent.',
    },
    partially_exported: {
      name: 'Partly delivered',
      meaning:
        'Accounting has some of the claims. The others were refused or given up, and can be sent again.',
    },
    rejected: {
      name: 'Refused',
      meaning: 'Accounting refused all claims. They can be sent again once the fault is mended.',
    },
    failed: {
      name: 'Failed',
      meaning:
        'All attempts are used up. It is certain that the open claims are not in accounting; they can be sent again.',
    },
    skipped: {
      name: 'Nothing to send',
      meaning: 'None of the claims could be exported. The verdict of each claim says why.',
    },
    cancelled: {
      name: 'Cancelled',
      meaning: 'A person withdrew the export. It is certain that the claims are not in accounting.',
    },
  } satisfies Record<RunState, Explained>,

  verdicts: {
    exportable: { name: 'Can be exported', meaning: 'The claim goes into the export.' },
    already_exported: {
      name: 'Already exported',
      meaning: 'Accounting got the claim by an earlier export. It is not sent twice.',
    },
    in_flight: {
      name: 'In another export',
      meaning: 'Another export that has not ended holds the claim.',
    },
    not_approved: { name: 'Not approved', meaning: 'The claim is a draft, or was withdrawn.' },
    flagged: {
      name: 'In doubt',
      meaning:
        'Somebody doubts whether the claim is in accounting already. Accounting is asked first.',
    },
    unmapped: {
      name: 'No account',
      meaning: 'No account is set for a type of expense in the claim.',
    },
    unsupported_currency: {
      name: 'Other currency',
      meaning: 'Accounting doesn’t take claims in this currency.',
    },
    too_large: {
      name: 'Too many lines',
      meaning: 'The claim has more lines than accounting can book in one go.',
    },
    declaration_missing: {
      name: 'Declaration missing',
      meaning:
        'The driver has no acknowledgement of the confidentiality declaration that counts on the day of driving. It counts from the day on which it is made.',
    },
    feature_disabled: {
      name: 'Not switched on',
      meaning:
        'Driver honoraria are switched off for the organisation. Its administrator can switch them on.',
    },
    unknown: { name: 'Unknown', meaning: 'There is no such claim in the organisation.' },
  } satisfies Record<Verdict, Explained>,

  outcomes: {
    accepted: { name: 'Delivered', meaning: 'Accounting received the claim.' },
    found: { name: 'Delivered', meaning: 'Accounting was asked, and has the claim.' },
    booked_by_hand: { name: 'Booked by hand', meaning: 'A person says that the claim is booked.' },
    rejected: { name: 'Refused', meaning: 'Accounting refused the claim.' },
    not_applied: { name: 'Not received', meaning: 'Accounting certainly didn’t get the claim.' },
    unknown: { name: 'Not certain', meaning: 'Accounting may have got the claim.' },
    absent: { name: 'Not found', meaning: 'Accounting was asked, and doesn’t have the claim.' },
    proved_absent: {
      name: 'Not in accounting',
      meaning: 'A person says that accounting doesn’t have the claim. It is released.',
    },
    voided: {
      name: 'Removed',
      meaning: 'The claim was removed from accounting, and can be sent again.',
    },
    cancelled: { name: 'Cancelled', meaning: 'A person withdrew the claim before it was sent.' },
  } satisfies Record<ClaimOutcome, Explained>,

  groups: {
    delivered: 'Delivered',
    file: 'In the file',
    open: 'Open',
    refused: 'Not delivered',
    heldBack: 'Held back',
    withdrawn: 'Withdrawn',
  } satisfies Record<ClaimGroup, string>,
  notSent: 'Not sent yet',
  heldBack: 'Not sent',
  given_up: 'Given up',

  attentionHeading: 'Needs a person',
  attentionMore: 'There is more than is shown here.',
  missingDeclarations: {
    heading: 'Honoraria that wait for a declaration',
    driver: 'Driver',
    ask: 'Ask the driver to acknowledge the confidentiality declaration. It counts from the day on which that is done.',
    past: 'For days that are past, acknowledging now is too late: the organisation has to decide what becomes of those.',
    drove: (day: string) => `driven ${day}`,
    version: (version: number, language: string) => `version ${version} (${language}) is needed`,
    noVersion: 'no declaration was in force on that day',
    more: 'There is more than is shown here.',
  },
  since: (time: string) => `since ${time}`,
  aboutClaim: (reference: string) => `Claim ${reference}`,
  openRun: 'Open the export',
  attention: {
    queued_long: {
      name: 'Has waited for over an hour',
      meaning:
        'The export has not come through. Tell the person who runs the system if it stays here.',
    },
    in_doubt_long: {
      name: 'Not certain for over an hour',
      meaning: 'Accounting is asked again by itself. You need not do anything yet.',
    },
    needs_review: {
      name: 'An export has to be looked at',
      meaning:
        'Look the claims up in accounting. Then say what you saw, or have accounting asked again.',
    },
    produced: {
      name: 'A file waits to be imported',
      meaning: 'Download the file, import it once, and confirm what you saw in accounting.',
    },
    paused: {
      name: 'Sending is stopped',
      meaning:
        'Nothing is sent for now. The accounting system refused us: sign-in, rights or address must be mended there. After that your organisation’s administrator lets sending go on, here.',
    },
    frozen: {
      name: 'Sending waits',
      meaning:
        'A backup was restored. Accounting is asked what it has before anything is sent; sending goes on by itself after that.',
    },
    unreachable: {
      name: 'Accounting can’t be reached',
      meaning: 'Sending goes on by itself once the accounting system answers.',
    },
    flagged: {
      name: 'Claim in doubt',
      meaning: 'The claim is held back until accounting has answered whether it has it.',
    },
    booked_late: {
      name: 'Booked late',
      meaning:
        'Accounting told that it booked the claim after it had been released. See whether it is there twice. Remove one and register that; if it is there once, have accounting asked again.',
    },
    faulted: {
      name: 'Fault after delivery',
      meaning:
        'The accounting system received the claim but found something wrong, or doesn’t tell what it booked. Mend it there.',
    },
  } satisfies Record<AttentionKind | 'frozen', Explained>,

  /** What an attempt, an answer or a decision means: plain, for whoever reads it first thing in the morning. */
  reasons: {
    delivered: (n: number) => `Accounting received ${claims(n)}.`,
    fileMade: (n: number) => `The file was made with ${claims(n)}.`,
    refusedData: (n: number) =>
      `Accounting refused ${claims(n)}: something in what was sent is not accepted. The details say what.`,
    refused: (n: number) => `${claims(n)} refused. The details say why.`,
    askedToWait: () => 'Accounting asked us to wait: it has too much to do. Nothing was booked.',
    noAccess: () =>
      'Accounting doesn’t let us in: sign-in or rights must be mended. Nothing was booked.',
    wrongAddress: () =>
      'Accounting doesn’t answer as expected at this address. Nothing was booked.',
    unreached: () => 'Accounting couldn’t be reached. Nothing was sent.',
    notApplied: () => 'The attempt certainly changed nothing in accounting.',
    undoneBeside: (n: number) =>
      `${claims(n)} undone, because another claim of the same message was refused. What was undone is sent again.`,
    notSentBeside: (n: number) =>
      `${claims(n)} not sent yet: first it has to be clear what became of those before.`,
    lostAnswer: (n: number) =>
      `The connection broke, or no answer came in time. Accounting may have received ${claims(n)}, so it is asked before anything is sent again.`,
    serverFault: (n: number) =>
      `Accounting had a fault of its own. It may have received ${claims(n)}, so it is asked before anything is sent again.`,
    alreadyThere: (n: number) =>
      `Accounting says that something of this is there already. It is asked which of ${claims(n)} it has.`,
    unclearAnswer: (n: number) =>
      `The answer couldn’t be understood. Accounting may have received ${claims(n)}, so it is asked.`,
    found: (n: number) => `Accounting has ${claims(n)}, as sent.`,
    absent: (n: number) => `${claims(n)} not found in accounting.`,
    unclear: () => 'It couldn’t be told what accounting has. The details say why.',
    bookedByHand: (n: number) => `${claims(n)} settled as booked by hand.`,
    provedAbsent: (n: number) => `${claims(n)} settled as not in accounting, and released.`,
    voided: (n: number) => `${claims(n)} registered as removed from accounting, and released.`,
    cancelled: (n: number) => `Withdrawn: ${claims(n)}.`,
    importConfirmed: (n: number) => `The import of the file was confirmed, with ${claims(n)}.`,
  } satisfies Record<Reason, (claimCount: number) => string>,

  counts: {
    delivered: (n: number) => `${n} delivered`,
    failed: (n: number) => `${n} not delivered`,
    // Held back by the guard, or withdrawn by a person.
    skipped: (n: number) => `${n} left out`,
    open: (n: number) => `${n} open`,
    summary: (delivered: number, all: number) => `${delivered} of ${claims(all)} delivered`,
  },
  you: 'you',
  theApp: 'the app',

  acts: {
    reconcile: 'Ask accounting now',
    reconciled: 'Accounting is being asked. The answer shows up here.',
    resolve: 'Settle …',
    cancel: 'Cancel the export …',
    confirm: 'Confirm the import …',
    download: 'Download the CSV file',
    downloaded: (name: string) => `${name} was downloaded.`,
    void: 'Register removed vouchers …',
    flag: 'Report a doubt …',
    resume: 'Let sending go on …',
    readOnly: 'You can read here. Only a coordinator can change anything.',
    done: 'It is registered.',
    close: 'Close',
    abort: 'Back',
    busy: 'One moment …',
    evidence: 'What did you see, and where?',
    evidenceHint:
      'For example: voucher 2026-1044, seen in the journal on 4 March. Name documents, not persons. At most 500 characters.',
    evidenceMissing: 'Write what you saw, and where.',
    charactersLeft: (n: number) => (n === 1 ? '1 character left' : `${n} characters left`),
    selectAll: 'Select all',
    noneSelected: 'Select at least one claim.',
    whichClaims: 'Which claims?',
  },

  resolveDialog: {
    heading: 'Settle the export',
    intro:
      'Look every open claim up in accounting first. What you say here is kept in the export’s history with your name.',
    question: 'What does accounting have?',
    bookedAll: 'All open claims are booked',
    bookedSome: 'Some of the claims are booked',
    bookedSomeHint: 'Tick the claims that are booked. The others go on waiting.',
    absent: 'None of them are there',
    absentHint: 'The claims are released, and can be sent again.',
    choose: 'Choose what accounting has.',
    voucherOf: (reference: string) => `Voucher numbers of ${reference}`,
    voucherHint: 'Several numbers are separated by commas. They may be left out.',
    submit: 'Settle',
  },
  cancelDialog: {
    heading: 'Cancel the export?',
    intro:
      'The claims are not sent, and can be requested again. What is known to be booked is settled as delivered instead.',
    submit: 'Cancel the export',
  },
  confirmDialog: {
    heading: 'Confirm the import',
    intro:
      'Say that the file was imported and its vouchers are in accounting. If something was left out of it, register that first as removed.',
    submit: 'Confirm the import',
  },
  voidDialog: {
    heading: 'Register removed vouchers',
    intro:
      'For claims that a person removed or reversed in accounting, or left out of the file. They are released and can be sent again. This removes nothing in accounting.',
    submit: 'Register as removed',
  },
  flagDialog: {
    heading: 'Report a doubt',
    intro:
      'Are you in doubt whether a claim is in accounting already? It is held back until accounting has been asked for its reference.',
    reason: 'Why do you doubt it?',
    reasonHint:
      'For example: booked by hand in February? Name documents, not persons. At most 500 characters.',
    reasonMissing: 'Write why you doubt it.',
    submit: 'Hold back and ask',
  },

  resumeDialog: {
    heading: 'Let sending go on',
    intro:
      'Only once what stopped it is mended: else it stops again at the next attempt. What you write is kept with your name.',
    evidence: 'What was mended?',
    evidenceHint:
      'For example: new password entered for the integration user. Name documents, not persons, and write no password. At most 500 characters.',
    evidenceMissing: 'Write what was mended.',
    submit: 'Let it go on',
  },

  send: {
    heading: 'Send to accounting',
    checking: 'Checking the claims …',
    nothingYet: 'Nothing has been sent.',
    ready: (n: number) => `${claims(n)} can be sent.`,
    readyOf: (n: number, all: number) => `${n} of ${claims(all)} can be sent.`,
    none: 'None of the claims can be sent.',
    exportedOn: (n: number, all: number, day: string) =>
      `${n} of ${all} ${n === 1 ? 'was' : 'were'} already exported on ${day}`,
    exportedEarlier: (n: number, all: number) =>
      `${n} of ${all} ${n === 1 ? 'is' : 'are'} already in accounting`,
    others: (n: number, all: number, verdict: string) => `${n} of ${all}: ${verdict}`,
    notSent: 'These are not sent:',
    showClaims: 'Show which',
    send: (n: number) => `Send ${claims(n)}`,
    sending: 'Sending …',
    sent: 'The export is requested.',
  },

  session: {
    missing: {
      name: 'You are not signed in',
      meaning: 'Waiting for the application to sign you in.',
    },
    expired: {
      name: 'The session has expired',
      meaning: 'Sign in again. What is shown stays, and nothing that you have typed is lost.',
    },
  },
  offline: {
    name: 'No network',
    meaning: (time: string | null) =>
      time === null
        ? 'It goes on by itself once the network is back.'
        : `Showing what was loaded at ${time}. It goes on by itself once the network is back.`,
  },
  stale: (time: string) => `Showing what was loaded at ${time}.`,
  tryAgain: 'Try again',
  whatHappened: 'Technical details',
  problems: {
    offline: {
      name: 'No network',
      meaning: 'The computer is not connected.',
      todo: 'It is tried again by itself once the network is back.',
    },
    unreachable: {
      name: 'The server can’t be reached',
      meaning: 'The exports go on without it: only this page can’t show them.',
      todo: 'It is tried again by itself. Tell the person who runs the system if it stays so.',
    },
    slow: {
      name: 'The server took too long',
      meaning: 'It is not known whether it got the message.',
      todo: 'Try again: nothing is done twice.',
    },
    unanswered: {
      name: 'No answer came',
      meaning: 'It is not known whether this was registered.',
      todo: 'Close this and see whether it is there before you try again. Nothing is done twice.',
    },
    notSent: {
      name: 'No network',
      meaning: 'The computer is not connected, and nothing was sent.',
      todo: 'Try again once the network is back.',
    },
    throttled: {
      name: 'The server has too much to do',
      meaning: 'It did not take this on. The exports go on all the same.',
      todo: 'Try again in a minute.',
    },
    session: {
      name: 'The session has expired',
      meaning: 'The server doesn’t accept the sign-in any more.',
      todo: 'Sign in again.',
    },
    forbidden: {
      name: 'You don’t have the right to this',
      meaning: 'Your role doesn’t allow it.',
      todo: 'Ask a coordinator, or have your role changed.',
    },
    noOrganisation: {
      name: 'Your user belongs to no organisation here',
      meaning: 'The sign-in names no organisation that is known.',
      todo: 'Tell the person who manages users.',
    },
    notFound: {
      name: 'It is not there',
      meaning: 'There is no such export or claim in your organisation.',
      todo: 'Go back to the list and look again.',
    },
    notInState: {
      name: 'The export has moved on',
      meaning: 'It is not in a state in which this can be done. Somebody may have been faster.',
      todo: 'Look at its state again.',
    },
    tooEarly: {
      name: 'It is too early',
      meaning:
        'Something may still be on its way to accounting. If the claims were released now, they could be booked twice.',
      todo: 'Wait a while, or have accounting asked.',
    },
    notDelivered: {
      name: 'The claim was not delivered by this export',
      meaning: 'Or it has already been registered as removed.',
      todo: 'Look at the list of claims again.',
    },
    words: {
      name: 'The text is not accepted',
      meaning: 'It is missing, or longer than 500 characters.',
      todo: 'Change it and try again.',
    },
    selection: {
      name: 'The choice doesn’t fit the export',
      meaning: 'A claim is not open any more, or has been settled meanwhile.',
      todo: 'Look at the list of claims again.',
    },
    integration: {
      name: 'Accounting is not connected',
      meaning: 'The organisation has no accounting system that is switched on.',
      todo: 'Tell the person who runs the system.',
    },
    tooMany: {
      name: 'Too many claims at once',
      meaning: 'At most 500 claims can be sent together.',
      todo: 'Choose fewer.',
    },
    badClaims: {
      name: 'The choice of claims is not valid',
      meaning:
        'No claims are chosen, one of them is chosen twice, or has an id that can’t be right.',
      todo: 'Choose again.',
    },
    noFile: {
      name: 'The file isn’t given out',
      meaning:
        'A claim in it was registered as removed, or its content was erased. Importing it would book something twice.',
      todo: 'Register the other claims as removed too, and send them again.',
    },
    busy: {
      name: 'Somebody else is changing the same thing',
      meaning: 'Nothing was stored.',
      todo: 'Try again in a moment.',
    },
    server: {
      name: 'Something went wrong on the server',
      meaning: 'The fault is not yours.',
      todo: 'Try again. Tell the person who runs the system if it stays so.',
    },
    other: {
      name: 'Something went wrong',
      meaning: 'The server didn’t accept the request.',
      todo: 'Try again. Tell the person who runs the system if it stays so.',
    },
  } satisfies Record<ProblemKind, Explained & { readonly todo: string }>,
  voucherKinds: {
    item: 'import line',
    entry: 'entry',
    journal: 'journal',
    elsewhere: 'line in another journal',
  } as Record<string, string>,
  statesHeading: 'What the states mean',
};
