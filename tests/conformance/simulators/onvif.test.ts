import { describe, expect, test } from 'vitest';
import type { CameraAddresses } from '../../../resources/demo/devices/camera.ts';
import { cameraAt, startCommunity } from './community.ts';
import { createCaller, digestHeader, envelopeOf, post, textsOf, tokenHeader } from './soap-caller.ts';

const information = '<tds:GetDeviceInformation/>';

const streamUri = (profile: string): string =>
  `<trt:GetStreamUri><trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport><tt:Protocol>RTSP</tt:Protocol></tt:Transport></trt:StreamSetup><trt:ProfileToken>${profile}</trt:ProfileToken></trt:GetStreamUri>`;

const start = async (): Promise<CameraAddresses> => cameraAt(await startCommunity({ cameras: 1 }), 0);

describe('who may ask', () => {
  test('the time is told to everybody, the device information to nobody without a name', async () => {
    const camera = await start();
    const time = await post(camera.onvif, envelopeOf('<tds:GetSystemDateAndTime/>'));
    expect(time.status).toBe(200);
    expect(textsOf(time.text, 'Year')[0]).toBe(String(new Date().getUTCFullYear()));
    const refused = await post(camera.onvif, envelopeOf(information));
    expect(refused.status).toBe(401);
    expect(textsOf(refused.text, 'Value')).toEqual(['s:Sender', 'ter:NotAuthorized']);
    expect(refused.challenge).toMatch(/^Digest realm=/);
  });

  test('WS-UsernameToken opens, a wrong password or a clock a year off does not', async () => {
    const camera = await start();
    const withToken = (password: string, at: Date) =>
      post(camera.onvif, envelopeOf(information, tokenHeader(camera.username, password, at)));
    expect((await withToken(camera.password, new Date())).text).toContain('<tds:Model>');
    expect((await withToken('wrong', new Date())).status).toBe(401);
    expect((await withToken(camera.password, new Date(Date.now() - 365 * 86_400_000))).status).toBe(401);
  });

  test('HTTP Digest opens, a wrong password does not', async () => {
    const camera = await start();
    const { challenge } = await post(camera.onvif, envelopeOf(information));
    const path = new URL(camera.onvif).pathname;
    const withDigest = (password: string) =>
      post(camera.onvif, envelopeOf(information), {
        authorization: digestHeader(challenge, 'POST', path, camera.username, password),
      });
    expect((await withDigest(camera.password)).status).toBe(200);
    expect((await withDigest('wrong')).status).toBe(401);
  });

  test('the snapshot is a JPEG for those who may', async () => {
    const camera = await start();
    const { text } = await createCaller(camera).call(
      '<trt:GetSnapshotUri><trt:ProfileToken>Profile_main</trt:ProfileToken></trt:GetSnapshotUri>',
    );
    const uri = textsOf(text, 'Uri')[0] ?? '';
    const refused = await fetch(uri);
    await refused.arrayBuffer();
    expect(refused.status).toBe(401);
    const authorization = digestHeader(
      refused.headers.get('www-authenticate') ?? '',
      'GET',
      new URL(uri).pathname,
      camera.username,
      camera.password,
    );
    const picture = Buffer.from(await (await fetch(uri, { headers: { authorization } })).arrayBuffer());
    expect(picture.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(picture.length).toBeGreaterThan(10_000);
  });
});

describe('what a device says of itself', () => {
  test('two profiles lead to the two streams', async () => {
    const camera = await start();
    const caller = createCaller(camera);
    const profiles = await caller.call('<trt:GetProfiles/>', '/onvif/media_service');
    expect([...profiles.text.matchAll(/<trt:Profiles token="(\w+)"/g)].map((m) => m[1])).toEqual([
      'Profile_main',
      'Profile_sub',
    ]);
    const [main, sub] = await Promise.all(
      ['Profile_main', 'Profile_sub'].map((token) => caller.call(streamUri(token))),
    );
    expect([main, sub].map((one) => textsOf(one?.text ?? '', 'Uri')[0])).toEqual([camera.rtspMain, camera.rtspSub]);
  });

  test('the services it names are where it says', async () => {
    const camera = await start();
    const caller = createCaller(camera);
    const { text } = await caller.call(
      '<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>',
    );
    const addresses = textsOf(text, 'XAddr');
    expect(addresses).toHaveLength(4);
    const [, , events, io] = addresses;
    expect((await caller.call('<tev:GetServiceCapabilities/>', new URL(events ?? '').pathname)).text).toContain(
      'MaxPullPoints="16"',
    );
    const inputs = await caller.call('<tmd:GetDigitalInputs/>', new URL(io ?? '').pathname);
    expect([...inputs.text.matchAll(/DigitalInputs token="(\w+)"/g)].map((m) => m[1])).toEqual([
      'InputOpenLimit',
      'InputClosedLimit',
    ]);
  });

  test('the relays are listed and can be set up', async () => {
    const camera = await start();
    const caller = createCaller(camera);
    const settings =
      '<tds:SetRelayOutputSettings><tds:RelayOutputToken>RelayOpen</tds:RelayOutputToken><tds:Properties><tt:Mode>Bistable</tt:Mode><tt:DelayTime>PT2S</tt:DelayTime><tt:IdleState>open</tt:IdleState></tds:Properties></tds:SetRelayOutputSettings>';
    expect((await caller.call(settings)).status).toBe(200);
    const { text } = await caller.call('<tds:GetRelayOutputs/>');
    expect(textsOf(text, 'Mode')).toEqual(['Bistable', 'Monostable']);
    expect((await caller.call(settings.replace('RelayOpen', 'RelayNine'))).text).toContain('ter:RelayToken');
  });

  test('what it cannot do it says with a fault', async () => {
    const caller = createCaller(await start());
    expect(textsOf((await caller.call('<tds:SystemReboot/>')).text, 'Value')).toEqual([
      's:Receiver',
      'ter:ActionNotSupported',
    ]);
    expect(textsOf((await caller.call(streamUri('Nothing'))).text, 'Value')).toEqual([
      's:Sender',
      'ter:InvalidArgVal',
      'ter:NoProfile',
    ]);
    // The right name in the namespace of another service is another operation.
    expect((await caller.call('<tev:GetProfiles/>')).text).toContain('ter:ActionNotSupported');
  });
});

describe('hostile requests', () => {
  test.for([
    [
      'an entity',
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>${envelopeOf('<tds:GetSystemDateAndTime/>').replace(/^<\?xml.*?\?>/, '')}`,
    ],
    ['no XML', 'hello'],
    [
      'another envelope',
      envelopeOf('<tds:GetSystemDateAndTime/>').replace(
        'http://www.w3.org/2003/05/soap-envelope',
        'http://schemas.xmlsoap.org/soap/envelope/',
      ),
    ],
    ['a hundred levels', envelopeOf(`${'<tds:a>'.repeat(100)}${'</tds:a>'.repeat(100)}`)],
  ] as const)('%s is refused as not well formed', async ([, body]) => {
    const answer = await post((await start()).onvif, body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('ter:WellFormed');
  });

  test('a request of a megabyte is refused, and the device goes on', async () => {
    const camera = await start();
    const refused = await post(
      camera.onvif,
      envelopeOf(`<tds:GetSystemDateAndTime>${' '.repeat(1_000_000)}</tds:GetSystemDateAndTime>`),
    ).then(
      (answer) => answer.status,
      () => 400,
    );
    expect(refused).toBe(400);
    expect((await post(camera.onvif, envelopeOf('<tds:GetSystemDateAndTime/>'))).status).toBe(200);
  });
});
