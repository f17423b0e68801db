import { BROWSERS } from './agents.ts';
import { CAUSES, NO_HEADERS } from './causes.ts';
import type { Cause, Link } from './load-plan.ts';
import { MACHINE_OF } from './machine-loads.ts';
import { originIn } from './networks.ts';
import type { Stage } from './people.ts';
import { createRandom, type Random, weighted } from './random.ts';
import type { Scenario } from './scenario.ts';

const browser = weighted(BROWSERS);

/** Queries without a usable campaign, as broken templates and scripts write them. */
const BROKEN = [
  '',
  'utm_campaign=*%7CCAMPAIGN_UID%7C*&utm_medium=email',
  'utm_campaign=Spring%20Sale&utm_medium=email',
  'utm_campaign=anna.muster%40example.com&utm_medium=email&rid=anna.muster%40example.com',
  'utm_campaign=%E2%80%AEelas&utm_medium=page',
  'utm_campaign=%3Cscript%3Ealert(1)%3C/script%3E',
  'amp;utm_campaign=weekly&amp;utm_medium=email',
  `utm_campaign=${'x'.repeat(90)}`,
];

const OTHER_PATHS: readonly (readonly [string, number])[] = [
  ['/favicon.ico', 404],
  ['/robots.txt', 404],
  ['/', 403],
  ['/apple-touch-icon.png', 404],
  ['/wp-login.php', 403],
  ['/.env', 403],
  ['/p.gif/..%2f..%2fetc/passwd', 403],
];

const linkOf = (path: string, query: string): Link => ({ path, query, seed: 0, nonce: false, token: false });

/** Plans what belongs to no display: unregistered names, broken links, other paths, aborted loads. */
export function planNoise(scenario: Scenario, stage: Stage): void {
  const random = createRandom(stage.seed, 'noise');
  const names = createNames(scenario, random);
  const broken = BROKEN.map((query) => linkOf('/p.gif', query));
  const paths = OTHER_PATHS.map(([path, status]) => ({ link: linkOf(path, ''), status }));
  const known = scenario.campaigns.map(({ id, medium }) =>
    linkOf('/p.gif', `utm_campaign=${id}&utm_medium=${medium}`),
  );
  const otherCauses = new Map([403, 404].map((status) => [status, { ...CAUSES.client, status }] as const));
  const times = (number: number) => Math.round(number * stage.scale);
  repeat(times(scenario.noise.unregistered), () =>
    planOne(stage, random, random.item(names), CAUSES.unregistered),
  );
  repeat(times(scenario.noise.broken), () => planOne(stage, random, random.item(broken), CAUSES.broken));
  repeat(times(scenario.noise.aborted), () => planOne(stage, random, random.item(known), CAUSES.aborted));
  repeat(times(scenario.noise.otherPaths), () => {
    const { link, status } = random.item(paths);
    planOne(stage, random, link, otherCauses.get(status) ?? CAUSES.client);
  });
}

/** A person's browser seven times out of ten, else a script. */
function planOne(stage: Stage, random: Random, link: Link, cause: Cause): void {
  const person = random.chance(0.7);
  const script = MACHINE_OF.client(random);
  stage.plan.add({
    atMs: stage.calendar.fromMs + random.next() * (stage.calendar.untilMs - stage.calendar.fromMs),
    link,
    copy: -1,
    agent: person ? browser(random) : script.agent,
    origin: originIn(person ? stage.people(random) : script.network, random),
    cause: person || cause.status !== undefined ? cause : CAUSES.client,
    headers: NO_HEADERS,
  });
}

/** Names that no registry holds: typing errors of real ones, and made-up ones. */
function createNames(scenario: Scenario, random: Random): readonly Link[] {
  const typos = scenario.campaigns.map(({ id }) => `${id.slice(0, -1)}x`);
  const madeUp = Array.from({ length: 12 }, () => `c${random.below(2 ** 30).toString(36)}`);
  const taken = new Set(scenario.campaigns.map(({ id }) => id));
  return [...typos, ...madeUp, 'test', 'newsletter']
    .filter((name) => !taken.has(name))
    .map((name) => linkOf('/p.gif', `utm_campaign=${name}&utm_medium=email`));
}

function repeat(times: number, act: () => void): void {
  for (let done = 0; done < times; done += 1) act();
}
