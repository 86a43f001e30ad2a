/** What the event codes of panels mean, and what the number behind each is. Data only. */
import type { PanelMeaning, PanelNumber } from '../../electron/station/ports/devices.port.ts';

/** One event code. */
export interface EventCode {
  readonly meaning: PanelMeaning;
  readonly number: PanelNumber;
  /** It says that something is over. Contact ID says so by its qualifier instead. */
  readonly restored: boolean;
}

type Row = readonly [meaning: PanelMeaning, number: PanelNumber, restored: boolean, codes: string];

/** SIA DC-03: each code with what its number counts. What is in no row is not known, and then an alarm of unknown kind. */
const siaRows: readonly Row[] = [
  ['help', 'zone', false, 'MA QA'],
  ['help', 'zone', true, 'MH MR QH QR'],
  ['panic', 'zone', false, 'PA HA'],
  ['panic', 'zone', true, 'PH PR HH HR'],
  ['atRisk', 'zone', false, 'NA'],
  ['atRisk', 'zone', true, 'NS'],
  ['fire', 'zone', false, 'FA FG FM KA SA'],
  ['fire', 'zone', true, 'FH FR KH KR SH SR'],
  ['gas', 'zone', false, 'GA'],
  ['gas', 'zone', true, 'GH GR'],
  ['burglary', 'zone', false, 'BA BG BM BV EA DF'],
  ['burglary', 'zone', true, 'BH BR'],
  ['water', 'zone', false, 'WA'],
  ['water', 'zone', true, 'WH WR'],
  ['unclear', 'zone', false, 'UA UG ZA XM CM EZ'],
  ['unclear', 'zone', true, 'UH UR ZH ZR'],
  ['tamper', 'zone', false, 'TA TT BZ'],
  ['tamper', 'zone', true, 'TH TR TJ'],
  ['tamper', 'device', false, 'ES XS'],
  ['tamper', 'device', true, 'EJ XJ'],
  ['tamper', 'user', false, 'JA'],
  [
    'trouble',
    'zone',
    false,
    'AS BD BS BT DJ DM DT FL FS FT FW FY FZ GS GT HS HT IA KS KT MS MT PS PT QS QT SS ST US UT UY UZ WS WT XT XL YX ZS ZT',
  ],
  ['trouble', 'zone', true, 'AN BE BJ DH DR FJ FV GJ HJ IR KJ MJ PJ QJ SJ UJ WJ XR XC YZ ZJ'],
  ['trouble', 'device', false, 'AT EM ET LT NC NT OU RT RU XH XQ YA YC YD YF YI YM YP YS YT YW'],
  ['trouble', 'device', true, 'AR EN ER LR NR OV YH YJ YK YQ YR'],
  ['test', 'zone', false, 'BX FX GX HX KX MX PX QX SX UX WX ZX TP TX TC FI FK'],
  ['test', 'none', false, 'RP RX RY RN TS TE TW TZ XX'],
  ['arming', 'user', false, 'CE CF CJ CK CL CP CQ CR BC FC NF NL NM NP OA OC OH OJ OK OL OP OQ OR OT EE JK JP'],
  ['arming', 'area', false, 'CA CD CG CI CT CW OG OI'],
  ['arming', 'zone', false, 'CO CS CX CZ OS OZ'],
  ['other', 'zone', false, 'BB BU FB FU GB GU HB HU KB KU MB MU PB PU QB QU SB SU TB TU UB UU WB WU ZB ZU XF XE XW XI'],
  ['other', 'device', false, 'DB DC DD DE DG DI DK DL DN DO DP DQ DS DV DW DX DY DZ EX RC RO'],
  ['other', 'user', false, 'DA JV JX JY JZ'],
  [
    'other',
    'none',
    false,
    'DU JD JH JL JO JR JS JT LB LD LE LF LS LU LX MI RA RB RD RR RS VI VO VR VT VX VY VZ XA YB YE YG YN YO YU YY NN ND',
  ],
];

const siaCodes: ReadonlyMap<string, EventCode> = new Map(
  siaRows.flatMap(([meaning, number, restored, codes]) =>
    codes.split(' ').map((code): [string, EventCode] => [code, { meaning, number, restored }]),
  ),
);

/** The row of this two-letter code (SIA DC-03), or `undefined`. */
export const siaCode = (code: string): EventCode | undefined => siaCodes.get(code);

/** Contact ID (SIA DC-05 appendix C), by ranges; the first that holds decides. Openings and closings carry a user, and so does duress. */
const contactIdRows: readonly (readonly [from: number, to: number, meaning: PanelMeaning, number: PanelNumber])[] = [
  [100, 101, 'help', 'zone'],
  [102, 102, 'atRisk', 'zone'],
  [110, 118, 'fire', 'zone'],
  [121, 121, 'panic', 'user'],
  [126, 126, 'panic', 'user'],
  [120, 129, 'panic', 'zone'],
  [137, 137, 'tamper', 'zone'],
  [130, 139, 'burglary', 'zone'],
  [141, 143, 'trouble', 'device'],
  [144, 145, 'tamper', 'zone'],
  [146, 146, 'burglary', 'zone'],
  [147, 148, 'trouble', 'zone'],
  [151, 151, 'gas', 'zone'],
  [162, 162, 'gas', 'zone'],
  [154, 154, 'water', 'zone'],
  [155, 155, 'tamper', 'zone'],
  [152, 153, 'trouble', 'zone'],
  [156, 157, 'trouble', 'zone'],
  [100, 199, 'unclear', 'zone'],
  [200, 299, 'trouble', 'zone'],
  [341, 341, 'tamper', 'device'],
  [383, 383, 'tamper', 'zone'],
  [370, 399, 'trouble', 'zone'],
  [300, 369, 'trouble', 'device'],
  [408, 409, 'arming', 'zone'],
  [423, 423, 'burglary', 'zone'],
  [426, 434, 'other', 'zone'],
  [411, 425, 'other', 'user'],
  [400, 499, 'arming', 'user'],
  [500, 599, 'other', 'zone'],
  [611, 615, 'test', 'zone'],
  [607, 607, 'test', 'user'],
  [600, 609, 'test', 'none'],
  [610, 699, 'other', 'none'],
];

/** What this Contact ID code (three digits, 100 to 999) means, or `undefined`. */
export const contactIdCode = (code: string): EventCode | undefined => {
  const value = Number(code);
  const row = contactIdRows.find(([from, to]) => value >= from && value <= to);
  return row === undefined ? undefined : { meaning: row[2], number: row[3], restored: false };
};
