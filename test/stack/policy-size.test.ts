import { expect, test } from 'vitest';
import { resourcesOf, templateOf } from './synth.ts';

/** Names as CloudFormation makes them: as long as they can be where it cuts them. */
function resolved(_key: string, value: unknown): unknown {
  const [[name, argument] = ['', ''], ...more] = Object.entries((value ?? {}) as Record<string, unknown>);
  if (typeof value !== 'object' || Array.isArray(value) || more.length > 0) return value;
  if (name === 'Ref') return 'x'.repeat(argument === 'AWS::Partition' ? 3 : 63);
  if (name === 'Fn::GetAtt') return `arn:aws:sqs:ap-southeast-1:123456789012:${'x'.repeat(80)}`;
  if (name === 'Fn::Join') {
    const parts = (argument as [string, unknown[]])[1];
    return parts.map((part) => (typeof part === 'string' ? part : resolved('', part))).join('');
  }
  return value;
}

// CDK splits what functions may do where it is too long; what people may do is one policy for each sort of them.
test("people's policies fit into the 6,144 characters that IAM takes", () => {
  const sizes = resourcesOf(templateOf(), 'AWS::IAM::ManagedPolicy').map(
    ([id, it]) =>
      [id.replace(/[0-9A-F]{8}$/, ''), JSON.stringify(it['PolicyDocument'], resolved).length] as const,
  );
  expect(sizes.map(([id]) => id).sort()).toEqual(['PixelPeopleAnalysts', 'PixelPeopleOperators']);
  expect(sizes.filter(([, size]) => size > 6_144)).toEqual([]);
});
