import * as z from 'zod';

/** More letters apart, and two names have nothing to do with each other. */
const NEAR = 3;

/** One line for each broken rule of a config: the field, the rule or what to write instead, and the value got. */
export function problemsOf(error: z.ZodError, schema: z.ZodType): readonly string[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? unknownFields(issue, schema)
      : [`${nameOf(issue.path)}: ${wrong(issue)}`],
  );
}

function wrong(issue: z.core.$ZodIssue): string {
  const got = issue.input === undefined ? '' : `, got ${JSON.stringify(issue.input)}`;
  return `${ruleOf(issue)}${got}`;
}

/** Zod's own words are for programmers; a message that the schema gives stays as it is. */
function ruleOf(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid input|Too small)/.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') return `write ${FORMS[issue.expected] ?? issue.expected}`;
  if (issue.code !== 'too_small') return issue.message;
  return issue.origin === 'array'
    ? 'write one entry at least, or leave it out'
    : `write ${issue.minimum} or more`;
}

const FORMS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number without quotes',
  int: 'a whole number',
  boolean: 'true or false, without quotes',
  array: 'a list in [ ]',
  object: 'fields in { }',
};

function unknownFields(issue: z.core.$ZodIssueUnrecognizedKeys, schema: z.ZodType): readonly string[] {
  const known = fieldsAt(schema, issue.path);
  return issue.keys.map((key) => {
    const near = nearest(key, known);
    const fix = near === undefined ? `write one of ${known.join(', ')}` : `did you mean ${near}?`;
    return `${nameOf([...issue.path, key])}: there is no such field, ${fix}`;
  });
}

const nameOf = (path: readonly PropertyKey[]): string => path.map(String).join('.') || 'config';

function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const inner = unwrap(schema);
  const [step, ...rest] = path;
  if (inner instanceof z.ZodArray) return fieldsAt(inner.element as z.ZodType, rest);
  if (!(inner instanceof z.ZodObject)) return [];
  return step === undefined ? Object.keys(inner.shape) : fieldsAt(inner.shape[String(step)], rest);
}

/** What stands behind a default, or behind a field that may be left out. */
function unwrap(schema: z.ZodType): z.ZodType {
  const wrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return wrapped ? unwrap(schema.unwrap() as z.ZodType) : schema;
}

function nearest(key: string, known: readonly string[]): string | undefined {
  const near = known.map((name) => ({ name, apart: distance(key.toLowerCase(), name.toLowerCase()) }));
  const [best] = near.sort((a, b) => a.apart - b.apart);
  return best !== undefined && best.apart < Math.min(NEAR, key.length) ? best.name : undefined;
}

/** Letters to add, drop or change until one text is the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [done, letter] of [...from].entries()) {
    const next = [done + 1];
    for (const [index, other] of [...to].entries()) {
      const changed = (row[index] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
