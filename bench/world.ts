import { Random } from './random.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const IDS = `${LETTERS}-_`;

/** Someone who loads images: always with the same client from the same network. */
interface Person {
  readonly agent: string;
  readonly address: string;
  readonly recipient: string;
  readonly edge: string;
  readonly country: string;
  readonly asn: number;
}

/** One request of the synthetic world, as both log formats need it. */
export interface BenchRequest extends Person {
  readonly ms: number;
  readonly requestId: string;
  readonly campaign: string;
  readonly content: string;
  readonly visitor: string;
  readonly network: string;
  readonly message: string;
  readonly status: number;
  readonly result: string;
}

/** A fixed world of people, clients and campaigns, shaped like real campaign traffic. */
export class World {
  readonly #random = new Random(20_261_123);
  readonly #agents = makeAgents(this.#random);
  readonly #people: readonly Person[];

  constructor(people: number) {
    this.#people = Array.from({ length: people }, () => this.#person());
  }

  #person(): Person {
    const random = this.#random;
    const v4 = random.next() < 0.68;
    const address = v4
      ? `${1 + random.below(200)}.${random.below(256)}.${random.below(256)}.${random.below(256)}`
      : `2a0${random.below(10)}:${random.text(4, HEX)}:${random.text(4, HEX)}:${random.text(4, HEX)}::${random.text(4, HEX)}`;
    return {
      agent: chooseAgent(random, this.#agents),
      address,
      recipient: random.text(10, LETTERS),
      edge: `${random.pick(['FRA', 'MUC', 'DUB', 'LHR', 'IAD', 'SFO'])}${50 + random.popular(12)}-P${1 + random.below(3)}`,
      country: random.pick(['DE', 'FR', 'US', 'GB', 'IT', 'ES', 'NL', 'PL', 'AT', 'CH']),
      asn: 1_000 + random.popular(3_000),
    };
  }

  request(ms: number): BenchRequest {
    const random = this.#random;
    const person = random.pick(this.#people);
    const refused = random.next() < 0.01;
    return {
      ...person,
      ms,
      requestId: `${random.text(54, IDS)}==`,
      campaign: `campaign-${random.popular(110)}`,
      content: random.pick(['header', 'body', 'footer', 'banner']),
      visitor: random.text(15, HEX),
      network: random.text(15, HEX),
      message: random.text(15, HEX),
      status: refused ? 403 : 200,
      result: refused ? 'Error' : random.pick(['Hit', 'Hit', 'Hit', 'Miss', 'RefreshHit']),
    };
  }

  below = (limit: number): number => this.#random.below(limit);
}

const APPLE = 'Mozilla/5.0';
const GMAIL = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
const OUTLOOK =
  'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; ms-office; MSOffice 16)';
const YAHOO = 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html';

function chooseAgent(random: Random, agents: readonly string[]): string {
  const chance = random.next();
  if (chance < 0.2) return APPLE;
  if (chance < 0.38) return GMAIL;
  if (chance < 0.42) return OUTLOOK;
  if (chance < 0.45) return YAHOO;
  return agents[random.popular(agents.length)] as string;
}

/** About 4,800 browser and robot texts. */
function makeAgents(random: Random): readonly string[] {
  const systems = [
    'Windows NT 10.0; Win64; x64',
    'Macintosh; Intel Mac OS X 10_15_7',
    'X11; Linux x86_64',
    'Linux; Android 14; SM-S918B',
    'Linux; Android 13; Pixel 7',
  ];
  const chrome = (): string => `${100 + random.below(45)}.0.${random.below(7_000)}.${random.below(200)}`;
  const makers: readonly (() => string)[] = [
    () =>
      `Mozilla/5.0 (${random.pick(systems)}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome()} Safari/537.36`,
    () =>
      `Mozilla/5.0 (${random.pick(systems)}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome()} Safari/537.36 Edg/${chrome()}`,
    () =>
      `Mozilla/5.0 (iPhone; CPU iPhone OS ${14 + random.below(5)}_${random.below(8)}_${random.below(4)} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${14 + random.below(5)}.${random.below(6)} Mobile/15E148 Safari/604.1`,
    () =>
      `Mozilla/5.0 (compatible; Robot${random.below(900)}/1.${random.below(9)}; +https://robot.example/about)`,
  ];
  return Array.from({ length: 4_850 }, () => random.pick(makers)());
}
