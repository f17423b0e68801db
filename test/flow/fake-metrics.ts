import type { Figures, MetricName, Publish } from '../../core/metrics.ts';

/** Keeps the figures that a handler publishes. */
export class FakeMetrics {
  readonly published: Figures[] = [];
  readonly publish: Publish = (figures) => void this.published.push(figures);

  /** Everything that was published under a name, in its order. */
  of(name: MetricName): readonly number[] {
    return this.published.flatMap((figures) => figures[name] ?? []);
  }
}
