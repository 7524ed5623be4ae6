/** What `--keep` says: where everything is, and what to try. */
import type { DemoPanel } from './panel.ts';
import type { Screen } from './screen.ts';
import type { World } from './world.ts';

/** Prints addresses, tokens and requests to try. */
export function showHowToGoOn(
  screen: Screen,
  world: World,
  panel: DemoPanel,
  logFile: string,
): void {
  const [hlf, blindeforbundet] = world.organisations;
  const write = (text: string): void => {
    for (const line of text.split('\n')) screen.line(line);
  };
  screen.heading('Everything goes on running');
  write(`  panel              ${panel.url}
  API                ${world.apiUrl}
  Business Central   ${world.businessCentral.url}/__sandbox/ledger   (…/faults, …/requests)
  Xledger            ${world.xledger.url}/__sandbox/ledger   (…/faults, …/requests)
  database           ${world.databaseUrl}
  dispatcher's log   ${logFile}`);
  screen.heading('The panel, as a coordinator: open a link, which is good for 12 hours');
  for (const [index, link] of panel.links.entries()) {
    write(`${world.organisations[index]?.name ?? ''}:\n${link}`);
  }
  screen.heading('Tokens, good for 12 hours (paste them into the shell that you try things in)');
  write(`API=${world.apiUrl}
HLF_APP=${hlf.tokens.app}
HLF_COORDINATOR=${hlf.tokens.coordinator}
HLF_AUDITOR=${hlf.tokens.auditor}
BF_APP=${blindeforbundet.tokens.app}
BF_COORDINATOR=${blindeforbundet.tokens.coordinator}
BF_AUDITOR=${blindeforbundet.tokens.auditor}`);
  screen.heading('Try');
  write(`# the runs of one organisation, newest first
curl -sH "Authorization: Bearer $HLF_COORDINATOR" "$API/export_status?order=requested_at.desc"
# what needs a person
curl -sH "Authorization: Bearer $HLF_COORDINATOR" "$API/export_attention"
# the claims that were not delivered, and why; the repeated ones left out
curl -sH "Authorization: Bearer $BF_COORDINATOR" \\
  "$API/export_claims?exported_at=is.null&verdict=neq.already_exported&select=reference,verdict,outcome,error"
# the audit trail, oldest first
curl -sH "Authorization: Bearer $BF_AUDITOR" \\
  "$API/export_runs?order=seq&select=seq,kind,outcome,http_status,error_message"
# the app puts a claim, and asks for its export
curl -sH "Authorization: Bearer $HLF_APP" -H 'Content-Type: application/json' "$API/rpc/put_claims" \\
  -d '{"p_claims":[{"id":"11111111-1111-4111-8111-111111111111","reference":"HLF-TRY-1",
       "kind":"travel_expense","claimant":{"id":"p1","name":"Prøve Person"},"currency":"NOK",
       "total":"53.00","lines":[{"type":"mileage","date":"2026-03-02","amount":"53.00",
       "quantity":"10","text":"there and back"}]}]}'
curl -sH "Authorization: Bearer $HLF_APP" -H 'Content-Type: application/json' \\
  -H 'Prefer: return=representation' "$API/export_requests" \\
  -d '{"claim_ids":["11111111-1111-4111-8111-111111111111"]}'
# Business Central answers the next export with 503
curl -sX PUT ${world.businessCentral.url}/__sandbox/faults \\
  -d '{"kind":"status","status":503,"method":"POST","path":"\\\\$batch$"}'`);
  screen.line();
  screen.line('Ctrl-C ends it all.');
}
