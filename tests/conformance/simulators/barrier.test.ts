import { describe, expect, test, vi } from 'vitest';
import { demoCommunity } from '../../../resources/demo/community/community.ts';
import type { Simulators } from '../../../resources/demo/devices/simulators.ts';
import { cameraAt, startCommunity } from './community.ts';
import { type Caller, createCaller, textsOf } from './soap-caller.ts';

const { gate } = demoCommunity;

const relay = (token: string, state: string, prefix = 'tds'): string =>
  `<${prefix}:SetRelayOutputState><${prefix}:RelayOutputToken>${token}</${prefix}:RelayOutputToken><${prefix}:LogicalState>${state}</${prefix}:LogicalState></${prefix}:SetRelayOutputState>`;

interface Notice {
  readonly topic: string;
  readonly operation: string;
  readonly values: string[];
}

const noticesIn = (xml: string): Notice[] =>
  xml
    .split('<wsnt:NotificationMessage>')
    .slice(1)
    .map((part) => ({
      topic: textsOf(part, 'Topic')[0] ?? '',
      operation: /PropertyOperation="(\w+)"/.exec(part)?.[1] ?? '',
      values: [...part.matchAll(/Value="([^"]*)"/g)].map((m) => m[1] ?? ''),
    }));

/** The gate with a subscription whose first state messages are already read. */
const gateWithEvents = async (): Promise<{
  simulators: Simulators;
  caller: Caller;
  initial: Notice[];
  pull: (seconds?: number) => Promise<Notice[]>;
  path: string;
}> => {
  const simulators = await startCommunity({ cameras: 1 });
  const caller = createCaller(cameraAt(simulators, 0));
  const created = await caller.call(
    '<tev:CreatePullPointSubscription><tev:InitialTerminationTime>PT60S</tev:InitialTerminationTime></tev:CreatePullPointSubscription>',
  );
  const path = new URL(textsOf(created.text, 'Address')[0] ?? '').pathname;
  const pull = async (seconds = 5): Promise<Notice[]> =>
    noticesIn(
      (
        await caller.call(
          `<tev:PullMessages><tev:Timeout>PT${seconds}S</tev:Timeout><tev:MessageLimit>20</tev:MessageLimit></tev:PullMessages>`,
          path,
        )
      ).text,
    );
  return { simulators, caller, initial: await pull(), pull, path };
};

const inputs = (notices: readonly Notice[]): string[] =>
  notices.filter((one) => one.topic.endsWith('DigitalInput')).map((one) => one.values.join(' '));

describe('the barrier behind the relays of the gate camera', () => {
  test('rises in its travel time and tells it by its limit inputs and relay events', async () => {
    const { caller, initial, pull } = await gateWithEvents();
    expect(initial.every((one) => one.operation === 'Initialized')).toBe(true);
    expect(inputs(initial)).toEqual([`${gate.openInput} false`, `${gate.closedInput} true`]);
    const started = performance.now();
    expect((await caller.call(relay(gate.openRelay, 'active'))).status).toBe(200);
    const seen: Notice[] = [];
    while (!inputs(seen).includes(`${gate.openInput} true`)) seen.push(...(await pull()));
    const tookMs = performance.now() - started;
    expect(tookMs).toBeGreaterThan(gate.travelMs - 50);
    expect(tookMs).toBeLessThan(gate.travelMs + 1500);
    expect(inputs(seen)).toEqual([`${gate.closedInput} false`, `${gate.openInput} true`]);
    expect(seen.filter((one) => one.topic.endsWith('Relay')).map((one) => one.values.join(' '))).toEqual([
      `${gate.openRelay} active`,
      `${gate.openRelay} inactive`,
    ]);
  });

  test('takes the same pulse through DeviceIO, and turns round on the way', async () => {
    const { simulators, caller, pull } = await gateWithEvents();
    expect((await caller.call(relay(gate.openRelay, 'active', 'tmd'), '/onvif/deviceio_service')).text).toContain(
      'SetRelayOutputStateResponse',
    );
    await vi.waitUntil(() => simulators.barrier.state().position > 0.2, { timeout: 3000 });
    await caller.call(relay(gate.closeRelay, 'active'));
    expect(simulators.barrier.state().doing).toBe('closing');
    const seen: Notice[] = [];
    while (!inputs(seen).includes(`${gate.closedInput} true`)) seen.push(...(await pull()));
    expect(inputs(seen)).toEqual([`${gate.closedInput} false`, `${gate.closedInput} true`]);
  });

  test('stuck: the relay answers well, and nothing moves', async () => {
    const { simulators, caller, pull } = await gateWithEvents();
    simulators.barrier.setFault('stuck');
    expect((await caller.call(relay(gate.openRelay, 'active'))).status).toBe(200);
    expect(simulators.barrier.state()).toMatchObject({ doing: 'closed', position: 0, closedLimit: true });
    expect(inputs([...(await pull(1)), ...(await pull(1))])).toEqual([]);
  });

  test('without power: the call fails with a hardware fault; silent: it is never answered', async () => {
    const { simulators, caller } = await gateWithEvents();
    simulators.barrier.setFault('no-power');
    const refused = await caller.call(relay(gate.openRelay, 'active'));
    expect(refused.status).toBe(500);
    expect(refused.text).toContain('ter:HardwareFailure');
    simulators.barrier.setFault('silent');
    let answered = false;
    const call = caller.call(relay(gate.openRelay, 'active')).finally(() => {
      answered = true;
    });
    await expect(vi.waitUntil(() => answered, { timeout: 700 })).rejects.toThrow('Timed out');
    await simulators.cameras[0]?.setFault('unplug');
    await expect(call).rejects.toThrow();
  });

  test('stops midway: neither limit is reached', async () => {
    const { simulators, caller } = await gateWithEvents();
    simulators.barrier.setFault('stops-midway');
    await caller.call(relay(gate.openRelay, 'active'));
    await vi.waitUntil(() => simulators.barrier.state().doing === 'halfway', { timeout: 4000 });
    expect(simulators.barrier.state()).toMatchObject({ position: 0.5, openLimit: false, closedLimit: false });
  });
});

