/** What `npm run declaration` says of what it wrote and found. */
import { oneLine } from './declaration-page.ts';
import type { HeldUp, Imported, Version } from './declaration-queries.ts';

/** What the file and the options want of a version. */
export interface Meant {
  readonly language: string;
  readonly way: string;
  readonly validFrom: string | null;
  readonly validity: string | null;
}

/** What became of a file, and whose turn it is. */
export function describeImported(imported: Imported, meant: Meant, organisation: string): string {
  const { result, version, state, bodySha256 } = imported;
  const lines = [
    `${result}: version ${String(version)} (${meant.language}), ${state.replace('_', ' ')}`,
    `sha256 of the text: ${bodySha256}`,
  ];
  if (state === 'draft') lines.push(...howToSignOff(imported, meant, organisation));
  if (state !== 'published') lines.push(...howToPublish(imported, meant));
  if (state === 'published' && meant.validFrom !== null && meant.validFrom !== imported.validFrom) {
    lines.push(
      `It was published from ${imported.validFrom ?? ''} on, and ${meant.validFrom} is meant: ` +
        'that stays; publish a next version.',
    );
  }
  if (meant.validity !== null && meant.validity !== imported.validity) {
    lines.push(
      `The organisation's rule is ${imported.validity}, and ${meant.validity} is meant. A file doesn't ` +
        'change rules: an organisation_admin does, by set_declaration_rules.',
    );
  }
  return lines.join('\n');
}

function howToSignOff(
  { templateId, version, bodySha256, needsAnotherSigner }: Imported,
  { language, way }: Meant,
  organisation: string,
): string[] {
  const body = {
    p_template_id: templateId,
    p_version: version,
    p_body_sha256: bodySha256,
    p_way_of_acknowledging: way,
    p_reference: 'on what it was decided',
  };
  return [
    `To read it: npm run declaration -- preview --organisation '${oneLine(organisation)}' --language ${language}`,
    'To sign it off, an organisation_admin' +
      `${needsAnotherSigner ? ' who is none of its authors' : ''} reads it and calls`,
    `  POST /rpc/sign_off_declaration_template`,
    `  ${JSON.stringify(body)}`,
  ];
}

function howToPublish({ templateId, version, today }: Imported, { validFrom }: Meant): string[] {
  const body = {
    p_template_id: templateId,
    p_version: version,
    p_valid_from: validFrom ?? 'its first day',
  };
  const isPast = validFrom !== null && validFrom < today;
  return [
    'To have it come into force, once it is signed off:',
    `  POST /rpc/publish_declaration_template`,
    `  ${JSON.stringify(body)}`,
    ...(isPast ? [`  ${validFrom} is past: name a day from ${today} on.`] : []),
  ];
}

/** The versions, a line or two each. */
export function describeVersions(versions: readonly Version[]): string {
  if (versions.length === 0) return 'There is no version yet.';
  return versions
    .map((one) => {
      const days =
        one.validFrom === null
          ? 'no day yet'
          : `from ${one.validFrom}${one.validUntil === null ? '' : ` to ${one.validUntil}`}`;
      const signed =
        one.signedOffBy === null
          ? 'not signed off'
          : `signed off ${one.signedOffAt ?? ''} by ${oneLine(one.signedOffBy)} on: ` +
            oneLine(one.signOffReference ?? '');
      const problems =
        one.problems.length === 0
          ? []
          : [`  to be mended: ${one.problems.map(oneLine).join(', ')}`];
      return [
        `${one.language} ${String(one.version)}: ${one.state}, ${days}, ${one.wayOfAcknowledging}`,
        `  ${signed}`,
        ...problems,
      ].join('\n');
    })
    .join('\n');
}

/** Who lacks an acknowledgement: ids and references, no names. */
export function describeHeldUp(held: readonly HeldUp[]): string {
  if (held.length === 0) return 'No honorarium is held up.';
  const driverIds = [...new Set(held.map(({ driverId }) => driverId))];
  const lines = driverIds.flatMap((driverId) => [
    `driver ${oneLine(driverId)}`,
    ...held.filter((one) => one.driverId === driverId).map(describeClaim),
  ]);
  return [
    ...lines,
    `${String(driverIds.length)} ${driverIds.length === 1 ? 'driver' : 'drivers'}, ` +
      `${String(held.length)} ${held.length === 1 ? 'honorarium' : 'honoraria'} held up.`,
  ].join('\n');
}

function describeClaim(claim: HeldUp): string {
  const { reference, claimId, missingOn, neededLanguage, neededVersion } = claim;
  const needed =
    neededVersion === null
      ? 'no version was in force'
      : `needs version ${String(neededVersion)} (${neededLanguage ?? ''})`;
  return `  ${reference} (${claimId}): ${missingOn}, ${needed}`;
}
