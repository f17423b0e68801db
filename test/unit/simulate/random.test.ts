import { describe, expect, test } from 'vitest';
import { createRandom, scatter, weighted } from '../../../local/simulate/random.ts';

const many = <T>(draw: () => T) => Array.from({ length: 20_000 }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

describe('the generator', () => {
  test('the same seed and name give the same numbers, any other different ones', () => {
    const draw = (seed: number, name: string) => {
      const random = createRandom(seed, name);
      return [random.next(), random.next(), random.next()];
    };
    expect(draw(7, 'a')).toEqual(draw(7, 'a'));
    expect(draw(7, 'a')).not.toEqual(draw(8, 'a'));
    expect(draw(7, 'a')).not.toEqual(draw(7, 'b'));
  });

  test('numbers are even, whole ones too', () => {
    const random = createRandom(1, 'even');
    expect(mean(many(() => random.next()))).toBeCloseTo(0.5, 1);
    const counts = new Map<number, number>();
    for (const each of many(() => random.below(5))) counts.set(each, (counts.get(each) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(Math.min(...counts.values())).toBeGreaterThan(3800);
  });

  test.each([{ expected: 0 }, { expected: 0.4 }, { expected: 3 }, { expected: 200 }])(
    'counts have their mean: $expected',
    ({ expected }) => {
      const random = createRandom(2, 'count');
      const counts = many(() => random.count(expected));
      expect(Math.abs(mean(counts) - expected)).toBeLessThanOrEqual(expected * 0.04);
      expect(counts.every((each) => Number.isInteger(each) && each >= 0)).toBe(true);
    },
  );

  test('half of the delays are below the median, and the tail is long', () => {
    const random = createRandom(3, 'around');
    const delays = many(() => random.around(4, 1.7));
    expect(delays.filter((each) => each < 4).length / delays.length).toBeCloseTo(0.5, 1);
    expect(delays.filter((each) => each > 48).length / delays.length).toBeGreaterThan(0.04);
  });

  test('weights decide how often', () => {
    const draw = weighted([
      ['often', 3],
      ['seldom', 1],
      ['never', 0],
    ]);
    const random = createRandom(4, 'weights');
    const drawn = many(() => draw(random));
    expect(drawn.filter((each) => each === 'often').length / drawn.length).toBeCloseTo(0.75, 1);
    expect(drawn).not.toContain('never');
  });

  test('scattered numbers do not collide', () => {
    expect(new Set(Array.from({ length: 50_000 }, (_, number) => scatter(number))).size).toBe(50_000);
  });
});
