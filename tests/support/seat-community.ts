/** A made-up community of sixteen cameras, four people, a gate and two help buttons, as commands of a demo's seed. */
import type { DemoSeed, SeedCommand } from '../../electron/station/features/demo/demo.port.ts';

const HOUR = 3_600_000;

/** Everybody's PIN: the one that the demo shows at the sign-in. */
export const SEAT_PIN = '2580';

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

export const cameraIds: readonly string[] = cameras.map((_, index) => `cam-${index + 1}`);

/** Numbers that cannot be dialled; the guard has none. */
const phones: Readonly<Record<string, string>> = {
  'p-zhang': '138 0000 0010',
  'p-li': '138 0000 0011',
  'p-wang': '138 0000 0012',
};

const person = (personId: string, name: string, role: 'volunteer' | 'guard' | 'manager'): SeedCommand => ({
  type: 'addPerson',
  personId,
  name,
  phone: phones[personId] ?? null,
  role,
  pin: SEAT_PIN,
  active: true,
});

const helpPoint = (helpPointId: string, place: string, residentName: string, zone: string): SeedCommand => ({
  type: 'addHelpPoint',
  helpPointId,
  place,
  residentName,
  phone: helpPointId === 'help-502' ? '000 0000 0502' : null,
  family: helpPointId === 'help-502' ? '女儿小王 000 0000 1502' : null,
  keyHolder: helpPointId === 'help-502' ? '3栋楼长 000 0000 0002' : null,
  account: '4F39',
  zone,
  supervisionMs: 300_000,
  cameraIds: ['cam-3', 'cam-4'],
});

/** `p-li` has the watch from two hours before `nowMs` to two hours after it, then `p-wang`. */
export const seatCommunity = (nowMs: number): DemoSeed => {
  const hour = Math.floor(nowMs / HOUR) * HOUR;
  const shift = (entryId: string, personId: string, from: number, to: number): SeedCommand => ({
    type: 'setRosterEntry',
    entryId,
    personId,
    fromMs: hour + from * HOUR,
    toMs: hour + to * HOUR,
  });
  return {
    communityName: '龙湾小区',
    timeZone: 'Asia/Shanghai',
    volunteerId: 'p-li',
    commands: [
      { type: 'setAddress', street: '长江路 18 号', entrance: '北门', callBack: '0731-0000 0000' },
      person('p-zhang', '张建国', 'manager'),
      person('p-li', '李阿姨', 'volunteer'),
      person('p-wang', '王师傅', 'volunteer'),
      person('p-chen', '陈门岗', 'guard'),
      ...cameras.map(([name, place], index): SeedCommand => ({
        type: 'addCamera',
        cameraId: `cam-${index + 1}`,
        name,
        place,
        onvifAddress: index === 0 ? 'http://192.0.2.1/onvif/device_service' : null,
        mainUrl: `rtsp://192.0.2.1/${index + 1}/main`,
        subUrl: null,
        username: null,
        password: null,
      })),
      {
        type: 'addBarrier',
        barrierId: 'gate-north',
        name: '北门',
        cameraId: 'cam-1',
        openRelay: '1',
        closeRelay: '2',
        openInput: '1',
        closedInput: '2',
        travelMs: 3000,
      },
      helpPoint('help-502', '3栋1单元502', '王奶奶', '1'),
      helpPoint('help-201', '3栋2单元201', '周爷爷', '2'),
      { type: 'addContact', contactId: 'c-1', name: '夜间巡逻队', phone: '138 0000 0001', role: 'patrol', rank: 1 },
      { type: 'addContact', contactId: 'c-2', name: '3栋楼长', phone: '138 0000 0002', rank: 2 },
      shift('r-1', 'p-li', -2, 2),
      shift('r-2', 'p-wang', 2, 8),
      shift('r-3', 'p-li', 12, 20),
    ],
  };
};
