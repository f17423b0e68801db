import {
  type AnyNode,
  type ArrowFunctionExpression,
  type AssignmentProperty,
  type FunctionExpression,
  getLineInfo,
  type Identifier,
  type Literal,
  type Program,
  type Property,
  parse,
} from 'acorn';
import {
  ALLOWED_GLOBALS,
  ALLOWED_METHODS,
  ALLOWED_MODULES,
  ALLOWED_SYNTAX,
  AWAIT_PLACES,
  INSTEAD_OF,
  REFUSED_OPERATORS,
} from './runtime-syntax.ts';

/** CloudFront takes no function that is longer. */
export const MAX_BYTES = 10_240;

/** Names the source file and line behind a place of the built code; lines count from 1, columns from 0. */
export type PlaceOf = (line: number, column: number) => string;

/** Throws one sentence per thing in the built code that CloudFront's runtime would not run. */
export function checkEdgeCode(code: string, placeOf: PlaceOf): void {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  const names = declaredNames(program);
  const problems = [sizeProblem(code), handlerProblem(program)].filter((problem) => problem !== null);
  walk(program, null, (node, parent) => {
    const problem = problemOf(node, parent, names);
    if (problem === null) return;
    const { line, column } = getLineInfo(code, node.start);
    problems.push(`${placeOf(line, column)}: ${problem}`);
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

function sizeProblem(code: string): string | null {
  const bytes = Buffer.byteLength(code);
  if (bytes <= MAX_BYTES) return null;
  return `the built edge function: CloudFront takes at most ${MAX_BYTES} bytes, got ${bytes}: move work to core/, on the log line`;
}

function handlerProblem(program: Program): string | null {
  const found = program.body.some(
    (node) => node.type === 'FunctionDeclaration' && node.id?.name === 'handler',
  );
  return found
    ? null
    : 'the built edge function: CloudFront calls a top-level handler, got none: write function handler(event)';
}

function problemOf(node: AnyNode, parent: AnyNode | null, names: ReadonlySet<string>): string | null {
  if (!ALLOWED_SYNTAX.has(node.type))
    return `cloudfront-js-2.0 has no ${node.type}: ${INSTEAD_OF[node.type] ?? 'write it as in ES 5.1'}`;
  switch (node.type) {
    case 'ImportDeclaration':
      return importProblem(node.source.value);
    case 'AwaitExpression':
      return awaitProblem(parent);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return closureProblem(node);
    case 'Property':
      return propertyProblem(node);
    case 'Literal':
      return literalProblem(node);
    case 'CatchClause':
      return node.param ? null : 'catch needs a name: write catch (problem)';
    case 'AssignmentExpression':
    case 'LogicalExpression':
      return operatorProblem(node.operator);
    case 'CallExpression':
      return callProblem(node.callee);
    case 'Identifier':
      return isFree(node, parent) && !names.has(node.name) ? globalProblem(node.name) : null;
    default:
      return null;
  }
}

function awaitProblem(parent: AnyNode | null): string | null {
  if (parent !== null && AWAIT_PLACES.has(parent.type)) return null;
  return 'await must stand alone: put its result into a const first';
}

function closureProblem({ async, generator }: ArrowFunctionExpression | FunctionExpression): string | null {
  if (!async && !generator) return null;
  return 'async works for declared functions only: write async function name()';
}

function propertyProblem({ method, computed, shorthand }: Property | AssignmentProperty): string | null {
  return method || computed || shorthand ? 'properties are written name: value there' : null;
}

/** Regular expressions are Perl's there, so what only JavaScript understands is refused. */
function literalProblem({ regex, bigint }: Literal): string | null {
  if (bigint != null) return 'cloudfront-js-2.0 has no bigint: use numbers or hex digits';
  if (regex == null) return null;
  if (!/^[gim]*$/.test(regex.flags))
    return `regular expressions have the flags g, i and m there, got ${regex.flags}`;
  return regex.pattern.includes('[^]') ? '[^] is no Perl: write [\\s\\S]' : null;
}

function importProblem(module: unknown): string | null {
  if (ALLOWED_MODULES.has(module)) return null;
  return `the edge has no module ${JSON.stringify(module)}, only ${[...ALLOWED_MODULES].join(' and ')}: do that work in core/`;
}

function operatorProblem(operator: string): string | null {
  return REFUSED_OPERATORS.has(operator)
    ? `cloudfront-js-2.0 has no ${operator}: write it as a condition`
    : null;
}

function callProblem(callee: AnyNode): string | null {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
    return null;
  const method = callee.property.name;
  if (ALLOWED_METHODS.has(method)) return null;
  return `the method ${method} is not in the allow list: look it up in AWS's list of the runtime, then add it to edge/runtime-syntax.ts`;
}

function globalProblem(name: string): string {
  return `${name} is declared nowhere: declare it, or look it up in AWS's list of the runtime and add it to edge/runtime-syntax.ts`;
}

const LABELS: ReadonlySet<string> = new Set(['LabeledStatement', 'BreakStatement', 'ContinueStatement']);

/** Whether a name stands for a variable: those of properties and labels do not. */
function isFree(node: Identifier, parent: AnyNode | null): boolean {
  if (parent?.type === 'MemberExpression') return parent.object === node || parent.computed;
  if (parent?.type === 'Property') return parent.value === node;
  return parent === null || !LABELS.has(parent.type);
}

/** Every name declared anywhere in the file; scopes do not matter for finding names declared nowhere. */
function declaredNames(program: Program): ReadonlySet<string> {
  const names = new Set(ALLOWED_GLOBALS);
  const declare = (node: AnyNode | null | undefined): void => {
    if (node?.type === 'Identifier') names.add(node.name);
    if (node?.type === 'RestElement') declare(node.argument);
  };
  walk(program, null, (node) => {
    if (node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration') declare(node.id);
    if (node.type === 'ImportDefaultSpecifier') declare(node.local);
    if (node.type === 'CatchClause') declare(node.param);
    if ('params' in node) for (const parameter of node.params) declare(parameter);
  });
  return names;
}

function walk(
  node: AnyNode,
  parent: AnyNode | null,
  visit: (node: AnyNode, parent: AnyNode | null) => void,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, node, visit);
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
