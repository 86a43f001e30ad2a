import { describe, expect, it } from 'vitest';
import { createTestStation, everythingStored, seatOf, valueOf } from '../../../../tests/support/station-harness.ts';

const base = { name: '西门', place: '西门', username: null, password: null } as const;

describe('the addresses of a camera', () => {
  it('are nowhere in the plain, wherever their maker puts the password', async () => {
    const test = await createTestStation();
    const mainUrl = 'rtsp://192.0.2.9:554/user=admin&password=Main-Secret-1&channel=1&stream=0.sdp?';
    const subUrl = 'rtsp://192.0.2.9:554/live?user=admin&pwd=Sub-Secret-2';
    const onvifAddress = 'http://192.0.2.9/onvif/device_service?auth=Onvif-Secret-3';
    valueOf(await test.manager.command('addCamera', { ...base, cameraId: 'west', onvifAddress, mainUrl, subUrl }));
    expect(everythingStored(test)).not.toMatch(/Secret-\d/);
    expect(test.manager.rows('cameras').find(({ cameraId }) => cameraId === 'west')).toMatchObject({
      mainUrl,
      subUrl,
      onvifAddress,
    });
    expect(test.video.sources().find(({ cameraId }) => cameraId === 'west')).toMatchObject({ mainUrl, subUrl });
  });

  it('are nothing to a volunteer, nor to a seat with nobody at it', async () => {
    const test = await createTestStation();
    const volunteer = await seatOf(test, 'li');
    for (const camera of volunteer.rows('cameras')) {
      expect([camera.mainUrl, camera.subUrl, camera.onvifAddress]).toEqual(['', null, null]);
    }
  });

  it('written again as they are say nothing new', async () => {
    const test = await createTestStation();
    const camera = { ...base, cameraId: 'west', onvifAddress: null, mainUrl: 'rtsp://192.0.2.9/1', subUrl: null };
    valueOf(await test.manager.command('addCamera', camera));
    const changes = (): number => test.journal.facts(0, 100_000).filter(({ kind }) => kind === 'cameraConfig').length;
    const before = changes();
    valueOf(await test.manager.command('addCamera', camera));
    expect(changes()).toBe(before);
  });
});
