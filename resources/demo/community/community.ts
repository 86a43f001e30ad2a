/**
 * The demo community as plain data, so that the simulators and a station seeded for a demonstration speak of the same
 * things. No I/O. All people are made up; PINs and passwords here protect nothing but this demonstration.
 */

export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}

/** The languages a demo can be given in; the first one where nobody says which. */
export const demoLanguages = ['zh-CN', 'en'] as const;
export type DemoLanguage = (typeof demoLanguages)[number];

export const inLanguage = (text: BilingualText, language: DemoLanguage): string =>
  language === 'en' ? text.en : text.zh;

export interface DemoCamera {
  readonly id: string;
  readonly name: BilingualText;
  readonly place: BilingualText;
  /** A motion event is reported now and then by cameras that watch where people pass. */
  readonly reportsMotion: boolean;
  readonly username: string;
  readonly password: string;
}

/** The one gate: driven by two relays of a camera, watched by two of its inputs. */
export interface DemoGate {
  readonly id: string;
  readonly name: BilingualText;
  /** The camera that owns the relays and sees the arm. */
  readonly camera: string;
  /** Cameras to show when the gate is used, nearest first. */
  readonly cameras: readonly string[];
  readonly openRelay: string;
  readonly closeRelay: string;
  readonly openInput: string;
  readonly closedInput: string;
  /** Time from one end to the other. */
  readonly travelMs: number;
}

/** A help button; `zone` is its number in the panel's reports. */
export interface DemoHelpPoint {
  readonly id: string;
  /** As it hangs on the door, e.g. `3-1-502`. */
  readonly residence: string;
  readonly name: BilingualText;
  readonly account: string;
  /** 1 to 999 */
  readonly zone: number;
  readonly resident: BilingualText;
  /** Numbers that cannot be dialled: the home's, and in one line with the name those of the family and of who has a key. */
  readonly phone: string;
  readonly family: BilingualText;
  readonly keyHolder: BilingualText;
  /** What a helper should know, in one sentence. */
  readonly note: BilingualText;
  /** Cameras on the way, nearest first. */
  readonly cameras: readonly string[];
}

export type DemoRole = 'manager' | 'volunteer' | 'guard';

export interface DemoPerson {
  readonly id: string;
  readonly name: BilingualText;
  readonly role: DemoRole;
  readonly pin: string;
  /** A number that cannot be dialled. */
  readonly phone: string;
}

