export interface TrinoColumn {
  readonly name: string;
  readonly type: string;
}

export interface TrinoSession {
  readonly url: string;
  readonly catalog: string;
  readonly schema: string;
}

interface TrinoAnswer {
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly errorName: string; readonly message: string };
}

/** One statement on Trino, in its client protocol: each answer names the address of the next. */
export class TrinoQuery {
  columns: readonly TrinoColumn[] = [];
  readonly rows: (readonly unknown[])[] = [];
  private next: string | undefined;
  private isStopped = false;

  /** Ends when the statement has ended; throws Trino's error. */
  async run(sql: string, { url, catalog, schema }: TrinoSession): Promise<void> {
    const headers = { 'X-Trino-User': 'test', 'X-Trino-Catalog': catalog, 'X-Trino-Schema': schema };
    let answer = await ask(`${url}/v1/statement`, { method: 'POST', body: sql, headers });
    for (;;) {
      this.columns = answer.columns ?? this.columns;
      this.rows.push(...(answer.data ?? []));
      if (answer.error !== undefined) throw new Error(`${answer.error.errorName}: ${answer.error.message}`);
      this.next = answer.nextUri;
      if (this.next === undefined) return;
      if (this.isStopped) await fetch(this.next, { method: 'DELETE' });
      answer = await ask(this.next);
    }
  }

  stop(): void {
    this.isStopped = true;
  }
}

async function ask(url: string, request?: RequestInit): Promise<TrinoAnswer> {
  const response = await fetch(url, request);
  if (!response.ok) throw new Error(`Trino answered ${response.status}: ${await response.text()}`);
  return JSON.parse(await response.text(), exact as (key: string, value: unknown) => unknown) as TrinoAnswer;
}

/** Whole numbers that JavaScript would round stay as they are written. */
const exact = (_key: string, value: unknown, { source }: { readonly source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '') ? source : value;
