import { beforeAll, describe, inject } from 'vitest';
import { keepsTheContract } from '../faults/store-contract.ts';
import { Cloud } from './cloud.ts';

const world = inject('cloud');

describe.skipIf('missing' in world)("the emulator's bucket, like the fake of the faults,", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open(world);
  });

  keepsTheContract(() => cloud.data, 1000);
});
