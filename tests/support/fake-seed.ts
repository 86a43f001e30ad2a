/** A made-up community of sixteen cameras, four people, a gate and a help button, for the fake station. */
import type { FakeCommunity } from './fake-community.ts';

const HOUR = 3_600_000;

const cameras: readonly (readonly [name: string, place: string])[] = [
  ['北门车道', '北门'],
  ['北门人行', '北门'],
  ['3栋1单元', '3栋1单元门口'],
  ['3栋楼道', '3栋1单元五楼'],
  ['中心花园', '花园'],
  ['儿童乐园', '花园'],
  ['车棚', '2栋旁'],
  ['南门', '南门'],
  ['1栋大堂', '1栋'],
  ['2栋大堂', '2栋'],
  ['4栋大堂', '4栋'],
  ['5栋大堂', '5栋'],
  ['地库入口', '地库'],
  ['地库东', '地库'],
  ['地库西', '地库'],
  ['垃圾站', '南门旁'],
];

export const seedCommunity = ({
  nowMs,
  put,
  write,
}: Pick<FakeCommunity, 'put' | 'write'> & { readonly nowMs: () => number }): void => {
  const now = nowMs();
  const hour = Math.floor(now / HOUR) * HOUR;
  put('community', 'community', {
    name: '龙湾小区',
    timeZone: 'Asia/Shanghai',
    demo: true,
    establishedAt: now - 30 * 24 * HOUR,
  });
  put('people', 'p-li', { personId: 'p-li', name: '李阿姨', role: 'volunteer', active: true });
  put('people', 'p-zhang', { personId: 'p-zhang', name: '张建国', role: 'manager', active: true });
  put('people', 'p-wang', { personId: 'p-wang', name: '王师傅', role: 'volunteer', active: true });
  put('people', 'p-chen', { personId: 'p-chen', name: '陈门岗', role: 'guard', active: true });
  cameras.forEach(([name, place], index) => {
    const cameraId = `cam-${index + 1}`;
    put('cameras', cameraId, {
      cameraId,
      number: index + 1,
      name,
      place,
      onvifAddress: index === 0 ? 'http://127.0.0.1:9001/onvif/device_service' : null,
      mainUrl: `rtsp://127.0.0.1:9554/${index + 1}/main`,
      subUrl: null,
      username: null,
      hasPassword: false,
      state: index === 6 ? 'stalled' : 'live',
      since: now - 180_000,
      fault: null,
      lastLiveAt: now,
    });
  });
  put('barriers', 'gate-north', {
    barrierId: 'gate-north',
    name: '北门',
    cameraId: 'cam-1',
    openRelay: '1',
    closeRelay: '2',
    openInput: '1',
    closedInput: '2',
    travelMs: 3000,
    position: 'closed',
    positionAt: now - 240_000,
    positionSource: 'sensor',
    positionBy: null,
    commandState: 'idle',
    command: null,
  });
  put('helpPoints', 'help-502', {
    helpPointId: 'help-502',
    place: '3栋1单元502',
    residentName: '王奶奶',
    account: '4F39',
    zone: '1',
    supervisionMs: 300_000,
    cameraIds: ['cam-3', 'cam-4'],
  });
  put('contacts', 'c-1', { contactId: 'c-1', name: '夜间巡逻队', phone: '138 0000 0001', rank: 1 });
  put('contacts', 'c-2', { contactId: 'c-2', name: '3栋楼长', phone: '138 0000 0002', rank: 2 });
  put('shift', 'monitoringRoom', {
    postId: 'monitoringRoom',
    responsible: { personId: 'p-li', since: hour - 2 * HOUR, until: hour + 2 * HOUR, shiftNumber: 1 },
    handover: null,
    overdueSince: null,
  });
  put('roster', 'r-1', { entryId: 'r-1', personId: 'p-li', fromMs: hour - 2 * HOUR, toMs: hour + 2 * HOUR });
  put('roster', 'r-2', { entryId: 'r-2', personId: 'p-wang', fromMs: hour + 2 * HOUR, toMs: hour + 8 * HOUR });
  put('roster', 'r-3', { entryId: 'r-3', personId: 'p-li', fromMs: hour + 12 * HOUR, toMs: hour + 20 * HOUR });
  put('visits', 'v-1', {
    visitId: 'v-1',
    kind: 'care',
    name: '周护理',
    phone: '138 0000 0003',
    plate: null,
    visiting: '3-1-502',
    arrivedAt: now - 50 * 60_000,
    registeredBy: 'p-li',
    leftAt: null,
    forgottenAt: null,
    state: 'inside',
  });
  put('visits', 'v-2', {
    visitId: 'v-2',
    kind: 'delivery',
    name: '赵送货',
    phone: null,
    plate: '湘D12345',
    visiting: '1-2-301',
    arrivedAt: now - 90 * 60_000,
    registeredBy: 'p-li',
    leftAt: now - 70 * 60_000,
    forgottenAt: null,
    state: 'left',
  });
  write('v1.ShiftTakenOver', 'shift', 'monitoringRoom', 'p-li', { responsible: 'p-li', until: hour + 2 * HOUR });
  write('v1.VisitorRegistered', 'visit', 'v-2', 'p-li', { kind: 'delivery', by: 'p-li' });
  write('v1.VisitorLeft', 'visit', 'v-2', 'p-li', { kind: 'delivery', by: 'p-li' });
  write('v1.CameraConnectionChanged', 'camera', 'cam-7', 'device:cam-7', {
    state: 'stalled',
    from: 'live',
    fault: 'noFrames',
  });
  write('v1.NoteAdded', 'note', 'note-1', 'p-li', { text: '南门路灯不亮，已告诉物业。' });
};
