import { describe, expect, it } from 'vitest';
import { COPIES, RECORDINGS } from '../../core/campaign.ts';
import type { EdgeStore } from '../../local/edge-runtime.ts';
import { edgeWith } from './edge-code.ts';
import { DAY_KEY, days, hash, NOW, OWN_KEY, requestOf } from './edge-world.ts';

/** One of each of what decides what may be kept. */
interface Situation {
  readonly mode: (typeof RECORDINGS)[number];
  readonly consent: string;
  readonly signal: string;
  readonly copies: (typeof COPIES)[number];
  readonly state: 'lives' | 'is over' | 'has no key';
  readonly store: 'whole' | 'without days' | 'without the campaign' | 'empty' | 'away';
}

const AXES: { readonly [Axis in keyof Situation]: readonly Situation[Axis][] } = {
  mode: RECORDINGS,
  consent: ['', '&consent=1', '&consent=0', '&consent=1&consent=0', '&consent=true'],
  signal: ['', 'dnt', 'sec-gpc'],
  copies: COPIES,
  state: ['lives', 'is over', 'has no key'],
  store: ['whole', 'without days', 'without the campaign', 'empty', 'away'],
};

const SITUATIONS = Object.entries(AXES).reduce<readonly Partial<Situation>[]>(
  (some, [axis, values]) => some.flatMap((one) => values.map((value) => ({ ...one, [axis]: value }))),
  [{}],
) as readonly Situation[];

const ENDS = { lives: NOW + 1, 'is over': NOW, 'has no key': NOW - 1 };

function storeIn({ mode, copies, state, store }: Situation): EdgeStore {
  const key = copies === 'campaign' && state !== 'has no key' ? OWN_KEY : undefined;
  const entries = {
    ...(store === 'whole' || store === 'without the campaign' ? { k: JSON.stringify(days) } : {}),
    ...(store === 'whole' || store === 'without days'
      ? { 'c.spring': JSON.stringify({ mode, copies, key, until: ENDS[state] }) }
      : {}),
  } as Record<string, string>;
  return {
    get: (name) => {
      if (store === 'away') throw new Error('no answer');
      return entries[name];
    },
  };
}

/** What is known to decide by: design and privacy page, said once more in another way than the edge says it. */
function decided({ mode, consent, signal, copies, state, store }: Situation) {
  const isKnown = store === 'whole' || store === 'without days';
  const isHidden = signal !== '' || (isKnown && mode === 'off');
  const agreed = !isHidden && consent === '&consent=1';
  return {
    isKnown,
    isHidden,
    agreed,
    isNamed: agreed && isKnown && mode === 'consented',
    isHashed: store === 'whole' && !isHidden,
    nonceKey: { day: DAY_KEY, campaign: state === 'lives' ? OWN_KEY : undefined, off: undefined }[copies],
  };
}

function promised(situation: Situation): Readonly<Record<string, string | undefined>> {
  const { isKnown, isHidden, agreed, isNamed, isHashed, nonceKey } = decided(situation);
  const only = <Value>(holds: boolean, value: Value): Value | undefined => (holds ? value : undefined);
  const network = 'spring|203.0.113.0/24';
  return {
    v: '1',
    day: only(['whole', 'without the campaign'].includes(situation.store), '2026-11-23'),
    campaign: 'spring',
    mode: only(isKnown, situation.mode),
    signals: { '': undefined, dnt: 'dnt', 'sec-gpc': 'gpc' }[situation.signal],
    medium: only(!isHidden, 'email'),
    referer: only(!isHidden, 'mail.example.com'),
    consent: only(agreed, '1'),
    rid: only(isNamed, 'TOKEN'),
    network: only(isHashed, hash(DAY_KEY, `n|${network}`)),
    visitor: only(isHashed, hash(DAY_KEY, `v|${network}|Mozilla/5.0 (X11; Linux)`)),
    message: only(isHashed && nonceKey !== undefined, hash(nonceKey ?? '', 'm|spring|NONCE')),
  };
}

async function recorded(situation: Situation): Promise<Record<string, string>> {
  const { record } = await edgeWith(storeIn(situation))(
    requestOf({
      query: `utm_campaign=spring&utm_medium=email&rid=TOKEN&n=NONCE${situation.consent}`,
      headers: {
        referer: 'https://mail.example.com/inbox',
        ...(situation.signal === '' ? {} : { [situation.signal]: '1' }),
      },
    }),
  );
  const { notes: _, ...fields } = Object.fromEntries(new URLSearchParams(record ?? ''));
  return fields;
}

describe('every mode, consent, signal, way of copies, state of a campaign and of the store', () => {
  it.each(AXES.mode)('%s keeps what is promised and nothing more', async (mode) => {
    const culprits: unknown[] = [];
    for (const situation of SITUATIONS.filter((one) => one.mode === mode)) {
      const got = await recorded(situation);
      const wanted = JSON.parse(JSON.stringify(promised(situation)));
      if (JSON.stringify(Object.entries(got).sort()) !== JSON.stringify(Object.entries(wanted).sort()))
        culprits.push({ situation, got, wanted });
    }
    expect(culprits.slice(0, 3)).toEqual([]);
  });

  it('are all of them', () => {
    expect(SITUATIONS).toHaveLength(4 * 5 * 3 * 3 * 3 * 5);
  });
});
