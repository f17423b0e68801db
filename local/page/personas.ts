/** Who the page can load its pixel as, beside the visitor's own browser. Networks are those the agents come from. */

/** Campaign of the page's own pixel; `start` and `serve` register it. */
export const TRY_CAMPAIGN = 'try-me';

export interface Persona {
  readonly id: string;
  readonly button: string;
  readonly medium: 'email' | 'page';
  /** Null: the visitor's own. */
  readonly userAgent: string | null;
  readonly asn: number | null;
  readonly country: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export const PERSONAS: readonly Persona[] = [
  {
    id: 'gmail',
    button: '… as Gmail',
    medium: 'email',
    userAgent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    asn: 15169,
    country: 'US',
    headers: {},
  },
  {
    id: 'apple',
    button: '… as Apple Mail',
    medium: 'email',
    userAgent: 'Mozilla/5.0',
    asn: 36183,
    country: 'DE',
    headers: {},
  },
  {
    id: 'scanner',
    button: '… as a scanner',
    medium: 'email',
    userAgent: 'Barracuda Sentinel (EE)',
    asn: 15324,
    country: 'US',
    headers: {},
  },
  {
    id: 'opt-out',
    button: '… with an opt-out',
    medium: 'page',
    userAgent: null,
    asn: null,
    country: null,
    headers: { 'sec-gpc': '1' },
  },
];

/** What the page asks of the pixel server: a load as this client, through the same edge function. */
export interface PersonaLoad {
  /** Without a question mark. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly asn: number | null;
  readonly country: string | null;
}

/** The request of a persona; `nonce` tells its copy apart in mail. */
export function personaLoad(persona: Persona, visitorAgent: string, nonce: string): PersonaLoad {
  const copy = persona.medium === 'email' ? `&n=${nonce}` : '';
  return {
    query: `utm_campaign=${TRY_CAMPAIGN}&utm_medium=${persona.medium}${copy}`,
    headers: { ...persona.headers, 'user-agent': persona.userAgent ?? visitorAgent },
    asn: persona.asn,
    country: persona.country,
  };
}