/** A duty of every day; times are local minutes after midnight, `toMinute` may be past 1440 where it ends the next day. */
export interface DemoDuty {
  readonly person: string;
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface DemoCommunity {
  readonly name: BilingualText;
  /** What an ambulance would be told, were it real. */
  readonly address: { readonly street: BilingualText; readonly entrance: BilingualText; readonly callBack: string };
  readonly timeZone: string;
  readonly cameras: readonly DemoCamera[];
  readonly gate: DemoGate;
  readonly helpPoints: readonly DemoHelpPoint[];
  readonly people: readonly DemoPerson[];
  readonly roster: readonly DemoDuty[];
  /** Who is called, in order, when nobody in the room acts. */
  readonly callList: readonly string[];
  /** The alarm panel: SIA DC-09 account, and how often it reports that it lives. */
  readonly panel: { readonly account: string; readonly supervisionSeconds: number };
}

const text = (zh: string, en: string): BilingualText => ({ zh, en });

const camera = (
  number: number,
  zh: string,
  en: string,
  placeZh: string,
  placeEn: string,
  reportsMotion: boolean,
): DemoCamera => ({
  id: `camera-${String(number).padStart(2, '0')}`,
  name: text(zh, en),
  place: text(placeZh, placeEn),
  reportsMotion,
  username: 'viewer',
  password: `demo-${String(number).padStart(2, '0')}-longwan`,
});

const helpPoint = (
  zone: number,
  residence: string,
  noteZh: string,
  noteEn: string,
  cameras: readonly string[],
): DemoHelpPoint => {
  const [house = '', unit = '', flat = ''] = residence.split('-');
  return {
    id: `help-${residence}`,
    residence,
    name: text(`${house}栋${unit}单元${flat}`, `House ${house}, unit ${unit}, flat ${flat}`),
    account: '1409',
    zone,
    resident: text(`${residence} 住户`, `the resident of ${residence}`),
    phone: `000-0000-10${String(zone).padStart(2, '0')}`,
    family: text(
      `女儿 000-0000-20${String(zone).padStart(2, '0')}`,
      `daughter 000-0000-20${String(zone).padStart(2, '0')}`,
    ),
    keyHolder: text(
      `楼长 000-0000-30${String(zone).padStart(2, '0')}`,
      `house warden 000-0000-30${String(zone).padStart(2, '0')}`,
    ),
    note: text(noteZh, noteEn),
    cameras,
  };
};

const person = (id: string, zh: string, en: string, role: DemoRole, pin: string, phone: string): DemoPerson => ({
  id,
  name: text(`${zh}（演示）`, `${en} (demo)`),
  role,
  pin,
  phone,
});

/** Camera n of this list is what clip n of `pictures/clips.ts` shows; its number and name are written into the picture. */
export const demoCommunity: DemoCommunity = {
  name: text('龙湾小区（演示）', 'Longwan Estate (demo)'),
  address: {
    street: text('演示路 1 号', '1 Demo Road'),
    entrance: text('北门', 'north gate'),
    callBack: '000-0000-0120',
  },
  timeZone: 'Asia/Shanghai',
  cameras: [
    camera(1, '北门车道', 'North gate lane', '北门', 'North gate', true),
    camera(2, '北门人行道', 'North gate footpath', '北门', 'North gate', true),
    camera(3, '中心庭院', 'Central courtyard', '中心花园', 'Central garden', true),
    camera(4, '东花园', 'East garden', '东花园', 'East garden', false),
    camera(5, '1栋门口', 'House 1 door', '1栋', 'House 1', true),
    camera(6, '3栋1单元门口', 'House 3 unit 1 door', '3栋', 'House 3', true),
    camera(7, '3栋1单元五楼楼道', 'House 3 unit 1, fifth floor stairs', '3栋', 'House 3', false),
    camera(8, '3栋2单元二楼楼道', 'House 3 unit 2, second floor stairs', '3栋', 'House 3', false),
    camera(9, '自行车棚', 'Bicycle shed', '车棚', 'Sheds', true),
    camera(10, '电动车充电棚', 'Scooter charging shed', '车棚', 'Sheds', true),
    camera(11, '东侧小路', 'East path', '东侧', 'East side', false),
    camera(12, '西侧小路', 'West path', '西侧', 'West side', false),
    camera(13, '停车场', 'Car park', '停车场', 'Car park', true),
    camera(14, '后巷', 'Back lane', '后巷', 'Back lane', false),
    camera(15, '南停车场', 'South car park', '南区', 'South side', false),
    camera(16, '南车棚', 'South shed', '南区', 'South side', false),
  ],
  gate: {
    id: 'gate-north',
    name: text('北门', 'North gate'),
    camera: 'camera-01',
    cameras: ['camera-01', 'camera-02'],
    openRelay: 'RelayOpen',
    closeRelay: 'RelayClose',
    openInput: 'InputOpenLimit',
    closedInput: 'InputClosedLimit',
    travelMs: 3000,
  },
  helpPoints: [
    helpPoint(1, '3-1-502', '独居，听力不好，请大声敲门。', 'Lives alone, hard of hearing: knock loudly.', [
      'camera-07',
      'camera-06',
      'camera-03',
    ]),
    helpPoint(
      2,
      '3-2-201',
      '行动不便，备用钥匙在值守台。',
      'Walks with difficulty; the spare key is at the duty desk.',
      ['camera-08', 'camera-06'],
    ),
    helpPoint(3, '1-1-101', '夫妻同住，白天常在花园。', 'A couple; in the daytime often in the garden.', [
      'camera-05',
      'camera-03',
    ]),
    helpPoint(4, '3-1-203', '有心脏病史，药在床头。', 'Heart trouble; the medicine is beside the bed.', [
      'camera-06',
      'camera-07',
    ]),
  ],
  people: [
    person('manager-zhou', '周主任', 'Manager Zhou', 'manager', '2580', '000-0000-0001'),
    person('volunteer-li', '李阿姨', 'Auntie Li', 'volunteer', '2580', '000-0000-0011'),
    person('volunteer-zhang', '张师傅', 'Master Zhang', 'volunteer', '2580', '000-0000-0012'),
    person('volunteer-chen', '陈老师', 'Teacher Chen', 'volunteer', '2580', '000-0000-0013'),
    person('volunteer-wu', '吴大叔', 'Uncle Wu', 'volunteer', '2580', '000-0000-0014'),
    person('guard-zhao', '赵队长', 'Captain Zhao', 'guard', '2580', '000-0000-0021'),
    person('guard-sun', '孙师傅', 'Master Sun', 'guard', '2580', '000-0000-0022'),
  ],
  roster: [
    { person: 'volunteer-li', fromMinute: 0, toMinute: 240 },
    { person: 'volunteer-zhang', fromMinute: 240, toMinute: 480 },
    { person: 'volunteer-chen', fromMinute: 480, toMinute: 720 },
    { person: 'volunteer-wu', fromMinute: 720, toMinute: 960 },
    { person: 'volunteer-chen', fromMinute: 960, toMinute: 1200 },
    { person: 'volunteer-wu', fromMinute: 1200, toMinute: 1440 },
  ],
  callList: ['guard-zhao', 'guard-sun', 'manager-zhou'],
  panel: { account: '1409', supervisionSeconds: 20 },
};
