import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPixelWorld, type PixelWorld } from './pixel-server.ts';

const MINUTE = 60_000;

let world: PixelWorld;
beforeEach(() => {
  world = createPixelWorld();
});
afterEach(() => world.close());

const records = (from: PixelWorld): (string | undefined)[] =>
  from.logLines().map((line) => line['viewer-request-log-data']);

describe('the home folder of the pixel server', () => {
  it('writes a file by itself soon after a load, and one for what is left when it closes', async () => {
    const written = Promise.withResolvers<string>();
    const { url, close } = await world.serve({ onLogFile: (path) => written.resolve(path) });
    await fetch(`${url}/p.gif`);
    expect(readFileSync(await written.promise).length).toBeGreaterThan(0);
    await fetch(`${url}/p.gif`);
    await close();
    expect(world.logLines()).toHaveLength(2);
  });

  it('names files for the hour of their requests', async () => {
    const { url, flush } = await world.serve();
    await fetch(`${url}/p.gif`);
    world.now += 60 * MINUTE;
    await fetch(`${url}/p.gif`);
    expect(flush().map((path) => /\d{4}-\d{2}-\d{2}-\d{2}/.exec(path)?.[0])).toEqual([
      '2026-11-23-10',
      '2026-11-23-11',
    ]);
  });

  it('follows the registry while it runs, and keeps the store when the registry is broken', async () => {
    const warnings: string[] = [];
    const { url, flush } = await world.serve({ warn: (problem) => warnings.push(problem) });
    const registry = join(world.home.registry, 'campaigns.csv');
    writeFileSync(registry, 'id,recording\nspring,off\n');
    world.now += 2 * MINUTE;
    await fetch(`${url}/p.gif?utm_campaign=spring&utm_medium=email`);
    writeFileSync(registry, 'id,recording\nspring,of\n');
    world.now += 2 * MINUTE;
    await fetch(`${url}/p.gif?utm_campaign=spring&utm_medium=email`);
    flush();
    expect(records(world)).toEqual(Array(2).fill('v=1&day=2026-11-23&campaign=spring&mode=off'));
    expect(warnings.join()).toContain(
      'row 2, recording: write aggregate, consented, off, test or nothing, got "of"',
    );
  });

  it('has a key for each new day, and keeps keys and zone over a restart', async () => {
    const first = await world.serve({ timeZone: 'Europe/Berlin' });
    await fetch(`${first.url}/p.gif?utm_campaign=spring`);
    await first.close();
    const second = await world.serve({ timeZone: 'Europe/Berlin' });
    await fetch(`${second.url}/p.gif?utm_campaign=spring`);
    world.now = Date.parse('2026-11-23T23:00:00Z');
    await fetch(`${second.url}/p.gif?utm_campaign=spring`);
    second.flush();
    const [one, same, next] = records(world).toSorted();
    expect(one).toBe(same);
    expect(next).toContain('day=2026-11-24');
    expect(next?.split('visitor=')[1]).not.toBe(one?.split('visitor=')[1]);
    expect(JSON.parse(readFileSync(join(world.home.registry, 'zones.json'), 'utf8'))).toEqual([
      { from: '1970-01-01', zone: 'Europe/Berlin' },
    ]);
    expect(statSync(world.home.store).mode & 0o777).toBe(0o600);
  });

  it('says in one sentence why it cannot start', async () => {
    const { url } = await world.serve();
    const port = Number(new URL(url).port);
    await expect(world.serve({ port })).rejects.toThrow(
      `port ${port} is in use: stop the program that has it, or choose another with --port`,
    );
    await expect(world.serve({ host: '192.0.2.1' })).rejects.toThrow(
      '192.0.2.1 is no address of this machine',
    );
    writeFileSync(world.home.store, '[]');
    await expect(world.serve()).rejects.toThrow('store.json is no JSON object of texts: delete it');
    rmSync(world.home.store);
    writeFileSync(join(world.home.registry, 'zones.json'), '{}');
    await expect(world.serve()).rejects.toThrow('zones.json is no list of');
    writeFileSync(join(world.home.registry, 'campaigns.json'), '[]');
    rmSync(join(world.home.registry, 'zones.json'));
    await expect(world.serve()).rejects.toThrow('the registry is one file, got ');
  });
});
