import type { Words } from './words.ts';

const claims = (count: number): string => `${count} krav`;

export const nb: Words = {
  title: 'Eksport til regnskap',
  claims,

  list: {
    heading: 'Siste eksporter',
    asked: 'Bestilt',
    state: 'Status',
    counts: 'Krav',
    progress: 'Resultat',
    by: 'Bestilt av',
    showMore: 'Vis flere eksporter',
    refresh: 'Oppdater',
    updated: (time) => `Oppdatert kl. ${time}`,
    loading: 'Henter eksporter …',
    emptyHeading: 'Ingenting er eksportert ennå',
    emptyText: 'Når krav sendes til regnskap, kan du følge dem her.',
    end: 'Det er alle eksportene.',
  },

  search: {
    label: 'Søk',
    hint: 'Kravreferanse, bilagsnummer, eksport-ID eller dato',
    submit: 'Søk',
    clear: 'Nullstill søk',
    resultsFor: (term) => `Treff for «${term}»`,
    exportsOf: (day) => `Eksporter ${day}`,
    found: (count) => `${count} treff`,
    none: 'Ingen treff',
    noneText:
      'Kontroller skrivemåten. Begynnelsen av en referanse er nok, for eksempel HLF-2026-001, men et bilagsnummer må skrives helt ut. En dato kan skrives 3.3.2026.',
    searching: 'Søker …',
    limited: (count) => `Bare de første ${count} vises.`,
    run: 'Eksport',
    openRun: (reference) => `Åpne eksporten med ${reference}`,
  },

  run: {
    back: 'Alle eksporter',
    heading: (time) => `Eksport ${time}`,
    loading: 'Henter eksporten …',
    notFound: 'Eksporten finnes ikke',
    notFoundText: 'Den kan tilhøre en annen organisasjon, eller lenken er ufullstendig.',
    facts: 'Om eksporten',
    id: 'Eksport-ID',
    system: 'System',
    askedBy: 'Bestilt av',
    askedAt: 'Bestilt',
    deliveredAt: 'Levert',
    attempts: 'Forsøk',
    next: 'Fortsetter',
    sum: 'Beløp',
    sumDelivered: 'herav levert',
    progress: 'Fremdrift',
    claimsHeading: 'Krav',
    claimsCaption: 'Kravene i eksporten, med vurdering, resultat og bilag',
    reference: 'Referanse',
    verdict: 'Vurdering',
    outcome: 'Resultat',
    voucher: 'Bilag',
    amount: 'Beløp',
    note: 'Merknad',
    noReference: 'ukjent krav',
    noValue: 'ingen',
    booked: (time) => `bokført ${time}`,
    filter: 'Vis',
    all: 'Alle',
    shown: (shown, all) => `Viser ${shown} av ${all}`,
    showMoreClaims: (count) => `Vis ${count} til`,
    otherRun: 'Se den eksporten',
    actionsHeading: 'Dette kan du gjøre',
    timelineHeading: 'Dette har skjedd',
    timelineEmpty: 'Ingenting ennå: Eksporten venter på tur.',
    showSteps: (count) => `Vis ${count} tidligere ${count === 1 ? 'hendelse' : 'hendelser'}`,
    showMoreTimeline: 'Vis mer av det som har skjedd',
    rawWords: 'Detaljer',
    raw: 'Regnskapssystemets egne ord',
    httpStatus: (status) => `HTTP ${status}`,
    noAnswer: 'ikke noe svar',
    late: 'Kom for sent, etter at eksporten hadde gått videre',
    requested: 'Eksporten ble bestilt',
    by: (name) => `av ${name}`,
    changed: (state) => `Eksporten har nå status: ${state}`,
    inFile: 'I filen, ikke bekreftet',
  },

  trail: {
    attempt: (no) => `Forsøk ${no}`,
    reconciliation: 'Regnskapet ble spurt',
    decision: 'En person avgjorde',
  },

  systems: {
    business_central: 'Business Central',
    xledger: 'Xledger',
    file: 'Fil',
  },

  states: {
    queued: {
      name: 'I kø',
      meaning: 'Kravene er reservert og venter på tur. Ingenting er sendt ennå.',
    },
    sending: { name: 'Sendes', meaning: 'Kravene sendes til regnskapet nå.' },
    retry_wait: {
      name: 'Venter på nytt forsøk',
      meaning:
        'Det forrige forsøket endret helt sikkert ingenting i regnskapet. Det prøves igjen av seg selv.',
    },
    in_doubt: {
      name: 'Uavklart',
      meaning:
        'Regnskapet kan ha mottatt kravene. Det spørres før noe sendes på nytt, slik at ingenting bokføres to ganger.',
    },
    reconciling: {
      name: 'Spør regnskapet',
      meaning: 'Regnskapet blir spurt om hva det har mottatt.',
    },
    needs_review: {
      name: 'Må ses på',
      meaning:
        'Det som ligger i regnskapet, stemmer ikke med det som ble sendt, eller det lar seg ikke avklare. En person må se på det.',
    },
    produced: {
      name: 'Fil klar, avventer import',
      meaning: 'Filen er laget. Den må importeres i regnskapet, og noen må bekrefte det.',
    },
    exported: { name: 'Levert', meaning: 'Regnskapet har mottatt alle kravene som kunne sendes.' },
    partially_exported: {
      name: 'Delvis levert',
      meaning:
        'Regnskapet har noen av kravene. De andre ble avvist eller oppgitt, og kan sendes på nytt.',
    },
    rejected: {
      name: 'Avvist',
      meaning: 'Regnskapet avviste alle kravene. De kan sendes på nytt når feilen er rettet.',
    },
    failed: {
      name: 'Mislyktes',
      meaning:
        'Alle forsøk er brukt opp. Det er sikkert at de åpne kravene ikke ligger i regnskapet, og de kan sendes på nytt.',
    },
    skipped: {
      name: 'Ingenting å sende',
      meaning: 'Ingen av kravene kunne eksporteres. Vurderingen av hvert krav sier hvorfor.',
    },
    cancelled: {
      name: 'Avbrutt',
      meaning:
        'En person trakk eksporten tilbake. Det er sikkert at kravene ikke ligger i regnskapet.',
    },
  },

  verdicts: {
    exportable: { name: 'Kan eksporteres', meaning: 'Kravet er med i eksporten.' },
    already_exported: {
      name: 'Allerede eksportert',
      meaning: 'Regnskapet har fått kravet i en tidligere eksport. Det sendes ikke to ganger.',
    },
    in_flight: {
      name: 'I en annen eksport',
      meaning: 'Kravet er med i en annen eksport som ikke er avsluttet.',
    },
    not_approved: {
      name: 'Ikke godkjent',
      meaning: 'Kravet er et utkast, eller det er trukket tilbake.',
    },
    flagged: {
      name: 'Under tvil',
      meaning: 'Noen er i tvil om kravet allerede ligger i regnskapet. Regnskapet spørres først.',
    },
    unmapped: { name: 'Mangler konto', meaning: 'En utgiftstype i kravet har ingen konto.' },
    unsupported_currency: {
      name: 'Annen valuta',
      meaning: 'Regnskapet tar ikke imot krav i denne valutaen.',
    },
    too_large: {
      name: 'For mange linjer',
      meaning: 'Kravet har flere linjer enn regnskapet kan bokføre i én omgang.',
    },
    declaration_missing: {
      name: 'Mangler erklæring',
      meaning:
        'Sjåføren har ingen bekreftelse av taushetserklæringen som gjelder på kjøredagen. En bekreftelse gjelder fra den dagen den gis.',
    },
    feature_disabled: {
      name: 'Ikke slått på',
      meaning: 'Sjåførhonorar er slått av for organisasjonen. Administratoren der kan slå dem på.',
    },
    unknown: { name: 'Ukjent', meaning: 'Kravet finnes ikke i organisasjonen.' },
  },

  outcomes: {
    accepted: { name: 'Levert', meaning: 'Regnskapet har mottatt kravet.' },
    found: { name: 'Levert', meaning: 'Regnskapet ble spurt og har kravet.' },
    booked_by_hand: {
      name: 'Bokført manuelt',
      meaning: 'En person har oppgitt at kravet er bokført.',
    },
    rejected: { name: 'Avvist', meaning: 'Regnskapet avviste kravet.' },
    not_applied: { name: 'Ikke mottatt', meaning: 'Regnskapet har helt sikkert ikke fått kravet.' },
    unknown: { name: 'Uavklart', meaning: 'Regnskapet kan ha fått kravet.' },
    absent: { name: 'Ikke funnet', meaning: 'Regnskapet ble spurt og har ikke kravet.' },
    proved_absent: {
      name: 'Ikke i regnskapet',
      meaning: 'En person har oppgitt at regnskapet ikke har kravet. Det er frigitt.',
    },
    voided: { name: 'Fjernet', meaning: 'Kravet er fjernet fra regnskapet og kan sendes på nytt.' },
    cancelled: { name: 'Avbrutt', meaning: 'En person trakk kravet tilbake før det ble sendt.' },
  },

  groups: {
    delivered: 'Levert',
    file: 'I filen',
    open: 'Åpne',
    refused: 'Ikke levert',
    heldBack: 'Holdt tilbake',
    withdrawn: 'Trukket tilbake',
  },
  notSent: 'Ikke sendt ennå',
  heldBack: 'Ikke sendt',
  given_up: 'Oppgitt',

  attentionHeading: 'Må ses på av en person',
  attentionMore: 'Det er mer enn det som vises her.',
  missingDeclarations: {
    heading: 'Honorarer som venter på en erklæring',
    driver: 'Sjåfør',
    ask: 'Be sjåføren bekrefte taushetserklæringen. Bekreftelsen gjelder fra den dagen den gis.',
    past: 'For dager som er forbi, er det for sent å bekrefte nå: Organisasjonen må avgjøre hva som skal skje med dem.',
    drove: (day) => `kjørt ${day}`,
    version: (version, language) => `versjon ${version} (${language}) må bekreftes`,
    noVersion: 'ingen erklæring gjaldt den dagen',
    more: 'Det er flere enn dem som vises her.',
  },
  since: (time) => `siden ${time}`,
  aboutClaim: (reference) => `Krav ${reference}`,
  openRun: 'Åpne eksporten',
  attention: {
    queued_long: {
      name: 'Har ventet i over en time',
      meaning:
        'Eksporten har ikke kommet gjennom. Si fra til den som drifter systemet, hvis den blir stående.',
    },
    in_doubt_long: {
      name: 'Uavklart i over en time',
      meaning: 'Regnskapet spørres igjen av seg selv. Du trenger ikke gjøre noe ennå.',
    },
    needs_review: {
      name: 'En eksport må ses på',
      meaning:
        'Slå opp kravene i regnskapet. Oppgi så hva du fant, eller la regnskapet bli spurt igjen.',
    },
    produced: {
      name: 'En fil avventer import',
      meaning: 'Last ned filen, importer den én gang, og bekreft det du ser i regnskapet.',
    },
    paused: {
      name: 'Sendingen er stoppet',
      meaning:
        'Ingenting sendes nå. Regnskapssystemet avviste oss: Pålogging, rettigheter eller adresse må rettes der. Deretter lar administratoren i organisasjonen sendingen fortsette, her.',
    },
    frozen: {
      name: 'Sendingen venter',
      meaning:
        'En sikkerhetskopi er lest tilbake. Regnskapet spørres om hva det har, før noe sendes. Deretter fortsetter sendingen av seg selv.',
    },
    unreachable: {
      name: 'Får ikke kontakt med regnskapet',
      meaning: 'Sendingen fortsetter av seg selv når regnskapssystemet svarer.',
    },
    flagged: {
      name: 'Tvil om et krav',
      meaning: 'Kravet holdes tilbake til regnskapet har svart på om det har det.',
    },
    booked_late: {
      name: 'Bokført for sent',
      meaning:
        'Regnskapet meldte at kravet er bokført, etter at det var frigitt. Kontroller om det ligger der to ganger. Fjern i så fall det ene og registrer det. Ligger det der én gang, lar du regnskapet bli spurt igjen.',
    },
    faulted: {
      name: 'Feil etter levering',
      meaning:
        'Regnskapssystemet har mottatt kravet, men fant en feil, eller forteller ikke hva det har bokført. Rett det der.',
    },
  },

  reasons: {
    delivered: (n) => `Regnskapet har mottatt ${claims(n)}.`,
    fileMade: (n) => `Filen ble laget med ${claims(n)}.`,
    refusedData: (n) =>
      `Regnskapet avviste ${claims(n)}: Noe i det som ble sendt, godtas ikke. Detaljene sier hva.`,
    refused: (n) => `${claims(n)} ble avvist. Detaljene sier hvorfor.`,
    askedToWait: () => 'Regnskapet ba oss vente: Det har for mye å gjøre. Ingenting ble bokført.',
    noAccess: () =>
      'Regnskapet slipper oss ikke inn: Pålogging eller rettigheter må rettes. Ingenting ble bokført.',
    wrongAddress: () =>
      'Regnskapet svarer ikke som ventet på denne adressen. Ingenting ble bokført.',
    unreached: () => 'Fikk ikke kontakt med regnskapet. Ingenting ble sendt.',
    notApplied: () => 'Forsøket endret helt sikkert ingenting i regnskapet.',
    undoneBeside: (n) =>
      `${claims(n)} ble ikke bokført, fordi et annet krav i samme melding ble avvist. Det som ble angret, sendes på nytt.`,
    notSentBeside: (n) =>
      `${claims(n)} ble ikke sendt ennå: Først må det avklares hva som skjedde med det som ble sendt før.`,
    lostAnswer: (n) =>
      `Forbindelsen ble brutt, eller svaret kom ikke i tide. Regnskapet kan ha mottatt ${claims(n)}, så det spørres før noe sendes på nytt.`,
    serverFault: (n) =>
      `Regnskapet hadde en egen feil. Det kan ha mottatt ${claims(n)}, så det spørres før noe sendes på nytt.`,
    alreadyThere: (n) =>
      `Regnskapet sier at noe av dette finnes fra før. Det spørres om hvilke av ${claims(n)} det har.`,
    unclearAnswer: (n) =>
      `Svaret lot seg ikke tolke. Regnskapet kan ha mottatt ${claims(n)}, så det spørres.`,
    found: (n) => `Regnskapet har ${claims(n)}, som sendt.`,
    absent: (n) => `${claims(n)} ble ikke funnet i regnskapet.`,
    unclear: () => 'Det lot seg ikke avklare hva regnskapet har. Detaljene sier hvorfor.',
    bookedByHand: (n) => `${claims(n)} registrert som bokført manuelt.`,
    provedAbsent: (n) => `${claims(n)} registrert som ikke bokført, og frigitt.`,
    voided: (n) => `${claims(n)} registrert som fjernet fra regnskapet, og frigitt.`,
    cancelled: (n) => `Trukket tilbake: ${claims(n)}.`,
    importConfirmed: (n) => `Importen av filen ble bekreftet, med ${claims(n)}.`,
  },

  counts: {
    delivered: (n) => `${n} levert`,
    failed: (n) => `${n} ikke levert`,
    skipped: (n) => `${n} utelatt`,
    open: (n) => `${n} ${n === 1 ? 'åpent' : 'åpne'}`,
    summary: (delivered, all) => `${delivered} av ${claims(all)} levert`,
  },
  you: 'deg',
  theApp: 'appen',

  acts: {
    reconcile: 'Spør regnskapet nå',
    reconciled: 'Regnskapet blir spurt. Svaret vises her.',
    resolve: 'Avklar …',
    cancel: 'Avbryt eksporten …',
    confirm: 'Bekreft importen …',
    download: 'Last ned CSV-filen',
    downloaded: (name) => `${name} er lastet ned.`,
    void: 'Registrer fjernede bilag …',
    flag: 'Meld tvil …',
    resume: 'La sendingen fortsette …',
    readOnly: 'Du har lesetilgang. Bare en koordinator kan endre noe.',
    done: 'Det er registrert.',
    close: 'Lukk',
    abort: 'Tilbake',
    busy: 'Et øyeblikk …',
    evidence: 'Hva så du, og hvor?',
    evidenceHint:
      'For eksempel: bilag 2026-1044, sett i journalen 4. mars. Vis til dokumenter, ikke personer. Høyst 500 tegn.',
    evidenceMissing: 'Skriv hva du så, og hvor.',
    charactersLeft: (n) => `${n} tegn igjen`,
    selectAll: 'Velg alle',
    noneSelected: 'Velg minst ett krav.',
    whichClaims: 'Hvilke krav?',
  },

  resolveDialog: {
    heading: 'Avklar eksporten',
    intro:
      'Slå først opp hvert åpent krav i regnskapet. Det du oppgir her, lagres i eksportens historikk med navnet ditt.',
    question: 'Hva ligger i regnskapet?',
    bookedAll: 'Alle åpne krav er bokført',
    bookedSome: 'Noen av kravene er bokført',
    bookedSomeHint: 'Kryss av for kravene som er bokført. De andre blir stående og vente.',
    absent: 'Ingen av dem ligger der',
    absentHint: 'Kravene frigis og kan sendes på nytt.',
    choose: 'Velg hva som ligger i regnskapet.',
    voucherOf: (reference) => `Bilagsnumre for ${reference}`,
    voucherHint: 'Flere numre skilles med komma. Feltet kan stå tomt.',
    submit: 'Avklar',
  },
  cancelDialog: {
    heading: 'Avbryte eksporten?',
    intro:
      'Kravene sendes ikke, og kan bestilles på nytt. Det som man vet er bokført, blir i stedet registrert som levert.',
    submit: 'Avbryt eksporten',
  },
  confirmDialog: {
    heading: 'Bekreft importen',
    intro:
      'Bekreft at filen er importert, og at bilagene ligger i regnskapet. Hvis noe ble utelatt, registrerer du det først som fjernet.',
    submit: 'Bekreft importen',
  },
  voidDialog: {
    heading: 'Registrer fjernede bilag',
    intro:
      'Gjelder krav som en person har fjernet eller reversert i regnskapet, eller utelatt fra filen. De frigis og kan sendes på nytt. Ingenting fjernes i regnskapet herfra.',
    submit: 'Registrer som fjernet',
  },
  flagDialog: {
    heading: 'Meld tvil',
    intro:
      'Er du i tvil om et krav allerede ligger i regnskapet? Det holdes tilbake til regnskapet er spurt om referansen.',
    reason: 'Hvorfor er du i tvil?',
    reasonHint:
      'For eksempel: bokført manuelt i februar? Vis til dokumenter, ikke personer. Høyst 500 tegn.',
    reasonMissing: 'Skriv hvorfor du er i tvil.',
    submit: 'Hold tilbake og spør',
  },

  resumeDialog: {
    heading: 'La sendingen fortsette',
    intro:
      'Først når det som stoppet den, er rettet: Ellers stopper den igjen ved neste forsøk. Det du skriver, lagres med navnet ditt.',
    evidence: 'Hva er rettet?',
    evidenceHint:
      'For eksempel: nytt passord registrert for integrasjonsbrukeren. Vis til dokumenter, ikke personer, og skriv ikke passord. Høyst 500 tegn.',
    evidenceMissing: 'Skriv hva som er rettet.',
    submit: 'La den fortsette',
  },

  send: {
    heading: 'Send til regnskap',
    checking: 'Kontrollerer kravene …',
    nothingYet: 'Ingenting er sendt.',
    ready: (n) => `${claims(n)} kan sendes.`,
    readyOf: (n, all) => `${n} av ${claims(all)} kan sendes.`,
    none: 'Ingen av kravene kan sendes.',
    exportedOn: (n, all, day) => `${n} av ${all} ble eksportert allerede ${day}`,
    exportedEarlier: (n, all) => `${n} av ${all} ligger allerede i regnskapet`,
    others: (n, all, verdict) => `${n} av ${all}: ${verdict}`,
    notSent: 'Disse sendes ikke:',
    showClaims: 'Vis hvilke',
    send: (n) => `Send ${claims(n)}`,
    sending: 'Sender …',
    sent: 'Eksporten er bestilt.',
  },

  session: {
    missing: {
      name: 'Du er ikke logget inn',
      meaning: 'Venter på at applikasjonen logger deg inn.',
    },
    expired: {
      name: 'Økten er utløpt',
      meaning:
        'Logg inn på nytt. Det som vises, blir stående, og ingenting av det du har skrevet, går tapt.',
    },
  },
  offline: {
    name: 'Ingen nettforbindelse',
    meaning: (time) =>
      time === null
        ? 'Det fortsetter av seg selv når nettet er tilbake.'
        : `Viser det som ble hentet kl. ${time}. Det fortsetter av seg selv når nettet er tilbake.`,
  },
  stale: (time) => `Viser det som ble hentet kl. ${time}.`,
  tryAgain: 'Prøv igjen',
  whatHappened: 'Tekniske detaljer',
  problems: {
    offline: {
      name: 'Ingen nettforbindelse',
      meaning: 'Datamaskinen er ikke på nett.',
      todo: 'Det prøves igjen av seg selv når nettet er tilbake.',
    },
    unreachable: {
      name: 'Får ikke kontakt med serveren',
      meaning: 'Eksportene går videre likevel: Det er bare denne siden som ikke kan vise dem.',
      todo: 'Det prøves igjen av seg selv. Si fra til den som drifter systemet, hvis det vedvarer.',
    },
    slow: {
      name: 'Serveren brukte for lang tid',
      meaning: 'Det er ikke kjent om den fikk beskjeden.',
      todo: 'Prøv igjen: Ingenting gjøres to ganger.',
    },
    unanswered: {
      name: 'Det kom ikke noe svar',
      meaning: 'Det er ikke kjent om dette ble registrert.',
      todo: 'Lukk dette og se etter om det er der, før du prøver igjen. Ingenting gjøres to ganger.',
    },
    notSent: {
      name: 'Ingen nettforbindelse',
      meaning: 'Datamaskinen er ikke på nett, og ingenting ble sendt.',
      todo: 'Prøv igjen når nettet er tilbake.',
    },
    throttled: {
      name: 'Serveren har for mye å gjøre',
      meaning: 'Den tok ikke imot dette. Eksportene går videre likevel.',
      todo: 'Prøv igjen om et minutt.',
    },
    session: {
      name: 'Økten er utløpt',
      meaning: 'Serveren godtar ikke påloggingen lenger.',
      todo: 'Logg inn på nytt.',
    },
    forbidden: {
      name: 'Du har ikke tilgang til dette',
      meaning: 'Rollen din tillater det ikke.',
      todo: 'Be en koordinator om hjelp, eller få rollen din endret.',
    },
    noOrganisation: {
      name: 'Brukeren din tilhører ingen organisasjon her',
      meaning: 'Påloggingen oppgir ingen kjent organisasjon.',
      todo: 'Si fra til den som administrerer brukere.',
    },
    notFound: {
      name: 'Det finnes ikke',
      meaning: 'Organisasjonen din har ingen slik eksport eller et slikt krav.',
      todo: 'Gå tilbake til listen og se igjen.',
    },
    notInState: {
      name: 'Eksporten har gått videre',
      meaning: 'Den har ikke en status der dette kan gjøres. Noen kan ha vært raskere.',
      todo: 'Se på statusen igjen.',
    },
    tooEarly: {
      name: 'Det er for tidlig',
      meaning:
        'Noe kan fortsatt være på vei til regnskapet. Hvis kravene frigis nå, kan de bli bokført to ganger.',
      todo: 'Vent litt, eller la regnskapet bli spurt.',
    },
    notDelivered: {
      name: 'Kravet ble ikke levert av denne eksporten',
      meaning: 'Eller det er allerede registrert som fjernet.',
      todo: 'Se på kravlisten igjen.',
    },
    words: {
      name: 'Teksten godtas ikke',
      meaning: 'Den mangler, eller er lengre enn 500 tegn.',
      todo: 'Endre den og prøv igjen.',
    },
    selection: {
      name: 'Valget passer ikke til eksporten',
      meaning: 'Et krav er ikke lenger åpent, eller det er avklart i mellomtiden.',
      todo: 'Se på kravlisten igjen.',
    },
    integration: {
      name: 'Regnskapet er ikke koblet til',
      meaning: 'Organisasjonen har ikke noe regnskapssystem som er slått på.',
      todo: 'Si fra til den som drifter systemet.',
    },
    tooMany: {
      name: 'For mange krav på én gang',
      meaning: 'Høyst 500 krav kan sendes samlet.',
      todo: 'Velg færre.',
    },
    badClaims: {
      name: 'Utvalget av krav er ikke gyldig',
      meaning:
        'Ingen krav er valgt, et av dem er valgt to ganger, eller har en ID som ikke kan stemme.',
      todo: 'Velg på nytt.',
    },
    noFile: {
      name: 'Filen gis ikke ut',
      meaning:
        'Et krav i den er registrert som fjernet, eller innholdet er slettet. Hvis den importeres, blir noe bokført to ganger.',
      todo: 'Registrer også de andre kravene som fjernet, og send dem på nytt.',
    },
    busy: {
      name: 'Noen andre endrer det samme',
      meaning: 'Ingenting ble lagret.',
      todo: 'Prøv igjen om et øyeblikk.',
    },
    server: {
      name: 'Noe gikk galt på serveren',
      meaning: 'Feilen er ikke din.',
      todo: 'Prøv igjen. Si fra til den som drifter systemet, hvis det vedvarer.',
    },
    other: {
      name: 'Noe gikk galt',
      meaning: 'Serveren godtok ikke forespørselen.',
      todo: 'Prøv igjen. Si fra til den som drifter systemet, hvis det vedvarer.',
    },
  },
  voucherKinds: {
    item: 'importlinje',
    entry: 'postering',
    journal: 'kladd',
    elsewhere: 'linje i en annen kladd',
  },
  statesHeading: 'Hva betyr statusene?',
};
