import type { Words } from './words.ts';

export const nb: Words = {
  title: 'Taushetserklæring',
  loading: 'Henter erklæringen …',
  none: {
    name: 'Ingen erklæring gjelder nå',
    meaning: 'Når organisasjonen legger ut en, kan du lese og bekrefte den her.',
  },

  text: {
    heading: 'Teksten',
    version: 'Versjon',
    validFrom: 'Gjelder fra',
    language: 'Språk',
  },

  form: {
    heading: 'Bekreft teksten',
    tick: 'Jeg har lest teksten over og bekrefter den.',
    tickMissing: 'Kryss av for å bekrefte teksten.',
    name: 'Navnet ditt',
    nameHint: 'Fornavn og etternavn, slik du selv skriver dem.',
    nameMissing: 'Skriv navnet ditt.',
    nameLong: 'Navnet er for langt: høyst 200 tegn.',
    kept: 'Dette lagres: teksten slik den står her, versjonen, tidspunktet, og navnet ditt hvis du blir bedt om det.',
    submit: 'Bekreft',
    busy: 'Et øyeblikk …',
    cancel: 'Tilbake',
  },

  receipt: {
    heading: 'Du har bekreftet erklæringen',
    at: 'Bekreftet',
    version: 'Versjon',
    language: 'Språk',
    until: 'Gjelder til og med',
    noEnd: 'Inntil videre',
    hash: 'Tekstens fingeravtrykk (SHA-256)',
    done: 'Bekreftelsen din er lagret.',
    other:
      'Du har bekreftet en annen versjon enn den som står her, og den teller fortsatt. Du kan bekrefte denne i tillegg.',
    print: 'Skriv ut kvitteringen',
    renew: 'Bekreft på nytt',
    withdraw: 'Trekk tilbake …',
  },

  withdrawDialog: {
    heading: 'Trekke tilbake bekreftelsen?',
    intro:
      'Fra og med i dag teller den ikke lenger, og honorar for kjøring kan ikke sendes til regnskap før du bekrefter erklæringen igjen.',
    kept: 'At du hadde bekreftet den, og når, blir stående i arkivet.',
    submit: 'Trekk tilbake',
    cancel: 'Behold den',
  },
  withdrawn: {
    name: 'Bekreftelsen er trukket tilbake',
    meaning: (time) => `Lagret ${time}. Du kan bekrefte erklæringen igjen nedenfor.`,
  },
  changed: {
    name: 'Teksten er endret',
    meaning:
      'En ny versjon kom mens du leste. Ingenting er lagret. Les den nye teksten før du bekrefter den.',
  },

  session: {
    missing: {
      name: 'Du er ikke logget inn',
      meaning: 'Venter på at applikasjonen logger deg inn.',
    },
    expired: {
      name: 'Økten er utløpt',
      meaning: 'Logg inn på nytt. Det du har fylt ut, blir stående.',
    },
  },
  offline: {
    name: 'Ingen nettforbindelse',
    meaning: 'Det fortsetter av seg selv når nettet er tilbake.',
  },
  tryAgain: 'Prøv igjen',
  fetchAgain: 'Hent teksten på nytt',
  whatHappened: 'Tekniske detaljer',
  problems: {
    offline: {
      name: 'Ingen nettforbindelse',
      meaning: 'Enheten er ikke på nett.',
      todo: 'Prøv igjen når nettet er tilbake.',
    },
    unreachable: {
      name: 'Får ikke kontakt med serveren',
      meaning: 'Det er ikke du som har gjort noe galt.',
      todo: 'Prøv igjen om litt: Ingenting lagres to ganger.',
    },
    slow: {
      name: 'Serveren brukte for lang tid',
      meaning: 'Det er ikke kjent om den fikk beskjeden.',
      todo: 'Prøv igjen: Ingenting lagres to ganger.',
    },
    session: {
      name: 'Økten er utløpt',
      meaning: 'Serveren godtar ikke påloggingen lenger.',
      todo: 'Logg inn på nytt.',
    },
    forbidden: {
      name: 'Dette er for sjåfører',
      meaning: 'Du er logget inn med en rolle som ikke bekrefter noen erklæring.',
      todo: 'Logg inn som sjåfør, eller få rollen din endret.',
    },
    noOrganisation: {
      name: 'Brukeren din tilhører ingen organisasjon her',
      meaning: 'Påloggingen oppgir ingen kjent organisasjon.',
      todo: 'Si fra til den som administrerer brukere.',
    },
    stale: {
      name: 'Teksten lot seg ikke bekrefte',
      meaning: 'Serveren venter en annen tekst enn den som vises. Ingenting er lagret.',
      todo: 'Hent teksten på nytt, og les den en gang til.',
    },
    different: {
      name: 'Teksten på skjermen er ikke organisasjonens',
      meaning:
        'Den er en annen enn den serveren sendte: Nettleserens oversettelse eller en utvidelse kan ha endret den. Slik kan den ikke bekreftes, og ingenting er lagret.',
      todo: 'Slå av oversettelse av denne siden, og hent teksten på nytt.',
    },
    insecure: {
      name: 'Teksten kan ikke kontrolleres her',
      meaning: 'Nettleseren kontrollerer tekster bare på sider som åpnes med https.',
      todo: 'Åpne siden med https, eller si fra til den som ga deg lenken.',
    },
    nameUnknown: {
      name: 'Navnet ditt er ikke kjent her',
      meaning: 'Erklæringen har navnet ditt i seg, og påloggingen oppgir det ikke.',
      todo: 'Si fra til organisasjonen du kjører for.',
    },
    typedName: {
      name: 'Navnet ble ikke godtatt',
      meaning: 'Det skal være på én linje og ha høyst 200 tegn. Ingenting er lagret.',
      todo: 'Skriv det på nytt.',
    },
    nothingToWithdraw: {
      name: 'Det er ingenting å trekke tilbake',
      meaning: 'Du har ikke bekreftet noen erklæring.',
      todo: 'Hent teksten på nytt.',
    },
    busy: {
      name: 'Noen andre endrer det samme',
      meaning: 'Ingenting ble lagret.',
      todo: 'Prøv igjen om et øyeblikk.',
    },
    server: {
      name: 'Noe gikk galt på serveren',
      meaning: 'Feilen er ikke din.',
      todo: 'Prøv igjen: Ingenting lagres to ganger. Si fra til den som drifter systemet, hvis det vedvarer.',
    },
    other: {
      name: 'Noe gikk galt',
      meaning: 'Serveren godtok ikke forespørselen.',
      todo: 'Prøv igjen. Si fra til den som drifter systemet, hvis det vedvarer.',
    },
  },
};
