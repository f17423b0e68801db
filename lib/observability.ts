import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { alarmsOf, edgeAlarmsOf } from './alarm-list.ts';
import { Alarms } from './alarms.ts';
import type { Collector } from './collector.ts';
import { Overview } from './dashboard.ts';
import type { Ingestion } from './ingestion.ts';
import type { Merge } from './merge.ts';
import type { Reporting } from './reporting.ts';
import type { Tables } from './tables.ts';

/** The parts that alarms and dashboard look at. */
export interface Watched {
  readonly config: Config;
  /** Where that belongs which AWS has in us-east-1 only. */
  readonly edge: Construct;
  readonly collector: Collector;
  readonly ingestion: Ingestion;
  readonly tables: Tables;
  readonly merge: Merge;
  readonly reporting: Reporting | undefined;
}

/** Tells people what is wrong, each alarm with its section of docs/runbook.md, and shows how things go. */
export class Observability extends Construct {
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { edge, config } = watched;
    const { to } = config.alarms;
    const [own, atEdge] = [alarmsOf(watched), edgeAlarmsOf(watched)];
    // An alarm reads metrics of its own region, and tells a topic there.
    const isApart = Stack.of(edge) !== Stack.of(this);
    if (isApart) new Alarms(edge, 'Alarms', { to, entries: atEdge });
    const main = new Alarms(this, 'Alarms', { to, entries: isApart ? own : [...own, ...atEdge] });
    // By then the first keys were written and counted: an alarm that rings in silence would else ring at once.
    main.node.addDependency(watched.collector.distribution);
    new Overview(this, 'Dashboard', { watched, alarms: main.alarms });
  }
}
