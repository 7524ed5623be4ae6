/** English; the shape that the other dictionaries have. */
export const en = {
  title: 'Confidentiality declaration',
  loading: 'Fetching the declaration …',
  none: {
    name: 'No declaration is in force',
    meaning: 'When the organisation publishes one, you can read and acknowledge it here.',
  },

  text: {
    heading: 'The text',
    version: 'Version',
    validFrom: 'In force from',
    language: 'Language',
  },

  form: {
    heading: 'Acknowledge the text',
    tick: 'I have read the text above and acknowledge it.',
    tickMissing: 'Tick the box to acknowledge the text.',
    name: 'Your name',
    nameHint: 'First name and family name, as you write them yourself.',
    nameMissing: 'Write your name.',
    nameLong: 'The name is too long: at most 200 characters.',
    kept: 'What is stored: the text as it stands here, its version, the time, and your name if you are asked for it.',
    submit: 'Acknowledge',
    busy: 'One moment …',
    cancel: 'Back',
  },

  receipt: {
    heading: 'You have acknowledged the declaration',
    at: 'Acknowledged',
    version: 'Version',
    language: 'Language',
    until: 'Counts up to and including',
    noEnd: 'Until further notice',
    hash: 'Fingerprint of the text (SHA-256)',
    done: 'Your acknowledgement is stored.',
    other:
      'You acknowledged another version than the one below, and that counts still. You may acknowledge this one as well.',
    print: 'Print the receipt',
    renew: 'Acknowledge anew',
    withdraw: 'Withdraw …',
  },

  withdrawDialog: {
    heading: 'Withdraw your acknowledgement?',
    intro:
      'From today on it no longer counts, and honoraria for driving can’t be sent to accounting until you acknowledge the declaration again.',
    kept: 'That you had acknowledged it, and when, stays on record.',
    submit: 'Withdraw',
    cancel: 'Keep it',
  },
  withdrawn: {
    name: 'Your acknowledgement is withdrawn',
    meaning: (time: string) => `Stored ${time}. You can acknowledge the declaration again below.`,
  },
  changed: {
    name: 'The text has changed',
    meaning:
      'A new version came while you were reading. Nothing was stored. Read the new text before you acknowledge it.',
  },

  session: {
    missing: {
      name: 'You are not signed in',
      meaning: 'Waiting for the application to sign you in.',
    },
    expired: {
      name: 'Your session has ended',
      meaning: 'Sign in again. What you have filled in stays here.',
    },
  },
  offline: {
    name: 'No network connection',
    meaning: 'It goes on by itself when the network is back.',
  },
  tryAgain: 'Try again',
  fetchAgain: 'Fetch the text again',
  whatHappened: 'Technical details',
  problems: {
    offline: {
      name: 'No network connection',
      meaning: 'The device is not on the network.',
      todo: 'Try again when the network is back.',
    },
    unreachable: {
      name: 'The server can’t be reached',
      meaning: 'It is not you who did anything wrong.',
      todo: 'Try again in a while: nothing is stored twice.',
    },
    slow: {
      name: 'The server took too long',
      meaning: 'It is not known whether it got the message.',
      todo: 'Try again: nothing is stored twice.',
    },
    session: {
      name: 'Your session has ended',
      meaning: 'The server doesn’t accept your sign-in any more.',
      todo: 'Sign in again.',
    },
    forbidden: {
      name: 'This is for drivers',
      meaning: 'You are signed in with a role that acknowledges no declaration.',
      todo: 'Sign in as a driver, or have your role changed.',
    },
    noOrganisation: {
      name: 'Your user belongs to no organisation here',
      meaning: 'Your sign-in names no known organisation.',
      todo: 'Tell whoever administers users.',
    },
    stale: {
      name: 'The text could not be acknowledged',
      meaning: 'The server expects another text than the one shown. Nothing was stored.',
      todo: 'Fetch the text again, and read it once more.',
    },
    different: {
      name: 'The text on the screen is not the organisation’s',
      meaning:
        'It differs from what the server sent: a translation by the browser or an extension may have changed it. It can’t be acknowledged like this, and nothing was stored.',
      todo: 'Switch off translation of this page, and fetch the text again.',
    },
    insecure: {
      name: 'The text can’t be checked here',
      meaning: 'The browser checks texts only on pages that are opened by https.',
      todo: 'Open the page by https, or tell whoever gave you the link.',
    },
    nameUnknown: {
      name: 'Your name is not known here',
      meaning: 'The declaration has your name in it, and your sign-in doesn’t tell it.',
      todo: 'Tell the organisation that you drive for.',
    },
    typedName: {
      name: 'The name was not accepted',
      meaning: 'It takes one line of at most 200 characters. Nothing was stored.',
      todo: 'Write it again.',
    },
    nothingToWithdraw: {
      name: 'There is nothing to withdraw',
      meaning: 'You have acknowledged no declaration.',
      todo: 'Fetch the text again.',
    },
    busy: {
      name: 'Somebody else is changing the same',
      meaning: 'Nothing was stored.',
      todo: 'Try again in a moment.',
    },
    server: {
      name: 'Something went wrong on the server',
      meaning: 'The fault is not yours.',
      todo: 'Try again: nothing is stored twice. If it stays, tell whoever runs the system.',
    },
    other: {
      name: 'Something went wrong',
      meaning: 'The server didn’t accept the request.',
      todo: 'Try again. If it stays, tell whoever runs the system.',
    },
  },
};
