import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PREFIXES, REGISTRY_FILES } from '../core/layout.ts';
import { COUNTED } from './counted.ts';
import type { Ingestion } from './ingestion.ts';
import { PersonPolicy } from './person-policy.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { acknowledgeArnStar } from './star.ts';
import type { Tables } from './tables.ts';
import type { Workgroup } from './workgroup.ts';

export interface PeopleProps {
  readonly logs: PrivateBucket;
  readonly data: PrivateBucket;
  readonly ingestion: Ingestion;
  readonly tables: Tables;
}

/** Two policies for people's roles: operators see single loads and mend what failed, analysts see counts. */
export class People extends Construct {
  constructor(scope: Construct, id: string, props: PeopleProps) {
    super(scope, id);
    const operators = new PersonPolicy(this, 'Operators', {
      description: 'clearpixel: rows of single loads, raw logs, replay, the registry',
    });
    const analysts = new PersonPolicy(this, 'Analysts', {
      description: 'clearpixel: counts and campaigns, never a row of a single load',
    });
    const { tables } = props;
    tables.allowReadAll(operators);
    allowEditor(operators, tables.operators);
    tables.allowRead(analysts, COUNTED);
    allowEditor(analysts, tables.analysts);
    allowLogs(operators, props);
    allowReplay(operators, props);
    allowRegistry(operators, props.data);
    allowCommands(operators, props.data);
    for (const [name, policy] of Object.entries({
      OperatorsPolicyArn: operators,
      AnalystsPolicyArn: analysts,
    })) {
      new CfnOutput(this, name, { value: policy.managedPolicyArn }).overrideLogicalId(name);
    }
  }
}

/** Athena's editor: queries in one workgroup, the saved ones, and the names of tables and views. */
function allowEditor(person: PersonPolicy, workgroup: Workgroup): void {
  workgroup.allowQueries(person);
  workgroup.allowBrowsing(person);
}

function allowLogs(person: PersonPolicy, { logs }: PeopleProps): void {
  logs.allowRead(person, `${PREFIXES.logs}*`);
  logs.allowList(person, `${PREFIXES.logs}*`);
}

/** What docs/replay.md asks for. */
function allowReplay(person: PersonPolicy, { data, logs, ingestion }: PeopleProps): void {
  const waiting = `${PREFIXES.quarantine}*`;
  allowFindingStack(person);
  data.allowList(person, waiting, `${PREFIXES.fresh}*`);
  data.allowRead(person, waiting);
  data.allowWrite(person, waiting);
  data.allowDelete(person, waiting);
  logs.allowWrite(person, `${PREFIXES.logs}*`);
  person.allow(
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
    [ingestion.deadLetters.queueArn],
  );
  person.allow(['sqs:SendMessage'], [ingestion.arrivals.queueArn]);
}

/** The campaigns file, as CSV or JSON, what became of it, and when days begin. S3 says of a missing key only by a list. */
function allowRegistry(person: PersonPolicy, data: PrivateBucket): void {
  data.allowRead(person, `${REGISTRY_FILES.campaigns}*`, REGISTRY_FILES.carried, REGISTRY_FILES.zones);
  data.allowWrite(person, `${REGISTRY_FILES.campaigns}*`);
  data.allowList(person, REGISTRY_FILES.campaigns, REGISTRY_FILES.carried);
}

/** To ask the merge function for something, and to hear its answer: docs/privacy.md. */
function allowCommands(person: PersonPolicy, data: PrivateBucket): void {
  const { commands, answers } = REGISTRY_FILES;
  data.allowWrite(person, `${commands}*`);
  data.allowRead(person, `${answers}*`);
  data.allowDelete(person, `${answers}*`);
  // An answer that is not there yet is else told like one that is forbidden.
  data.allowList(person, `${answers}*`);
}

/** The ARN of a stack ends in an id that nobody types; the stack is asked for by its name. */
function allowFindingStack(person: PersonPolicy): void {
  const stack = Stack.of(person);
  const resourceName = `${stack.stackName}/*`;
  person.allow(
    ['cloudformation:DescribeStacks'],
    [stack.formatArn({ service: 'cloudformation', resource: 'stack', resourceName })],
  );
  acknowledgeArnStar(
    person,
    { service: 'cloudformation', resource: `stack/${resourceName}` },
    'The star stands for the id of the one stack of this name.',
  );
}
