/** What seats and station say to each other has a version, and nothing of it changes without that. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { askContracts, askNames } from '../../electron/contract/asks.schema.ts';
import { seatMessageSchema, stationMessageSchema } from '../../electron/contract/messages.schema.ts';
import { CONTRACT_VERSION } from '../../electron/contract/version.ts';
import { collections } from '../../electron/contract/views.schema.ts';

/** The shape as data; what is checked by code is left out. */
const shapeOf = (schema: z.ZodType, io: 'input' | 'output'): unknown =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });

const digest = createHash('sha256')
  .update(
    JSON.stringify([
      shapeOf(seatMessageSchema, 'input'),
      shapeOf(stationMessageSchema, 'output'),
      Object.entries(collections).map(([name, view]) => [name, shapeOf(view, 'output')]),
      askNames.map((name) => [name, shapeOf(askContracts[name].reply, 'output')]),
    ]),
  )
  .digest('hex')
  .slice(0, 16);

describe('the contract', () => {
  it('is the one that bears this version: whoever changes it raises the version, and writes the new digest here', () => {
    expect([CONTRACT_VERSION, digest]).toEqual([8, '134a6e3935d9c9f0']);
  });
});
