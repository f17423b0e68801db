/**
 * What cloudfront-js-2.0 can run, as AWS documents it ("JavaScript runtime 2.0 features for CloudFront Functions",
 * read in November 2026): ES 5.1, and of later editions only const, let, async, await, template literals, arrow
 * functions, rest parameters and `**`. njs 0.7.9 runs the same.
 */

/** Syntax by its ESTree name. */
export const ALLOWED_SYNTAX: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'AssignmentExpression',
  'AwaitExpression',
  'BinaryExpression',
  'BlockStatement',
  'BreakStatement',
  'CallExpression',
  'CatchClause',
  'ConditionalExpression',
  'ContinueStatement',
  'DoWhileStatement',
  'EmptyStatement',
  'ExpressionStatement',
  'ForInStatement',
  'ForStatement',
  'FunctionDeclaration',
  'FunctionExpression',
  'Identifier',
  'IfStatement',
  'ImportDeclaration',
  'ImportDefaultSpecifier',
  'LabeledStatement',
  'Literal',
  'LogicalExpression',
  'MemberExpression',
  'NewExpression',
  'ObjectExpression',
  'Program',
  'Property',
  'RestElement',
  'ReturnStatement',
  'SequenceExpression',
  'SwitchCase',
  'SwitchStatement',
  'TemplateElement',
  'TemplateLiteral',
  'ThisExpression',
  'ThrowStatement',
  'TryStatement',
  'UnaryExpression',
  'UpdateExpression',
  'VariableDeclaration',
  'VariableDeclarator',
  'WhileStatement',
]);

/** What to write instead of the syntax that is met most. */
export const INSTEAD_OF: Readonly<Record<string, string>> = {
  ArrayPattern: 'read each element by its index',
  AssignmentPattern: 'test the parameter for undefined in the body',
  ChainExpression: 'test with && before the dot',
  ClassDeclaration: 'write functions',
  ExportNamedDeclaration: 'export nothing but handler',
  ForOfStatement: 'use forEach, or count an index',
  ImportExpression: 'import at the top of the file',
  ImportNamespaceSpecifier: 'import the default: import cf from "cloudfront"',
  ImportSpecifier: 'import the default: import cf from "cloudfront"',
  ObjectPattern: 'read each property by its name',
  SpreadElement: 'use concat, Object.assign or apply',
  TaggedTemplateExpression: 'call the function with a string',
  YieldExpression: 'return a list',
};

/** Modules the product uses; the runtime also has buffer and querystring. */
export const ALLOWED_MODULES: ReadonlySet<unknown> = new Set(['cloudfront', 'crypto']);

/** `&&=`, `??` and their like came after ES 5.1. */
export const REFUSED_OPERATORS: ReadonlySet<string> = new Set(['??', '??=', '&&=', '||=']);

/** await works as a statement, or as the whole right side of one: awaited arguments and closures do not. */
export const AWAIT_PLACES: ReadonlySet<string> = new Set([
  'AssignmentExpression',
  'ExpressionStatement',
  'ReturnStatement',
  'VariableDeclarator',
]);

/** Names that exist without a declaration. */
export const ALLOWED_GLOBALS: ReadonlySet<string> = new Set([
  'Array',
  'Date',
  'Error',
  'Infinity',
  'JSON',
  'Math',
  'NaN',
  'Number',
  'Object',
  'RegExp',
  'String',
  'decodeURIComponent',
  'encodeURIComponent',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'undefined',
]);

/** Methods: those of the runtime that the product may call, and those of its two modules. */
export const ALLOWED_METHODS: ReadonlySet<string> = new Set([
  'charAt',
  'charCodeAt',
  'concat',
  'createHmac',
  'digest',
  'endsWith',
  'every',
  'exec',
  'filter',
  'find',
  'forEach',
  'get',
  'includes',
  'indexOf',
  'isArray',
  'join',
  'keys',
  'kvs',
  'lastIndexOf',
  'logCustomData',
  'map',
  'now',
  'padStart',
  'parse',
  'push',
  'replace',
  'slice',
  'some',
  'sort',
  'split',
  'startsWith',
  'stringify',
  'substring',
  'test',
  'toLowerCase',
  'toString',
  'trim',
  'update',
]);