describe('pull points', () => {
  test('deliver motion and tampering while a poll is waiting', async () => {
    const { simulators, pull } = await gateWithEvents();
    const waiting = pull(10);
    await vi.waitFor(() => expect(simulators.cameras[0]).toBeDefined());
    simulators.cameras[0]?.motion(true);
    expect(await waiting).toEqual([
      {
        topic: 'tns1:RuleEngine/CellMotionDetector/Motion',
        operation: 'Changed',
        values: ['VideoSourceConfig_1', 'true'],
      },
    ]);
    simulators.cameras[0]?.tamper(true);
    simulators.cameras[0]?.tamper(true);
    expect((await pull()).map((one) => one.topic)).toEqual(['tns1:RuleEngine/TamperDetector/Tamper']);
  });

  test('an empty poll lasts as long as asked and no longer', async () => {
    const { pull } = await gateWithEvents();
    const started = performance.now();
    expect(await pull(1)).toEqual([]);
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('are renewed, ended, and unknown afterwards', async () => {
    const { caller, path, simulators } = await gateWithEvents();
    const renewed = await caller.call(
      '<wsnt:Renew><wsnt:TerminationTime>PT120S</wsnt:TerminationTime></wsnt:Renew>',
      path,
    );
    const ahead =
      Date.parse(textsOf(renewed.text, 'TerminationTime')[0] ?? '') -
      Date.parse(textsOf(renewed.text, 'CurrentTime')[0] ?? '');
    expect(Math.round(ahead / 1000)).toBe(120);
    expect((await caller.call('<wsnt:Unsubscribe/>', path)).text).toContain('UnsubscribeResponse');
    expect(
      (await caller.call('<wsnt:Renew><wsnt:TerminationTime>PT60S</wsnt:TerminationTime></wsnt:Renew>', path)).text,
    ).toContain('ResourceUnknownFault');
    const second = await caller.call('<tev:CreatePullPointSubscription/>');
    simulators.cameras[0]?.forgetSubscriptions();
    const lost = await caller.call(
      '<tev:PullMessages><tev:Timeout>PT1S</tev:Timeout><tev:MessageLimit>5</tev:MessageLimit></tev:PullMessages>',
      new URL(textsOf(second.text, 'Address')[0] ?? '').pathname,
    );
    expect(lost.text).toContain('ResourceUnknownFault');
  });

  test('give only what the filter asks for, and name all topics', async () => {
    const { caller } = await gateWithEvents();
    const created = await caller.call(
      '<tev:CreatePullPointSubscription><tev:Filter><wsnt:TopicExpression Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">tns1:Device//.</wsnt:TopicExpression></tev:Filter></tev:CreatePullPointSubscription>',
    );
    const path = new URL(textsOf(created.text, 'Address')[0] ?? '').pathname;
    const first = noticesIn(
      (
        await caller.call(
          '<tev:PullMessages><tev:Timeout>PT1S</tev:Timeout><tev:MessageLimit>20</tev:MessageLimit></tev:PullMessages>',
          path,
        )
      ).text,
    );
    expect(first.map((one) => one.topic)).toEqual([
      'tns1:Device/Trigger/DigitalInput',
      'tns1:Device/Trigger/DigitalInput',
      'tns1:Device/Trigger/Relay',
      'tns1:Device/Trigger/Relay',
    ]);
    const { text } = await caller.call('<tev:GetEventProperties/>');
    for (const name of [
      '<Motion wstop:topic="true">',
      '<Tamper wstop:topic="true">',
      '<DigitalInput wstop:topic="true">',
      '<Relay wstop:topic="true">',
    ])
      expect(text).toContain(name);
  });
});
