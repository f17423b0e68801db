import { randomUUID } from 'node:crypto';
import { createClassifier } from '../core/classify/classify.ts';
import type { Config } from '../core/config.ts';
import { addDays } from '../core/day.ts';
import type { IngestSettings } from '../core/ingest.ts';
import type { Due } from '../core/merge/due.ts';
import type { Period } from '../core/report/period.ts';
import { smallNumberOn } from '../core/schema/settings.ts';
import type { Warehouse } from '../core/warehouse.ts';
import { dayOf } from '../core/zones.ts';
import { ageWithin } from './age.ts';
import { listAssets } from './assets.ts';
import { clockOf } from './clock.ts';
import { openWarehouse } from './duckdb.ts';
import { edgeCode } from './edge-code.ts';
import type { Home } from './home.ts';
import { ingestFiles } from './ingest-files.ts';
import { lastSevenDays } from './last-days.ts';
import { mergeFresh } from './merge.ts';
import type { PageTruth } from './page/deps.ts';
import { createPage } from './page/routes.ts';
import { createTruth } from './page/truth.ts';
import { type PixelServer, startPixelServer } from './pixel-server.ts';
import { readCampaigns } from './registry-files.ts';
import { readTruth } from './simulate/truth-file.ts';
import { reportSql } from './sql-texts.ts';
import type { Terminal } from './terminal.ts';
import { type OpenWarehouse, withWarehouse } from './with-warehouse.ts';

export interface LiveServerOptions {
  readonly home: Home;
  readonly config: Config;
  readonly port: number;
  readonly host: string;
  readonly terminal: Terminal;
}

/** The pixel and the page on one port; each log file that the pixel causes is ingested and merged at once. */
export async function startLiveServer(options: LiveServerOptions): Promise<PixelServer> {
  const { home, config, port, host, terminal } = options;
  const { zones, due } = clockOf(home, config);
  const classifier = createClassifier();
  const zone = zones.at(-1)?.zone ?? config.timeZone;
  const today = (): string => dayOf(Date.now(), zones);
  const open = (): Promise<OpenWarehouse> => openWarehouse(home, { config });
  const shown = await withWarehouse(open, (warehouse) => lastSevenDays(warehouse, today()));
  const page = createPage({
    openWarehouse: open,
    sql: reportSql(),
    smallNumber: smallNumberOn(today(), config.thresholds),
    period: () => shown ?? { from: addDays(today(), -6), until: today() },
    ...truthOf(home),
    zone,
    classifier,
    campaigns: () => readCampaigns(home).map(({ id }) => id),
    loadAs: async (load) => void (await server.loadAs(load)),
    now: Date.now,
    today,
    nonce: randomUUID,
  });
  const settings = { classifier, zones, assets: listAssets(config.assets) };
  const intake = createIntake({ home, settings, open, due, arrived: page.arrived, terminal });
  const server: PixelServer = await startPixelServer({
    ...{ home, port, host, edgeCode: edgeCode(), timeZone: zone, warn: terminal.warn },
    ...(config.assets === undefined ? {} : { assets: config.assets }),
    routes: page.routes,
    onLogFile: intake.add,
  });
  return {
    ...server,
    close: async () => {
      await server.close();
      await intake.settled();
    },
  };
}

interface TruthSource {
  readonly source: string;
  readonly truth: (warehouse: Warehouse, period: Period) => Promise<PageTruth | null>;
}

function truthOf(home: Home): TruthSource {
  const truth = readTruth(home.truth);
  if (truth === null) return { source: 'own traffic', truth: async () => null };
  return { source: 'simulated traffic', truth: createTruth(truth, reportSql()) };
}

interface IntakeOptions {
  readonly home: Home;
  readonly settings: IngestSettings;
  readonly open: () => Promise<OpenWarehouse>;
  readonly due: () => Due;
  readonly arrived: () => Promise<void>;
  readonly terminal: Terminal;
}

/** Takes log files in, one after another; a failure is said and the file stays for the next `ingest`. */
function createIntake({ home, settings, open, due, arrived, terminal }: IntakeOptions) {
  let last: Promise<void> = Promise.resolve();
  let sealed = '';
  /** A day is over once a day: what is old is looked for then. */
  const bringIn = async (warehouse: OpenWarehouse): Promise<void> => {
    const today = due();
    await mergeFresh(warehouse, home, { due: today });
    if (today.sealed === sealed) return;
    await ageWithin(warehouse, today);
    sealed = today.sealed;
  };
  const take = async (path: string): Promise<void> => {
    for await (const result of ingestFiles([path], home, settings)) {
      if ('problem' in result) terminal.warn(result.problem);
    }
    await withWarehouse(open, bringIn);
    await arrived();
  };
  return {
    add: (path: string): void => {
      last = last
        .then(() => take(path))
        .catch((error: Error) => {
          terminal.warn(
            `${path} is not in the tables yet: ${error.message}; run clearpixel ingest ${home.logs}`,
          );
        });
    },
    settled: (): Promise<void> => last,
  };
}
